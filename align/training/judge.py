"""Learn what a bad unit looks like, from good memories with bad units planted in them.

``python -m align.training.judge --gold DIR --out align/memory/scoring/weights.json``

The good units are the 1-1 beads of human gold; every other document is learnt from, the rest is for measuring
(``benchmarks/memory_scoring.py``). Nothing is random but by a fixed seed.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import click
import numpy as np
import numpy.typing as npt

from align.encoder import load_encoder
from align.encoder.protocol import SpanEncoder
from align.memory.scoring.evidence import evidence
from align.memory.scoring.judging import BLOCK
from align.training.gold import read_gold
from align.types import Segmented

Floats = npt.NDArray[np.float64]
Pair = tuple[str, str]
Kind = Literal["swap", "neighbour", "half", "appended"]

KINDS: Final[tuple[Kind, ...]] = ("swap", "neighbour", "half", "appended")
MISALIGNED: Final[frozenset[Kind]] = frozenset({"swap", "neighbour"})
PARTIAL: Final[frozenset[Kind]] = frozenset({"half", "appended"})
SETS: Final = ("wmt21", "ntrex-omit", "bible-dev", "textberg-dev", "mac-dev", "hunalign-hu-en")
FOREIGN: Final = frozenset({"hu", "kk"})
"""Languages that the shipped model has not seen: measured, not learnt from."""

_RIDGE: Final = 3.0
_CURVE: Final = 0.3
_SPREAD: Final = 5.0
_PRECISION: Final = 0.95
_SHARE: Final = 0.1
"""Of the units, so many are made bad: half of them misaligned, half partial."""
_FEWEST: Final = 100
_SPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class GoodMemory:
    """The 1-1 beads of a set in one pair of languages, in order.

    Attributes:
        name: set and languages.
        languages: of both sides.
        learnt: whether it is for learning, else for measuring.
        pairs: the texts.
    """

    name: str
    languages: tuple[str, str]
    learnt: bool
    pairs: tuple[Pair, ...]


def good_memories(gold: Path, sets: Sequence[str] = SETS) -> Iterator[GoodMemory]:
    """Every other document of each set and pair of languages for learning, the others for measuring.

    A set of one document is cut in the middle.
    """
    for name in sets:
        documents: dict[tuple[str, str], list[list[Pair]]] = {}
        for each in read_gold(gold / f"{name}.jsonl.gz"):
            languages = (each.source.document.lang, each.target.document.lang)
            beads = (b for b in each.beads if len(b.source) == len(b.target) == 1)
            pairs = [(_text(each.source, b.source[0]), _text(each.target, b.target[0])) for b in beads]
            documents.setdefault(languages, []).append([pair for pair in pairs if all(pair)])
        for languages, found in sorted(documents.items()):
            parts = found if len(found) > 1 else [found[0][: len(found[0]) // 2], found[0][len(found[0]) // 2 :]]
            for half in (0, 1):
                pairs = [pair for part in parts[half::2] for pair in part]
                if len(pairs) >= _FEWEST:
                    label = f"{name} {'-'.join(languages)}"
                    yield GoodMemory(label, languages, half == 0, tuple(pairs))


def _text(side: Segmented, index: int) -> str:
    return " ".join(side.sentences[index].text.split())


def plant(
    pairs: Sequence[Pair], kinds: Sequence[Kind], share: float, seed: int
) -> tuple[list[Pair], list[Kind | None]]:
    """Make some units bad.

    `swap`: two units exchange their targets; `neighbour`: two that stand side by side do; `half`: half of the
    target's words is missing; `appended`: the target of the next unit follows. Units made bad do not touch.

    Args:
        pairs: good units in order.
        kinds: what to plant, in equal parts of all units.
        share: of the units, how many are made bad.
        seed: of what is random.

    Returns:
        The units, and for each what was done to it.
    """
    chance, made = random.Random(seed), [*pairs]  # noqa: S311  # a seed is what is wanted
    marks: list[Kind | None] = [None] * len(pairs)
    wanted = round(len(pairs) * share / len(kinds))
    for kind in kinds:
        count = tries = 0
        while count < wanted and tries < 50 * len(pairs):
            tries += 1
            at = chance.randrange(len(pairs) - 1)
            for changed, text in _spoilt(pairs, at, kind, chance, marks).items():
                made[changed], marks[changed] = (pairs[changed][0], text), kind
                count += 1
    return made, marks


def _spoilt(
    pairs: Sequence[Pair], at: int, kind: Kind, chance: random.Random, marks: Sequence[Kind | None]
) -> dict[int, str]:
    """New targets by number; empty where it cannot be done there."""
    other = at + 1 if kind != "swap" else chance.randrange(len(pairs))
    if marks[at] or marks[other] or at == other or pairs[at][1] == pairs[other][1] or pairs[at][0] == pairs[other][0]:
        return {}
    if kind in MISALIGNED:
        return {at: pairs[other][1], other: pairs[at][1]}
    if kind == "appended":
        glue = "" if _SPACED.search(pairs[at][1]) else " "
        return {at: f"{pairs[at][1]}{glue}{pairs[other][1]}"}
    half = _half(pairs[at][1], chance)
    return {at: half} if half else {}


def _half(text: str, chance: random.Random) -> str:
    words = text.split()
    if len(words) > 3:  # noqa: PLR2004
        middle = len(words) // 2
        return " ".join(words[:middle] if chance.random() < 0.5 else words[middle:])  # noqa: PLR2004
    if _SPACED.search(text) and len(text) > 5:  # noqa: PLR2004
        middle = len(text) // 2
        return text[:middle] if chance.random() < 0.5 else text[middle:]  # noqa: PLR2004
    return ""


@dataclass(frozen=True, slots=True)
class Examples:
    """Units with their cues.

    Attributes:
        names: of the cues.
        cues: shape ``(n, cues)``.
        marks: what was done to each.
        weights: so that each memory counts about as much, shape ``(n,)``.
        memories: number of the memory that each is from.
    """

    names: tuple[str, ...]
    cues: Floats
    marks: npt.NDArray[np.str_]
    weights: Floats
    memories: npt.NDArray[np.int64]


def examples(memories: Sequence[GoodMemory], encoder: SpanEncoder, seeds: Sequence[int]) -> Examples:
    """Plant bad units in each memory, once a seed, and look at all units."""
    rows: list[Floats] = []
    marks: list[str] = []
    weights: list[float] = []
    owners: list[int] = []
    names: tuple[str, ...] = ()
    for number, memory in enumerate(memories):
        for seed in seeds:
            made, done = plant(memory.pairs, KINDS, _SHARE, seed)
            found = cues_of(made, encoder)
            names = tuple(found)
            rows.append(np.stack(list(found.values()), axis=1))
            marks += [mark or "good" for mark in done]
            weights += [len(done) ** -0.5] * len(done)
            owners += [number] * len(done)
        click.echo(f"{memory.name}: {len(memory.pairs)} units", err=True)
    scale = np.array(weights)
    return Examples(names, np.concatenate(rows), np.array(marks), scale / scale.mean(), np.array(owners))


def cues_of(pairs: Sequence[Pair], encoder: SpanEncoder) -> Mapping[str, Floats]:
    """The cues of a memory, block by block as `align.memory.score` has them."""
    blocks = [pairs[start : start + BLOCK] for start in range(0, len(pairs), BLOCK)]
    found = [evidence([a for a, _ in block], [b for _, b in block], encoder) for block in blocks]
    return {name: np.concatenate([each[name] for each in found]) for name in found[0]}


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic model.

    Attributes:
        bias: log-odds where all cues are at their means.
        weights: linear, below and above for each cue, shape ``(3, cues)``.
    """

    bias: float
    weights: Floats

    def chances(self, columns: Floats) -> Floats:
        """Probabilities that units are bad, shape ``(n,)``."""
        odds = self.bias + columns[:, 1:] @ self.weights.reshape(-1)
        chances: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        return chances


def standardise(cues: Floats, means: Floats, deviations: Floats) -> Floats:
    """Cues in standard deviations, and the squares of what is below and above the mean."""
    usual = np.clip((cues - means) / deviations, -_SPREAD, _SPREAD)
    squares = [_CURVE * np.minimum(usual, 0) ** 2, _CURVE * np.maximum(usual, 0) ** 2]
    columns: Floats = np.concatenate([np.ones((len(usual), 1)), usual, *squares], axis=1)
    return columns


def fit(columns: Floats, bad: npt.NDArray[np.bool_], weights: Floats) -> Fitted:
    """Logistic regression with a ridge, by Newton's method."""
    found = np.zeros(columns.shape[1])
    ridge = _RIDGE * np.eye(len(found))
    ridge[0, 0] = 1e-6
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found, -30, 30)))
        slope = columns.T @ (weights * (chance - bad)) + ridge @ found
        curve = (columns * (weights * chance * (1 - chance))[:, None]).T @ columns + ridge
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:  # noqa: PLR2004
            break
    return Fitted(float(found[0]), found[1:].reshape(3, -1))


def threshold(columns: Floats, bad: npt.NDArray[np.bool_], weights: Floats, owners: npt.NDArray[np.int64]) -> float:
    """Probability from which 95 % of the units found are bad, each memory judged by what the others teach."""
    chances = np.zeros(len(bad))
    for owner in np.unique(owners):
        mine = owners == owner
        chances[mine] = fit(columns[~mine], bad[~mine], weights[~mine]).chances(columns[mine])
    return recall_at(chances, bad)[1]


def recall_at(chance: Floats, bad: npt.NDArray[np.bool_], precision: float = _PRECISION) -> tuple[float, float]:
    """Share of the bad units that are found where so many of those found are bad, and the threshold for it."""
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(bad[order])
    good = np.flatnonzero(hits / np.arange(1, len(order) + 1) >= precision)
    if not len(good) or not bad.any():
        return 0.0, 1.0
    return float(hits[good[-1]] / bad.sum()), float(chance[order][good[-1]])


def learn(gold: Path, encoder: SpanEncoder, seeds: Sequence[int]) -> str:
    """The JSON that `align.memory.scoring.judging.Judge.read` reads."""
    memories = [each for each in good_memories(gold) if each.learnt and not FOREIGN & {*each.languages}]
    seen = examples(memories, encoder, seeds)
    means, deviations = seen.cues.mean(axis=0), seen.cues.std(axis=0) + 1e-6
    stored: dict[str, object] = {
        "made": f"model {encoder.name}; {len(seen.marks)} units with {_SHARE:.0%} planted, every other document of "
        + ", ".join(dict.fromkeys(each.name for each in memories)),
        "cues": {
            name: [round(float(m), 5), round(float(d), 5)]
            for name, m, d in zip(seen.names, means, deviations, strict=True)
        },
    }
    columns = standardise(seen.cues, means, deviations)
    for label, kinds in (("misaligned", MISALIGNED), ("partial", PARTIAL)):
        chosen = np.isin(seen.marks, ["good", *kinds])
        part = (columns[chosen], seen.marks[chosen] != "good", seen.weights[chosen])
        fitted = fit(*part)
        stored[label] = {
            "bias": round(fitted.bias, 4),
            "threshold": round(threshold(*part, seen.memories[chosen]), 4),
            "weights": {
                name: [round(float(w), 4) for w in fitted.weights[:, at]] for at, name in enumerate(seen.names)
            },
        }
    return json.dumps(stored, indent=1) + "\n"


@click.command()
@click.option("--gold", type=click.Path(path_type=Path, exists=True), required=True, help="Directory of gold sets.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--seeds", default=3, show_default=True, help="How often bad units are planted in each memory.")
def main(gold: Path, out: Path, seeds: int) -> None:
    """Learn the weights of `align memory score`."""
    encoder = load_encoder()
    if not isinstance(encoder, SpanEncoder):
        raise click.UsageError("the shipped model is no static one")
    out.write_text(learn(gold, encoder, range(seeds)), encoding="utf-8")


if __name__ == "__main__":
    main()
