"""Numbers as a translator keeps them: digits, Roman numerals, number words of English and Russian.

Numbers survive translation better than anything else, but not their dress: ``XVI`` is ``16th``, ``два`` is
``two``, ``1 000 000`` is ``1,000,000``. Each becomes its plain digits, so that both sides say the same.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DIGITS: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*")
_ROMAN: Final = re.compile(r"\b(?=[IVXLC]{2,}\b)(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})\b")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Russian full of look-alikes: Х and І in Roman numerals are often typed on the Cyrillic keyboard.
_LOOKALIKES: Final = str.maketrans("ХІС", "XIC")

_STEMS: Final[tuple[tuple[str, str], ...]] = (
    ("двенадцат", "12"), ("двадцат", "20"), ("тринадцат", "13"), ("тридцат", "30"), ("четырнадцат", "14"),
    ("пятнадцат", "15"), ("шестнадцат", "16"), ("семнадцат", "17"), ("восемнадцат", "18"),
    ("девятнадцат", "19"), ("одиннадцат", "11"), ("пятьдесят", "50"), ("шестьдесят", "60"), ("сорок", "40"),
    ("девяност", "90"), ("десят", "10"), ("трет", "3"), ("четвер", "4"), ("четыр", "4"), ("девят", "9"),
    ("восем", "8"), ("восьм", "8"), ("седьм", "7"), ("втор", "2"),
)  # fmt: skip
_WORDS: Final = {
    "два": "2", "две": "2", "двух": "2", "двум": "2", "двумя": "2", "двое": "2", "оба": "2", "обе": "2",
    "три": "3", "трех": "3", "трёх": "3", "трем": "3", "трём": "3", "тремя": "3", "трое": "3",
    "пять": "5", "пяти": "5", "пятью": "5", "пятый": "5", "пятого": "5", "пятая": "5", "пятой": "5",
    "шесть": "6", "шести": "6", "шестью": "6", "шестой": "6", "шестого": "6", "шестая": "6",
    "семь": "7", "семи": "7", "семью": "7", "сто": "100", "ста": "100",
    "two": "2", "both": "2", "second": "2", "three": "3", "third": "3", "four": "4", "fourth": "4",
    "five": "5", "fifth": "5", "six": "6", "sixth": "6", "seven": "7", "seventh": "7", "eight": "8",
    "eighth": "8", "nine": "9", "ninth": "9", "ten": "10", "tenth": "10", "eleven": "11", "eleventh": "11",
    "twelve": "12", "twelfth": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "twentieth": "20",
    "thirty": "30", "thirtieth": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90",
    "hundred": "100",
}  # fmt: skip


def numbers(text: str) -> list[str]:
    """The numbers of a text in plain digits, in no particular order.

    >>> sorted(numbers("XVI сессия, 1 000 000 человек, две страны"))
    ['1000000', '16', '2']
    """
    found = [re.sub(r"\D", "", _plain_digits(match)) for match in _DIGITS.findall(text)]
    found += [str(_roman(match.group())) for match in _ROMAN.finditer(text.translate(_LOOKALIKES))]
    found += [value for word in _WORD.findall(text.lower()) if (value := _spelled(word))]
    return [number.lstrip("0") or "0" for number in found if number]


def _plain_digits(digits: str) -> str:
    if digits.isascii():
        return digits
    return "".join(str(unicodedata.digit(character, "")) for character in digits)


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < max(values[at:]) else value for at, value in enumerate(values)
    )


def _spelled(word: str) -> str | None:
    if (value := _WORDS.get(word)) is not None:
        return value
    return next((value for stem, value in _STEMS if word.startswith(stem)), None)
