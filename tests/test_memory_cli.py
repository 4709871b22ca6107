"""`align memory` on the command line: what it prints, where, and the exit status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from memory_samples import memory, source, target, tu

from align.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``align memory …`` inside this process, in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(main, ["memory", *map(str, arguments)], input=stdin)

    return invoke


def write(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


class TestCheck:
    def test_a_good_memory_is_one_line_and_status_0(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1))
        result = run("check", "a.tmx")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "a.tmx: 2 units, 0 errors, 0 warnings: every tool takes it\n"

    def test_a_finding_names_file_line_severity_tool_and_rule(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1, tu("R & D", "A")))
        result = run("check", "a.tmx")
        assert result.exit_code == 1
        first, last = result.stdout.splitlines()
        assert first == "a.tmx:9: error: a bare & in the text: & D (every XML parser) [ampersand]"
        assert last == "a.tmx: 3 units, 1 error, 0 warnings: not every tool takes it and fills from it"

    def test_all_files_are_checked_and_one_bad_one_is_status_1(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1, tu("", "A")))
        write("b.tmx", memory(2))
        result = run("check", "a.tmx", "missing.tmx", "b.tmx")
        assert result.exit_code == 1
        assert re.search(r"^b\.tmx: 2 units, 0 errors", result.stdout, re.MULTILINE)
        assert result.stderr == "error: missing.tmx: cannot read: no such file or directory\n"

    def test_many_findings_of_a_kind_are_counted(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1, tu("R & D", "A") * 30))
        shown = run("check", "a.tmx", "--limit", "2").stdout
        assert shown.count("[ampersand]") == 3
        assert "a.tmx: … 28 more [ampersand]\n" in shown
        assert run("check", "a.tmx", "--limit", "0").stdout.count("[ampersand]") == 30

    def test_quiet_shows_errors_only(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1, tu("A  B", "R & D")))
        assert "double-space" in run("check", "a.tmx").stdout
        shown = run("check", "a.tmx", "--quiet").stdout
        assert "ampersand" in shown
        assert "double-space" not in shown

    def test_the_languages_of_the_project_may_be_named(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1))
        assert run("check", "a.tmx", "-l", "ru", "-l", "en").exit_code == 0
        result = run("check", "a.tmx", "-l", "ru", "-l", "de")
        assert result.exit_code == 1
        assert "a.tmx: error: no variant in a language of the project: de" in result.stdout

    def test_a_dash_is_standard_input(self, run: Callable[..., Result]) -> None:
        result = run("check", "-", stdin=memory(1).encode())
        assert (result.exit_code, result.stdout.startswith("standard input: 2 units")) == (0, True)

    @pytest.mark.parametrize(
        "arguments", [["--fix", "a.tmx"], ["a.tmx", "-o", "b.tmx"], [], ["--fix", "a", "b", "-oc"]]
    )
    def test_wrong_usage_is_status_2(self, run: Callable[..., Result], arguments: list[str]) -> None:
        assert run("check", *arguments).exit_code == 2

    def test_what_is_no_file_is_one_line_of_error(self, run: Callable[..., Result]) -> None:
        result = run("check", ".")
        assert result.exit_code == 1
        assert re.fullmatch(r"error: \.: cannot read: [^\n]*\n", result.stderr)

    def test_our_own_memories_are_right(self, align_command: Callable[..., Ran], tmp_path: Path) -> None:
        from conftest import STATEMENTS

        for path in sorted(STATEMENTS.glob("*.ru.txt"))[:3]:
            out = tmp_path / f"{path.stem}.tmx"
            align_command("pair", path, str(path).replace(".ru.", ".en."), "-o", out)
            result = CliRunner().invoke(main, ["memory", "check", str(out)])
            assert result.exit_code == 0, result.stdout


class TestFix:
    def test_it_says_what_it_did_and_what_it_left_out(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1, tu("R & D", "A") + tu("Без перевода", "")))
        result = run("check", "--fix", "a.tmx", "-o", "b.tmx")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines() == [
            "a.tmx: 1 × a bare & in the text: escaped",
            "a.tmx: 1 × an empty segment: the variant is left out",
            "a.tmx:13: left out: a unit with one language only: Без перевода",
            "b.tmx: 3 units, 0 errors, 0 warnings: every tool takes it",
        ]
        assert run("check", "b.tmx").exit_code == 0

    def test_a_file_that_is_cut_short_keeps_all_whole_units(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1, "".join(tu(f"Раз {n}.", f"Once {n}.") for n in range(500)))[:50_000])
        result = run("check", "--fix", "a.tmx", "-o", "b.tmx")
        assert result.exit_code == 0
        whole = Path("a.tmx").read_text(encoding="utf-8").count("</tu>")
        assert f"b.tmx: {whole} units" in result.stdout
        assert re.search(r"^a\.tmx:\d+: left out: the file ends in the middle$", result.stdout, re.MULTILINE)

    def test_where_nothing_can_be_saved_the_status_is_1(self, run: Callable[..., Result]) -> None:
        write("a.tmx", "no memory")
        result = run("check", "--fix", "a.tmx", "-o", "b.tmx")
        assert result.exit_code == 1
        assert "b.tmx: error: there is no unit" in result.stdout

    def test_it_reads_standard_input(self, run: Callable[..., Result]) -> None:
        assert run("check", "--fix", "-", "-o", "b.tmx", stdin=memory(1).encode()).exit_code == 0
        assert target(1, 2) in Path("b.tmx").read_text(encoding="utf-8")

    def test_it_does_not_write_over_its_input(self, run: Callable[..., Result]) -> None:
        before = write("a.tmx", memory(1)).read_bytes()
        result = run("check", "--fix", "a.tmx", "-o", "./a.tmx")
        assert (result.exit_code, result.stderr) == (
            1,
            "error: ./a.tmx: cannot write: it is an input; choose another name\n",
        )
        assert Path("a.tmx").read_bytes() == before

    def test_what_cannot_be_written_is_found_before_the_work(self, run: Callable[..., Result]) -> None:
        write("a.tmx", memory(1))
        result = run("check", "--fix", "a.tmx", "-o", "none/b.tmx")
        assert result.exit_code == 1
        assert re.fullmatch(r"error: none/b\.tmx: cannot write: no directory [^\n]*\n", result.stderr)

    def test_a_missing_file_leaves_no_output(self, run: Callable[..., Result]) -> None:
        assert run("check", "--fix", "a.tmx", "-o", "b.tmx").exit_code == 1
        assert not Path("b.tmx").exists()

    def test_what_a_unit_says_of_itself_stays(self, run: Callable[..., Result]) -> None:
        inside = '<note>n</note><prop type="x-a">p</prop>'
        write("a.tmx", memory(1, tu(source(1, 3), "A & B", ' creationid="me" tuid="7"', inside)))
        run("check", "--fix", "a.tmx", "-o", "b.tmx")
        text = Path("b.tmx").read_text(encoding="utf-8")
        assert '<tu creationid="me" tuid="7">' in text
        assert '<note>n</note>\n      <prop type="x-a">p</prop>' in text
