"""How often the encoder finds the translation of a sentence: P@1 by margin, and among neighbours.

    python benchmarks/retrieval.py GOLD_DIRECTORY [--model DIR] [--bitext DIR]

Reads the plain 1-1 beads of gold alignment sets (JSON lines, gzipped). Each figure is printed with
its set and the number of candidates.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

NEIGHBOURS = 4
"""Neighbours that the margin averages over (Artetxe & Schwenk 2019)."""

WINDOW = 10
"""Sentences around the right one that it is told apart from."""

SETS = ("wmt21", "ntrex-omit", "bible-dev", "textberg-dev", "mac-dev", "hunalign-hu-en")


@dataclass(frozen=True, slots=True)
class Beads:
    """The 1-1 beads of one set and language pair.

    Attributes:
        source: source sentences.
        target: their translations, row by row.
        document: number of the document each comes from.
    """

    source: list[str]
    target: list[str]
    document: list[int]


def margins(source: Vectors, target: Vectors, neighbours: int = NEIGHBOURS) -> Vectors:
    """Ratio margins: cosine over the mean cosine of both texts to their nearest neighbours.

    Returns:
        An array of shape ``(len(source), len(target))``.
    """
    cosine = source @ target.T
    count = min(neighbours, *cosine.shape)
    forward = np.sort(np.partition(cosine, -count, axis=1)[:, -count:], axis=1).mean(axis=1)
    backward = np.sort(np.partition(cosine, -count, axis=0)[-count:], axis=0).mean(axis=0)
    return cosine / np.maximum((forward[:, None] + backward) / 2, 1e-6)


def precision_at_1(source: Vectors, target: Vectors) -> float:
    """Share of sentences whose best margin is their translation, both directions averaged."""
    score = margins(source, target)
    own = np.arange(len(score))
    return float(((score.argmax(axis=1) == own).mean() + (score.argmax(axis=0) == own).mean()) / 2)


def among_neighbours(source: Vectors, target: Vectors, document: Sequence[int]) -> float:
    """Share of sentences more like their translation than like any of the ten around it."""
    right = total = 0
    documents = np.asarray(document)
    for at in range(len(source)):
        near = np.arange(max(0, at - WINDOW // 2), min(len(target), at + WINDOW // 2 + 1))
        near = near[documents[near] == documents[at]]
        for one, others in ((source[at], target[near]), (target[at], source[near])):
            right += near[(others @ one).argmax()] == at
            total += 1
    return right / total


def read_beads(path: Path) -> dict[str, Beads]:
    """The 1-1 beads of a gold set by language pair, such as ``ru-en``."""
    found: dict[str, Beads] = defaultdict(lambda: Beads([], [], []))
    for number, document in enumerate(_documents(path)):
        source, target = document["source"], document["target"]
        beads = found[f"{source['lang']}-{target['lang']}"]
        for left, right in document["beads"]:
            if len(left) == len(right) == 1:
                beads.source.append(source["sentences"][left[0]])
                beads.target.append(target["sentences"][right[0]])
                beads.document.append(number)
    return dict(found)


def measure(gold: Path, embed: Embed, limit: int = 2002) -> dict[str, dict[str, float]]:
    """All figures: ``{"wmt21 ru-en": {"candidates": 2002, "p@1": …, "neighbours": …}}``."""
    figures = {}
    for name in SETS:
        path = gold / f"{name}.jsonl.gz"
        if not path.exists():
            continue
        for pair, beads in sorted(read_beads(path).items()):
            source, target = embed(beads.source[:limit]), embed(beads.target[:limit])
            figures[f"{name} {pair}"] = {
                "candidates": float(len(source)),
                "p@1": precision_at_1(source, target),
                "neighbours": among_neighbours(source, target, beads.document[:limit]),
            }
    return figures


def _documents(path: Path) -> Iterator[dict[str, dict[str, list[str]]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Print the figures of a model directory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", help="a model directory; the shipped one without")
    options = parser.parse_args()
    from align.encoder import load_encoder

    encoder = load_encoder(options.model)
    print(f"model {encoder.name} | margin k={NEIGHBOURS} | 1-1 beads")
    for name, row in measure(options.gold, encoder.encode).items():
        print(f"{name:28} n={row['candidates']:.0f} P@1 {row['p@1']:.3f} neighbours {row['neighbours']:.4f}")


if __name__ == "__main__":
    main()
