"""Loops over the words, tokens and sentences of a side: with NumPy here, compiled in `align.aligner.kernel.loops`."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.columns import Cut
from align.aligner.growing import Ints32, Runs
from align.aligner.lattice import LONGEST, Floats, Floats32, Ints
from align.aligner.numbering import ByDictionary, Numbering
from align.encoder.protocol import Ids, PieceEncoder

GRAM_BUCKETS: Final = 1 << 16
"""Of hashes of 4-grams that are counted, to tell how rare they are."""
LETTER_BUCKETS: Final = 512
LEAST_FAR: Final = 0.1
"""Distance of random sentences, at least."""

_AT_ONCE: Final = 32
"""Sentences whose words are looked up at once."""


Nearest = tuple[Ints, Floats32]
"""Of some sentences the nearest across, shape ``(n,)``, and the greatest likenesses, falling, shape ``(n, count)``."""


class Loops:
    """What is done for each word, token or sentence, with NumPy; those that do it otherwise give the same."""

    def numbering(self) -> Numbering:
        """What numbers pieces of text."""
        return ByDictionary()

    def cutter(self, encoder: PieceEncoder) -> Cut:
        """What tells the tokens of pieces as an encoder does."""
        return encoder.piece_tokens

    def add_up(self, encoder: PieceEncoder, tokens: Ids, lengths: Ids) -> Floats32:
        """`PieceEncoder.add_up`."""
        return encoder.add_up(tokens, lengths)

    def heaviest(self, weights: Floats32, lengths: Ids, most: int) -> npt.NDArray[np.bool_]:
        """Which tokens are among the `most` of their text with the greatest weights, the first of equal ones.

        Args:
            weights: of the tokens of all texts, one text after the other.
            lengths: how many each has.
            most: how many are wanted.
        """
        kept = np.ones(len(weights), dtype=np.bool_)
        many = np.flatnonzero(np.repeat(lengths > most, lengths))
        long = lengths[lengths > most]
        order = many[np.lexsort((-weights[many], np.repeat(np.arange(len(long)), long)))]
        kept[order[np.arange(len(order)) - np.repeat(np.cumsum(long) - long, long) >= most]] = False
        return kept

    def nearest(
        self, cosines: Floats32, usual: tuple[Floats32, Floats32], start: int, rows: Nearest, columns: Nearest
    ) -> None:
        """Find the nearest sentences by likeness, 1 - (1 - cosine) / (1 - usual cosine), in some rows of a table.

        Args:
            cosines: of sentences of both sides, used up, shape ``(some, m)``.
            usual: of each row and column with random sentences across.
            start: number of the first row.
            rows: filled in for these rows.
            columns: of all rows before; these are put in.
        """
        # In place, for these tables are large.
        far = usual[0][:, None] + usual[1][None, :]
        far *= -0.5
        far += 1
        np.maximum(far, LEAST_FAR, out=far)
        cosines -= 1
        cosines /= far
        cosines += 1
        count = columns[1].shape[1]
        nearest, inside = _greatest(cosines.T.copy(), min(count, len(cosines)))
        better = inside[:, 0] > columns[1][:, 0]
        columns[0][better] = start + nearest[better]
        columns[1][:] = -np.sort(-np.concatenate([columns[1], inside], axis=1), axis=1)[:, :count]
        rows[0][:], rows[1][:] = _greatest(cosines, count)

    def norms(self, sums: Floats32) -> Floats:
        """Length of the vector of each span of sentences, as `sides.Channel` has them.

        Args:
            sums: a vector a sentence, shape ``(n, d)``.

        Returns:
            Shape ``(LONGEST + 1, n + 1)``.
        """
        count = len(sums)
        norms = np.zeros((LONGEST + 1, count + 1))
        spans = np.zeros_like(sums)
        for a in range(1, min(LONGEST, count) + 1):
            # spans[i] holds the a sentences that end with sentence i, growing by one a round.
            spans[a - 1 :] += sums[: count - a + 1]
            norms[a, a:] = np.sqrt(np.einsum("nd,nd->n", spans[a - 1 :], spans[a - 1 :]))
        return norms

    def summed(self, table: Floats32, rows: Ints, owners: Ints, count: int) -> Floats32:
        """Rows of a table added up by owner, owners never falling, shape ``(count, width)``."""
        sums = np.zeros((count, table.shape[1]), dtype=np.float32)
        # Some owners at once, by matrix products.
        for start in range(0, count, _AT_ONCE):
            stop = min(start + _AT_ONCE, count)
            first, last = np.searchsorted(owners, (start, stop))
            which = np.zeros((stop - start, last - first), dtype=np.float32)
            which[owners[first:last] - start, np.arange(last - first)] = 1.0
            np.matmul(which, table[rows[first:last]], out=sums[start:stop])
        return sums

    def grams(self, runs: Runs, numbers: Ints32) -> Floats:
        """How often each of `GRAM_BUCKETS` stands in pieces with these numbers.

        Args:
            runs: hashes of the 4-grams of each piece.
            numbers: of the pieces.
        """
        hashes, _ = runs.taken(numbers)
        found: Floats = np.bincount(hashes & (GRAM_BUCKETS - 1), minlength=GRAM_BUCKETS).astype(np.float64)
        return found

    def letters(self, runs: Runs, numbers: Ints32, edges: Ints, rare: Floats) -> Floats32:
        """Hashed bags of the 4-grams of each sentence.

        Args:
            runs: hashes of the 4-grams of each piece.
            numbers: of the pieces, sentence by sentence.
            edges: where those of each sentence begin, and where the last end, shape ``(n + 1,)``.
            rare: weight of each of `GRAM_BUCKETS`.

        Returns:
            Shape ``(n, LETTER_BUCKETS)``.
        """
        hashes, lengths = runs.taken(numbers)
        count = len(edges) - 1
        owners = np.repeat(np.repeat(np.arange(count), np.diff(edges)), lengths)
        weights = rare[hashes & (GRAM_BUCKETS - 1)]
        # A random sign lets collisions cancel (feature hashing; Weinberger et al. 2009).
        signed = np.where((hashes >> 16) & 1, weights, -weights)
        places = owners * LETTER_BUCKETS + (hashes >> 17) % LETTER_BUCKETS
        bags = np.bincount(places, weights=signed, minlength=count * LETTER_BUCKETS)
        found: Floats32 = bags.astype(np.float32).reshape(count, LETTER_BUCKETS)
        return found


def _greatest(values: Floats32, count: int) -> tuple[Ints, Floats32]:
    """Where the greatest value of each row is, and the `count` greatest; `values` are used up."""
    rows = np.arange(len(values))
    nearest = at = values.argmax(axis=1)
    found = np.empty((len(values), count), dtype=values.dtype)
    for place in range(count):
        found[:, place] = values[rows, at]
        values[rows, at] = -np.inf
        if place + 1 < count:
            at = values.argmax(axis=1)
    return nearest.astype(np.int64), found


PLAIN: Final = Loops()
"""For short documents."""


__all__ = ["GRAM_BUCKETS", "LEAST_FAR", "LETTER_BUCKETS", "PLAIN", "Loops", "Nearest"]
