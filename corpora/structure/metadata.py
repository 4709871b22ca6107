"""Lines about the document that are the same in every language: when, number, separator."""

from __future__ import annotations

import re
from typing import Final

from corpora.structure.dates import find_date, parse_moment

__all__ = ["find_date", "number_reason", "parse_moment", "separator_reason"]

_NUMBER: Final = re.compile(
    r"(?:(?:[^\W\d_]+\.?[ \xa0]){0,3}(?:№|No\.?|Nr\.?|N°|Nº|#|Документ|Document)?[ \xa0:]*)?"
    r"(?:\d{1,6}-)?\d{1,6}-(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])-(?:19|20)\d\d"
    r"(?:[ \xa0]?[-/]?[ \xa0]?[A-Za-zА-Яа-я]{1,3})?"
    r"(?:[ \xa0,;|]{0,3}(?:[01]?\d|2[0-3]):[0-5]\d)?"
)
"""``1865-04-10-2017``, ``№ 1865-04-10-2017``, ``Документ 123-01-02-2020``: running number, day, perhaps a time."""

_LONGEST: Final = 48
_SEPARATOR: Final = re.compile(r"[\W_]+")
_LONGEST_SEPARATOR: Final = 200


def number_reason(line: str) -> str:
    """Why a line is the document's number, or an empty string: ``1865-04-10-2017``."""
    if len(line) > _LONGEST or not _NUMBER.fullmatch(line):
        return ""
    return "document number"


def separator_reason(line: str) -> str:
    """Why a line only parts sections, or an empty string: ``* * *``, ``---``, ``• • •``."""
    return "nothing but punctuation" if _SEPARATOR.fullmatch(line[:_LONGEST_SEPARATOR]) else ""
