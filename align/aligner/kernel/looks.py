"""The search inside parts with the kernel: one part after the other, without holding the interpreter's lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from align.aligner.cover import reach_of
from align.aligner.cues import CUES
from align.aligner.decoding import NULL_WEIGHT, Path
from align.aligner.habits import Habits, habits_from
from align.aligner.heard import SURE, Spans, spans
from align.aligner.kernel.covering import Covering
from align.aligner.kernel.layout import room
from align.aligner.kernel.loops import COMPILED
from align.aligner.kernel.machine import kernel
from align.aligner.kernel.tables import KNOWN, Fixed, codes, cover, dots, lines, of_lexicon, weights_of, windows
from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Floats32, Ints
from align.aligner.local import (
    DOUBTFUL,
    MARGIN,
    WIDENINGS,
    WIDER,
    Known,
    Looks,
    Sides,
    nulls,
    wants_cover,
    with_cover,
    with_lexicon,
)
from align.aligner.pair import Pair
from align.aligner.scoring import Weights, leanings, null_scores
from align.aligner.survey import corridor, survey


@dataclass(frozen=True, slots=True)
class _Flat:
    """A band as the kernel takes it: first column, columns and first cell of each row."""

    first: Ints
    width: Ints
    start: Ints

    @classmethod
    def of(cls, band: Band) -> _Flat:
        width = np.ascontiguousarray(band.width, dtype=np.int64)
        return cls(np.ascontiguousarray(band.first, dtype=np.int64), width, np.cumsum(width) - width)

    @property
    def cells(self) -> int:
        return int(self.start[-1] + self.width[-1])


@dataclass(frozen=True, slots=True)
class Found:
    """Posteriors of a part; see `align.aligner.posteriors.Posteriors`. `counts` holds the shapes and the openings."""

    pairs: Floats32
    source_null: Floats
    target_null: Floats
    reached: Floats
    counts: Floats
    log_total: float


def pair_scores(pair: Pair, band: Band, fixed: Fixed) -> Floats32:
    """Log-scores of the two-sided beads, as `align.aligner.scoring.pair_scores` gives them, in the kernel's order.

    Returns:
        For each row of the band a run of cells for each of `SHAPES`, shape ``(len(SHAPES) * cells,)``.
    """
    source, target = pair.sides()
    flat, (around, reach) = _Flat.of(band), windows(band, len(target))
    products, base = dots(pair, reach)
    constants, cosines = of_lexicon(fixed, pair)
    rows, columns = lines(pair, 0, fixed.pairs), lines(pair, 1, fixed.pairs)
    scores = np.empty(len(SHAPES) * flat.cells, dtype=np.float32)
    kernel().pair_scores(
        products, base, *cover(pair), codes(source), codes(target), rows, columns.reshape(-1),
        fixed.tables[0 if source.starts.any() and target.starts.any() else 1], constants,
        weights_of(fixed.pairs, pair), cosines, flat.first, flat.width, around, reach,
        room(len(base), columns.shape[2]), scores,
    )  # fmt: skip
    return scores


def posteriors(scores: Floats32, pair: Pair, band: Band, known: Habits, weights: Weights) -> Found:
    """Probabilities of all beads under scores of `pair_scores`, which are used up, leaning on a document's habits."""
    flat, (shapes, null) = _Flat.of(band), leanings(known, weights)
    alone = [null_scores(pair, at, weights) + null * ~side.aside for at, side in enumerate(pair.sides())]
    gap = np.array([weights.gap.opening, weights.gap.extension])
    cells, widest = flat.cells, int(flat.width.max())
    ahead, back, room = np.empty(5 * cells), np.empty(4 * cells), np.empty((len(SHAPES) + 2) * widest)
    reached = np.zeros(cells)
    nulls, counts = [np.zeros(len(side)) for side in pair.sides()], np.zeros(len(SHAPES) + 1)
    log_total = kernel().posteriors(
        scores, shapes, *alone, gap, flat.first, flat.width, flat.start, ahead, back, room, *nulls, reached,
        counts,
    )  # fmt: skip
    return Found(scores, nulls[0], nulls[1], reached, counts, log_total)


def best_path(found: Found, band: Band) -> Path:
    """The partition into beads with the greatest expected number of right ones."""
    flat, most = _Flat.of(band), len(found.source_null) + len(found.target_null)
    cells, certain = np.empty((most + 1, 2), dtype=np.int64), np.empty(most)
    choice, best = np.empty(flat.cells, dtype=np.int8), np.full(flat.cells, IMPOSSIBLE)
    count = kernel().best_path(
        found.pairs, found.source_null, found.target_null, NULL_WEIGHT, flat.first, flat.width, flat.start, cells,
        certain, choice, best,
    )  # fmt: skip
    return Path([(row, column) for row, column in cells[count::-1].tolist()], certain[:count][::-1].tolist())


def sure_beads(found: Found, band: Band) -> Spans:
    """The two-sided beads that are more probable than all else; see `align.aligner.heard.sure`."""
    flat = _Flat.of(band)
    place = np.flatnonzero(found.pairs > SURE)
    row = np.searchsorted(flat.start * len(SHAPES), place, side="right") - 1
    shape, column = np.divmod(place - flat.start[row] * len(SHAPES), flat.width[row])
    return spans(shape, row, column + flat.first[row])


def knows(weights: Weights) -> bool:
    """Whether the kernel has every cue that counts."""
    return all(name in KNOWN for name, weight in weights.pairs.items() if weight and name in CUES)


def look(some: Sequence[Sides], weights: Weights) -> Looks:
    """Look over some parts, as `align.aligner.local.look` does."""
    seen = {at: survey(*sides, COMPILED) for at, sides in enumerate(some) if len(sides[0]) and len(sides[1])}
    return _Looks(some, seen, Fixed.of(weights.pairs), weights)


@dataclass(frozen=True, slots=True)
class _Looks:
    """What was seen of some parts: each as a pair with its anchors; of those with an empty side nothing."""

    some: Sequence[Sides]
    seen: Mapping[int, tuple[Pair, Ints]]
    fixed: Fixed
    weights: Weights

    def hear(self, known: Known, starts: Sequence[tuple[int, int]]) -> tuple[Habits, list[Spans]]:
        counts = np.zeros(len(SHAPES) + 1)
        none = np.zeros((0, 2), dtype=np.int64)
        sure: list[Spans] = [(none, none)] * len(self.some)
        weighed = _Weighed.of(self, known)
        for at, (pair, anchors) in self.seen.items():
            band = corridor(pair, anchors, MARGIN)
            found = weighed.found(_told(pair, known, starts[at]), anchors, band)
            counts += found.counts
            sure[at] = sure_beads(found, band)
        return habits_from(counts[:-1], float(counts[-1])), sure

    def paths(self, known: Known, starts: Sequence[tuple[int, int]]) -> list[Path]:
        weighed = _Weighed.of(self, known)
        return [
            weighed.path(_told(self.seen[at][0], known, starts[at]), self.seen[at][1])
            if at in self.seen
            else nulls(sides)
            for at, sides in enumerate(self.some)
        ]


def _told(pair: Pair, known: Known, start: tuple[int, int]) -> Pair:
    """The sides of a part that begins at `start`, with what the lexicon says of them."""
    return pair if known.lexicon is None else with_lexicon(pair, known.lexicon, start, COMPILED)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How the parts of a document are searched under what is known of it."""

    fixed: Fixed
    weights: Weights
    habits: Habits

    @classmethod
    def of(cls, looks: _Looks, known: Known) -> _Weighed:
        if not known.dimness:
            return cls(looks.fixed, looks.weights, known.habits)
        weights = looks.weights.at(known.dimness)
        return cls(Fixed.of(weights.pairs), weights, known.habits)

    def path(self, pair: Pair, anchors: Ints) -> Path:
        """The alignment of a part, in a wider band where the first was too narrow."""
        for widening in range(WIDENINGS + 1):
            band = corridor(pair, anchors, MARGIN * WIDER**widening)
            found = self.found(pair, anchors, band)
            if not band.touches(found.reached > DOUBTFUL):
                break
        return best_path(found, band)

    def found(self, pair: Pair, anchors: Ints, band: Band) -> Found:
        """Probabilities of all beads in a band."""
        if wants_cover(self.weights):
            pair = with_cover(pair, reach_of(band), anchors, Covering())
        return posteriors(pair_scores(pair, band, self.fixed), pair, band, self.habits, self.weights)
