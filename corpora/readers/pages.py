"""Pages of a plain text, parted by form feeds: their running heads and feet, and sentences that go on overleaf.

So `pdftotext` and programs that read scanned pages write their text, and the Internet's RFCs are written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

EDGE: Final = 3
"""How many lines at the top and at the bottom of a page can belong to the page."""

OFTEN: Final = 0.4
"""Share of the pages that a running head stands on, at least; there may be one for left and right pages."""

NUMBER: Final = re.compile(r"\d+")
PAGE_NUMBER: Final = re.compile(
    r"[\s\-–—|.·•\[(]*(?:page|p\.|стр\.?|страница|с\.|seite|s\.|página|pág\.|pagina|strona|str\.|第)?\s*(\d{1,4})\s*"
    r"(?:(?:of|из|von|de|sur|di|z|/|\|)\s*\d{1,4}|页|頁|ページ)?[\s\-–—|.·•\])]*",
    re.IGNORECASE,
)
"""A line that is nothing but the number of its page."""

_FORM_FEED: Final = "\f"
_LEAST: Final = 3
"""Pages that a running head without the number of its page stands on, at least."""

_DIGITS: Final = 9
"""Of a number that may be a page's."""

_WORDS: Final = 3
"""Words, numbers among them, of a line whose numbers change and that is a running head all the same: with fewer, as in
``Chapter 3``, it is a title."""

_OPENS: Final = re.compile(r"[,:]$")
"""How the salutation of a letter ends, or the name of a speaker."""

_LINE: Final = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|\Z)")
_REST: Final = re.compile(r"[^\S\n\r\f]*(?:\r\n|\n|\r)?")
_BREAK: Final = re.compile(r"[^\S\n\r\f]*(?:\r\n|\n|\r|\f)")
_CLOSED: Final = re.compile(r"[.!?…:;。！？：；؟][\"'»”’)\]」』]*$")

Lines = list[Paragraph]
"""The lines of a page that are not blank, without the white space around them."""


def cuts(text: str) -> tuple[list[tuple[int, int]], int]:
    """What is to go of a text of several pages: running heads, feet and page numbers, and breaks inside a sentence.

    Args:
        text: of a file.

    Returns:
        Offsets of the first and behind the last character of each stretch, in order; and how many lines of heads, feet
        and numbers there are. Nothing where no form feed parts pages.
    """
    pages = [lines for lines in _pages(text) if lines] if _FORM_FEED in text else []
    if len(pages) < 2:  # noqa: PLR2004  # nothing can come back
        return [], 0
    about = _about(text, pages)
    bodies = [body for page in pages if (body := [line for line in page if line not in about])]
    if not bodies:  # nothing but heads: they are the text
        return [], 0
    found = [_whole(text, line) for page in pages for line in page if line in about]
    found += _turns(text, bodies)
    return _joined(found), len(about)


def _pages(text: str) -> Iterator[Lines]:
    start = 0
    for page in text.split(_FORM_FEED):
        found = []
        for line in _LINE.finditer(page):
            if inner := line[0].strip():
                first = start + line.start() + line[0].index(inner[0])
                found.append(Paragraph(first, first + len(inner)))
        yield found
        start += len(page) + 1


def _edges(page: Lines) -> Iterator[tuple[bool, Paragraph]]:
    """The first and the last lines of a page, each with whether it is one of the first."""
    yield from ((True, line) for line in page[:EDGE])
    yield from ((False, line) for line in page[max(EDGE, len(page) - EDGE) :])


def _about(text: str, pages: Sequence[Lines]) -> set[Paragraph]:
    """Lines that belong to the page: they come back on many pages, or count up with them."""
    back: dict[Hashable, dict[int, Paragraph]] = defaultdict(dict)
    counting: dict[Hashable, dict[int, Paragraph]] = defaultdict(dict)
    for i, page in enumerate(pages):
        for is_first, line in _edges(page):
            words = " ".join(text[line.start : line.stop].split()).casefold()
            if _OPENS.search(words):
                continue
            back[is_first, words][i] = line
            if len(words.split()) >= _WORDS or PAGE_NUMBER.fullmatch(words):
                alike, numbers = NUMBER.sub("#", words), NUMBER.findall(words)
                back[is_first, alike][i] = line
                for which in {0, len(numbers) - 1} if numbers else ():
                    counting[alike, which, int(numbers[which][:_DIGITS]) - i][i] = line
    least = max(_LEAST, round(OFTEN * len(pages)))
    found = [lines for lines in back.values() if len(lines) >= least]
    found += [lines for lines in counting.values() if len(lines) > 1]
    return {line for lines in found for line in lines.values()}


def _whole(text: str, line: Paragraph) -> tuple[int, int]:
    """A line from margin to margin, with the line break behind it; form feeds stay."""
    start = max(text.rfind(end, 0, line.start) for end in "\n\r\f") + 1
    rest = _REST.match(text, line.stop)
    return start, rest.end() if rest else line.stop


def _turns(text: str, bodies: Sequence[Lines]) -> Iterator[tuple[int, int]]:
    """What lies between two pages where a sentence goes on overleaf, but for one line break."""
    for page, following in pairwise(bodies):
        before, after = page[-1], following[0]
        closed = _CLOSED.search(text[max(before.start, before.stop - 8) : before.stop])
        first = text[after.start]
        if not closed and first.isalpha() and not first.isupper():  # nor does Chinese have capitals
            kept = _BREAK.match(text, before.stop)
            yield kept.end() if kept else before.stop, after.start


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch or overlap as one; empty ones are left out."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        elif stop > start:
            found.append((start, stop))
    return found
