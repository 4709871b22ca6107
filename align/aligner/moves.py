"""Moves: a paragraph or section that stands elsewhere in the translation.

An alignment in order leaves both places alone: a stretch of the source finds nothing, and a stretch of the target
finds nothing somewhere else. Such stretches are aligned with each other; where most of their sentences pair up with
confidence, the block has moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from align.types import METADATA_KINDS, Alignment, Bead

FEWEST: Final = 3
"""Sentences that a moved block has at least; fewer may find a likeness anywhere by chance."""
_DOUBTFUL: Final = 0.5
"""Confidence below which a bead is no bar between two unpaired sentences."""
_SURE: Final = 0.8
"""Confidence of a bead that speaks for a move."""
_SHARE: Final = 0.6
"""Share of a block's sentences that must be in such beads."""
_CELLS: Final = 3_000_000
"""Cells of the lattices that are looked at together, the largest last: texts that are no translations of each other
have nothing but such stretches, and must come to an end."""

Span = tuple[int, int]
Align = Callable[[Span, Span], Sequence[Bead]]
"""Aligns a stretch of the source with one of the target; beads with the documents' own indices."""


@dataclass(frozen=True, slots=True)
class Move:
    """A block that stands elsewhere in the translation.

    Attributes:
        source: first source sentence, and the one after the last.
        target: the same of the target.
        beads: how the two align; a partition of both.
    """

    source: Span
    target: Span
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run of sentences of one side that are alone or paired without confidence, and what lies across from it."""

    span: Span
    across: Span


def find_moves(alignment: Alignment, align: Align) -> tuple[Move, ...]:
    """Look for moved blocks among what an alignment left alone.

    Args:
        alignment: in order.
        align: aligns two stretches.

    Returns:
        Moves in order of the source; no sentence is in two of them.
    """
    found = [move for source, target in _candidates(alignment) if (move := _move(source, target, align))]
    chosen: list[Move] = []
    for move in sorted(found, key=_weight, reverse=True):
        if all(_apart(move.source, other.source) and _apart(move.target, other.target) for other in chosen):
            chosen.append(move)
    return tuple(sorted(chosen, key=lambda move: move.source))


def _candidates(alignment: Alignment) -> Iterator[tuple[Span, Span]]:
    """Pairs of stretches that do not face each other, small ones first, as many as can be looked at."""
    rows, columns = _stretches(alignment, 0), _stretches(alignment, 1)
    pairs = [
        (one.span, other.span)
        for one in rows
        for other in columns
        # What faces each other was aligned already, in order.
        if _apart(one.across, other.span) and _apart(other.across, one.span)
    ]
    cells = 0
    for source, target in sorted(pairs, key=_size):
        cells += _size((source, target))
        if cells > _CELLS:
            return
        yield source, target


def _size(pair: tuple[Span, Span]) -> int:
    (top, bottom), (left, right) = pair
    return (bottom - top) * (right - left)


def _stretches(alignment: Alignment, side: int) -> list[_Stretch]:
    found: list[_Stretch] = []
    start = at = (0, 0)
    for bead in alignment.beads:
        done = at[0] + len(bead.source), at[1] + len(bead.target)
        if _is_bar(alignment, bead):
            found.append(_Stretch((start[side], at[side]), (start[1 - side], at[1 - side])))
            start = done
        at = done
    found.append(_Stretch((start[side], at[side]), (start[1 - side], at[1 - side])))
    return [each for each in found if each.span[1] - each.span[0] >= FEWEST]


def _is_bar(alignment: Alignment, bead: Bead) -> bool:
    """Whether a bead ends a stretch: a pair with confidence, or what belongs to the page."""
    sides = ((alignment.source, bead.source), (alignment.target, bead.target))
    if any(side.kind(index) in METADATA_KINDS for side, indices in sides for index in indices):
        return True
    return not bead.is_null and bead.confidence >= _DOUBTFUL


def _move(source: Span, target: Span, align: Align) -> Move | None:
    beads = align(source, target)
    sure = [bead for bead in beads if not bead.is_null and bead.confidence >= _SURE]
    if len(sure) < FEWEST:
        return None
    # A stretch may be longer than the block that moved: what counts is from the first sure bead to the last.
    first, last = (sure[0].source[0], sure[-1].source[-1] + 1), (sure[0].target[0], sure[-1].target[-1] + 1)
    inside = tuple(
        bead
        for bead in beads
        if all(first[0] <= at < first[1] for at in bead.source) and all(last[0] <= at < last[1] for at in bead.target)
    )
    paired = sum(len(bead.source) + len(bead.target) for bead in sure)
    if paired < _SHARE * (first[1] - first[0] + last[1] - last[0]):
        return None
    return Move(first, last, inside)


def _weight(move: Move) -> float:
    return sum((len(bead.source) + len(bead.target)) * bead.confidence for bead in move.beads if not bead.is_null)


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def with_moves(alignment: Alignment, moves: Sequence[Move]) -> Alignment:
    """The alignment with its moved blocks paired: their beads are flagged, and stand where their source stands.

    Beads are then no longer in order on the target side.
    """
    rows = {at for move in moves for at in range(*move.source)}
    columns = {at for move in moves for at in range(*move.target)}
    kept = [piece for bead in alignment.beads for piece in _without(bead, rows, columns)]
    moved = [replace(bead, moved=True) for move in moves for bead in move.beads]
    return replace(alignment, beads=tuple(_in_order(kept, moved)))


def _without(bead: Bead, rows: set[int], columns: set[int]) -> Iterator[Bead]:
    """What is left of a bead that reaches into a moved block: the rest of it stands alone."""
    if rows.isdisjoint(bead.source) and columns.isdisjoint(bead.target):
        yield bead
        return
    yield from (Bead((at,), (), bead.confidence) for at in bead.source if at not in rows)
    yield from (Bead((), (at,), bead.confidence) for at in bead.target if at not in columns)


def _in_order(kept: Sequence[Bead], moved: Sequence[Bead]) -> Iterator[Bead]:
    """Both by their source; a bead without one stays behind the bead before it."""
    waiting = sorted(_blocks(moved), key=lambda block: block[0])
    for bead in kept:
        while waiting and bead.source and waiting[0][0] < bead.source[0]:
            yield from waiting.pop(0)[1]
        yield bead
    for _, beads in waiting:
        yield from beads


def _blocks(moved: Sequence[Bead]) -> Iterator[tuple[int, list[Bead]]]:
    """Beads with a source, each with those behind it that have none."""
    block: list[Bead] = []
    for bead in moved:
        if bead.source and block:
            yield block[0].source[0], block
            block = []
        block.append(bead)
    if block:
        yield block[0].source[0], block
