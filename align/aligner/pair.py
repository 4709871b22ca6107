"""Two sides and what a first look over them told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from align.aligner.cover import Cover
from align.aligner.sides import Channel, Side

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lexical:
    """What a lexicon says of two sides (`align.aligner.lexicon`).

    Attributes:
        ahead: the target words that the source sentences let one expect, and those that the target sentences have.
        back: the source words that the source sentences have, and those that the target sentences let one expect.
        usual: mean cosine of both in beads that are sure.
    """

    ahead: tuple[Channel, Channel]
    back: tuple[Channel, Channel]
    usual: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides and what a first look over them told (`align.aligner.survey`).

    Attributes:
        source: the source side, `n` sentences.
        target: the target side, `m` sentences.
        ratio: letters of the target for a letter of the source.
        scale: likeness of sentences that certainly belong together.
        spread: standard deviation of that likeness, as a share of `scale`.
        length_spread: standard deviation of the logarithm of their lengths' ratio.
        source_best: mean likeness of each source sentence to its nearest target sentences, shape ``(n,)``.
        target_best: the same for each target sentence, shape ``(m,)``.
        background: mean unit vector of the spans of 1 to LONGEST sentences, by side: ``(2, LONGEST + 1, d)``.
        lexical: what a lexicon says; None where there is none, as in the first pass.
        cover: how much of each sentence those across cover, token by token; None where nobody looked.
    """

    source: Side
    target: Side
    ratio: float
    scale: float
    spread: float
    length_spread: float
    source_best: Floats
    target_best: Floats
    background: npt.NDArray[np.float32]
    lexical: Lexical | None = None
    cover: Cover | None = None

    def sides(self) -> tuple[Side, Side]:
        """Source and target."""
        return self.source, self.target

    def quantity(self, name: str, side: int) -> npt.NDArray[Any]:
        """An array over the sentences of one side: ``best``, or an attribute of `Side`."""
        if name == "best":
            return (self.source_best, self.target_best)[side]
        values: npt.NDArray[Any] = getattr(self.sides()[side], name)
        return values


def window(values: npt.NDArray[Any], start: int, stop: int) -> npt.NDArray[Any]:
    """``values[start:stop]`` with zeros where that reaches over either end."""
    inside = values[max(start, 0) : max(stop, 0)]
    before, after = max(-start, 0), max(stop - max(len(values), start), 0)
    if not before and not after:
        return inside
    lead = min(before, stop - start)
    return np.concatenate(
        [np.zeros((lead, *values.shape[1:]), values.dtype), inside, np.zeros((after, *values.shape[1:]), values.dtype)]
    )[: stop - start]
