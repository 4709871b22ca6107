"""Longer units: beads joined to whole paragraphs, where the paragraphs of both sides agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from align.types import Alignment, Bead, Segmented, Segtype

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def join(alignment: Alignment, segtype: Segtype, *, min_confidence: float) -> Alignment:
    """Join neighbouring beads to whole paragraphs or to stretches of paragraphs.

    A group of beads is the shortest that begins and ends with a paragraph on both sides. It becomes one
    bead, as sure as the least sure in it, if no sentence of it is a null, about the page, or below
    `min_confidence`; for ``paragraph`` it must also be one paragraph on each side. All other beads stay as
    they are, so that no sentence is lost for a neighbour's sake.

    Args:
        alignment: beads in order.
        segtype: ``sentence`` changes nothing.
        min_confidence: beads below are joined with nothing, in [0, 1].

    Returns:
        The same sentences under fewer beads.
    """
    if segtype == "sentence":
        return alignment
    most = 1 if segtype == "paragraph" else len(alignment.beads)
    beads: list[Bead] = []
    for group in _groups(alignment):
        joined = _joined(group)
        if _may_join(group, alignment, min_confidence) and max(paragraphs(joined, alignment)) <= most:
            beads.append(joined)
        else:
            beads.extend(group)
    return replace(alignment, beads=tuple(beads))


def paragraphs(bead: Bead, alignment: Alignment) -> tuple[int, int]:
    """How many paragraphs a bead is on each side; 0 on a side that it does not cover whole."""
    return _whole(bead.source, alignment.source), _whole(bead.target, alignment.target)


def _whole(indices: tuple[int, ...], side: Segmented) -> int:
    if not indices or indices != tuple(range(indices[0], indices[-1] + 1)):
        return 0
    if not (_begins(indices[0], side) and _ends(indices[-1], side)):
        return 0
    return len({side.sentences[index].paragraph for index in indices})


def _begins(index: int, side: Segmented) -> bool:
    return index == 0 or side.sentences[index - 1].paragraph != side.sentences[index].paragraph


def _ends(index: int, side: Segmented) -> bool:
    last = len(side.sentences) - 1
    return index >= last or side.sentences[index].paragraph != side.sentences[index + 1].paragraph


def _groups(alignment: Alignment) -> Iterator[list[Bead]]:
    """Beads between places where a paragraph ends on both sides."""
    group: list[Bead] = []
    ends = [True, True]
    for bead in alignment.beads:
        group.append(bead)
        sides = ((bead.source, alignment.source), (bead.target, alignment.target))
        for number, (indices, side) in enumerate(sides):
            if indices:
                ends[number] = _ends(indices[-1], side)
        if all(ends):
            yield group
            group = []
    if group:
        yield group


def _joined(group: Sequence[Bead]) -> Bead:
    if len(group) == 1:
        return group[0]
    source = tuple(index for bead in group for index in bead.source)
    target = tuple(index for bead in group for index in bead.target)
    return Bead(source, target, min(bead.confidence for bead in group))


def _may_join(group: Sequence[Bead], alignment: Alignment, min_confidence: float) -> bool:
    if any(bead.is_null or bead.confidence < min_confidence for bead in group):
        return False
    if 0 in paragraphs(_joined(group), alignment):
        return False
    return not any(
        side.document.paragraphs[side.sentences[index].paragraph].is_metadata
        for bead in group
        for side, indices in ((alignment.source, bead.source), (alignment.target, bead.target))
        for index in indices
    )
