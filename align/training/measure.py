"""Measures how well an encoder finds translations: by margin among many, and among neighbours."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured on one set and language pair.

    Attributes:
        candidates: sentences a side.
        first: share whose best margin is their translation, both directions averaged (P@1).
        neighbours: share told apart from the ten sentences around them, by cosine.
        by_margin: the same by ratio margin, whose neighbourhoods are those of the whole set: what an
            aligner goes by, and what does not fall for a sentence that is like all others.
    """

    candidates: int
    first: float
    neighbours: float
    by_margin: float


def margins(source: Vectors, target: Vectors, neighbours: int = NEIGHBOURS) -> Vectors:
    """Ratio margins: cosine over the mean cosine of both texts to their nearest neighbours.

    Returns:
        An array of shape ``(len(source), len(target))``.
    """
    cosine = source @ target.T
    count = min(neighbours, *cosine.shape)
    forward = np.partition(cosine, -count, axis=1)[:, -count:].mean(axis=1)
    backward = np.partition(cosine, -count, axis=0)[-count:].mean(axis=0)
    return np.asarray(cosine / np.maximum((forward[:, None] + backward) / 2, 1e-6), dtype=np.float32)


def precision_at_1(score: Vectors) -> float:
    """Share of sentences whose best score is their translation's, both directions averaged.

    Args:
        score: shape ``(n, n)``; sentence ``i`` of one side translates ``i`` of the other.
    """
    own = np.arange(len(score))
    return float(((score.argmax(axis=1) == own).mean() + (score.argmax(axis=0) == own).mean()) / 2)


def among_neighbours(score: Vectors, document: Sequence[int]) -> float:
    """Share of sentences whose translation scores above each of the ten sentences around it.

    Args:
        score: shape ``(n, n)``, as for `precision_at_1`.
        document: number of the document each sentence comes from.
    """
    right = 0
    documents = np.asarray(document)
    for at in range(len(score)):
        near = np.arange(max(0, at - WINDOW // 2), min(len(score), at + WINDOW // 2 + 1))
        near = near[documents[near] == documents[at]]
        right += int(near[score[at, near].argmax()] == at)
        right += int(near[score[near, at].argmax()] == at)
    return right / max(1, 2 * len(score))


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


def figure(beads: Beads, embed: Embed, limit: int = 2002) -> Figure:
    """Measure on the first `limit` of `beads`."""
    source, target = embed(beads.source[:limit]), embed(beads.target[:limit])
    documents = beads.document[:limit]
    margin = margins(source, target)
    near = among_neighbours(source @ target.T, documents)
    return Figure(len(source), precision_at_1(margin), near, among_neighbours(margin, documents))


def measure(gold: Path, embed: Embed) -> dict[str, Figure]:
    """Measure on every set found in `gold`: ``{"wmt21 ru-en": Figure(…), …}``."""
    paths = [gold / f"{name}.jsonl.gz" for name in SETS]
    return {
        f"{path.name.removesuffix('.jsonl.gz')} {pair}": figure(beads, embed)
        for path in paths
        if path.exists()
        for pair, beads in sorted(read_beads(path).items())
    }


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
