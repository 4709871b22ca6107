"""A place where a paragraph might be cut, and what stands on both sides of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from align.splitter.language import LanguageData

OPENING: Final = "«»“”„‚‘‹›\"'`([{¿¡「『（【《〈"
"""Quotes and brackets that may stand before the first word of a sentence (» in German, ” in Swedish)."""

CLOSING: Final = "»«”“’›‹\"')]}」』）】》〉"
"""Quotes and brackets that may stand between the last terminator and the cut (“ closes „ and « closes » in German)."""

DASHES: Final = "—–-‒―−"
LIST_BULLETS: Final = "•●▪■◦‣"
"""Bullets that begin an item of a list wherever they stand between white space."""

BULLETS: Final = LIST_BULLETS + "·⁃*§№#@✓✔✅✗✘➡➤👉"
"""What else may begin a sentence."""

EMOJI: Final = "\u2600-\u27bf\U0001f300-\U0001faff"
"""Emoji and pictographs, as a range for a set of a regular expression."""

_WINDOW: Final = 48  # characters looked at on each side: no word that a rule knows is longer
_MANY: Final = 99  # "more words than any rule asks about"
_STRIP_LEFT: Final = OPENING + DASHES + "…*_/"
_RIGHT: Final = re.compile(
    rf"(?P<opening>[{re.escape(OPENING)}]*+)"
    rf"(?P<dash>(?:[{re.escape(DASHES)}]++\s*+)?)"
    rf"(?P<quote>[{re.escape(OPENING)}]*+)"
    r"(?P<word>\w{0,40}+(?:[’'-]\w{1,40}+){0,4})"
    r"(?P<stop>\.?)"
)


class Decision(Enum):
    """What a rule says of a point."""

    JOIN = "join"
    SPLIT = "split"
    BEFORE = "before"
    """Cut before the token rather than after the terminator: the token marks an item of a list."""


@dataclass(frozen=True, slots=True)
class SplitPoint:
    """A run of terminators with its closing quotes, and what stands on both sides.

    Attributes:
        text: the whole paragraph; rules look at a bounded window of it only.
        begin: where the sentence that may end here begins.
        start: where the run of terminators begins.
        cut: where the sentence would end, after closing quotes and brackets.
        next: where the next sentence would begin, after white space; below ``len(text)``.
        terminator: the run of terminators, such as ``.`` or ``?!``.
        closing: the closing quotes and brackets after it, often empty.
        token_start: where the token begins, with its opening punctuation.
        token: what stands before the terminators back to white space, without opening punctuation.
        previous: the token before that one, with its punctuation; empty at the sentence's beginning.
        opening: quotes and brackets before the first word on the right.
        dash: a dash before that word, with its white space.
        word: the first word on the right; empty where something else stands there.
        is_stopped: whether a full stop follows that word directly, as after an initial.
        data: what is known of the language.
    """

    text: str
    begin: int
    start: int
    cut: int
    next: int
    token_start: int
    terminator: str
    closing: str
    token: str
    previous: str
    opening: str
    dash: str
    word: str
    is_stopped: bool
    data: LanguageData = field(repr=False)

    @property
    def right(self) -> str:
        """The first character on the right."""
        return self.text[self.next]

    @property
    def is_glued(self) -> bool:
        """Whether no white space stands at the point."""
        return self.cut == self.next

    @property
    def words_before(self) -> int:
        """How many words the sentence has so far; 99 when it is long."""
        if self.start - self.begin > 2 * _WINDOW:
            return _MANY
        return len(self.text[self.begin : self.start].split())

    @property
    def is_before_starter(self) -> bool:
        """Whether the word on the right, by its capital, can only begin a sentence (``The``, ``Он``)."""
        return not self.is_stopped and self.word in self.data.starters

    @property
    def is_before_capital(self) -> bool:
        """Whether the word on the right begins with a capital letter."""
        return self.word[:1].isupper() or self.word[:1].istitle()


def point_at(text: str, begin: int, bounds: tuple[int, int, int, int], data: LanguageData) -> SplitPoint:
    """Look at both sides of a candidate point.

    Args:
        text: the paragraph.
        begin: where the present sentence begins.
        bounds: start of the terminators, their end, end of the closing marks, start of what follows.
        data: the language.
    """
    start, stop, cut, right = bounds
    left = text[max(begin, start - _WINDOW) : start]
    tokens = left.rsplit(None, 2)
    if left and left[-1].isspace():
        tokens.append("")
    match = _RIGHT.match(text, right, right + 4 * _WINDOW)
    if match is None:  # the pattern matches the empty string
        raise AssertionError
    opening, dash, quote, word, dot = match.groups()
    return SplitPoint(
        text=text,
        begin=begin,
        start=start,
        cut=cut,
        next=right,
        token_start=start - len(tokens[-1]) if tokens else start,
        terminator=text[start:stop],
        closing=text[stop:cut],
        token=tokens[-1].lstrip(_STRIP_LEFT) if tokens else "",
        previous=tokens[-2] if len(tokens) > 1 else "",
        opening=opening + quote,
        dash=dash,
        word=word,
        is_stopped=bool(dot),
        data=data,
    )
