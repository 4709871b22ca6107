"""Moves: a paragraph or section that stands elsewhere in the translation.

An alignment in order leaves both places alone: a stretch of the source finds nothing, and a stretch of the target
finds nothing somewhere else. Sentences of all such stretches that are each other's nearest tell which of them may
belong together; those are aligned, and where most of their sentences pair up with confidence, and are liker than
chance would have it among as many, the block has moved. An aligner believes that its two texts are translations, and
of a few sentences it is soon sure: so likeness has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import Ints
from align.aligner.likeness import Likeness, spans
from align.aligner.sides import meaning
from align.aligner.survey import mutual
from align.encoder.protocol import Encoder
from align.types import METADATA_KINDS, Alignment, Bead, Segmented

FEWEST: Final = 3
"""Sentences that a moved block has at least; fewer may find a likeness anywhere by chance."""
_DOUBTFUL: Final = 0.5
"""Confidence below which a bead is no bar between two unpaired sentences."""
_SURE: Final = 0.8
"""Confidence of a bead that speaks for a move."""
_SHARE: Final = 0.6
"""Share of a block's sentences that must be in such beads."""
_CHANCE: Final = 0.01
"""How probable it may be that likeness as great as a block's is found somewhere in a document by chance."""
_WAY: Final = 1 / 3
"""How far a block's likeness must be on the way from that of strangers to that of translations."""
_MOST: Final = 12_000
"""Sentences of a side that are compared, those of short stretches first: texts that are no translations of each other
have nothing but such stretches, and must come to an end."""
_TRIED: Final = 2
"""How often as many sentences as are compared may be aligned, likeliest pairs of stretches first."""

Floats32 = npt.NDArray[np.float32]
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


def find_moves(alignment: Alignment, align: Align, encoder: Encoder) -> tuple[Move, ...]:
    """Look for moved blocks among what an alignment left alone, in time linear in its length.

    Args:
        alignment: in order.
        align: aligns two stretches.
        encoder: embeds sentences.

    Returns:
        Moves in order of the source; no sentence is in two of them.

    Raises:
        ModelError: the encoder cannot embed.
    """
    rows, columns = _stretches(alignment)
    if not rows or not columns:
        return ()
    alone = _Alone.of(rows, alignment.source, encoder), _Alone.of(columns, alignment.target, encoder)
    likeness = Likeness.of(alignment, encoder)
    found = [
        move
        for source, target in _candidates(alone, likeness)
        if (move := _move(align(source, target))) and _is_unlikely(move, alone, likeness)
    ]
    chosen: list[Move] = []
    for move in sorted(found, key=_weight, reverse=True):
        if all(_apart(move.source, other.source) and _apart(move.target, other.target) for other in chosen):
            chosen.append(move)
    return tuple(sorted(chosen, key=lambda move: move.source))


@dataclass(frozen=True, slots=True)
class _Alone:
    """The stretches of one side, in order, and vectors of all their sentences.

    Attributes:
        stretches: the stretches.
        places: the sentences in them, ascending, shape ``(k,)``.
        owners: the stretch that each belongs to.
        sums: a vector each, shape ``(k, dimension)``.
    """

    stretches: Sequence[_Stretch]
    places: Ints
    owners: Ints
    sums: Floats32

    @classmethod
    def of(cls, every: Sequence[_Stretch], side: Segmented, encoder: Encoder) -> _Alone:
        stretches = _some(every)
        places = np.array([at for each in stretches for at in range(*each.span)], dtype=np.int64)
        owners = np.repeat(np.arange(len(stretches)), [each.span[1] - each.span[0] for each in stretches])
        sentences = side.sentences
        return cls(stretches, places, owners, meaning([sentences[at].text for at in places.tolist()], encoder))

    def spans(self, indices: Sequence[tuple[int, ...]]) -> Floats32:
        """Vectors of spans of sentences of the document."""
        return spans(self.sums, [np.searchsorted(self.places, span).tolist() for span in indices])


def _some(stretches: Sequence[_Stretch]) -> Sequence[_Stretch]:
    """All stretches, or as many short ones as may be compared."""
    count = 0
    chosen = []
    for each in sorted(stretches, key=lambda each: each.span[1] - each.span[0]):
        count += each.span[1] - each.span[0]
        if count > _MOST:
            break
        chosen.append(each)
    return sorted(chosen, key=lambda each: each.span)


def _candidates(alone: tuple[_Alone, _Alone], likeness: Likeness) -> Iterator[tuple[Span, Span]]:
    """Pairs of stretches that hold each other's nearest sentences, likeliest first, as many as may be aligned."""
    evidence: dict[tuple[int, int], float] = {}
    nearest = mutual(alone[0].sums, alone[1].sums)
    values = likeness.pairs(alone[0].sums[nearest[:, 0]], alone[1].sums[nearest[:, 1]]) - likeness.strangers[0]
    owners = zip(alone[0].owners[nearest[:, 0]].tolist(), alone[1].owners[nearest[:, 1]].tolist(), strict=True)
    for pair, value in zip(owners, values.tolist(), strict=True):
        evidence[pair] = evidence.get(pair, 0.0) + max(value, 0.0)
    left = _TRIED * (len(alone[0].places) + len(alone[1].places))
    for first, second in sorted(evidence, key=lambda pair: (-evidence[pair], pair)):
        one, other = alone[0].stretches[first], alone[1].stretches[second]
        # What faces each other was aligned already, in order.
        if not _apart(one.across, other.span) or not _apart(other.across, one.span):
            continue
        left -= one.span[1] - one.span[0] + other.span[1] - other.span[0]
        if left < 0:
            return
        yield one.span, other.span


def _is_unlikely(move: Move, alone: tuple[_Alone, _Alone], likeness: Likeness) -> bool:
    """Whether a block is liker than strangers ever are in such a document, and not too far from a translation."""
    from statistics import NormalDist  # seldom asked for

    beads = [bead for bead in move.beads if not bead.is_null and bead.confidence >= _SURE]
    values = likeness.pairs(
        alone[0].spans([bead.source for bead in beads]), alone[1].spans([bead.target for bead in beads])
    )
    least = likeness.strangers[0] + _WAY * (likeness.translations - likeness.strangers[0])
    chance = _CHANCE / _offsets(alone)
    return bool(values.mean() > least) and likeness.surprise(values) > -NormalDist().inv_cdf(chance)


def _offsets(alone: tuple[_Alone, _Alone]) -> int:
    """In how many ways two stretches can be laid against each other, over all pairs of them."""
    (rows, first), (columns, second) = ((len(side.stretches), len(side.places)) for side in alone)
    return rows * second + columns * first


def _stretches(alignment: Alignment) -> tuple[list[_Stretch], list[_Stretch]]:
    """Those of the source, and those of the target."""
    found: tuple[list[_Stretch], list[_Stretch]] = ([], [])
    top = left = row = column = 0
    for bead in (*alignment.beads, None):
        if bead is None or _is_bar(alignment, bead):
            if row - top >= FEWEST:
                found[0].append(_Stretch((top, row), (left, column)))
            if column - left >= FEWEST:
                found[1].append(_Stretch((left, column), (top, row)))
            if bead is None:
                break
            top, left = row + len(bead.source), column + len(bead.target)
        row += len(bead.source)
        column += len(bead.target)
    return found


def _is_bar(alignment: Alignment, bead: Bead) -> bool:
    """Whether a bead ends a stretch: a pair with confidence, or what belongs to the page."""
    if bead.confidence >= _DOUBTFUL and bead.source and bead.target:
        return True
    sides = ((alignment.source, bead.source), (alignment.target, bead.target))
    return any(side.kind(index) in METADATA_KINDS for side, indices in sides for index in indices)


def _move(beads: Sequence[Bead]) -> Move | None:
    """The block that two stretches have in common, from how they align."""
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
