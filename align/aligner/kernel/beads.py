"""Log-scores of two-sided beads, row by row: what the cues say (`align.aligner.cues`), fused.

A row of the band is worked in loops over its cells, one shape after the other. What neighbouring beads share is made
once: sums of dot products over the last 1, 2, … sentences grow by an addition, and likeness is kept for the row above,
the row itself and the row below, which the cues compare. Dot products are made where the band is and nowhere else.

Arrays over columns have `PAD` places in front of column 0 and behind the last, so that no loop looks for an edge: what
lies there is zero, or is never read by a bead that fits. All is in single precision, as in `align.aligner.block`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, inner
from align.aligner.lattice import IMPOSSIBLE, LONGEST, SHAPES, WIDEST

PAD: Final = 8
"""Places in front of the first cell of a side, and behind the last."""

INVERSE, SQUARES, LENGTH, LOG, QUOTES, ALONE, ASIDE = range(7)
"""Rows of a table of lines: one by the length of the span's vector of meaning; the square of that of its numbers; its
letters, in letters of neither side, and their logarithm; quotes left open; what the side says alone; sentences that
belong to the page."""
USUAL: Final = 7
"""Half the mean cosine to spans of 1 … LONGEST sentences across; a row for each."""
NORMS: Final = USUAL + LONGEST
"""Lengths of the span's vectors of the first cosine channel, of the second …"""

MEANING, NUMBERS, COSINES = range(3)
"""Channels: the first two are what they are called, all others are compared by their cosine."""

FIRST, LAST, KINDS = range(3)
"""Rows of `codes`: what a sentence looks like where it begins, where it ends, and the kind of its paragraph."""

(
    LIKE, OF_ALL, BELOW_PAR, UNUSUAL, GAIN, LOSS, WEAKEST, SURPRISE, RATIO, UNUSUAL_LENGTH, SHARED, LONE, QUOTED,
    SHARE, SPREAD, LENGTH_SPREAD,
) = range(16)  # fmt: skip
"""Places of `weights_of`; the last three are no weights but what the document is like."""

_RING: Final = 7
"""Rows of sentences are kept in eight places, their number masked by this."""
_PLACE: Final = np.array([[SHAPES.index((a, b)) if (a, b) in SHAPES else -1 for b in range(8)] for a in range(8)])
"""The number of each shape, or -1."""
_NEVER: Final = np.float32(IMPOSSIBLE)
_ZERO, _HALF, _ONE, _TWO = (np.float32(value) for value in (0.0, 0.5, 1.0, 2.0))
_LEAST, _TINY = np.float32(0.1), np.float32(1e-9)
_SMOOTH, _VARIANCE = np.float32(8.0), np.float32(3.4)
_THREE, _FOUR, _TENTH, _SQUARE = (np.float32(value) for value in (3.0, 4.0, 0.1, 25.0))
_QUARTER: Final = np.float32(0.25)


@inner(fastmath=True)
def _dots(
    left: Any, right: Any, row: int, start: int, stop: int, edges: Any, some_left: Any, some_right: Any, dots: Any
) -> None:
    """Dot products of a sentence with those across from `start` to before `stop`, channel by channel."""
    for channel in range(len(edges) - 1):
        first, last, here = edges[channel], edges[channel + 1], dots[channel, row & _RING]
        for column in range(start, stop):
            total = _ZERO
            if some_left[channel, row] and some_right[channel, column]:
                for at in range(first, last):
                    total += left[row, at] * right[column, at]
            here[column + PAD] = total


@inner()
def _relative(cosine: Any, usual: Any, share: Any) -> Any:
    """Distance as a share of the distance to random sentences, turned into likeness (`Block._relative`)."""
    far = _ONE - usual
    far = far if far > _LEAST else _LEAST
    return (_ONE - (_ONE - cosine) / far) * share


@inner()
def _singles(
    row: int, start: int, stop: int, dots: Any, rows: Any, columns: Any, share: Any, single: Any, best: Any
) -> None:
    """Likeness of a sentence to each across, and the greatest over the 1 … LONGEST that end there."""
    at, here = row & _RING, row + 1 + PAD
    inverse, usual = rows[INVERSE, 1, here], rows[USUAL, 1, here]
    for p in range(start + PAD, stop + PAD):
        cosine = dots[at, p] * inverse * columns[INVERSE, 1, p + 1]
        single[at, p] = _relative(cosine, usual + columns[USUAL, 1, p + 1], share)
        best[at, 1, p] = single[at, p]
    for b in range(2, LONGEST + 1):
        for p in range(start + PAD + b - 1, stop + PAD):
            other = single[at, p - b + 1]
            best[at, b, p] = other if other > best[at, b - 1, p] else best[at, b - 1, p]


@inner()
def _likeness(
    i: int, start: int, stop: int, dots: Any, rows: Any, columns: Any, share: Any, scratch: Any, like: Any
) -> None:
    """Likeness of the beads that end in a row, of all shapes and of those one sentence larger."""
    down, box = scratch[0], scratch[1]
    down[start + PAD - LONGEST : stop + PAD] = _ZERO
    for a in range(1, LONGEST + 1):
        above = dots[(i - a) & _RING]
        for p in range(start + PAD - LONGEST, stop + PAD):
            down[p] += above[p]
        box[start + PAD : stop + PAD] = _ZERO
        for b in range(1, min(LONGEST, WIDEST + 1 - a) + 1):
            inverse, usual = rows[INVERSE, a, i + PAD], rows[USUAL + b - 1, a, i + PAD]
            lengths, across, found = columns[INVERSE, b], columns[USUAL + a - 1, b], like[a * 8 + b]
            for p in range(start + PAD, stop + PAD):
                box[p] += down[p - b]
                found[p] = _relative(box[p] * inverse * lengths[p], usual + across[p], share)


@inner()
def _of_meaning(i: int, start: int, stop: int, a: int, b: int, weights: Any, like: Any, out: Any) -> None:
    """Likeness of meaning, and what it is beside smaller and larger beads."""
    here, above, below, at = like[i % 3], like[(i + 2) % 3], like[(i + 1) % 3], a * 8 + b
    plain = weights[LIKE] + weights[OF_ALL] * np.float32(a + b - 2)
    gain, spread = weights[GAIN] if a + b > 2 else _ZERO, weights[SPREAD]
    for p in range(start + PAD, stop + PAD):
        value = here[at, p]
        smaller = max(max(here[at - 8, p], above[at - 8, p]), max(here[at - 1, p], here[at - 1, p - 1]))
        larger = max(max(here[at + 8, p], below[at + 8, p]), max(here[at + 1, p], here[at + 1, p + 1]))
        under = min(max((_ONE - value) / spread - _ONE, _ZERO), _FOUR)
        out[p - PAD - start] = (
            plain * value
            + weights[BELOW_PAR] * min(value - _HALF, _ZERO)
            - weights[UNUSUAL] * under * under * _QUARTER
            + (gain * (value - smaller) if a + b > 2 else _ZERO)
            + weights[LOSS] * max(larger - value, _ZERO)
        )


@inner()
def _of_lines(i: int, start: int, stop: int, a: int, b: int, weights: Any, rows: Any, columns: Any, out: Any) -> None:
    """Lengths, open quotes, and what each side says alone."""
    length, log, quotes = rows[LENGTH, a, i + PAD], rows[LOG, a, i + PAD], rows[QUOTES, a, i + PAD]
    lengths, logs, others, alone = columns[LENGTH, b], columns[LOG, b], columns[QUOTES, b], columns[ALONE, b]
    own, spread = rows[ALONE, a, i + PAD], weights[LENGTH_SPREAD]
    for p in range(start + PAD, stop + PAD):
        apart, ratio = lengths[p] - length, logs[p] - log
        deviation = apart * apart / ((length + lengths[p] + _SMOOTH) * _VARIANCE)
        strange = ratio / spread
        out[p - PAD - start] += (
            own
            + alone[p]
            - weights[SURPRISE] * min(deviation, _SQUARE) * _TENTH
            - weights[RATIO] * min(abs(ratio), _TWO)
            - weights[UNUSUAL_LENGTH] * min(strange * strange, _SQUARE) * _TENTH
            - weights[QUOTED] * min(abs(quotes - others[p]), _TWO)
        )


@inner()
def _of_channels(
    i: int, start: int, stop: int, a: int, b: int, weights: Any, cosines: Any, rows: Any, columns: Any,
    down: Any, box: Any, out: Any,
) -> None:  # fmt: skip
    """Numbers, and the cosines of all other channels."""
    own = rows[SQUARES, a, i + PAD]
    for p in range(start + PAD, stop + PAD):
        box[NUMBERS, p] += down[NUMBERS, p - b]
        shared = box[NUMBERS, p]
        lone = max(own + columns[SQUARES, b, p] - _TWO * shared, _ZERO)
        out[p - PAD - start] += weights[SHARED] * min(shared, _THREE) - weights[LONE] * min(lone, _FOUR)
    for at in range(len(cosines)):
        weight = cosines[at, 0] + cosines[at, 1] * np.float32(a + b - 2)
        channel, length = at + COSINES, rows[NORMS + at, a, i + PAD]
        for p in range(start + PAD, stop + PAD):
            box[channel, p] += down[channel, p - b]
            lengths = length * columns[NORMS + at, b, p]
            if lengths > _TINY:
                out[p - PAD - start] += weight * box[channel, p] / lengths


@inner()
def _of_members(
    start: int, stop: int, b: int, weight: Any, highest: Any, best: Any, across: Any, along: Any, out: Any
) -> None:
    """The sentence that finds least of itself across: the least of the greatest, by target and by source."""
    for p in range(start + PAD, stop + PAD):
        across[p] = min(across[p], highest[p - b])
        along[p] = min(along[p], best[p - 1])
        out[p - PAD - start] += weight * min(across[p], along[p])


@inner()
def _of_looks(
    i: int, start: int, stop: int, a: int, b: int, constant: Any, rows: Any, columns: Any, left: Any, right: Any,
    first: Any, last: Any, out: Any,
) -> None:  # fmt: skip
    """How sentences begin and end, what the shape alone says, and what must not be (`Block.possible`)."""
    mine = rows[ASIDE, a, i + PAD] > _ZERO
    for p in range(start + PAD, stop + PAD):
        theirs, j = columns[ASIDE, b, p] > _ZERO, p - PAD
        kin = a == 1 and b == 1 and mine and theirs and j > 0 and left[KINDS, i - 1] == right[KINDS, j - 1]
        if j < b or ((mine or theirs) and not kin):
            out[j - start] = _NEVER
        else:
            out[j - start] += constant + first[p - b] + last[p]


@inner()
def _row(
    i: int, start: int, stop: int, dots: Any, single: Any, best: Any, like: Any, left: Any, right: Any, rows: Any,
    columns: Any, tables: Any, constants: Any, weights: Any, cosines: Any, scratch: Any, down: Any, box: Any,
    along: Any, scores: Any,
) -> None:  # fmt: skip
    """Scores of the beads that end in a row, of all shapes one after the other."""
    size, low, high = stop - start, max(start - LONGEST, 0), min(stop - 1, right.shape[1])
    highest, across, opening, closing = scratch[0], scratch[1], scratch[2], scratch[3]
    down[:], along[:], highest[:] = _ZERO, -_NEVER, _NEVER
    for p in range(max(start, 1) + PAD, stop + PAD):
        closing[p] = tables[1, left[LAST, i - 1], right[LAST, p - PAD - 1]] if i > 0 else _ZERO
    for a in range(1, LONGEST + 1):
        at = (i - a) & _RING
        barred = a > i or (a > 1 and rows[ASIDE, a, i + PAD] > _ZERO)
        if not barred:
            down += dots[:, at]
            box[:], across[:] = _ZERO, -_NEVER
            for p in range(low + PAD, high + PAD):
                highest[p] = max(highest[p], single[at, p])
                opening[p] = tables[0, left[FIRST, i - a], right[FIRST, p - PAD]]
        for b in range(1, min(LONGEST, WIDEST - a) + 1):
            k = _PLACE[a, b]
            out = scores[k * size : (k + 1) * size]
            if barred:
                out[:] = _NEVER
                continue
            weight = weights[WEAKEST] if a + b > 2 else _ZERO
            _of_meaning(i, start, stop, a, b, weights, like, out)
            _of_lines(i, start, stop, a, b, weights, rows, columns, out)
            _of_channels(i, start, stop, a, b, weights, cosines, rows, columns, down, box, out)
            _of_members(start, stop, b, weight, highest, best[at, b], across, along[b], out)
            _of_looks(i, start, stop, a, b, constants[k], rows, columns, left, right, opening, closing, out)


@compiled(
    "void(f4[:,::1], f4[:,::1], i8[::1], b1[:,::1], b1[:,::1], i8[:,::1], i8[:,::1], f4[:,:,::1], f4[:,:,::1],"
    "f4[:,:,::1], f4[::1], f4[::1], f4[:,::1], i8[::1], i8[::1], i8[:,::1], i8[:,::1], f4[::1])"
)
def pair_scores(
    left: Any, right: Any, edges: Any, some_left: Any, some_right: Any, left_codes: Any, right_codes: Any,
    rows: Any, columns: Any, tables: Any, constants: Any, weights: Any, cosines: Any, first: Any, width: Any,
    windows: Any, reach: Any, scores: Any,
) -> None:  # fmt: skip
    """Log-scores of the two-sided beads of all shapes that end in the cells of a band.

    Args:
        left: vectors of all channels of the source's `n` sentences, side by side.
        right: of the target's `m`.
        edges: where a channel's vectors begin, and their end: meaning, numbers, then those that are cosines.
        some_left: whether a vector is anything but zero, by channel and sentence.
        some_right: the same of the target.
        left_codes: `tables.codes` of the source.
        right_codes: of the target.
        rows: `tables.lines` of the source.
        columns: of the target.
        tables: what the looks of two first sentences say together, and of two last, by their codes.
        constants: what the shape alone says.
        weights: `tables.weights_of`.
        cosines: weights of each cosine and of the same for each sentence.
        first: first column of each row of the band.
        width: columns of each.
        windows: first column of each row, and after the last, where likeness is asked for, of one row more.
        reach: first sentence across of each source sentence, and after the last, whose dot products are.
        scores: filled in; for each row of the band one run of cells for each of `SHAPES`.
    """
    count, channels, places = len(left), len(edges) - 1, columns.shape[2]
    dots = np.zeros((channels, _RING + 1, places), dtype=np.float32)
    single = np.zeros((_RING + 1, places), dtype=np.float32)
    best = np.zeros((_RING + 1, LONGEST + 1, places), dtype=np.float32)
    like = np.full((3, 64, places), _NEVER, dtype=np.float32)
    scratch = np.zeros((5, places), dtype=np.float32)
    down = np.zeros((channels, places), dtype=np.float32)
    box, along = np.zeros_like(down), np.zeros((LONGEST + 1, places), dtype=np.float32)
    done = 0
    for i in range(-1, count + 1):
        # A row ahead, for beads are compared with those that end one row further down.
        if 0 <= i < count:
            _dots(left, right, i, reach[0, i], reach[1, i], edges, some_left, some_right, dots)
            _singles(i, reach[0, i], reach[1, i], dots[0], rows, columns, weights[SHARE], single, best)
        _likeness(
            i + 1,
            windows[0, i + 1],
            windows[1, i + 1],
            dots[0],
            rows,
            columns,
            weights[SHARE],
            scratch,
            like[(i + 1) % 3],
        )
        if i >= 0:
            size = len(SHAPES) * width[i]
            _row(
                i,
                first[i],
                first[i] + width[i],
                dots,
                single,
                best,
                like,
                left_codes,
                right_codes,
                rows,
                columns,
                tables,
                constants,
                weights,
                cosines,
                scratch,
                down,
                box,
                along,
                scores[done : done + size],
            )
            done += size
