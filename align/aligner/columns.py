"""What is known of pieces of text between spaces, found out for many at once; a column each over their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from align.aligner.growing import Growing, Runs
from align.aligner.lattice import Ints
from align.aligner.numbers import code_of, may_count_lines, numbers_there
from align.aligner.skeleton import grams, skeletons
from align.aligner.spelling import NO_LETTER, NOTHING, Lines, Spelling
from align.aligner.stems import stems_of_lines
from align.encoder.protocol import Ids, PieceEncoder

NO_WORD = -1
"""Opening of a piece that is no word."""

Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

Cut = Callable[[list[str]], tuple[Ids, Ids]]
"""Tells the tokens of pieces: all in a row, and how many each has."""


class Columns:
    """What is known of each piece; where it is several words, of the first or last of them, or of all together.

    Attributes:
        encoder: whose tokens are known; None without one.
        sizes: letters and digits (`spelling.word_size`).
        quotes: quotes and brackets that it opens, less those that it closes.
        endings: code of its closing punctuation, or `NOTHING`.
        openings: code of its first character, or `NO_WORD`.
        letters: 0 where it has no letter, 1 where the first is a small one, else 2.
        counts: whether it may be part of a number.
        ends: whether it ends any number in front of it: it has a word that is part of none.
        odd: whether the model's tokens of a text with it must be asked for by themselves.
        grams: hashes of its 4-grams.
        stems: hashes of its stems (`align.aligner.stems`).
        values: the numbers in it, where nothing goes on with them, as codes.
        tokens: of the encoder; empty without one.
    """

    def __init__(self, encoder: PieceEncoder | None = None, cut: Cut | None = None) -> None:
        """Begin with nothing known.

        Args:
            encoder: whose tokens are to be known.
            cut: another way to tell its tokens than its own.
        """
        self.encoder = encoder
        self._cut = cut
        self.sizes, self.quotes = Growing(np.float64), Growing(np.int32)
        self.endings, self.openings, self.letters = (Growing(np.int8) for _ in range(3))
        self.counts, self.ends, self.odd = (Growing(np.bool_) for _ in range(3))
        self.grams, self.stems, self.values, self.tokens = (Runs() for _ in range(4))

    def __len__(self) -> int:
        """How many pieces are known."""
        return len(self.sizes)

    @property
    def size(self) -> int:
        """How many numbers are known of them, about."""
        return len(self.grams) + len(self.stems) + len(self.tokens)

    def extend(self, pieces: list[str]) -> None:
        """Find out about more pieces, none of them with a space.

        Raises:
            ModelError: the encoder cannot tell their tokens.
        """
        if self.encoder is not None:
            self.tokens.extend(*(self._cut or self.encoder.piece_tokens)(pieces))
            self.odd.extend(self.encoder.are_odd(pieces))
        words = " ".join(pieces).split()
        found = _Found.of(words or ["."])
        if words != pieces:
            found = found.joined(_words_of(pieces))
        self._add(found)
        self._count(pieces, found)

    def _count(self, pieces: list[str], found: _Found) -> None:
        """Find out about numbers."""
        counting = np.flatnonzero(found.counts).tolist()
        values = [list(map(code_of, numbers_there(pieces[at]))) for at in counting]
        lengths = np.zeros(len(pieces), dtype=np.int64)
        lengths[counting] = list(map(len, values))
        codes = np.fromiter(chain.from_iterable(values), np.uint32, int(lengths.sum()))
        self.values.extend(codes.view(np.int32), lengths)
        # A number goes on behind "and", as in "two hundred and ten".
        going_on = np.fromiter(("and" in piece.lower() for piece in pieces), np.bool_, len(pieces))
        self.ends.extend((found.letters != NO_LETTER) & ~found.counts & ~going_on)

    def _add(self, found: _Found) -> None:
        self.sizes.extend(found.sizes)
        self.quotes.extend(found.quotes)
        self.endings.extend(found.endings)
        self.openings.extend(found.openings)
        self.letters.extend(found.letters)
        self.counts.extend(found.counts)
        self.grams.extend(*found.grams)
        self.stems.extend(*found.stems)


def _words_of(pieces: list[str]) -> Ints:
    """How many words each piece has: nearly all have one."""
    odd = set(pieces).difference(" ".join(pieces).split())  # what is no word as it stands
    return np.fromiter((len(piece.split()) if piece in odd else 1 for piece in pieces), np.int64, len(pieces))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found out about some words, or pieces; see `Columns`. Grams and stems are values and their numbers."""

    sizes: npt.NDArray[np.float64]
    quotes: npt.NDArray[np.int32]
    endings: Codes
    openings: Codes
    letters: Codes
    counts: Flags
    grams: tuple[Ints, Ints]
    stems: tuple[Ints, Ints]

    @classmethod
    def of(cls, words: list[str]) -> _Found:
        """Look at words, one at least."""
        text = "\n".join(words)
        small = text.lower()
        lines = Lines.of(text)
        looks = Spelling.of(words, lines)
        counts = looks.digits | may_count_lines(lines, Lines.of(small), words)
        hashes, owners = grams([f" {bare} " for bare in skeletons(small).split("\n")])
        return cls(
            looks.sizes,
            looks.quotes,
            looks.endings,
            looks.openings,
            looks.letters,
            counts,
            (hashes, np.bincount(owners, minlength=len(words))),
            stems_of_lines(small),
        )

    def joined(self, counts: Ints) -> _Found:
        """The same of pieces, each of the next so many words."""
        edges = np.concatenate([[0], np.cumsum(counts)])
        owner = np.repeat(np.arange(len(counts)), counts)

        def summed(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
            return np.diff(np.concatenate([[0], np.cumsum(values)])[edges])

        def picked(values: Codes, none: int, *, last: bool = False) -> Codes:
            """The first or last code of each piece that says anything."""
            telling = np.flatnonzero(values[: len(owner)] != none)
            # The last assignment to a place is the one that stays.
            telling = telling if last else telling[::-1]
            chosen = np.full(len(counts), none, dtype=np.int8)
            chosen[owner[telling]] = values[telling]
            return chosen

        return _Found(
            summed(self.sizes),
            summed(self.quotes),
            picked(self.endings, NOTHING, last=True),
            picked(self.openings, NO_WORD),
            picked(self.letters, NO_LETTER),
            summed(self.counts) > 0,
            (self.grams[0][: int(summed(self.grams[1]).sum())], summed(self.grams[1])),
            (self.stems[0][: int(summed(self.stems[1]).sum())], summed(self.stems[1])),
        )
