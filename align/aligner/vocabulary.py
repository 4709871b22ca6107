"""The vocabulary of a document: every piece of text between spaces has a number, and is looked at once.

A document of a million sentences has some hundred thousand different words. Its sentences become runs of numbers, once;
all else (size, punctuation, letters, numbers, tokens of the model) is known of each number, and what is left to do for
a sentence is to gather it.

A piece is what stands between spaces. Mostly it is a word; where there is other white space in it (a no-break space, a
tab), it is several, and between two spaces it is none.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.columns import Columns
from align.aligner.growing import Ints32
from align.aligner.lattice import Ints
from align.aligner.loops import PLAIN, Loops
from align.aligner.sentences import Sentences
from align.aligner.tokens import Shortened
from align.encoder.protocol import Encoder, PieceEncoder
from align.encoder.sorting import distinct

_MOST: Final = 1 << 19
"""Pieces that are remembered; when there are more, all are forgotten."""
_LARGEST: Final = 1 << 23
"""Numbers that are remembered of them: texts without spaces have few pieces in common, each of many characters."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sentences as numbers of their pieces.

    Attributes:
        loops: what is to be done with them word by word.
        sentences: the sentences, `n` of them.
        columns: what is known of the pieces.
        short: short vectors of the encoder's tokens; None without one.
        numbers: of all pieces in a row.
        edges: where those of each sentence begin, and where the last end, shape ``(n + 1,)``.
    """

    loops: Loops
    sentences: Sentences
    columns: Columns
    short: Shortened | None
    numbers: Ints32
    edges: Ints

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.sentences)

    def part(self, start: int, stop: int) -> Numbered:
        """The sentences from `start` to before `stop`."""
        first, last = int(self.edges[start]), int(self.edges[stop])
        edges = self.edges[start : stop + 1] - first
        sentences = self.sentences.part(start, stop)
        return replace(self, sentences=sentences, numbers=self.numbers[first:last], edges=edges)

    def owners(self) -> Ints:
        """The sentence of each piece."""
        return np.repeat(np.arange(len(self)), np.diff(self.edges))

    def tokens(self, encoder: PieceEncoder) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The tokens of all sentences in a row, and how many each has.

        Args:
            encoder: that of the columns.

        Raises:
            ModelError: the encoder cannot tell them.
        """
        values, lengths = self.columns.tokens.taken(self.numbers)
        ends = np.concatenate([[0], np.cumsum(lengths)])[self.edges]
        odd = distinct(self.owners()[self.columns.odd.values[self.numbers]])
        if not len(odd):
            return values.astype(np.intp), np.diff(ends).astype(np.intp)
        runs = np.split(values, ends[1:-1])
        _, own, counts = encoder.encode_tokens(self.sentences.chosen(odd.tolist()))
        for at, run in zip(odd.tolist(), np.split(own, np.cumsum(counts)[:-1]), strict=True):
            runs[at] = run
        return np.concatenate(runs).astype(np.intp), np.fromiter(map(len, runs), np.intp, len(runs))


class Vocabulary:
    """All pieces that were met, by number, and what is known of them. May be used by several threads.

    Attributes:
        loops: how all is done.
    """

    def __init__(self, encoder: PieceEncoder | None, loops: Loops = PLAIN) -> None:
        """Begin without any.

        Args:
            encoder: whose tokens are to be known.
            loops: how all is done.
        """
        self._encoder, self.loops = encoder, loops
        self._short = None if encoder is None else Shortened(encoder)
        self._cut = None if encoder is None else loops.cutter(encoder)
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._numbering, self._columns = self.loops.numbering(), Columns(self._encoder, self._cut)

    def read(self, sentences: Sentences) -> Numbered:
        """Number the pieces of some sentences, and find out about those that are new.

        Raises:
            ModelError: the encoder cannot tell their tokens.
        """
        with self._lock:
            if len(self._columns) > _MOST or self._columns.size > _LARGEST:
                self._forget()  # what is numbered keeps the columns that it was numbered by
            numbers, edges, fresh = self._numbering.number(sentences)
            try:
                if fresh:
                    self._columns.extend(fresh)
            except BaseException:
                self._forget()
                raise
            return Numbered(self.loops, sentences, self._columns, self._short, numbers, edges)


def vocabulary_for(encoder: Encoder, loops: Loops = PLAIN) -> Vocabulary:
    """The vocabulary for an encoder, kept from document to document: those have most words in common."""
    if isinstance(encoder, PieceEncoder) and isinstance(encoder, Hashable) and encoder.cuts_at_spaces:
        return _kept(encoder, loops)
    return _kept(None, loops)


@lru_cache(maxsize=1)  # one a process, of the encoder and the loops that were asked for last
def _kept(encoder: Hashable, loops: Loops) -> Vocabulary:
    return Vocabulary(encoder if isinstance(encoder, PieceEncoder) else None, loops)


def read_texts(texts: Sequence[str]) -> Numbered:
    """Number the pieces of some texts, without an encoder."""
    return _kept(None, PLAIN).read(Sentences.of_texts(texts))
