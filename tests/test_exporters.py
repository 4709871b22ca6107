"""The contract of all formats: what is written is read back, nothing is lost, any Unicode."""

from __future__ import annotations

import csv
import dataclasses
import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from exporter_samples import aligned, alignments, pairs, statement, unhurried
from hypothesis import given
from translate.storage.tmx import tmxfile

from align.errors import FormatError, WriteError
from align.exporters import FORMATS, Header, Options, format_of, read_result, render, units, write, write_units
from align.exporters.base import Written
from align.exporters.selection import judge
from align.exporters.table import COLUMNS
from align.exporters.text import clean_cell
from align.types import Alignment, Bead, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def _pairs_of_tmx(data: bytes) -> list[tuple[str, str]]:
    """The texts of a memory as translate-toolkit, which is not ours, reads them."""
    return [(str(unit.source), str(unit.target)) for unit in tmxfile(io.BytesIO(data), "ru", "en").units]


def _pairs_of_units(alignment: Alignment) -> list[tuple[str, str]]:
    return [(unit.variants["ru"], unit.variants["en"]) for unit in units(alignment)[0]]


def _rows_of_tsv(data: bytes) -> list[list[str]]:
    header, *rows = data.decode("utf-8").splitlines()
    assert header.split("\t") == [
        "source",
        "target",
        "confidence",
        "source_indices",
        "target_indices",
        "left_out",
    ]
    return [row.split("\t") for row in rows]


def _rows_of_verdicts(alignment: Alignment) -> list[list[str]]:
    return [
        [
            clean_cell(verdict.source),
            clean_cell(verdict.target),
            f"{verdict.bead.confidence:.3f}",
            ",".join(str(index) for index in verdict.bead.source),
            ",".join(str(index) for index in verdict.bead.target),
            verdict.omission.reason if verdict.omission else "",
        ]
        for verdict in judge(alignment)
    ]


def _rows_of_csv(data: bytes) -> list[list[str]]:
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    assert header == list(COLUMNS)
    return rows


def _cells_of_verdicts(alignment: Alignment) -> list[list[str]]:
    """As in a table for spreadsheets: all that is in the text of a unit, also tabs and odd line ends."""
    rows = zip(judge(alignment), _rows_of_verdicts(alignment), strict=True)
    return [[verdict.source, verdict.target, *row[2:]] for verdict, row in rows]


def _beads_of_lines(data: bytes) -> list[Bead]:
    def indices(field: str) -> tuple[int, ...]:
        return tuple(int(index) for index in field.split(",") if index)

    rows = (line.split("\t") for line in data.decode("ascii").splitlines())
    return [Bead(indices(source), indices(target), float(sure)) for source, target, sure in rows]


def _rounded(alignment: Alignment) -> list[Bead]:
    return [dataclasses.replace(bead, confidence=round(bead.confidence, 3)) for bead in alignment.beads]


def _result_of(data: bytes) -> Alignment:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "result.jsonl")
        path.write_bytes(data)
        return read_result(path)


# For each format: how its bytes are read back, and what must be found in them.
CONTRACT: dict[str, tuple[Callable[[bytes], Any], Callable[[Alignment], object]]] = {
    "tmx": (_pairs_of_tmx, _pairs_of_units),
    "tsv": (_rows_of_tsv, _rows_of_verdicts),
    "csv": (_rows_of_csv, _cells_of_verdicts),
    "jsonl": (_result_of, lambda alignment: alignment),
    "beads": (_beads_of_lines, _rounded),
}


def test_every_format_has_its_reader_here() -> None:
    assert set(CONTRACT) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
class TestEveryFormat:
    def test_reads_back_what_was_written(self, name: str) -> None:
        read, expected = CONTRACT[name]
        assert read(render(statement(), name).encode()) == expected(statement())

    @unhurried
    @given(alignment=alignments())
    def test_loses_nothing_of_any_text(self, name: str, alignment: Alignment) -> None:
        read, expected = CONTRACT[name]
        assert read(render(alignment, name).encode()) == expected(alignment)

    @unhurried
    @given(alignment=alignments())
    def test_counts_what_it_writes_and_lists_what_it_leaves_out(self, name: str, alignment: Alignment) -> None:
        stream = io.BytesIO()
        written = FORMATS[name].write(alignment, stream, Options(created=MOMENT))
        assert written.units + len(written.omissions) == len(alignment.beads)
        left_out = [omission.bead for omission in written.omissions]
        assert left_out == [bead for bead in alignment.beads if any(bead is other for other in left_out)]

    def test_writes_the_same_to_a_file_as_to_a_stream(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / f"x{FORMATS[name].suffixes[0]}"
        report = write(statement(), path, created=MOMENT)
        assert path.read_bytes() == render(statement(), name, created=MOMENT).encode()
        assert (report.path, report.format) == (path, name)

    def test_writes_the_same_bytes_each_time(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        assert render(statement(), name) == render(statement(), name)

    def test_writes_plain_utf8_lines(self, name: str) -> None:
        text = render(statement(), name)
        assert not text.startswith("\ufeff")
        assert "\r" not in text
        assert text.endswith("\n")

    def test_writes_an_alignment_without_beads(self, name: str, tmp_path: Path) -> None:
        read, expected = CONTRACT[name]
        empty = aligned([], [], [])
        path = tmp_path / "empty"
        assert write(empty, path, format=name).units == 0
        assert read(path.read_bytes()) == expected(empty)

    def test_is_found_by_its_ending(self, name: str) -> None:
        for suffix in FORMATS[name].suffixes:
            assert format_of(f"a.b/c.d{suffix}") == name
            assert format_of(Path(f"C{suffix.upper()}")) == name

    def test_can_be_made_from_the_durable_result(self, name: str, tmp_path: Path) -> None:
        write(statement(), tmp_path / "result.jsonl")
        again = read_result(tmp_path / "result.jsonl")
        assert render(again, name, created=MOMENT) == render(statement(), name, created=MOMENT)

    def test_leaves_the_old_file_when_it_cannot_finish(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = FORMATS[name]

        def fail(alignment: Alignment, stream: BinaryIO, options: Options) -> Written:
            real.write(alignment, stream, options)
            raise OSError(28, "No space left on device")

        failing = {name: dataclasses.replace(real, write=fail)}
        path = tmp_path / "out"
        path.write_text("old")
        monkeypatch.setattr("align.exporters.FORMATS", failing)
        with pytest.raises(WriteError, match="no space left on device"):
            write(statement(), path, format=name)
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]


STREAMED = [name for name, each in FORMATS.items() if each.write_units or each.write_sides]


@pytest.mark.parametrize("name", STREAMED)
def test_a_stream_of_units_is_written_as_it_comes(name: str, tmp_path: Path) -> None:
    """What converts memories has no alignment, only units one after the other."""
    chosen, _ = units(statement())
    header = Header("ru", "en", MOMENT, "align test | model none")
    report = write_units(iter(chosen), tmp_path / "out", header, format=name)
    assert (report.units, report.omissions) == (len(chosen), ())
    read, _expected = CONTRACT[name]
    assert len(read((tmp_path / "out").read_bytes())) == len(chosen)


def test_a_memory_from_units_has_the_bytes_of_one_from_the_alignment(tmp_path: Path) -> None:
    chosen, _ = units(statement())
    header = Header("ru", "en", MOMENT, "align test | model none")
    write_units(chosen, tmp_path / "m.tmx", header)
    assert (tmp_path / "m.tmx").read_text(encoding="utf-8") == render(statement(), "tmx", created=MOMENT)


def test_a_unit_without_one_of_the_languages_is_an_error(tmp_path: Path) -> None:
    unit = TranslationUnit("7", {"ru": "Да."})
    with pytest.raises(FormatError, match="unit 7 has no text in 'en'"):
        write_units([unit], tmp_path / "m.tsv", Header("ru", "en"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["jsonl", "beads"])
def test_what_keeps_the_documents_takes_no_stream_of_units(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no format for a stream of units"):
        write_units([], tmp_path / "out", Header("ru", "en"), format=name)


@pytest.mark.parametrize("path", ["a.txt", "a", "a.xyz", "tmx", ".tmx", "a.tmx.gz"])
def test_an_unknown_ending_names_the_known_ones(path: str) -> None:
    with pytest.raises(FormatError, match=r"known are \.tmx, \.tsv, \.csv, "):
        format_of(path)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(FormatError, match="unknown format 'tmxx'; known are tmx, tsv, csv, "):
        render(statement(), "tmxx")


def test_beads_are_the_lines_that_the_contract_shows() -> None:
    assert render(statement(), "beads").splitlines()[3:6] == ["3,4\t3\t0.875", "5\t\t0.700", "\t4\t0.700"]


def test_a_table_shows_every_bead_with_the_reason_it_is_left_out() -> None:
    rows = render(statement(), "tsv").splitlines()
    assert rows[2] == "О\xa0встрече с послом\tMeeting with the Ambassador\t0.900\t1\t1\t"
    assert rows[4] == "Она осталась. Потом ушла.\tShe stayed, then left.\t0.875\t3,4\t3\t"
    assert rows[5] == "Этого нет в переводе.\t\t0.700\t5\t\tuntranslated: no counterpart"
    assert rows[3].split("\t")[1] == 'He said, "Yes\xa0– and no," & left.'
    assert len(rows) == 1 + len(statement().beads)


def test_a_text_aligned_with_itself_is_written_in_every_format() -> None:
    same = pairs(("Да.", "Да."), langs=("ru", "ru"))
    for name in ("tsv", "jsonl", "beads"):
        assert "Да." in render(same, name) or name == "beads"
    assert "<tu>" not in render(same, "tmx")
