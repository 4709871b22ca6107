"""What the aligner asks of a sentence encoder, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoder.wordpiece import WordPieces

Vectors = npt.NDArray[np.float32]
"""Sentence vectors, one a row: shape ``(n, dimension)``, unit length, or zero for an empty text."""

Flags = npt.NDArray[np.bool_]

Ids = npt.NDArray[np.intp]
"""Numbers of tokens, or how many there are."""


@runtime_checkable
class Encoder(Protocol):
    """Turns sentences into vectors whose dot product says how alike their meanings are."""

    @property
    def name(self) -> str:
        """A short name for signatures, such as ``statement-24M@1a2b3c4d``."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`.

        Returns:
            An array of shape ``(len(texts), dimension)`` of float32; rows have unit length, and are
            all zero where a text has nothing to embed. Always finite.

        Raises:
            ModelError: the model cannot embed.
        """


@runtime_checkable
class SpanEncoder(Encoder, Protocol):
    """An encoder for which the vector of a span follows from those of its sentences.

    Mean pooling is such: the vector of neighbouring sentences joined is the normalised sum of their
    sums, exactly, but for what the tokenizer does at the joints.
    """

    def encode_sums(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts` without the last step: ``encode(texts)`` has its rows scaled to unit length.

        Returns:
            An array of shape ``(len(texts), dimension)`` of float32, always finite; rows may be added
            to get (all but the length of) the vector of the texts joined.

        Raises:
            ModelError: the model cannot embed.
        """


@runtime_checkable
class TokenEncoder(SpanEncoder, Protocol):
    """An encoder whose tokens have vectors of their own, the longer the more a token says.

    A static table is such: training makes the vectors of rare and telling words long.
    """

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Vectors, Ids, Ids]:
        """Embed `texts`, and tell their tokens.

        Returns:
            What `encode_sums` gives; the tokens of all texts, one text after the other; and how many of them each
            text has.

        Raises:
            ModelError: the model cannot embed.
        """

    def token_vectors(self, tokens: Ids) -> Vectors:
        """The vectors of some tokens, shape ``(len(tokens), dimension)``."""

    @property
    def main_axes(self) -> Vectors:
        """Orthonormal directions in which tokens differ most, those first, shape ``(dimension, dimension)``."""


@runtime_checkable
class PieceEncoder(TokenEncoder, Protocol):
    """An encoder whose tokens may be found out piece by piece, a piece being what stands between two spaces.

    Texts have most pieces in common, and whoever knows the tokens of each need not ask for those of texts.
    """

    @property
    def cuts_at_spaces(self) -> bool:
        """Whether the tokens of a text are those of its pieces, one after the other; else nothing below holds."""

    def piece_tokens(self, pieces: Sequence[str]) -> tuple[Ids, Ids]:
        """The tokens of all pieces in a row, and how many each has.

        Raises:
            ModelError: the model cannot tell.
        """

    @property
    def word_pieces(self) -> WordPieces | None:
        """What is known of its tokenizer, where it is of a kind whose work can be done elsewhere."""

    @property
    def small_rows(self) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]] | None:
        """A row of small numbers for each token, and what makes it its vector, where the table is made of such."""

    def are_odd(self, pieces: Sequence[str]) -> Flags:
        """Whether a text with such a piece has other tokens than its pieces, so that `encode_tokens` must be asked."""

    def add_up(self, tokens: Ids, lengths: Ids) -> Vectors:
        """Add up the vectors of the tokens of each text; what `encode_sums` gives for it.

        Args:
            tokens: of all texts, one text after the other.
            lengths: how many of them each text has.
        """
