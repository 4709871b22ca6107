"""Tokens of pieces of text without asking the tokenizer for each: WordPiece, compiled."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.columns import Cut
from align.aligner.growing import Ints32
from align.aligner.kernel.machine import kernel
from align.aligner.lattice import Ints
from align.encoder.protocol import Ids, PieceEncoder
from align.encoder.wordpiece import WordPieces

_ENOUGH: Final = 8_000
"""Pieces from which on it pays to look through the vocabulary, which takes a tenth of a second."""

Points = npt.NDArray[np.uint32]


class Cutter:
    """Tells the tokens of pieces as an encoder does, and asks it for the first ones and for strange ones only."""

    def __init__(self, encoder: PieceEncoder, pieces: WordPieces) -> None:
        """Begin without having looked through the vocabulary."""
        self._encoder, self._pieces = encoder, pieces
        self._asked = 0
        self._table = np.zeros(0, dtype=np.uint64)
        self._longest = 0

    def tokens(self, pieces: list[str]) -> tuple[Ids, Ids]:
        """The tokens of all pieces in a row, and how many each has.

        Raises:
            ModelError: the encoder cannot tell.
        """
        self._asked += len(pieces)
        if self._asked < _ENOUGH:
            return self._encoder.piece_tokens(pieces)
        if not len(self._table):
            self._plant()
        points, starts, stops = _laid_out(pieces)
        self._pieces.ask(points)
        tokens, counts = np.empty(len(points), dtype=np.int32), np.empty(len(pieces), dtype=np.int64)
        known = self._pieces
        count = kernel().cut(
            points, starts, stops, known.into, known.kinds, self._table, np.empty(self._longest, dtype=np.uint64),
            known.longest, known.unknown, tokens, counts,
        )  # fmt: skip
        return self._completed(pieces, tokens[:count], counts)

    def _completed(self, pieces: list[str], tokens: Ints32, counts: Ints) -> tuple[Ids, Ids]:
        """Both with what the encoder says of pieces that were left out."""
        strange = np.flatnonzero(counts < 0)
        if not len(strange):
            return tokens.astype(np.intp), counts.astype(np.intp)
        more, lengths = self._encoder.piece_tokens([pieces[at] for at in strange.tolist()])
        counts[strange] = 0
        places = np.repeat((np.cumsum(counts) - counts)[strange], lengths)
        counts[strange] = lengths
        return np.insert(tokens.astype(np.intp), places, more), counts.astype(np.intp)

    def _plant(self) -> None:
        vocabulary, prefix = self._pieces.vocabulary(), self._pieces.prefix
        words = list(vocabulary)
        tokens = np.fromiter(vocabulary.values(), np.int32, len(words))
        going_on = [at for at, word in enumerate(words) if prefix and word.startswith(prefix)]
        ends = [words[at].removeprefix(prefix) for at in going_on]
        points, starts, stops = _laid_out([*words, *ends])
        inside = np.arange(len(starts)) >= len(words)
        self._longest = int((stops - starts).max())
        self._table = np.zeros(2 << (2 * len(starts)).bit_length(), dtype=np.uint64)
        kernel().plant(points, starts, stops, np.concatenate([tokens, tokens[going_on]]), inside, self._table)


def _laid_out(texts: list[str]) -> tuple[Points, Ints, Ints]:
    """The characters of some texts in a row, and where each begins and ends."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    stops = np.fromiter(accumulate(map(len, texts)), np.int64, len(texts))
    return points, np.concatenate([[0], stops[:-1]]), stops


def cutter(encoder: PieceEncoder) -> Cut:
    """What tells the tokens of pieces as an encoder does."""
    pieces = encoder.word_pieces
    return encoder.piece_tokens if pieces is None else Cutter(encoder, pieces).tokens
