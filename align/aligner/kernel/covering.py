"""What covers what, compiled: `align.aligner.cover` once more, without making all sentences as long as the longest."""

from __future__ import annotations

import numpy as np

from align.aligner.cover import BEFORE, Strip, Weights
from align.aligner.kernel.machine import kernel
from align.aligner.lattice import Floats32
from align.aligner.tokens import Tokens


class Comparing:
    """Fills in which share of each sentence of a strip is covered; as `align.aligner.cover.Compare`.

    It keeps the room for cosines from strip to strip: fresh memory costs more than the cosines themselves.
    """

    def __init__(self) -> None:
        """Begin without room."""
        self._cosines = np.empty(0, dtype=np.float32)

    def __call__(
        self, tokens: tuple[Tokens, Tokens], shares: Weights, strip: Strip, likest: Floats32, values: Floats32
    ) -> None:
        """Fill in the values of a strip."""
        source, target = tokens
        rows, columns = source.within(strip.rows), target.within(strip.columns)
        cosines = self._room((rows.stop - rows.start, columns.stop - columns.start))
        np.matmul(source.vectors[rows], target.vectors[columns].T, out=cosines)
        room = np.zeros((BEFORE + strip.stop - strip.start, cosines.shape[1]), dtype=np.float32)
        room[:BEFORE] = likest[:, columns]
        kernel().cover(
            cosines.reshape(-1), source.starts, target.starts, shares[0], shares[1], strip.start, strip.stop,
            strip.left, strip.right, room.reshape(-1), likest, np.empty(2 * (strip.right - strip.left), np.float32),
            strip.at, values.reshape(-1),
        )  # fmt: skip

    def _room(self, shape: tuple[int, int]) -> Floats32:
        size = shape[0] * shape[1]
        if size > len(self._cosines):
            self._cosines = np.empty(2 * size, dtype=np.float32)
        return self._cosines[:size].reshape(shape)
