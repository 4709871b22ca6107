"""What can be seen of kinship without knowing the languages: letters and numbers.

Names, loan words and cognates keep much of their spelling once scripts are transliterated: `Лавров` / `Lavrov`,
`министр` / `minister`. Sentences become hashed bags of character 4-grams and of numbers, weighted by rarity, so
that a dot product counts what two of them share; sums over a span of sentences are bags of the span.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.numbers import code_of, numbers_there
from align.aligner.vocabulary import Numbered, read_texts

Ints = npt.NDArray[np.int64]
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
    return bags_of_numbers(read_texts(source), read_texts(target))


def bags_of_numbers(source: Numbered, target: Numbered) -> tuple[Floats32, Floats32]:
    """The same, of sentences whose pieces have numbers."""
    found = _numbers(source), _numbers(target)
    # In how many sentences each stands, once a sentence.
    once = [np.unique(owners << 32 | codes) & 0xFFFFFFFF for owners, codes in found]
    known, seen = np.unique(np.concatenate(once), return_counts=True)
    weights = 1.0 / np.sqrt(seen / 2)
    first, second = (
        _bags(owners * NUMBER_BUCKETS + codes % NUMBER_BUCKETS, weights[np.searchsorted(known, codes)], len(side))
        for side, (owners, codes) in zip((source, target), found, strict=True)
    )
    return first, second


def _bags(places: Ints, weights: npt.NDArray[np.float64], count: int) -> Floats32:
    bags = np.bincount(places, weights=weights, minlength=count * NUMBER_BUCKETS)
    found: Floats32 = bags.astype(np.float32).reshape(count, NUMBER_BUCKETS)
    return found


def _numbers(given: Numbered) -> tuple[Ints, Ints]:
    """The sentence of each number, and its code.

    Most numbers are of one piece, and what follows ends them: those are known. Only sentences with others are read.
    """
    pieces, known = given.numbers, given.columns
    places = np.flatnonzero(known.counts.values[pieces])
    owners = np.searchsorted(given.edges, places, side="right") - 1
    behind = np.minimum(places + 1, max(len(pieces) - 1, 0))
    ended = (places + 1 == given.edges[owners + 1]) | known.ends.values[pieces[behind]]
    read = np.unique(owners[~ended])
    alone = ~np.isin(owners, read)
    codes, lengths = known.values.taken(pieces[places[alone]])
    texts = [numbers_there(text) for text in given.sentences.chosen(read.tolist())]
    more = np.array([code_of(number) for text in texts for number in text], dtype=np.int64)
    return (
        np.concatenate([np.repeat(owners[alone], lengths), np.repeat(read, list(map(len, texts)))]).astype(np.int64),
        np.concatenate([codes.astype(np.int64) & 0xFFFFFFFF, more]),
    )
