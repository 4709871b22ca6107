"""Rules about initials and other single capital letters."""

from __future__ import annotations

from typing import Final

from align.splitter.point import Decision, SplitPoint

_DIGRAPHS: Final = frozenset({"Дж", "Вл", "Ал", "Ch", "Th", "Ph", "Chr", "Yu", "Ya", "Zh", "Sh", "Ts", "Kh", "Ye"})


def _is_initial(token: str) -> bool:
    """Whether the token is ``С``, ``Дж``, ``С.В`` or ``J.-P``: capitals of one or two letters each."""
    parts = token.replace("-", ".").split(".")
    return all(part in _DIGRAPHS or (part.isupper() and len(part) == 1) for part in parts if part)


def lettered_noun(point: SplitPoint) -> Decision | None:
    """A letter that names a thing, not a person, may end the sentence.

    ru: `Напомним о витамине C.| |Врачи его любят.`
    en: `There is no plan B.| |Officials agree.`
    en: `They agree more often than you and I.| |Did you know?`
    """
    if point.terminator != "." or len(point.token) != 1 or not point.token.isupper():
        return None
    if point.is_before_starter or point.previous.lower().strip('«“"(') in point.data.lettered:
        return Decision.SPLIT
    return Decision.SPLIT if point.token in point.data.pronouns and point.previous.islower() else None


def initials(point: SplitPoint) -> Decision | None:
    """Initials belong to the name that follows, unless a sure beginning follows.

    ru: `Выступил С. В. Лавров.| |Его слушали.`
    ru: `Слово взял Лавров С.В.| |Он был краток.`
    en: `J. K. Rowling wrote it.| |People read it.`
    """
    if point.terminator != "." or point.closing or not point.token or not _is_initial(point.token):
        return None
    if point.is_before_starter:
        return Decision.SPLIT
    return Decision.JOIN if point.is_before_capital and not point.opening else None
