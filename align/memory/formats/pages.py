"""Tables in pages for people: HTML and DOCX, the first table whose head or first row is a pair of texts."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from align.errors import FormatError
from align.memory.formats.base import seekable_copy
from align.memory.formats.events import events
from align.memory.formats.tables import Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from align.memory.formats.base import Row, Rows

_CELLS: Final = frozenset({"td", "th"})
_BREAKS: Final = {"tab": "\t", "br": "\n"}


def read_html(rows: Rows) -> Iterator[Row]:
    """The pairs in the tables of a web page, such as ``align export`` writes.

    Raises:
        FormatError: there is no table of pairs.
    """
    yield from _pairs(_html_rows(rows), rows.name)


def _html_rows(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    parser = _Tables()
    for line in rows.lines():
        parser.feed(line)
        yield from parser.ready
        parser.ready.clear()
    parser.close()
    yield from parser.ready


class _Tables(HTMLParser):
    """Collects the rows of all tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ready: list[tuple[int, list[str]]] = []
        self._cells: list[str] | None = None
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in _CELLS and self._cells is not None:
            self._end_cell()
            self._text = []
        elif tag in {"br", "small", "p"} and self._text:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is not None and self._cells is not None:
            self._cells.append("".join(self._text))
        self._text = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self.ready.append((self.getpos()[0], self._cells))
        self._cells = None


def read_docx(rows: Rows) -> Iterator[Row]:
    """The pairs in the tables of a Word document, such as ``align export`` writes.

    Raises:
        FormatError: the file is no such document, or has no table of pairs.
    """
    with seekable_copy(rows.stream) as stream:
        try:
            with zipfile.ZipFile(stream) as archive, archive.open("word/document.xml") as part:
                yield from _pairs(_docx_rows(cast("BinaryIO", part), rows.name), rows.name)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
            reason = " ".join(str(error).split())
            raise FormatError(f"{rows.name}: no Word document, or a damaged one ({reason})") from None


def _docx_rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, list[str]]]:
    table = _Table()
    number = 0
    for kind, tag, _, _ in events(stream, name):
        if kind == "text":
            table.take(tag)
        elif kind == "start":
            table.start(tag)
        elif (cells := table.end(tag)) is not None:
            number += 1
            yield number, cells


@dataclass(slots=True)
class _Table:
    """Where in the tables of a Word document we are; tables in cells are text of the cell."""

    cells: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    depth: int = 0
    inside: bool = False

    def take(self, text: str) -> None:
        if self.inside and self.depth:
            self.text.append(text)

    def start(self, tag: str) -> None:
        if tag == "tbl":
            self.depth += 1
        elif tag == "t":
            self.inside = True
        elif tag == "tr" and self.depth == 1:
            self.cells = []
        elif tag == "tc" and self.depth == 1:
            self.text = []
        elif tag in _BREAKS:
            self.text.append(_BREAKS[tag])

    def end(self, tag: str) -> list[str] | None:
        if tag == "tbl":
            self.depth -= 1
        elif tag == "t":
            self.inside = False
        elif tag == "p" and self.text:
            self.text.append("\n")
        elif tag == "tc" and self.depth == 1:
            self.cells.append("".join(self.text).removesuffix("\n"))
        elif tag == "tr" and self.depth == 1:
            return self.cells
        return None


def _pairs(rows: Iterable[tuple[int, list[str]]], name: str) -> Iterator[Row]:
    """Rows behind a head that names the columns; without one the first two cells of each row of two."""
    columns: Columns | None = None
    for line, cells in rows:
        head = Columns.of(cells)
        if head.named:
            columns = head
        elif len(cells) > 1 and (row := (columns or Columns()).row(cells, line)):
            columns = columns or Columns()
            yield row
    if columns is None:
        raise FormatError(f"{name}: there is no table of pairs in it")
