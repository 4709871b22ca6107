"""What covers what, compiled: `align.aligner.cover` once more, without making all sentences as long as the longest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from align.aligner.cover import BEFORE, Comparing, Strip, Weights
from align.aligner.kernel.machine import given, kernel
from align.aligner.lattice import LONGEST, Floats32
from align.aligner.tokens import Tokens


class Covering(Comparing):
    """How sentences are compared, compiled."""

    def compare(
        self, tokens: tuple[Tokens, Tokens], shares: Weights, strips: Sequence[Strip], values: Floats32
    ) -> None:
        """Strip by strip, in one room for cosines: fresh memory costs more than the cosines themselves."""
        source, target = tokens
        spans = [(source.within(strip.rows), target.within(strip.columns)) for strip in strips]
        shapes = [(rows.stop - rows.start, columns.stop - columns.start) for rows, columns in spans]
        cosines = np.empty(max(rows * columns for rows, columns in shapes), dtype=np.float32)
        most = max(columns for _, columns in shapes), max(strip.right - strip.left for strip in strips)
        height = BEFORE + max(strip.stop - strip.start for strip in strips)
        cover = given(
            kernel().cover, cosines, source.starts, target.starts, *shares, np.empty(height * most[0], np.float32),
            np.zeros((BEFORE, len(shares[1])), np.float32), np.empty(2 * most[1], np.float32), values.reshape(-1),
        )  # fmt: skip
        for strip, (rows, columns), shape in zip(strips, spans, shapes, strict=True):
            out = cosines[: shape[0] * shape[1]].reshape(shape)
            np.matmul(source.vectors[rows], target.vectors[columns].T, out=out)
            cover(strip.start, strip.stop, strip.left, strip.right, strip.at)

    def relate(self, values: Floats32, strips: Sequence[Strip], sizes: tuple[int, int]) -> None:
        """Value by value."""
        where = np.array([(each.start, each.stop, each.left, each.right, each.at) for each in strips], dtype=np.int64)
        sums = (np.zeros(2 * LONGEST * size) for size in sizes)
        counts = (np.zeros(size) for size in sizes)
        kernel().relate(values.reshape(-1), where.reshape(-1, 5), *sums, *counts)
