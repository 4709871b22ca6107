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
from align.aligner.vocabulary import Numbered, read_texts
from align.aligner.words import Words

Floats32 = npt.NDArray[np.float32]

NUMBER_BUCKETS: Final = 128


def letter_bags(source: Sequence[str], target: Sequence[str]) -> tuple[Floats32, Floats32]:
    """Hashed bags of character 4-grams of both sides, weighted by rarity over both.

    Returns:
        Two arrays, ``(len(source), LETTER_BUCKETS)`` and ``(len(target), LETTER_BUCKETS)``.
    """
    return bags_of_letters(read_texts(source), read_texts(target))


def bags_of_letters(source: Numbered, target: Numbered) -> tuple[Floats32, Floats32]:
    """The same, of sentences whose pieces have numbers."""
    counts = [side.loops.grams(side.columns.grams, side.numbers) for side in (source, target)]
    rare = 1.0 / np.sqrt(1.0 + counts[0] + counts[1])
    first, second = (
        side.loops.letters(side.columns.grams, side.numbers, side.edges, rare) for side in (source, target)
    )
    return first, second


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
