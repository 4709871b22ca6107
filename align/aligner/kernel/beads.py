"""Log-scores of two-sided beads, row by row: what the cues say (`align.aligner.cues`), fused.

A row of the band is worked in loops over its cells, one shape after the other. What neighbouring beads share is made
once: sums of dot products over the last 1, 2, … sentences grow by an addition, and likeness is kept for the row above,
the row itself and the row below, which the cues compare.

Where things lie says `align.aligner.kernel.layout`. All lines of one kind lie in one array, and places are unsigned: so
the compiler knows that none is counted from the end, and makes vector instructions of the loops.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, glue, inner
from align.aligner.kernel.layout import (
    ACROSS,
    ALONE,
    ALONG,
    ASIDE,
    BARE,
    BELOW_PAR,
    BEST,
    CHANNELS,
    CLOSING,
    COSINES,
    COVERED,
    COVERED_OF_ALL,
    FIRST,
    FOUND,
    GAIN,
    HERE,
    HIGHEST,
    INVERSE,
    KINDS,
    LANES,
    LAST,
    LEAST_COVERED,
    LENGTH,
    LENGTH_SPREAD,
    LIKE,
    LIKENESS,
    LOG,
    LONE,
    LOSS,
    MEANING,
    NORMS,
    NUMBERS,
    OF_ALL,
    OPENING,
    PAD,
    QUOTED,
    QUOTES,
    RATIO,
    SCANT,
    SCORE,
    SHAPED,
    SHARE,
    SHARED,
    SINGLE,
    SLOTS,
    SPANS,
    SPREAD,
    SQUARES,
    SURPRISE,
    TALL,
    TOLD,
    UNUSUAL,
    UNUSUAL_LENGTH,
    USUAL,
    WEAKEST,
    WIDE,
)
from align.aligner.kernel.likeness import add, ahead, clear, greatest, singles
from align.aligner.lattice import IMPOSSIBLE, LONGEST, SHAPES, WIDEST

_PLACE: Final = np.array([[SHAPES.index((a, b)) if (a, b) in SHAPES else -1 for b in range(8)] for a in range(8)])
"""The number of each shape, or -1."""
_NEVER: Final = np.float32(IMPOSSIBLE)
_ZERO, _HALF, _ONE, _TWO = (np.float32(value) for value in (0.0, 0.5, 1.0, 2.0))
_TINY: Final = np.float32(1e-9)
_SMOOTH, _VARIANCE = np.float32(8.0), np.float32(3.4)
_THREE, _FOUR, _TENTH, _SQUARE = (np.float32(value) for value in (3.0, 4.0, 0.1, 25.0))
_QUARTER, _SLIGHT = np.float32(0.25), np.float32(1e-6)
_NEXT: Final = np.uint64(1)


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
def _of_cover(
    first: Any, last: Any, cover: Any, by_target: Any, by_source: Any, alone: Any, told: Any, columns: Any,
    singles: Any, sums: Any, found: Any, scant: Any, here: Any, bare: Any, weights: Any, sentences: Any, score: Any,
    work: Any,
) -> None:  # fmt: skip
    """How much of both sides is covered, one sentence more on either, and of the one that is covered least."""
    plain = (weights[COVERED] + weights[COVERED_OF_ALL] * sentences) * _HALF
    least, share = weights[LEAST_COVERED], plain / max(told, _SLIGHT)
    for p in range(first, last):
        value = cover[by_target + p]
        work[found + p] += alone * value
        work[scant + p] = min(work[scant + p], value)
    for p in range(first, last):
        value = cover[by_source + p]
        work[here + p] += columns[singles + p] * value
        work[bare + p] = min(work[bare + p], value)
    for p in range(first, last):
        work[score + p] += (
            share * work[found + p]
            + plain * work[here + p] / max(columns[sums + p], _SLIGHT)
            + least * min(work[scant + p], work[bare + p])
        )


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
    clear(work, np.uint64(HIGHEST * places), early, last, _NEVER)
    for b in range(1, LONGEST + 1):
        clear(work, np.uint64((ALONG + b) * places), first, last, -_NEVER)
        clear(work, np.uint64((FOUND + b) * places), first, last, _ZERO)
        clear(work, np.uint64((SCANT + b) * places), first, last, -_NEVER)
    for channel in range(NUMBERS, channels):
        clear(work, np.uint64((CHANNELS + 2 * channel) * places), early, last, _ZERO)


@glue
def _of_channels(
    first: Any, last: Any, a: int, b: int, row: int, rows: Any, columns: Any, weights: Any, cosines: Any,
    channels: int, places: int, work: Any,
) -> None:  # fmt: skip
    """Numbers, and the cosines of all other channels."""
    score = np.uint64(SCORE * places)
    for channel in range(NUMBERS, channels):
        sums = (CHANNELS + 2 * channel) * places
        box = np.uint64(sums + places)
        add(first, last, box, np.uint64(sums - b), work, work)
        if channel == NUMBERS:
            squares = np.uint64((SQUARES * SPANS + b) * places)
            _of_numbers(first, last, rows[SQUARES, a, row], squares, columns, weights, box, score, work)
        else:
            at = channel - COSINES
            weight = cosines[at, 0] + cosines[at, 1] * np.float32(a + b - 2)
            norms = np.uint64(((NORMS + at) * SPANS + b) * places)
            _of_cosine(first, last, rows[NORMS + at, a, row], norms, columns, weight, box, score, work)


@glue
def _of_tokens(
    i: int, first: Any, last: Any, a: int, b: int, cover: Any, lies: Any, rows: Any, columns: Any, weights: Any,
    places: int, work: Any,
) -> None:  # fmt: skip
    """What covers what, of the beads of one shape that end in a row."""
    values = len(cover) // (2 * LONGEST)
    by_target = (b - 1) * values + lies[i - a] - PAD - 1
    by_source = (LONGEST + a - 1) * values + lies[i - 1] - PAD - b
    _of_cover(
        first, last, cover, np.uint64(by_target), np.uint64(by_source), rows[TOLD, 1, i - a + 1 + PAD],
        rows[TOLD, a, i + PAD], columns, np.uint64((TOLD * SPANS + 1) * places + 1 - b),
        np.uint64((TOLD * SPANS + b) * places), np.uint64((FOUND + b) * places), np.uint64((SCANT + b) * places),
        np.uint64(HERE * places), np.uint64(BARE * places), weights, np.float32(a + b - 2),
        np.uint64(SCORE * places), work,
    )  # fmt: skip


@glue
def _shape(
    i: int, first: Any, last: Any, a: int, b: int, constant: Any, rows: Any, columns: Any, weights: Any,
    cosines: Any, channels: int, cover: Any, lies: Any, places: int, work: Any,
) -> None:  # fmt: skip
    """Scores of the beads of one shape that end in a row, but for how they look."""
    row, shape, score = i + PAD, a * 8 + b, np.uint64(SCORE * places)
    like = (LIKENESS + i % 3 * SHAPED + shape) * places
    wide, tall = like + (WIDE - LIKENESS) * places, like + (TALL - LIKENESS) * places
    below = (TALL + (i + 1) % 3 * SHAPED + shape + 8) * places
    _of_meaning(
        first, last, np.uint64(like), np.uint64(wide - places), np.uint64(tall - 8 * places),
        np.uint64(wide + places + 1), np.uint64(below), weights, np.float32(a + b - 2), score, work,
    )  # fmt: skip
    _of_lengths(
        first, last, rows[LENGTH, a, row], rows[LOG, a, row], rows[QUOTES, a, row], constant + rows[ALONE, a, row],
        np.uint64((LENGTH * SPANS + b) * places), np.uint64((LOG * SPANS + b) * places),
        np.uint64((QUOTES * SPANS + b) * places), np.uint64((ALONE * SPANS + b) * places), columns, weights, score,
        work,
    )  # fmt: skip
    _of_channels(first, last, a, b, row, rows, columns, weights, cosines, channels, places, work)
    member = weights[WEAKEST] if a + b > 2 else _ZERO
    if len(cover):
        _of_tokens(i, first, last, a, b, cover, lies, rows, columns, weights, places, work)
    else:
        # Where nobody looked what covers what, likeness stands for it (`tables.weights_of`).
        member += weights[LEAST_COVERED]
    best, along = (BEST + (i - a) % SLOTS * SPANS + b) * places - 1, (ALONG + b) * places
    _of_members(
        first, last, member, np.uint64(HIGHEST * places - b), np.uint64(best), np.uint64(ACROSS * places),
        np.uint64(along), score, work,
    )  # fmt: skip


@glue
def _row(
    i: int, start: int, stop: int, dots: Any, base: Any, cover: Any, lies: Any, left: Any, right: Any, rows: Any,
    columns: Any, tables: Any, constants: Any, weights: Any, cosines: Any, work: Any, places: int, done: int,
    scores: Any,
) -> None:  # fmt: skip
    """Scores of the beads that end in a row, of all shapes one after the other."""
    size, channels, opening, closing = stop - start, len(base), OPENING * places, CLOSING * places
    early, first, end = np.uint64(start + PAD - LONGEST), np.uint64(start + PAD), np.uint64(stop + PAD)
    last = np.uint64(start + PAD + ((size + LANES) & ~LANES))
    _begin(early, first, last, channels, places, work)
    if i > 0:
        _looks(start, stop, 1, tables[1, left[LAST, i - 1]], right, LAST, closing, work)
    for a in range(1, LONGEST + 1):
        barred, mine = a > i, rows[ASIDE, a, i + PAD] > _ZERO
        if not barred and (a == 1 or not mine):
            single = np.uint64((SINGLE + (i - a) % SLOTS) * places)
            highest = np.uint64(HIGHEST * places)
            greatest(early, last, highest, highest, single, work)
            _looks(start - LONGEST, stop - 1, 0, tables[0, left[FIRST, i - a]], right, FIRST, opening, work)
            clear(work, np.uint64(ACROSS * places), first, last, -_NEVER)
            clear(work, np.uint64(HERE * places), first, last, _ZERO)
            clear(work, np.uint64(BARE * places), first, last, -_NEVER)
            for channel in range(NUMBERS, channels):
                line = (CHANNELS + 2 * channel) * places
                add(early, last, np.uint64(line), np.uint64(base[channel, i - a]), dots, work)
                clear(work, np.uint64(line + places), first, last, _ZERO)
        for b in range(1, min(LONGEST, WIDEST - a) + 1):
            k, shy = _PLACE[a, b], min(max(b - start, 0), size)
            out = done + k * size
            if barred or (mine and a + b > 2):
                clear(scores, np.uint64(out), np.uint64(0), np.uint64(size), _NEVER)
                continue
            _shape(
                i, first, last, a, b, constants[k], rows, columns, weights, cosines, channels, cover, lies, places, work
            )
            # No sentence of the page is among none.
            aside = np.uint64((ASIDE * SPANS + (b if a + b > 2 else 0)) * places)
            into = np.uint64(out - start - PAD)
            _of_looks(
                first, end, aside, np.uint64(opening - b), np.uint64(closing), columns, np.uint64(SCORE * places),
                work, into, scores,
            )  # fmt: skip
            if a + b == 2:
                aside = np.uint64((ASIDE * SPANS + 1) * places)
                _of_kin(first + np.uint64(shy), end, mine, left[KINDS, i - 1], aside, columns, right, into, scores)
            clear(scores, np.uint64(out), np.uint64(0), np.uint64(shy), _NEVER)


@compiled(
    "void(f4[::1], i8[:,::1], f4[::1], i8[::1], i8[:,::1], i8[:,::1], f4[:,:,::1], f4[::1], f4[:,:,::1], f4[::1],"
    "f4[::1], f4[:,::1], i8[::1], i8[::1], i8[:,::1], i8[:,::1], f4[::1], f4[::1])"
)
def pair_scores(
    dots: Any, base: Any, cover: Any, lies: Any, left: Any, right: Any, rows: Any, columns: Any, tables: Any,
    constants: Any, weights: Any, cosines: Any, first: Any, width: Any, windows: Any, reach: Any, work: Any,
    scores: Any,
) -> None:  # fmt: skip
    """Log-scores of the two-sided beads of all shapes that end in the cells of a band.

    Args:
        dots: dot products of sentences, as `tables.dots` has them.
        base: where each source sentence's are, by channel.
        cover: what covers what (`cover.Cover`), all values in a row; empty where nobody looked.
        lies: where those of each source sentence are.
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
    places = len(columns) // (rows.shape[0] * SPANS)
    for i in range(-1, count + 1):
        # A row ahead, for beads are compared with those that end one row further down.
        if 0 <= i < count:
            at = i % SLOTS
            singles(
                np.uint64(reach[0, i] + PAD), np.uint64(reach[1, i] + PAD), np.uint64(base[MEANING, i]), dots,
                rows[INVERSE, 1, i + 1 + PAD], rows[USUAL, 1, i + 1 + PAD],
                np.uint64((INVERSE * SPANS + 1) * places + 1), np.uint64((USUAL * SPANS + 1) * places + 1), columns,
                share, np.uint64((SINGLE + at) * places), np.uint64((BEST + at * SPANS) * places),
                np.uint64(places), work,
            )  # fmt: skip
        ahead(i + 1, windows[0, i + 1], windows[1, i + 1], count, dots, base, rows, columns, share, places, work)
        if i >= 0:
            _row(
                i, first[i], first[i] + width[i], dots, base, cover, lies, left, right, rows, columns, tables,
                constants, weights, cosines, work, places, done, scores,
            )  # fmt: skip
            done += len(SHAPES) * width[i]
