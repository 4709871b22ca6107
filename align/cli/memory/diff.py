"""``align memory diff``: what two memories do not share."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from align.cli.console import emit, tell
from align.cli.memory.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory import Difference, Entry


@click.command(name="diff", short_help="What two memories do not share.")
@click.argument("first", type=click.Path(readable=False))
@click.argument("second", type=click.Path(readable=False))
@click.option("--brief", is_flag=True, help="Print the figures only.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def command(ctx: click.Context, *, first: str, second: str, brief: bool, quiet: bool) -> None:
    """Print the units that only one of two memories has, whatever their order.

    A line a unit: - for FIRST, + for SECOND, then line, and the texts parted by tabs. Exit status 0 when
    both hold the same units, 1 when not. Languages and texts count, not properties.

    \b
    align memory diff old.tmx new.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.memory import compare, reusable

    with ExitStack() as stack:
        paths = stack.enter_context(reusable(dict.fromkeys((first, second))))
        with progress(first, quiet=quiet) as told:
            found = compare(paths[first], paths[second], progress=told)
        if not brief:
            for line in _lines(found, str(paths[first]), str(paths[second])):
                emit(line)
        elif not found.empty:
            emit(f"{_figures(found)}\n")
    tell(_figures(found), quiet=quiet or brief)
    ctx.exit(0 if found.empty else 1)


def _figures(found: Difference) -> str:
    return (
        f"{found.same:,} units in both, {len(found.removed):,} only in the first, "
        f"{len(found.added):,} only in the second, {len(found.changed):,} with another target"
    )


def _lines(found: Difference, first: str, second: str) -> Iterator[str]:
    """What only the first has, and what changed, each with its new target behind it; then what is new."""
    from align.memory import differing

    wanted = set(found.changed.values())
    changed = dict(differing(second, wanted)) if wanted else {}
    for number, entry in differing(first, _Both(found)):
        yield _line("-", entry)
        if number in found.changed:
            yield _line("+", changed[found.changed[number]])
    for _, entry in differing(second, found.added):
        yield _line("+", entry)


class _Both:
    """Numbers of what is gone or changed."""

    def __init__(self, found: Difference) -> None:
        self._found = found

    def __contains__(self, number: object) -> bool:
        return number in self._found.changed or number in self._found.removed


def _line(sign: str, entry: Entry) -> str:
    from align.exporters.text import clean_cell

    texts = "\t".join(clean_cell(each.text) for each in entry.variants)
    return f"{sign} {entry.line}\t{texts}\n"
