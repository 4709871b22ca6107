"""How the tests read each format back: with readers that are not ours wherever there is one.

For each format a function that takes the written file, and one that says what must be found in it.
"""

from __future__ import annotations

import csv
import dataclasses
import html.parser
import io
import json
import re
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import polib
import pyarrow.parquet
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from align.exporters import read_result, units
from align.exporters.omitted import COLUMNS as OMITTED
from align.exporters.selection import judge
from align.exporters.table import COLUMNS
from align.exporters.text import clean_cell
from align.types import Alignment, Bead

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Pairs = list[tuple[str, str]]


def pairs_of_units(alignment: Alignment) -> Pairs:
    return [(unit.variants["ru"], unit.variants["en"]) for unit in units(alignment)[0]]


def units_with_confidence(alignment: Alignment) -> list[tuple[str, str, str]]:
    return [(*unit.variants.values(), f"{unit.confidence:.3f}") for unit in units(alignment)[0]]


def rows_of_verdicts(alignment: Alignment) -> list[list[str]]:
    """Every bead as a table shows it, with all characters of its texts."""
    return [
        [
            verdict.source,
            verdict.target,
            f"{verdict.bead.confidence:.3f}",
            ",".join(str(index) for index in verdict.bead.source),
            ",".join(str(index) for index in verdict.bead.target),
            verdict.omission.reason if verdict.omission else "",
        ]
        for verdict in judge(alignment)
    ]


def cells_of_verdicts(alignment: Alignment) -> list[list[str]]:
    """The same in a format whose rows are lines: what would end a line or a field is a space."""
    return [[clean_cell(cell) for cell in row] for row in rows_of_verdicts(alignment)]


def tmx(path: Path) -> Pairs:
    """The texts of a memory as translate-toolkit reads them."""
    return [(str(unit.source), str(unit.target)) for unit in tmxfile(io.BytesIO(path.read_bytes()), "ru", "en").units]


def tsv(path: Path) -> list[list[str]]:
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == list(COLUMNS)
    return [row.split("\t") for row in rows]


def comma(path: Path) -> list[list[str]]:
    header, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True)
    assert header == list(COLUMNS)
    return rows


def xlsx(path: Path) -> list[list[str]]:
    """The sheet as openpyxl reads it."""
    header, *rows = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active.iter_rows()
    assert [cell.value for cell in header][3:6] == ["Confidence", "Judgement", "Left out because"]
    for row in rows:
        assert [cell.data_type for cell in row[1:3] if cell.value is not None] == ["s"] * sum(
            cell.value is not None for cell in row[1:3]
        )
    return [
        [
            excel_text(row[1].value),
            excel_text(row[2].value),
            f"{row[3].value:.3f}",
            excel_text(row[6].value),
            excel_text(row[7].value),
            excel_text(row[5].value),
        ]
        for row in rows
    ]


def excel_text(value: str | None) -> str:
    """A cell's text: ``_x0041_`` is one character there (ECMA-376, ST_Xstring), which openpyxl leaves as it is."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), value or "")


def word(path: Path) -> list[list[str]]:
    """The table as python-docx reads it: texts, and the cell with confidence and reason."""
    (table,) = docx.Document(str(path)).tables
    header, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert header[0] == "No."
    return [row[1:] for row in rows]


def page(path: Path) -> list[list[str]]:
    """The rows as Python's parser of HTML reads them."""
    parser = _Cells()
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    header, *rows = parser.rows
    assert header[0] == "No."
    return [row[1:] for row in rows]


class _Cells(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._in_cell = True
        elif tag == "small":
            self.rows[-1][-1] += ": "

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def shown_rows(alignment: Alignment) -> list[list[str]]:
    """What a page or a document shows: both texts, and confidence, judgement and reason in one cell."""
    rows = []
    for source, target, confidence, _source, _target, reason in rows_of_verdicts(alignment):
        sure = float(confidence)
        word = "left out" if reason else "sure" if sure >= 0.9 else "look" if sure >= 0.6 else "doubtful"
        rows.append([source, target, (confidence, word, reason)])
    return [[source, target, _shown(*last)] for source, target, last in rows]


def _shown(confidence: str, word: str, reason: str) -> str:
    return f"{confidence} {word}{': ' if reason else ''}{reason}"


def xliff(path: Path) -> list[tuple[str, str, str]]:
    """XLIFF 1.2 as translate-toolkit reads it, whose white space is to be preserved."""
    found = xlifffile.parsefile(str(path)).units
    return [(str(unit.source), str(unit.target), unit.getnotes().removeprefix("confidence ")) for unit in found]


def xliff2(path: Path) -> list[tuple[str, str, str]]:
    space = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    found = etree.parse(path, etree.XMLParser(no_network=True)).iterfind(".//x:unit", space)
    return [
        (
            unit.findtext("x:segment/x:source", namespaces=space),
            unit.findtext("x:segment/x:target", namespaces=space),
            unit.findtext("x:notes/x:note", namespaces=space),
        )
        for unit in found
    ]


def catalogue(path: Path) -> list[tuple[str, str, str]]:
    """A PO file as polib reads it."""
    entries = polib.pofile(path.read_bytes().decode("utf-8"))
    return [(entry.msgid, entry.msgstr, entry.comment.removeprefix("confidence ")) for entry in entries]


def messages(alignment: Alignment) -> list[tuple[str, str, str]]:
    """The units with spaces for the rarer line ends, which many readers of PO take for line ends."""
    return [
        (re.sub("[\x85\u2028\u2029]", " ", source), re.sub("[\x85\u2028\u2029]", " ", target), confidence)
        for source, target, confidence in units_with_confidence(alignment)
    ]


def moses(path: Path) -> Pairs:
    """Lines that correspond, as a program reads them that ends a line at a line feed."""
    sides = [path.with_name(f"{path.name.removesuffix('.moses')}.{lang}").read_bytes() for lang in ("ru", "en")]
    source, target = (side.decode("utf-8").split("\n")[:-1] for side in sides)
    return list(zip(source, target, strict=True))


def cells_of_units(alignment: Alignment) -> Pairs:
    return [(clean_cell(source), clean_cell(target)) for source, target in pairs_of_units(alignment)]


def parquet(path: Path) -> list[tuple[str, str, str]]:
    table = pyarrow.parquet.read_table(path)
    features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    assert features["translation"] == {"languages": ["en", "ru"], "_type": "Translation"}
    assert list(features) == table.column_names
    found = table.to_pylist()
    return [(row["translation"]["ru"], row["translation"]["en"], f"{row['confidence']:.3f}") for row in found]


def omitted(path: Path) -> list[list[str]]:
    header, *rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert header == list(OMITTED)
    return rows


def omissions(alignment: Alignment) -> list[list[str]]:
    return [
        [verdict.omission.code, row[5], row[2], row[0], row[1], row[3], row[4]]
        for verdict, row in zip(judge(alignment), cells_of_verdicts(alignment), strict=True)
        if verdict.omission
    ]


def beads(path: Path) -> list[Bead]:
    def indices(field: str) -> tuple[int, ...]:
        return tuple(int(index) for index in field.split(",") if index)

    rows = (line.split("\t") for line in path.read_text(encoding="ascii").splitlines())
    return [Bead(indices(source), indices(target), float(sure)) for source, target, sure in rows]


def rounded(alignment: Alignment) -> list[Bead]:
    return [dataclasses.replace(bead, confidence=round(bead.confidence, 3)) for bead in alignment.beads]


# For each format: how a file is read back, and what must be found in it.
CONTRACT: dict[str, tuple[Callable[[Path], Any], Callable[[Alignment], Any]]] = {
    "tmx": (tmx, pairs_of_units),
    "tsv": (tsv, cells_of_verdicts),
    "csv": (comma, rows_of_verdicts),
    "xlsx": (xlsx, rows_of_verdicts),
    "docx": (word, shown_rows),
    "html": (page, shown_rows),
    "xliff": (xliff, units_with_confidence),
    "xliff2": (xliff2, units_with_confidence),
    "po": (catalogue, messages),
    "moses": (moses, cells_of_units),
    "parquet": (parquet, units_with_confidence),
    "omitted": (omitted, omissions),
    "jsonl": (read_result, lambda alignment: alignment),
    "beads": (beads, rounded),
}
