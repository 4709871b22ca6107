"""Hard-wrapped lines: telling them, and joining them again."""

from __future__ import annotations

import re
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

_WIDE: Final = re.compile(r"[ᄀ-ᅟ⺀-ꓐ가-힣豈-﫿︰-﹏＀-｠\U00020000-\U0003134f]")
_ENDS: Final = re.compile(r"[.!?…。！？؟][\"'»”’)\]」』]*$")
_PAUSES: Final = re.compile(r"[.!?…:;。！？：；؟][\"'»”’)\]」』]*$")
_MARKER: Final = re.compile(r"[-–—•·*▪●◦‣]\s|\(?\d{1,3}[.)]\s|\(?[^\W\d_][.)]\s|\[\d+\]|[*†‡]+\s?\w")
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
    pairs = [pair for block in blocks for pair in pairwise(block)]
    cut = [pair for pair in pairs if _goes_on(text, *pair)]
    full = sum(_is_full(text, *pair, width) for pair in cut)
    return width if len(cut) >= 0.4 * len(pairs) and full >= 0.8 * len(cut) and cut else None


def is_continued(text: str, line: Paragraph, following: Paragraph, width: int | None) -> bool:
    """Whether `following` goes on with the paragraph of `line`, in a text wrapped at `width`."""
    if width is None or _stands_alone(text, line) or _stands_alone(text, following):
        return False
    if _begins_anew(text, line, following):
        return False
    if _is_full(text, line, following, width):
        return True
    return _goes_on(text, line, following) and _columns(text, line) >= _SHORTEST * width


def _widest(text: str, blocks: list[list[Paragraph]], longest: int) -> int:
    """Columns of the widest line that is not one of the few that stick out."""
    lines = (line for block in blocks for line in block)
    return max(_columns(text, line) for line in lines if line.stop - line.start <= longest)


def _columns(text: str, line: Paragraph) -> int:
    """Width of a line in columns; a Chinese or Japanese character takes two."""
    return line.stop - line.start + len(_WIDE.findall(text, line.start, line.stop))


def _is_full(text: str, line: Paragraph, following: Paragraph, width: int) -> bool:
    """Whether the first word of `following` would not have fitted on `line`."""
    if _WIDE.match(text, following.start):
        return _columns(text, line) + 2 > width
    word = text[following.start : following.stop].split(None, 1)[0]
    return _columns(text, line) + 1 + len(word) > width


def _goes_on(text: str, line: Paragraph, following: Paragraph) -> bool:
    """Whether the break is in the middle of a sentence: no full stop before it, no capital after it."""
    first = text[following.start]
    return (
        first.isalpha()
        and not first.isupper()
        and not _PAUSES.search(text[max(line.start, line.stop - 8) : line.stop])
    )


def _stands_alone(text: str, line: Paragraph) -> bool:
    """A time, a number or a separator is a paragraph whatever surrounds it."""
    words = text[line.start : line.stop]
    return bool(separator_reason(words) or number_reason(words) or parse_moment(words))


def _begins_anew(text: str, line: Paragraph, following: Paragraph) -> bool:
    """Whether `following` begins with a list marker, a footnote mark or a speaker after a pause."""
    words = text[following.start : following.stop]
    before = text[line.start : line.stop]
    label = speaker(words)
    if label and (is_role(label) or _ENDS.search(before)):
        return True
    return bool(_MARKER.match(words) and _PAUSES.search(before))
