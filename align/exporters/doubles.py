"""Which of several pairs with the same source, or with the same texts, stays in a memory."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def winners(pairs: Iterable[tuple[str, str]], sure: Sequence[float]) -> tuple[list[int], list[int]]:
    """The pair that stays instead of each: that of the commonest target, then the surest, then the first.

    Args:
        pairs: source and target text of each pair.
        sure: confidence of each.

    Returns:
        For each pair the index of the one that stays for its source, and of the one that stays for both its texts.
    """
    sources: dict[str, int] = {}
    targets: dict[str, int] = {}
    both: dict[int, int] = {}
    source_of, pair_of = [], []
    for source, target in pairs:
        first = sources.setdefault(key(source), len(sources))
        second = targets.setdefault(key(target), len(targets))
        source_of.append(first)
        # One number for two: a tuple would take three times the memory.
        pair_of.append(both.setdefault(first << 32 | second, len(both)))
    count = [0] * len(both)
    for pair in pair_of:
        count[pair] += 1
    best_pair = _first_of_best(pair_of, sure, len(both))
    ranks = [(count[pair], confidence) for pair, confidence in zip(pair_of, sure, strict=True)]
    best_source = _first_of_best(source_of, ranks, len(sources))
    return [best_source[at] for at in source_of], [best_pair[at] for at in pair_of]


def _first_of_best(
    groups: Sequence[int], ranks: Sequence[float] | Sequence[tuple[int, float]], count: int
) -> list[int]:
    """For each of `count` groups the first member of the highest rank."""
    best = [-1] * count
    for at, group in enumerate(groups):
        if best[group] < 0 or ranks[at] > ranks[best[group]]:  # type: ignore[operator]
            best[group] = at
    return best


def key(text: str) -> str:
    """What makes two texts the same: OmegaT compares after composing (NFC), so ``й`` twice is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
