"""What the words of a side say: found out once a word, gathered for all sentences at once.

A document of a million sentences has some hundred thousand different words. Size, punctuation, letters and whether a
word is part of a number are looked up; what is left to do for a sentence is a few steps of NumPy.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from align.aligner.numbers import may_count
from align.aligner.skeleton import grams, skeletons
from align.aligner.spelling import NO_LETTER, NOTHING, SMALL, Spelling
from align.aligner.stems import stems_of
from align.encoder.words import Ragged, WordMemory

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]


class _Columns:
    """What is known of each word; `align.encoder.words.Columns`."""

    def __init__(self) -> None:
        self.sizes, self.quotes = array("d"), array("i")
        self.endings, self.openings, self.letters, self.counts = (array("b") for _ in range(4))
        self.grams, self.stems = Ragged(), Ragged()

    def _all(self) -> tuple[array[float] | array[int], ...]:
        return self.sizes, self.quotes, self.endings, self.openings, self.letters, self.counts

    def extend(self, words: list[str]) -> None:
        looks = Spelling.of(words)
        counts = looks.digits | np.fromiter(map(may_count, words), np.bool_, len(words))
        values: tuple[npt.NDArray[Any], ...] = (
            looks.sizes, looks.quotes, looks.endings, looks.openings, looks.letters, counts,
        )  # fmt: skip
        for column, found in zip(self._all(), values, strict=True):
            column.frombytes(found.tobytes())
        small = "\n".join(words).lower()
        hashes, owners = grams([f" {bare} " for bare in skeletons(small).split("\n")])
        self.grams.extend(hashes.astype(np.intc), np.bincount(owners, minlength=len(words)))
        runs = list(map(stems_of, small.split("\n")))
        lengths = np.fromiter(map(len, runs), np.int64, len(runs))
        self.stems.extend(np.fromiter(chain.from_iterable(runs), np.intc, int(lengths.sum())), lengths)

    def keep(self, count: int) -> None:
        for column in self._all():
            del column[count:]
        self.grams.keep(count)
        self.stems.keep(count)


@lru_cache(maxsize=1)  # one a process: the parts of a document have most words in common, and so have documents
def _memory() -> WordMemory[_Columns]:
    return WordMemory(_Columns)


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of some sentences say, all in a row.

    Attributes:
        count: number of sentences, `n`.
        owner: the sentence of each word, never falling, shape ``(words,)``.
        size: letters and digits of each word (`word_size`).
        ending: code of its closing punctuation, or -1 where it is nothing but closing marks.
        opening: code of its first character.
        letter: 0 where it has no letter, 1 where the first is a small one, else 2.
        quotes: quotes and brackets that it opens, less those that it closes.
        counts: whether it may be part of a number.
        grams: hashes of its 4-grams, all in a row, and the sentence of each.
        stems: hashes of its stems (`align.aligner.stems`), each once a sentence, and the sentence of each.
    """

    count: int
    owner: Ints
    size: Floats
    ending: Codes
    opening: Codes
    letter: Codes
    quotes: npt.NDArray[np.int32]
    counts: Flags
    grams: tuple[npt.NDArray[np.int32], Ints]
    stems: tuple[Ints, Ints]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        """Look at the words of all texts."""
        words, counts = _split(texts)
        owner = np.repeat(np.arange(len(texts)), counts)

        def gathered(known: _Columns, places: npt.NDArray[np.intp]) -> Words:
            values, lengths = known.grams.taken(places)
            codes, runs = known.stems.taken(places)
            return cls(
                len(texts),
                owner,
                np.frombuffer(known.sizes, np.float64)[places],
                np.frombuffer(known.endings, np.int8)[places],
                np.frombuffer(known.openings, np.int8)[places],
                np.frombuffer(known.letters, np.int8)[places],
                np.frombuffer(known.quotes, np.int32)[places],
                np.frombuffer(known.counts, np.bool_)[places],
                (values, np.repeat(owner, lengths)),
                _once(codes, np.repeat(owner, runs)),
            )

        return _memory().use(words, gathered)

    def sizes(self) -> Floats:
        """Letters and digits of each sentence, at least 1."""
        return np.maximum(self._summed(self.size), 1.0)

    def endings(self) -> Codes:
        """Code of the closing punctuation of each sentence: of its last word that is more than closing marks."""
        return self._chosen(self.ending, self.ending != NOTHING, last=True)

    def openings(self) -> Codes:
        """Code of the first character of each sentence."""
        return self._chosen(self.opening, np.ones(len(self.owner), dtype=np.bool_), last=False)

    def small(self) -> Flags:
        """Whether the first letter of each sentence is a small one."""
        small: Flags = self._chosen(self.letter, self.letter != NO_LETTER, last=False) == SMALL
        return small

    def opened(self) -> Floats:
        """Quotes and brackets that each sentence opens, less those that it closes."""
        return self._summed(self.quotes)

    def blank(self) -> Flags:
        """Whether a sentence has no word."""
        blank: Flags = np.bincount(self.owner, minlength=self.count) == 0
        return blank

    def counting(self) -> Ints:
        """The sentences that may hold a number."""
        return np.unique(self.owner[self.counts])

    def _summed(self, values: npt.NDArray[np.float64] | npt.NDArray[np.int32]) -> Floats:
        sums: Floats = np.bincount(self.owner, weights=values, minlength=self.count).astype(np.float64, copy=False)
        return sums

    def _chosen(self, codes: Codes, which: Flags, *, last: bool) -> Codes:
        """For each sentence the code of the first or last word of those that count, or 0."""
        chosen = np.zeros(self.count, dtype=np.int8)
        owner, values = self.owner[which], codes[which]
        # The last assignment to a place is the one that stays.
        order = slice(None) if last else slice(None, None, -1)
        chosen[owner[order]] = values[order]
        return chosen


def _split(texts: Sequence[str]) -> tuple[list[str], Ints]:
    """The words of all texts in a row, and how many each has."""
    whole = " ".join(texts)
    words = whole.split()
    if words == whole.split(" "):  # nothing but single spaces between them
        return words, np.fromiter(map(str.count, texts, repeat(" ")), np.int64, len(texts)) + 1
    return words, np.fromiter((len(text.split()) for text in texts), np.int64, len(texts))


def _once(codes: npt.NDArray[np.int32], owners: Ints) -> tuple[Ints, Ints]:
    """Each code once an owner, by owner."""
    both = np.sort((owners << 32) | codes)
    both = both[np.diff(both, prepend=-1) > 0]
    return both & 0xFFFFFFFF, both >> 32
