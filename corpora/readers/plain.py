"""Plain text: lines and paragraphs.

Blank lines part paragraphs. Between them a line is a paragraph of its own, unless the text is hard
wrapped, that is, broken at a right margin as mail programs and editors do. Where such a text parts words
at the ends of lines, as what was copied from a printed page does, the words of a file are made whole; and where
form feeds part pages, their running heads, feet and numbers are left out. In nothing else differs the text of
a document from that of its file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Final

from corpora.document import Paragraph
from corpora.readers import pages
from corpora.readers.content import Content
from corpora.readers.decoding import decode
from corpora.readers.parted import Words, is_awaiting
from corpora.readers.wrapping import is_continued, margin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BREAK: Final = re.compile(r"(?<=[^\W\d_])[-\xad\u2010][ \t]*(?:\r\n|\n|\r)[ \t]*(?=[^\W\d_])")
_HYPHEN_AT_END: Final = re.compile(r"[-\xad\u2010][ \t]*[\r\n]")
_LONGEST_WORD: Final = 40


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of a plain text file; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the bytes cannot be decoded.
        EmptyDocumentError: there is no text.
    """
    text, used = decode(data, name, encoding)
    found = parse(text, printed=True)
    return Content(found.text, found.paragraphs, {"encoding": used, **found.metadata})


def parse(text: str, *, printed: bool = False) -> Content:
    """Find the paragraphs of a string.

    Args:
        text: the string.
        printed: undo what printed pages did to it: leave out running heads, feet and page numbers, and make words whole
            that are parted at the ends of lines. Where there are such, the content's text is another.
    """
    if not printed:
        return Content(text, paragraphs(text))
    metadata = {}
    stretches, count = pages.cuts(text)
    text, _ = _without(text, stretches)
    if count:
        metadata["left_out"] = f"{count} lines of running heads, feet and page numbers"
    found = paragraphs(text)
    if cuts := list(parted_words(text, found)):
        text, places = _without(text, cuts)
        found = tuple(Paragraph(places(each.start), places(each.stop)) for each in found)
        metadata["parted words"] = f"{len(cuts)} made whole"
    return Content(text, found, metadata)


def lines(text: str) -> tuple[Paragraph, ...]:
    """Every line as a paragraph, a blank one too (``start == stop``).

    Lines end where other programs count them: at each line feed, or at each carriage return in a text
    that has no line feed. A line end at the end of the text begins no further line.
    """
    found = []
    start = 0
    end = "\n" if "\n" in text else "\r"
    while start < len(text):
        stop = text.find(end, start) + 1 or len(text)
        found.append(_stripped(text, start, stop))
        start = stop
    return tuple(found)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of running text; only white space lies between them."""
    blocks = _blocks(text)
    width = margin(text, blocks)
    if width is None:
        return tuple(chain.from_iterable(blocks))  # every line is a paragraph
    found = []
    for block in blocks:
        start = block[0].start
        for line, following in pairwise(block):
            if not is_continued(text, line, following, width):
                found.append(Paragraph(start, line.stop))
                start = following.start
        found.append(Paragraph(start, block[-1].stop))
    return tuple(found)


def parted_words(text: str, found: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """What is to go where a line ends inside a word: the line break, and the hyphen if it is none of the word's own.

    Args:
        text: of the file.
        found: its paragraphs, so that a hyphen at the end of one stays.

    Yields:
        Offsets of the first and behind the last character.
    """
    if not _HYPHEN_AT_END.search(text):
        return
    wrapped = [each for each in found if _is_wrapped(text, each)]
    breaks = [at for each in wrapped for at in _BREAK.finditer(text, each.start, each.stop)]
    if not breaks:
        return
    known = Words(line.strip() for line in text.splitlines())
    for at in breaks:
        before = text[max(0, at.start() - _LONGEST_WORD) : at.start() + 1]
        following = text[at.end() : at.end() + _LONGEST_WORD]
        if following[0].islower() and known.is_parted(before, following):
            yield at.start(), at.end()
        elif known.parts and not is_awaiting(following):
            yield at.start() + 1, at.end()


def _is_wrapped(text: str, paragraph: Paragraph) -> bool:
    """Whether a line ends inside a paragraph."""
    return any(text.find(end, paragraph.start, paragraph.stop) >= 0 for end in "\n\r")


def _without(text: str, cuts: Sequence[tuple[int, int]]) -> tuple[str, Callable[[int], int]]:
    """The text without some stretches, and a function that says where an offset has gone."""
    starts = [0, *(stop for _, stop in cuts)]
    stops = [*(start for start, _ in cuts), len(text)]
    gone = [0, *accumulate(stop - start for start, stop in cuts)]
    return "".join(map(text.__getitem__, map(slice, starts, stops))), lambda at: at - gone[bisect_right(starts, at) - 1]


def _blocks(text: str) -> list[list[Paragraph]]:
    """Lines in groups parted by blank lines; no group is empty, no line is blank."""
    blocks: list[list[Paragraph]] = [[]]
    block, start = blocks[0], 0
    for line in text.splitlines(keepends=True):
        if inner := line.strip():
            first = start + line.index(inner[0])
            block.append(Paragraph(first, first + len(inner)))
        elif block:
            block = []
            blocks.append(block)
        start += len(line)
    return [block for block in blocks if block]


def _stripped(text: str, start: int, stop: int) -> Paragraph:
    """The span without the white space around it; an empty one at `start` where there is nothing else."""
    line = text[start:stop]
    inner = line.strip()
    if not inner:
        return Paragraph(start, start)
    start += len(line) - len(line.lstrip())
    return Paragraph(start, start + len(inner))
