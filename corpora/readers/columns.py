"""What tables hold: which columns are texts, and in which languages."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from corpora.errors import ReadError, UnknownLanguageError
from corpora.language import by_name, detect_or_none, normalize
from corpora.readers.blocks import clean
from corpora.readers.content import Side, Sides

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LETTER: Final = re.compile(r"[^\W\d_]")
_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_HEADINGS: Final = frozenset({"source", "target", "original", "translation", "исходный", "перевод", "оригинал"})
_SOME: Final = 0.5
"""Share of its cells that have letters, at least, for a column to be a text."""

_SAMPLE: Final = 4000


def sides(rows: Sequence[Sequence[str]], name: str, metadata: Mapping[str, str]) -> Sides:
    """The columns of a table that are texts, one for each language.

    A first row of codes or names of languages, or of words like *source*, is a heading and no text.

    Args:
        rows: the cells; rows may be of different lengths.
        name: what to call the file in errors.
        metadata: what else the reader learnt.

    Raises:
        ReadError: fewer than two columns are texts.
    """
    filled = [[clean(cell).strip() for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    heading = filled[0] if filled and _is_heading(filled[0]) else []
    body = filled[1:] if heading else filled
    width = max(map(len, body), default=0)
    columns = [tuple(row[i] if i < len(row) else "" for row in body) for i in range(min(width, 200))]
    texts = [i for i, column in enumerate(columns) if _is_text(column)]
    found = [Side(_language(heading[i] if i < len(heading) else "", columns[i]), columns[i]) for i in texts]
    if len(found) < 2:  # noqa: PLR2004 - that is the point
        raise ReadError(
            f"{name}: a table needs a text in two columns, one a language; if it is plain text, rename it to .txt"
        )
    return Sides(tuple(found), MappingProxyType(dict(metadata)))


def _is_heading(row: Sequence[str]) -> bool:
    """``ru`` and ``en``, ``Russian`` and ``English``, ``Source`` and ``Target``: in two cells at least."""
    return sum(bool(named(cell)) or cell.lower().split("_")[0] in _HEADINGS for cell in row if cell) > 1


def named(cell: str) -> str:
    """The language that a cell names by its code or by its name in English; empty for none."""
    if _CODE.fullmatch(cell):
        try:
            return normalize(cell)
        except UnknownLanguageError:
            return ""
    return (by_name(cell) or "") if cell else ""


def _is_text(column: Sequence[str]) -> bool:
    """Whether most cells of a column that are not empty have letters, and several of them words."""
    cells = [cell for cell in column if cell]
    return bool(cells) and sum(bool(_LETTER.search(cell)) for cell in cells) >= _SOME * len(cells)


def _language(heading: str, column: Sequence[str]) -> str:
    """The language that the heading names, else the one that the column reads like."""
    return named(heading) or detect_or_none("\n".join(column)[:_SAMPLE]) or ""
