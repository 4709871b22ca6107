"""Words in bare Latin letters, so that those of different scripts meet, and the 4-grams of such letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

_GRAM: Final = 4
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
    return skeletons(text.lower())


def skeletons(small: str) -> str:
    """The same of words in small letters, one a line."""
    plain = small.translate(_LATIN)
    if not plain.isascii():
        lines = zip(plain.split("\n"), small.split("\n"), strict=True)
        plain = "\n".join(line if line.isascii() else _bare(word) for line, word in lines)
    return _DIGRAPHS.sub(lambda found: _SHORTER.get(found.group(), found.group(1) or ""), plain)


def _bare(small: str) -> str:
    """Without accents: what the table lacks may be a letter of it with one."""
    bare = unicodedata.normalize("NFKD", small.replace("й", "и"))
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_LATIN)


def grams(words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Hashes (31 bits) of all 4-grams inside words, and the place of the word that each comes from.

    Args:
        words: bare letters with a space on either side.
    """
    points = np.frombuffer("".join(words).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))
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
