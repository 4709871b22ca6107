"""Counting the beads that an alignment and human gold have in common.

Only two-sided beads count, on both sides; nulls show themselves as missing or wrong two-sided ones.

- strict: a bead is right when the other alignment has exactly the same bead (Véronis & Langlais 2000).
- lax: a bead is right when some bead of the other alignment shares a sentence with it on both sides
  (Thompson & Koehn 2019).
- merged: strict, after our beads that lie inside one gold bead are joined; for gold that is coarser than
  sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from align.types import Bead, Score

Link = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of our beads are right and how many gold beads are found; may be added up over documents."""

    right: int = 0
    ours: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Add up counts, as of two documents."""
        return Counts(
            self.right + other.right, self.ours + other.ours, self.found + other.found, self.gold + other.gold
        )

    def score(self, signature: str) -> Score:
        """Precision, recall and their harmonic mean; 0 where nothing was there to count."""
        precision = self.right / self.ours if self.ours else 0.0
        recall = self.found / self.gold if self.gold else 0.0
        both = precision + recall
        return Score(precision, recall, 2 * precision * recall / both if both else 0.0, signature)


def links(beads: Iterable[Bead]) -> list[Link]:
    """The two-sided beads as pairs of sets, each once."""
    pairs = ((frozenset(bead.source), frozenset(bead.target)) for bead in beads if not bead.is_null)
    return list(dict.fromkeys(pairs))


def strict(gold: Iterable[Bead], ours: Iterable[Bead]) -> Counts:
    """Count beads that are exactly the same."""
    first, second = links(gold), links(ours)
    same = len(set(first) & set(second))
    return Counts(same, len(second), same, len(first))


def lax(gold: Iterable[Bead], ours: Iterable[Bead]) -> Counts:
    """Count beads that share a sentence with one of the other alignment on both sides."""
    first, second = links(gold), links(ours)
    return Counts(sum(touching(second, first)), len(second), sum(touching(first, second)), len(first))


def merged(gold: Iterable[Bead], ours: Iterable[Bead]) -> Counts:
    """Count as `strict`, with our beads that lie inside one gold bead joined first."""
    first = links(gold)
    second = joined(first, links(ours))
    same = len(set(first) & set(second))
    return Counts(same, len(second), same, len(first))


def joined(gold: list[Link], ours: list[Link]) -> list[Link]:
    """Our links, those that lie inside one gold link joined into one."""
    holder = {index: link for link in gold for index in link[0]}
    parts: dict[Link, list[Link]] = {}
    for link in ours:
        around = holder.get(min(link[0]), link)
        inside = link[0] <= around[0] and link[1] <= around[1]
        parts.setdefault(around if inside else link, []).append(link)
    return list(dict.fromkeys((_union(p[0] for p in part), _union(p[1] for p in part)) for part in parts.values()))


def _union(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def touching(mine: list[Link], others: list[Link]) -> list[bool]:
    """For each link whether one of the others shares a sentence with it on both sides."""
    by_source: dict[int, list[frozenset[int]]] = {}
    for source, target in others:
        for index in source:
            by_source.setdefault(index, []).append(target)
    return [any(target & other for at in source for other in by_source.get(at, ())) for source, target in mine]
