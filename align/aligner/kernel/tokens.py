"""Greatest cosines of tokens, and sums of them over spans of sentences: the loops of `kernel.covering`.

Tables lie in a row, and places are unsigned, as in `beads`, so that the loops go into vector registers.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, glue, loose
from align.aligner.lattice import LONGEST

_BEFORE: Final = LONGEST - 1
"""`cover.BEFORE`."""
_ZERO: Final = np.float32(0.0)
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


@compiled("void(f4[::1], i8[::1], i8[::1], f4[::1], f4[::1], i8, i8, i8, i8, f4[::1], f4[:,::1], f4[::1], i8, f4[::1])")
def cover(
    cosines: Any, source: Any, target: Any, first: Any, second: Any, start: int, stop: int, left: int, right: int,
    room: Any, likest: Any, lines: Any, at: int, values: Any,
) -> None:  # fmt: skip
    """Sums of shares times the greatest cosines, over the spans that end with each sentence.

    Args:
        cosines: of the tokens of both sides in the strip, line by line.
        source: where the tokens of each source sentence begin.
        target: of each target sentence.
        first: share of each source token of what its sentence says.
        second: of each target token.
        start: first source sentence.
        stop: after the last.
        left: first target sentence.
        right: after the last.
        room: the greatest cosine of each target token of the strip to the tokens of each of the source sentences in
            front of it, and 0 for those of the strip, line by line.
        likest: filled in with the same of the last of these, for all target tokens.
        lines: room to work in, two numbers for each target sentence of the strip.
        at: where the values of the strip are.
        values: filled in; 0 before.
    """
    count, width, rows = target[right] - target[left], right - left, stop - start
    step, begin = len(values) // (2 * LONGEST), source[start]
    for i in range(start, stop):
        line = np.uint64((_BEFORE + i - start) * count)
        for r in range(source[i], source[i + 1]):
            _raise(np.uint64(count), line, np.uint64((r - begin) * count), room, cosines)
        place = at + (i - start) * width
        _by_target(i, cosines, source, target, first, begin, left, width, count, lines, place, step, values)
    for k in range(_BEFORE):
        for t in range(likest.shape[1]):
            likest[k, t] = _ZERO
        for t in range(count):
            likest[k, target[left] + t] = room[(k + rows) * count + t]
    # From the last up, for spans of more sentences are found in place.
    for k in range(rows - 1, -1, -1):
        place = at + LONGEST * step + k * width
        _by_source(_BEFORE + k, target, second, left, width, count, room, place, step, values)
