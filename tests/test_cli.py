"""The command line is a contract: what goes in, what comes out where, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import align
from align.cli import main
from align.exporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran, Statement

ROOT = Path(__file__).resolve().parent.parent
RU = ["Мы встретились вчера.", "Погода была хорошая.", "До свидания."]
EN = ["We met yesterday.", "The weather was good.", "Goodbye."]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command inside this process, in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin)

    return invoke


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """Two short lists of sentences, one a line."""
    ru, en = tmp_path / "a.ru.txt", tmp_path / "a.en.txt"
    ru.write_text("\n".join(RU) + "\n", encoding="utf-8")
    en.write_text("\n".join(EN) + "\n", encoding="utf-8")
    return ru, en


def beads_of(text: str) -> list[tuple[list[int], list[int], float]]:
    def indices(field: str) -> list[int]:
        return [int(index) for index in field.split(",")] if field else []

    rows = [line.split("\t") for line in text.splitlines()]
    return [(indices(source), indices(target), float(confidence)) for source, target, confidence in rows]


class TestPair:
    def test_without_output_prints_tsv(self, run: Callable[..., Result], statement: Statement) -> None:
        result = run("pair", statement.source, statement.target)
        assert (result.exit_code, result.stderr) == (0, "")
        rows = [line.split("\t") for line in result.stdout.splitlines()]
        assert rows[0][:3] == ["source", "target", "confidence"]
        assert len(rows) > 20
        assert {len(row) for row in rows} == {len(rows[0])}

    def test_output_may_be_repeated_and_says_nothing_on_stdout(
        self, run: Callable[..., Result], statement: Statement
    ) -> None:
        result = run("pair", statement.source, statement.target, "-o", "m.tmx", "-o", "m.tsv", "-o", "m.jsonl")
        assert (result.exit_code, result.output) == (0, "")
        assert Path("m.tmx").read_text(encoding="utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>')
        assert Path("m.tsv").read_text(encoding="utf-8").startswith("source\ttarget")
        assert json.loads(Path("m.jsonl").read_text(encoding="utf-8").split("\n")[0])["signature"]

    def test_stdout_and_a_file_get_the_same_bytes(
        self, align_command: Callable[..., Ran], statement: Statement, tmp_path: Path
    ) -> None:
        path = tmp_path / "out.tsv"
        printed = align_command("pair", statement.source, statement.target)
        align_command("pair", statement.source, statement.target, "-o", path)
        assert path.read_bytes().decode("utf-8") == printed.stdout

    def test_a_dash_as_output_is_stdout(self, run: Callable[..., Result], statement: Statement) -> None:
        result = run("pair", statement.source, statement.target, "-o", "-", "-o", "m.tmx", "--to", "tmx")
        assert result.exit_code == 0
        assert result.stdout.endswith("</tmx>\n")
        assert Path("m.tmx").exists()

    def test_format_overrides_the_suffix(self, run: Callable[..., Result], lists: tuple[Path, Path]) -> None:
        result = run("pair", "--sentences", *lists, "-o", "out.txt", "--to", "beads")
        assert result.exit_code == 0
        assert len(beads_of(Path("out.txt").read_text(encoding="utf-8"))) >= 3

    def test_beads_hold_every_sentence_once_and_in_order(
        self, run: Callable[..., Result], statement: Statement
    ) -> None:
        result = run("pair", statement.source, statement.target, "--to", "beads")
        assert re.fullmatch(r"([\d,]*\t[\d,]*\t[01]\.\d+\n)+", result.stdout)
        beads = beads_of(result.stdout)
        for side, path in enumerate((statement.source, statement.target)):
            flat = [index for bead in beads for index in bead[side]]
            sentences = run("split", path, "--to", "offsets").stdout.splitlines()
            assert flat == list(range(len(sentences)))
        assert all(0 <= confidence <= 1 for *_, confidence in beads)

    @pytest.mark.parametrize("side", [0, 1])
    def test_a_dash_reads_standard_input(self, run: Callable[..., Result], statement: Statement, side: int) -> None:
        paths = [statement.source, statement.target]
        expected = run("pair", *paths, "--to", "beads").stdout
        stdin = paths[side].read_bytes()
        given = ["-" if index == side else path for index, path in enumerate(paths)]
        result = run("pair", *given, "--to", "beads", stdin=stdin)
        assert (result.exit_code, result.stdout) == (0, expected)

    def test_detected_and_given_languages_come_to_the_same(
        self, run: Callable[..., Result], statement: Statement
    ) -> None:
        pair = ["pair", statement.source, statement.target, "--to", "beads"]
        assert run(*pair).stdout == run(*pair, "-s", "ru", "-t", "en").stdout

    def test_regional_codes_reach_the_memory(self, run: Callable[..., Result], statement: Statement) -> None:
        result = run("pair", statement.source, statement.target, "-t", "en-gb", "--to", "tmx")
        assert result.exit_code == 0
        assert 'xml:lang="en-GB"' in result.stdout

    def test_furniture_and_metadata_can_be_kept(self, run: Callable[..., Result], statement: Statement) -> None:
        usual, kept, spelt = (
            run("pair", str(statement.source), str(statement.target), "--to", "tmx", *more).stdout
            for more in ([], ["--keep-furniture"], ["--keep", "metadata"])
        )
        assert usual.count("</tu>") < kept.count("</tu>") == spelt.count("</tu>")

    def test_min_confidence_keeps_unsure_pairs_out(self, run: Callable[..., Result], statement: Statement) -> None:
        pair = ["pair", statement.source, statement.target, "--to", "tmx"]
        every = run(*pair, "--min-confidence", "0").stdout.count("<tu")
        sure = run(*pair, "--min-confidence", "1").stdout.count("<tu")
        assert every > sure


class TestSentences:
    def test_each_line_is_a_sentence(self, run: Callable[..., Result], lists: tuple[Path, Path]) -> None:
        result = run("pair", "--sentences", *lists, "--to", "beads")
        assert result.exit_code == 0
        assert [bead[:2] for bead in beads_of(result.stdout)] == [([0], [0]), ([1], [1]), ([2], [2])]

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("last", [True, False])
    def test_blank_lines_count_and_a_last_line_end_does_not(
        self, run: Callable[..., Result], tmp_path: Path, end: str, *, last: bool
    ) -> None:
        ru, en = [RU[0], "", *RU[1:], ""], [EN[0], *EN[1:]]
        for name, lines in (("a", ru), ("b", en)):
            (tmp_path / name).write_bytes((end.join(lines) + (end if last else "")).encode())
        result = run("pair", "--sentences", "a", "b", "-s", "ru", "-t", "en", "--to", "beads")
        beads = beads_of(result.stdout)
        # Without a line end after it, the blank last line of `ru` is no line at all, as for wc and sed.
        assert [index for bead in beads for index in bead[0]] == list(range(5 if last else 4))
        assert [index for bead in beads for index in bead[1]] == [0, 1, 2]

    def test_line_numbers_hold_in_the_table(self, run: Callable[..., Result], tmp_path: Path) -> None:
        (tmp_path / "a").write_text("\n\n".join(RU), encoding="utf-8")
        (tmp_path / "b").write_text("\n".join(EN), encoding="utf-8")
        result = run("pair", "--sentences", "a", "b", "-s", "ru", "-t", "en", "--to", "beads")
        two_sided = [bead[:2] for bead in beads_of(result.stdout) if bead[0] and bead[1]]
        assert [source[-1] for source, _ in two_sided][-1] == 4

    def test_lines_of_no_known_language_are_aligned_with_a_warning(
        self, run: Callable[..., Result], tmp_path: Path
    ) -> None:
        (tmp_path / "a").write_text("1\n2\n3\n")
        (tmp_path / "b").write_text("1\n3\n")
        result = run("pair", "--sentences", "a", "b", "--to", "beads")
        assert result.exit_code == 0
        assert all(line.startswith("warning: ") for line in result.stderr.splitlines())
        assert result.stderr


class TestSplit:
    def test_offsets_point_into_the_text_as_read(self, run: Callable[..., Result], tmp_path: Path) -> None:
        text = "Он приехал.\r\n\r\nОна уехала. И всё?\r\n"
        (tmp_path / "a.txt").write_bytes(text.encode())
        result = run("split", "a.txt", "-l", "ru", "--to", "offsets")
        spans = [tuple(map(int, line.split("\t"))) for line in result.stdout.splitlines()]
        assert [text[start:stop] for start, stop in spans] == ["Он приехал.", "Она уехала.", "И всё?"]

    def test_lines_prints_one_sentence_a_line(self, run: Callable[..., Result], statement: Statement) -> None:
        lines = run("split", statement.target, "--to", "lines").stdout.splitlines()
        offsets = run("split", statement.target, "--to", "offsets").stdout.splitlines()
        assert len(lines) == len(offsets)
        assert all(lines)

    def test_jsonl_agrees_with_offsets(self, run: Callable[..., Result], statement: Statement) -> None:
        rows = [json.loads(line) for line in run("split", statement.source, "--to", "jsonl").stdout.splitlines()]
        with statement.source.open(encoding="utf-8", newline="") as file:
            text = file.read()
        assert all(text[row["start"] : row["stop"]] == row["text"] for row in rows)
        assert {row["kind"] for row in rows} > {"body", "title"}

    def test_standard_input_is_read(self, run: Callable[..., Result]) -> None:
        result = run("split", "-", "-l", "en", stdin="It rained. We left.")
        assert result.stdout == "It rained.\nWe left.\n"

    def test_lines_and_pair_sentences_fit_together(
        self, run: Callable[..., Result], statement: Statement, tmp_path: Path
    ) -> None:
        for name, path in (("a", statement.source), ("b", statement.target)):
            (tmp_path / name).write_text(run("split", path).stdout, encoding="utf-8")
        result = run("pair", "--sentences", "a", "b", "--to", "beads")
        assert result.exit_code == 0
        assert len(beads_of(result.stdout)) > 20


class TestExport:
    @pytest.mark.parametrize("suffix", ["tmx", "tsv", "jsonl"])
    def test_a_kept_result_gives_what_pair_gives(
        self, run: Callable[..., Result], statement: Statement, suffix: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
        run("pair", statement.source, statement.target, "-o", "kept.jsonl", "-o", f"direct.{suffix}")
        result = run("export", "kept.jsonl", "-o", f"later.{suffix}")
        assert (result.exit_code, result.output) == (0, "")
        assert Path(f"later.{suffix}").read_bytes() == Path(f"direct.{suffix}").read_bytes()

    def test_a_broken_result_is_one_line(self, run: Callable[..., Result], tmp_path: Path) -> None:
        (tmp_path / "broken.jsonl").write_text('{"format": "align-result", "ver')
        result = run("export", "broken.jsonl", "-o", "out.tmx")
        assert result.exit_code == 1
        assert re.fullmatch(r"error: broken\.jsonl:1: .+\n", result.stderr)
        assert not Path("out.tmx").exists()


class TestShow:
    @pytest.mark.parametrize("columns", [60, 100, 140])
    def test_pairs_fit_the_width(
        self, run: Callable[..., Result], statement: Statement, monkeypatch: pytest.MonkeyPatch, columns: int
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        run("pair", statement.source, statement.target, "-o", "kept.jsonl")
        shown = run("show", "kept.jsonl").stdout.splitlines()
        # Only the signature at the end is longer: it is one line by definition.
        assert max(map(len, shown[:-1])) <= columns
        assert any(re.match(r"[01]\.\d\d  \S.* │ \S", line) for line in shown)
        assert any(line.startswith("── left out: ") for line in shown)

    def test_every_sentence_is_shown(self, run: Callable[..., Result], statement: Statement) -> None:
        run("pair", statement.source, statement.target, "-o", "kept.jsonl")
        shown = "".join(run("show", "kept.jsonl").stdout.split())
        for name in run("split", statement.target).stdout.split():
            assert name[:20] in shown


class TestConventions:
    def test_version_names_program_and_model(self, run: Callable[..., Result]) -> None:
        result = run("--version")
        assert result.exit_code == 0
        assert result.stdout == f"align {align.__version__}, model {align.load_encoder().name}\n"

    @pytest.mark.parametrize(
        "arguments",
        [
            ["pair"],
            ["pair", "a"],
            ["pair", "a", "b", "--nonsense"],
            ["pair", "-", "-"],
            ["pair", "a", "b", "--min-confidence", "2"],
            ["pair", "a", "b", "-o", "x.tmx", "-o", "x.tmx"],
            ["nonsense"],
            ["split"],
            ["export"],
        ],
    )
    def test_wrong_usage_exits_2(self, run: Callable[..., Result], arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Usage: " in result.stderr

    def test_help_names_every_format(self, run: Callable[..., Result]) -> None:
        shown = " ".join(run("pair", "--help").stdout.split())
        assert f"{', '.join(FORMATS)}." in shown
        assert all(exporter.suffixes[0] in shown for exporter in FORMATS.values() if exporter.name != "beads")

    @pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
    def test_stdout_is_utf8_whatever_the_locale(
        self, align_command: Callable[..., Ran], statement: Statement, env: dict[str, str]
    ) -> None:
        result = align_command("pair", statement.source, statement.target, env=env)
        assert (result.status, result.stderr) == (0, "")
        assert "ё" in result.stdout or "и" in result.stdout
        assert "\r" not in result.stdout

    def test_a_lone_surrogate_does_not_crash(self, align_command: Callable[..., Ran]) -> None:
        stdin = "It rained \ud800 here. We left.".encode("utf-16-le", "surrogatepass")
        for form in ("lines", "jsonl", "offsets"):
            result = align_command("split", "-", "-l", "en", "--encoding", "utf-16-le", "--to", form, stdin=stdin)
            assert result.status in {0, 1}
            assert "Traceback" not in result.stderr

    def test_a_reader_that_leaves_early_ends_us_quietly(self, statement: Statement) -> None:
        command = f"{sys.executable} -m align.cli split {statement.target} --to jsonl | head -n 1"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"({command}); echo $?"],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert done.stderr == ""
        assert done.stdout.endswith("\n0\n")

    def test_a_full_disk_behind_stdout_is_one_line(self) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full")
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "align.cli", "split", "-", "-l", "en"],
                input=b"It rained. We left.",
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                cwd=ROOT,
            )
        assert done.returncode == 1
        assert re.fullmatch(rb"error: standard output: .+\n", done.stderr)

    def test_ctrl_c_exits_130_without_a_traceback(
        self, run: Callable[..., Result], statement: Statement, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(*_arguments: object, **_options: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("align.splitter.split", interrupted)
        result = run("split", statement.target)
        assert (result.exit_code, result.output) == (130, "")

    def test_report_lists_what_was_left_out(self, run: Callable[..., Result], statement: Statement) -> None:
        pair = ["pair", statement.source, statement.target, "-o", "m.tmx"]
        assert run(*pair).stderr == ""
        lines = run(*pair, "--report").stderr.splitlines()
        match = re.fullmatch(r"wrote m\.tmx: (\d+) units, (\d+) left out \((.+)\)", lines[0])
        assert match
        listed = [line for line in lines[1:] if "--min-confidence" not in line]
        assert int(match[2]) == len(listed)
        assert any("time line" in line for line in lines)

    def test_a_person_at_a_terminal_sees_progress_and_report(self, statement: Statement, tmp_path: Path) -> None:
        pty = pytest.importorskip("pty")
        ours, theirs = pty.openpty()
        command = ["pair", str(statement.source), str(statement.target), "-o", str(tmp_path / "m.tmx")]
        with subprocess.Popen([sys.executable, "-m", "align.cli", *command], stderr=theirs, cwd=ROOT) as process:
            os.close(theirs)
            seen = b""
            while chunk := read_some(ours):
                seen += chunk
        assert process.returncode == 0
        assert seen.startswith(b"aligning ")
        assert b"left out" in seen


def read_some(descriptor: int) -> bytes:
    """Read from a pseudo-terminal; its end is an error on Linux."""
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""
