"""Dictionary entries put together in bundles, so that they can be learnt from like sentences.

An entry alone is short and rarely the only right one: *storm* stands beside *tempest* in the same batch as a negative.
A few entries together, drawn at random, are told from others by all of their words.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np

from align.training.bitext import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROUNDS: Final = 4
"""Bundles that an entry is in."""

_SEED: Final = 5


def bundle(pairs: Iterable[Pair], sizes: tuple[int, int]) -> Iterator[Pair]:
    """Replace dictionary entries by bundles of them; other pairs come first, as they are.

    Args:
        pairs: of any sources.
        sizes: fewest and most entries in a bundle.

    Yields:
        Pairs of one source each. An entry comes in `ROUNDS` bundles, with others each time.
    """
    entries = []
    for pair in pairs:
        if pair.is_entry:
            entries.append(pair)
        else:
            yield pair
    random = np.random.default_rng(_SEED)
    for _, found in groupby(entries, key=lambda pair: pair.source.file):
        source = list(found)
        for _ in range(ROUNDS):
            yield from _round(source, sizes, random)


def _round(entries: Sequence[Pair], sizes: tuple[int, int], random: np.random.Generator) -> Iterator[Pair]:
    order = random.permutation(len(entries))
    start = 0
    while start < len(order):
        size = int(random.integers(sizes[0], sizes[1] + 1))
        chosen = [entries[at] for at in order[start : start + size]]
        yield Pair("; ".join(p.foreign for p in chosen), "; ".join(p.english for p in chosen), chosen[0].source)
        start += size
