"""What can be seen of kinship without knowing the languages: letters and numbers.

Names, loan words and cognates keep much of their spelling once scripts are transliterated: `Лавров` / `Lavrov`,
`министр` / `minister`. Sentences become hashed bags of character 4-grams and of numbers, weighted by rarity, so
that a dot product counts what two of them share; sums over a span of sentences are bags of the span.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.numbers import numbers

Floats32 = npt.NDArray[np.float32]

LETTER_BUCKETS: Final = 512
NUMBER_BUCKETS: Final = 128

_GRAM: Final = 4
_RARITY_BITS: Final = 16
_LATIN: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "j",
        "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c",
        "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
        "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
        "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "t", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
        "υ": "i", "φ": "f", "χ": "h", "ψ": "p", "ω": "o",
        "y": "i", "w": "v", "ß": "s", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "e", "œ": "e",
        "\u2019": "'",
    }
)  # fmt: skip
_DIGRAPHS: Final = re.compile(r"kh|ts|ch|sh|zh|ck|ph|th|qu|x|(.)\1")
_SHORTER: Final = {
    "kh": "h", "ts": "c", "ch": "c", "sh": "s", "zh": "j", "ck": "k", "ph": "f", "th": "t", "qu": "k", "x": "ks",
}  # fmt: skip


def skeleton(text: str) -> str:
    """Transliterate to bare Latin letters, so that names of different scripts meet.

    >>> skeleton("Щукин"), skeleton("Shchukin")
    ('sukin', 'scukin')
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("й", "и"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LATIN)
    return _DIGRAPHS.sub(lambda found: _SHORTER.get(found.group(), found.group(1) or ""), plain)


@lru_cache(maxsize=1 << 16)
def _word_skeleton(word: str) -> str:
    return skeleton(word)


def letter_bags(source: Sequence[str], target: Sequence[str]) -> tuple[Floats32, Floats32]:
    """Hashed bags of character 4-grams of both sides, weighted by rarity over both.

    Returns:
        Two arrays, ``(len(source), LETTER_BUCKETS)`` and ``(len(target), LETTER_BUCKETS)``.
    """
    grams = [_grams(source), _grams(target)]
    rare = np.zeros(1 << _RARITY_BITS)
    for hashes, _ in grams:
        rare += np.bincount(hashes & ((1 << _RARITY_BITS) - 1), minlength=1 << _RARITY_BITS)
    rare = 1.0 / np.sqrt(1.0 + rare)
    first, second = (
        _scatter(hashes, owners, rare, count)
        for (hashes, owners), count in zip(grams, (len(source), len(target)), strict=True)
    )
    return first, second


def _grams(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Hashes of all 4-grams inside words, and the sentence that each comes from."""
    lines = [" ".join(["", *map(_word_skeleton, text.split()), ""]) for text in texts]
    points = np.frombuffer("".join(lines).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    lengths = np.array([len(line) for line in lines], dtype=np.int64)
    owner = np.repeat(np.arange(len(lines)), lengths)
    if len(points) < _GRAM:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    letter = (points >= ord("a")) & (points <= ord("z"))
    count = len(points) - _GRAM + 1
    hashed = np.zeros(count, dtype=np.uint64)
    inside = np.ones(count, dtype=bool)
    for at in range(_GRAM):
        part = slice(at, at + count)
        hashed = (hashed * np.uint64(31) + points[part]) * np.uint64(0x9E3779B97F4A7C15)
        # The first place may be the edge of a word, so that its beginning counts for more.
        inside &= letter[part] if at else (letter[part] | (points[part] == ord(" ")))
    kept = (hashed[inside] >> np.uint64(20)).astype(np.int64) & 0x7FFFFFFF
    return kept, owner[:count][inside]


def _scatter(
    hashes: npt.NDArray[np.int64], owners: npt.NDArray[np.int64], rare: npt.NDArray[np.float64], count: int
) -> Floats32:
    weights = rare[hashes & ((1 << _RARITY_BITS) - 1)]
    # A random sign lets collisions cancel (feature hashing; Weinberger et al. 2009).
    signed = np.where((hashes >> _RARITY_BITS) & 1, weights, -weights)
    places = owners * LETTER_BUCKETS + (hashes >> (_RARITY_BITS + 1)) % LETTER_BUCKETS
    bags = np.bincount(places, weights=signed, minlength=count * LETTER_BUCKETS)
    return bags.astype(np.float32).reshape(count, LETTER_BUCKETS)


def number_bags(source: Sequence[str], target: Sequence[str]) -> tuple[Floats32, Floats32]:
    """Hashed bags of the numbers of both sides; rare numbers weigh more.

    Returns:
        Two arrays, ``(len(source), NUMBER_BUCKETS)`` and ``(len(target), NUMBER_BUCKETS)``.
    """
    found = [[numbers(text) for text in side] for side in (source, target)]
    seen = Counter(number for side in found for sentence in side for number in set(sentence))
    first, second = (np.zeros((len(side), NUMBER_BUCKETS), dtype=np.float32) for side in found)
    for side, bags in zip(found, (first, second), strict=True):
        for at, sentence in enumerate(side):
            for number in sentence:
                bags[at, zlib.crc32(number.encode()) % NUMBER_BUCKETS] += 1.0 / np.sqrt(seen[number] / 2)
    return first, second
