"""Numbers as a translator keeps them: digits, Roman numerals, number words of English and Russian.

Numbers survive translation better than anything else, but not their dress: ``XVI`` is ``16th``, ``двадцать пять``
is ``25``, ``2,5 млн`` is ``two and a half million``. Each becomes its value, so that both sides say the same.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.spelling import LETTER, Lines
from align.encoder.sorting import among, distinct

_TOKEN: Final = re.compile(
    r"(?P<digits>\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d{1,2}(?![\d.,]))?|\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<stop>[.,;:!?()«»“”\"])"
)
_GROUPED: Final = re.compile(r"\d[\u00a0\u202f ]\d{3}(?!\d)")
"""Thousands set apart by a space: the only number that goes on across one."""
_AROUND: Final = ".,;:!?()«»“”\"…—–-'’"
"""Marks that most often stand around a word; none is part of a number."""
_ROMAN: Final = re.compile(r"(?=[IVXLC]{2,})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LOOKALIKES: Final = str.maketrans("ХІС", "XIC")
_ROMAN_LETTERS: Final = frozenset("IVXLCХІС")
"""Roman numerals are often typed on the Cyrillic keyboard."""

_POWERS: Final = {
    "тыс": 1e3, "тысяч": 1e3, "тысяча": 1e3, "тысячи": 1e3, "тысячу": 1e3, "thousand": 1e3,
    "млн": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "million": 1e6, "millions": 1e6,
    "млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "billion": 1e9, "bn": 1e9,
    "трлн": 1e12, "триллион": 1e12, "триллиона": 1e12, "триллионов": 1e12, "trillion": 1e12,
}  # fmt: skip
_STEMS: Final = {
    "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15,
    "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20,
    "тридцат": 30, "пятьдесят": 50, "пятидесят": 50, "шестьдесят": 60, "шестидесят": 60,
    "семьдесят": 70, "семидесят": 70, "восемьдесят": 80, "восьмидесят": 80, "девяност": 90,
    "двест": 200, "двухсот": 200, "трехсот": 300, "трёхсот": 300, "четырехсот": 400,
    "четырёхсот": 400, "пятьсот": 500, "пятисот": 500, "шестьсот": 600, "шестисот": 600,
    "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
    "четверт": 4, "четвёрт": 4, "четыр": 4, "восьм": 8, "седьм": 7, "девят": 9, "десят": 10, "трет": 3,
}  # fmt: skip
_STEM: Final = re.compile("|".join(_STEMS))
_BEGINNINGS: Final = frozenset(stem[:3] for stem in _STEMS)
_WORDS: Final = {
    "два": 2, "две": 2, "двух": 2, "двум": 2, "двумя": 2, "двое": 2, "оба": 2, "обе": 2, "обоих": 2,
    "второй": 2, "вторая": 2, "второе": 2, "второго": 2, "вторую": 2, "вторым": 2, "втором": 2,
    "три": 3, "трех": 3, "трёх": 3, "трем": 3, "трём": 3, "тремя": 3, "трое": 3, "триста": 300,
    "пять": 5, "пяти": 5, "пятью": 5, "пятый": 5, "пятого": 5, "пятая": 5, "пятой": 5, "пятое": 5,
    "шесть": 6, "шести": 6, "шестью": 6, "шестой": 6, "шестого": 6, "шестая": 6,
    "семь": 7, "семи": 7, "семью": 7, "восемь": 8, "сорок": 40, "сорока": 40, "сто": 100, "ста": 100,
    "two": 2, "both": 2, "second": 2, "twice": 2, "three": 3, "third": 3, "four": 4, "fourth": 4,
    "five": 5, "fifth": 5, "six": 6, "sixth": 6, "seven": 7, "seventh": 7, "eight": 8, "eighth": 8,
    "nine": 9, "ninth": 9, "ten": 10, "tenth": 10, "eleven": 11, "eleventh": 11, "twelve": 12,
    "twelfth": 12, "thirteen": 13, "thirteenth": 13, "fourteen": 14, "fourteenth": 14, "fifteen": 15,
    "fifteenth": 15, "sixteen": 16, "sixteenth": 16, "seventeen": 17, "seventeenth": 17, "eighteen": 18,
    "eighteenth": 18, "nineteen": 19, "nineteenth": 19, "twenty": 20, "twentieth": 20, "thirty": 30,
    "thirtieth": 30, "forty": 40, "fortieth": 40, "fifty": 50, "fiftieth": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_MULTIPLIERS: Final = {**_POWERS, "hundred": 1e2}
_HEADS: Final = np.array(
    sorted(
        {
            sum(ord(letter) << 21 * at for at, letter in enumerate(word[:3]))
            for word in (*_WORDS, *_MULTIPLIERS, *_STEMS)
        }
    )
)
"""The first three letters of all of them, a number each."""
_ROMAN_POINTS: Final = np.array(sorted(map(ord, _ROMAN_LETTERS)))
_LARGEST: Final = 1e18
"""Longer strings of digits are no numbers that anybody counts with."""
_TENS: Final = 20
_HUNDRED: Final = 100


def numbers(text: str) -> list[str]:
    """The values of the numbers in a text, in order.

    >>> numbers("XVI сессия, 1 000 000 человек, двадцать пять стран, 2,5 млн")
    ['16', '1000000', '25', '2500000']
    >>> numbers("the 16th session, a million people, twenty-five countries, 2.5 million")
    ['16', '1000000', '25', '2500000']
    """
    return numbers_there(text) if any(map(may_count, text.split())) else []


def numbers_there(text: str) -> list[str]:
    """The same of a text that has a word which `may_count`."""
    words = [text] if _GROUPED.search(text) else text.split()
    return [f"{value:.10g}" for value in _values(words) if value < _LARGEST]


def code_of(number: str) -> int:
    """A number of 32 bits for each that `numbers` gives."""
    return zlib.crc32(number.encode())


def may_count(word: str) -> bool:
    """Whether a word (between spaces) holds anything of a number: most sentences hold none, and are soon done."""
    bare = word.strip(_AROUND)
    if bare.isalpha():  # one token, as in nearly every word
        small = bare.lower()
        return small in _MULTIPLIERS or _spelled(small) is not None or _roman(bare) is not None
    return any(value is not None or power is not None for value, power, _ in _tokens(word))


def may_count_lines(lines: Lines, small: Lines, words: Sequence[str]) -> npt.NDArray[np.bool_]:
    """`may_count` of many words without digits (those with any may be told either way).

    Args:
        lines: the words.
        small: the same in small letters.
        words: the words once more.
    """
    if len(lines.points) != len(small.points):  # a letter that is two when it is small
        return np.fromiter(map(may_count, words), np.bool_, len(words))
    letter = np.concatenate([lines.codes & LETTER > 0, [False] * 3])
    begins = np.flatnonzero(letter[:-3] & ~np.concatenate([[False], letter[:-4]]))
    both = letter[begins + 1]
    three = both & letter[begins + 2]
    points, capitals = (np.concatenate([each.points, [0] * 3]).astype(np.int64) for each in (small, lines))
    heads = points[begins] | (points[begins + 1] * both) << 21 | (points[begins + 2] * three) << 42
    roman = both & among(capitals[begins], _ROMAN_POINTS) & among(capitals[begins + 1], _ROMAN_POINTS)
    told = np.searchsorted(lines.starts, begins[among(heads, _HEADS) | roman], side="right") - 1
    found = np.zeros(len(lines), dtype=np.bool_)
    for at in distinct(told).tolist():
        found[at] = may_count(words[at])
    return found


_Token = tuple[float | None, float | None, str]
"""Value of a token, what it multiplies by, and the word that it is in small letters, or nothing."""


_NOTHING: Final[tuple[_Token, ...]] = ((None, None, ""),)
"""What nearly every word holds."""


@lru_cache(maxsize=1 << 16)
def _tokens(word: str) -> tuple[_Token, ...]:
    """What a word (between spaces) holds: most hold one token that counts for nothing."""
    if word.isalpha():
        small = word.lower()
        value, power = _roman(word) or _spelled(small), _MULTIPLIERS.get(small)
        return ((value, power, small),) if value is not None or power is not None or small == "and" else _NOTHING
    return tuple(map(_token, _TOKEN.finditer(word)))


def _token(found: re.Match[str]) -> _Token:
    if found["digits"]:
        return _plain(found["digits"]), None, ""
    word = found["word"] or ""
    small = word.lower()
    return (_roman(word) or _spelled(small)) if word else None, _MULTIPLIERS.get(small), small


def _values(words: Sequence[str]) -> Iterator[float]:
    """Values, neighbouring words that make one number put together."""
    pending: float | None = None
    for value, power, word in chain.from_iterable(map(_tokens, words)):
        if value is None and power is None and pending is None:
            continue
        if power is not None:
            pending = (1.0 if pending is None else pending) * power
            continue
        if value is not None and pending is not None and word and _continues(pending, value):
            pending += value
            continue
        if pending is not None and (value is not None or word != "and"):
            yield pending
            pending = None
        if value is not None:
            pending = value
    if pending is not None:
        yield pending


def _continues(pending: float, value: float) -> bool:
    """Whether a spelled number adds to the one before it: twenty | five, сто | двадцать, but not two | three."""
    for unit in (_TENS / 2, _HUNDRED, 1e3, 1e6, 1e9):
        if value < unit:
            return pending >= max(unit, _TENS) and pending % unit == 0
    return False


def _plain(digits: str) -> float:
    """Value of digits with separators: three digits after one make thousands, one or two a fraction."""
    groups = re.split(r"[.,\u00a0\u202f ]", "".join(map(_ascii, digits)))
    if len(groups) > 1 and len(groups[-1]) != 3:  # noqa: PLR2004
        return float("".join(groups[:-1]) + "." + groups[-1])
    return float("".join(groups))


def _ascii(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdigit() else character


def _roman(word: str) -> float | None:
    if len(word) < 2 or word[0] not in _ROMAN_LETTERS:  # noqa: PLR2004
        return None
    numeral = word.translate(_LOOKALIKES)
    if not _ROMAN.fullmatch(numeral):
        return None
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return float(sum(-value if value < max(values[at:]) else value for at, value in enumerate(values)))


def _spelled(word: str) -> float | None:
    value = _WORDS.get(word)
    if value is None and word[:3] in _BEGINNINGS and (stem := _STEM.match(word)):
        value = _STEMS[stem.group()]
    return None if value is None else float(value)
