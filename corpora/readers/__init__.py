"""Reading: from a path or a string to a `Document`.

One module a format family, all of them listed in `corpora.readers.registry`; a reader only finds the
text and its paragraphs. Language and structure are the same work for every format and are done here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from corpora.document import Document
from corpora.errors import EmptyDocumentError, UnknownLanguageError
from corpora.language import detect, normalize
from corpora.readers import plain
from corpora.readers.content import Content, Sides
from corpora.readers.decoding import decode
from corpora.readers.registry import FORMATS, format_of
from corpora.readers.sides import choose, listed
from corpora.readers.source import STDIN, load_bytes
from corpora.structure import label

if TYPE_CHECKING:
    from pathlib import Path

_SEEN = re.compile(r"[^\s\ufeff\u200b\u2060]")
"""A character that is neither white space nor without any width."""

_ANY = "und"
"""BCP 47 for a language that is not known."""

__all__ = ["FORMATS", "parse_lines", "parse_text", "read_document", "read_lines"]


def read_document(
    path: str | Path, *, lang: str | None = None, encoding: str | None = None, other: str | None = None
) -> Document:
    """Read a file of running text in any format of `corpora.readers.registry`.

    Args:
        path: the file; ``-`` is standard input.
        lang: BCP 47 code; detected when None. Of a file that holds several languages (a table, a
            memory) this one is read; when None, the first.
        encoding: name of the character encoding; detected when None.
        other: the language of the other side; of a file that holds several, not this one is read.

    Returns:
        The document: text exactly as read, paragraphs found and labelled.

    Raises:
        ReadError: the file is missing, a directory, of a format that is not read, damaged or
            undecodable.
        EmptyDocumentError: the file holds no text.
        UnknownLanguageError: `lang` is no code we know, or the language cannot be detected.
        MissingExtraError: what reads this format is not installed.
    """
    lang = None if lang is None else normalize(lang)
    found = _read(path, load_bytes(path), encoding)
    if isinstance(found, Sides):
        side = choose(found, lang, other, _name(path))
        lang = lang or side.lang or None
        found = listed(side, found, blank=False)
    return _document(found, id=str(path), lang=lang, path=path)


def _name(path: str | Path) -> str:
    """What to call a file in errors."""
    return "standard input" if str(path) == STDIN else str(path)


def _read(path: str | Path, data: bytes, encoding: str | None) -> Content | Sides:
    return format_of(path, data).reader()(data, _name(path), encoding)


def parse_text(
    text: str,
    *,
    id: str = "text",  # noqa: A002 - Document.id
    lang: str | None = None,
    printed: bool = False,
) -> Document:
    """Make a document of a string, as `read_document` does of a plain text file.

    Args:
        text: the string. It is the document's text, so that all offsets point into it.
        id: what to call it in errors and results.
        lang: BCP 47 code; detected when None.
        printed: the string may come from printed pages, as a file may: words that are parted at the ends of lines are
            made whole, and running heads, feet and page numbers left out, where form feeds part pages. Where there are
            such, the document's text is not the string.

    Raises:
        EmptyDocumentError: the text is empty or nothing but white space.
        UnknownLanguageError: `lang` is no code we know, or the language cannot be detected.
    """
    lang = None if lang is None else normalize(lang)
    return _document(plain.parse(text, printed=printed), id=id, lang=lang)


def read_lines(
    path: str | Path, *, lang: str | None = None, encoding: str | None = None, other: str | None = None
) -> Document:
    """Read a file that is cut already: one sentence a line, blank lines too.

    Of a format that has no lines, every paragraph, cue or row is a sentence; a row that is empty in
    this language is one too, so that the rows of two languages are in step.

    Raises:
        ReadError: as `read_document`.
        EmptyDocumentError: the file holds no text.
        UnknownLanguageError: as `read_document`.
        MissingExtraError: as `read_document`.
    """
    lang = None if lang is None else normalize(lang)
    data = load_bytes(path)
    if format_of(path, data).name in {"text", "markdown"}:
        text, encoding = decode(data, str(path), encoding)
        found: Content | Sides = Content(text, plain.lines(text), {"encoding": encoding})
    else:
        found = _read(path, data, encoding)
    if isinstance(found, Sides):
        side = choose(found, None if lang == _ANY else lang, other, _name(path))
        lang = lang if lang not in {None, _ANY} else side.lang or lang
        found = listed(side, found, blank=True)
    return _document(replace(found, is_labelled=True), id=str(path), lang=lang, path=path)


def parse_lines(text: str, *, id: str = "lines", lang: str | None = None) -> Document:  # noqa: A002 - Document.id
    """Make a document of a string with one sentence a line, as `read_lines` does of a file.

    Raises:
        EmptyDocumentError: the text is empty or nothing but white space.
        UnknownLanguageError: `lang` is no code we know, or the language cannot be detected.
    """
    lang = None if lang is None else normalize(lang)
    return _document(Content(text, plain.lines(text), is_labelled=True), id=id, lang=lang)


def _document(
    content: Content,
    *,
    id: str,  # noqa: A002 - it becomes Document.id
    lang: str | None,
    path: str | Path | None = None,
) -> Document:
    """Put a document together: refuse an empty one, detect its language, label its paragraphs."""
    name = _name(id)
    if not _SEEN.search(content.text):
        raise EmptyDocumentError(f"{name}: there is no text in it; give a document with text")
    if lang is None:
        try:
            lang = detect(content.text)
        except UnknownLanguageError as error:
            raise UnknownLanguageError(f"{name}: {error}") from None
    metadata = dict(content.metadata)
    if path is not None and str(path) != STDIN:
        metadata["path"] = str(path)
    paragraphs = content.paragraphs if content.is_labelled else label(content.text, content.paragraphs, lang)
    return Document(id, lang, content.text, paragraphs, MappingProxyType(metadata))
