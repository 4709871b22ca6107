"""The contract of all formats: what is written is read back, nothing is lost, any Unicode."""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from exporter_readers import CONTRACT
from exporter_samples import aligned, alignments, many, pairs, statement, unhurried
from hypothesis import given

from align.errors import FormatError, WriteError
from align.exporters import (
    DEFAULT_MIN_CONFIDENCE,
    FORMATS,
    Header,
    format_of,
    read_result,
    render,
    units,
    write,
    write_units,
)
from align.exporters.text import clean_cell
from align.types import Alignment, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = [name for name, each in FORMATS.items() if not each.binary and not each.write_sides]


@contextlib.contextmanager
def written(alignment: Alignment, name: str, **wanted: Any) -> Iterator[Path]:
    """A file of a format, in a folder of its own that goes again: a hypothesis test runs many times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"x{FORMATS[name].suffixes[0]}")
        write(alignment, path, format=name, created=MOMENT, **{"min_confidence": DEFAULT_MIN_CONFIDENCE} | wanted)
        yield path


def bytes_of(path: Path) -> dict[str, bytes]:
    """Everything that was written beside `path`."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_every_format_has_its_reader_here() -> None:
    assert set(CONTRACT) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
class TestEveryFormat:
    def test_reads_back_what_was_written(self, name: str) -> None:
        read, expected = CONTRACT[name]
        with written(statement(), name) as path:
            assert read(path) == expected(statement())

    @many
    @given(alignment=alignments())
    def test_loses_nothing_of_any_text(self, name: str, alignment: Alignment) -> None:
        read, expected = CONTRACT[name]
        with written(alignment, name) as path:
            assert read(path) == expected(alignment)

    @unhurried
    @given(alignment=alignments())
    def test_counts_what_it_writes_and_lists_what_it_leaves_out(self, name: str, alignment: Alignment) -> None:
        with tempfile.TemporaryDirectory() as folder:
            report = write(alignment, Path(folder, "x"), format=name, created=MOMENT)
        left_out = [omission.bead for omission in report.omissions]
        assert left_out == [bead for bead in alignment.beads if any(bead is other for other in left_out)]
        held = len(units(alignment)[1]) if name == "omitted" else len(alignment.beads) - len(left_out)
        assert report.units == held

    def test_writes_the_same_bytes_each_time(self, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            write(statement(), tmp_path / folder / "x", format=name)
        assert bytes_of(tmp_path / "a" / "x") == bytes_of(tmp_path / "b" / "x")

    def test_writes_an_alignment_without_beads(self, name: str) -> None:
        read, expected = CONTRACT[name]
        empty = aligned([], [], [])
        with written(empty, name) as path:
            assert read(path) == expected(empty)

    def test_is_found_by_its_ending(self, name: str) -> None:
        for suffix in FORMATS[name].suffixes:
            assert format_of(f"a.b/c.d{suffix}") == name
            assert format_of(Path(f"C{suffix.upper()}")) == name

    def test_can_be_made_from_the_durable_result(self, name: str, tmp_path: Path) -> None:
        write(statement(), tmp_path / "result.jsonl")
        again = read_result(tmp_path / "result.jsonl")
        with written(again, name) as one, written(statement(), name) as other:
            assert bytes_of(one) == bytes_of(other)

    def test_leaves_the_old_file_when_it_cannot_finish(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(statement(), tmp_path / "out", format=name)
        before = bytes_of(tmp_path / "out")
        real = FORMATS[name]

        def fail(*arguments: Any) -> None:
            (real.write_sides or real.write)(*arguments)
            raise OSError(28, "No space left on device")

        failing = dataclasses.replace(real, write=fail, write_sides=fail if real.write_sides else None)
        monkeypatch.setattr("align.exporters.FORMATS", {name: failing})
        with pytest.raises(WriteError, match="no space left on device"):
            write(pairs(("Да.", "Yes.")), tmp_path / "out", format=name)
        assert bytes_of(tmp_path / "out") == before


@pytest.mark.parametrize("name", TEXT)
class TestEveryTextFormat:
    def test_writes_the_same_to_a_file_as_to_a_stream(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / f"x{FORMATS[name].suffixes[0]}"
        report = write(statement(), path, created=MOMENT)
        assert path.read_bytes() == render(statement(), name, created=MOMENT).encode()
        assert (report.path, report.format) == (path, name)

    def test_writes_plain_utf8_lines(self, name: str) -> None:
        text = render(statement(), name)
        assert not text.startswith("\ufeff")
        assert "\r" not in text
        assert text.endswith("\n")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in TEXT])
def test_what_is_no_text_or_two_files_is_not_rendered(name: str) -> None:
    with pytest.raises(FormatError, match=r"write it to a file|two files"):
        render(statement(), name)


STREAMED = [name for name, each in FORMATS.items() if each.write_units or each.write_sides]


@pytest.mark.parametrize("name", STREAMED)
def test_a_stream_of_units_is_written_as_it_comes(name: str, tmp_path: Path) -> None:
    """What converts memories has no alignment, only units one after the other."""
    chosen, _ = units(statement())
    header = Header("ru", "en", MOMENT, "align test | model none")
    report = write_units(iter(chosen), tmp_path / "out", header, format=name)
    assert (report.units, report.omissions) == (len(chosen), ())
    read, _expected = CONTRACT[name]
    assert [tuple(row[:2]) for row in read(tmp_path / "out")] == [
        tuple(map(clean_cell, unit.variants.values())) if name in {"tsv", "moses"} else tuple(unit.variants.values())
        for unit in chosen
    ]


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


@pytest.mark.parametrize("name", ["jsonl", "beads", "omitted"])
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
