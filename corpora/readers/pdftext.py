"""Lines of pages into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.readers.blocks import Block
from corpora.readers.parted import Words, is_awaiting
from corpora.readers.pdfpages import body_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpora.readers.pdflines import Line

_PAUSE: Final = re.compile(r"[.!?…:;。！？：；؟][\"'»”’)\]」』]*\d{0,2}$")
_MARKER: Final = re.compile(r"(?:[-–—•·*▪●◦‣\uf0b7]|\(?\d{1,3}[.)]|\(?[^\W\d_][.)])\s")
_BULLET: Final = re.compile(r"[•▪●◦‣■□♦➢✓]\s+")
"""A bullet is drawn before an item of a list; other formats do not have it in their text."""

_LEADERS: Final = re.compile(r"(?:[.…]\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})$")
"""``The Lake ............ 12``"""

_NOTE: Final = re.compile(r"(?:\d{1,3}|[*†‡]{1,3})[.)]?\s*(?=\S)")
_LARGER: Final = 1.12
"""How large the letters of a heading are beside those of the text, at least."""

_SPACED: Final = 1.3
"""How many times the usual distance of lines parts two paragraphs."""

_OFTEN: Final = 0.2
"""How often a distance of lines is met, at least, beside the commonest one: the smallest such is that of
lines, for in a text of short paragraphs the commonest is that of paragraphs."""

_INDENT: Final = 40.0
"""Points that the first line of a paragraph or an item of a list is indented at most."""

_COLUMN: Final = 0.15
"""Share of the lines that a column has at least."""

_USUAL: Final = 1.3
"""Distance of lines, in heights of letters, where there are too few lines to measure it."""

_SHORT: Final = 0.9
_SHORT_OPEN: Final = 0.82
_SHORTER: Final = 0.55
"""Share of the width of the text that a line and the next word fill at most where a paragraph ends: with a
full stop, without one, and without one before a small letter."""

_TIED: Final = re.compile(r"\w[-\xad\u2010]$")
_RANGE: Final = re.compile(r"\d[–—]$")
_SOME: Final = 3
"""How often a distance of lines is met, at least, to be one."""

_CJK: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")


def paragraphs(pages: Sequence[Sequence[Line]], notes: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """The paragraphs of a document, then its footnotes.

    Args:
        pages: the lines of the text of each page.
        notes: the lines of the footnotes of each page.
    """
    known = Words(line.text for page in (*pages, *notes) for line in page)
    size = body_size(pages)
    yield from _flow(pages, size, known)
    for page in notes:
        for group in _notes(page):
            text = _NOTE.sub("", _joined(group, known), count=1)
            yield Block(text, "footnote", "small letters at the bottom of the page")


class _Measure:
    """What is usual on the pages: distance of lines, and where they end."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        steps = Counter[tuple[float, float]]()
        for page in pages:
            for line, following in pairwise(page):
                step = line.y - following.y
                if abs(line.size - following.size) < 0.5 and 0 < step < 3 * line.size:  # noqa: PLR2004 - a line or two
                    steps[round(line.size), round(step, 1)] += 1
        self.steps: dict[float, float] = {}
        most = {size: max(steps[key] for key in steps if key[0] == size) for size, _ in steps}
        for size, step in sorted(steps):
            if steps[size, step] >= _OFTEN * most[size] and most[size] >= _SOME:
                self.steps.setdefault(size, step)
        self.columns = _columns(pages)

    def right(self, line: Line) -> float:
        """Where the lines of a column end, in points from the left."""
        return next((right for left, right in reversed(self.columns) if left <= line.x), line.right)

    def step(self, size: float) -> float:
        """The usual distance of lines of a size."""
        return self.steps.get(round(size), _USUAL * size)


def _columns(pages: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Where each column begins and where nine lines of ten in it have ended, in points, from left to right.

    Lines begin in one column when their beginnings are closer to each other than an indent is wide.
    """
    lines = sorted((line.x, line.right) for page in pages for line in page)
    groups: list[list[tuple[float, float]]] = []
    for x, right in lines:
        if groups and x - groups[-1][-1][0] < _INDENT:
            groups[-1].append((x, right))
        else:
            groups.append([(x, right)])
    found: list[tuple[float, float]] = []
    for group in groups:
        ends = sorted(right for _, right in group)
        if len(group) >= _COLUMN * len(lines) or not found:
            found.append((group[0][0], ends[int(0.9 * (len(ends) - 1))]))
    return found


def _flow(pages: Sequence[Sequence[Line]], size: float, known: Words) -> Iterator[Block]:
    measure = _Measure(pages)
    group: list[Line] = []
    for page in pages:
        for i, line in enumerate(page):
            if group and not _continues(group, line, measure, turned=i == 0):
                yield _block(group, size, known)
                group = []
            group.append(line)
    if group:
        yield _block(group, size, known)


def _block(group: Sequence[Line], size: float, known: Words) -> Block:
    text = _BULLET.sub("", _joined(group, known))
    if _LEADERS.search(text):
        return Block(text, "furniture", "line of a table of contents")
    if min(line.size for line in group) > _LARGER * size:
        return Block(text, "title", "in larger letters")
    return Block(text)


def _continues(group: Sequence[Line], line: Line, measure: _Measure, *, turned: bool) -> bool:
    """Whether a line goes on with the paragraph of the lines before it.

    Args:
        group: the lines of the paragraph so far.
        line: the next line.
        measure: what is usual.
        turned: the line is the first of its page.
    """
    before = group[-1]
    if _LEADERS.search(before.text):
        return False
    if abs(before.size - line.size) > 0.08 * before.size or before.bold != line.bold:
        return False
    step = before.y - line.y
    if abs(step) < 1:  # beside it: another cell of a table
        return False
    if turned or step <= 0:  # another page or column
        return _is_open(before, line, measure)
    if step > _SPACED * measure.step(line.size):
        return False
    return _same_block(group, line, measure)


def _is_open(before: Line, line: Line, measure: _Measure) -> bool:
    """Whether a paragraph breaks off at the end of a page and goes on at the top of the next."""
    if _TIED.search(before.text) and line.text[:1].isalpha():
        return True
    if _MARKER.match(line.text):
        return False
    if not _PAUSE.search(before.text):
        return line.text[:1].islower() or not _is_short(before, line, measure)
    return False


def _same_block(group: Sequence[Line], line: Line, measure: _Measure) -> bool:
    """Whether the next line of a column goes on: by its indent, and by how full the line before it is."""
    before, first = group[-1], group[0]
    if _TIED.search(before.text) and line.text[:1].isalpha():
        return True
    slack = 0.6 * line.size
    if _MARKER.match(line.text) and _PAUSE.search(before.text) and line.x <= first.x + slack:
        return False
    if line.x > before.x + slack:  # indented: a first line, or the rest of a list item
        return bool(len(group) == 1 and _MARKER.match(first.text))
    is_item = _MARKER.match(first.text) is not None
    if line.x < before.x - (slack if len(group) > 1 or is_item else _INDENT):
        return False
    return not _is_short(before, line, measure)


def _is_short(before: Line, line: Line, measure: _Measure) -> bool:
    """Whether the first word of a line would have had room on the line before it."""
    word = line.text.split(None, 1)[0]
    wide = (before.right - before.x) / max(len(before.text), 1)
    needed = before.right - line.x + wide * (1 + len(word))
    open_share = _SHORTER if line.text[:1].islower() else _SHORT_OPEN
    share = _SHORT if _PAUSE.search(before.text) else open_share
    return needed < share * (measure.right(line) - line.x)


def _notes(page: Sequence[Line]) -> Iterator[list[Line]]:
    """The footnotes of a page, each from its mark on."""
    group: list[Line] = []
    number = 0
    for line in page:
        found = re.match(r"\d{1,3}", line.text)
        is_next = bool(found and int(found[0]) > number and (not number or int(found[0]) == number + 1))
        if group and (is_next or re.match(r"[*†‡]", line.text)):
            yield group
            group = []
        if found and (is_next or not group):
            number = int(found[0])
        group.append(line)
    if group:
        yield group


def _joined(group: Sequence[Line], known: Words) -> str:
    """The text of a paragraph: lines joined by a space, a word parted by a hyphen made whole."""
    text = group[0].text
    for line in group[1:]:
        if _TIED.search(text) and not is_awaiting(line.text):
            is_parted = line.text[:1].islower() and known.is_parted(text, line.text)
            text = (text[:-1] if is_parted else text) + line.text
        elif (_RANGE.search(text) and line.text[0].isdigit()) or (_CJK.match(text[-1]) and _CJK.match(line.text)):
            text += line.text
        else:
            text += " " + line.text
    return text
