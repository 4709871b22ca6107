"""What the words of a side say, gathered for all sentences at once from what the vocabulary knows of each.

Size, punctuation, letters and whether a word is part of a number are looked up (`align.aligner.columns`); what is left
to do for a sentence is a few steps of NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.aligner.columns import NO_WORD
from align.aligner.spelling import NO_LETTER, NOTHING, SMALL
from align.aligner.vocabulary import Numbered, read_texts
from align.encoder.sorting import distinct

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]


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
        return cls.gathered(read_texts(texts))

    @classmethod
    def gathered(cls, given: Numbered) -> Words:
        """Gather what is known of the pieces of some sentences."""
        owner, known, places = given.owners(), given.columns, given.numbers
        values, lengths = known.grams.taken(places)
        codes, runs = known.stems.taken(places)
        return cls(
            len(given),
            owner,
            known.sizes.values[places],
            known.endings.values[places],
            known.openings.values[places],
            known.letters.values[places],
            known.quotes.values[places],
            known.counts.values[places],
            (values, np.repeat(owner, lengths)),
            _once(codes, np.repeat(owner, runs)),
        )

    def sizes(self) -> Floats:
        """Letters and digits of each sentence, at least 1."""
        return np.maximum(self._summed(self.size), 1.0)

    def endings(self) -> Codes:
        """Code of the closing punctuation of each sentence: of its last word that is more than closing marks."""
        return self._chosen(self.ending, self.ending != NOTHING, last=True)

    def openings(self) -> Codes:
        """Code of the first character of each sentence."""
        return self._chosen(self.opening, self.opening != NO_WORD, last=False)

    def small(self) -> Flags:
        """Whether the first letter of each sentence is a small one."""
        small: Flags = self._chosen(self.letter, self.letter != NO_LETTER, last=False) == SMALL
        return small

    def opened(self) -> Floats:
        """Quotes and brackets that each sentence opens, less those that it closes."""
        return self._summed(self.quotes)

    def blank(self) -> Flags:
        """Whether a sentence has no word."""
        blank: Flags = np.bincount(self.owner[self.opening != NO_WORD], minlength=self.count) == 0
        return blank

    def counting(self) -> Ints:
        """The sentences that may hold a number."""
        return distinct(self.owner[self.counts])

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
    both = np.sort((owners << 32) | codes)
    both = both[np.diff(both, prepend=-1) > 0]
    return both & 0xFFFFFFFF, both >> 32
