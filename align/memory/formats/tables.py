"""Tables of pairs: tab-separated without quoting, and comma-separated with it (RFC 4180)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.memory.formats.base import Row, probability
from align.memory.languages import judge_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.memory.formats.base import Rows


_HEAD: Final = re.compile(
    r"(source|src|target|trg|tgt|translation)(?:[ _]text)?(?: \(([A-Za-z-]+)\))?(?:: .*)?", re.IGNORECASE | re.DOTALL
)
"""``Source``, ``target_text``, ``Source (ru): speech.ru.txt``."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; -1 for what the table does not have.

    Attributes:
        source: of the source text.
        target: of the target text.
        confidence: of the confidence.
        left_out: of the reason for which a memory does without the pair.
        note: of a remark.
        languages: codes of both sides, where the head of the table names them.
        named: whether the first row is a head.
    """

    source: int = 0
    target: int = 1
    confidence: int = -1
    left_out: int = -1
    note: int = -1
    languages: tuple[str, str] = ("", "")
    named: bool = False

    @classmethod
    def of(cls, cells: Sequence[str]) -> Columns:
        """What the first row says: ``source`` and ``target``, or two language codes, or it is a pair itself."""
        names = [cell.strip().lower().replace(" ", "_") for cell in cells]

        def at(*wanted: str) -> int:
            return next((names.index(each) for each in wanted if each in names), -1)

        others = (at("confidence", "score"), at("left_out", "left_out_because"), at("note", "comment"))
        heads = [(number, _HEAD.fullmatch(cell.strip())) for number, cell in enumerate(cells)]
        sides = {found[1].lower()[0]: (number, found[2] or "") for number, found in reversed(heads) if found}
        if "s" in sides and "t" in sides:
            languages = (sides["s"][1], sides["t"][1])
            return cls(sides["s"][0], sides["t"][0], *others, languages=languages, named=True)
        codes = [number for number, name in enumerate(names) if judge_language(name) in {"good", "case"}]
        if codes[:2] == [0, 1]:
            return cls(0, 1, *others, languages=(cells[0].strip(), cells[1].strip()), named=True)
        return cls()

    def row(self, cells: Sequence[str], line: int) -> Row | None:
        """The pair in a row; None for one that a memory leaves out."""

        def at(column: int) -> str:
            return cells[column] if 0 <= column < len(cells) else ""

        # A page for people has a word behind the number: "0.312 left out".
        confidence, _, word = at(self.confidence).strip().partition(" ")
        if at(self.left_out).strip() or word.startswith("left out"):
            return None
        return Row(at(self.source), at(self.target), probability(confidence), at(self.note), "", self.languages, line)


def read_tsv(rows: Rows) -> Iterator[Row]:
    """Pairs of a table without quoting: a tab ends a cell, a line end a row.

    Raises:
        FormatError: there is no tab in the first row.
    """
    return _read(((line, text.rstrip("\n").split("\t")) for line, text in enumerate(rows.lines(), start=1)), rows.name)


def read_csv(rows: Rows) -> Iterator[Row]:
    """Pairs of a comma- or semicolon-separated table.

    Raises:
        FormatError: a cell is too long, or a quote is not closed.
    """
    return _read(_csv_cells(rows), rows.name)


def _csv_cells(rows: Rows) -> Iterator[tuple[int, list[str]]]:
    lines = rows.lines()
    first = next(lines, "")
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(_again(first, lines), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FormatError(f"{rows.name}:{line}: no row of a CSV table ({error}); mend it or use TSV") from None
        yield line, cells
        line = reader.line_num + 1


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _read(rows: Iterator[tuple[int, list[str]]], name: str) -> Iterator[Row]:
    first = next(rows, None)
    if first is None:
        return
    columns = Columns.of(first[1])
    if not columns.named and len(first[1]) < 2:  # noqa: PLR2004
        raise FormatError(f"{name}:1: a row of one cell; a table of pairs has the source and the target in each row")
    if not columns.named and (row := columns.row(first[1], first[0])):
        yield row
    for line, cells in rows:
        if any(cells) and (row := columns.row(cells, line)):
            yield row
