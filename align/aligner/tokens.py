"""The telling tokens of each sentence as short vectors: what coverage compares (`align.aligner.cover`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from align.encoder.protocol import TokenEncoder
from align.errors import ModelError

Floats32 = npt.NDArray[np.float32]
Ids = npt.NDArray[np.intp]
Ints = npt.NDArray[np.int64]

MOST: Final = 24
"""Tokens of a sentence that count, those with the longest vectors."""
AXES: Final = 64
"""Directions that are compared."""
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Tokens:
    """The telling tokens of `n` sentences, those of one after those of the other.

    Attributes:
        vectors: of unit length, shape ``(tokens, axes)``.
        weights: how much each says, shape ``(tokens,)``.
        starts: where those of each sentence begin, and where the last end, shape ``(n + 1,)``.
    """

    vectors: Floats32
    weights: Floats32
    starts: Ints

    @classmethod
    def of(cls, ids: Ids, lengths: Ids, encoder: TokenEncoder) -> Tokens:
        """Choose them.

        Args:
            ids: tokens of all sentences, one sentence after the other.
            lengths: how many each has.
            encoder: knows their vectors.

        Raises:
            ModelError: there are not as many tokens as it says, or their vectors are not finite.
        """
        if len(ids) != lengths.sum():
            raise ModelError(f"{encoder.name}: {len(ids)} tokens where the sentences have {lengths.sum()}")
        known, number = np.unique(ids, return_inverse=True)
        whole = encoder.token_vectors(known)
        if len(whole) != len(known):
            raise ModelError(f"{encoder.name}: {len(whole)} vectors for {len(known)} tokens")
        with np.errstate(over="ignore", invalid="ignore"):  # looked for right below
            short = whole @ encoder.main_axes[:, :AXES]
            norms, shorter = (np.sqrt(np.einsum("td,td->t", each, each)) for each in (whole, short))
        if not np.isfinite(norms + shorter).all():
            raise ModelError(f"{encoder.name}: the model gives vectors of tokens that are not finite, or too great")
        short /= np.maximum(shorter, _TINY)[:, np.newaxis]
        kept = number[_heaviest(norms[number], lengths)]
        starts = np.concatenate([[0], np.cumsum(np.minimum(lengths, MOST))])
        return cls(short[kept], norms[kept], starts.astype(np.int64))

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.starts) - 1

    def within(self, sentences: slice) -> slice:
        """The tokens of some sentences."""
        return slice(int(self.starts[sentences.start]), int(self.starts[sentences.stop]))

    def sums(self) -> Floats32:
        """How much the tokens of each sentence say together, shape ``(n,)``."""
        return np.bincount(self.owners(), self.weights, len(self)).astype(np.float32)

    def owners(self) -> Ints:
        """The sentence of each token."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


def _heaviest(weights: Floats32, lengths: Ids) -> npt.NDArray[np.bool_]:
    """Which tokens are among the `MOST` of their sentence with the greatest weights."""
    kept = np.ones(len(weights), dtype=np.bool_)
    many = np.flatnonzero(np.repeat(lengths > MOST, lengths))
    long = lengths[lengths > MOST]
    order = many[np.lexsort((-weights[many], np.repeat(np.arange(len(long)), long)))]
    kept[order[np.arange(len(order)) - np.repeat(np.cumsum(long) - long, long) >= MOST]] = False
    return kept


__all__ = ["AXES", "MOST", "Tokens"]
