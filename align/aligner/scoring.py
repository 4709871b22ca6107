"""From cues to log-scores: the weighted sum, made in blocks of rows as the search asks for them."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from align.aligner.block import Block, Pair
from align.aligner.cues import CUES, SHAPELESS
from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Floats32, Gap, Scores

_BLOCK: Final = 40_000
"""Cells scored at once; more would not be faster, and cost memory."""
_LOOSEST: Final = 2
"""How many times the cells of the band a block may score; rows of unlike width do not go together."""
_KEPT: Final = 50_000_000
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

    @property
    def name(self) -> str:
        """Eight hexadecimal digits that change with any weight, for signatures."""
        numbers = [sorted(self.pairs.items()), sorted(self.nulls.items()), list(self.calibration)]
        return f"{zlib.crc32(json.dumps(numbers).encode()):08x}"

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
    _starts: list[int] = field(init=False)
    _blocks: dict[int, list[Floats32]] = field(init=False, default_factory=dict)
    _kept: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Part the rows into blocks."""
        self._starts = list(_block_starts(self.band))

    def row(self, row: int) -> Floats32:
        """See `lattice.PairScores`."""
        number = bisect_right(self._starts, row) - 1
        if number not in self._blocks:
            if self._kept > _KEPT:
                self._blocks.clear()
                self._kept = 0
            stop = self._starts[number + 1] if number + 1 < len(self._starts) else self.band.rows
            self._blocks[number] = self._score(self._starts[number], stop)
            self._kept += sum(scores.size for scores in self._blocks[number])
        return self._blocks[number][row - self._starts[number]]

    def _score(self, start: int, stop: int) -> list[Floats32]:
        """Scores of the rows from `start` to `stop`, each of shape ``(len(SHAPES), width of the row)``."""
        left, right = _reach(self.band, start, stop)
        block = Block(self.pair, (start, stop), (left, right))
        scores = np.empty((len(SHAPES), stop - start, right - left), dtype=np.float32)
        shapeless = self._sum(block, 1, 1, SHAPELESS)
        shaped = CUES.keys() - SHAPELESS
        for k, (a, b) in enumerate(SHAPES):
            scores[k] = np.where(block.possible(a, b), self._sum(block, a, b, shaped) + shapeless, IMPOSSIBLE)
        spans = (self.band.span(row) for row in range(start, stop))
        return [
            np.ascontiguousarray(scores[:, at, span.start - left : span.stop - left]) for at, span in enumerate(spans)
        ]

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


def _reach(band: Band, start: int, stop: int) -> tuple[int, int]:
    """First column, and the column after the last, of the rows from `start` to `stop`."""
    return int(band.first[start]), int((band.first[start:stop] + band.width[start:stop]).max())


def _block_starts(band: Band) -> Iterator[int]:
    """First rows of blocks that hold about `_BLOCK` cells and whose rectangle is not much more than that."""
    start = 0
    yield start
    for row in range(1, band.rows):
        left, right = _reach(band, start, row + 1)
        area = (row + 1 - start) * (right - left)
        if area > _BLOCK or area > _LOOSEST * int(band.width[start : row + 1].sum()):
            start = row
            yield start


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
