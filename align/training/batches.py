"""Which pairs are learnt from together: any, or those that are alike.

Every other pair of a batch is a negative, and one that has nothing in common with the right one teaches little.
Batches of pairs whose English sides are alike, in one language, hold the confusions that an aligner meets. They are
found as a random projection tree finds neighbours (Dasgupta & Freund 2008): the pairs are halved at the median along a
random direction, each half along the next one, until a part is as small as a batch. Directions are drawn anew in each
epoch, so that the borders fall elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.encoder.vectors import normalise
from align.training.pooling import run_sums

if TYPE_CHECKING:
    from align.training.ragged import Numbers, Ragged

Rows = npt.NDArray[np.float32]

DIRECTIONS = 32
"""Random directions that texts are compared along."""


def epoch(weight: npt.NDArray[np.float64], random: np.random.Generator) -> Numbers:
    """The pairs of an epoch in random order, each as often as its weight says, on average."""
    whole, part = np.divmod(weight, 1)
    copies = whole.astype(np.int64) + (random.random(len(part)) < part)
    return random.permutation(np.repeat(np.arange(len(copies)), copies))


def directions(texts: Ragged, table: Rows, random: np.random.Generator) -> Rows:
    """Where each text points, seen along random directions.

    Args:
        texts: piece numbers.
        table: a row a piece, shape ``(pieces, dimension)``.
        random: what directions are drawn with.

    Returns:
        Shape ``(texts, DIRECTIONS)``; rows have unit length.
    """
    seen = table @ random.standard_normal((table.shape[1], DIRECTIONS), dtype=np.float32)
    sums = run_sums(seen, texts.values, np.diff(texts.starts))
    return normalise(sums)


def alike(pairs: Numbers, group: Numbers, where: Rows, size: int) -> Numbers:
    """Put pairs in an order in which neighbours are alike.

    Args:
        pairs: numbers of pairs, in random order.
        group: of each of `pairs`; different ones stay apart.
        where: of each of `pairs`, see `directions`.
        size: parts of so many pairs are not halved any more.

    Returns:
        `pairs` in another order; pairs of a part keep theirs.
    """
    node = np.unique(group, return_inverse=True)[1].astype(np.int64)
    for level in range(where.shape[1]):
        count = np.bincount(node)
        if count.max(initial=0) <= size:
            break
        order = np.lexsort((where[:, level], node))
        rank = np.empty(len(node), np.int64)
        rank[order] = np.arange(len(node)) - np.repeat(np.cumsum(count) - count, count)
        upper = (rank >= count[node] // 2) & (count[node] > size)
        node = np.unique(2 * node + upper, return_inverse=True)[1].astype(np.int64)
    return pairs[np.argsort(node, kind="stable")]
