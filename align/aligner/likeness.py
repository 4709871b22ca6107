"""How alike the beads of a document are, and how alike strangers are: what a chance pair is told from a true one by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.sentences import evenly
from align.aligner.sides import meaning, unit
from align.encoder.protocol import Encoder
from align.types import Alignment, Bead

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]

_SAMPLE: Final = 400
"""Beads of a document that are looked at, evenly spread, and as many sentences of each side."""
_SURE: Final = 0.8
"""Confidence of the beads that tell how alike translations are."""
_USUAL: Final = 0.55
"""How alike translations are where a document has too few of them to tell."""
_USUAL_SPREAD: Final = 0.12
"""Standard deviation of the likeness of strangers where a document is too short to tell."""
_FEW: Final = 10.0
"""Weight of what is usual, in beads."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Likeness of meaning in one document: the share of the way from random sentences (0) to the same one (1).

    Attributes:
        background: mean unit vector of the sentences of each side, shape ``(2, dimension)``.
        strangers: mean likeness of spans that have nothing to do with each other, and its standard deviation.
        translations: mean likeness of beads that are sure.
    """

    background: Floats32
    strangers: tuple[float, float]
    translations: float

    @classmethod
    def of(cls, alignment: Alignment, encoder: Encoder) -> Likeness:
        """Look at some beads of an alignment, and at the same with their targets exchanged.

        Raises:
            ModelError: the encoder cannot embed.
        """
        background = np.stack([_background(alignment, side, encoder) for side in (0, 1)])
        beads = evenly([bead for bead in alignment.beads if not bead.is_null and bead.confidence >= _SURE], _SAMPLE)
        source, target = (_spans(alignment, side, beads, encoder) for side in (0, 1))
        true = _relative(source, target, background)
        # The neighbour's target has the document's subject and style, but is not the translation.
        false = np.concatenate([_relative(source, np.roll(target, by, axis=0), background) for by in (1, 2, 3)])
        usual = (true.sum() + _FEW * _USUAL) / (len(true) + _FEW)
        mean = false.sum() / (len(false) + _FEW)
        around = (((false - mean) ** 2).sum() + _FEW * _USUAL_SPREAD**2) / (len(false) + _FEW)
        return cls(background, (float(mean), float(np.sqrt(around))), float(usual))

    def pairs(self, source: Floats32, target: Floats32) -> Floats:
        """Likeness of each row of `source` to the same row of `target`, vectors of spans: shape ``(n,)``."""
        return _relative(source, target, self.background)

    def surprise(self, values: Floats) -> float:
        """By how many standard deviations the mean of some values is above that of strangers."""
        mean, deviation = self.strangers
        return float((values.mean() - mean) / deviation * np.sqrt(len(values)))


def spans(sums: Floats32, indices: Sequence[Sequence[int]]) -> Floats32:
    """Vectors of spans, from those of their sentences."""
    return np.stack([sums[list(span)].sum(axis=0) for span in indices])


def _relative(source: Floats32, target: Floats32, background: Floats32) -> Floats:
    """Distance as a share of the distance to random sentences (Thompson & Koehn 2019), turned into likeness."""
    first, second = unit(source), unit(target)
    cosine = (first * second).sum(axis=1, dtype=np.float64)
    far = np.maximum(1 - (first @ background[1] + second @ background[0]) / 2, 0.1)
    likeness: Floats = 1 - (1 - cosine) / far
    return likeness


def _background(alignment: Alignment, side: int, encoder: Encoder) -> Floats32:
    sentences = (alignment.source, alignment.target)[side].sentences
    vectors = unit(meaning([sentence.text for sentence in evenly(sentences, _SAMPLE)], encoder))
    mean: Floats32 = vectors.mean(axis=0)
    return mean


def _spans(alignment: Alignment, side: int, beads: Sequence[Bead], encoder: Encoder) -> Floats32:
    document = (alignment.source, alignment.target)[side]
    sides = [(bead.source, bead.target)[side] for bead in beads]
    if not sides:
        return np.zeros((0, encoder.dimension), np.float32)
    sums = meaning([document.sentences[at].text for span in sides for at in span], encoder)
    starts = np.cumsum([0, *map(len, sides)])[:-1]
    return np.add.reduceat(sums, starts, axis=0)
