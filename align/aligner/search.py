"""The search: from two cut documents to the path through their lattice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from align.aligner.decoding import Path, best_paths
from align.aligner.lattice import Band, Lattice, Scores
from align.aligner.pair import Pair
from align.aligner.parts import Part, join, parts
from align.aligner.posteriors import Posteriors, posteriors
from align.aligner.scoring import Weights, scores
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
_SIDE_BY_SIDE: Final = 12
"""Parts that are searched at once."""
_CELLS: Final = 150_000
"""Cells that they have together at most, but for one part alone."""


def search(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights) -> Path:
    """Align two documents.

    Raises:
        ModelError: the encoder cannot embed.
    """

    def align(wanted: Sequence[Part]) -> list[Path]:
        paths: list[Path] = []
        for start in range(0, len(wanted), _SIDE_BY_SIDE):
            some = wanted[start : start + _SIDE_BY_SIDE]
            paths += _align([part.sides(source, target) for part in some], encoder, weights)
        return [path.moved(*part.start) for part, path in zip(wanted, paths, strict=True)]

    wanted = parts(source, target, encoder)
    return join(wanted, align(wanted), align)


def _align(sides: Sequence[tuple[Segmented, Segmented]], encoder: Encoder, weights: Weights) -> list[Path]:
    """Align several documents side by side; one of them may have an empty side."""
    found = {at: _nulls(*each) for at, each in enumerate(sides) if not (each[0].sentences and each[1].sentences)}
    looked = {at: survey(*both_sides(*each, encoder)) for at, each in enumerate(sides) if at not in found}
    waiting, margin = list(looked), _MARGIN
    for _ in range(_WIDENINGS + 1):
        bands = {at: corridor(*looked[at], margin) for at in waiting}
        doubtful = []
        for batch in _batches(bands):
            posterior = _posteriors([(looked[at][0], bands[at]) for at in batch], weights)
            found |= zip(batch, best_paths(posterior), strict=True)
            doubtful += [at for place, at in enumerate(batch) if _leans_out(posterior, place)]
        if not doubtful:
            break
        waiting, margin = doubtful, margin * _WIDER
    return [found[at] for at in range(len(sides))]


def _nulls(source: Segmented, target: Segmented) -> Path:
    """The one alignment where a side is empty."""
    down, right = len(source.sentences), len(target.sentences)
    return Path([(min(at, down), min(at, right)) for at in range(max(down, right) + 1)], [1.0] * max(down, right))


def _batches(bands: Mapping[int, Band]) -> Iterator[list[int]]:
    """Which bands to search side by side: some of about the same height, that do not have too many cells."""
    batch: list[int] = []
    cells = 0
    for at in sorted(bands, key=lambda at: bands[at].rows):
        if batch and cells + bands[at].cells > _CELLS:
            yield batch
            batch, cells = [], 0
        batch.append(at)
        cells += bands[at].cells
    if batch:
        yield batch


def _posteriors(surveyed: Sequence[tuple[Pair, Band]], weights: Weights) -> Posteriors:
    lattice = Lattice.of([band for _, band in surveyed])
    parts_ = [scores(pair, band, weights) for pair, band in surveyed]
    return posteriors(lattice, Scores.of(lattice, parts_, weights.gap))


def _leans_out(found: Posteriors, place: int) -> bool:
    """Whether the alignment may want to leave a band: it comes too near to an edge."""
    lattice = found.lattice
    return lattice.bands[place].touches(found.reached[lattice.places[place]] > _DOUBTFUL)
