"""Excel workbooks (.xlsx), with zipfile and lxml: the first sheet that holds two columns of text."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import ReadError
from corpora.readers.archive import Archive
from corpora.readers.columns import sides
from corpora.readers.markup import attribute, children, descendants, local, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.readers.content import Sides

WHAT: Final = "an Excel workbook (.xlsx)"
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WIDEST: Final = 200
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(data: bytes, name: str, encoding: str | None = None) -> Sides:  # noqa: ARG001 - XML says its encoding
    """Read the bytes of a workbook; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, password-protected, or no sheet has a text in two columns.
    """
    archive = Archive(data, name, WHAT)
    strings = _strings(archive, name)
    error = archive.damaged()
    for part in _sheets(archive, name):
        rows = list(_rows(parse(archive.read(part), name, WHAT), strings))
        try:
            return sides(rows, name, {"format": "xlsx"})
        except ReadError as why:
            error = why
    raise error


def _sheets(archive: Archive, name: str) -> Iterator[str]:
    """The paths of the sheets, in the order of their tabs."""
    book = "xl/workbook.xml"
    relations = parse(archive.read("xl/_rels/workbook.xml.rels"), name, WHAT)
    targets = {attribute(each, "Id"): attribute(each, "Target") for each in descendants(relations, "Relationship")}
    for sheet in descendants(parse(archive.read(book), name, WHAT), "sheet"):
        target = targets.get(_relation(sheet), "")
        path = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
        if "worksheets/" in path and path in archive.names and attribute(sheet, "state") in {"", "visible"}:
            yield path


def _relation(sheet: Any) -> str:
    """The id of the relation that leads to a sheet (``r:id``, not ``sheetId``)."""
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _strings(archive: Archive, name: str) -> list[str]:
    """The shared strings, which most cells point to."""
    if "xl/sharedStrings.xml" not in archive.names:
        return []
    return [_string(each) for each in children(parse(archive.read("xl/sharedStrings.xml"), name, WHAT), "si")]


def _string(element: Any) -> str:
    """The text of a string: of its runs, without the readings above Japanese words."""
    texts = (each for each in descendants(element, "t") if local(each.getparent()) != "rPh")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(each.text or "" for each in texts))


def _rows(sheet: Any, strings: list[str]) -> Iterator[list[str]]:
    """The rows of a sheet, empty cells filled in."""
    for row in descendants(sheet, "row"):
        cells: dict[int, str] = {}
        for i, cell in enumerate(children(row, "c")):
            found = _CELL.fullmatch(attribute(cell, "r"))
            column = _number(found[1]) if found else i
            if column < _WIDEST:
                cells[column] = _value(cell, strings)
        yield [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


def _number(letters: str) -> int:
    """Index of a column: A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Any, strings: list[str]) -> str:
    """What a cell shows; numbers as they are stored."""
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        return "".join(_string(each) for each in children(cell, "is"))
    value = next((each.text or "" for each in children(cell, "v")), "")
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return value
