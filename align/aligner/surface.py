"""What can be seen of kinship without knowing the languages: letters and numbers.

Names, loan words and cognates keep much of their spelling once scripts are transliterated: `Лавров` / `Lavrov`,
`министр` / `minister`. Sentences become hashed bags of character 4-grams and of numbers, weighted by rarity, so
that a dot product counts what two of them share; sums over a span of sentences are bags of the span.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.numbers import numbers_there
from align.aligner.sentences import Sentences
from align.aligner.words import Words

Floats32 = npt.NDArray[np.float32]

LETTER_BUCKETS: Final = 512
NUMBER_BUCKETS: Final = 128

_RARITY_BITS: Final = 16


def letter_bags(source: Sequence[str], target: Sequence[str]) -> tuple[Floats32, Floats32]:
    """Hashed bags of character 4-grams of both sides, weighted by rarity over both.

    Returns:
        Two arrays, ``(len(source), LETTER_BUCKETS)`` and ``(len(target), LETTER_BUCKETS)``.
    """
    return bags_of_letters(Words.of(source), Words.of(target))


def bags_of_letters(source: Words, target: Words) -> tuple[Floats32, Floats32]:
    """The same, of words that were looked at already."""
    rare = np.zeros(1 << _RARITY_BITS)
    for side in (source, target):
        rare += np.bincount(side.grams[0] & ((1 << _RARITY_BITS) - 1), minlength=1 << _RARITY_BITS)
    rare = 1.0 / np.sqrt(1.0 + rare)
    return _scatter(source, rare), _scatter(target, rare)


def _scatter(side: Words, rare: npt.NDArray[np.float64]) -> Floats32:
    hashes, owners = side.grams
    weights = rare[hashes & ((1 << _RARITY_BITS) - 1)]
    # A random sign lets collisions cancel (feature hashing; Weinberger et al. 2009).
    signed = np.where((hashes >> _RARITY_BITS) & 1, weights, -weights)
    places = owners * LETTER_BUCKETS + (hashes >> (_RARITY_BITS + 1)) % LETTER_BUCKETS
    bags = np.bincount(places, weights=signed, minlength=side.count * LETTER_BUCKETS)
    return bags.astype(np.float32).reshape(side.count, LETTER_BUCKETS)


def number_bags(source: Sequence[str], target: Sequence[str]) -> tuple[Floats32, Floats32]:
    """Hashed bags of the numbers of both sides; rare numbers weigh more.

    Returns:
        Two arrays, ``(len(source), NUMBER_BUCKETS)`` and ``(len(target), NUMBER_BUCKETS)``.
    """
    texts = Sentences.of_texts(source), Sentences.of_texts(target)
    return bags_of_numbers(texts, (Words.of(source), Words.of(target)))


def bags_of_numbers(sentences: tuple[Sentences, Sentences], words: tuple[Words, Words]) -> tuple[Floats32, Floats32]:
    """The same, of words that were looked at already."""
    places = [side.counting().tolist() for side in words]
    found = [
        list(zip(each, map(numbers_there, text.chosen(each)), strict=True))
        for text, each in zip(sentences, places, strict=True)
    ]
    seen = Counter(number for side in found for _, sentence in side for number in set(sentence))
    first, second = (np.zeros((side.count, NUMBER_BUCKETS), dtype=np.float32) for side in words)
    for side, bags in zip(found, (first, second), strict=True):
        for at, sentence in side:
            for number in sentence:
                bags[at, zlib.crc32(number.encode()) % NUMBER_BUCKETS] += 1.0 / np.sqrt(seen[number] / 2)
    return first, second
