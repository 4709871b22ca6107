"""The search inside single parts: from their sides to paths through their lattices.

Here parts are arrays (`align.aligner.sides`) and know nothing of one another but the habits and the lexicon of the
document that they share. `look` sees what there is to see of some parts; a first pass over that tells their habits and
the beads that are sure and, once habits and lexicon of the whole document are known, a second their paths.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import numpy as np

from align.aligner.attunement import Attunement
from align.aligner.cover import Comparing, Cover, reach_of
from align.aligner.cues import COVERING
from align.aligner.decoding import Path, best_paths
from align.aligner.habits import Habits, habits
from align.aligner.heard import Spans, sure
from align.aligner.lattice import Band, Ints, Lattice, Scores
from align.aligner.lexicon import Lexicon
from align.aligner.loops import PLAIN, Loops
from align.aligner.pair import Pair
from align.aligner.posteriors import Posteriors, posteriors
from align.aligner.scoring import Parts, Weights, lexical_scores, scores, with_habits
from align.aligner.sides import Side
from align.aligner.survey import corridor, survey

MARGIN: Final = 8
"""Columns on either side of the line through the anchors, at first."""
WIDER: Final = 4
"""By how much that grows where the alignment may want to leave the band."""
WIDENINGS: Final = 2
DOUBTFUL: Final = 1e-3
"""How probable it may be that the alignment touches the edge of the band."""
SIDE_BY_SIDE: Final = 8
"""Parts that are searched at once."""
SOME: Final = 800_000
"""Cells in the rectangles of a document's parts, those outside the bands too, from which on the kernel pays where its
machine code is there from an earlier run: some five parts between anchors (2,000 sentences)."""
MANY: Final = 4_000_000
"""From so many on it pays though the first run must wait for the compiler: some thirty parts between anchors (12,000
sentences), or one of 2,000 sentences without any."""
VERY_MANY: Final = 26_000_000
"""From so many on it pays even to compile it for this document alone, where nothing can be kept."""
_CELLS: Final = 150_000
"""Cells that they have together at most, but for one part alone."""

Sides = tuple[Side, Side]
"""Both sides of a part; either may be empty."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a whole document before it is searched.

    Attributes:
        habits: how often it leaves out, cuts and crosses sentences.
        lexicon: which words translate each other; None where there is too little to learn it from.
        dimness: how much less than usual the vectors tell (`align.aligner.acuity`).
        attunement: how vectors are attuned to the document; None where they are not.
    """

    habits: Habits = field(default_factory=Habits)
    lexicon: Lexicon | None = None
    dimness: float = 0.0
    attunement: Attunement | None = None

    def attuned(self, sides: Sides, start: tuple[int, int], loops: Loops = PLAIN) -> Sides:
        """The sides of the part that begins at `start`, with vectors that are attuned to the document."""
        return sides if self.attunement is None else self.attunement.attuned(sides, start, loops)


class Looks(Protocol):
    """What was seen of some parts."""

    def hear(self, known: Known, starts: Sequence[tuple[int, int]]) -> tuple[Habits, list[Spans]]:
        """How often these parts leave out, cut and cross sentences, and the sure beads of each (`heard.sure`).

        Args:
            known: of the whole document, so far.
            starts: where each part begins in the document.
        """

    def paths(self, known: Known, starts: Sequence[tuple[int, int]]) -> list[Path]:
        """The alignment of each part, in its own cells, under what is known of the whole document.

        Args:
            known: after the last time of hearing.
            starts: where each part begins in the document.
        """


Look = Callable[[Sequence[Sides], Weights], Looks]
"""Looks over some parts. It may be called in several threads at once, each with parts of its own."""


def way_for(cells: int, weights: Weights) -> Look:
    """How to look over the parts of a document: compiled where that pays, else with NumPy.

    Both find the same. Without numba, with one that does not work here, or with weights of cues that the kernel does
    not have, it is NumPy as well.

    Args:
        cells: cells in the rectangles of all parts.
        weights: what counts.
    """
    if has_kernel(cells):
        from align.aligner.kernel import looks

        if looks.knows(weights):
            return looks.look
    return look


def loops_for(cells: int) -> Loops:
    """How to go through the words of a document: compiled where that pays (`way_for`)."""
    if has_kernel(cells):
        from align.aligner.kernel.loops import COMPILED

        return COMPILED
    return PLAIN


def has_kernel(cells: int) -> bool:
    """Load the kernel, or compile it, where that pays and works; whether it is there then."""
    if cells >= SOME:
        # Whatever it is that keeps numba or its compiler from working here, there is another way.
        with contextlib.suppress(Exception):
            from align.aligner.kernel import machine

            pays = machine.is_kept() or cells >= VERY_MANY or (cells >= MANY and machine.can_be_kept())
            return pays and machine.works()
    return False


def look(some: Sequence[Sides], weights: Weights) -> Looks:
    """Look over some parts, with NumPy."""
    return _Looks(
        some,
        {
            at: _Look.at(*survey(*sides), MARGIN, weights)
            for at, sides in enumerate(some)
            if len(sides[0]) and len(sides[1])
        },
        weights,
    )


def nulls(sides: Sides) -> Path:
    """The one alignment where a side is empty."""
    down, right = len(sides[0]), len(sides[1])
    return Path([(min(at, down), min(at, right)) for at in range(max(down, right) + 1)], [1.0] * max(down, right))


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of a part: both sides, their anchors, a band along them and the scores in it."""

    pair: Pair
    anchors: Ints
    band: Band
    scores: Parts

    @classmethod
    def at(cls, pair: Pair, anchors: Ints, margin: int, weights: Weights) -> _Look:
        band = corridor(pair, anchors, margin)
        if wants_cover(weights):
            pair = with_cover(pair, reach_of(band), anchors)
        return cls(pair, anchors, band, scores(pair, band, weights))

    def weighed(self, weights: Weights) -> _Look:
        """The same under other weights."""
        return replace(self, scores=scores(self.pair, self.band, weights))

    def told(self, lexicon: Lexicon, start: tuple[int, int], weights: Weights) -> _Look:
        """The same with what a lexicon says of the part that begins at `start`."""
        pair = with_lexicon(self.pair, lexicon, start)
        beads, *nulls = self.scores
        return replace(self, pair=pair, scores=(beads + lexical_scores(pair, self.band, weights), nulls[0], nulls[1]))


def with_lexicon(pair: Pair, lexicon: Lexicon, start: tuple[int, int], loops: Loops = PLAIN) -> Pair:
    """The sides of a part with what a lexicon says of them.

    Args:
        pair: both sides.
        lexicon: of the document.
        start: where the part begins in it.
        loops: how to go through its words.
    """
    source, target = pair.sides()
    stems, sizes = (source.stems, target.stems), (len(source), len(target))
    return replace(pair, lexical=lexicon.lexical(stems, sizes, start, loops))


def wants_cover(weights: Weights) -> bool:
    """Whether any cue counts that asks what covers what."""
    return any(weights.pairs.get(name) for name in COVERING)


def with_cover(pair: Pair, reach: Ints, anchors: Ints, comparing: Comparing | None = None) -> Pair:
    """The sides of a part with how much of each sentence those across cover; without, for models without tokens.

    Args:
        pair: both sides.
        reach: where to look (`cover.reach_of`).
        anchors: pairs of sentences that very likely belong together.
        comparing: another way than NumPy's.
    """
    tokens = pair.source.tokens, pair.target.tokens
    if tokens[0] is None or tokens[1] is None:
        return pair
    return replace(pair, cover=Cover.of((tokens[0], tokens[1]), reach, anchors, comparing))


@dataclass(frozen=True, slots=True)
class _Looks:
    """What was seen of some parts, by their number; of those with an empty side nothing."""

    some: Sequence[Sides]
    seen: Mapping[int, _Look]
    weights: Weights

    def hear(self, known: Known, starts: Sequence[tuple[int, int]]) -> tuple[Habits, list[Spans]]:
        none = np.zeros((0, 2), dtype=np.int64)
        beads: list[Spans] = [(none, none)] * len(self.some)
        seen, weights = self._told(known, starts), self.weights.at(known.dimness)

        def found() -> Iterator[Posteriors]:
            for batch in _batches(seen):
                posterior = _posteriors([seen[at] for at in batch], known.habits, weights)
                for at, spans in zip(batch, sure(posterior), strict=True):
                    beads[at] = spans
                yield posterior

        return habits(found()), beads

    def paths(self, known: Known, starts: Sequence[tuple[int, int]]) -> list[Path]:
        """Search several parts side by side, and in wider bands where the first were too narrow."""
        found = {at: nulls(sides) for at, sides in enumerate(self.some) if at not in self.seen}
        seen, weights, margin = self._told(known, starts), self.weights.at(known.dimness), MARGIN
        for _ in range(WIDENINGS + 1):
            doubtful = []
            for batch in _batches(seen):
                posterior = _posteriors([seen[at] for at in batch], known.habits, weights)
                found |= zip(batch, best_paths(posterior), strict=True)
                doubtful += [at for place, at in enumerate(batch) if _leans_out(posterior, place)]
            margin *= WIDER
            seen = {at: _Look.at(seen[at].pair, seen[at].anchors, margin, weights) for at in doubtful}
        return [found[at] for at in range(len(self.some))]

    def _told(self, known: Known, starts: Sequence[tuple[int, int]]) -> Mapping[int, _Look]:
        """The same with what the lexicon says, under the weights for such a document."""
        seen, weights = self.seen, self.weights.at(known.dimness)
        if known.dimness:
            seen = {at: each.weighed(weights) for at, each in seen.items()}
        if known.lexicon is not None:
            seen = {at: each.told(known.lexicon, starts[at], weights) for at, each in seen.items()}
        return seen


def _batches(looks: Mapping[int, _Look]) -> Iterator[list[int]]:
    """Which parts to search side by side: some of about the same height, that do not have too many cells."""
    batch: list[int] = []
    cells = 0
    for at in sorted(looks, key=lambda at: looks[at].band.rows):
        if batch and cells + looks[at].band.cells > _CELLS:
            yield batch
            batch, cells = [], 0
        batch.append(at)
        cells += looks[at].band.cells
    if batch:
        yield batch


def _posteriors(looks: Sequence[_Look], known: Habits, weights: Weights) -> Posteriors:
    lattice = Lattice.of([look.band for look in looks])
    scored = [with_habits(look.scores, look.pair, known, weights) for look in looks]
    return posteriors(lattice, Scores.of(lattice, scored, weights.gap))


def _leans_out(found: Posteriors, place: int) -> bool:
    """Whether the alignment may want to leave a band: it comes too near to an edge."""
    lattice = found.lattice
    return lattice.bands[place].touches(found.reached[lattice.places[place]] > DOUBTFUL)
