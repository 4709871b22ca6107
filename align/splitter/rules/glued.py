"""The rule for sentences without white space between them."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import Decision, SplitPoint
from align.splitter.rules.abbreviations import is_abbreviation

_PLAIN_RIGHT: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?(?:[\s,:;]|$)")
_WIDE: Final = "。．！？｡"
_SHORTEST: Final = 3


def glued_sentence(point: SplitPoint) -> Decision | None:
    """A missing space is forgiven where both sides are plain words.

    ru: `Это конец.||Начало было раньше.`
    en: `The talks ended.||The envoys left.`
    ru: `Сайт ул.Ленина и программа Node.Js не в счёт.| |Всё.`
    ru: `Так и есть...||Потом он ушёл.`
    """
    if not point.is_glued or not point.data.spaced:
        return None
    if point.terminator[-1] in _WIDE:
        return None
    titled = point.is_stopped and point.data.knows(point.data.title, point.word)
    if not (titled or _PLAIN_RIGHT.match(point.text, point.next)) or is_abbreviation(point):
        return Decision.JOIN
    if point.is_before_starter or titled:
        return Decision.SPLIT
    token = point.token
    plain = token.isalpha() and token.islower() and len(token) >= _SHORTEST
    return Decision.SPLIT if plain else Decision.JOIN
