"""Rules about quoted speech and marks in brackets."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import Decision, SplitPoint

_REACH: Final = 300  # how far a quotation's ends are looked for, in characters
_VERB_REACH: Final = 12  # how far a Chinese verb of saying is looked for, in characters
_CLAUSE_MARK: Final = re.compile(r"[，。：！？、；,:!?;\s]")
_INTRODUCED: Final = re.compile(r":\s*[«“„\"‘'‚]")
_NAME_AND_VERB: Final = re.compile(r"(?:[^\W\d_][\w.’'-]{0,20}\s+){1,3}?([^\W\d_]{2,20})\b")


def mark_in_brackets(point: SplitPoint) -> Decision | None:
    """A mark alone in brackets comments on the word before it.

    ru: `Это стоило 5 (!) Миллиардов рублей.| |Дорого.`
    en: `He paid 5 (?) Billion dollars.| |So it goes.`
    en: `The text [...] Shows this.| |It is clear.`
    """
    before = point.text[max(point.begin, point.start - 1) : point.start]
    return Decision.JOIN if before in {"(", "["} and point.closing[:1] in {")", "]"} else None


def attribution(point: SplitPoint) -> Decision | None:
    """Quoted speech that ends in a mark goes on with who said it.

    en: `“Is it true?” Lavrov asked.| |Nobody knew.`
    en: `He said: “Is it true?”| |Lavrov asked the same.`
    """
    if not point.closing or point.terminator == "." or not point.is_before_capital:
        return None
    if not point.data.reporting or point.is_before_starter:
        return None
    if _INTRODUCED.search(point.text, max(point.begin, point.start - _REACH), point.start):
        return None
    match = _NAME_AND_VERB.match(point.text, point.next, point.next + 80)
    return Decision.JOIN if match and match.group(1) in point.data.reporting else None


def unspaced_attribution(point: SplitPoint) -> Decision | None:
    """Where no capitals tell, a quotation goes on with a verb of saying or a particle.

    zh: `“你去吗？”他问。||没有人回答。`
    zh: `他说：“好。”||我说：“不好。”`
    ja: `彼は「もう十分だ。」と言った。||そして帰った。`
    zh: `他读了《谁之罪？》一书。||很好。`
    """
    if point.data.spaced or not point.closing:
        return None
    after = point.text[point.next : point.next + _VERB_REACH]
    if point.closing[0] in "》〉" or after.startswith(tuple(point.data.particles)):
        return Decision.JOIN
    clause = _CLAUSE_MARK.split(after, maxsplit=1)[0]
    ends = after[len(clause) : len(clause) + 1] in point.data.terminators
    return Decision.JOIN if ends and clause.endswith(tuple(point.data.reporting)) else None


def unspaced_quotation(point: SplitPoint) -> Decision | None:
    """A quotation that a particle ties to the sentence stays whole.

    ja: `「用意はできた。でも条件がある。」と彼は言った。||皆は黙った。`
    """
    if point.data.spaced or not point.data.particles:
        return None
    before = point.text[max(point.begin, point.start - _REACH) : point.cut]
    opened = before.rfind("「")
    if opened < 0 or before.rfind("」") > opened:
        return None
    closed = point.text.find("」", point.next, point.next + _REACH)
    return Decision.JOIN if closed >= 0 and point.text.startswith(tuple(point.data.particles), closed + 1) else None


def in_quotation(point: SplitPoint) -> Decision | None:
    """A quotation that is built into a longer sentence stays whole.

    ru: `Она услышала примерно такое: «Нет, не хочу. Устала» и тому подобное.| |Все молчали.`
    ru: `Он заявил: «Это решено.| |Работа идёт».| |Все согласны.`
    """
    before = point.text[max(point.begin, point.start - _REACH) : point.cut]
    opened = before.rfind("«")
    if opened < 0 or before.rfind("»") > opened or not before[opened + 1 : opened + 2].isalnum():
        return None
    closed = point.text.find("»", point.next, point.next + _REACH)
    if closed < 0 or "«" in point.text[point.next : closed]:
        return None
    return Decision.JOIN if point.text[closed + 1 : closed + 3].strip()[:1].islower() else None


def in_title_marks(point: SplitPoint) -> Decision | None:
    """Chinese and Japanese title marks keep a title whole.

    zh: `他读了《走吧！朋友》这本书。||很好！`
    """
    before = point.text[max(point.begin, point.start - _REACH) : point.cut]
    opened = before.rfind("《")
    inside = opened >= 0 and before.rfind("》") < opened
    return Decision.JOIN if inside and "》" in point.text[point.next : point.next + _REACH] else None


def title_with_year(point: SplitPoint) -> Decision | None:
    """A year in brackets goes with the title before it, whatever mark that ends in.

    ru: `Вышли книги «Что делать?» (1863) и «Кто виноват?» (1846).| |Их читали.`
    """
    if not point.closing or point.opening != "(":
        return None
    return Decision.JOIN if point.word[:1].isdigit() else None
