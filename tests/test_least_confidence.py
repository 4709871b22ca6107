"""Each format has its own least confidence: memories that are used unseen a high one, what people review a low one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from exporter_samples import aligned
from hypothesis import given
from hypothesis import strategies as st

from align.batch import Task
from align.cli import main
from align.exporters import FORMATS, Options, judge, render, units, write, write_all
from align.types import Alignment, Bead

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

UNSEEN = {"tmx", "moses", "parquet", "omitted"}


def graded(*confidences: float) -> Alignment:
    """Pairs of different texts, one a confidence."""
    texts = [(f"Озеро номер {at}.", f"Lake number {at}.") for at in range(len(confidences))]
    beads = [Bead((at,), (at,), confidence) for at, confidence in enumerate(confidences)]
    return aligned([source for source, _ in texts], [target for _, target in texts], beads)


ALL = graded(0.95, 0.85, 0.65, 0.6, 0.4)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in a folder that holds ``kept.jsonl``."""
    monkeypatch.chdir(tmp_path)
    write(ALL, "kept.jsonl")
    return lambda *arguments: CliRunner().invoke(main, list(arguments), prog_name="align")


@pytest.mark.parametrize("name", FORMATS)
def test_a_memory_that_is_used_unseen_holds_what_is_surer_than_one_for_review(name: str) -> None:
    assert FORMATS[name].min_confidence == (0.7 if name in UNSEEN else 0.5)
    assert FORMATS[name].suited(Options()).least == FORMATS[name].min_confidence
    assert FORMATS[name].suited(Options(min_confidence=0.0)).least == 0.0


def test_the_words_of_the_help_are_the_defaults(run: Callable[..., Result]) -> None:
    words = " ".join(run("pair", "--help").stdout.split())
    memories = [name for name, each in FORMATS.items() if each.min_confidence == 0.7 and not each.reports]
    assert memories == ["tmx", "moses", "parquet"]
    assert "[default: 0.7 in tmx, moses and parquet, 0.5 in formats for review]" in words


def test_several_files_of_one_run_hold_what_each_format_holds(tmp_path: Path) -> None:
    names = {"m.tmx": 2, "m.po": 4, "m.xlf": 4, "m.moses": 2, "m.html": 5}
    reports = write_all(ALL, [(tmp_path / name, Path(name).suffix[1:].replace("xlf", "xliff")) for name in names])
    assert [report.units for report in reports] == list(names.values())
    assert [report.min_confidence for report in reports] == [0.7, 0.5, 0.5, 0.7, 0.5]
    reports = write_all(ALL, [(tmp_path / "m.tmx", "tmx"), (tmp_path / "m.po", "po")], min_confidence=0.62)
    assert [report.units for report in reports] == [3, 3]


def test_a_table_marks_what_the_memory_beside_it_leaves_out_as_worth_a_look() -> None:
    rows = [row.split("\t")[-1] for row in render(ALL, "tsv").splitlines()[1:]]
    assert rows == ["", "", "", "", "confidence 0.40 below 0.50"]
    assert render(ALL, "html").count('class="look"') == 3


@pytest.mark.parametrize(("beside", "listed"), [("tmx", 3), ("po", 1), ("tsv", 3)])
def test_the_report_of_omissions_goes_by_the_memory_beside_it(beside: str, listed: int, tmp_path: Path) -> None:
    outputs = [(tmp_path / "m.omitted.tsv", "omitted"), (tmp_path / "m", beside)]
    assert write_all(ALL, outputs)[0].units == listed
    write_all(ALL, [*outputs, (tmp_path / "m.tmx", "tmx")])
    assert (tmp_path / "m.omitted.tsv").read_text("utf-8").count("below 0.70") == 3


@given(st.lists(st.floats(0, 1), max_size=8), st.none() | st.floats(0, 1))
def test_a_memory_and_the_library_agree(confidences: list[float], least: float | None) -> None:
    alignment = graded(*confidences)
    chosen, left_out = units(alignment, min_confidence=least)
    assert render(alignment, "tmx", min_confidence=least).count("</tu>") == len(chosen)
    assert len(chosen) == sum(confidence >= (0.7 if least is None else least) for confidence in confidences)
    assert len(chosen) + len(left_out) == len(confidences)
    assert sum(each.omission is None for each in judge(alignment, min_confidence=least)) == len(chosen)


def test_penalties_mark_what_is_doubtful_so_that_it_stays(tmp_path: Path) -> None:
    assert write(ALL, tmp_path / "m.tmx", penalties=True).units == 4
    assert write(ALL, tmp_path / "m.tmx").units == 2


def test_the_report_says_what_was_too_unsure_and_what_keeps_it(run: Callable[..., Result]) -> None:
    lines = run("export", "kept.jsonl", "-o", "m.tmx", "-o", "m.po", "--report").stderr.splitlines()
    assert lines[0] == "wrote m.tmx: 2 units, 3 left out (3 confidence)"
    assert lines[1] == "  3 pairs below 0.7 left out of m.tmx; --min-confidence 0.5 keeps 2 of them"
    assert "  1 pair below 0.5 left out of m.po; a lower --min-confidence keeps more" in lines
    asked = run("export", "kept.jsonl", "-o", "m.tmx", "--report", "--min-confidence", "0.5").stderr
    assert asked.startswith("wrote m.tmx: 4 units, 1 left out (1 confidence)\n  confidence 0.40 below 0.50: ")


def test_what_is_shown_as_left_out_is_what_a_memory_leaves_out(run: Callable[..., Result]) -> None:
    assert "2 pairs, 3 left out" in run("show", "kept.jsonl").stdout
    assert "4 pairs, 1 left out" in run("show", "kept.jsonl", "--min-confidence", "0.5").stdout


def test_a_result_that_is_worked_on_as_a_memory_shows_its_doubtful_pairs(run: Callable[..., Result]) -> None:
    assert run("memory", "convert", "kept.jsonl", "-o", "m.tsv").exit_code == 0
    assert Path("m.tsv").read_text("utf-8").count("Lake") == 4


@pytest.mark.parametrize(
    ("formats", "least"), [((), 0.7), (("tmx",), 0.7), (("po",), 0.5), (("po", "tmx"), 0.7), (("html",), 0.7)]
)
def test_a_batch_counts_by_the_strictest_of_its_memories(formats: tuple[str, ...], least: float) -> None:
    task = Task(Path("out"), formats)
    assert task.memory_least == least
    assert Task(Path("out"), formats, min_confidence=0.3).memory_least == 0.3
    assert (task.least("tmx"), task.least("xlsx")) == (0.7, 0.5)
