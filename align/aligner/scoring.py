"""From cues to log-scores: the weighted sum, made in blocks of rows as the search asks for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from align.aligner.block import Block, Pair
from align.aligner.cues import CUES, SHAPELESS
from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Floats32, Gap, Ints, Scores

_BLOCK: Final = 40_000
"""Cells scored at once; more would not be faster, and cost memory."""
_KEPT: Final = 24_000_000
"""Scores kept between the passes; above that they are made anew in each."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt from human alignments.

    Attributes:
        pairs: weight of each cue of two-sided beads, by name.
        nulls: weight of each cue of nulls, by name.
        calibration: slope and offset that turn the logit of a posterior into that of a confidence (Platt 1999).
        made: how and from what they were learnt, one line.
    """

    pairs: Mapping[str, float]
    nulls: Mapping[str, float]
    calibration: tuple[float, float] = (1.0, 0.0)
    made: str = ""

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Read weights written by `align.training.aligner`."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        slope, offset = stored["calibration"]
        return cls(stored["pairs"], stored["nulls"], (slope, offset), stored["made"])

    def confidence(self, probability: float) -> float:
        """The share of beads with this posterior that are right on human gold."""
        clipped = min(max(probability, 1e-6), 1 - 1e-6)
        logit = self.calibration[0] * np.log(clipped / (1 - clipped)) + self.calibration[1]
        return float(1 / (1 + np.exp(-logit)))


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    return Weights.read(Path(__file__).with_name("weights.json"))


@dataclass
class BlockScores:
    """Scores of two-sided beads over a band, block by block of rows.

    The passes of the search walk up and down the rows; a small lattice is scored once, a large one keeps only
    the block at hand.
    """

    pair: Pair
    band: Band
    weights: Mapping[str, float]
    _blocks: dict[int, Floats32] = field(default_factory=dict)

    def row(self, row: int) -> Floats32:
        """See `lattice.PairScores`."""
        rows = max(1, _BLOCK // self.band.width)
        number = row // rows
        if number not in self._blocks:
            if len(self._blocks) * rows * self.band.width * len(SHAPES) > _KEPT:
                self._blocks.clear()
            self._blocks[number] = self._score(number * rows, min((number + 1) * rows, self.band.rows))
        scores: Floats32 = self._blocks[number][row - number * rows]
        return scores

    def _score(self, start: int, stop: int) -> Floats32:
        """Scores of the rows from `start` to `stop`, shape ``(stop - start, len(SHAPES), width)``."""
        first = self.band.first[start:stop]
        columns = (int(first[0]), int(first[-1]) + self.band.width)
        block = Block(self.pair, (start, stop), columns)
        scores = np.empty((stop - start, len(SHAPES), self.band.width), dtype=np.float32)
        shapeless = self._sum(block, 1, 1, SHAPELESS)
        shaped = CUES.keys() - SHAPELESS
        for k, (a, b) in enumerate(SHAPES):
            total = np.where(block.possible(a, b), self._sum(block, a, b, shaped) + shapeless, IMPOSSIBLE)
            scores[:, k] = total if first[0] == first[-1] else self._skewed(total, first - columns[0])
        return scores

    def _skewed(self, values: Floats, left: Ints) -> Floats:
        """The band's columns of each row."""
        return np.stack([row[at : at + self.band.width] for row, at in zip(values, left, strict=True)])

    def _sum(self, block: Block, a: int, b: int, names: AbstractSet[str]) -> Floats:
        total = np.zeros((block.rows[1] - block.rows[0], block.columns[1] - block.columns[0]))
        constant = 0.0
        for name, weight in self.weights.items():
            value = CUES[name](block, a, b) if weight and name in names else 0.0
            if isinstance(value, float):
                constant += weight * value
            else:
                total += weight * value
        return total + constant


def scores(pair: Pair, band: Band, weights: Weights) -> Scores:
    """The scores of all paths through a band."""
    nulls = weights.nulls
    source = null_cues(pair, 0)
    target = null_cues(pair, 1)
    return Scores(
        BlockScores(pair, band, weights.pairs),
        _null_scores(source, nulls),
        _null_scores(target, nulls),
        Gap(opening=0.0, extension=nulls["null_run"]),
    )


def null_cues(pair: Pair, side: int) -> dict[str, Floats]:
    """Values of the cues of nulls for the sentences of one side, each of shape ``(n,)``.

    A constant; the likeness to the nearest sentences across; the same in the document's own standard
    deviations below what translations have; and the length. What belongs to the page is free.
    """
    this = pair.sides()[side]
    best = (pair.source_best, pair.target_best)[side]
    text = ~this.aside
    return {
        "null": text.astype(np.float64),
        "null_best": np.where(text, best, 0.0),
        "null_unusual": np.where(text, np.clip((1.0 - best) / pair.spread, 0.0, 8.0) / 4.0, 0.0),
        "null_size": np.where(text, np.log(this.size), 0.0),
    }


def _null_scores(cues: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    total: Floats = np.sum([weights[name] * values for name, values in cues.items()], axis=0)
    return total
