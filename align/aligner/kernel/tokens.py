"""Greatest cosines of tokens, and sums of them over spans of sentences: the loops of `kernel.covering`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, glue
from align.aligner.lattice import LONGEST

_BEFORE: Final = LONGEST - 1
"""`cover.BEFORE`."""
_ZERO: Final = np.float32(0.0)


@glue
def _likest(cosines: Any, source: Any, start: int, stop: int, count: int, room: Any) -> None:
    """The greatest cosine of each target token to the tokens of each source sentence."""
    for i in range(start, stop):
        for r in range(source[i] - source[start], source[i + 1] - source[start]):
            for t in range(count):
                room[_BEFORE + i - start, t] = max(room[_BEFORE + i - start, t], cosines[r, t])


@glue
def _hand_on(room: Any, rows: int, first: int, count: int, likest: Any) -> None:
    """Keep the last source sentences' for the next strip; 0 where this one did not look."""
    for k in range(_BEFORE):
        for t in range(likest.shape[1]):
            likest[k, t] = _ZERO
        for t in range(count):
            likest[k, first + t] = room[k + rows, t]


@glue
def _singly(cosines: Any, r: int, target: Any, left: int, width: int, lines: Any) -> None:
    """The greatest cosine of a source token to those of each target sentence."""
    for c in range(width):
        best = _ZERO
        for t in range(target[left + c] - target[left], target[left + c + 1] - target[left]):
            best = max(best, cosines[r, t])
        lines[0, c] = best
        lines[1, c] = best


@glue
def _by_target(
    cosines: Any, source: Any, target: Any, first: Any, start: int, stop: int, left: int, width: int, lines: Any,
    at: int, values: Any,
) -> None:  # fmt: skip
    """Of each source sentence by spans of target sentences."""
    for i in range(start, stop):
        place = at + (i - start) * width
        for r in range(source[i], source[i + 1]):
            _singly(cosines, r - source[start], target, left, width, lines)
            for span in range(LONGEST):
                for c in range(span, width):
                    lines[1, c] = max(lines[1, c], lines[0, c - span])
                for c in range(width):
                    values[0, span, place + c] += first[r] * lines[1, c]


@glue
def _by_source(
    target: Any, second: Any, start: int, stop: int, left: int, width: int, count: int, room: Any, at: int, values: Any
) -> None:
    """Of each target sentence by spans of source sentences; from the last up, for these are found in place."""
    for i in range(stop - 1, start - 1, -1):
        row, place = _BEFORE + i - start, at + (i - start) * width
        for span in range(LONGEST):
            for t in range(count):
                room[row, t] = max(room[row, t], room[row - span, t])
            for c in range(width):
                total = _ZERO
                for t in range(target[left + c] - target[left], target[left + c + 1] - target[left]):
                    total += second[target[left] + t] * room[row, t]
                values[1, span, place + c] = total


@compiled(
    "void(f4[:,::1], i8[::1], i8[::1], f4[::1], f4[::1], i8, i8, i8, i8, f4[:,::1], f4[:,::1], f4[:,::1], i8,"
    "f4[:,:,::1])",
    fastmath={"nnan", "nsz", "reassoc"},
)
def cover(
    cosines: Any, source: Any, target: Any, first: Any, second: Any, start: int, stop: int, left: int, right: int,
    room: Any, likest: Any, lines: Any, at: int, values: Any,
) -> None:  # fmt: skip
    """Sums of shares times the greatest cosines, over the spans that end with each sentence.

    Args:
        cosines: of the tokens of both sides in the strip.
        source: where the tokens of each source sentence begin.
        target: of each target sentence.
        first: share of each source token of what its sentence says.
        second: of each target token.
        start: first source sentence.
        stop: after the last.
        left: first target sentence.
        right: after the last.
        room: the greatest cosine of each target token of the strip to the tokens of each of the source sentences in
            front of it, and 0 for those of the strip.
        likest: filled in with the same of the last of these, for all target tokens.
        lines: room to work in.
        at: where the values of the strip are.
        values: filled in.
    """
    count, width = target[right] - target[left], right - left
    _likest(cosines, source, start, stop, count, room)
    _hand_on(room, stop - start, target[left], count, likest)
    _by_target(cosines, source, target, first, start, stop, left, width, lines, at, values)
    _by_source(target, second, start, stop, left, width, count, room, at, values)
