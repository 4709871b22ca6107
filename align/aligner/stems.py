"""The words of a text as a lexicon counts them: beginnings of words, and characters where no spaces part words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from align.aligner.spelling import ALNUM, EDGE, FIRST_UNSPACED, SPACED, STEM_EDGES, Lines

Ints = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]

STEM: Final = 4
"""Letters of a word that count, for what follows is mostly ending; five are nearly as good, six and more are not."""
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_WORD: Final = re.compile(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]+")
_FIRST_UNSPACED: Final = chr(FIRST_UNSPACED)
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
    bare = small.strip(STEM_EDGES)
    if bare.isalnum() and (bare.isascii() or max(bare) < _FIRST_UNSPACED):  # as nearly every word is
        return [_hash(bare[:STEM])]
    return list(map(_hash, _stems(small)))


def stems_of_lines(small: str) -> tuple[Ints, Ints]:
    """The same of many words in small letters, one a line: the stems of all in a row, and how many each has."""
    lines = Lines.of(small)
    inside = np.ones(len(lines.points), dtype=np.bool_)
    inside[lines.stops[:-1]] = False
    alnum, spaced = lines.codes & ALNUM > 0, lines.codes & SPACED > 0
    bare = inside & (lines.codes & EDGE == 0)
    first, last = lines.first(bare), lines.last(bare)
    plain = np.concatenate([[0], np.cumsum(alnum & spaced)])
    simple = (first >= 0) & (plain[last + 1] - plain[first] == last + 1 - first)
    telling = np.logical_or.reduceat(inside & (alnum | ~spaced), lines.starts)
    rest = np.flatnonzero(telling & ~simple)
    found = _hashes(lines.points, first[simple], last[simple] + 1)
    lengths = simple.astype(np.int64)
    words = small.split("\n")
    runs = [stems_of(words[at]) for at in rest.tolist()]
    places = np.repeat((np.cumsum(lengths) - lengths)[rest], list(map(len, runs)))
    lengths[rest] = list(map(len, runs))
    return np.insert(found, places, [each for run in runs for each in run]), lengths


def _hashes(points: Points, starts: Ints, stops: Ints) -> Ints:
    """`_hash` of the first letters of many words, none beyond U+07FF but for a few below U+0E00."""
    found = np.full(len(starts), 0xFFFFFFFF, dtype=np.uint32)
    for at in range(STEM):
        there = starts + at < stops
        point = points[np.where(there, starts + at, 0)]
        long, longer = there & (point > 0x7F), there & (point > 0x7FF)  # noqa: PLR2004 - bytes in UTF-8
        _step(found, longer, 0xE0 | point >> 12)
        _step(found, long & ~longer, 0xC0 | point >> 6)
        _step(found, longer, 0x80 | point >> 6 & 0x3F)
        _step(found, long, 0x80 | point & 0x3F)
        _step(found, there & ~long, point)
    return (~found & np.uint32(0x7FFFFFFF)).astype(np.int64)


def _step(found: Points, which: npt.NDArray[np.bool_], byte: npt.NDArray[np.integer[Any]]) -> None:
    """CRC-32 with one byte more, of some words."""
    some = found[which]
    found[which] = _crc_table()[(some ^ byte[which]) & 0xFF] ^ some >> 8


@lru_cache(maxsize=1)
def _crc_table() -> Points:
    table: Points = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, np.uint32(0xEDB88320) ^ table >> np.uint32(1), table >> np.uint32(1))
    return table


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
