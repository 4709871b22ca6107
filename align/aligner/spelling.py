"""What a word looks like: its size, its first and last marks, its quotes; one by one, or of many words at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from align.encoder.sorting import distinct

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
_WIDE_LETTERS: Final = 2.5
"""How many letters of an alphabet one Chinese, Japanese or Korean character is worth, about."""

STEM_EDGES: Final = ".,;:!?…—–-«»“”„\"'’()[]"
"""Marks that most often stand around a word, none of them part of one."""

NOTHING: Final = -1
"""Ending of a word that is nothing but closing marks."""
NO_LETTER: Final = 0
SMALL: Final = 1
_OTHER: Final = 2


def _is_wide(character: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean: to compile a set of so many takes milliseconds."""
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def word_size(word: str) -> float:
    """Letters and digits; a Chinese character counts for more."""
    size = len(word) if word.isalnum() else sum(map(str.isalnum, word))
    return size if word.isascii() else size + (_WIDE_LETTERS - 1) * sum(map(_is_wide, word))


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


ALNUM, LETTER, _CAPITAL, _IS_WIDE, _IS_QUOTED, _DIGIT, SPACED, EDGE = (1 << at for at in range(8))
_OPENING, _ENDING = 8, 10
"""From which bit on the codes of what a character opens and closes stand, the latter one greater."""
FIRST_UNSPACED: Final = 0x0E00
"""Scripts from here on may have no spaces between words."""
_STEM_EDGES: Final = frozenset(STEM_EDGES)
_CODES: Final = 1 << 16
"""Characters whose codes are kept."""
_UNKNOWN: Final = -1


@lru_cache(maxsize=1 << 13)
def _code(character: str) -> int:
    """All that the functions above say of a word of one character, and what kind of one it is, in one number."""
    flags = (
        character.isalnum(),
        first_letter(character) != NO_LETTER,
        first_letter(character) == _OTHER,
        _is_wide(character),
        character in _QUOTED,
        character.isdecimal(),
        ord(character) < FIRST_UNSPACED,
        character in _STEM_EDGES,
    )
    codes = (word_opening(character) << _OPENING) + (word_ending(character) + 1 << _ENDING)
    return sum(flag << at for at, flag in enumerate(flags)) + codes


@lru_cache(maxsize=1)
def _known() -> npt.NDArray[np.int32]:
    """The codes of characters that were met."""
    return np.full(_CODES, _UNKNOWN, dtype=np.int32)


def _codes(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
    known = _known()
    far = points >= _CODES
    codes = known[np.where(far, 0, points)]
    codes[far] = [_code(chr(point)) for point in points[far].tolist()]
    new = distinct(points[codes == _UNKNOWN])
    if len(new):
        known[new] = [_code(chr(point)) for point in new.tolist()]
        codes = np.where(far, codes, known[np.where(far, 0, points)])
    return codes


@dataclass(frozen=True, slots=True)
class Lines:
    """Many words, one a line, none of them empty.

    Attributes:
        points: all characters.
        codes: what is known of each, in the bits `ALNUM`, `LETTER`, `SPACED` (none of a script that may have no
            spaces), `EDGE` (stands around words, in `STEM_EDGES`) and others; 0 for line breaks.
        starts: where each word begins.
        stops: where it ends.
    """

    points: npt.NDArray[np.uint32]
    codes: npt.NDArray[np.int32]
    starts: Ints
    stops: Ints

    @classmethod
    def of(cls, text: str) -> Lines:
        """Take the lines of a text."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        breaks = np.flatnonzero(points == ord("\n"))
        codes = _codes(points)
        codes[breaks] = 0  # what belongs to no word
        return cls(points, codes, np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [len(points)]]))

    def __len__(self) -> int:
        """Number of words."""
        return len(self.starts)

    def first(self, which: Flags) -> Ints:
        """Where in each word the first such character stands, or -1."""
        found = np.minimum.reduceat(np.where(which, np.arange(len(which)), len(which)), self.starts)
        return np.where(found < len(which), found, -1)

    def last(self, which: Flags) -> Ints:
        """Where the last one stands, or -1."""
        found: Ints = np.maximum.reduceat(np.where(which, np.arange(len(which)), -1), self.starts)
        return found

    def some(self) -> npt.NDArray[np.int32]:
        """The bits that any character of each word has."""
        found: npt.NDArray[np.int32] = np.bitwise_or.reduceat(self.codes, self.starts)
        return found


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
    def of(cls, words: Sequence[str], lines: Lines | None = None) -> Spelling:
        """Look at some words, one at least, none of them empty or with a line break; as lines, where that was done."""
        lines = lines or Lines.of("\n".join(words))
        codes, starts, some = lines.codes, lines.starts, lines.some()
        letters = lines.first(codes & LETTER > 0)
        return cls(
            np.add.reduceat((codes & ALNUM > 0) + (_WIDE_LETTERS - 1) * (codes & _IS_WIDE > 0), starts),
            _endings(lines),
            (codes[starts] >> _OPENING & 3).astype(np.int8),
            np.where(letters < 0, NO_LETTER, SMALL + (codes[letters] & _CAPITAL > 0)).astype(np.int8),
            _quotes(words, some & _IS_QUOTED > 0),
            some & _DIGIT > 0,
        )


def _endings(lines: Lines) -> Codes:
    points, starts = lines.points, lines.starts
    ending = lines.codes >> _ENDING
    last = lines.last(ending > 0)
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
