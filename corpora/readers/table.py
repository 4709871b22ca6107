"""Tables of text (.csv, .tsv): columns that hold the same rows in several languages."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Final

from corpora.errors import ReadError
from corpora.readers.columns import sides
from corpora.readers.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.readers.content import Sides

_ALIKE: Final = 0.7
"""Share of the rows that have the same number of cells, at least."""

_MOST_ROWS: Final = 1_000_000
_LARGEST_CELL: Final = 16 * 1024 * 1024
_SAMPLE: Final = 64 * 1024


def read(data: bytes, name: str, encoding: str | None = None) -> Sides:
    """Read the bytes of a table; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the bytes cannot be decoded, or are no table with a text in two columns.
        EmptyDocumentError: there is no text.
    """
    text, used = decode(data, name, encoding)
    delimiter = _delimiter(text)
    if delimiter == "\t" and '"' not in text:
        rows = [line.split("\t") for line in text.splitlines()]
    else:
        rows = _parsed(text, delimiter, name)
    _refuse_ragged(rows, name)
    form = "tsv" if delimiter == "\t" else "csv"
    return sides(rows, name, {"format": form, "encoding": used})


def is_bilingual(data: bytes) -> bool:
    """Whether every line has the same number of tabs, and they part texts in two languages."""
    lines = data[:_SAMPLE].decode("utf-8", errors="ignore").splitlines()
    if len(data) > _SAMPLE:
        lines.pop()  # cut off
    rows = [line.split("\t") for line in lines if line.strip()]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:  # noqa: PLR2004 - one line tells nothing
        return False
    try:
        found = sides(rows, "", {})
    except ReadError:
        return False
    return len({side.lang for side in found.sides} - {""}) > 1


def _delimiter(text: str) -> str:
    """What parts the columns: the one that parts the most lines into equally many, tabs before all."""
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:200]
    if sum("\t" in line for line in lines) >= 0.9 * len(lines):
        return "\t"
    return max((";", ",", "|"), key=lambda each: sum(each in line for line in lines) - 0.5 * (each == ","))


def _parsed(text: str, delimiter: str, name: str) -> list[list[str]]:
    """Rows with quoted cells, as spreadsheets write them (RFC 4180)."""
    limit = csv.field_size_limit(_LARGEST_CELL)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > _MOST_ROWS:
                raise ReadError(f"{name}: has more than {_MOST_ROWS} rows; cut it into smaller tables first")
    except csv.Error as error:
        raise ReadError(f"{name}: is no table that can be read ({error}); is a quotation mark not closed?") from None
    finally:
        csv.field_size_limit(limit)
    return rows


def _refuse_ragged(rows: Sequence[Sequence[str]], name: str) -> None:
    """Prose has commas too, but not the same number of them in every line.

    Raises:
        ReadError: the rows are too different.
    """
    lengths = Counter(len(row) for row in rows if any(row))
    if lengths and max(lengths.values()) < _ALIKE * lengths.total():
        raise ReadError(f"{name}: its rows have no two columns alike; if it is plain text, rename it to .txt")
