"""Long documents in parts: where to cut, and how the parts become one alignment again.

Comparing all sentences with all would be quadratic. So the longest sentences of both sides, which say most, are
compared first; pairs of them that are each other's nearest, in order and in agreement with their neighbours are
anchors, and where two anchors are far apart the same is done again in between (coarse to fine, as vecalign does by
averaging; Thompson & Koehn 2019). Parts of some hundred sentences run from anchor to anchor, overlap, and are
aligned each by itself: time and memory are linear in the length of the document, and each part is about as long as
the documents that the weights were learnt from. Two parts are joined at a place where both have a boundary.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from align.aligner.decoding import Cell, Path
from align.aligner.lattice import Ints
from align.aligner.loops import Loops
from align.aligner.sentences import Sentences, as_sentences
from align.aligner.sides import meaning_of
from align.aligner.survey import Floats32, likeliest, supported
from align.aligner.vocabulary import Vocabulary, vocabulary_for
from align.encoder.protocol import Encoder
from align.types import Segmented
from align.workers import spread

PART: Final = 400
"""Sentences that a part holds on its longer side, about."""
_WHOLE: Final = 700
"""Documents of up to so many sentences are not cut."""
_OVERLAP: Final = 30
"""Sentences that a part shares with the next at least, on both sides."""
_LONE_OVERLAP: Final = 60
"""Sentences that two parts go on beyond a corner that has no other close by: one of few anchors is easily wrong."""
_FORCED_OVERLAP: Final = 240
"""The same for one that no anchor speaks for."""
_SHARE: Final = 8
"""One sentence of so many is compared in the first look over a stretch."""
_FEWEST: Final = 400
_MOST: Final = 6_000
"""Limits of how many that are."""
_RUNS: Final = 8
"""Runs of stretches that each process looks over, one after the other, so that none is done long before the others."""
_LONGEST_PART: Final = 3_000
"""A stretch without anchors that is longer on a side is cut all the same, in step with the lengths."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the lattice: from one cell to another."""

    start: Cell
    stop: Cell

    @property
    def rows(self) -> int:
        """Source sentences."""
        return self.stop[0] - self.start[0]

    @property
    def columns(self) -> int:
        """Target sentences."""
        return self.stop[1] - self.start[1]

    def sentences(self, source: Sentences, target: Sentences) -> tuple[Sentences, Sentences]:
        """The sentences of both sides that lie in the part."""
        return source.part(self.start[0], self.stop[0]), target.part(self.start[1], self.stop[1])

    def sides(self, source: Segmented, target: Segmented) -> tuple[Segmented, Segmented]:
        """The same as documents."""
        (top, left), (bottom, right) = self.start, self.stop
        return (
            Segmented(source.document, source.sentences[top:bottom]),
            Segmented(target.document, target.sentences[left:right]),
        )


def parts(
    source: Segmented | Sentences,
    target: Segmented | Sentences,
    encoder: Encoder,
    processes: int = 1,
    vocabulary: Vocabulary | None = None,
) -> list[Part]:
    """Parts that together cover both documents, in order, each overlapping the next where it can.

    Args:
        source: one side.
        target: the other.
        encoder: what embeds the sentences.
        processes: how many may look for places to cut at once, see `align.workers.spread`.
        vocabulary: of the encoder, where there is one already.

    Raises:
        ModelError: the encoder cannot embed.
        ToolkitError: a process died.
    """
    sides = as_sentences(source), as_sentences(target)
    whole = Part((0, 0), (len(sides[0]), len(sides[1])))
    if max(whole.stop) <= _WHOLE:
        return [whole]
    lengths = sides[0].lengths(), sides[1].lengths()
    known = vocabulary or vocabulary_for(encoder)
    look = partial(
        _look,
        sides=sides,
        lengths=lengths,
        vectors_of=lambda given: meaning_of(known.read(given), encoder),
        loops=known.loops,
    )
    corners = _corners(_anchors(whole, look, processes), whole)
    forced = _with_forced(corners, lengths)
    return _overlapped(_between(forced), set(forced).difference(corners))


def _anchors(whole: Part, look: Callable[[Part], list[Cell]], processes: int) -> list[Cell]:
    """Cells that the alignment very likely passes, in order, not far apart where that can be had."""
    found, waiting = _first(whole, look)
    step = max(1, -(-len(waiting) // (processes * _RUNS)))
    runs = [waiting[at : at + step] for at in range(0, len(waiting), step)]
    for more in spread(partial(_all_inside, look=look), runs, processes):
        found += more
    return sorted(set(found))


def _first(stretch: Part, look: Callable[[Part], list[Cell]]) -> tuple[list[Cell], list[Part]]:
    """The anchors of a first look over a stretch, and what lies between those that are far apart."""
    inside = look(stretch) if min(stretch.rows, stretch.columns) > 1 else []
    gaps = [Part(*ends) for ends in pairwise([stretch.start, *inside, stretch.stop])] if inside else []
    return inside, [gap for gap in gaps if max(gap.rows, gap.columns) > PART / 2]


def _all_inside(waiting: list[Part], look: Callable[[Part], list[Cell]]) -> list[Cell]:
    """The anchors of some stretches, of what lies between those, and so on."""
    found: list[Cell] = []
    waiting = list(waiting)
    while waiting:
        inside, gaps = _first(waiting.pop(), look)
        found += inside
        waiting += gaps
    return found


def _look(
    part: Part,
    sides: tuple[Sentences, Sentences],
    lengths: tuple[Ints, Ints],
    vectors_of: Callable[[Sentences], Floats32],
    loops: Loops,
) -> list[Cell]:
    """Anchors among the longest sentences of a stretch."""
    count = int(np.clip(max(part.rows, part.columns) / _SHARE, _FEWEST, _MOST))
    share = count / max(part.rows, part.columns)
    places: list[Sequence[Ints]] = []
    vectors = []
    for at in (0, 1):
        first, last = part.start[at], part.stop[at]
        rank = np.argsort(-lengths[at][first:last], kind="stable")[: max(round(share * (last - first)), 8)]
        found = _different(sides[at], np.sort(rank) + first)
        places.append(found)
        vectors.append(vectors_of(sides[at].at(np.array([each[0] for each in found], dtype=np.int64))))
    pairs = likeliest(vectors[0], vectors[1], (places[0], places[1]), loops)
    sure = supported(pairs, nearby=int(max(40, 6 / share)), most=2)
    return [cell for cell in map(tuple, sure.tolist()) if cell not in {part.start, part.stop}]


def _different(side: Sentences, places: Ints) -> list[Ints]:
    """The places of each different text among some sentences."""
    found: dict[str, list[int]] = {}
    for place, text in zip(places.tolist(), side.chosen(places.tolist()), strict=True):
        found.setdefault(text, []).append(place)
    return [np.array(each, dtype=np.int64) for each in found.values()]


def _corners(anchors: list[Cell], whole: Part) -> list[Cell]:
    """The first cell, the anchors and the last cell, rising on both sides."""
    corners = [whole.start]
    for row, column in anchors:
        if row > corners[-1][0] and column > corners[-1][1] and row < whole.stop[0] and column < whole.stop[1]:
            corners.append((row, column))
    return [*corners, whole.stop]


def _with_forced(corners: list[Cell], lengths: tuple[Ints, Ints]) -> list[Cell]:
    """Add cells where two neighbours are so far apart that nothing else helps: in step with the lengths."""
    more = [corners[0]]
    for start, stop in pairwise(corners):
        wide = max(stop[0] - start[0], stop[1] - start[1])
        if wide > _LONGEST_PART:
            more += _in_step(start, stop, lengths, pieces=-(-wide // _LONGEST_PART))
        more.append(stop)
    return more


def _in_step(start: Cell, stop: Cell, lengths: tuple[Ints, Ints], pieces: int) -> list[Cell]:
    done = [np.cumsum(lengths[at][start[at] : stop[at]]) for at in (0, 1)]
    cells = []
    for piece in range(1, pieces):
        row, column = (
            int(start[at] + np.searchsorted(done[at], done[at][-1] * piece / pieces)) if len(done[at]) else start[at]
            for at in (0, 1)
        )
        cells.append((row, column))
    return cells


def _between(corners: list[Cell]) -> list[Part]:
    """Parts from corner to corner, about `PART` long, each beginning some corners before the one before it ends."""
    found: list[Part] = []
    first = last = 0
    while last + 1 < len(corners):
        last = max(first, last) + 1
        while last + 1 < len(corners) and _apart(corners[first], corners[last + 1]) <= PART:
            last += 1
        found.append(Part(corners[first], corners[last]))
        back = last
        while back - 1 > first and not _overlapping(corners[back], corners[last]):
            back -= 1
        joins = _overlapping(corners[back], corners[last]) and _apart(corners[back], corners[last]) < PART
        first = back if joins else last
    return found


def _overlapped(found: list[Part], forced: AbstractSet[Cell]) -> list[Part]:
    """The same, where a part began at the corner at which the one before ends: a corner that stands alone may be wrong.

    Both go on beyond it, so that they meet in the alignment itself, beside the corner if need be.
    """
    grown = list(found)
    for at, (before, after) in enumerate(pairwise(found)):
        if not _overlapping(after.start, before.stop):
            reach = _FORCED_OVERLAP if after.start in forced else _LONE_OVERLAP
            stop = _moved(before.stop, reach, grown[at].start, after.stop)
            start = _moved(after.start, -reach, grown[at].start, after.stop)
            grown[at : at + 2] = [replace(grown[at], stop=stop), replace(after, start=start)]
    return grown


def _moved(cell: Cell, by: int, first: Cell, last: Cell) -> Cell:
    row, column = (min(max(cell[at] + by, first[at]), last[at]) for at in (0, 1))
    return row, column


def _apart(start: Cell, stop: Cell) -> int:
    return max(stop[0] - start[0], stop[1] - start[1])


def _overlapping(start: Cell, stop: Cell) -> bool:
    return min(stop[0] - start[0], stop[1] - start[1]) >= _OVERLAP


Search = Callable[[Sequence[Part]], list[Path]]
"""What aligns parts, each by itself, in cells of the whole lattice."""


def join(found: Sequence[Part], paths: Sequence[Path], search: Search) -> Path:
    """One alignment out of those of the parts.

    Args:
        found: the parts, in order.
        paths: their alignments.
        search: aligns what lies between two parts that agree on no boundary.
    """
    cells, certain = list(paths[0].cells), list(paths[0].certain)
    for before, part, path in zip(found, found[1:], paths[1:], strict=False):
        keep, skip = _seam(cells, path, part.start, before.stop)
        patch = Path([cells[keep]], [])
        if cells[keep] != path.cells[skip]:
            patch = search([Part(cells[keep], path.cells[skip])])[0]
        cells[keep:] = [*patch.cells[:-1], *path.cells[skip:]]
        certain[keep:] = [*patch.certain, *path.certain[skip:]]
    return Path(cells, certain)


def _seam(cells: list[Cell], path: Path, start: Cell, stop: Cell) -> tuple[int, int]:
    """Where to leave one path and to enter the next.

    That is the boundary that both have between `start` and `stop`, the one furthest from either end; without one
    it is the last boundary before and the first after.
    """
    inside = {}
    for at in range(bisect_left(cells, start), len(cells)):
        if cells[at][1] >= start[1]:
            inside[cells[at]] = at
    common = [
        (min(cell[0] - start[0] + cell[1] - start[1], stop[0] - cell[0] + stop[1] - cell[1]), inside[cell], at)
        for at, cell in enumerate(path.cells[: bisect_right(path.cells, stop)])
        if cell in inside
    ]
    if common:
        _, keep, skip = max(common)
        return keep, skip
    keep = bisect_right(cells, start) - 1
    while cells[keep][1] > start[1]:
        keep -= 1
    skip = bisect_left(path.cells, stop)
    while path.cells[skip][1] < stop[1]:
        skip += 1
    return keep, skip
