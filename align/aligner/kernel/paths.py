"""Forward-backward over one band and the best partition in it, cell by cell.

The same sums as `align.aligner.posteriors` and the same choices as `align.aligner.decoding`, of one band: its cells
lie row by row, ``start[i] + j - first[i]``. Scores of two-sided beads lie as `align.aligner.kernel.beads` leaves them,
for each row a run of cells a shape.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, glue, inner
from align.aligner.lattice import IMPOSSIBLE, SHAPES

_SHAPES: Final = np.array(SHAPES)
_COUNT: Final = len(SHAPES)
_SOURCE_NULL: Final = _COUNT
_TARGET_NULL: Final = _COUNT + 1
_NEVER: Final = IMPOSSIBLE
_VANISHING: Final = -104.0
"""Logarithm of what is zero in single precision."""
_ROUNDING: Final = 1e-9
"""As in `align.aligner.decoding`: rounding must not make a run of what stands there by itself."""
_MATCH, _DOWN, _ACROSS, _ENTERED, _TOTAL = range(5)
"""States of a cell; before a target null, and whichever."""
_TOP, _REST = _COUNT, _COUNT + 1
"""Lines behind those of the shapes: the greatest of them, and the sum of what they are beside it."""


@inner
def _exp(log: Any) -> Any:
    """Exponential of what is not positive, by additions and products alone, which go into vector registers.

    The series of the 64th part, to the 64th power: the error is below 1e-15, as the result is small where the
    series is bad.
    """
    x = min(log, 0.0) * (1 / 64)
    y = 1 + x * (1 / 7 + x * (1 / 56))
    y = 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 * y))))))
    y *= y
    y *= y
    y *= y
    y *= y
    y *= y
    y *= y
    return y if log > _VANISHING else 0.0


@inner
def _log_of_more(x: Any) -> Any:
    """Logarithm of one and something between 0 and 1, in the same way: the series of the inverse hyperbolic tangent."""
    z = x / (2 + x)
    s = z * z
    y = 1 / 15 + s * (1 / 17 + s * (1 / 19 + s * (1 / 21 + s * (1 / 23 + s * (1 / 25 + s * (1 / 27))))))
    y = 1 / 3 + s * (1 / 5 + s * (1 / 7 + s * (1 / 9 + s * (1 / 11 + s * (1 / 13 + s * y)))))
    return 2 * z * (1 + s * y)


@inner
def _add(first: Any, second: Any) -> Any:
    """Log of the sum of two exponentials."""
    high, low = max(first, second), min(first, second)
    return high + _log_of_more(_exp(low - high))


@inner
def _clear(size: Any, lines: Any) -> None:
    for at in range(np.uint64(_REST) * size):
        lines[at] = _NEVER
    rest = np.uint64(_REST) * size
    for at in range(size):
        lines[rest + at] = 0.0


@inner
def _gather(
    first: Any, last: Any, line: Any, top: Any, score: Any, cell: Any, leaning: Any, scores: Any, sums: Any, lines: Any
) -> None:
    """What one shape adds to each cell of a row, and the greatest so far."""
    for q in range(first, last):
        value = sums[cell + q] + (scores[score + q] + leaning)
        lines[line + q] = value
        lines[top + q] = max(lines[top + q], value)


@inner
def _add_up(size: Any, lines: Any) -> None:
    """Logs of the sums over the shapes, into the line of the greatest."""
    top, rest = np.uint64(_TOP) * size, np.uint64(_REST) * size
    for k in range(_COUNT):
        line = np.uint64(k) * size
        for q in range(size):
            lines[rest + q] += _exp(lines[line + q] - lines[top + q])
    for q in range(size):
        lines[top + q] += np.log(lines[rest + q])


@inner
def _overlap(i: int, other: int, across: int, first: Any, width: Any) -> tuple[int, int]:
    """Cells of a row, the first and that after the last, that lie `across` columns behind one of another row."""
    shift = first[other] + across - first[i]
    start = min(max(shift, 0), width[i])
    return start, max(min(shift + width[other], width[i]), start)


@inner
def _arriving(
    i: int, scores: Any, leaning: Any, sums: Any, cells: int, first: Any, width: Any, start: Any, lines: Any
) -> None:
    """For the cells of a row the log of the sum of all paths that arrive by a two-sided bead."""
    size = width[i]
    _clear(np.uint64(size), lines)
    for k in range(_COUNT):
        up = i - _SHAPES[k, 0]
        if up >= 0:
            begin, end = _overlap(i, up, _SHAPES[k, 1], first, width)
            cell = _TOTAL * cells + start[up] + first[i] - _SHAPES[k, 1] - first[up]
            _gather(
                np.uint64(begin), np.uint64(end), np.uint64(k * size), np.uint64(_TOP * size),
                np.uint64(start[i] * _COUNT + k * size), np.uint64(cell), leaning[k], scores, sums, lines,
            )  # fmt: skip
    _add_up(np.uint64(size), lines)


@inner
def _leaving(
    i: int, scores: Any, leaning: Any, sums: Any, cells: int, first: Any, width: Any, start: Any, lines: Any
) -> None:
    """The same of all paths that leave them by one."""
    size = width[i]
    _clear(np.uint64(size), lines)
    for k in range(_COUNT):
        to = i + _SHAPES[k, 0]
        if to < len(first):
            begin, end = _overlap(i, to, -_SHAPES[k, 1], first, width)
            there = first[i] + _SHAPES[k, 1] - first[to]
            _gather(
                np.uint64(begin), np.uint64(end), np.uint64(k * size), np.uint64(_TOP * size),
                np.uint64(start[to] * _COUNT + k * width[to] + there),
                np.uint64(_MATCH * cells + start[to] + there), leaning[k], scores, sums, lines,
            )  # fmt: skip
    _add_up(np.uint64(size), lines)


@inner
def _copy(first: Any, last: Any, line: Any, other: Any, array: Any, sums: Any) -> None:
    for q in range(first, last):
        sums[line + q] = array[other + q]


@inner
def _merge(first: Any, last: Any, line: Any, one: Any, more: Any, other: Any, less: Any, plus: Any, sums: Any) -> None:
    """Logs of sums of two lines, with something added to the first, to the second and to the sum."""
    for q in range(first, last):
        sums[line + q] = plus + _add(sums[one + q] + more, sums[other + q] + less)


@glue
def _ahead(
    scores: Any, leaning: Any, source: Any, target: Any, gap: Any, first: Any, width: Any, start: Any, lines: Any,
    sums: Any,
) -> None:  # fmt: skip
    """Sums of all paths from the start to each cell, by the state they arrive in."""
    cells, none = start[-1] + width[-1], np.uint64(0)
    for i in range(len(first)):
        size, place, at = np.uint64(width[i]), np.uint64(start[i]), _ACROSS * cells + start[i]
        match, down = np.uint64(_MATCH * cells) + place, np.uint64(_DOWN * cells) + place
        entered, across = np.uint64(_ENTERED * cells) + place, np.uint64(at)
        _arriving(i, scores, leaning, sums, cells, first, width, start, lines)
        _copy(none, size, match, np.uint64(_TOP * width[i]), lines, sums)
        for q in range(width[i]):
            sums[_DOWN * cells + start[i] + q] = _NEVER
        if i == 0:
            sums[_MATCH * cells] = 0.0
        else:
            begin, end = _overlap(i, i - 1, 0, first, width)
            above = start[i - 1] + first[i] - first[i - 1]
            _merge(
                np.uint64(begin), np.uint64(end), down, np.uint64(_MATCH * cells + above), gap[0],
                np.uint64(_DOWN * cells + above), gap[1], source[i - 1], sums,
            )  # fmt: skip
        _merge(none, size, entered, match, 0.0, down, 0.0, 0.0, sums)
        sums[at] = _NEVER
        for q in range(1, width[i]):
            opened = sums[_ENTERED * cells + start[i] + q - 1] + gap[0]
            sums[at + q] = target[first[i] + q - 1] + _add(opened, sums[at + q - 1] + gap[1])
        _merge(none, size, np.uint64(_TOTAL * cells) + place, entered, 0.0, across, 0.0, 0.0, sums)


@glue
def _back(
    scores: Any, leaning: Any, source: Any, target: Any, gap: Any, first: Any, width: Any, start: Any, lines: Any,
    sums: Any,
) -> None:  # fmt: skip
    """Sums of all paths from each cell to the end, by the state that the cell is left from."""
    last, cells, none = len(first) - 1, start[-1] + width[-1], np.uint64(0)
    for i in range(last, -1, -1):
        at, top, size = _ACROSS * cells + start[i], _TOP * width[i], np.uint64(width[i])
        match, down = np.uint64(_MATCH * cells + start[i]), np.uint64(_DOWN * cells + start[i])
        entered = np.uint64(_ENTERED * cells + start[i])
        _leaving(i, scores, leaning, sums, cells, first, width, start, lines)
        if i == last:
            lines[top + width[i] - 1] = 0.0
        sums[at + width[i] - 1] = lines[top + width[i] - 1]
        sums[_DOWN * cells + start[i] + width[i] - 1] = _NEVER
        for q in range(width[i] - 2, -1, -1):
            right = target[first[i] + q] + sums[at + q + 1]
            sums[at + q] = _add(lines[top + q], right + gap[1])
            sums[_DOWN * cells + start[i] + q] = right
        _copy(none, size, match, np.uint64(top), lines, sums)
        _merge(none, size, entered, match, 0.0, down, gap[0], 0.0, sums)
        _copy(none, size, match, entered, sums, sums)
        _copy(none, size, down, entered, sums, sums)
        if i < last:
            begin, end = _overlap(i, i + 1, 0, first, width)
            below = np.uint64(_DOWN * cells + start[i + 1] + first[i] - first[i + 1])
            _merge(np.uint64(begin), np.uint64(end), down, entered, 0.0, below, source[i] + gap[1], 0.0, sums)
            _merge(np.uint64(begin), np.uint64(end), match, entered, 0.0, below, source[i] + gap[0], 0.0, sums)


@inner
def _probable(
    first: Any, last: Any, score: Any, cell: Any, after: Any, leaning: Any, less: Any, scores: Any, ahead: Any,
    back: Any,
) -> None:  # fmt: skip
    """Probabilities of the beads of one shape that end in a row, in place of their scores."""
    for q in range(first, last):
        log = ahead[cell + q] + (scores[score + q] + leaning) + back[after + q] - less
        scores[score + q] = np.float32(_exp(log))


@glue
def _pairs(
    i: int, scores: Any, leaning: Any, ahead: Any, back: Any, less: Any, first: Any, width: Any, start: Any,
    counts: Any, reached: Any,
) -> None:  # fmt: skip
    """Probabilities of the two-sided beads that end in a row, in place of their scores."""
    cells, size = start[-1] + width[-1], width[i]
    for k in range(_COUNT):
        up, score = i - _SHAPES[k, 0], start[i] * _COUNT + k * size
        begin = end = 0
        if up >= 0:
            begin, end = _overlap(i, up, _SHAPES[k, 1], first, width)
            cell = _TOTAL * cells + start[up] + first[i] - _SHAPES[k, 1] - first[up]
            _probable(
                np.uint64(begin), np.uint64(end), np.uint64(score), np.uint64(cell),
                np.uint64(_MATCH * cells + start[i]), leaning[k], less, scores, ahead, back,
            )  # fmt: skip
        for q in range(size):
            if not begin <= q < end:
                scores[score + q] = 0.0
            counts[k] += scores[score + q]
            reached[start[i] + q] += scores[score + q]


@compiled(
    "f8(f4[::1], f4[::1], f8[::1], f8[::1], f8[::1], i8[::1], i8[::1], i8[::1], f8[::1], f8[::1], f8[::1],"
    "f8[::1], f8[::1], f8[::1], f8[::1])"
)
def posteriors(
    scores: Any, leaning: Any, source: Any, target: Any, gap: Any, first: Any, width: Any, start: Any,
    ahead: Any, back: Any, lines: Any, source_null: Any, target_null: Any, reached: Any, counts: Any,
) -> Any:  # fmt: skip
    """Forward-backward: the probability of each bead.

    Args:
        scores: log-scores of the two-sided beads; their probabilities take their places.
        leaning: what is added to them for each shape.
        source: log-scores of leaving each source sentence alone, shape ``(n,)``.
        target: of leaving each target sentence alone, shape ``(m,)``.
        gap: what the first null of a run costs besides, and what each further one does.
        first: first column of each row of the band.
        width: columns of each.
        start: first cell of each.
        ahead: room for five numbers a cell, as is the next.
        back: room for four, for the way back.
        lines: room for ``len(SHAPES) + 2`` rows of the greatest width.
        source_null: filled in with the probability that each source sentence is a null; zeros are given.
        target_null: the same of the target.
        reached: filled in with the probability that a path passes each cell; zeros are given.
        counts: filled in with the expected number of beads of each shape, and last with that of runs of nulls; zeros
            are given.

    Returns:
        The log of the summed score of all alignments.
    """
    cells = start[-1] + width[-1]
    _ahead(scores, leaning, source, target, gap, first, width, start, lines, ahead)
    _back(scores, leaning, source, target, gap, first, width, start, lines, back)
    log_total = ahead[_TOTAL * cells + cells - 1]
    for i in range(len(first)):
        _pairs(i, scores, leaning, ahead, back, log_total, first, width, start, counts, reached)
        for q in range(width[i]):
            cell, column = start[i] + q, first[i] + q
            if q > 0:
                after = back[_ACROSS * cells + cell] - log_total
                right = _exp(ahead[_ACROSS * cells + cell] + after)
                target_null[column - 1] += right
                reached[cell] += right
                opened = ahead[_ENTERED * cells + cell - 1] + gap[0] + target[column - 1]
                counts[_COUNT] += _exp(opened + after)
            place = column - first[i - 1] if i > 0 else -1
            if 0 <= place < width[i - 1]:
                after = back[_DOWN * cells + cell] - log_total
                down = _exp(ahead[_DOWN * cells + cell] + after)
                source_null[i - 1] += down
                reached[cell] += down
                opened = ahead[_MATCH * cells + start[i - 1] + place] + gap[0] + source[i - 1]
                counts[_COUNT] += _exp(opened + after)
    reached[0] = 1.0
    return log_total


@glue
def _choose(
    probable: Any, source_null: Any, target_null: Any, worth: Any, first: Any, width: Any, start: Any, choice: Any,
    best: Any,
) -> None:  # fmt: skip
    """For each cell the last step of the best way to it."""
    for i in range(len(first)):
        size, base = width[i], start[i] * _COUNT
        for q in range(size):
            cell, column, picked, value = start[i] + q, first[i] + q, 0, _NEVER
            for k in range(_COUNT):
                up, gain = i - _SHAPES[k, 0], probable[base + k * size + q]
                if gain <= 0 or up < 0:
                    continue
                place = column - _SHAPES[k, 1] - first[up]
                if 0 <= place < width[up] and best[start[up] + place] + gain > value:
                    picked, value = k, best[start[up] + place] + gain
            place = column - first[i - 1] if i > 0 else -1
            if 0 <= place < width[i - 1]:
                gain = best[start[i - 1] + place] + worth * source_null[i - 1]
                if gain > value:
                    picked, value = _SOURCE_NULL, gain
            if cell == 0:
                picked, value = _SOURCE_NULL, 0.0
            if q > 0:
                gain = best[cell - 1] + worth * target_null[column - 1]
                if gain > value + _ROUNDING:
                    picked, value = _TARGET_NULL, gain
            choice[cell], best[cell] = picked, value


@compiled("i8(f4[::1], f8[::1], f8[::1], f8, i8[::1], i8[::1], i8[::1], i8[:,::1], f8[::1], i1[::1], f8[::1])")
def best_path(
    probable: Any, source_null: Any, target_null: Any, worth: Any, first: Any, width: Any, start: Any, path: Any,
    certain: Any, choice: Any, best: Any,
) -> Any:  # fmt: skip
    """The partition into beads with the greatest expected number of right ones.

    Args:
        probable: probabilities of the two-sided beads, as `posteriors` leaves them.
        source_null: probability that each source sentence is a null.
        target_null: the same of the target.
        worth: what a right null counts beside a right two-sided bead.
        first: first column of each row of the band.
        width: columns of each.
        start: first cell of each.
        path: filled in with the cells between beads from the last to the first, shape ``(n + m + 1, 2)``.
        certain: filled in with the probabilities of the beads between them, shape ``(n + m,)``.
        choice: room for a number a cell.
        best: the same, all `IMPOSSIBLE`.

    Returns:
        Number of beads.
    """
    i, count = len(first) - 1, 0
    j = first[i] + width[i] - 1
    _choose(probable, source_null, target_null, worth, first, width, start, choice, best)
    path[0, 0], path[0, 1] = i, j
    while i > 0 or j > 0:
        q = j - first[i]
        step = choice[start[i] + q]
        if step == _TARGET_NULL:
            certain[count], j = target_null[j - 1], j - 1
        elif step == _SOURCE_NULL:
            certain[count], i = source_null[i - 1], i - 1
        else:
            certain[count] = probable[start[i] * _COUNT + step * width[i] + q]
            i, j = i - _SHAPES[step, 0], j - _SHAPES[step, 1]
        count += 1
        path[count, 0], path[count, 1] = i, j
    return count
