"""A table for people and programs: every bead a row, the two texts first."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from align.exporters.base import Exporter, Header, Options
from align.exporters.table import COLUMNS, Row, units_writer_of, writer_of
from align.exporters.text import clean_cell

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_rows(stream: BinaryIO, rows: Iterable[Row], _header: Header, _options: Options) -> int:
    """Write a header row and the rows, tab-separated, without quoting; returns how many rows."""
    count = 0
    stream.write(_line(COLUMNS))
    for row in rows:
        stream.write(_line(tuple(map(clean_cell, row.cells))))
        count += 1
    return count


def _line(cells: tuple[str, ...]) -> bytes:
    return ("\t".join(cells) + "\n").encode("utf-8")


EXPORTER = Exporter(
    name="tsv",
    suffixes=(".tsv",),
    description="a table of all beads with both texts, confidence, indices, and why a memory leaves it out",
    write=writer_of(write_rows),
    write_units=units_writer_of(write_rows),
)
