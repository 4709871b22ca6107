"""Rules about a full stop that ends an abbreviation, and perhaps the sentence too."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from align.splitter.point import Decision, SplitPoint

_NUMBERLIKE: Final = re.compile(r"\d|№|[IVXLCDMХ]+\b")
_MULTIPLIER: Final = re.compile(r"(?:тыс|млн|млрд|трлн)\.?")
_ENDS_IN_NUMBER: Final = re.compile(r"(?:\d|\b[IVXLХ]+(?:[–—-][IVXLХ]+)?)[)»”\"%°]*$")
_PLAIN_VOWELS: Final = "aeiouyæœøıаеёиоуыэюяіїєәөұүαεηιουωաեէըիօուաეიოუა"
_VOWELS: Final = frozenset(
    chr(code)
    for code in (*range(0x61, 0x250), *range(0x370, 0x600), *range(0x10D0, 0x1100), *range(0x1E00, 0x2000))
    if unicodedata.normalize("NFD", chr(code))[0] in _PLAIN_VOWELS
)
_FEW_WORDS: Final = 4  # an opening such as "Im Mai 44 v. Chr." that no sentence can consist of
_TIME_WORDS: Final = 12  # an opening of nothing but words about time may be longer
_HOURS: Final = frozenset({"h", "ч", "час", "год"})
_COUNTED: Final = re.compile(r"\d+\s*+([^\W\d_]{1,4})\b")
_ROMAN: Final = re.compile(r"[IVXLХ]+")  # the last one is Cyrillic
_MINUTES: Final = re.compile(r"[0-5]\d\b")
_LONGEST_SHAPE: Final = 4
_SMALL_WORD: Final = re.compile(r"\s([a-z]{2,})\b")
_AFTER_NUMERAL: Final = frozenset(
    {"and", "or", "of", "to", "in", "on", "from", "for", "at", "by", "with", "as", "is", "has"}
)
"""Words that follow a numeral (``No. I of the list``) and hardly ever the pronoun."""


def is_small_word(token: str) -> bool:
    """Whether a short token in lower case has a vowel and so may be a word; one letter is none."""
    return len(token) > 1 and token.isalpha() and token.islower() and not _VOWELS.isdisjoint(token)


def after_elision(token: str) -> str:
    """What follows the last apostrophe: ``art`` of ``l'art``; a single letter is an ending (``don't``)."""
    rest = token[max(token.rfind("'"), token.rfind("’")) + 1 :]
    return rest if len(rest) > 1 else token


def _stands(point: SplitPoint) -> bool:
    """Whether the point is one full stop, without closing marks, after a token."""
    return point.terminator == "." and not point.closing and bool(point.token)


def _spellings(point: SplitPoint) -> tuple[str, ...]:
    """The token as it stands, after an elided article, and joined to an abbreviation before it."""
    token = point.token
    found = (token, after_elision(token)) if "'" in token or "’" in token else (token,)
    if ".-" in token:  # Lt.-Gen.
        found = (*found, token.rpartition("-")[2])
    previous = point.previous.lstrip('(«“"')
    if previous.endswith(".") and len(previous) <= _LONGEST_SHAPE:
        return (f"{previous}{token}", *found)
    return found


def _is(point: SplitPoint, kind: frozenset[str]) -> bool:
    return is_abbreviation(point) and any(point.data.knows(kind, word) for word in _spellings(point))


def is_abbreviation(point: SplitPoint) -> bool:
    """Whether the token is an abbreviation of any kind."""
    return any(spelling in point.data.suspects for spelling in _spellings(point))


def _measures(point: SplitPoint) -> bool:
    """Whether the token is the unit of a number before it, or ends a date without one."""
    if _is(point, point.data.date):
        return True
    if not _is(point, point.data.unit):
        return False
    # Thousands of a measure that nothing follows: «9 тыс. км.», but «1,2 млрд долл. США».
    counted = _MULTIPLIER.fullmatch(point.previous) is not None and not _is(point, point.data.either)
    return counted or _ENDS_IN_NUMBER.search(point.previous) is not None


def unit_after_number(point: SplitPoint) -> Decision | None:
    """After a number, a unit or year may end the sentence; an opening phrase does not.

    ru: `Это было в 2014 г.| |Она ушла.`
    ru: `В 2014 г. Россия вступила в клуб.| |Все рады.`
    ru: `В XIX в. Россия росла.| |Росла и торговля.`
    ru: `Она прилетела к нам за 9 тыс. км.| |Вера Игоревна, покажитесь!`
    ru: `Это стоило 1,1 млрд долл. США.| |Комментарии излишни.`
    ru: `В сентябре с.г. Россия внесла проект.| |Его обсудили в октябре с.г.| |Россия довольна.`
    ru: `В первой половине 2017 г. Россия росла.| |Умер в 2017 г.| |Похоронен в Туле.`
    ru: `Ждали 10 час. 30 мин. без сна.| |Наутро ушли.`
    en: `He left at 5 p.m.| |The rest stayed.`
    en: `He came at 5 a.m. Monday.| |He left at noon.`
    """
    if not _stands(point) or not _measures(point):
        return None
    goes_on = point.dash or point.right == "№" or point.word in point.data.months
    if goes_on or point.opening.startswith(("(", "[")) or _is_counted_on(point):
        return Decision.JOIN
    if point.is_before_starter:
        return Decision.SPLIT
    open_ended = point.data.nouns or _is_opening_phrase(point)  # German nouns have capitals
    return Decision.JOIN if open_ended else Decision.SPLIT


def _is_counted_on(point: SplitPoint) -> bool:
    """Whether a smaller unit follows: ``10 час. 30 мин.``, ``5 руб. 20 коп.``, ``19 h. 30``."""
    follows = _COUNTED.match(point.text, point.next, point.next + 12)
    if follows and point.data.knows(point.data.unit, follows.group(1)):
        return True
    return point.token in _HOURS and _MINUTES.match(point.text, point.next) is not None


def _is_opening_phrase(point: SplitPoint) -> bool:
    """Whether the sentence so far only says when: no sentence consists of that."""
    if not point.data.temporal:
        return point.words_before <= _FEW_WORDS
    if point.words_before > _TIME_WORDS:
        return False
    first, *others = point.text[point.begin : point.start].split()
    if first.lower() not in point.data.temporal and not first[0].isdigit():
        return False
    return len(others) < _FEW_WORDS or all(_is_about_time(point, word.strip(",.")) for word in others[:-1])


def _is_about_time(point: SplitPoint, word: str) -> bool:
    """Whether a word may stand in a phrase that says when: a number, a month, ``в``, ``гг``."""
    if not word.isalpha() or _ROMAN.fullmatch(word) or point.data.knows(point.data.unit, word):
        return True
    return word.lower() in point.data.temporal


def _is_pronoun(point: SplitPoint) -> bool:
    """Whether ``I`` follows as a pronoun before its verb, and no Roman numeral: ``No. I think``."""
    letter, apostrophe, _ = point.word.replace("’", "'").partition("'")
    if letter not in point.data.pronouns:
        return False
    if apostrophe:
        return True
    after = _SMALL_WORD.match(point.text, point.next + len(point.word), point.next + 24)
    return after is not None and after.group(1) not in _AFTER_NUMERAL


def abbreviation_before_number(point: SplitPoint) -> Decision | None:
    """Some abbreviations want a number.

    ru: `См. стр. 5 доклада.| |Там всё есть.`
    en: `See No. 5 and Fig. 2.| |They differ.`
    en: `He said no.| |They left.`
    en: `Answer: No.| |It means nothing.`
    en: `Answer: No.| |I do not think so.| |No, no.| |I’ve said it.| |See No. I of the list.`
    """
    if not _stands(point) or not _is(point, point.data.number) or _is_pronoun(point):
        return None
    return Decision.JOIN if _NUMBERLIKE.match(point.word or point.right) else None


def abbreviation_title(point: SplitPoint) -> Decision | None:
    """Something always follows a title, a street, a "see".

    ru: `Он приехал в г. Краснодар.| |Затем уехал.`
    ru: `Его принял проф. Иванов, т. е. декан.| |Говорили долго.`
    en: `Mr. Lavrov met Dr. Smith.| |They talked.`
    """
    return Decision.JOIN if _stands(point) and _is(point, point.data.title) else None


def abbreviation_final(point: SplitPoint) -> Decision | None:
    """Some abbreviations end the sentence if a capital follows; a name in brackets does not.

    ru: `Обсудили торговлю, науку и т. д.| |Стороны довольны.`
    en: `They trade in oil, gas, etc.| |Russia buys machines.`
    ru: `Он изучал горы, реки и пр. (Кавказ и Урал).| |Потом уехал.`
    """
    if not _stands(point) or not _is(point, point.data.final):
        return None
    return Decision.JOIN if point.opening.startswith(("(", "[")) else Decision.SPLIT


def abbreviation_either(point: SplitPoint) -> Decision | None:
    """Some end the sentence only where the next word can be nothing but a beginning.

    en: `The goods come from the U.S.| |They are cheap.`
    en: `She wrote to the U.S. Embassy.| |It replied.`
    en: `VIRGINIA BEACH, Va. -- The city is calm.| |It rains.`
    """
    if not _stands(point) or not _is(point, point.data.either):
        return None
    return Decision.SPLIT if point.is_before_starter and not point.dash else Decision.JOIN


def abbreviation_by_shape(point: SplitPoint) -> Decision | None:
    """One small letter, or a few consonants, or letters with stops between: unknown abbreviations.

    ru: `Он живёт в дер. Ивановка, в р-не с. Петровка.| |Там тихо.`
    ru: `Доклад сделал к.б.н. Иванов.| |Он был краток.`
    en: `The mfr. Smith & Sons closed.| |It was old.`
    ru: `— Пора, — решил я.| |Светка вышла.`
    """
    token = point.token
    if not _stands(point) or point.is_before_starter or not point.is_before_capital:
        return None
    if token in point.data.pronouns:
        return None
    if token.isalpha() and token.islower() and len(token) <= _LONGEST_SHAPE:
        return None if is_small_word(token) else Decision.JOIN
    parts = token.split(".")
    dotted = len(parts) > 1 and all(part.isalpha() and len(part) <= 2 for part in parts)  # noqa: PLR2004
    return Decision.JOIN if dotted else None
