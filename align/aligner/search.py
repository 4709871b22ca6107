"""The search: from two cut documents to the path through their lattice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

import numpy as np

from align.aligner.decoding import Path, best_paths
from align.aligner.habits import Habits, habits
from align.aligner.lattice import Band, Ints, Lattice, Scores
from align.aligner.pair import Pair
from align.aligner.parts import Part, join, parts
from align.aligner.posteriors import Posteriors, posteriors
from align.aligner.scoring import Parts, Weights, scores, with_habits
from align.aligner.sides import both_sides
from align.aligner.survey import corridor, survey
from align.encoder.protocol import Encoder
from align.types import Segmented

_MARGIN: Final = 8
"""Columns on either side of the line through the anchors, at first."""
_WIDER: Final = 4
"""By how much that grows where the alignment may want to leave the band."""
_WIDENINGS: Final = 2
_DOUBTFUL: Final = 1e-3
"""How probable it may be that the alignment touches the edge of the band."""
_SIDE_BY_SIDE: Final = 8
"""Parts that are searched at once."""
_CELLS: Final = 150_000
"""Cells that they have together at most, but for one part alone."""


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
        return cls(pair, anchors, band, scores(pair, band, weights))


Sides = tuple[Segmented, Segmented]


def search(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights) -> Path:
    """Align two documents.

    Raises:
        ModelError: the encoder cannot embed.
    """
    wanted = parts(source, target, encoder)
    sample = [part.sides(source, target) for part in _sample(wanted)]
    looks = _look(sample, encoder, weights)
    known = _habits(looks, weights)

    def align(some: Sequence[Part]) -> list[Path]:
        starts = range(0, len(some), _SIDE_BY_SIDE)
        batches = [[part.sides(source, target) for part in some[at : at + _SIDE_BY_SIDE]] for at in starts]
        seen = _ahead(partial(_look, encoder=encoder, weights=weights), batches)
        paths = [
            path for sides, looks in zip(batches, seen, strict=True) for path in _align(sides, looks, known, weights)
        ]
        return [path.moved(*part.start) for part, path in zip(some, paths, strict=True)]

    if len(sample) == len(wanted):
        paths = _align(sample, looks, known, weights)
        paths = [path.moved(*part.start) for part, path in zip(wanted, paths, strict=True)]
    else:
        looks.clear()
        paths = align(wanted)
    return join(wanted, paths, align)


Given = TypeVar("Given")
Made = TypeVar("Made")


def _ahead(make: Callable[[Given], Made], wanted: Sequence[Given]) -> Iterator[Made]:
    """What `make` gives for each, the next being made in another thread while the last is used."""
    if len(wanted) <= 1:
        yield from map(make, wanted)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(make, wanted[0])
        for each in wanted[1:]:
            found, coming = coming.result(), pool.submit(make, each)
            yield found
        yield coming.result()


def habits_of(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights) -> Habits:
    """The habits of a document, as `search` finds them.

    Raises:
        ModelError: the encoder cannot embed.
    """
    sample = [part.sides(source, target) for part in _sample(parts(source, target, encoder))]
    return _habits(_look(sample, encoder, weights), weights)


def _sample(wanted: Sequence[Part]) -> Sequence[Part]:
    """All parts of a document that has few, else some that are evenly spread."""
    if len(wanted) <= _SIDE_BY_SIDE:
        return wanted
    return [wanted[at] for at in np.linspace(0, len(wanted) - 1, _SIDE_BY_SIDE).astype(int)]


def _look(sides: Sequence[Sides], encoder: Encoder, weights: Weights) -> dict[int, _Look]:
    """Look over parts; those with an empty side have nothing to be seen."""
    return {
        at: _Look.at(*survey(*both_sides(*each, encoder)), _MARGIN, weights)
        for at, each in enumerate(sides)
        if each[0].sentences and each[1].sentences
    }


def _habits(looks: Mapping[int, _Look], weights: Weights) -> Habits:
    # Counting again with what was counted is no better on held-out gold, and now and then runs away.
    return habits(_posteriors([looks[at] for at in batch], Habits(), weights) for batch in _batches(looks))


def _align(sides: Sequence[Sides], looks: dict[int, _Look], known: Habits, weights: Weights) -> list[Path]:
    """Align several parts side by side, in wider bands where the first were too narrow."""
    found = {at: _nulls(*each) for at, each in enumerate(sides) if at not in looks}
    margin = _MARGIN
    for _ in range(_WIDENINGS + 1):
        doubtful = []
        for batch in _batches(looks):
            posterior = _posteriors([looks[at] for at in batch], known, weights)
            found |= zip(batch, best_paths(posterior), strict=True)
            doubtful += [at for place, at in enumerate(batch) if _leans_out(posterior, place)]
        margin *= _WIDER
        looks = {at: _Look.at(looks[at].pair, looks[at].anchors, margin, weights) for at in doubtful}
    return [found[at] for at in range(len(sides))]


def _nulls(source: Segmented, target: Segmented) -> Path:
    """The one alignment where a side is empty."""
    down, right = len(source.sentences), len(target.sentences)
    return Path([(min(at, down), min(at, right)) for at in range(max(down, right) + 1)], [1.0] * max(down, right))


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
    return lattice.bands[place].touches(found.reached[lattice.places[place]] > _DOUBTFUL)
