"""Choosing pairs one to one, and how sure each is."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.matching.evidence import Evidence


def assign(evidence: Iterable[Evidence], same: tuple[Sequence[str], Sequence[str]]) -> list[tuple[Evidence, float]]:
    """Choose pairs so that no document is in two, the likeliest first (competitive linking).

    Melamed, "Models of translational equivalence among words", Computational Linguistics 26(2), 2000.

    Args:
        evidence: of any number of pairs.
        same: for each document of both sides what is equal for documents of the same text: such are no rivals.

    Returns:
        The pairs, the likeliest first, each with the probability that it is right: against no pair at all, and
        against the pairs of its documents that no likelier pair has ruled out.
    """
    ordered = sorted(evidence, key=lambda each: (-each.nats, each.source, each.target))
    chosen: list[Evidence] = []
    taken: tuple[dict[int, Evidence], dict[int, Evidence]] = ({}, {})
    for each in ordered:
        if each.source not in taken[0] and each.target not in taken[1]:
            taken[0][each.source] = taken[1][each.target] = each
            chosen.append(each)
    rivals: defaultdict[Evidence, list[float]] = defaultdict(list)
    for each in ordered:
        first, second = taken[0].get(each.source), taken[1].get(each.target)
        for winner, other in ((first, second), (second, first)):
            if winner is None or winner is other or _alike(winner, each, same):
                continue
            if other is None or other.nats <= each.nats + math.log(2):
                rivals[winner].append(each.nats)
    return [(each, _chance(each.nats, rivals[each])) for each in chosen]


def _alike(one: Evidence, other: Evidence, same: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether two pairs are of the same texts."""
    return same[0][one.source] == same[0][other.source] and same[1][one.target] == same[1][other.target]


def _chance(nats: float, rivals: Sequence[float]) -> float:
    return 1.0 / (1.0 + math.exp(-nats) + sum(math.exp(rival - nats) for rival in rivals))
