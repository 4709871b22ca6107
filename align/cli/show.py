"""``align show``: a kept result for a person's eyes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from align.cli.columns import display_width, side_by_side, terminal_width
from align.cli.console import emit
from align.cli.outputs import memory_confidence_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.exporters import Verdict
    from align.types import Alignment


@click.command(name="show", short_help="Show a kept result: pairs side by side, and what was left out.")
@click.argument("result", type=click.Path(readable=False))
@memory_confidence_option
def command(*, result: str, min_confidence: float | None) -> None:
    """Show RESULT, a .jsonl file that align pair wrote.

    First the pairs of a translation memory, each with its confidence from 0 to 1; then what such a
    memory leaves out, and why.
    """
    from align.exporters import judge, read_result

    alignment = read_result(result)
    lines = page(alignment, judge(alignment, min_confidence=min_confidence), terminal_width())
    emit("".join(f"{line}\n" for line in lines))


def page(alignment: Alignment, verdicts: list[Verdict], width: int) -> Iterator[str]:
    """What `align show` prints, line by line.

    Args:
        alignment: names the two documents.
        verdicts: one for each bead, in order.
        width: columns to fill.
    """
    kept = [verdict for verdict in verdicts if verdict.omission is None]
    names = [f"{side.document.id} ({side.document.lang})" for side in (alignment.source, alignment.target)]
    yield from side_by_side("sure", names[0], names[1], width)
    yield "─" * width
    for verdict in kept:
        yield from side_by_side(f"{verdict.bead.confidence:.2f}", verdict.source, verdict.target, width)
    yield ""
    yield from _left_out(verdicts, width)
    yield f"{len(kept)} pairs, {len(verdicts) - len(kept)} left out; made by {alignment.signature}"


def _left_out(verdicts: list[Verdict], width: int) -> Iterator[str]:
    """What a memory leaves out, in order, neighbours with one reason under one heading."""
    omitted = [verdict for verdict in verdicts if verdict.omission is not None]
    for reason, group in groupby(omitted, key=_reason):
        yield f"── left out: {reason} " + "─" * (width - display_width(reason) - 14)
        for verdict in group:
            yield from side_by_side("", verdict.source, verdict.target, width)
    if omitted:
        yield ""


def _reason(verdict: Verdict) -> str:
    return verdict.omission.reason if verdict.omission else ""
