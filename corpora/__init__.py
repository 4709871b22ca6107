"""Documents: where texts come from. Knows nothing of alignment.

``read_document`` and ``parse_text`` read running text: they find the paragraphs, detect the language
and label what is prose and what is page furniture. ``read_lines`` and ``parse_lines`` take a list that
somebody has already cut, one sentence a line.
"""

from __future__ import annotations

from corpora.document import METADATA_KINDS, Document, Kind, Paragraph
from corpora.errors import (
    EmptyDocumentError,
    MissingExtraError,
    ReadError,
    ToolkitError,
    ToolkitWarning,
    UnknownLanguageError,
)
from corpora.identity import document_date, document_number
from corpora.readers import parse_lines, parse_text, read_document, read_lines

__all__ = [
    "METADATA_KINDS",
    "Document",
    "EmptyDocumentError",
    "Kind",
    "MissingExtraError",
    "Paragraph",
    "ReadError",
    "ToolkitError",
    "ToolkitWarning",
    "UnknownLanguageError",
    "document_date",
    "document_number",
    "parse_lines",
    "parse_text",
    "read_document",
    "read_lines",
]
