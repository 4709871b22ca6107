"""Rules about numbers: dates and ordinals."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import Decision, SplitPoint

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
    """
    if not point.data.ordinals or point.terminator != "." or not point.token.isdigit():
        return None
    return Decision.JOIN if point.word in point.data.months else None
