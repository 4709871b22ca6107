"""Document and Paragraph: what a text is once it has been read.

Nothing here knows of sentences or alignment. A reader makes a `Document`, `corpora.structure` labels
its paragraphs, and everything after that points into ``Document.text`` by offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["body", "title", "turn", "footnote", "time", "number", "separator", "furniture"]
"""What a paragraph is: prose, a heading, a speaker's turn; or one of `METADATA_KINDS`."""

METADATA_KINDS: Final[frozenset[Kind]] = frozenset({"time", "number", "separator", "furniture"})
"""Kinds of paragraph that are about the page, not part of the text; kept out of memories."""

_NO_METADATA: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as offsets into `Document.text`, in code points, without surrounding white space.

    Attributes:
        start: offset of the first character.
        stop: offset after the last character; ``start <= stop``.
        kind: what the paragraph is, see `Kind`.
        reason: why it was given that kind, in a few words; empty for plain body text.
    """

    start: int
    stop: int
    kind: Kind = "body"
    reason: str = ""

    @property
    def is_metadata(self) -> bool:
        """Whether the paragraph belongs to the page rather than to the text."""
        return self.kind in METADATA_KINDS


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language, exactly as read.

    Attributes:
        id: what names the document, for people: a path, a URL, ``-`` for standard input.
        lang: BCP 47 code, such as ``ru`` or ``en``; empty when it is not known yet.
        text: the decoded characters, never normalised (line ends as in the file, no BOM).
        paragraphs: in order of the text, not overlapping; only white space lies between them.
        metadata: what else the reader learnt (``encoding``, ``path`` …).
    """

    id: str
    lang: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: _NO_METADATA)
