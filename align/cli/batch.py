"""``align batch``: align every pair of a manifest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.cli.console import tell, warn
from align.cli.models import ModelChoice, model_options
from align.cli.outputs import check_not_input, keep_option, kept_codes, min_confidence_option, number_of, unsure_hint
from align.cli.process import make_ready
from align.cli.rules import srx_option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.batch import Job, Outcome, Task
    from align.matching import Row

_MOST_JOBS = 4
"""More processes than this are started only for who asks for them."""


@click.command(name="batch", short_help="Align every pair of a manifest.")
@click.argument("manifest", type=click.Path(readable=False))
@click.option("-o", "--output", "folder", metavar="DIR", required=True, help="Directory for the results.")
@click.option(
    "--to",
    "formats",
    metavar="FORMAT",
    multiple=True,
    help="Write FORMAT too, besides the .jsonl result: tmx, tsv, csv. May be repeated.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help=f"Processes that work at once.  [default: one a core, {_MOST_JOBS} at most]",
)
@click.option("--merge", "memory", metavar="FILE", help="Put the units of all pairs into one memory, such as all.tmx.")
@click.option("--again", is_flag=True, help="Align also the pairs that are done and have not changed.")
@srx_option
@model_options
@min_confidence_option
@keep_option
@click.option("--report", is_flag=True, help="Say what becomes of each pair, also where stderr is no terminal.")
@click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors.")
def command(
    *,
    manifest: str,
    folder: str,
    formats: tuple[str, ...],
    jobs: int | None,
    memory: str | None,
    again: bool,
    srx: str | None,
    model: ModelChoice,
    min_confidence: float | None,
    keep: tuple[str, ...],
    report: bool,
    quiet: bool,
) -> None:
    """Align every pair of MANIFEST, a table of files that align match wrote, or you.

    Each pair becomes a result in DIR (.jsonl, and what --to asks for). A pair that is done, and whose files have
    not changed since, is not aligned again, so that a batch that was stopped goes on where it was. A pair that fails
    does not stop the others; it is named at the end, and the exit status is 1.

    \b
    align match statements/ -o pairs.tsv
    align batch pairs.tsv -o memories/ --to tmx --merge all.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    make_ready()
    from align.batch import Task, merge, plan, run
    from align.matching import read_manifest

    rows = read_manifest(manifest)
    planned = plan(rows)
    holds = tuple(sorted(kept_codes(keep)))
    task = Task(Path(folder), formats, model.name, min_confidence, holds, model.device, model.cache, srx)
    _check(planned, task, memory, manifest)
    _tell_alone(rows, quiet=quiet)
    outcomes = []
    for at, outcome in enumerate(run(planned, task, workers=jobs or _usual_jobs(), again=again), start=1):
        _tell(outcome, f"[{at}/{len(planned)}]", quiet=quiet, report=report)
        outcomes.append(outcome)
    failed = {outcome.job.line: outcome.error for outcome in outcomes if outcome.error}
    if memory is not None:
        merged = merge([job for job in planned if job.line not in failed], task, memory)
        tell(
            f"wrote {merged.path}: {number_of(merged.units, 'units')}, {number_of(merged.doubles, 'doubles')} left out",
            quiet=quiet,
            always=report,
        )
    _tell_unsure(outcomes, task, quiet=quiet, report=report)
    _tell_end(outcomes, failed, manifest, quiet=quiet, report=report)
    if failed:
        raise click.exceptions.Exit(1)


def _tell_unsure(outcomes: Sequence[Outcome], task: Task, *, quiet: bool, report: bool) -> None:
    """How many pairs the memories leave out for their confidence, where nobody said how sure they must be."""
    unsure, back = (sum(outcome.unsure[at] for outcome in outcomes) for at in (0, 1))
    if unsure and task.min_confidence is None:
        told = unsure_hint((unsure, back), task.memory_least, "the memories")
        tell(told, quiet=quiet, always=report)


def _tell_end(
    outcomes: Sequence[Outcome], failed: Mapping[int, str], manifest: str, *, quiet: bool, report: bool
) -> None:
    """How many pairs are done, and what failed, by its line in the manifest."""
    kept = sum(outcome.kept for outcome in outcomes)
    tell(
        f"{len(outcomes) - len(failed)} of {len(outcomes)} pairs are done ({kept} were before), {len(failed)} failed",
        quiet=quiet,
        always=report or bool(failed),
    )
    for line, error in sorted(failed.items()):
        tell(f"failed: {manifest}:{line}: {error}", always=True)


def _usual_jobs() -> int:
    return min(_MOST_JOBS, os.cpu_count() or 1)


def _check(planned: Sequence[Job], task: Task, memory: str | None, manifest: str) -> None:
    """Find out before the work what would fail after it."""
    from align.errors import FormatError
    from align.exporters import check_writable, exporter, format_of

    if not planned:
        raise FormatError(f"{manifest}: no pair in it has both sides; fill in the empty ones")
    inputs = (manifest, *(str(path) for job in planned for path in (job.source, job.target)))
    if memory is not None:
        if exporter(format_of(memory)).write_units is None:
            raise FormatError(f"{memory}: no format for a merged memory; choose another ending, such as .tmx")
        check_writable(memory)
        check_not_input(memory, inputs)
    known = {os.path.realpath(path) for path in inputs}
    for job in planned:
        for path, _ in task.outputs(job.name):
            if os.path.realpath(path) in known:
                check_not_input(str(path), inputs)


def _tell_alone(rows: Sequence[Row], *, quiet: bool) -> None:
    alone = sum(row.source is None or row.target is None for row in rows)
    if alone:
        tell(f"{alone} documents without a partner are left out", quiet=quiet)


def _tell(outcome: Outcome, at: str, *, quiet: bool, report: bool) -> None:
    """A line of progress, and the warnings."""
    for message in outcome.warnings:
        warn(message)
    if outcome.error:
        told = f"failed: {outcome.error}"
    else:
        told = f"{number_of(outcome.units, 'units')}, {outcome.omissions} left out" + (
            ", done before" if outcome.kept else ""
        )
    tell(f"{at} {outcome.job.name}: {told}", quiet=quiet, always=report)
