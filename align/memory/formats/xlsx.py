"""Spreadsheets: the pairs of the first sheet of a workbook, read row by row without a library."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, cast

from align.errors import FormatError
from align.memory.formats.base import Row, seekable_copy
from align.memory.formats.events import events
from align.memory.formats.tables import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from align.memory.formats.base import Rows

_CELL: Final = re.compile(r"([A-Z]{1,3})\d*")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS: Final = 64
_HEADED: Final = 10
"""Rows at the top among which the head of the table is looked for."""


def read(rows: Rows) -> Iterator[Row]:
    """The pairs of the first sheet: columns by their heads (``Source``, ``Target``), else the first two.

    Raises:
        FormatError: the file is no workbook, or damaged.
    """
    with seekable_copy(rows.stream) as stream:
        try:
            with zipfile.ZipFile(stream) as book:
                yield from _pairs(book, rows.name)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
            reason = " ".join(str(error).split())
            raise FormatError(f"{rows.name}: no workbook, or a damaged one ({reason}); save it anew as .xlsx") from None


def _pairs(book: zipfile.ZipFile, name: str) -> Iterator[Row]:
    names = book.namelist()
    sheets = sorted((each for each in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", each)), key=_number)
    if not sheets:
        raise FormatError(f"{name}: a workbook without a sheet")
    strings = list(_strings(book, name)) if "xl/sharedStrings.xml" in names else []
    columns: Columns | None = None
    with book.open(sheets[0]) as sheet:
        for line, cells in _rows(cast("BinaryIO", sheet), strings, name):
            if columns is None:
                head = Columns.of(cells)
                columns = head if head.named or line > _HEADED else None
                if columns is None and sum(map(bool, cells)) >= 2:  # noqa: PLR2004
                    columns = Columns()
                if columns is None or head.named:
                    continue
            if any(cells) and (row := columns.row(cells, line)):
                yield row


def _number(name: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, name))
    return int(digits or 0), name


def _strings(book: zipfile.ZipFile, name: str) -> Iterator[str]:
    pieces: list[str] = []
    inside = phonetic = False
    with book.open("xl/sharedStrings.xml") as stream:
        for kind, tag, _, _ in events(cast("BinaryIO", stream), name):
            if kind == "text":
                if inside and not phonetic:
                    pieces.append(tag)
            elif tag == "si":
                if kind == "end":
                    yield _plain("".join(pieces))
                pieces = []
            elif tag == "t":
                inside = kind == "start"
            elif tag == "rPh":
                phonetic = kind == "start"


def _rows(stream: BinaryIO, strings: list[str], name: str) -> Iterator[tuple[int, list[str]]]:
    cells: list[str] = []
    column, kind_of_cell, value, inside, line = 0, "", "", False, 0
    for kind, tag, attributes, _ in events(stream, name):
        if kind == "text":
            value += tag if inside else ""
        elif kind == "start" and tag == "row":
            line = int(attributes.get("r") or line + 1)
            cells, column = [], 0
        elif kind == "start" and tag == "c":
            column = _column(attributes.get("r", ""), column)
            kind_of_cell, value = attributes.get("t", "n"), ""
        elif tag in {"v", "t"}:
            inside = kind == "start"
        elif kind == "end" and tag == "c":
            if column <= _MOST_COLUMNS:
                cells += [""] * (column - len(cells))
                cells[column - 1] = _value(value, kind_of_cell, strings)
        elif kind == "end" and tag == "row":
            yield line, cells


def _column(reference: str, before: int) -> int:
    """The number of a column from 1: ``AB12`` is in the 28th."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return before + 1
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _value(value: str, kind: str, strings: list[str]) -> str:
    if kind != "s":
        return _plain(value)
    index = int(value) if value.strip().isdigit() else -1
    return strings[index] if 0 <= index < len(strings) else ""


def _plain(text: str) -> str:
    """Undo how a workbook writes characters that XML forbids: ``_x000B_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
