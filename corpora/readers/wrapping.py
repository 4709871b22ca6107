"""Hard-wrapped lines: telling them, and joining them again."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.structure.metadata import number_reason, parse_moment, separator_reason
from corpora.structure.turns import is_role, speaker

if TYPE_CHECKING:
    from corpora.document import Paragraph

_NARROWEST: Final = 40
_WIDEST: Final = 120
"""Right margins that programs wrap at, in columns."""

_LONG_LINES: Final = 0.03
"""Share of lines that may stick out (an unbroken address) for a text to count as wrapped."""

_ALMOST: Final = 0.85
"""Share of the margin that a line without punctuation at its end fills when a name begins the next."""

_OFTEN: Final = 0.3
"""Share of the longer lines that a wrapped text breaks before a small letter, at least."""

_NEARLY_ALL: Final = 0.8
"""Share of those that are full, at least."""

_WIDE_SOUNDS: Final = re.compile(r"[\u1100-\u115f]")
_ENDS: Final = re.compile(r"[.!?…。！？؟][\"'»”’)\]」』]*$")
_PAUSES: Final = re.compile(r"[.!?…:;。！？：；؟][\"'»”’)\]」』]*$")
_MARKER: Final = re.compile(r"[-–—•·*▪●◦‣]\s|\(?\d{1,3}[.)]\s|\(?[^\W\d_][.)]\s|\[\d+\]|[*†‡]+\s?\w")
_AWAITS: Final = re.compile(
    r"(?:\s|^)(?:от|на|до|к|ко|с|со|в|по|после|около|перед|и|at|on|of|in|by|to|till|until|since|from|before|after|around"
    r"|between|and|dated?|am|vom|bis|seit|um|und|du|le|au|dès|del|el|al|il|dal|dnia|od)$"
)
"""How a line ends that a date or a time goes on: with a word that they follow."""

_HALF_A_DATE: Final = re.compile(r"(?:,|(?<!\d)[0-3]?\d)$")
"""How it ends that a date without a clock goes on: ``Veligorsk,`` or ``Veligorsk, 22``."""

_STOPPED: Final = re.compile(r"\d\.$")
"""``December 15.`` ends a sentence, and is no line about the page."""

_DRAWN_APART: Final = " " * 6
"""What lies between the two halves of a running header: ``Ministry of Lakes            page 2``."""

_SHORTEST: Final = 0.6
"""Share of the margin that a line fills at least when the next one goes on in lower case."""


def margin(text: str, blocks: list[list[Paragraph]]) -> int | None:
    """The right margin that a text is clearly wrapped at, in columns; None when it is not.

    A wrapped text has no long lines, most of its lines end in the middle of a sentence, and nearly all
    of those are full: the first word of the next line would not have fitted in.
    """
    lengths = sorted(line.stop - line.start for block in blocks for line in block)
    if not lengths:
        return None
    longest = lengths[-1 - int(len(lengths) * _LONG_LINES)]
    if longest > _WIDEST:
        return None
    width = _widest(text, blocks, longest)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    pairs = [pair for block in blocks for pair in pairwise(block) if _columns(text, pair[0]) >= _SHORTEST * width]
    cut = [pair for pair in pairs if _goes_on(text, *pair)]
    full = sum(_is_full(text, *pair, width) for pair in cut)
    return width if cut and len(cut) >= _OFTEN * len(pairs) and full >= _NEARLY_ALL * len(cut) else None


def is_continued(text: str, line: Paragraph, following: Paragraph, width: int | None) -> bool:
    """Whether `following` goes on with the paragraph of `line`, in a text wrapped at `width`."""
    if width is None:
        return False
    full = _is_full(text, line, following, width)
    if not full and not _is_unfinished(text, line, following, width):
        return False
    if _stands_alone(text, line) or (_stands_alone(text, following) and not _dates(text, line, following)):
        return False
    return not _begins_anew(text, line, following)


def _widest(text: str, blocks: list[list[Paragraph]], longest: int) -> int:
    """Columns of the widest line that is not one of the few that stick out, and no header drawn to both margins."""
    lines = [line for block in blocks for line in block if line.stop - line.start <= longest]
    running = [line for line in lines if _DRAWN_APART not in text[line.start : line.stop]]
    return max(_columns(text, line) for line in running or lines)


def _columns(text: str, line: Paragraph) -> int:
    """Width of a line in columns; a Chinese or Japanese character takes two."""
    return line.stop - line.start + _wide_ones(text[line.start : line.stop])


def _wide_ones(characters: str) -> int:
    """How many of some characters are Chinese, Japanese or Korean ones."""
    highest = max(characters, default="")
    if highest < "\u2e80":
        return len(_WIDE_SOUNDS.findall(characters)) if highest >= "\u1100" else 0
    return len(_wide().findall(characters))


@cache
def _wide() -> re.Pattern[str]:
    """They are so many that the set takes milliseconds to compile, and most texts hold none."""
    return re.compile(
        r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003134f]"
    )


def _is_full(text: str, line: Paragraph, following: Paragraph, width: int) -> bool:
    """Whether the first word of `following` would not have fitted on `line`."""
    if _parts_a_word(text, line, following):
        return _columns(text, line) >= _SHORTEST * width
    if _wide_ones(text[following.start]):
        return _columns(text, line) + 2 > width
    word = text[following.start : following.stop].split(None, 1)[0]
    return _columns(text, line) + 1 + len(word) > width


def _parts_a_word(text: str, line: Paragraph, following: Paragraph) -> bool:
    """Whether a hyphen parts a word: no matter then how long the rest of it is."""
    end = text[max(line.start, line.stop - 2) : line.stop]
    return end[:1].isalpha() and end[1:] in {"-", "\xad", "\u2010"} and text[following.start].islower()


def _goes_on(text: str, line: Paragraph, following: Paragraph) -> bool:
    """Whether the break is in the middle of a sentence: no full stop before it, no capital after it."""
    first = text[following.start]
    return (
        first.isalpha() and not first.isupper() and not _PAUSES.search(text[max(line.start, line.stop - 8) : line.stop])
    )


def _is_unfinished(text: str, line: Paragraph, following: Paragraph, width: int) -> bool:
    """Whether a line that is not full breaks off all the same: wrapped by hand, or at another margin."""
    columns = _columns(text, line)
    if _goes_on(text, line, following):
        return columns >= _SHORTEST * width
    return columns >= _ALMOST * width and not _PAUSES.search(text[max(line.start, line.stop - 8) : line.stop])


def _stands_alone(text: str, line: Paragraph) -> bool:
    """A time, a number or a separator is a paragraph whatever surrounds it."""
    words = text[line.start : line.stop]
    return bool(separator_reason(words) or number_reason(words) or parse_moment(words))


def _dates(text: str, line: Paragraph, following: Paragraph) -> bool:
    """Whether a date belongs to the line before it, as in ``Briefing, Moscow,`` and ``May 15, 2019`` below."""
    words = text[following.start : following.stop]
    moment = parse_moment(words)
    before = text[line.start : line.stop]
    if moment is None:
        return False
    if moment.has_clock:
        return _AWAITS.search(before) is not None
    return any(pattern.search(before) for pattern in (_AWAITS, _HALF_A_DATE)) or _STOPPED.search(words) is not None


def _begins_anew(text: str, line: Paragraph, following: Paragraph) -> bool:
    """Whether `following` begins with a list marker, a footnote mark or a speaker after a pause."""
    words = text[following.start : following.stop]
    before = text[line.start : line.stop]
    label = speaker(words)
    if label and (is_role(label) or _ENDS.search(before)):
        return True
    return bool(_MARKER.match(words) and _PAUSES.search(before))
