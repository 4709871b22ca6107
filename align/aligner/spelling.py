"""What a word looks like: its size, its first and last marks, its quotes; one by one, or of many words at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]

CLOSERS: Final = "\"'»”“’)]}*_"
"""Marks that may stand behind the closing punctuation."""
_ENDS: Final = {".": 1, "。": 1, "۔": 1, "?": 2, "？": 2, "؟": 2, "!": 3, "！": 3, ":": 4, "：": 4, "…": 5}
_DOTS: Final = "..."
_ELLIPSIS: Final = 5
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")
_MARKS: Final = "\"'“”„‟«»‹›‘’‚‛"
_EDGES: Final = f"{_MARKS}.,;:!?…—–-·()[]。，！？；：、"
_OPENERS: Final = frozenset("«“„(（[「『《")
_ENDERS: Final = frozenset("»”)）]」』》")
_QUOTED: Final = frozenset(_MARKS) | _OPENERS | _ENDERS
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_LETTERS: Final = 2.5
"""How many letters of an alphabet one Chinese, Japanese or Korean character is worth, about."""

NOTHING: Final = -1
"""Ending of a word that is nothing but closing marks."""
NO_LETTER: Final = 0
SMALL: Final = 1
_OTHER: Final = 2


def word_size(word: str) -> float:
    """Letters and digits; a Chinese character counts for more."""
    size = len(word) if word.isalnum() else sum(map(str.isalnum, word))
    return size if word.isascii() else size + (_WIDE_LETTERS - 1) * len(_WIDE.findall(word))


def word_ending(word: str) -> int:
    """Code of the closing punctuation (`sides.Side.ending`), or `NOTHING`."""
    bare = word.rstrip(CLOSERS)
    if not bare:
        return NOTHING
    last = bare[-1]
    if last in _ENDS:
        return _ELLIPSIS if bare.endswith(_DOTS) else _ENDS[last]
    return 6 if last in ",;，；—–-" else 0


def word_opening(word: str) -> int:
    """Code of the first character (`sides.Side.opening`)."""
    head = word[0]
    if head in "«“„\"'‘([「『《":
        return 1
    if head in "—–-•*·":
        return 2
    return 3 if head.isdigit() else 0


def first_letter(word: str) -> int:
    """`NO_LETTER`, `SMALL`, or 2 where the first letter is none."""
    found = _FIRST_LETTER.search(word)
    if found is None:
        return NO_LETTER
    return SMALL if found.group().islower() else _OTHER


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


_ALNUM, _LETTER, _CAPITAL, _IS_WIDE, _IS_QUOTED, _DIGIT = (1 << at for at in range(6))
_OPENING, _ENDING = 6, 8
"""From which bit on the codes of what a character opens and closes stand, the latter one greater."""


@lru_cache(maxsize=1 << 13)
def _code(character: str) -> int:
    """All that the functions above say of a word of one character, and whether it is a digit, in one number."""
    flags = (
        character.isalnum(),
        first_letter(character) != NO_LETTER,
        first_letter(character) == _OTHER,
        _WIDE.match(character) is not None,
        character in _QUOTED,
        character.isdecimal(),
    )
    codes = (word_opening(character) << _OPENING) + (word_ending(character) + 1 << _ENDING)
    return sum(flag << at for at, flag in enumerate(flags)) + codes


@dataclass(frozen=True, slots=True)
class Spelling:
    """What many words look like, an array each over the words.

    Attributes:
        sizes: `word_size`.
        endings: `word_ending`.
        openings: `word_opening`.
        letters: `first_letter`.
        quotes: `word_quotes`.
        digits: whether it has a digit.
    """

    sizes: Floats
    endings: Codes
    openings: Codes
    letters: Codes
    quotes: npt.NDArray[np.int32]
    digits: Flags

    @classmethod
    def of(cls, words: Sequence[str]) -> Spelling:
        """Look at some words, one at least, none of them empty or with a line break."""
        points = np.frombuffer("\n".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        starts = np.cumsum(lengths + 1) - lengths - 1
        every, place = np.unique(points, return_inverse=True)
        codes = np.array([_code(chr(point)) for point in every.tolist()])[place]
        # What belongs to no word.
        codes[(starts + lengths)[:-1]] = 0
        some = np.bitwise_or.reduceat(codes, starts)
        letters = _first(codes & _LETTER > 0, starts)
        return cls(
            np.add.reduceat((codes & _ALNUM > 0) + (_WIDE_LETTERS - 1) * (codes & _IS_WIDE > 0), starts),
            _endings(points, codes, starts),
            (codes[starts] >> _OPENING & 3).astype(np.int8),
            np.where(letters < 0, NO_LETTER, SMALL + (codes[letters] & _CAPITAL > 0)).astype(np.int8),
            _quotes(words, some & _IS_QUOTED > 0),
            some & _DIGIT > 0,
        )


def _first(which: Flags, starts: Ints) -> Ints:
    """Where in each word the first such character stands, or -1."""
    found = np.minimum.reduceat(np.where(which, np.arange(len(which)), len(which)), starts)
    return np.where(found < len(which), found, -1)


def _endings(points: npt.NDArray[np.uint32], codes: npt.NDArray[Any], starts: Ints) -> Codes:
    ending = codes >> _ENDING
    last = np.maximum.reduceat(np.where(ending > 0, np.arange(len(codes)), -1), starts)
    found = np.where(last < 0, NOTHING, ending[last] - 1)
    dots = last - starts >= len(_DOTS) - 1
    for back, dot in enumerate(_DOTS):
        dots &= points[np.maximum(last - back, 0)] == ord(dot)
    found[dots] = _ELLIPSIS
    return found.astype(np.int8)


def _quotes(words: Sequence[str], which: Flags) -> npt.NDArray[np.int32]:
    """Few words have any, and those are looked at one by one."""
    found = np.zeros(len(words), dtype=np.int32)
    for at in np.flatnonzero(which).tolist():
        found[at] = word_quotes(words[at])
    return found
