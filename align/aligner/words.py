"""What the words of a side say: found out once a word, gathered for all sentences at once.

A document of a million sentences has some hundred thousand different words. Size, punctuation, letters and whether a
word is part of a number are looked up; what is left to do for a sentence is a few steps of NumPy.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.numbers import may_count
from align.aligner.skeleton import grams, skeleton
from align.aligner.stems import stems
from align.encoder.words import Ragged, WordMemory

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

CLOSERS: Final = "\"'»”“’)]}*_"
"""Marks that may stand behind the closing punctuation."""
_ENDS: Final = {".": 1, "。": 1, "۔": 1, "?": 2, "？": 2, "؟": 2, "!": 3, "！": 3, ":": 4, "：": 4, "…": 5}
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")
_MARKS: Final = "\"'“”„‟«»‹›‘’‚‛"
_EDGES: Final = f"{_MARKS}.,;:!?…—–-·()[]。，！？；：、"
_OPENERS: Final = frozenset("«“„(（[「『《")
_ENDERS: Final = frozenset("»”)）]」』》")
_QUOTED: Final = frozenset(_MARKS) | _OPENERS | _ENDERS
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_LETTERS: Final = 2.5
"""How many letters of an alphabet one Chinese, Japanese or Korean character is worth, about."""

_NOTHING: Final = -1
"""Ending of a word that is nothing but closing marks."""
_NO_LETTER: Final = 0
_SMALL: Final = 1
_OTHER: Final = 2


def word_size(word: str) -> float:
    """Letters and digits; a Chinese character counts for more."""
    size = len(word) if word.isalnum() else sum(map(str.isalnum, word))
    return size if word.isascii() else size + (_WIDE_LETTERS - 1) * len(_WIDE.findall(word))


def word_ending(word: str) -> int:
    """Code of the closing punctuation (`sides.Side.ending`), or `_NOTHING`."""
    bare = word.rstrip(CLOSERS)
    if not bare:
        return _NOTHING
    last = bare[-1]
    if last in _ENDS:
        return 5 if bare.endswith("...") else _ENDS[last]
    return 6 if last in ",;，；—–-" else 0


def word_opening(word: str) -> int:
    """Code of the first character (`sides.Side.opening`)."""
    head = word[0]
    if head in "«“„\"'‘([「『《":
        return 1
    if head in "—–-•*·":
        return 2
    return 3 if head.isdigit() else 0


def _first_letter(word: str) -> int:
    found = _FIRST_LETTER.search(word)
    if found is None:
        return _NO_LETTER
    return _SMALL if found.group().islower() else _OTHER


def word_quotes(word: str) -> int:
    """Quotes and brackets that a word opens, less those that it closes.

    A mark in front of a word opens and one behind it closes, whatever it looks like: „so“, »so«, 'so', "so". Only
    inside a word, which may be a whole sentence of Chinese, its looks tell.

    >>> [word_quotes(word) for word in ('"Да,', 'да".', "„so“", "don't", "道：“好。”")]
    [1, -1, 0, 0, 0]
    """
    if word.isalnum() or _QUOTED.isdisjoint(word):
        return 0
    tail = word.lstrip(_EDGES)
    inside = tail.rstrip(_EDGES)
    before, after = word[: len(word) - len(tail)], tail[len(inside) :]
    if not inside:
        return _by_looks(word)
    marks = sum(map(_MARKS.count, before)) - sum(map(_MARKS.count, after))
    return marks + sum(_by_looks(part.strip(_MARKS)) for part in (before, after)) + _by_looks(inside)


def _by_looks(text: str) -> int:
    return sum((mark in _OPENERS) - (mark in _ENDERS) for mark in text)


class _Columns:
    """What is known of each word; `align.encoder.words.Columns`."""

    def __init__(self) -> None:
        self.sizes, self.quotes = array("d"), array("i")
        self.endings, self.openings, self.letters, self.counts = (array("b") for _ in range(4))
        self.grams, self.stems = Ragged(), Ragged()

    def _all(self) -> tuple[array[float] | array[int], ...]:
        return self.sizes, self.quotes, self.endings, self.openings, self.letters, self.counts

    def extend(self, words: list[str]) -> None:
        self.sizes.extend(map(word_size, words))
        self.quotes.extend(map(word_quotes, words))
        self.endings.extend(map(word_ending, words))
        self.openings.extend(map(word_opening, words))
        self.letters.extend(map(_first_letter, words))
        self.counts.extend(map(may_count, words))
        hashes, owners = grams([f" {skeleton(word)} " for word in words])
        self.grams.extend(hashes.astype(np.intc), np.bincount(owners, minlength=len(words)))
        found = list(map(stems, words))
        lengths = np.fromiter(map(len, found), np.int64, len(found))
        self.stems.extend(np.fromiter(chain.from_iterable(found), np.intc, int(lengths.sum())), lengths)

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
        words = [text.split() for text in texts]
        owner = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))

        def gathered(known: _Columns, places: npt.NDArray[np.intp]) -> Words:
            values, lengths = known.grams.taken(places)
            codes, runs = known.stems.taken(places)
            return cls(
                len(words),
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

        return _memory().use(list(chain.from_iterable(words)), gathered)

    def sizes(self) -> Floats:
        """Letters and digits of each sentence, at least 1."""
        return np.maximum(self._summed(self.size), 1.0)

    def endings(self) -> Codes:
        """Code of the closing punctuation of each sentence: of its last word that is more than closing marks."""
        return self._chosen(self.ending, self.ending != _NOTHING, last=True)

    def openings(self) -> Codes:
        """Code of the first character of each sentence."""
        return self._chosen(self.opening, np.ones(len(self.owner), dtype=np.bool_), last=False)

    def small(self) -> Flags:
        """Whether the first letter of each sentence is a small one."""
        small: Flags = self._chosen(self.letter, self.letter != _NO_LETTER, last=False) == _SMALL
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


def _once(codes: npt.NDArray[np.int32], owners: Ints) -> tuple[Ints, Ints]:
    """Each code once an owner, by owner."""
    both = np.unique((owners << 32) | codes)
    return both & 0xFFFFFFFF, both >> 32


__all__ = ["Words", "word_ending", "word_opening", "word_quotes", "word_size"]
