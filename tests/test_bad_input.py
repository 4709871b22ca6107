"""Bad input: one line that says what is wrong, exit 1, and no half-written file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from align.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran, Statement

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``align pair`` in an empty directory that holds nothing else before or after."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["pair", *map(str, arguments)])

    return invoke


def assert_one_line(result: Result, pattern: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert re.fullmatch(rf"error: [^\n]*{pattern}[^\n]*\n", result.stderr), result.stderr


UNREADABLE = {
    "missing": None,
    "empty": b"",
    "blank": b" \n\n\t\n",
    "binary": bytes(range(256)) * 16,
    "undecodable": "Мы встретились вчера. ".encode() * 5 + b"\xc3\x28\xff\x98" + "Погода хорошая.".encode(),
}


class TestInputs:
    @pytest.mark.parametrize("kind", [*UNREADABLE, "directory"])
    @pytest.mark.parametrize("side", [0, 1])
    @pytest.mark.parametrize("sentences", [False, True])
    def test_what_cannot_be_read_is_one_line_and_leaves_no_file(
        self, pair: Callable[..., Result], statement: Statement, kind: str, side: int, *, sentences: bool
    ) -> None:
        bad = Path(f"{kind}.txt")
        if kind == "directory":
            bad.mkdir()
        elif (data := UNREADABLE[kind]) is not None:
            bad.write_bytes(data)
        paths: list[str | Path] = [statement.source, statement.target]
        paths[side] = bad
        before = set(Path().iterdir())
        result = pair(*paths, "-o", "out.tmx", *(["--sentences"] if sentences else []))
        assert_one_line(result, re.escape(bad.name))
        assert set(Path().iterdir()) == before

    def test_undecodable_as_told_is_one_line(self, pair: Callable[..., Result], statement: Statement) -> None:
        result = pair(statement.source, statement.target, "--encoding", "ascii")
        assert_one_line(result, re.escape(statement.source.name))

    def test_an_unknown_encoding_is_one_line(self, pair: Callable[..., Result], statement: Statement) -> None:
        result = pair(statement.source, statement.target, "--encoding", "utf-9")
        assert_one_line(result, "utf-9")

    def test_a_name_that_is_no_text_is_one_line(self, align_command: Callable[..., Ran], statement: Statement) -> None:
        result = align_command("pair", os.fsdecode(b"\xff\xfe.txt"), statement.target)
        assert result.status == 1
        assert re.fullmatch(r"error: [^\n]+\n", result.stderr)

    def test_an_unreadable_file_is_one_line(
        self, pair: Callable[..., Result], statement: Statement, tmp_path: Path
    ) -> None:
        if AS_ROOT:
            # To root every file is readable; a link to itself is not, even to root.
            (tmp_path / "locked.txt").symlink_to("locked.txt")
        else:
            (tmp_path / "locked.txt").touch(mode=0o000)
        assert_one_line(pair("locked.txt", statement.target), "locked.txt")


class TestLanguages:
    def test_the_same_file_twice_is_a_warning(self, pair: Callable[..., Result], statement: Statement) -> None:
        result = pair(statement.source, statement.source, "--to", "beads")
        assert result.exit_code == 0
        assert re.fullmatch(r"warning: [^\n]+ same text[^\n]+\n", result.stderr)
        assert result.stdout

    def test_both_sides_in_one_language_is_one_line(
        self, pair: Callable[..., Result], statements: list[Statement]
    ) -> None:
        result = pair(statements[0].source, statements[1].source, "-o", "out.tmx")
        assert_one_line(result, "both in 'ru'")
        assert not Path("out.tmx").exists()

    def test_lists_that_seem_to_be_in_one_language_are_aligned_with_a_warning(
        self, pair: Callable[..., Result]
    ) -> None:
        Path("fr").write_text("Le chat dort.\n")
        Path("en").write_text("The cat sleeps.\n")
        result = pair("--sentences", "fr", "en", "--to", "beads")
        assert result.exit_code == 0
        assert result.stdout.startswith("0\t0\t")
        assert all(line.startswith("warning: ") for line in result.stderr.splitlines())
        assert_one_line(pair("--sentences", "fr", "en", "-s", "en", "-t", "en"), "both in 'en'")

    def test_the_same_language_given_twice_is_one_line(self, pair: Callable[..., Result], statement: Statement) -> None:
        assert_one_line(pair(statement.source, statement.target, "-s", "en", "-t", "EN"), "both in 'en'")

    def test_two_regions_of_one_language_are_fine_when_both_are_given(
        self, pair: Callable[..., Result], statement: Statement
    ) -> None:
        result = pair(statement.source, statement.target, "-s", "en-US", "-t", "en-GB", "--to", "beads")
        assert result.exit_code == 0

    @pytest.mark.parametrize("option", ["-s", "-t"])
    @pytest.mark.parametrize("code", ["klingon-language", "r u", "", "xx1"])
    def test_an_unknown_language_is_one_line(
        self, pair: Callable[..., Result], statement: Statement, option: str, code: str
    ) -> None:
        assert_one_line(pair(statement.source, statement.target, option, code), re.escape(repr(code)))


class TestOutputs:
    def test_an_unknown_format_is_one_line(self, pair: Callable[..., Result], statement: Statement) -> None:
        assert_one_line(pair(statement.source, statement.target, "--to", "docbook"), "docbook")
        assert_one_line(pair(statement.source, statement.target, "-o", "out.docbook"), r"\.docbook")
        assert_one_line(pair(statement.source, statement.target, "-o", "out"), "out")
        assert list(Path().iterdir()) == []

    @pytest.mark.parametrize("name", ["no/such/dir/out.tmx", "here.tmx", "file.txt/out.tmx", "", "x" * 300 + ".tmx"])
    def test_what_cannot_be_written_is_found_before_the_work(self, pair: Callable[..., Result], name: str) -> None:
        Path("here.tmx").mkdir()
        Path("file.txt").touch()
        # The inputs do not exist, and the error is about the output all the same: it was checked first.
        result = pair("a.txt", "b.txt", "--to", "tmx", "-o", "good.tmx", "-o", name)
        assert_one_line(result, re.escape(name[:40]))
        assert not Path("good.tmx").exists()

    @pytest.mark.parametrize("side", [0, 1])
    def test_an_input_is_never_written_over(self, pair: Callable[..., Result], statement: Statement, side: int) -> None:
        for name, path in (("a.tsv", statement.source), ("b.tsv", statement.target)):
            Path(name).write_bytes(path.read_bytes())
        name = ("a.tsv", "b.tsv")[side]
        before = Path(name).read_bytes()
        assert_one_line(pair("a.tsv", "b.tsv", "-o", f"./{name}"), "it is an input")
        assert Path(name).read_bytes() == before

    def test_an_earlier_output_survives_a_failed_run(self, pair: Callable[..., Result], statement: Statement) -> None:
        Path("out.tmx").write_text("earlier")
        pair(statement.source, "missing.txt", "-o", "out.tmx")
        assert Path("out.tmx").read_text() == "earlier"
        assert [path.name for path in Path().iterdir()] == ["out.tmx"]


class TestPins:
    @pytest.mark.parametrize("pins", ["999\t0\n", "5\t3\n3\t5\n"])
    def test_pins_that_cannot_hold_are_one_line_with_their_file(
        self, pair: Callable[..., Result], statement: Statement, pins: str, tmp_path: Path
    ) -> None:
        (tmp_path / "my.pins").write_text(pins, encoding="utf-8")
        assert_one_line(pair(statement.source, statement.target, "--pins", "my.pins"), "my.pins: ")


class TestModels:
    def test_a_model_that_is_not_there_is_one_line(self, pair: Callable[..., Result], statement: Statement) -> None:
        result = pair(statement.source, statement.target, "--model", "./no-such-model", "-o", "out.tmx")
        assert_one_line(result, "no-such-model")
        assert list(Path().iterdir()) == []


class TestSplit:
    def test_bad_input_is_one_line_too(self, tmp_path: Path) -> None:
        for arguments in (["missing.txt"], [str(tmp_path)], ["missing.txt", "--to", "xml"]):
            result = CliRunner().invoke(main, ["split", *arguments])
            assert_one_line(result, "")


def test_of_several_outputs_none_is_left_when_one_fails(pair: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1\n2\n", encoding="utf-8")
    (tmp_path / "b").write_text("3\n4\n", encoding="utf-8")
    result = pair("--sentences", "a", "b", "-o", "m.jsonl", "-o", "m.tmx")
    assert result.exit_code == 1
    assert "a memory needs the language" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_confidence_that_is_no_number_is_wrong_usage(pair: Callable[..., Result], statement: Statement) -> None:
    assert pair(statement.source, statement.target, "--min-confidence", "nan").exit_code == 2


def test_texts_that_do_not_translate_each_other_are_told(
    pair: Callable[..., Result], statements: list[Statement]
) -> None:
    result = pair(statements[0].source, statements[4].target, "--to", "beads")
    assert result.exit_code == 0
    assert "may not be translations of each other" in result.stderr


def test_an_empty_memory_is_told(pair: Callable[..., Result], statement: Statement) -> None:
    result = pair(statement.source, statement.source, "-o", "m.tmx")
    assert result.exit_code == 0
    assert "m.tmx holds nothing: both sides are in one language" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="closes file descriptors in a shell")
@pytest.mark.parametrize(
    ("closed", "code"), [("<&-", 0), ("2>&-", 0), (">&-", 1)], ids=["standard input", "standard error", "output"]
)
def test_a_closed_stream_is_survived(statement: Statement, tmp_path: Path, closed: str, code: int) -> None:
    program = f'"{sys.executable}" -m align.cli pair "{statement.source}" "{statement.target}" --to beads {closed}'
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(["sh", "-c", program], cwd=tmp_path, env=env, capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert done.stdout.count(b"\n") > 20 or code
