"""What the commands on memories share: options, where a result goes, and what is said on standard error."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from align.cli.console import tell, warn
from align.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from align.memory import Entry, Findings, Memory, MemoryHeader

STDOUT: Final = "-"

output_option: Final = click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    default=STDOUT,
    help="Where to write, format by suffix; TMX on standard output by default.",
)
quiet_option: Final = click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors.")
report_option: Final = click.option(
    "--report", is_flag=True, help="Say what was done, also where stderr is no terminal."
)


def said_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--report`` and ``--quiet``."""
    return report_option(quiet_option(command))


def check_output(out: str, inputs: Iterable[str], form: str | None = None) -> None:
    """Find out before the work what would fail after it.

    Raises:
        FormatError: the format is unknown or holds no units.
        WriteError: the file cannot be written, or is one of `inputs`.
    """
    from align.exporters import check_writable
    from align.memory import check_format

    if out == STDOUT:
        return
    check_format(out, form)
    check_writable(out)
    refuse_input(out, inputs)


def refuse_input(out: str, inputs: Iterable[str]) -> None:
    """Refuse to write over what is being read.

    Raises:
        WriteError: `out` is one of `inputs`.
    """
    for name in inputs:
        if name != STDOUT and Path(out).exists() and Path(name).exists() and Path(out).samefile(name):
            raise WriteError(f"{out}: cannot write: it is an input; choose another name")


def deliver(
    out: str,
    header: MemoryHeader,
    entries: Iterable[Entry],
    *,
    form: str | None = None,
    languages: tuple[str, ...] = (),
) -> int:
    """Write entries to a file or to standard output; returns how many units."""
    from align.memory import save, save_to_stream

    if out == STDOUT:
        with stdout() as stream:
            return save_to_stream(stream, header, entries).units
    saved = save(out, header, entries, format=form, languages=languages)
    if saved.skipped:
        warn(f"{out}: {saved.skipped:,} units without {' or '.join(saved.languages)} left out")
    if not saved.units:
        warn(f"{out} holds nothing: no unit was left to write")
    return saved.units


@contextmanager
def stdout() -> Iterator[BinaryIO]:
    """Standard output, for bytes.

    Raises:
        WriteError: it is closed, or takes no more (a full disk).
    """
    if sys.stdout is None:
        raise WriteError("standard output is closed; name a file with -o")
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"standard output: {error.strerror or error}") from error


def warn_of(memory: Memory) -> None:
    """Say what was lost, and that the file is broken: a line each, the first few of each kind."""
    if memory.findings.is_broken():
        first = next(memory.findings.sorted())
        warn(f"{memory.name}:{first.line}: broken: {first.text}; align memory check tells all")
    warn_of_lost(memory.name, memory.lost)


def warn_of_lost(name: str, lost: Findings) -> None:
    """A line for each unit that was lost, and for the rest how many."""
    for each in lost.sorted():
        warn(f"{name}:{each.line}: left out: {each.text}")
    more = sum(lost.counts.values()) - len(lost.kept)
    if more:
        warn(f"{name}: {more:,} more left out")


def said(out: str, count: int, left_out: Counter[Any], *, report: bool, quiet: bool) -> None:
    """How many units were written and how many not, by reason."""
    name = "standard output" if out == STDOUT else out
    gone = ", ".join(f"{number:,} {reason}" for reason, number in left_out.most_common() if number)
    tail = f", {sum(left_out.values()):,} left out ({gone})" if gone else ""
    tell(f"wrote {name}: {count:,} units{tail}", quiet=quiet, always=report)
