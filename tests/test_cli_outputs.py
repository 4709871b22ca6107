"""What the command line offers for writing: every format, what to keep, flavours, cuts and penalties."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from click.testing import CliRunner, Result
from exporter_samples import pairs, statement

from align.cli import main
from align.cli.outputs import _KEPT, _NEVER_KEPT
from align.exporters import FORMATS, KEEPABLE, Flavour, write
from align.exporters.base import NEVER_KEPT
from align.types import Segtype

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in a folder of its own that holds ``kept.jsonl``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    write(statement(), "kept.jsonl")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments), prog_name="align")

    return invoke


def test_its_words_are_those_of_the_library(run: Callable[..., Result]) -> None:
    assert {code for codes in _KEPT.values() for code in codes} == set(KEEPABLE)
    assert set(_NEVER_KEPT) == NEVER_KEPT
    for option, words in (("--flavour", get_args(Flavour)), ("--segtype", get_args(Segtype))):
        for word in words:
            assert run("export", "kept.jsonl", option, word, "--to", "tmx").exit_code == 0
        assert run("export", "kept.jsonl", option, "nonsense", "--to", "tmx").exit_code == 2


def test_one_call_writes_every_format_by_its_ending(run: Callable[..., Result]) -> None:
    outputs = [argument for each in FORMATS.values() for argument in ("-o", f"all{each.suffixes[0]}")]
    result = run("export", "kept.jsonl", *outputs)
    assert (result.exit_code, result.output) == (0, "")
    names = {f"all{each.suffixes[0]}" for each in FORMATS.values()} - {"all.moses"} | {"all.ru", "all.en"}
    assert {path.name for path in Path().iterdir()} == names | {"kept.jsonl"}


@pytest.mark.parametrize(
    ("keep", "units"),
    [([], 5), (["double"], 6), (["metadata"], 7), (["double", "conflict"], 7), (["all"], 9), (["separator"], 6)],
)
def test_keep_brings_kinds_back(run: Callable[..., Result], keep: list[str], units: int) -> None:
    kinds = (word for kind in keep for word in ("--keep", kind))
    result = run("export", "kept.jsonl", "--to", "tmx", "--min-confidence", "0.3", *kinds)
    assert result.stdout.count("<tu") == units + result.stdout.count("<tuv")


@pytest.mark.parametrize("kind", ["untranslated", "empty", "language", "nonsense"])
def test_what_cannot_be_kept_is_wrong_usage_and_says_why(run: Callable[..., Result], kind: str) -> None:
    result = run("export", "kept.jsonl", "-o", "m.tmx", "--keep", kind)
    assert result.exit_code == 2
    assert re.search(rf"'--keep': '?{kind}'?(:| is none of)", result.stderr)
    assert not Path("m.tmx").exists()


@pytest.mark.parametrize("name", ["xlsx", "docx", "parquet", "moses"])
def test_what_standard_output_cannot_take_is_said_before_the_work(run: Callable[..., Result], name: str) -> None:
    result = run("export", "absent.jsonl", "--to", name)
    assert result.exit_code == 1
    assert re.fullmatch(rf"error: {name} is .* and cannot go to standard output; name a file with -o\n", result.stderr)


def test_two_files_are_not_written_over_the_texts_they_come_from(run: Callable[..., Result]) -> None:
    for lang, text in (("ru", "Мы встретились вчера.\n"), ("en", "We met yesterday.\n")):
        Path(f"corpus.{lang}").write_text(text, encoding="utf-8")
    result = run("pair", "--sentences", "corpus.ru", "corpus.en", "-o", "corpus.moses")
    assert result.exit_code == 1
    assert "corpus.ru is an input and would be written over" in result.stderr
    assert Path("corpus.ru").read_text(encoding="utf-8") == "Мы встретились вчера.\n"
    result = run("pair", "--sentences", "corpus.ru", "corpus.en", "-s", "ru", "-t", "en", "-o", "new.moses")
    assert (result.exit_code, Path("new.en").read_text(encoding="utf-8")) == (0, "We met yesterday.\n")


def test_the_report_names_the_files_that_were_written(run: Callable[..., Result]) -> None:
    lines = run("export", "kept.jsonl", "-o", "c.moses", "-o", "m.tmx", "--penalties", "--report").stderr.splitlines()
    heads = [line for line in lines if line.startswith("wrote ")]
    assert [head.split(":")[0] for head in heads] == [
        "wrote c.ru, c.en",
        "wrote m.tmx, penalty-10/m.tmx, penalty-30/m.tmx",
    ]


def test_a_report_beside_the_memory_lists_what_it_leaves_out(run: Callable[..., Result]) -> None:
    result = run(
        "export", "kept.jsonl", "-o", "m.tmx", "-o", "m.omitted.tsv", "--keep", "double", "--min-confidence", "0.3"
    )
    assert result.exit_code == 0
    rows = [line.split("\t") for line in Path("m.omitted.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows[0][:2] == ["kind", "reason"]
    assert {row[0] for row in rows[1:]} == {"time", "untranslated", "separator", "conflict", "furniture"}
    units = Path("m.tmx").read_text(encoding="utf-8").count("</tu>")
    assert units + len(rows) - 1 == len(statement().beads)


def test_penalties_without_a_memory_are_wrong_usage(run: Callable[..., Result]) -> None:
    for outputs in ([], ["-o", "x.tsv"]):
        result = run("export", "kept.jsonl", *outputs, "--penalties")
        assert result.exit_code == 2
        assert "--penalties needs a memory in a file" in result.stderr


def test_what_stands_in_the_way_of_a_penalty_folder_is_said_before_the_work(run: Callable[..., Result]) -> None:
    Path("penalty-10").touch()
    result = run("export", "absent.jsonl", "-o", "m.tmx", "--penalties")
    assert result.exit_code == 1
    assert re.fullmatch(r"error: penalty-10/m\.tmx: cannot write: not a directory\n", result.stderr)


def test_an_empty_report_is_no_reason_to_warn(run: Callable[..., Result]) -> None:
    write(pairs(("Да.", "Yes.")), "clean.jsonl")
    result = run("export", "clean.jsonl", "-o", "m.tmx", "-o", "m.omitted.tsv")
    assert (result.exit_code, result.output) == (0, "")
