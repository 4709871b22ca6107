"""Cutting one paragraph: candidate points, quick decisions, and the rules for the rest."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from align.splitter.candidates import TAIL
from align.splitter.language import DATA, LanguageData, language_data
from align.splitter.point import LIST_BULLETS, Decision, SplitPoint, point_at
from align.splitter.rules import decide
from align.splitter.rules.abbreviations import after_elision, is_small_word
from align.splitter.rules.context import BRACKET_REACH, SHORTEST_WORD
from align.splitter.rules.lists import LONGEST_MARKER
from align.splitter.rules.names import DIGRAPHS

if TYPE_CHECKING:
    from align.splitter.punkt import PunktCutter

_LOOK_BACK: Final = 32  # longer than any abbreviation
_ITEM: Final = re.compile(r"\W*\w[.)]")
_MARKERS: Final = ")" + LIST_BULLETS  # a lower-case letter may follow these in a list
_OPENING: Final = '«“„"'
_CLOSING: Final = '»”")'
_SHORTEST_NAME: Final = 3
_LONGEST_SHAPE: Final = 4  # shorter words may be abbreviations that no list holds


def sentence_spans(text: str, lang: str) -> list[tuple[int, int]]:
    """Cut one paragraph into sentences.

    Args:
        text: the paragraph; a line break in it is white space like any other.
        lang: BCP 47 code.

    Returns:
        ``(start, stop)`` offsets into `text`, in code points, in order. Only white space lies
        outside of them; a paragraph of nothing but white space has no sentence.

    Warns:
        ToolkitWarning: once for a language without a data file: general rules are used.
    """
    data = language_data(lang)
    if data.engine == "punkt":
        return _learnt(data.name)(text)
    return rule_spans(text, data)


@cache
def _learnt(name: str) -> PunktCutter:
    """The parameters that a data file with the engine ``punkt`` asks for."""
    from align.splitter.punkt import load_punkt

    return load_punkt(DATA / f"punkt.{name}.json")


def rule_spans(text: str, data: LanguageData) -> list[tuple[int, int]]:
    """Cut one paragraph by the rules; see `sentence_spans`."""
    begin, end = _trimmed(text)
    spans = []
    tails, is_bracketed = data.tails, "(" in text or "«" in text
    for match in data.candidates.finditer(text, begin, end):
        start, following = match.start(), match.end()
        if following >= end:
            break
        if (
            match.start(2) > 0
            and start - begin >= LONGEST_MARKER
            and text[start - TAIL : start] not in tails
            and not (is_bracketed and _is_in_brackets(text, begin, start))
        ):  # nearly every point: written out here, for a call costs as much as the rest
            spans.append((begin, match.start(3)))
            begin = following
            continue
        if _is_plain(text, begin, match, data):
            spans.append((begin, match.start(3)))
            begin = following
            continue
        if text[following].islower() and _is_continued(text, begin, start, following):
            continue
        point = point_at(text, begin, _bounds(text, begin, match, data), data)
        cut = _cut(point, decide(point)[0])
        if cut is not None:
            spans.append((begin, cut[0]))
            begin = cut[1]
    if begin < end:
        spans.append((begin, end))
    return spans


def explain(text: str, lang: str) -> list[tuple[SplitPoint, Decision, str]]:
    """Every candidate point of a paragraph, with the decision and the name of the rule behind it."""
    data = language_data(lang)
    begin, end = _trimmed(text)
    found = []
    for match in data.candidates.finditer(text, begin, end):
        if match.end() >= end:
            break
        point = point_at(text, begin, _bounds(text, begin, match, data), data)
        decision, name = decide(point)
        found.append((point, decision, name))
        cut = _cut(point, decision)
        if cut is not None:
            begin = cut[1]
    return found


def _cut(point: SplitPoint, decision: Decision) -> tuple[int, int] | None:
    """Where a sentence ends and the next begins after a decision; None for no cut."""
    if decision is Decision.SPLIT:
        return point.cut, point.next
    if decision is Decision.JOIN:
        return None
    cut = point.token_start
    while cut > point.begin and point.text[cut - 1].isspace():
        cut -= 1
    return (cut, point.token_start) if cut > point.begin else None


def _trimmed(text: str) -> tuple[int, int]:
    """Where the text begins and ends without the white space around it."""
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _is_plain(text: str, begin: int, match: re.Match[str], data: LanguageData) -> bool:
    """Whether a point needs no rule: a word that is no abbreviation, one mark, white space, a capital.

    It says so only where the rules would all agree, so that it changes the speed and no cut.
    """
    start = match.start()
    stop, right = match.span(3)
    if stop != start + 1 or right == stop or start - begin < LONGEST_MARKER or text[start] not in data.terminators:
        return False
    if not text[right].isupper() and not (text[right] in _OPENING and text[right + 1 : right + 2].isupper()):
        return False
    return _is_after_word(text, begin, start, data) and not _is_in_brackets(text, begin, start)


def _is_after_word(text: str, begin: int, start: int, data: LanguageData) -> bool:
    """Whether the token before a point is nothing but a word, and stands alone."""
    tokens = text[max(begin, start - _LOOK_BACK) : start].rsplit(None, 1)
    token = tokens[-1]
    if token in data.suspects or start - len(token) == begin or tokens[0][-1] == ".":
        return False
    return _is_word(token, data)


def _is_word(token: str, data: LanguageData) -> bool:
    """Whether a token that is in no list is nothing but a word, perhaps with a closing mark behind it."""
    if len(token) <= _LONGEST_SHAPE:
        if token.isdigit():  # a year; a shorter number may begin an item
            return len(token) == _LONGEST_SHAPE and not data.ordinals
        if token.islower():
            return is_small_word(token)
        # An acronym is a word; a Roman numeral may be an ordinal, and Chr. is an initial.
        named = len(token) >= _SHORTEST_NAME and token.isalpha() and token not in DIGRAPHS
        return named and not (data.ordinals and token.isupper())
    if token.isalpha():
        return not (data.ordinals and token.isupper())  # XXIII.
    if not token[-1].isalnum():
        core = token.rstrip(_CLOSING)
        return len(core) > _LONGEST_SHAPE and core.isalpha()
    return "." not in token and token[0].isalpha() and after_elision(token) not in data.suspects


def _is_in_brackets(text: str, begin: int, start: int) -> bool:
    """Whether a bracket or a quotation is open, as far back as the rules look."""
    reach = max(begin, start - BRACKET_REACH)
    return _is_open(text, "()", reach, start) or _is_open(text, "«»", reach, start)


def _is_open(text: str, pair: str, begin: int, stop: int) -> bool:
    """Whether a bracket that opens in ``text[begin:stop]`` is not closed there."""
    opened = text.rfind(pair[0], begin, stop)
    return opened >= 0 and text.find(pair[1], opened, stop) < 0


def _is_continued(text: str, begin: int, start: int, following: int) -> bool:
    """Whether a lower-case letter on the right says all: the left is no list marker and no long word."""
    if text[start] in _MARKERS or text[following + 1 : following + 2] == ")":
        return False
    if text[start - 2 : start - 1].isspace() and _ITEM.match(text, begin, begin + LONGEST_MARKER):
        return False  # a single letter in a sentence that began as an item marks the next one
    return not text[max(0, start - SHORTEST_WORD) : start].isalpha()


def _bounds(text: str, begin: int, match: re.Match[str], data: LanguageData) -> tuple[int, int, int, int]:
    """What `point_at` wants to know of a match.

    Where no white space parts sentences, a straight quotation mark after a terminator may belong to either;
    it opens if none is open.
    """
    start, stop, cut, following = match.start(), match.end(1), match.start(3), match.end()
    if not data.spaced and text[stop] == '"' and text.count('"', max(begin, start - BRACKET_REACH), start) % 2 == 0:
        return start, stop, stop, stop
    return start, stop, cut, following
