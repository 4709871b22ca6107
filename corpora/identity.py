"""What names a document: its number, its date, its address on the web."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from corpora.naming import language_tokens
from corpora.structure.metadata import find_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpora.document import Document

_NUMBER: Final = re.compile(r"(?<![\w-])(\d{1,6}(?:-\d{1,3})?-(\d{2})-(\d{2})-(\d{4}))(?![\w-])")
_ADDRESS: Final = re.compile(r"https?://([^\s/?#]+)([^\s#]*)", re.IGNORECASE)
_PIECE: Final = re.compile(r"[^\W_]+")
_IDENTIFIER: Final = re.compile(r"(?<!\d)\d{4,}(?!\d)")


def document_number(document: Document) -> str | None:
    """The number that a ministry gave the document, such as ``1865-04-10-2017``.

    It is the same on both sides of a translation. Only number lines are looked at, in the order of the
    text; a number quoted in a sentence names some other document.
    """
    for paragraph in document.paragraphs:
        if paragraph.kind == "number":
            found = _NUMBER.search(document.text, paragraph.start, paragraph.stop)
            if found:
                return found[1]
    return None


def document_date(document: Document) -> date | None:
    """The day of the document: of its number, which is the surest, else of its first time line with one."""
    number = document_number(document)
    found = _NUMBER.fullmatch(number) if number else None
    if found:
        try:
            return date(int(found[4]), int(found[3]), int(found[2]))
        except ValueError:
            pass  # a running number that only looks dated: 12-99-99-2017
    for paragraph in document.paragraphs:
        if paragraph.kind == "time":
            day = find_date(document.text[paragraph.start : paragraph.stop])
            if day is not None:
                return day
    return None


def document_address(document: Document) -> str | None:
    """The page's address on the web: what the reader learnt, else the first line that is nothing but one."""
    if document.metadata.get("address"):
        return document.metadata["address"]
    for paragraph in document.paragraphs:
        if paragraph.kind == "furniture":
            line = document.text[paragraph.start : paragraph.stop]
            if _ADDRESS.fullmatch(line):
                return line
    return None


def document_alternates(document: Document) -> tuple[str, ...]:
    """The addresses where a web page says that it stands in other languages."""
    return tuple(document.metadata.get("alternates", "").split())


def address_keys(address: str, langs: Iterable[str]) -> frozenset[str]:
    """What an address says apart from the language; pages that translate each other share a key.

    ``https://example.org/ru/news/2895398`` and ``https://en.example.org/news/2895398`` share both keys.

    Args:
        address: ``https://…``; anything else has no keys.
        langs: BCP 47 codes whose names are taken out.

    Returns:
        The address without languages, if anything but the host is left, and each long number of it.
    """
    found = _ADDRESS.match(address)
    if not found:
        return frozenset()
    tokens = frozenset().union(*map(language_tokens, langs))
    host = ".".join(part for part in found[1].lower().split(".") if part not in {"www", *tokens})
    path = "/".join(piece for piece in _pieces(found[2]) if piece not in tokens)
    numbers = {f"{host}#{number}" for number in _IDENTIFIER.findall(found[2])}
    return frozenset(numbers | ({f"{host}/{path}"} if path else set()))


def _pieces(path: str) -> Iterator[str]:
    yield from (piece.lower() for piece in _PIECE.findall(path))
