"""Log-scores of two-sided beads, row by row: what the cues say (`align.aligner.cues`), fused.

A row of the band is worked in loops over its cells, one shape after the other. What neighbouring beads share is made
once: sums of dot products over the last 1, 2, … sentences grow by an addition, and likeness is kept for the row above,
the row itself and the row below, which the cues compare.

Lines of numbers over columns have `PAD` places in front of column 0 and more behind the last, so that no loop looks
for an edge: what lies there is finite, and never read by a bead that fits. All is in single precision, as in
`align.aligner.block`. All lines of one kind lie in one array, and places are unsigned: so the compiler knows that none
is counted from the end, and makes vector instructions of the loops.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, glue, inner
from align.aligner.lattice import IMPOSSIBLE, LONGEST, SHAPES, WIDEST, Floats32

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

_SLOTS: Final = 8
"""Sentences whose likeness is kept, the last ones."""
_LANES: Final = 15
"""Loops over cells run for a multiple of one more: whole vector registers, with no remainder."""
SPARE: Final = _LANES + 1
"""Places behind the last that these loops may touch."""
_SPANS: Final = LONGEST + 1
_PLACE: Final = np.array([[SHAPES.index((a, b)) if (a, b) in SHAPES else -1 for b in range(8)] for a in range(8)])
"""The number of each shape, or -1."""
_NEVER: Final = np.float32(IMPOSSIBLE)
_ZERO, _HALF, _ONE, _TWO = (np.float32(value) for value in (0.0, 0.5, 1.0, 2.0))
_LEAST, _TINY = np.float32(0.1), np.float32(1e-9)
_SMOOTH, _VARIANCE = np.float32(8.0), np.float32(3.4)
_THREE, _FOUR, _TENTH, _SQUARE = (np.float32(value) for value in (3.0, 4.0, 0.1, 25.0))
_QUARTER: Final = np.float32(0.25)
_NEXT: Final = np.uint64(1)

_SHAPED: Final = 64
"""Lines of a row: shape ``(a, b)`` has number ``8 a + b``; the others stay impossible."""
_LIKE, _WIDE, _TALL = 0, 3 * _SHAPED, 6 * _SHAPED
"""Lines of likeness of three rows; of the greater of it and of the left neighbour's, and of the upper one's."""
_SINGLE: Final = 9 * _SHAPED
"""Likeness of the last sentences, a line each."""
_BEST: Final = _SINGLE + _SLOTS
"""Its greatest over the last 1 … LONGEST sentences across, as many lines for each."""
_HIGHEST: Final = _BEST + _SLOTS * (LONGEST + 1)
_ACROSS, _OPENING, _CLOSING, _SCORE, _SUMS, _BOX = range(_HIGHEST + 1, _HIGHEST + 7)
_ALONG: Final = _BOX + 1
_CHANNELS: Final = _ALONG + LONGEST + 1
"""Two lines for each channel: sums over the last sentences, and over those and some across."""


def room(channels: int, places: int) -> Floats32:
    """The lines that `pair_scores` works in."""
    work = np.zeros((_CHANNELS + 2 * channels, places), dtype=np.float32)
    work[:_SINGLE] = _NEVER
    return work.reshape(-1)


@inner
def _clear(work: Any, line: Any, first: Any, last: Any, value: Any) -> None:
    for p in range(first, last):
        work[line + p] = value


@inner
def _relative(cosine: Any, usual: Any, share: Any) -> Any:
    """Distance as a share of the distance to random sentences, turned into likeness (`Block._relative`)."""
    return (_ONE - (_ONE - cosine) / max(_ONE - usual, _LEAST)) * share


@inner
def _singles(
    first: Any, last: Any, dot: Any, dots: Any, inverse: Any, usual: Any, lengths: Any, others: Any, columns: Any,
    share: Any, single: Any, best: Any, places: Any, work: Any,
) -> None:  # fmt: skip
    """Likeness of a sentence to each across, and the greatest over the 1 … LONGEST that end there."""
    for p in range(first, last):
        cosine = dots[dot + p] * inverse * columns[lengths + p]
        work[single + p] = _relative(cosine, usual + columns[others + p], share)
    back, fewer, more = single, single, best + places
    for _ in range(1, LONGEST + 1):
        for p in range(first, last):
            work[more + p] = max(work[fewer + p], work[back + p])
        fewer, more = more, more + places
        back -= _NEXT


@inner
def _sum(first: Any, last: Any, line: Any, values: Any, array: Any, work: Any) -> None:
    for p in range(first, last):
        work[line + p] += array[values + p]


@inner
def _likeness(
    first: Any, last: Any, box: Any, inverse: Any, usual: Any, lengths: Any, others: Any, columns: Any, share: Any,
    like: Any, wide: Any, tall: Any, above: Any, work: Any,
) -> None:  # fmt: skip
    """Likeness of the beads of one shape that end in a row, and the greater of it and that of two neighbours."""
    for p in range(first, last):
        cosine = work[box + p] * inverse * columns[lengths + p]
        work[like + p] = _relative(cosine, usual + columns[others + p], share)
    _greatest(first, last, wide, like, like - _NEXT, work)
    _greatest(first, last, tall, like, above, work)


@glue
def _ahead(
    i: int, start: int, stop: int, count: int, dots: Any, base: Any, rows: Any, columns: Any, share: Any, places: int,
    work: Any,
) -> None:  # fmt: skip
    """Likeness of the beads that end in a row, of all shapes and of those one sentence larger."""
    early, first = np.uint64(start + PAD - LONGEST), np.uint64(start + PAD)
    last = np.uint64(start + PAD + ((stop - start + _LANES) & ~_LANES))
    sums, box = _SUMS * places, np.uint64(_BOX * places)
    _clear(work, np.uint64(sums), early, last, _ZERO)
    for a in range(1, LONGEST + 1):
        if 0 <= i - a < count:
            _sum(early, last, np.uint64(sums), np.uint64(base[MEANING, i - a]), dots, work)
        _clear(work, box, first, last, _ZERO)
        for b in range(1, min(LONGEST, WIDEST + 1 - a) + 1):
            shape = a * 8 + b
            here, above = i % 3 * _SHAPED + shape, (i + 2) % 3 * _SHAPED + shape
            _sum(first, last, box, np.uint64(sums - b), work, work)
            _likeness(
                first, last, box, rows[INVERSE, a, i + PAD], rows[USUAL + b - 1, a, i + PAD],
                np.uint64((INVERSE * _SPANS + b) * places), np.uint64(((USUAL + a - 1) * _SPANS + b) * places),
                columns, share, np.uint64((_LIKE + here) * places), np.uint64((_WIDE + here) * places),
                np.uint64((_TALL + here) * places), np.uint64((_LIKE + above) * places), work,
            )  # fmt: skip


@inner
def _greatest(first: Any, last: Any, line: Any, one: Any, other: Any, work: Any) -> None:
    for p in range(first, last):
        work[line + p] = max(work[one + p], work[other + p])


@inner
def _of_meaning(
    first: Any, last: Any, like: Any, left: Any, above: Any, right: Any, below: Any, weights: Any, sentences: Any,
    score: Any, work: Any,
) -> None:  # fmt: skip
    """Likeness of meaning, and what it is beside smaller and larger beads."""
    plain = weights[LIKE] + weights[OF_ALL] * sentences
    gain = weights[GAIN] if sentences > _ZERO else _ZERO
    below_par, unusual, loss, spread = weights[BELOW_PAR], weights[UNUSUAL], weights[LOSS], _ONE / weights[SPREAD]
    for p in range(first, last):
        value = work[like + p]
        under = min(max((_ONE - value) * spread - _ONE, _ZERO), _FOUR)
        work[score + p] = (
            plain * value
            + below_par * min(value - _HALF, _ZERO)
            - unusual * under * under * _QUARTER
            + gain * (value - max(work[left + p], work[above + p]))
            + loss * max(max(work[right + p], work[below + p]) - value, _ZERO)
        )


@inner
def _of_lengths(
    first: Any, last: Any, length: Any, log: Any, quotes: Any, constant: Any, lengths: Any, logs: Any, others: Any,
    alone: Any, columns: Any, weights: Any, score: Any, work: Any,
) -> None:  # fmt: skip
    """Lengths, open quotes, and what each side and the shape say alone."""
    spread, surprise, ratio = _ONE / weights[LENGTH_SPREAD], weights[SURPRISE], weights[RATIO]
    unusual, quoted = weights[UNUSUAL_LENGTH], weights[QUOTED]
    for p in range(first, last):
        apart, log_ratio = columns[lengths + p] - length, columns[logs + p] - log
        deviation = apart * apart / ((length + columns[lengths + p] + _SMOOTH) * _VARIANCE)
        strange = log_ratio * spread
        work[score + p] += (
            constant
            + columns[alone + p]
            - surprise * min(deviation, _SQUARE) * _TENTH
            - ratio * min(abs(log_ratio), _TWO)
            - unusual * min(strange * strange, _SQUARE) * _TENTH
            - quoted * min(abs(quotes - columns[others + p]), _TWO)
        )


@inner
def _of_numbers(
    first: Any, last: Any, own: Any, squares: Any, columns: Any, weights: Any, box: Any, score: Any, work: Any
) -> None:
    share, lonely = weights[SHARED], weights[LONE]
    for p in range(first, last):
        shared = work[box + p]
        lone = max(own + columns[squares + p] - _TWO * shared, _ZERO)
        work[score + p] += share * min(shared, _THREE) - lonely * min(lone, _FOUR)


@inner
def _of_cosine(
    first: Any, last: Any, length: Any, lengths: Any, columns: Any, weight: Any, box: Any, score: Any, work: Any
) -> None:
    for p in range(first, last):
        both = length * columns[lengths + p]
        work[score + p] += weight * work[box + p] / both if both > _TINY else _ZERO


@inner
def _of_members(
    first: Any, last: Any, weight: Any, highest: Any, best: Any, across: Any, along: Any, score: Any, work: Any
) -> None:
    """The sentence that finds least of itself across: the least of the greatest, by target and by source."""
    for p in range(first, last):
        work[across + p] = min(work[across + p], work[highest + p])
    for p in range(first, last):
        work[along + p] = min(work[along + p], work[best + p])
    for p in range(first, last):
        work[score + p] += weight * min(work[across + p], work[along + p])


@inner
def _of_looks(
    first: Any, last: Any, aside: Any, opening: Any, closing: Any, columns: Any, score: Any, work: Any, out: Any,
    scores: Any,
) -> None:  # fmt: skip
    """How sentences begin and end; and a bead must not hold what belongs to the page."""
    for p in range(first, last):
        value = work[score + p] + work[opening + p] + work[closing + p]
        scores[out + p] = _NEVER if columns[aside + p] > _ZERO else value


@inner
def _of_kin(
    first: Any, last: Any, mine: Any, kind: Any, aside: Any, columns: Any, right: Any, out: Any, scores: Any
) -> None:
    """Of one sentence for one what belongs to the page goes with its like, and with nothing else."""
    for p in range(first, last):
        theirs = columns[aside + p] > _ZERO
        if mine != theirs or (mine and right[KINDS, np.int64(p) - PAD - 1] != kind):
            scores[out + p] = _NEVER


@inner
def _looks(start: int, stop: int, back: int, code: Any, right: Any, ends: int, line: int, work: Any) -> None:
    """What two sentences' looks say together: for the cells from `start` on, of the sentence `back` before each."""
    for p in range(max(start, back), stop):
        work[line + p + PAD] = code[right[ends, p - back]]


@glue
def _begin(early: Any, first: Any, last: Any, channels: int, places: int, work: Any) -> None:
    """Clear the lines that gather what is asked of more and more sentences."""
    _clear(work, np.uint64(_HIGHEST * places), early, last, _NEVER)
    for b in range(1, LONGEST + 1):
        _clear(work, np.uint64((_ALONG + b) * places), first, last, -_NEVER)
    for channel in range(NUMBERS, channels):
        _clear(work, np.uint64((_CHANNELS + 2 * channel) * places), early, last, _ZERO)


@glue
def _of_channels(
    first: Any, last: Any, a: int, b: int, row: int, rows: Any, columns: Any, weights: Any, cosines: Any,
    channels: int, places: int, work: Any,
) -> None:  # fmt: skip
    """Numbers, and the cosines of all other channels."""
    score = np.uint64(_SCORE * places)
    for channel in range(NUMBERS, channels):
        sums = (_CHANNELS + 2 * channel) * places
        box = np.uint64(sums + places)
        _sum(first, last, box, np.uint64(sums - b), work, work)
        if channel == NUMBERS:
            squares = np.uint64((SQUARES * _SPANS + b) * places)
            _of_numbers(first, last, rows[SQUARES, a, row], squares, columns, weights, box, score, work)
        else:
            at = channel - COSINES
            weight = cosines[at, 0] + cosines[at, 1] * np.float32(a + b - 2)
            norms = np.uint64(((NORMS + at) * _SPANS + b) * places)
            _of_cosine(first, last, rows[NORMS + at, a, row], norms, columns, weight, box, score, work)


@glue
def _shape(
    i: int, first: Any, last: Any, a: int, b: int, constant: Any, rows: Any, columns: Any, weights: Any,
    cosines: Any, channels: int, places: int, work: Any,
) -> None:  # fmt: skip
    """Scores of the beads of one shape that end in a row, but for how they look."""
    row, shape, score = i + PAD, a * 8 + b, np.uint64(_SCORE * places)
    like = (_LIKE + i % 3 * _SHAPED + shape) * places
    wide, tall = like + (_WIDE - _LIKE) * places, like + (_TALL - _LIKE) * places
    below = (_TALL + (i + 1) % 3 * _SHAPED + shape + 8) * places
    _of_meaning(
        first, last, np.uint64(like), np.uint64(wide - places), np.uint64(tall - 8 * places),
        np.uint64(wide + places + 1), np.uint64(below), weights, np.float32(a + b - 2), score, work,
    )  # fmt: skip
    _of_lengths(
        first, last, rows[LENGTH, a, row], rows[LOG, a, row], rows[QUOTES, a, row], constant + rows[ALONE, a, row],
        np.uint64((LENGTH * _SPANS + b) * places), np.uint64((LOG * _SPANS + b) * places),
        np.uint64((QUOTES * _SPANS + b) * places), np.uint64((ALONE * _SPANS + b) * places), columns, weights, score,
        work,
    )  # fmt: skip
    _of_channels(first, last, a, b, row, rows, columns, weights, cosines, channels, places, work)
    best, along = (_BEST + (i - a) % _SLOTS * _SPANS + b) * places - 1, (_ALONG + b) * places
    _of_members(
        first, last, weights[WEAKEST] if a + b > 2 else _ZERO, np.uint64(_HIGHEST * places - b), np.uint64(best),
        np.uint64(_ACROSS * places), np.uint64(along), score, work,
    )  # fmt: skip


@glue
def _row(
    i: int, start: int, stop: int, dots: Any, base: Any, left: Any, right: Any, rows: Any, columns: Any, tables: Any,
    constants: Any, weights: Any, cosines: Any, work: Any, places: int, done: int, scores: Any,
) -> None:  # fmt: skip
    """Scores of the beads that end in a row, of all shapes one after the other."""
    size, channels, opening, closing = stop - start, len(base), _OPENING * places, _CLOSING * places
    early, first, end = np.uint64(start + PAD - LONGEST), np.uint64(start + PAD), np.uint64(stop + PAD)
    last = np.uint64(start + PAD + ((size + _LANES) & ~_LANES))
    _begin(early, first, last, channels, places, work)
    if i > 0:
        _looks(start, stop, 1, tables[1, left[LAST, i - 1]], right, LAST, closing, work)
    for a in range(1, LONGEST + 1):
        barred, mine = a > i, rows[ASIDE, a, i + PAD] > _ZERO
        if not barred and (a == 1 or not mine):
            single = np.uint64((_SINGLE + (i - a) % _SLOTS) * places)
            highest = np.uint64(_HIGHEST * places)
            _greatest(early, last, highest, highest, single, work)
            _looks(start - LONGEST, stop - 1, 0, tables[0, left[FIRST, i - a]], right, FIRST, opening, work)
            _clear(work, np.uint64(_ACROSS * places), first, last, -_NEVER)
            for channel in range(NUMBERS, channels):
                line = (_CHANNELS + 2 * channel) * places
                _sum(early, last, np.uint64(line), np.uint64(base[channel, i - a]), dots, work)
                _clear(work, np.uint64(line + places), first, last, _ZERO)
        for b in range(1, min(LONGEST, WIDEST - a) + 1):
            k, shy = _PLACE[a, b], min(max(b - start, 0), size)
            out = done + k * size
            if barred or (mine and a + b > 2):
                _clear(scores, np.uint64(out), np.uint64(0), np.uint64(size), _NEVER)
                continue
            _shape(i, first, last, a, b, constants[k], rows, columns, weights, cosines, channels, places, work)
            # No sentence of the page is among none.
            aside = np.uint64((ASIDE * _SPANS + (b if a + b > 2 else 0)) * places)
            into = np.uint64(out - start - PAD)
            _of_looks(
                first, end, aside, np.uint64(opening - b), np.uint64(closing), columns, np.uint64(_SCORE * places),
                work, into, scores,
            )  # fmt: skip
            if a + b == 2:
                aside = np.uint64((ASIDE * _SPANS + 1) * places)
                _of_kin(first + np.uint64(shy), end, mine, left[KINDS, i - 1], aside, columns, right, into, scores)
            _clear(scores, np.uint64(out), np.uint64(0), np.uint64(shy), _NEVER)


@compiled(
    "void(f4[::1], i8[:,::1], i8[:,::1], i8[:,::1], f4[:,:,::1], f4[::1], f4[:,:,::1], f4[::1], f4[::1], f4[:,::1],"
    "i8[::1], i8[::1], i8[:,::1], i8[:,::1], f4[::1], f4[::1])"
)
def pair_scores(
    dots: Any, base: Any, left: Any, right: Any, rows: Any, columns: Any, tables: Any, constants: Any, weights: Any,
    cosines: Any, first: Any, width: Any, windows: Any, reach: Any, work: Any, scores: Any,
) -> None:  # fmt: skip
    """Log-scores of the two-sided beads of all shapes that end in the cells of a band.

    Args:
        dots: dot products of sentences, as `tables.dots` has them.
        base: where each source sentence's are, by channel.
        left: `tables.codes` of the source's `n` sentences.
        right: of the target's.
        rows: `tables.lines` of the source.
        columns: of the target, line after line.
        tables: what the looks of two first sentences say together, and of two last, by their codes.
        constants: what the shape alone says.
        weights: `tables.weights_of`.
        cosines: weights of each cosine and of the same for each sentence.
        first: first column of each row of the band.
        width: columns of each.
        windows: first column of each row, and after the last, where likeness is asked for, of one row more.
        reach: first sentence across of each source sentence, and after the last, whose dot products there are.
        work: as `room` makes it.
        scores: filled in; for each row of the band one run of cells for each of `SHAPES`.
    """
    count, done, share = left.shape[1], 0, weights[SHARE]
    places = len(columns) // (rows.shape[0] * _SPANS)
    for i in range(-1, count + 1):
        # A row ahead, for beads are compared with those that end one row further down.
        if 0 <= i < count:
            at = i % _SLOTS
            _singles(
                np.uint64(reach[0, i] + PAD), np.uint64(reach[1, i] + PAD), np.uint64(base[MEANING, i]), dots,
                rows[INVERSE, 1, i + 1 + PAD], rows[USUAL, 1, i + 1 + PAD],
                np.uint64((INVERSE * _SPANS + 1) * places + 1), np.uint64((USUAL * _SPANS + 1) * places + 1), columns,
                share, np.uint64((_SINGLE + at) * places), np.uint64((_BEST + at * _SPANS) * places),
                np.uint64(places), work,
            )  # fmt: skip
        _ahead(i + 1, windows[0, i + 1], windows[1, i + 1], count, dots, base, rows, columns, share, places, work)
        if i >= 0:
            _row(
                i, first[i], first[i] + width[i], dots, base, left, right, rows, columns, tables, constants, weights,
                cosines, work, places, done, scores,
            )  # fmt: skip
            done += len(SHAPES) * width[i]
