"""Rules about initials and other single capital letters."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import Decision, SplitPoint

_LIST_REACH: Final = 12
_LISTED: Final = re.compile(r"(?<!\w)[^\W\d_],? (?:and|or|и|или|та|або|und|oder|et|ou|y|o|e|i) \w$")
_NAME_REACH: Final = 40  # a surname and initials are no longer, in characters
_NAMES: Final = 2  # given name and patronymic
DIGRAPHS: Final = frozenset({"Дж", "Вл", "Ал", "Ch", "Th", "Ph", "Chr", "Yu", "Ya", "Zh", "Sh", "Ts", "Kh", "Ye"})
"""Initials of more than one letter."""


def _is_initial(token: str) -> bool:
    """Whether the token is ``С``, ``Дж``, ``С.В`` or ``J.-P``: capitals of one or two letters each."""
    parts = token.replace("-", ".").split(".")
    return all(part in DIGRAPHS or (part.isupper() and len(part) == 1) for part in parts if part)


def lettered_noun(point: SplitPoint) -> Decision | None:
    """A letter that names a thing, not a person, may end the sentence.

    ru: `Напомним о витамине C.| |Врачи его любят.`
    ru: `Глава V.| |Синяя гусеница даёт совет.`
    en: `There is no plan B.| |Officials agree.`
    en: `They agree more often than you and I.| |Did you know?`
    uk: `Є три криві: А, Б та В.| |Крива А найдовша.`
    """
    if point.terminator != "." or len(point.token) != 1 or not point.token.isupper():
        return None
    if point.is_stopped and len(point.word) == 1:  # «в класс Ф. С. Ильин вошёл последним»: initials
        return None
    if point.is_before_starter or point.previous.lower().strip('«“"(') in point.data.lettered:
        return Decision.SPLIT
    if _LISTED.search(point.text, max(point.begin, point.start - _LIST_REACH), point.start):
        return Decision.SPLIT
    return Decision.SPLIT if point.token in point.data.pronouns and point.previous.islower() else None


def initials(point: SplitPoint) -> Decision | None:
    """Initials belong to the name that follows, unless a sure beginning follows.

    ru: `Выступил С. В. Лавров.| |Его слушали.`
    ru: `Слово взял Лавров С.В.| |Он был краток.`
    ru: `Выступил Петров В. В.| |Заседание закрыто.`
    ru: `Секретарь Белова И.И.| |Протокол верен.`
    en: `J. K. Rowling wrote it.| |People read it.`
    """
    if point.terminator != "." or point.closing or not point.token or not _is_initial(point.token):
        return None
    if point.is_before_starter or (point.is_before_capital and _follows_surname(point)):
        return Decision.SPLIT
    return Decision.JOIN if point.is_before_capital and not point.opening else None


def _follows_surname(point: SplitPoint) -> bool:
    """Whether two initials follow their surname, and no other name follows them."""
    if not point.data.surnames or point.is_stopped or point.word.endswith(point.data.surnames):
        return False
    words = point.text[max(point.begin, point.start - _NAME_REACH) : point.start].split()
    count = 0
    while words and _is_initial(words[-1]):
        count += sum(map(str.isalpha, words.pop()))
    if count != _NAMES or len(words) < 2:  # noqa: PLR2004  # the first word has a capital anyway
        return False
    return words[-1][0].isupper() and words[-1].endswith(point.data.surnames)
