"""What a reader hands over, and what a reader is."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpora.document import Paragraph

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Content:
    """A text and where its paragraphs lie.

    Attributes:
        text: exactly what was read, without a byte order mark.
        paragraphs: in order, not overlapping, without surrounding white space; only white space lies
            between them. A reader that knows what a paragraph is (a heading of a web page) says so.
        metadata: what else the reader learnt, such as ``encoding``.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


class Reader(Protocol):
    """Makes `Content` of the bytes of a file."""

    def __call__(self, data: bytes, name: str, encoding: str | None, /) -> Content:
        """Read `data`.

        Args:
            data: the whole file.
            name: what to call the file in errors.
            encoding: the character encoding that a person named, or None.

        Raises:
            ReadError: the bytes are not what they should be.
        """
