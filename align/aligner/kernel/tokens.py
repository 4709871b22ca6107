"""Greatest cosines of tokens, and sums of them over spans of sentences: the loops of `kernel.covering`.

Tables lie in a row, and places are unsigned, as in `beads`, so that the loops go into vector registers.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.cover import LEAST
from align.aligner.kernel.compiling import compiled, glue, inner, loose
from align.aligner.lattice import LONGEST

_BEFORE: Final = LONGEST - 1
"""`cover.BEFORE`."""
_ZERO, _ONE, _LEAST = np.float32(0.0), np.float32(1.0), np.float32(LEAST)
_NOUGHT: Final = np.uint64(0)


@loose
def _raise(count: Any, line: Any, other: Any, room: Any, values: Any) -> None:
    """The greater of two lines, in place."""
    for p in range(_NOUGHT, count):
        room[line + p] = max(room[line + p], values[other + p])


@loose
def _greatest(first: Any, last: Any, values: Any) -> Any:
    best = _ZERO
    for p in range(first, last):
        best = max(best, values[p])
    return best


@loose
def _product(first: Any, last: Any, shift: Any, shares: Any, values: Any) -> Any:
    total = _ZERO
    for p in range(first, last):
        total += shares[p] * values[p + shift]
    return total


@loose
def _add(count: Any, share: Any, line: Any, lines: Any, place: Any, values: Any) -> None:
    for p in range(_NOUGHT, count):
        values[place + p] += share * lines[line + p]


@glue
def _by_target(
    i: int, cosines: Any, source: Any, target: Any, first: Any, begin: int, left: int, width: int, count: int,
    lines: Any, place: int, step: int, values: Any,
) -> None:  # fmt: skip
    """Of a source sentence by spans of target sentences."""
    for r in range(source[i], source[i + 1]):
        row = (r - begin) * count - target[left]
        for c in range(width):
            best = _greatest(np.uint64(row + target[left + c]), np.uint64(row + target[left + c + 1]), cosines)
            lines[c] = best
            lines[width + c] = best
        for span in range(LONGEST):
            _raise(np.uint64(max(width - span, 0)), np.uint64(width + span), np.uint64(0), lines, lines)
            _add(np.uint64(width), first[r], np.uint64(width), lines, np.uint64(place + span * step), values)


@glue
def _by_source(
    row: int, target: Any, second: Any, left: int, width: int, count: int, room: Any, place: int, step: int, values: Any
) -> None:
    """Of each target sentence by spans of source sentences."""
    for span in range(LONGEST):
        _raise(np.uint64(count), np.uint64(row * count), np.uint64((row - span) * count), room, room)
        shift = np.uint64(row * count - target[left])
        for c in range(width):
            values[place + span * step + c] = _product(
                np.uint64(target[left + c]), np.uint64(target[left + c + 1]), shift, second, room
            )


@glue
def _remember(count: int, rows: int, first: int, room: Any, likest: Any) -> None:
    """Keep the greatest cosines to the last source sentences of a strip for the next."""
    for k in range(_BEFORE):
        for t in range(likest.shape[1]):
            likest[k, t] = _ZERO
        for t in range(count):
            likest[k, first + t] = room[(k + rows) * count + t]


@compiled("void(f4[::1], i8[::1], i8[::1], f4[::1], f4[::1], f4[::1], f4[:,::1], f4[::1], f4[::1], i8, i8, i8, i8, i8)")
def cover(
    cosines: Any, source: Any, target: Any, first: Any, second: Any, room: Any, likest: Any, lines: Any, values: Any,
    start: int, stop: int, left: int, right: int, at: int,
) -> None:  # fmt: skip
    """Sums of shares times the greatest cosines, over the spans that end with each sentence.

    Args:
        cosines: of the tokens of both sides in the strip, line by line.
        source: where the tokens of each source sentence begin.
        target: of each target sentence.
        first: share of each source token of what its sentence says.
        second: of each target token.
        room: room to work in, a number for each target token of the strip and each of its source sentences and those
            in front of it.
        likest: the greatest cosine of each target token to the tokens of each of the source sentences in front of the
            strip, 0 where nobody looked; replaced by those in front of the next.
        lines: room to work in, two numbers for each target sentence of the strip.
        values: filled in; 0 before.
        start: first source sentence.
        stop: after the last.
        left: first target sentence.
        right: after the last.
        at: where the values of the strip are.
    """
    count, width, rows = target[right] - target[left], right - left, stop - start
    step, begin = len(values) // (2 * LONGEST), source[start]
    for k in range(_BEFORE):
        for t in range(count):
            room[k * count + t] = likest[k, target[left] + t]
    for t in range(_BEFORE * count, (_BEFORE + rows) * count):
        room[t] = _ZERO
    for i in range(start, stop):
        line = np.uint64((_BEFORE + i - start) * count)
        for r in range(source[i], source[i + 1]):
            _raise(np.uint64(count), line, np.uint64((r - begin) * count), room, cosines)
        place = at + (i - start) * width
        _by_target(i, cosines, source, target, first, begin, left, width, count, lines, place, step, values)
    _remember(count, rows, target[left], room, likest)
    # From the last up, for spans of more sentences are found in place.
    for k in range(rows - 1, -1, -1):
        place = at + LONGEST * step + k * width
        _by_source(_BEFORE + k, target, second, left, width, count, room, place, step, values)


@loose
def _sum(first: Any, last: Any, values: Any) -> Any:
    total = _ZERO
    for p in range(first, last):
        total += values[p]
    return total


@loose
def _add_double(count: Any, place: Any, values: Any, line: Any, sums: Any) -> None:
    for p in range(_NOUGHT, count):
        sums[line + p] += values[place + p]


@loose
def _likeness(count: Any, usual: Any, line: Any, columns: Any, place: Any, values: Any) -> None:
    for p in range(_NOUGHT, count):
        far = _ONE - usual - np.float32(columns[line + p])
        values[place + p] = _ONE - (_ONE - values[place + p]) / max(far, _LEAST)


@inner
def _halve(sums: Any, counts: Any) -> None:
    """Half the mean, in place of the sums."""
    for line in range(2 * LONGEST):
        for p in range(len(counts)):
            sums[line * len(counts) + p] /= 2 * max(counts[p], 1.0)


@compiled("void(f4[::1], i8[:,::1], f8[::1], f8[::1], f8[::1], f8[::1])")
def relate(values: Any, strips: Any, rows: Any, columns: Any, row_counts: Any, column_counts: Any) -> None:
    """Shares into likeness, where strangers have 0; see `align.aligner.cover.Comparing.relate`.

    Args:
        values: all in a row, changed in place.
        strips: of each the first source sentence, that after the last, the same of the target, and where its values
            are.
        rows: room for the sums of each source sentence, 0 before.
        columns: of each target sentence.
        row_counts: room for a number for each source sentence, 0 before.
        column_counts: for each target sentence.
    """
    size, n, m = len(values) // (2 * LONGEST), len(row_counts), len(column_counts)
    for strip in range(len(strips)):
        start, stop, left, right = strips[strip, 0], strips[strip, 1], strips[strip, 2], strips[strip, 3]
        at = strips[strip, 4]
        width = right - left
        for i in range(start, stop):
            row_counts[i] += width
            for line in range(2 * LONGEST):
                place = line * size + at + (i - start) * width
                rows[line * n + i] += _sum(np.uint64(place), np.uint64(place + width), values)
                _add_double(np.uint64(width), np.uint64(place), values, np.uint64(line * m + left), columns)
        for j in range(left, right):
            column_counts[j] += stop - start
    _halve(rows, row_counts)
    _halve(columns, column_counts)
    for strip in range(len(strips)):
        start, stop, left, right = strips[strip, 0], strips[strip, 1], strips[strip, 2], strips[strip, 3]
        at = strips[strip, 4]
        width = right - left
        for i in range(start, stop):
            for line in range(2 * LONGEST):
                usual, place = np.float32(rows[line * n + i]), line * size + at + (i - start) * width
                _likeness(np.uint64(width), usual, np.uint64(line * m + left), columns, np.uint64(place), values)
