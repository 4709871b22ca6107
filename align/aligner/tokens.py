"""The telling tokens of each sentence as short vectors: what coverage compares (`align.aligner.cover`)."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.growing import Growing
from align.aligner.loops import PLAIN, Loops
from align.encoder.protocol import TokenEncoder
from align.encoder.sorting import distinct, grouped
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
        known, number, _ = grouped(ids)
        vectors, norms = _shortened(known, encoder)
        return cls._chosen(number, lengths, vectors, norms, PLAIN)

    @classmethod
    def chosen(cls, ids: Ids, lengths: Ids, short: Shortened, loops: Loops) -> Tokens:
        """The same with what is known of tokens that were met before.

        Raises:
            ModelError: their vectors are not finite.
        """
        places = short.places(ids)
        return cls._chosen(places, lengths, short.vectors, short.norms, loops)

    @classmethod
    def _chosen(cls, places: Ints, lengths: Ids, vectors: Floats32, norms: Floats32, loops: Loops) -> Tokens:
        weights = norms[places]
        kept = np.flatnonzero(loops.heaviest(weights, lengths, MOST))
        starts = np.concatenate([[0], np.cumsum(np.minimum(lengths, MOST))])
        return cls(vectors[places[kept]], weights[kept], starts.astype(np.int64))

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


class Shortened:
    """The short vectors of all tokens of an encoder that were met. May be used by several threads."""

    def __init__(self, encoder: TokenEncoder) -> None:
        """Begin with none."""
        self._encoder = encoder
        self._lock = Lock()
        self._places = np.zeros(0, dtype=np.int32)
        self._norms = Growing(np.float32)
        self._vectors: Growing | None = None

    def places(self, ids: Ids) -> Ints:
        """Where each token is among `vectors` and `norms`.

        Raises:
            ModelError: there are not as many vectors as tokens, or they are not finite.
        """
        with self._lock:
            more = int(ids.max(initial=-1)) + 1 - len(self._places)
            if more > 0:
                self._places = np.concatenate([self._places, np.full(more, -1, dtype=np.int32)])
            new = distinct(ids[self._places[ids] < 0])
            if len(new) or self._vectors is None:
                self._learn(new)
            return self._places[ids].astype(np.int64)

    def _learn(self, new: Ids) -> None:
        vectors, norms = _shortened(new, self._encoder)
        if self._vectors is None:
            self._vectors = Growing((np.float32, (vectors.shape[1],)))
        self._places[new] = np.arange(len(self._norms), len(self._norms) + len(new))
        self._vectors.extend(vectors)
        self._norms.extend(norms)

    @property
    def vectors(self) -> Floats32:
        """Of unit length, shape ``(tokens, axes)``; there are some once `places` was asked."""
        return np.zeros((0, 0), np.float32) if self._vectors is None else self._vectors.values

    @property
    def norms(self) -> Floats32:
        """How long their whole vectors are, shape ``(tokens,)``."""
        return self._norms.values


def _shortened(known: Ids, encoder: TokenEncoder) -> tuple[Floats32, Floats32]:
    """Vectors of some tokens on the main axes, made unit length, and how long they are on all.

    Raises:
        ModelError: there are not as many, or they are not finite.
    """
    whole = encoder.token_vectors(known)
    if len(whole) != len(known):
        raise ModelError(f"{encoder.name}: {len(whole)} vectors for {len(known)} tokens")
    with np.errstate(over="ignore", invalid="ignore"):  # looked for right below
        short = whole @ encoder.main_axes[:, :AXES]
        norms, shorter = (np.sqrt(np.einsum("td,td->t", each, each)) for each in (whole, short))
    if not np.isfinite(norms + shorter).all():
        raise ModelError(f"{encoder.name}: the model gives vectors of tokens that are not finite, or too great")
    short /= np.maximum(shorter, _TINY)[:, np.newaxis]
    return short, norms


__all__ = ["AXES", "MOST", "Shortened", "Tokens"]
