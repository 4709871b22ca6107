"""Rules about what follows a point, whatever stands before it."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import BULLETS, Decision, SplitPoint

_ITEM: Final = re.compile(r"(?:[a-zа-я]|\d{1,2}|\((?:[a-zа-я]|[ivx]{1,5}|\d{1,2}))\)\s")
SHORTEST_WORD: Final = 5
"""A shorter word before a full stop may be an abbreviation that no list holds."""

LONG_WORD: Final = 8
_LONGEST_MARKS: Final = 40
_CYRILLIC_ENDS: Final = "аеёиоуыэюяіїєьй"
_SPACED_STOPS: Final = re.compile(r"(?:\s?\.)*$")
BRACKET_REACH: Final = 400
"""How far back a bracket that is open at a point is looked for, in characters."""

_CONTINUING = frozenset(",;:)]}»”.!?…%/=+。！？，、；：」』）】》〉")


def item_follows(point: SplitPoint) -> Decision | None:
    """A letter or number in brackets begins an item of a list, whatever its case.

    en: `(a) The parties agree.| |(b) They sign.`
    ru: `а) Стороны согласны.| |б) Стороны подписывают.`
    ru: `Об этом (раздел III, п. 4) сказано.| |Читайте.`
    """
    if point.terminator[0] not in point.data.terminators or point.terminator == "…":
        return None
    if point.token in point.data.suspects:
        return None
    return Decision.SPLIT if _ITEM.match(point.text, point.next, point.next + 12) else None


def continued_lower(point: SplitPoint) -> Decision | None:
    """A lower-case letter, after any quotes and dashes, goes on with the sentence.

    ru: `Он спросил: «Когда?» — и ушёл.| |Все молчали.`
    ru: `Прошло 5 тыс. лет.| |Ничего не изменилось.`
    en: `"Is it true?" he asked.| |Nobody knew.`
    en: `The answer is ... well, long.| |Wait for it.`
    """
    return Decision.JOIN if point.word[:1].islower() else None


def lower_after_word(point: SplitPoint) -> Decision | None:
    """After a plain long word a full stop ends the sentence even where the next begins small.

    en: `They planned the works.| |how they will pay is unclear.`
    ru: `Автор проекта Иванова.| |что дальше, неясно.`
    ru: `См. примеч. автора.| |Там всё есть.`
    de: `Papst Johannes XXIII. war beliebt.| |Er lachte gern.`
    """
    token = point.token
    if point.terminator not in {".", "?"} or point.closing or point.opening or point.dash:
        return None
    if point.terminator == "?" and _is_reported(point):
        return None
    if len(token) < SHORTEST_WORD or not token.isalpha() or token in point.data.suspects:
        return None
    if not point.word[:1].islower() or point.is_glued or point.data.name == "general":
        return None
    return None if _may_be_short(point) else Decision.SPLIT


def _may_be_short(point: SplitPoint) -> bool:
    """Whether a long token is a Roman numeral, or ends in a consonant as Russian abbreviations do."""
    token = point.token
    if point.data.ordinals and token.isupper():
        return True
    last = token[-1].lower()
    return "а" <= last <= "ё" and last not in _CYRILLIC_ENDS and len(token) < LONG_WORD


def _is_reported(point: SplitPoint) -> bool:
    """Whether a verb of saying is among the next two words: ``Where? he asked``."""
    words = point.text[point.next : point.next + 40].split()[:2]
    return not point.data.reporting or any(word.strip(".,") in point.data.reporting for word in words)


def punctuation_follows(point: SplitPoint) -> Decision | None:
    """A comma, a closing mark or another full stop belongs to what came before.

    en: `The signs . . . are clear.| |He left.`
    ru: `Он сказал ( и был прав ! ) , что пора.| |Все согласились.`
    de: `»Ist das wahr?« fragte er.| |»Ja.«| |Er ging.`
    kk: `Ол келді.| |”Бұл рас”, – деді ол.`
    """
    if point.right in _CONTINUING and not _opens(point):
        return Decision.JOIN
    after = point.next + len(point.opening)
    alone = point.opening and not point.word and not point.dash
    return Decision.JOIN if alone and point.text[after : after + 1] in _CONTINUING else None


def _opens(point: SplitPoint) -> bool:
    """Whether a quotation mark that mostly closes stands right before a word, and so opens."""
    after = point.text[point.next + 1 : point.next + 2]
    return point.right in "»”" and after.isalnum()


def nothing_but_marks(point: SplitPoint) -> Decision | None:
    """A sentence holds at least one letter or digit: an ellipsis may open it.

    ru: `… И вот мы здесь.| |Начнём.`
    en: `... The talks went on.| |They were long.`
    """
    if point.cut - point.begin > _LONGEST_MARKS:
        return None
    body = point.text[point.begin : point.cut]
    return None if any(character.isalnum() for character in body) else Decision.JOIN


def spaced_ellipsis(point: SplitPoint) -> Decision | None:
    """Three full stops with spaces are an ellipsis; a fourth one ends the sentence.

    en: `He began, then . . . I forgot the rest.| |Sorry.`
    en: `The terms were listed . . . .| |They are long.`
    en: `He began, then . . .| |The line went dead.`
    """
    if point.terminator != "." or not point.text[point.start - 1 : point.start].isspace():
        return None
    run = _SPACED_STOPS.search(point.text[max(point.begin, point.cut - 16) : point.cut])
    if not run or run.group().count(".") != len("..."):
        return None
    return None if point.is_before_starter and point.word not in point.data.pronouns else Decision.JOIN


def stutter(point: SplitPoint) -> Decision | None:
    """Someone who stumbles over a word says it twice.

    ru: `Я... Я не знаю.| |Спросите их.`
    en: `“I… I don't know,” he said.| |They left.`
    """
    if point.terminator not in {"…", "...", ". . ."} or point.closing or not point.word:
        return None
    return Decision.JOIN if point.token.lower() == re.split("['’]", point.word, maxsplit=1)[0].lower() else None


def unspaced_ellipsis(point: SplitPoint) -> Decision | None:
    """Where no capital tells, an ellipsis is more often a pause than an end.

    zh: `我……我不知道。||他说……算了。`
    """
    if point.data.spaced or point.terminator[0] != "…" or point.closing:
        return None
    return Decision.JOIN


def in_brackets(point: SplitPoint) -> Decision | None:
    """A round bracket opened within a sentence keeps it whole until it is closed.

    ru: `Он ушёл (так решили вместе. Иначе было нельзя).| |Все молчали.`
    en: `He left (as agreed. No one asked why) at noon.| |Then it rained.`
    ru: `(Здание передано в 2001 году.| |Плата не взимается.)| |Стороны довольны.`
    """
    body = point.text[max(point.begin, point.cut - BRACKET_REACH) : point.cut]
    opened = body.rfind("(")
    if opened < 0 or body.rfind(")") > opened or not any(map(str.isalnum, body[:opened])):
        return None
    ahead = point.text[point.next : point.next + 200]
    closed = ahead.find(")")
    if closed < 0 or 0 <= ahead.find("(") < closed:
        return None
    return Decision.JOIN


def capital_or_number(point: SplitPoint) -> Decision | None:
    """A capital, a number, a quote, a bracket, a dash or a bullet begins a sentence.

    ru: `Это решено.| |5 мая начнутся переговоры.`
    ru: `— Вы придёте?| |— Да.`
    en: `He left.| |“Why?” she asked.`
    en: `It is done.| |(See the annex.)`
    """
    if point.is_before_capital or point.right.isdigit() or point.opening or point.dash:
        return Decision.SPLIT
    return Decision.SPLIT if point.right in BULLETS or point.word else None
