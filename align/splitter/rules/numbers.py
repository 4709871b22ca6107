"""Rules about numbers: dates and ordinals."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import Decision, SplitPoint

_ROMAN: Final = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")  # XML and CD are none
_LONGEST_ORDINAL: Final = 3
_DAY_OR_MONTH: Final = re.compile(r"\d{1,2}$")
_MONTH_AND_YEAR: Final = re.compile(r"\d{1,2}\. ?\d{2,4}|(?:19|20)\d\d\b")
_MONTH_AND_ORDINAL: Final = re.compile(r"\d{1,2}\.[ \d]|(?:19|20)\d\d\b")


def date_in_parts(point: SplitPoint) -> Decision | None:
    """A date may be written with spaces.

    ru: `Письмо от 04. 10. 2017 получено.| |Ответ готов.`
    de: `Er kam am 5. 10. 2017 an.| |Am 6. 10. reiste er ab.`
    """
    if point.terminator != "." or not _DAY_OR_MONTH.match(point.token):
        return None
    rest = _MONTH_AND_ORDINAL if point.data.ordinals else _MONTH_AND_YEAR
    return Decision.JOIN if rest.match(point.text, point.next, point.next + 12) else None


def decimal(point: SplitPoint) -> Decision | None:
    """In Japanese and Chinese a full-width stop between digits or Latin letters ends nothing.

    ja: `値は３．５である．||次に移る．`
    """
    if point.data.spaced or point.terminator != "．" or not point.is_glued or point.closing or not point.token:
        return None
    sides = point.token[-1], point.right
    return Decision.JOIN if all(side.isdigit() or side.isascii() for side in sides) else None


def ordinal(point: SplitPoint) -> Decision | None:
    """In some languages a number with a full stop is an ordinal.

    de: `Am 3. Mai war es still.| |Am 4. Juni nicht.`
    de: `Der 1. FC Köln gewann.| |Es waren 3.| |Köln feierte.`
    de: `Vasen aus dem 1. – 3. Jahrhundert sind da.| |Der II. Weltkrieg war lang.`
    tr: `Bkz. s. 12.| |Hepsi orada.`
    tr: `II. Abdülaziz ve 3. Levent kaldı.| |Toplam 12.| |Sonra bitti.`
    """
    if not point.data.ordinals or point.terminator != "." or point.closing:
        return None
    is_roman = _ROMAN.fullmatch(point.token) is not None
    if not is_roman and not point.token.isdigit():
        return None
    if point.data.knows(point.data.number, point.previous.rstrip(".")):  # what it numbers stands before it
        return None
    if point.word in point.data.months or (point.dash and point.word[:1].isdigit()):
        return Decision.JOIN
    if point.is_before_starter or not point.is_before_capital or point.opening or point.dash:
        return None
    names = is_roman or (point.data.verb_final and len(point.token) <= _LONGEST_ORDINAL)
    return Decision.JOIN if names or point.previous.lower() in point.data.determiners else None
