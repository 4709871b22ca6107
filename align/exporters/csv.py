"""The table of `tsv` as comma-separated values (RFC 4180), with every character of the texts.

A file for programs: a cell is exactly its text. In a spreadsheet a text that begins with ``=`` would be
taken for a formula; for a spreadsheet there is `xlsx`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from align.exporters.base import Exporter, Header, Options
from align.exporters.table import COLUMNS, Row, units_writer_of, writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_rows(stream: BinaryIO, rows: Iterable[Row], _header: Header, _options: Options) -> int:
    """Write a header row and the rows; returns how many rows."""
    count = 0
    stream.write(_line(COLUMNS))
    for row in rows:
        stream.write(_line(row.cells))
        count += 1
    return count


def _line(cells: tuple[str, ...]) -> bytes:
    return (",".join(map(_cell, cells)) + "\n").encode("utf-8")


def _cell(text: str) -> str:
    """Quoted always when it holds more than letters and digits: simple, and right for every reader."""
    return text if text.isalnum() or not text else '"' + text.replace('"', '""') + '"'


EXPORTER = Exporter(
    name="csv",
    suffixes=(".csv",),
    description="the same table, comma-separated and quoted, for programs",
    write=writer_of(write_rows),
    write_units=units_writer_of(write_rows),
)
