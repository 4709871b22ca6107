"""`score`: judge the units of a memory, block by block."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from align.encoder import load_encoder
from align.encoder.protocol import SpanEncoder
from align.errors import ModelError
from align.memory.scoring.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.memory.entries import Entry

Floats = npt.NDArray[np.float64]

BLOCK: Final = 2_000
"""Units that are compared with each other."""
_WEIGHTS: Final = Path(__file__).with_name("weights.json")
_SPREAD: Final = 5.0
"""Standard deviations beyond which a cue says no more."""
_CURVE: Final = 0.3

REASONS: Final[Mapping[str, str]] = {
    "likeness": "the texts mean different things",
    "likeness_usual": "the texts mean different things",
    "cosine": "the texts mean different things",
    "lead_of_source": "another target fits the source better",
    "lead_of_target": "another source fits the target better",
    "exchange": "two units seem to have exchanged their targets",
    "neighbour_targets": "the target of a neighbour fits better",
    "neighbour_sources": "the source of a neighbour fits better",
    "without_neighbour": "a text seems to hold that of a neighbour too",
    "with_neighbour": "a part seems to stand in the unit beside",
    "length_unusual": "the lengths differ",
    "length_ratio": "the lengths differ",
    "too_short": "the target is too short",
    "too_long": "the target is too long",
    "lone_numbers": "the numbers differ",
    "letters": "names differ",
    "source_covered": "words of the source have no counterpart",
    "source_covered_usual": "words of the source have no counterpart",
    "source_worst": "a part of the source has no counterpart",
    "target_covered": "words of the target have no counterpart",
    "target_covered_usual": "words of the target have no counterpart",
    "target_worst": "a part of the target has no counterpart",
    "source_less": "a part of the source seems to be too much",
    "target_less": "a part of the target seems to be too much",
}
"""What a cue says when it speaks against a unit."""


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic model over the cues.

    Attributes:
        bias: log-odds of a unit whose cues are all usual.
        linear: weight of each cue, standardised.
        below: weight of its square where it is below the mean.
        above: weight of its square where it is above the mean.
        threshold: probability from which 95 % of what was found in the learning half was bad.
    """

    bias: float
    linear: Floats
    below: Floats
    above: Floats
    threshold: float = 0.5

    def terms(self, usual: Floats) -> Floats:
        """What each cue adds to the log-odds, shape ``(n, cues)``."""
        low, high = np.minimum(usual, 0.0), np.maximum(usual, 0.0)
        terms: Floats = usual * self.linear + _CURVE * (low**2 * self.below + high**2 * self.above)
        return terms


@dataclass(frozen=True, slots=True)
class Judge:
    """What was learnt of good and bad units.

    Attributes:
        names: of the cues, in the order of all arrays.
        means: of each cue over good and bad units.
        deviations: standard deviation of each cue.
        misaligned: tells texts that do not belong together.
        partial: tells texts of which one holds only a part of the other, or something more.
        made: how and from what this was learnt, one line.
    """

    names: tuple[str, ...]
    means: Floats
    deviations: Floats
    misaligned: Head
    partial: Head
    made: str = ""

    @property
    def name(self) -> str:
        """Eight hexadecimal digits that change with any weight, for signatures."""
        heads = [[each.bias, each.linear.tolist()] for each in (self.misaligned, self.partial)]
        return f"{zlib.crc32(json.dumps([list(self.names), heads]).encode()):08x}"

    @classmethod
    def read(cls, path: Path) -> Judge:
        """Read what `align.training.judge` wrote."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        names = tuple(stored["cues"])
        columns = np.array([stored["cues"][name] for name in names], dtype=np.float64)
        heads = [_head(stored[name], names) for name in ("misaligned", "partial")]
        return cls(names, columns[:, 0], columns[:, 1], heads[0], heads[1], stored["made"])

    def usual(self, cues: Mapping[str, Floats]) -> Floats:
        """The cues in standard deviations from their means, shape ``(n, cues)``."""
        values = np.stack([cues[name] for name in self.names], axis=1)
        usual: Floats = np.clip((values - self.means) / self.deviations, -_SPREAD, _SPREAD)
        return usual

    def judge(self, sources: Sequence[str], targets: Sequence[str], encoder: SpanEncoder) -> list[Judgement]:
        """Judge a block of pairs in the order of their memory; one pair alone cannot be judged by others."""
        if not sources:
            return []
        alone = len(sources) == 1
        # A pair alone is set beside an empty one: then only its own cues speak.
        first, second = ([*side, ""] if alone else list(side) for side in (sources, targets))
        usual = self.usual(evidence(first, second, encoder))
        odds = [(head, head.terms(usual)) for head in (self.misaligned, self.partial)]
        chances = [1 / (1 + np.exp(-np.clip(head.bias + terms.sum(axis=1), -30, 30))) for head, terms in odds]
        return [
            Judgement(
                float(chances[0][at]),
                float(chances[1][at]),
                self._reason(at, chances, odds),
                any(bool(each[at] >= head.threshold) for each, (head, _) in zip(chances, odds, strict=True)),
            )
            for at in range(len(sources))
        ]

    def _reason(self, at: int, chances: Sequence[Floats], odds: Sequence[tuple[Head, Floats]]) -> str:
        """What speaks most against the unit."""
        terms = odds[int(chances[1][at] > chances[0][at])][1][at]
        for number in np.argsort(-terms).tolist():
            if self.names[number] in REASONS:
                return REASONS[self.names[number]] if terms[number] > 0 else ""
        return ""


def _head(stored: Mapping[str, Any], names: tuple[str, ...]) -> Head:
    columns = np.array([stored["weights"][name] for name in names], dtype=np.float64)
    return Head(float(stored["bias"]), columns[:, 0], columns[:, 1], columns[:, 2], float(stored["threshold"]))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one unit.

    Attributes:
        misaligned: probability that the texts do not belong together.
        partial: probability that one holds only a part of the other, or something more.
        reason: what speaks most against the unit, for people; empty where nothing does.
        bad: whether one of the two is so high that 19 of 20 such units are wrong.
    """

    misaligned: float
    partial: float
    reason: str = ""
    bad: bool = False

    @property
    def score(self) -> float:
        """How likely the unit is good, from 0 to 1."""
        return (1 - self.misaligned) * (1 - self.partial)


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with the worst judgement of its translations."""

    entry: Entry
    judgement: Judgement


@lru_cache(maxsize=1)
def shipped_judge() -> Judge:
    """What comes with the package."""
    return Judge.read(_WEIGHTS)


def score(entries: Iterable[Entry], source: str, *, encoder: SpanEncoder | None = None) -> Iterator[Scored]:
    """Judge each entry of a memory among its neighbours, block by block, in constant memory.

    Args:
        entries: clean ones in the order of their memory, which is evidence too.
        source: the source language; its variant is held against each other one.
        encoder: embeds texts; the shipped model if not given.

    Raises:
        ModelError: the encoder cannot embed, or gives no vectors that may be added up.
    """
    used = encoder or load_encoder()
    if not isinstance(used, SpanEncoder):
        raise ModelError(f"{used.name}: scoring needs a static model, whose vectors may be added up")
    judge, rest = shipped_judge(), iter(entries)
    while block := list(islice(rest, BLOCK)):
        yield from _score_block(block, source, judge, used)


def _score_block(block: list[Entry], source: str, judge: Judge, encoder: SpanEncoder) -> Iterator[Scored]:
    pairs: dict[str, list[tuple[int, str, str]]] = {}
    for at, entry in enumerate(block):
        first = entry.variant(source) or entry.variants[0]
        for other in entry.variants:
            if other is not first:
                pairs.setdefault(f"{first.lang}\t{other.lang}", []).append((at, first.text, other.text))
    worst: dict[int, Judgement] = {}
    for rows in pairs.values():
        found = judge.judge([row[1] for row in rows], [row[2] for row in rows], encoder)
        for (at, _, _), judgement in zip(rows, found, strict=True):
            if at not in worst or judgement.score < worst[at].score:
                worst[at] = judgement
    for at, entry in enumerate(block):
        yield Scored(entry, worst[at])
