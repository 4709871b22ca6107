"""From cues to log-scores: the weighted sum, made in blocks of rows."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from align.aligner.block import Block
from align.aligner.cues import CUES, LEXICAL, SHAPELESS
from align.aligner.habits import NULL_HABITS, PAIR_HABITS, Habits, leaning
from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Floats32, Gap
from align.aligner.pair import Pair

_BLOCK: Final = 40_000
"""Cells of the rectangle around the cells that are scored at once; more would not be faster, and cost memory."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt from human alignments.

    Attributes:
        pairs: weight of each cue of two-sided beads, by name.
        nulls: weight of each cue of nulls, by name.
        calibration: slope and offset that turn the logit of a posterior into that of a confidence (Platt 1999).
        made: how and from what they were learnt, one line.
        dim_pairs: what is added to the weights of pairs where the vectors tell nothing (`align.aligner.acuity`).
        dim_nulls: the same for those of nulls.
    """

    pairs: Mapping[str, float]
    nulls: Mapping[str, float]
    calibration: tuple[float, float] = (1.0, 0.0)
    made: str = ""
    dim_pairs: Mapping[str, float] = field(default_factory=dict)
    dim_nulls: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Eight hexadecimal digits that change with any weight, for signatures."""
        numbers: list[object] = [sorted(self.pairs.items()), sorted(self.nulls.items()), list(self.calibration)]
        numbers += [sorted(each.items()) for each in (self.dim_pairs, self.dim_nulls) if each]
        return f"{zlib.crc32(json.dumps(numbers).encode()):08x}"

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Read weights written by `align.training.aligner`."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        slope, offset = stored["calibration"]
        dim = stored.get("dim", {"pairs": {}, "nulls": {}})
        return cls(stored["pairs"], stored["nulls"], (slope, offset), stored["made"], dim["pairs"], dim["nulls"])

    def without(self, *names: str) -> Weights:
        """The same with some cues switched off."""
        return replace(
            self,
            pairs={name: 0.0 if name in names else value for name, value in self.pairs.items()},
            nulls={name: 0.0 if name in names else value for name, value in self.nulls.items()},
            dim_pairs={name: value for name, value in self.dim_pairs.items() if name not in names},
            dim_nulls={name: value for name, value in self.dim_nulls.items() if name not in names},
        )

    def at(self, dimness: float) -> Weights:
        """The weights for a document in which the vectors tell so much less than usual (`align.aligner.acuity`)."""
        if not dimness:
            return self
        return replace(
            self,
            pairs={name: value + dimness * self.dim_pairs.get(name, 0.0) for name, value in self.pairs.items()},
            nulls={name: value + dimness * self.dim_nulls.get(name, 0.0) for name, value in self.nulls.items()},
        )

    @property
    def gap(self) -> Gap:
        """What a run of nulls costs besides."""
        return Gap(opening=0.0, extension=self.nulls["null_run"])

    def confidence(self, probability: float) -> float:
        """The share of beads with this posterior that are right on human gold."""
        clipped = min(max(probability, 1e-6), 1 - 1e-6)
        logit = self.calibration[0] * math.log(clipped / (1 - clipped)) + self.calibration[1]
        return 1 / (1 + math.exp(-logit))


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the package."""
    return Weights.read(Path(__file__).with_name("weights.json"))


def pair_scores(pair: Pair, band: Band, weights: Mapping[str, float]) -> Floats32:
    """Log-scores of the two-sided beads of all shapes that end in the cells of a band.

    Returns:
        An array of shape ``(len(SHAPES), cells)``, cells as in `Band.positions`; `IMPOSSIBLE` where a bead does not
        fit into the lattice or must not be.
    """
    starts = [*_block_starts(band), band.rows]
    found = np.empty((len(SHAPES), band.cells), dtype=np.float32)
    edges = np.concatenate([[0], np.cumsum(band.width)])
    for start, stop in pairwise(starts):
        _score(Block(pair, band, start, stop), weights, found[:, edges[start] : edges[stop]])
    return found


def _score(block: Block, weights: Mapping[str, float], out: Floats32) -> None:
    """Fill in the scores of the cells of a block."""
    shapeless = _sum(block, (1, 1), weights, SHAPELESS)
    shaped = CUES.keys() - SHAPELESS
    for k, (a, b) in enumerate(SHAPES):
        out[k] = np.where(block.possible(a, b), _sum(block, (a, b), weights, shaped) + shapeless, IMPOSSIBLE)


def _sum(block: Block, shape: tuple[int, int], weights: Mapping[str, float], names: AbstractSet[str]) -> Floats32:
    total = np.zeros(len(block.row), dtype=np.float32)
    constant = 0.0
    for name, weight in weights.items():
        value = CUES[name](block, *shape) if weight and name in names else 0.0
        if isinstance(value, float):
            constant += weight * value
        else:
            total += weight * value
    total += np.float32(constant)
    return total


def _block_starts(band: Band) -> Iterator[int]:
    """First rows of blocks whose rectangle, all rows by all columns, is not too large."""
    start, left, right = 0, int(band.first[0]), int(band.first[0] + band.width[0])
    yield start
    for row, (first, width) in enumerate(zip(band.first.tolist(), band.width.tolist(), strict=True)):
        right = max(right, first + width)
        if row > start and (row + 1 - start) * (right - left) > _BLOCK:
            start, left, right = row, first, first + width
            yield start


Parts = tuple[Floats32, Floats, Floats]
"""Scores of two-sided beads and of leaving each source and target sentence alone, as `lattice.Scores.of` takes them."""


def scores(pair: Pair, band: Band, weights: Weights) -> Parts:
    """The scores of two-sided beads and of nulls, before anything is known of the document's habits.

    What a lexicon says is among them where the pair has it.
    """
    return pair_scores(pair, band, weights.pairs), null_scores(pair, 0, weights), null_scores(pair, 1, weights)


def lexical_scores(pair: Pair, band: Band, weights: Weights) -> Floats32:
    """What a lexicon adds to the scores of two-sided beads, as `pair_scores` gives them."""
    return pair_scores(pair, band, {name: weights.pairs[name] for name in weights.pairs if name in LEXICAL})


def with_habits(parts: Parts, pair: Pair, known: Habits, weights: Weights) -> Parts:
    """The same with what the document's habits say."""
    beads, source, target = parts
    shapes, null = leanings(known, weights)
    return beads + shapes[:, None], source + null * ~pair.source.aside, target + null * ~pair.target.aside


def leanings(known: Habits, weights: Weights) -> tuple[Floats32, float]:
    """What a document's habits say of the two-sided beads of each of `SHAPES`, and of a null."""
    shapes = [leaning(known, weights.pairs, PAIR_HABITS, a, b) for a, b in SHAPES]
    return np.array(shapes, dtype=np.float32), leaning(known, weights.nulls, NULL_HABITS, 1, 0)


def null_scores(pair: Pair, side: int, weights: Weights) -> Floats:
    """The scores of leaving each sentence of one side alone, shape ``(n,)``."""
    values = null_cues(pair, side)
    total: Floats = np.sum([weights.nulls.get(name, 0.0) * value for name, value in values.items()], axis=0)
    return total


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
