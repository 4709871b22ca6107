"""Spreadsheets and documents are harmless, whole and readable, also for a real LibreOffice."""

from __future__ import annotations

import csv
import dataclasses
import io
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from exporter_samples import aligned, pairs, statement
from lxml import etree

from align.errors import FormatError, MissingExtraError
from align.exporters import check_extra, exporter, judge, write
from align.exporters.text import clean_cell
from align.types import Bead

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from align.types import Alignment

FORMULAS = ["=1+1", "+7 495", "-", "@SUM(A1)", '=HYPERLINK("http://example.org";"x")', "'quoted", "=cmd|'/c calc'!A1"]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def risky() -> Alignment:
    """Texts that a spreadsheet may take for something else, and letters of several scripts."""
    odd = [
        "http://example.org/?a=1&b=2",
        "_x0041_",
        "1/2",
        "007",
        "TRUE",
        "<b>жирный</b>",
        "שלום, мир 👩‍👩‍👧",
        "в\xa01968\xa0г.",
    ]
    return pairs(*((f"{text}", f"{number}: {text}") for number, text in enumerate([*FORMULAS, *odd])))


def sheet_of(alignment: Alignment, folder: Path, **wanted: Any) -> Any:
    write(alignment, folder / "x.xlsx", **wanted)
    return openpyxl.load_workbook(folder / "x.xlsx").active


class TestSpreadsheet:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_a_text_like_a_formula_stays_a_text_also_when_it_is_edited(self, text: str, tmp_path: Path) -> None:
        cell = sheet_of(pairs((text, "Yes.")), tmp_path).cell(2, 2)
        assert (cell.value, cell.data_type, cell.quotePrefix, cell.hyperlink) == (text, "s", True, None)

    def test_no_formula_and_no_link_is_in_the_file(self, tmp_path: Path) -> None:
        write(risky(), tmp_path / "x.xlsx")
        with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
            assert not any("externalLink" in name or "sheet1.xml.rels" in name for name in archive.namelist())

    def test_the_header_stays_in_sight_and_on_every_page(self, tmp_path: Path) -> None:
        sheet = sheet_of(statement(), tmp_path)
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref == f"A1:I{len(statement().beads) + 1}"
        assert [sheet.cell(1, column).value for column in (2, 3)] == ["Source (ru)", "Target (en)"]

    def test_confidence_is_a_number_a_word_and_a_colour(self, tmp_path: Path) -> None:
        beads = [Bead((number,), (number,), sure) for number, sure in enumerate((0.95, 0.7, 0.55, 0.1))]
        sheet = sheet_of(aligned([*"абвг"], [*"abcd"], beads), tmp_path)
        rows = [[sheet.cell(row, column) for column in (4, 5, 6)] for row in range(2, 6)]
        assert [[cell.value for cell in row] for row in rows] == [
            [0.95, "sure", None],
            [0.7, "look", None],
            [0.55, "doubtful", None],
            [0.1, "left out", "confidence 0.10 below 0.50"],
        ]
        assert len({row[0].fill.fgColor.rgb for row in rows}) == 4

    def test_texts_wrap_and_right_to_left_is_right_to_left(self, tmp_path: Path) -> None:
        sheet = sheet_of(pairs(("Да.", "نعم."), langs=("ru", "ar")), tmp_path)
        assert [sheet.cell(2, column).alignment.wrap_text for column in (2, 3)] == [True, True]
        assert [sheet.cell(2, column).alignment.readingOrder for column in (2, 3)] == [1, 2]

    def test_a_text_that_no_cell_holds_is_said_in_one_line_and_not_cut(
        self, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scratch = tmp_path_factory.mktemp("scratch")
        monkeypatch.setattr("tempfile.tempdir", str(scratch))
        with pytest.raises(FormatError, match=r"row 1: a text of 32,768 characters, and a cell holds 32,767"):
            write(pairs(("👩" * 16_384, "Yes.")), tmp_path / "x.xlsx")
        assert list(tmp_path.iterdir()) == []
        assert list(scratch.iterdir()) == []
        write(pairs(("а" * 32_767, "Yes.")), tmp_path / "x.xlsx")

    def test_more_pairs_than_rows_are_said_in_one_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("align.exporters.xlsx.MOST_ROWS", 3)
        with pytest.raises(FormatError, match="a sheet holds 2 pairs and these are more"):
            write(statement(), tmp_path / "x.xlsx")


class TestDocument:
    def test_is_well_formed_and_repeats_its_header_row(self, tmp_path: Path) -> None:
        write(statement(), tmp_path / "x.docx")
        with zipfile.ZipFile(tmp_path / "x.docx") as archive:
            parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
        rows = parts["word/document.xml"].findall(f".//{WORD}tr")
        assert [row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in rows[:2]] == [True, False]
        assert len(rows) == 1 + len(statement().beads)

    def test_every_text_says_its_language(self, tmp_path: Path) -> None:
        write(pairs(("Да.", "نعم."), langs=("ru", "ar")), tmp_path / "x.docx")
        table = docx.Document(str(tmp_path / "x.docx")).tables[0]
        found = [cell._tc.find(f".//{WORD}lang") for cell in table.rows[1].cells[1:3]]
        assert [dict(lang.attrib) for lang in found] == [{f"{WORD}val": "ru"}, {f"{WORD}bidi": "ar"}]
        assert table.rows[1].cells[2]._tc.find(f".//{WORD}bidi") is not None

    def test_its_properties_name_the_texts(self, tmp_path: Path) -> None:
        write(statement(), tmp_path / "x.docx")
        properties = docx.Document(str(tmp_path / "x.docx")).core_properties
        assert properties.title == "sample.ru.txt – sample.en.txt"


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_without_the_extra_one_line_says_what_to_install(name: str, tmp_path: Path) -> None:
    chosen = dataclasses.replace(exporter(name), needs=("no_such_module", exporter(name).needs[1]))
    with pytest.raises(MissingExtraError, match=rf'{name} needs .*pip install "translation-align\[\w+\]"'):
        check_extra(chosen)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory, require_program: Callable[[str], str]) -> Path:
    """The spreadsheet as CSV and the document as HTML, by LibreOffice; one start for each."""
    office = require_program("soffice")
    folder = tmp_path_factory.mktemp("office")
    for name in ("risky", "statement"):
        alignment = risky() if name == "risky" else statement()
        write(alignment, folder / f"{name}.xlsx")
        write(alignment, folder / f"{name}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for ending, target in (("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76"), ("docx", "txt:Text (encoded):UTF8")):
        files = [str(folder / f"{name}.{ending}") for name in ("risky", "statement")]
        subprocess.run(
            [office, profile, "--headless", "--convert-to", target, "--outdir", str(folder), *files],
            check=True,
            capture_output=True,
            timeout=240,
        )
    return folder


@pytest.mark.parametrize("name", ["risky", "statement"])
def test_libreoffice_shows_every_text_of_the_spreadsheet(name: str, converted: Path) -> None:
    verdicts = judge(risky() if name == "risky" else statement())
    text = (converted / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [row[1:3] for row in rows] == [[verdict.source, verdict.target] for verdict in verdicts]
    assert [row[3] for row in rows] == [f"{verdict.bead.confidence:.3f}" for verdict in verdicts]


@pytest.mark.parametrize("name", ["risky", "statement"])
def test_libreoffice_shows_every_text_of_the_document(name: str, converted: Path) -> None:
    verdicts = judge(risky() if name == "risky" else statement())
    lines = (converted / f"{name}.txt").read_text(encoding="utf-8-sig").splitlines()
    found = [clean_cell(line) for line in lines if line]
    for verdict in verdicts:
        for text in filter(None, (verdict.source, verdict.target)):
            assert clean_cell(text) in found
