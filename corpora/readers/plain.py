"""Plain text: lines and paragraphs.

Blank lines part paragraphs. Between them a line is a paragraph of its own, unless the text is hard
wrapped, that is, broken at a right margin as mail programs and editors do.
"""

from __future__ import annotations

from itertools import pairwise

from corpora.document import Paragraph
from corpora.readers.content import Content
from corpora.readers.decoding import decode
from corpora.readers.wrapping import is_continued, margin


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of a plain text file; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the bytes cannot be decoded.
        EmptyDocumentError: there is no text.
    """
    text, used = decode(data, name, encoding)
    return Content(text, paragraphs(text), {"encoding": used})


def parse(text: str) -> Content:
    """Find the paragraphs of a string."""
    return Content(text, paragraphs(text))


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
    found = []
    for block in blocks:
        start = block[0].start
        for line, following in pairwise(block):
            if not is_continued(text, line, following, width):
                found.append(Paragraph(start, line.stop))
                start = following.start
        found.append(Paragraph(start, block[-1].stop))
    return tuple(found)


def _blocks(text: str) -> list[list[Paragraph]]:
    """Lines in groups parted by blank lines; no group is empty, no line is blank."""
    blocks: list[list[Paragraph]] = [[]]
    start = 0
    for line in text.splitlines(keepends=True):
        if inner := line.strip():
            first = start + line.index(inner[0])
            blocks[-1].append(Paragraph(first, first + len(inner)))
        elif blocks[-1]:
            blocks.append([])
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
