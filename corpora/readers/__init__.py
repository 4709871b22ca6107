"""Reading: from a path or a string to a `Document`.

One module a format family, all of them listed in `corpora.readers.registry`; a reader only finds the
text and its paragraphs. Language and structure are the same work for every format and are done here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from corpora.document import Document
from corpora.errors import EmptyDocumentError, UnknownLanguageError
from corpora.language import detect, normalize
from corpora.readers import plain
from corpora.readers.content import Content
from corpora.readers.decoding import decode
from corpora.readers.registry import FORMATS, reader_for
from corpora.readers.source import STDIN, load_bytes
from corpora.structure import label

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMATS", "parse_lines", "parse_text", "read_document", "read_lines"]


def read_document(path: str | Path, *, lang: str | None = None, encoding: str | None = None) -> Document:
    """Read a file of running text.

    Args:
        path: the file; ``-`` is standard input.
        lang: BCP 47 code; detected when None.
        encoding: name of the character encoding; detected when None.

    Returns:
        The document: text exactly as decoded, paragraphs found and labelled.

    Raises:
        ReadError: the file is missing, a directory, of a format that is not read, or undecodable.
        EmptyDocumentError: the file holds no text.
        UnknownLanguageError: `lang` is no code we know, or the language cannot be detected.
    """
    lang = None if lang is None else normalize(lang)
    data = load_bytes(path)
    content = reader_for(path, data)(data, str(path), encoding)
    return _document(content, id=str(path), lang=lang, path=path)


def parse_text(text: str, *, id: str = "text", lang: str | None = None) -> Document:  # noqa: A002 - Document.id
    """Make a document of a string, as `read_document` does of a file.

    Raises:
        EmptyDocumentError: the text is empty or nothing but white space.
        UnknownLanguageError: `lang` is no code we know, or the language cannot be detected.
    """
    lang = None if lang is None else normalize(lang)
    return _document(plain.parse(text), id=id, lang=lang)


def read_lines(path: str | Path, *, lang: str | None = None, encoding: str | None = None) -> Document:
    """Read a file that is cut already: one sentence a line, blank lines too.

    Raises:
        ReadError: as `read_document`.
        EmptyDocumentError: the file holds no text.
        UnknownLanguageError: as `read_document`.
    """
    lang = None if lang is None else normalize(lang)
    text, encoding = decode(load_bytes(path), str(path), encoding)
    content = Content(text, plain.lines(text), {"encoding": encoding})
    return _document(content, id=str(path), lang=lang, path=path, labelled=False)


def parse_lines(text: str, *, id: str = "lines", lang: str | None = None) -> Document:  # noqa: A002 - Document.id
    """Make a document of a string with one sentence a line, as `read_lines` does of a file.

    Raises:
        EmptyDocumentError: the text is empty or nothing but white space.
        UnknownLanguageError: `lang` is no code we know, or the language cannot be detected.
    """
    lang = None if lang is None else normalize(lang)
    return _document(Content(text, plain.lines(text)), id=id, lang=lang, labelled=False)


def _document(
    content: Content,
    *,
    id: str,  # noqa: A002 - it becomes Document.id
    lang: str | None,
    path: str | Path | None = None,
    labelled: bool = True,
) -> Document:
    """Put a document together: refuse an empty one, detect its language, label its paragraphs."""
    name = "standard input" if id == STDIN else id
    if not content.text or content.text.isspace():
        raise EmptyDocumentError(f"{name}: there is no text in it; give a document with text")
    if lang is None:
        try:
            lang = detect(content.text)
        except UnknownLanguageError as error:
            raise UnknownLanguageError(f"{name}: {error}") from None
    metadata = dict(content.metadata)
    if path is not None and str(path) != STDIN:
        metadata["path"] = str(path)
    paragraphs = label(content.text, content.paragraphs, lang) if labelled else content.paragraphs
    return Document(id, lang, content.text, paragraphs, MappingProxyType(metadata))
