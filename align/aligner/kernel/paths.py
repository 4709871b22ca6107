"""Forward-backward over one band and the best partition in it, cell by cell.

The same sums as `align.aligner.posteriors` and the same choices as `align.aligner.decoding`, of one band: its cells
lie row by row, ``start[i] + j - first[i]``. Scores of two-sided beads lie as `align.aligner.kernel.beads` leaves them,
for each row a run of cells a shape.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.decoding import NULL_WEIGHT
from align.aligner.kernel.compiling import compiled, inner
from align.aligner.lattice import IMPOSSIBLE, SHAPES

_ZERO: Any = np.float32(0.0)
_SHAPES: Final = np.array(SHAPES)
_COUNT: Final = len(SHAPES)
_SOURCE_NULL: Final = _COUNT
_TARGET_NULL: Final = _COUNT + 1
_NEVER: Final = IMPOSSIBLE
_FLOOR: Final = IMPOSSIBLE / 2
_NOTHING: Final = -40.0
"""Logarithm of what adds nothing to one in double precision."""
_VANISHING: Final = -104.0
"""Logarithm of what is zero in single precision."""
_ROUNDING: Final = 1e-9
"""As in `align.aligner.decoding`: rounding must not make a run of what stands there by itself."""
MATCH, DOWN, ACROSS, TOTAL = range(4)
"""States of a cell, and their sum."""


@inner()
def _add(first: Any, second: Any) -> Any:
    """Log of the sum of two exponentials."""
    high, low = (first, second) if first > second else (second, first)
    return high if low < high + _NOTHING else high + np.log1p(np.exp(low - high))


@inner()
def _sum(values: Any, count: int, top: Any) -> Any:
    """Log of the sum of exponentials of the first values, of which `top` is the greatest."""
    if top < _FLOOR:
        return _NEVER
    total = 0.0
    for at in range(count):
        if values[at] > top + _NOTHING:
            total += np.exp(values[at] - top)
    return top + np.log(total)


@inner()
def _ahead(
    scores: Any, leaning: Any, source: Any, target: Any, gap: Any, first: Any, width: Any, start: Any, sums: Any
) -> None:
    """Sums of all paths from the start to each cell, by the state they arrive in."""
    waiting = np.empty(_COUNT)
    for i in range(len(first)):
        size, base = width[i], start[i] * _COUNT
        for q in range(size):
            cell, count, top = start[i] + q, 0, _NEVER
            match, down, across = _NEVER, _NEVER, _NEVER
            if i == 0 and q + first[0] == 0:
                match = 0.0
            for k in range(_COUNT):
                up = i - _SHAPES[k, 0]
                if up < 0:
                    continue
                place = q + first[i] - _SHAPES[k, 1] - first[up]
                if 0 <= place < width[up]:
                    value = sums[TOTAL, start[up] + place] + (scores[base + k * size + q] + leaning[k])
                    if value > _FLOOR:
                        waiting[count] = value
                        count += 1
                        top = max(top, value)
            if count:
                match = _sum(waiting, count, top)
            place = q + first[i] - first[i - 1] if i else -1
            if 0 <= place < width[i - 1]:
                above = start[i - 1] + place
                down = source[i - 1] + _add(sums[MATCH, above] + gap[0], sums[DOWN, above] + gap[1])
            if q:
                entered = _add(sums[MATCH, cell - 1], sums[DOWN, cell - 1]) + gap[0]
                across = target[first[i] + q - 1] + _add(entered, sums[ACROSS, cell - 1] + gap[1])
            sums[MATCH, cell], sums[DOWN, cell], sums[ACROSS, cell] = match, down, across
            sums[TOTAL, cell] = _add(_add(match, down), across)


@inner()
def _back(
    scores: Any, leaning: Any, source: Any, target: Any, gap: Any, first: Any, width: Any, start: Any, sums: Any
) -> None:
    """Sums of all paths from each cell to the end, by the state that the cell is left from."""
    waiting, last = np.empty(_COUNT), len(first) - 1
    for i in range(last, -1, -1):
        for q in range(width[i] - 1, -1, -1):
            cell, count, top = start[i] + q, 0, _NEVER
            paired, below, right = _NEVER, _NEVER, _NEVER
            if i == last and q == width[i] - 1:
                paired = 0.0
            for k in range(_COUNT):
                to = i + _SHAPES[k, 0]
                if to > last:
                    continue
                place = q + first[i] + _SHAPES[k, 1] - first[to]
                if 0 <= place < width[to]:
                    score = scores[start[to] * _COUNT + k * width[to] + place]
                    value = sums[MATCH, start[to] + place] + (score + leaning[k])
                    if value > _FLOOR:
                        waiting[count] = value
                        count += 1
                        top = max(top, value)
            if count:
                paired = _sum(waiting, count, top)
            place = q + first[i] - first[i + 1] if i < last else -1
            if 0 <= place < width[i + 1]:
                below = source[i] + sums[DOWN, start[i + 1] + place]
            across = paired
            match = paired
            if q < width[i] - 1:
                right = target[first[i] + q] + sums[ACROSS, cell + 1]
                across = _add(paired, right + gap[1])
                match = _add(paired, right + gap[0])
            sums[ACROSS, cell] = across
            sums[DOWN, cell] = _add(match, below + gap[1])
            sums[MATCH, cell] = _add(match, below + gap[0])
            sums[TOTAL, cell] = paired


@inner()
def _probability(log: Any) -> Any:
    return np.exp(min(log, 0.0)) if log > _VANISHING else 0.0


@compiled(
    "f8(f4[::1], f4[::1], f8[::1], f8[::1], f8[::1], i8[::1], i8[::1], i8[::1],"
    "f4[::1], f8[::1], f8[::1], f8[::1], f8[::1])"
)
def posteriors(
    scores: Any, leaning: Any, source: Any, target: Any, gap: Any, first: Any, width: Any, start: Any,
    probable: Any, source_null: Any, target_null: Any, reached: Any, counts: Any,
) -> Any:  # fmt: skip
    """Forward-backward: the probability of each bead.

    Args:
        scores: log-scores of the two-sided beads.
        leaning: what is added to them for each shape.
        source: log-scores of leaving each source sentence alone, shape ``(n,)``.
        target: of leaving each target sentence alone, shape ``(m,)``.
        gap: what the first null of a run costs besides, and what each further one does.
        first: first column of each row of the band.
        width: columns of each.
        start: first cell of each.
        probable: filled in with the probabilities of the two-sided beads, laid out as their scores.
        source_null: filled in with the probability that each source sentence is a null; zeros are given.
        target_null: the same of the target.
        reached: filled in with the probability that a path passes each cell.
        counts: filled in with the expected number of beads of each shape, and last with that of runs of nulls; zeros
            are given.

    Returns:
        The log of the summed score of all alignments.
    """
    cells = start[-1] + width[-1]
    ahead, back = np.empty((4, cells)), np.empty((4, cells))
    _ahead(scores, leaning, source, target, gap, first, width, start, ahead)
    _back(scores, leaning, source, target, gap, first, width, start, back)
    log_total = ahead[TOTAL, cells - 1]
    for i in range(len(first)):
        size, base = width[i], start[i] * _COUNT
        for q in range(size):
            cell, column = start[i] + q, first[i] + q
            passed, after = 0.0, back[MATCH, cell] - log_total
            for k in range(_COUNT):
                up, at = i - _SHAPES[k, 0], base + k * size + q
                found = _ZERO
                place = column - _SHAPES[k, 1] - first[up] if up >= 0 else -1
                if 0 <= place < width[up]:
                    log = ahead[TOTAL, start[up] + place] + (scores[at] + leaning[k]) + after
                    found = np.float32(_probability(log))
                probable[at] = found
                counts[k] += found
                passed += found
            if column > 0:
                right = _probability(ahead[ACROSS, cell] + back[ACROSS, cell] - log_total)
                target_null[column - 1] += right
                passed += right
                if q > 0:
                    entered = _add(ahead[MATCH, cell - 1], ahead[DOWN, cell - 1]) + gap[0]
                    counts[_COUNT] += _probability(entered + target[column - 1] + back[ACROSS, cell] - log_total)
            if i > 0:
                down = _probability(ahead[DOWN, cell] + back[DOWN, cell] - log_total)
                source_null[i - 1] += down
                passed += down
                place = column - first[i - 1]
                if 0 <= place < width[i - 1]:
                    entered = ahead[MATCH, start[i - 1] + place] + gap[0]
                    counts[_COUNT] += _probability(entered + source[i - 1] + back[DOWN, cell] - log_total)
            reached[cell] = passed if cell > 0 else 1.0
    return log_total


@inner()
def _choose(probable: Any, source_null: Any, target_null: Any, first: Any, width: Any, start: Any, choice: Any) -> None:
    """For each cell the last step of the best way to it."""
    best = np.full(len(choice), _NEVER)
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
                gain = best[start[i - 1] + place] + NULL_WEIGHT * source_null[i - 1]
                if gain > value:
                    picked, value = _SOURCE_NULL, gain
            if cell == 0:
                picked, value = _SOURCE_NULL, 0.0
            if q > 0:
                gain = best[cell - 1] + NULL_WEIGHT * target_null[column - 1]
                if gain > value + _ROUNDING:
                    picked, value = _TARGET_NULL, gain
            choice[cell], best[cell] = picked, value


@compiled("i8(f4[::1], f8[::1], f8[::1], i8[::1], i8[::1], i8[::1], i8[:,::1], f8[::1])")
def best_path(
    probable: Any, source_null: Any, target_null: Any, first: Any, width: Any, start: Any, path: Any, certain: Any
) -> Any:
    """The partition into beads with the greatest expected number of right ones.

    Args:
        probable: probabilities of the two-sided beads, as `posteriors` leaves them.
        source_null: probability that each source sentence is a null.
        target_null: the same of the target.
        first: first column of each row of the band.
        width: columns of each.
        start: first cell of each.
        path: filled in with the cells between beads from the last to the first, shape ``(n + m + 1, 2)``.
        certain: filled in with the probabilities of the beads between them, shape ``(n + m,)``.

    Returns:
        Number of beads.
    """
    i, count = len(first) - 1, 0
    j = first[i] + width[i] - 1
    choice = np.empty(start[i] + width[i], dtype=np.int8)
    _choose(probable, source_null, target_null, first, width, start, choice)
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
