"""Rules about numbers: dates and ordinals."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import Decision, SplitPoint

_ROMAN: Final = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")  # XML and CD are none
_LONGEST_ORDINAL: Final = 3
_DAY_OR_MONTH: Final = re.compile(r"\d{1,2}$")


def date_in_parts(point: SplitPoint) -> Decision | None:
    """A date may be written with spaces.

    ru: `Письмо от 04. 10. 2017 получено.| |Ответ готов.`
    """
    if point.terminator != "." or not _DAY_OR_MONTH.match(point.token):
        return None
    inside = re.match(r"\d{1,2}\. ?\d{2,4}|(?:19|20)\d\d\b", point.text[point.next : point.next + 12])
    return Decision.JOIN if inside else None


def ordinal(point: SplitPoint) -> Decision | None:
    """In some languages a number with a full stop is an ordinal.

    de: `Am 3. Mai war es still.| |Am 4. Juni nicht.`
    de: `Der 1. FC Köln gewann.| |Es waren 3.| |Köln feierte.`
    de: `Vasen aus dem 1. – 3. Jahrhundert sind da.| |Der II. Weltkrieg war lang.`
    tr: `II. Abdülaziz ve 3. Levent kaldı.| |Toplam 12.| |Sonra bitti.`
    """
    if not point.data.ordinals or point.terminator != "." or point.closing:
        return None
    is_roman = _ROMAN.fullmatch(point.token) is not None
    if not is_roman and not point.token.isdigit():
        return None
    if point.word in point.data.months or (point.dash and point.word[:1].isdigit()):
        return Decision.JOIN
    if point.is_before_starter or not point.is_before_capital or point.opening or point.dash:
        return None
    names = is_roman or (point.data.verb_final and len(point.token) <= _LONGEST_ORDINAL)
    return Decision.JOIN if names or point.previous.lower() in point.data.determiners else None
