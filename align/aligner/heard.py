"""What the first pass is sure of: the beads that a lexicon is learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import SHAPES
from align.aligner.posteriors import Posteriors

Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Spans = tuple[Ints, Ints]
"""Sentences of beads, by side: from one index to before another, shape ``(beads, 2)``, rising."""
Stems = tuple[Ints, Ints]
"""Hashes of stems, each once a sentence, and the sentence of each (`Side.stems`)."""

SURE: Final = 0.5
"""Probability that makes a bead sure; no sentence can be in two beads that have it."""
_MOST: Final = 20_000
"""Pairs of words of a bead; longer beads are not learnt from."""
_MOST_OF_ALL: Final = 4_000_000
"""The same of all beads; of longer texts, such as paragraphs that nobody cut, every second or third bead will do."""
_SHAPES: Final = np.array(SHAPES, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the first pass is sure of in a part of a document.

    Attributes:
        stems: of the sentences of the part, by side.
        start: the first sentence of the part on each side.
        beads: its sure beads, in order, in sentences of the part.
    """

    stems: tuple[Stems, Stems]
    start: tuple[int, int]
    beads: Spans


def sure(found: Posteriors) -> list[Spans]:
    """The two-sided beads of each band that are more probable than all else."""
    lattice = found.lattice
    shape, cell = np.nonzero(found.pairs > SURE)
    band, row, column = lattice.band[cell], lattice.row[cell], lattice.column[cell]
    return [spans(shape[here], row[here], column[here]) for here in (band == at for at in range(len(lattice.bands)))]


def spans(shape: Ints, row: npt.NDArray[np.integer[Any]], column: npt.NDArray[np.integer[Any]]) -> Spans:
    """Beads in order, from their shapes and the cells that they end in."""
    order = np.argsort(row, kind="stable")
    ends = np.stack([row, column], axis=1).astype(np.int64)[order]
    begins = ends - _SHAPES[shape[order]]
    return np.stack([begins[:, 0], ends[:, 0]], axis=1), np.stack([begins[:, 1], ends[:, 1]], axis=1)


def once(heard: Sequence[Heard]) -> list[Heard]:
    """Parts of a document, in order, without beads that an earlier part has as well, and without overlong ones.

    Where the beads together are overlong, evenly spread ones are kept.
    """
    found, after, total = [], np.zeros(2, dtype=np.int64), 0
    for part in heard:
        pairs = _sizes(part, 0) * _sizes(part, 1)
        kept = pairs <= _MOST
        for side in (0, 1):
            kept &= part.beads[side][:, 0] + part.start[side] >= after[side]
        total += int(pairs[kept].sum())
        found.append(_kept(part, kept))
        if len(kept):
            after = np.maximum(after, [part.beads[side][-1, 1] + part.start[side] for side in (0, 1)])
    step = -(-total // _MOST_OF_ALL)
    return found if step <= 1 else [_kept(part, np.arange(len(part.beads[0])) % step == 0) for part in found]


def _kept(part: Heard, which: npt.NDArray[np.bool_]) -> Heard:
    return replace(part, beads=(part.beads[0][which], part.beads[1][which]))


def spanned(vectors: Floats32, ends: Ints) -> Floats32:
    """Sums of vectors over spans.

    Args:
        vectors: shape ``(n, d)``.
        ends: from one index to before another, shape ``(spans, 2)``.
    """
    prefix = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)])
    found: Floats32 = (prefix[ends[:, 1]] - prefix[ends[:, 0]]).astype(np.float32)
    return found


def _sizes(part: Heard, side: int) -> Ints:
    """Words of each bead."""
    first, last = (np.searchsorted(part.stems[side][1], ends) for ends in part.beads[side].T)
    sizes: Ints = last - first
    return sizes


__all__ = ["SURE", "Heard", "Spans", "Stems", "once", "spanned", "spans", "sure"]
