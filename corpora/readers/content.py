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
        is_labelled: the reader knows of every paragraph what it is (the cues of a film are no page with
            furniture), so that nothing is left to guess.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    is_labelled: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a file that holds several.

    Attributes:
        lang: BCP 47 code as the file says it, or as its text reads; empty where nothing tells.
        rows: one text for each row of the file, without surrounding white space; empty where this
            language has none.
    """

    lang: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """A file that holds the same rows in several languages: a table, a memory, an exchange file.

    Attributes:
        sides: two or more, the source first where the file says which that is; all of one length.
        metadata: what else the reader learnt.
    """

    sides: tuple[Side, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


class Reader(Protocol):
    """Makes `Content` (or, of a file with several languages, `Sides`) of the bytes of a file."""

    def __call__(self, data: bytes, name: str, encoding: str | None, /) -> Content | Sides:
        """Read `data`.

        Args:
            data: the whole file.
            name: what to call the file in errors.
            encoding: the character encoding that a person named, or None.

        Raises:
            ReadError: the bytes are not what they should be.
            MissingExtraError: the library that reads this format is not installed.
        """
