"""The words of a text as a lexicon counts them: beginnings of words, and characters where no spaces part words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

STEM: Final = 4
"""Letters of a word that count, for what follows is mostly ending; five are nearly as good, six and more are not."""
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_WORD: Final = re.compile(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]+")
_EDGES: Final = ".,;:!?…—–-«»“”„\"'’()[]"
"""Marks that most often stand around a word, none of them part of one."""
_FIRST_UNSPACED: Final = "\u0e00"
_MOST: Final = 100
"""Characters of a run without spaces that are looked at."""


def stems(text: str) -> list[int]:
    """Hashes (31 bits) of the stems in a text, or of its characters and pairs of characters.

    >>> stems("Сказал:") == stems("«сказала")
    True
    >>> len(stems("老人与海"))
    7
    """
    return stems_of(text.lower())


def stems_of(small: str) -> list[int]:
    """The same of a text in small letters."""
    bare = small.strip(_EDGES)
    if bare.isalnum() and (bare.isascii() or max(bare) < _FIRST_UNSPACED):  # as nearly every word is
        return [_hash(bare[:STEM])]
    return list(map(_hash, _stems(small)))


@lru_cache(maxsize=1 << 14)
def _hash(stem: str) -> int:
    return zlib.crc32(stem.encode("utf-8", "replace")) & 0x7FFFFFFF


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if word[0] < _FIRST_UNSPACED or not re.match(f"[{_UNSPACED}]", word):
            yield word[:STEM]
        else:
            yield from word[:_MOST]
            yield from map("".join, pairwise(word[:_MOST]))
