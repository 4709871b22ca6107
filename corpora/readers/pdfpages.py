"""What on the pages of a PDF belongs to the page: running heads and feet, page numbers; and its footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from corpora.readers.pages import EDGE, NUMBER, OFTEN, PAGE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpora.readers.pdflines import Line

_SAME_HEIGHT: Final = 6.0
"""Points that a running head may move from page to page."""

_NOTE: Final = re.compile(r"(\d{1,3}|[*†‡]{1,3})[.)]?\s*\S")
_SMALLER: Final = 0.93
"""How small the letters of footnotes are beside those of the text, at most."""


def split_off(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[list[Line]], str]:
    """Part the text from what belongs to the page.

    Args:
        pages: the lines of each page.

    Returns:
        The lines of the text, page by page; the lines of the footnotes, page by page; and what was left
        out, in words.
    """
    running = _running(pages) | _numbers(pages)
    count = len(running)
    kept = [[line for line in page if id(line) not in running] for page in pages]
    size = body_size(kept)
    body, notes = [], []
    for page in kept:
        foot = _footnotes(page, size)
        known = {id(line) for line in foot}
        body.append([line for line in page if id(line) not in known])
        notes.append(foot)
        _drop_marks(body[-1], foot)
    return body, notes, f"{count} lines of running heads, feet and page numbers" if count else ""


def body_size(pages: Iterable[Iterable[Line]]) -> float:
    """The height of most letters of a document, in points; 0 where there are none."""
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _edges(page: Sequence[Line]) -> list[Line]:
    """The highest and the lowest lines of a page."""
    ranked = sorted(page, key=lambda line: -line.y)
    return ranked if len(ranked) <= 2 * EDGE else ranked[:EDGE] + ranked[-EDGE:]


def _running(pages: Sequence[list[Line]]) -> set[int]:
    """Lines that come back on many pages at about the same height, numbers in them aside."""
    places: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for i, page in enumerate(pages):
        for line in _edges(page):
            places[NUMBER.sub("#", line.text).casefold()].append((i, line))
    least = max(2, round(OFTEN * len(pages)))
    found: set[int] = set()
    for lines in places.values():
        for _, line in lines:
            near = [(i, each) for i, each in lines if abs(each.y - line.y) <= _SAME_HEIGHT]
            if len({i for i, _ in near}) >= least:
                found.update(id(each) for _, each in near)
    return found


def _numbers(pages: Sequence[list[Line]]) -> set[int]:
    """Page numbers: alone on the highest or lowest line, and counting up with the pages."""
    seen: dict[int, list[Line]] = defaultdict(list)
    for i, page in enumerate(pages):
        for line in _edges(page):
            found = PAGE_NUMBER.fullmatch(line.text)
            if found:
                seen[int(found[1]) - i].append(line)
    if len(pages) == 1:
        lowest = min(pages[0], key=lambda line: line.y, default=None)
        return {id(line) for line in seen.get(1, []) if line is lowest}
    return {id(line) for lines in seen.values() if len(lines) > 1 for line in lines}


def _footnotes(page: Sequence[Line], size: float) -> list[Line]:
    """The lines in smaller letters at the bottom of a page, from one that begins with a mark on."""
    ranked = sorted(page, key=lambda line: -line.y)
    start = len(ranked)
    while start and ranked[start - 1].size < _SMALLER * size:
        start -= 1
    foot = ranked[start:]
    first = next((i for i, line in enumerate(foot) if _NOTE.match(line.text)), len(foot))
    return foot[first:] if start else []


def _closed(before: str, after: str) -> str:
    """Two pieces of a line put together, without a space before a comma."""
    return (before.rstrip() if after[:1] in _COMMAS else before) + after


_COMMAS: Final = tuple(",.;:!?)»”")


def _drop_marks(body: Iterable[Line], foot: Iterable[Line]) -> None:
    """Take the raised numbers of this page's footnotes out of its text."""
    numbers = {found[1] for line in foot if (found := _NOTE.match(line.text))}
    for line in body:
        for at, mark in reversed(line.marks):
            if mark in numbers:
                line.text = _closed(line.text[:at], line.text[at:].replace(mark, "", 1))
