"""What names a document: its number and its date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from corpora.structure.metadata import find_date

if TYPE_CHECKING:
    from corpora.document import Document

_NUMBER: Final = re.compile(r"(?<![\w-])(\d{1,6}(?:-\d{1,3})?-(\d{2})-(\d{2})-(\d{4}))(?![\w-])")


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
