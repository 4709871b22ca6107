"""What the README and the reference tell people is so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from align.cli import main
from align.cli.group import COMMANDS
from align.cli.memory import COMMANDS as MEMORY_COMMANDS
from align.cli.train import COMMANDS as TRAIN_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(match[1], match[2]) for match in BLOCK.finditer(README)]
SHELL = [text for language, text in BLOCKS if language == "sh" and "make " not in text]
PYTHON = [text for language, text in BLOCKS if language == "python"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with the sample statements and an ``align`` on the path, like a fresh checkout's."""
    shutil.copytree(ROOT / "corpora" / "statements", tmp_path / "corpora" / "statements")
    program = tmp_path / "bin" / "align"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m align.cli "$@"\n')
    program.chmod(0o755)
    return tmp_path


def run(command: list[str], place: Path) -> str:
    paths = {"PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command,
        cwd=place,
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_opens_with_the_two_commands() -> None:
    language, text = BLOCKS[0]
    assert language == "sh"
    assert re.findall(r"^make \w+", text, re.MULTILINE) == ["make demo", "make test"]


def test_every_make_target_it_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make (demo|test|check|bench|model|clean)\b", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("block", SHELL)
def test_its_shell_lines_work(block: str, place: Path) -> None:
    run(["bash", "-euo", "pipefail", "-c", block], place)


@pytest.mark.parametrize("block", PYTHON)
def test_its_python_lines_work(block: str, place: Path) -> None:
    run([sys.executable, "-c", block], place)


def test_there_are_lines_for_each_of_the_three_uses() -> None:
    assert len(SHELL) >= 2
    assert len(PYTHON) >= 1


@pytest.mark.parametrize(
    "name",
    [
        None,
        *COMMANDS,
        *(f"train {name}" for name in TRAIN_COMMANDS),
        *(f"memory {name}" for name in MEMORY_COMMANDS),
    ],
)
def test_the_reference_shows_the_help_of_every_command(name: str | None) -> None:
    arguments = [*(name or "").split(), "--help"]
    shown = CliRunner().invoke(main, arguments, prog_name="align", terminal_width=80).stdout
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert indented(f"$ align {' '.join(arguments)}\n{shown}") in reference


def indented(text: str) -> str:
    """As a code block of Markdown."""
    return "".join(f"    {line}".rstrip() + "\n" for line in text.splitlines())


def test_the_files_it_links_to_are_there() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / link).exists(), link


def test_every_document_is_linked_to_and_links_to_what_is_there() -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]}
    linked = {
        (path.parent / link).resolve()
        for path, text in pages.items()
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    }
    assert {str(path) for path in linked if not path.exists()} == set()
    assert {path.name for path in (ROOT / "docs").glob("*.md") if path.resolve() not in linked} == set()


def test_every_benchmark_that_is_named_is_there_and_every_one_is_named() -> None:
    places = [ROOT / "Makefile", *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    named = set(re.findall(r"\bbenchmarks/(\w+)", text))
    scripts = {
        path.stem for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in path.read_text(encoding="utf-8")
    }
    assert scripts - named == set()
    assert named - scripts == {"peers"}


def _inputs(command: click.Command) -> Iterator[click.Path]:
    for parameter in command.params:
        if isinstance(parameter.type, click.Path):
            yield parameter.type
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                yield from _inputs(inner)


def test_a_file_without_permission_is_left_to_our_own_one_line() -> None:
    """Click would call it wrong usage, in four lines; as root that does not show."""
    found = list(_inputs(main))
    assert len(found) > 20
    assert not any(each.readable or each.exists for each in found)
