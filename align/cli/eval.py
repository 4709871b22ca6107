"""``align eval``: how well an alignment agrees with gold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from align.cli.console import emit, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.evaluation import Evaluation


@click.command(name="eval", short_help="Score an alignment against human gold.")
@click.argument("gold", type=click.Path(readable=False))
@click.argument("system", type=click.Path(readable=False))
@click.option("--against", metavar="FILE", help="A second system on the same gold: tells whether the first is better.")
@click.option("--gold-format", metavar="FORMAT", help="Format of GOLD where the file does not tell.")
@click.option("--system-format", metavar="FORMAT", help="Format of SYSTEM, and of --against, likewise.")
@click.option("--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
@click.option("--html", "page", metavar="FILE", help="Write a page that shows the errors side by side.")
@click.option(
    "--samples",
    type=click.IntRange(100, 1_000_000),
    default=1000,
    show_default=True,
    help="Resamples for intervals and significance.",
)
def command(
    *,
    gold: str,
    system: str,
    against: str | None,
    gold_format: str | None,
    system_format: str | None,
    to: str,
    page: str | None,
    samples: int,
) -> None:
    """Score SYSTEM, an alignment, against GOLD, what people say is right.

    Both may be a result of align pair, beads, JSON records, a vecalign or bertalign ladder ([0]:[0, 1]), a
    hunalign ladder (.ladder), Champollion links (1 <=> 1,2), XCES links, the gold of the sample statements, or
    a TMX; gzip is unpacked. A TMX, and a result from running text, are compared by their texts.

    \b
    align eval gold.beads mine.beads
    align eval gold.jsonl.gz ours.jsonl --against theirs.jsonl --html errors.html
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.evaluation import error_page, evaluate, read_annotated
    from align.exporters import check_writable, replacing

    if page is not None:
        check_writable(page)
    first, second = read_annotated(gold, gold_format), read_annotated(system, system_format)
    other = read_annotated(against, system_format) if against is not None else None
    result = evaluate(first, second, against=other, samples=samples)
    if result.unanswered:
        warn(f"{system} has no beads for {len(result.unanswered)} of {result.documents} documents; counted as missed")
    if page is not None:
        with replacing(page) as stream:
            stream.write(error_page(result, first, second).encode("utf-8", "replace"))
    emit(
        json.dumps(as_record(result), indent=2) + "\n" if to == "json" else "".join(f"{row}\n" for row in table(result))
    )


def table(result: Evaluation) -> Iterator[str]:
    """What is printed for people, line by line."""
    yield f"{'measure':8}  precision  recall  F1      95 % interval"
    for name, score in result.measures.items():
        around = result.intervals[name]
        span = f"{around.low:.4f}–{around.high:.4f}"
        yield f"{name:8}  {score.precision:.4f}     {score.recall:.4f}  {score.f1:.4f}  {span}"
    yield ""
    yield "strict by kind of bead"
    for kind, score in result.kinds.items():
        yield f"{kind:8}  {score.precision:.4f}     {score.recall:.4f}  {score.f1:.4f}"
    yield from _calibration(result)
    yield from _difference(result)
    yield ""
    yield result.signature


def _calibration(result: Evaluation) -> Iterator[str]:
    if result.reliability is None:
        return
    yield ""
    yield f"calibration error {result.reliability.error:.4f} over {result.reliability.beads} beads"
    for confidence, right, count in result.reliability.bins:
        yield f"  said {confidence:.3f}  right {right:.3f}  beads {count}"


def _difference(result: Evaluation) -> Iterator[str]:
    if result.difference:
        yield ""
        yield "better than the second system by"
    for name, gap in result.difference.items():
        span = f"95 % interval {gap.interval.low:+.4f} to {gap.interval.high:+.4f}"
        yield f"{name:8}  {gap.value:+.4f}  {span}  p = {gap.p:.4f}"


def as_record(result: Evaluation) -> dict[str, Any]:
    """What is printed for programs."""
    from dataclasses import asdict

    record = asdict(result)
    for scores in (record["measures"], record["kinds"]):
        for score in scores.values():
            del score["signature"]  # said once, for all of them
    return record
