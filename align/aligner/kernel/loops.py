"""Loops over words, tokens and sentences, compiled; `align.aligner.loops.Loops` says what they do."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.columns import Cut
from align.aligner.growing import Ints32, Runs
from align.aligner.kernel.cutting import cutter
from align.aligner.kernel.machine import kernel
from align.aligner.kernel.numbering import ByHash
from align.aligner.lattice import LONGEST, Floats, Floats32, Ints
from align.aligner.loops import GRAM_BUCKETS, LETTER_BUCKETS, Loops, Nearest
from align.aligner.numbering import Numbering
from align.encoder.protocol import Ids, PieceEncoder


class Compiled(Loops):
    """The loops as machine code; see `Loops`."""

    def numbering(self) -> Numbering:
        """By hashes."""
        return ByHash()

    def cutter(self, encoder: PieceEncoder) -> Cut:
        """By its vocabulary, where it is known how."""
        return cutter(encoder)

    def add_up(self, encoder: PieceEncoder, tokens: Ids, lengths: Ids) -> Floats32:
        """Token by token, where rows are small numbers."""
        if (small := encoder.small_rows) is None:
            return encoder.add_up(tokens, lengths)
        rows, scales = small
        sums = np.zeros((len(lengths), encoder.dimension), dtype=np.float32)
        given = tokens.astype(np.int64, copy=False), lengths.astype(np.int64, copy=False)
        kernel().add_up(rows.reshape(-1), scales, *given, encoder.dimension, sums.reshape(-1))
        return sums

    def heaviest(self, weights: Floats32, lengths: Ids, most: int) -> npt.NDArray[np.bool_]:
        """Text by text."""
        kept = np.ones(len(weights), dtype=np.bool_)
        kernel().heaviest(weights, lengths.astype(np.int64, copy=False), np.empty(most, dtype=np.float32), kept)
        return kept

    def nearest(
        self, cosines: Floats32, usual: tuple[Floats32, Floats32], start: int, rows: Nearest, columns: Nearest
    ) -> None:
        """Row by row."""
        kernel().nearest(cosines, *usual, start, *rows, *columns)

    def norms(self, sums: Floats32) -> Floats:
        """From the products of neighbours."""
        found = np.zeros((LONGEST + 1, len(sums) + 1))
        kernel().norms(np.ascontiguousarray(sums, dtype=np.float32).reshape(-1), sums.shape[1], found)
        return found

    def summed(self, table: Floats32, rows: Ints, owners: Ints, count: int) -> Floats32:
        """Row by row."""
        sums = np.zeros((count, table.shape[1]), dtype=np.float32)
        kernel().add_rows(table.reshape(-1), rows, owners, table.shape[1], sums.reshape(-1))
        return sums

    def grams(self, runs: Runs, numbers: Ints32) -> Floats:
        """One by one."""
        counts = np.zeros(GRAM_BUCKETS)
        kernel().count_grams(*runs.flat, numbers, counts)
        return counts

    def letters(self, runs: Runs, numbers: Ints32, edges: Ints, rare: Floats) -> Floats32:
        """One by one."""
        bags = np.empty((len(edges) - 1, LETTER_BUCKETS), dtype=np.float32)
        kernel().letters(*runs.flat, numbers, edges, rare, np.empty(LETTER_BUCKETS), bags)
        return bags


COMPILED: Final = Compiled()
"""For long documents."""
