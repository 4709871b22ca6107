"""Putting a text together from the paragraphs that a format has."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from corpora.document import Kind, Paragraph
from corpora.readers.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PART: Final = "\n\n"
"""What stands between two paragraphs of a text that was put together here."""

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Block(NamedTuple):
    """A paragraph as a format has it.

    Attributes:
        text: its characters.
        kind: what it is, where the format says so.
        reason: why it has a kind other than body.
    """

    text: str
    kind: Kind = "body"
    reason: str = ""


def content(blocks: Iterable[Block], metadata: Mapping[str, str], *, is_labelled: bool = False) -> Content:
    """Join paragraphs by blank lines; those without any text are dropped.

    Args:
        blocks: the paragraphs in order.
        metadata: what else the reader learnt; empty values are dropped.
        is_labelled: whether the kinds of all paragraphs are known.
    """
    pieces: list[str] = []
    paragraphs = []
    at = 0
    for block in blocks:
        text = clean(block.text).strip()
        if text:
            paragraphs.append(Paragraph(at, at + len(text), block.kind, block.reason))
            pieces.append(text)
            at += len(text) + len(PART)
    kept = MappingProxyType({key: value for key, value in metadata.items() if value})
    return Content(PART.join(pieces), tuple(paragraphs), kept, is_labelled)


def clean(text: str) -> str:
    """Without characters that no text has and XML cannot write (NUL, half of a surrogate pair …)."""
    return _UNWRITABLE.sub("", text)


def squeeze(text: str) -> str:
    """White space as a browser shows it: a run of spaces and line breaks is one space.

    No-break spaces are characters of the text and stay.
    """
    return _SPACES.sub(" ", text).strip(" ")


def words(text: str) -> frozenset[str]:
    """A set of words that reads better as a text than as a list that fills a page."""
    return frozenset(text.split())
