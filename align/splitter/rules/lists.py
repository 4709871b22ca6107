"""Rules about lists written within a paragraph."""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import LIST_BULLETS, Decision, SplitPoint

_MARKER: Final = re.compile(r"[\s(\[•*–—⁃-]*(?:(?:\d{1,3}\.){0,3}\d{1,3}|[IVXLХ]{1,5}|[^\W\d_])[)\]]?\.?[)\]]?$")
_FIRST: Final = re.compile(r"[\s(•⁃*–—-]*(?:(\d{1,3})|([^\W\d_]))(?:\.\)?|\))\s")
_POINTERS: Final = "✓✔✅✗✘➡➤👉"  # pictographs that stand before what they belong to
_ONES: Final = frozenset({"1", "I"})
_CONJUNCTIONS: Final = frozenset(
    {"and", "or", "и", "или", "та", "або", "und", "oder", "et", "ou", "y", "o", "e", "i", "lub", "ve", "veya", "және"}
)
_REACH: Final = 200  # how far an opening bracket is looked for, in characters
LONGEST_MARKER: Final = 16
"""No marker of a list is longer, in characters."""


def list_marker(point: SplitPoint) -> Decision | None:
    """A number or letter that opens the sentence marks an item of a list.

    ru: `1. Стороны обсудили торговлю.| |2. Решено продолжить.`
    en: `IV. The parties agree.| |V. They sign.`
    en: `a. Here it is.| |b. Here is another.`
    en: `Q. Who came first?| |A. The envoy came first.`
    """
    if point.cut - point.begin > LONGEST_MARKER:
        return None
    return Decision.JOIN if _MARKER.match(point.text[point.begin : point.cut]) else None


def next_item(point: SplitPoint) -> Decision | None:
    """In a sentence that began as item 1, the number 2 begins the next item.

    en: `1. Talks on trade| |2. Talks on energy| |3. A visit`
    ru: `а) мир| |б) труд`
    en: `1.) Talks on trade| |2.) Talks on energy`
    en: `(a) a food loss index and (b) a food waste index`
    """
    if point.terminator not in {".", ")"}:
        return None
    first = _FIRST.match(point.text, point.begin, point.begin + LONGEST_MARKER)
    if first is None or point.begin == point.token_start:
        return None
    number, letter = first.groups()
    if letter and letter.isupper():  # the initials of J. K. Rowling
        return None
    if point.previous.lower() in _CONJUNCTIONS:
        return None
    following = str(int(number) + 1) if number else chr(ord(letter) + 1)
    return Decision.BEFORE if point.token.strip("⁃•") == following else None


def first_item(point: SplitPoint) -> Decision | None:
    """After a colon, the number 1 with a capital behind it begins the first item of a list.

    ru: `Повестка дня:| |1. Выборы.| |2. Разное.`
    en: `The agenda is as follows:| |1. Elections.| |2. Other business.`
    en: `See note: 1. of May.`
    """
    if point.terminator != "." or point.closing or point.is_glued:
        return None
    if point.token not in _ONES or not point.previous.endswith(":"):
        return None
    return Decision.BEFORE if point.is_before_capital else None


def bullet(point: SplitPoint) -> Decision | None:
    """A bullet begins an item, and a sentence.

    ru: `Участники:| |• Франция| |• Италия`
    """
    if point.terminator[0] not in LIST_BULLETS:
        return None
    return Decision.BEFORE


def smiley(point: SplitPoint) -> Decision | None:
    """A closing bracket is no end of a sentence, unless it is a smiley.

    ru: `Он придёт (надеюсь) Сегодня.| |Ждём.`
    ru: `Спасибо большое))| |Было вкусно.`
    en: `See you soon :)| |Take care.`
    """
    if point.terminator[0] != ")":
        return None
    if not point.is_before_capital or point.opening:
        return Decision.JOIN
    before = point.text[max(point.begin, point.start - _REACH) : point.start]
    smiles = point.token.endswith((":", ";", "=", ":-", ";-", "^"))
    return Decision.SPLIT if smiles or (point.terminator != ")" and "(" not in before) else Decision.JOIN


def emoji(point: SplitPoint) -> Decision | None:
    """An emoji ends what it comments on.

    ru: `Очень красиво 😍| |Спасибо за фото!`
    en: `We did it! 🎉| |Next year again.`
    ru: `Ловят здесь.| |✔ Первые недели удачны.`
    """
    if point.terminator[0] in _POINTERS:
        return Decision.JOIN
    if is_emoji(point.right):
        return Decision.JOIN
    if not is_emoji(point.terminator[0]):
        return None
    return Decision.SPLIT if point.is_before_capital or point.right in '@«"' else Decision.JOIN


def is_emoji(character: str) -> bool:
    """Whether a character is an emoji or a pictograph."""
    if character in _POINTERS:
        return False
    return "\u2600" <= character <= "\u27bf" or "\U0001f300" <= character <= "\U0001faff"


def semicolon(point: SplitPoint) -> Decision | None:
    """A semicolon ends an item of a list if the next word can only begin a sentence.

    In languages that give few words a capital, any capital says so.

    en: `Access to water;| |The right to food.`
    es: `El acceso al agua;| |Derecho a la comida.`
    en: `All is right; I'm ready.| |Play.`
    en: `Russia sells oil; Germany sells cars.| |Both trade.`
    """
    if point.terminator != ";":
        return None
    if point.data.semicolons and point.is_before_capital:
        return Decision.SPLIT
    first = re.split("['’]", point.word, maxsplit=1)[0]  # I, I'm: always a capital
    return Decision.SPLIT if point.is_before_starter and len(first) > 1 else Decision.JOIN
