"""What covers what, compiled: `align.aligner.cover` once more, without making all sentences as long as the longest."""

from __future__ import annotations

import numpy as np

from align.aligner.cover import BEFORE, Strip, Weights
from align.aligner.kernel.machine import kernel
from align.aligner.lattice import Floats32
from align.aligner.tokens import Tokens


def compare(tokens: tuple[Tokens, Tokens], shares: Weights, strip: Strip, likest: Floats32, values: Floats32) -> None:
    """Fill in which share of each sentence of a strip is covered; as `align.aligner.cover.Compare`."""
    source, target = tokens
    columns = target.within(strip.columns)
    cosines = source.vectors[source.within(strip.rows)] @ target.vectors[columns].T
    room = np.zeros((BEFORE + strip.stop - strip.start, cosines.shape[1]), dtype=np.float32)
    room[:BEFORE] = likest[:, columns]
    kernel().cover(
        cosines, source.starts, target.starts, shares[0], shares[1], strip.start, strip.stop, strip.left, strip.right,
        room, likest, np.empty((2, strip.right - strip.left), np.float32), strip.at, values,
    )  # fmt: skip
