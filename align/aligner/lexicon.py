"""A lexicon learnt from the document at hand.

The first pass is sure of most beads, whatever the languages. Words that stand in the same of them much more often than
alone translate each other (the Dice coefficient; Dice 1945); in the second pass each sentence knows which words to
expect across, as hunalign's dictionary of a first pass tells it (Varga et al. 2005). Names and terms that come again
and again are what this is for, and languages that the model has never seen.

What a bead itself said is taken out before one of its sentences is asked, exactly, or a wrong bead of the first pass
would confirm itself. That is why this is a matter of counts: translation models (IBM model 1) learnt in rounds
cannot forget a bead, and are no better where they have not seen it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.heard import Heard, Spans, Stems, once, spanned
from align.aligner.lattice import ranges
from align.aligner.loops import PLAIN, Loops
from align.aligner.pair import Lexical
from align.aligner.sides import Channel, unit
from align.encoder.sorting import distinct, grouped

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]

BUCKETS: Final = 128
_SMOOTH: Final = 4.0
"""Occurrences of both words of a pair together that count for nothing: what is seen twice proves little."""
_FEWEST: Final = 20
"""Beads that there must be to learn from."""
_MANY: Final = 800
"""Beads from which on a pair of words must be seen twice: once then says next to nothing, and takes time."""
_USUAL: Final = 0.3
"""How alike translations are where a document has too few beads to tell its own."""
_LEANING: Final = 20.0
"""Beads that what is usual counts for."""


@dataclass(frozen=True)
class Lexicon:
    """Which words stand together in the beads of the first pass.

    Attributes:
        beads: the beads that were learnt from, in sentences of the whole document.
        known: codes of the words that stand in more than one of them, rising, by side.
        words: the numbers of the known words of each bead, one bead after the other, by side.
        starts: where those of each bead begin, and where the last end.
        pairs: pairs of words that stand in the same bead often enough: their numbers, by side.
        together: in how many beads each pair stands.
        seen: places in `words` where pairs stand, by side, and which pair it is; rising by the source's place.
        least: in how many beads a pair must stand to count.
        usual: mean cosine of what the sides of a bead expect and tell, each bead being judged by all others.
    """

    beads: Spans
    known: tuple[Ints, Ints]
    words: tuple[Ints, Ints]
    starts: tuple[Ints, Ints]
    pairs: tuple[Ints, Ints]
    together: Floats
    seen: tuple[Ints32, Ints32, Ints32]
    least: int = 1
    usual: float = _USUAL

    @classmethod
    def of(cls, heard: Sequence[Heard]) -> Lexicon | None:
        """Learn from the parts of a document, in order; None where there is too little to learn from."""
        parts = once(heard)
        if sum(len(part.beads[0]) for part in parts) < _FEWEST:
            return None
        beads = tuple(np.concatenate([part.beads[side] + part.start[side] for part in parts]) for side in (0, 1))
        known, words, starts = zip(*(_known(parts, side) for side in (0, 1)), strict=True)
        place, across = (each.astype(np.int32) for each in _together(starts))
        keys, pair, together = grouped(words[0][place] * len(known[1]) + words[1][across])
        least = 1 if len(beads[0]) < _MANY else 2
        often = together >= least
        pairs = np.divmod(keys[often], max(len(known[1]), 1))
        kept = often[pair]
        seen = place[kept], across[kept], (np.cumsum(often, dtype=np.int32) - np.int32(1))[pair[kept]]
        del place, across, pair, kept
        found = cls((beads[0], beads[1]), known, words, starts, pairs, together[often].astype(np.float64), seen, least)
        # The same object, so that what it has worked out for this is not worked out, and kept, a second time.
        object.__setattr__(found, "usual", _level([found._cosines(part) for part in parts]))
        return found

    def lexical(
        self, stems: tuple[Stems, Stems], sizes: tuple[int, int], start: tuple[int, int], loops: Loops = PLAIN
    ) -> Lexical:
        """What the lexicon says of a part.

        Args:
            stems: of its sentences, by side.
            sizes: how many sentences it has.
            start: where it begins in the document.
            loops: how to go through its words.
        """
        told, expected = self._vectors(stems, sizes, start, loops)
        return Lexical(
            ahead=(Channel.of(expected[0], loops), Channel.of(told[1], loops)),
            back=(Channel.of(told[0], loops), Channel.of(expected[1], loops)),
            usual=self.usual,
        )

    def _vectors(
        self, stems: tuple[Stems, Stems], sizes: tuple[int, int], start: tuple[int, int], loops: Loops = PLAIN
    ) -> tuple[list[Floats32], list[Floats32]]:
        sides = (0, 1)
        told = [self.told(side, stems[side], sizes[side]) for side in sides]
        return told, [self.expected(side, stems[side], sizes[side], start[side], loops) for side in sides]

    def _cosines(self, part: Heard) -> Floats:
        """Of the beads of a part, the mean of both ways."""
        ends = [int(spans[-1, 1]) if len(spans) else 0 for spans in part.beads]
        stems = [
            (codes[owners < end], owners[owners < end]) for (codes, owners), end in zip(part.stems, ends, strict=True)
        ]
        told, expected = self._vectors((stems[0], stems[1]), (ends[0], ends[1]), part.start)
        halves = [
            [unit(spanned(vectors, part.beads[side])) for side, vectors in enumerate(pair)]
            for pair in ((expected[0], told[1]), (told[0], expected[1]))
        ]
        return sum(((first * second).sum(axis=1) for first, second in halves), np.zeros(len(part.beads[0]))) / 2

    @cached_property
    def counts(self) -> tuple[Floats, Floats]:
        """In how many beads each known word stands, by side."""
        first, second = (
            np.bincount(words, minlength=len(known)).astype(np.float64)
            for words, known in zip(self.words, self.known, strict=True)
        )
        return first, second

    @cached_property
    def rarity(self) -> tuple[Floats, Floats]:
        """Weight of each known word: rare ones say more."""
        first, second = (np.log((len(self.beads[0]) + 1) / (count + 0.5)) for count in self.counts)
        return first, second

    @cached_property
    def _tables(self) -> tuple[Floats32, Floats32]:
        """What each word lets one expect across; then the same with one occurrence less of it. By side."""
        found = []
        for side in (0, 1):
            here, there = self.pairs[side], self.pairs[1 - side]
            count, other = self.counts[side][here], self.counts[1 - side][there]
            share, size = np.sqrt(self.rarity[side][here]), len(self.known[side])
            tables = [
                self._bags(1 - side, here, there, share * _dice(self.together, count - lost, other), size)
                for lost in (0.0, 1.0)
            ]
            found.append(np.concatenate(tables))
        return found[0], found[1]

    def told(self, side: int, stems: Stems, count: int) -> Floats32:
        """The known words of each sentence of a part, hashed, shape ``(count, BUCKETS)``."""
        sentence, word = words_of(stems, self.known[side])
        return self._bags(side, sentence, word, np.ones(len(word)), count)

    def expected(self, side: int, stems: Stems, count: int, start: int, loops: Loops = PLAIN) -> Floats32:
        """The words that each sentence of a part lets one expect across, shape ``(count, BUCKETS)``.

        Args:
            side: 0 for the source.
            stems: of the part.
            count: sentences of the part.
            start: where it begins in the document.
            loops: how to go through its words.
        """
        sentence, word = words_of(stems, self.known[side])
        bead = self._bead_of(side, sentence + start)
        heard = bead >= 0
        sums = loops.summed(self._tables[side], word + heard * len(self.known[side]), sentence, count)
        if heard.any():
            sums += self._own(side, sentence[heard], word[heard], bead[heard], count)
        return sums

    def _own(self, side: int, sentence: Ints, word: Ints, bead: Ints, count: int) -> Floats32:
        """What takes out of the expectations of sentences what their own beads brought in."""
        keys, across, pair, edges = self._by_place[side]
        place = np.searchsorted(keys, bead * len(self.known[side]) + word)
        at, owner = expand(edges[place], edges[place + 1])
        here, there = word[owner], self.words[1 - side][across[at]]
        one, other, together = self.counts[side][here] - 1, self.counts[1 - side][there], self.together[pair[at]]
        left = _dice(together - 1, one, other - 1) * (together > self.least)
        change = left - _dice(together, one, other)
        return self._bags(1 - side, sentence[owner], there, change * np.sqrt(self.rarity[side][here]), count)

    @cached_property
    def _by_place(self) -> tuple[tuple[Ints, Ints32, Ints32, Ints], tuple[Ints, Ints32, Ints32, Ints]]:
        """What `_own` needs of each side, by place in `words`.

        The bead and word of each place, as one rising number; the places across and the pairs that were seen; and where
        those of each place begin.
        """
        found = []
        for side in (0, 1):
            bead = np.repeat(np.arange(len(self.starts[side]) - 1), np.diff(self.starts[side]))
            order = np.argsort(self.seen[side], kind="stable") if side else np.arange(len(self.seen[0]))
            edges = np.searchsorted(self.seen[side][order], np.arange(len(bead) + 1))
            keys = bead * len(self.known[side]) + self.words[side]
            found.append((keys, self.seen[1 - side][order], self.seen[2][order], edges))
        return found[0], found[1]

    def _bead_of(self, side: int, sentences: Ints) -> Ints:
        """Which bead each sentence was learnt from in, or -1."""
        spans = self.beads[side]
        bead = np.searchsorted(spans[:, 0], sentences, side="right") - 1
        return np.where((bead >= 0) & (sentences < spans[bead, 1]), bead, -1)

    def _bags(self, side: int, owners: Ints, words: Ints, weights: Floats, count: int) -> Floats32:
        """Hashed and weighted words of a side, added up by owner."""
        mixed = self.known[side].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        bucket = (mixed >> np.uint64(40)).astype(np.int64) % BUCKETS
        # A random sign lets collisions cancel (feature hashing; Weinberger et al. 2009).
        value = np.where((mixed >> np.uint64(33)) & np.uint64(1), self.rarity[side], -self.rarity[side])
        places = owners * BUCKETS + bucket[words]
        bags = np.bincount(places, weights=weights * value[words], minlength=count * BUCKETS)
        return bags.astype(np.float32).reshape(count, BUCKETS)


def _dice(together: Floats, one: Floats, other: Floats) -> Floats:
    """The fourth power of the Dice coefficient, so that one good translation says more than many companions."""
    share = 2 * together / (one + other + _SMOOTH)
    share *= share
    share *= share
    return share


def expand(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """All numbers from each `first` to before its `last`, and which range each comes from."""
    length = last - first
    return ranges(first, length), np.repeat(np.arange(len(first)), length)


def _known(parts: Sequence[Heard], side: int) -> tuple[Ints, Ints, Ints]:
    """Codes of the words that stand in several beads, their numbers bead by bead, and where those of each begin."""
    beads, codes, base = [], [], 0
    for part in parts:
        stems, spans = part.stems[side], part.beads[side]
        place, bead = expand(*(np.searchsorted(stems[1], ends) for ends in spans.T))
        both = distinct((bead + base << 32) | stems[0][place])
        beads.append(both >> 32)
        codes.append(both & 0xFFFFFFFF)
        base += len(spans)
    bead, code = np.concatenate(beads), np.concatenate(codes)
    every, _, counts = grouped(code)
    known = every[counts > 1]
    kept, number = _numbers(code, known)
    return known, number, np.searchsorted(bead[kept], np.arange(base + 1))


def _numbers(codes: Ints, known: Ints) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Which codes are known, and the numbers of those."""
    if not len(known):
        return np.zeros(len(codes), dtype=bool), np.zeros(0, np.int64)
    place = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    kept = known[place] == codes
    return kept, place[kept]


def words_of(stems: Stems, known: Ints) -> tuple[Ints, Ints]:
    """Sentence and number of the words of a part that are known."""
    kept, number = _numbers(stems[0], known)
    return stems[1][kept], number


def _together(starts: Spans) -> tuple[Ints, Ints]:
    """The places of all pairs of words, one of each side, that stand in the same bead."""
    bead = np.repeat(np.arange(len(starts[0]) - 1), np.diff(starts[0]))
    across, place = expand(starts[1][bead], starts[1][bead + 1])
    return place, across


def _level(cosines: Sequence[Floats]) -> float:
    """The mean, leaning on what is usual where there are few."""
    every = np.concatenate(cosines)
    return float((every.sum() + _LEANING * _USUAL) / (len(every) + _LEANING))
