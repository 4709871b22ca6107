"""``align match``: which file is whose translation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.cli.console import emit, tell, warn
from align.cli.models import ModelChoice, model_options
from align.cli.outputs import not_nan

if TYPE_CHECKING:
    from align.matching import Matching


@click.command(name="match", short_help="Propose which files translate each other.")
@click.argument("places", metavar="DIR...", nargs=-1, required=True, type=click.Path(readable=False))
@click.option("-s", "--source-lang", metavar="LANG", help="Language of the sources (BCP 47).")
@click.option("-t", "--target-lang", metavar="LANG", help="Language of their translations (BCP 47).")
@click.option("-o", "--output", "path", metavar="FILE", help="Write the manifest to FILE, and the pairs to stdout.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    callback=not_nan,
    default=0.5,
    show_default=True,
    help="Propose no pair that is less sure than P.",
)
@model_options
@click.option("--report", is_flag=True, help="List what is in no pair, also where stderr is no terminal.")
@click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors.")
def command(
    *,
    places: tuple[str, ...],
    source_lang: str | None,
    target_lang: str | None,
    path: str | None,
    min_confidence: float,
    model: ModelChoice,
    report: bool,
    quiet: bool,
) -> None:
    """Propose which files in directories DIR translate each other, and how sure that is.

    Looks at document numbers, file names, addresses, dates and content. The result is a manifest, a table of
    pairs to check and to give to align batch. Without -s and -t the two languages of most documents are taken;
    the one that is not English is the source.

    \b
    align match statements/ -o pairs.tsv
    align match ru/ en/ -s ru -t en > pairs.tsv
    """  # noqa: D301  # \b is how click is told to keep lines
    if path is not None:
        from align.exporters import check_writable

        check_writable(path)

    from align.matching import match, render_manifest

    found = match(
        places,
        source_lang=source_lang,
        target_lang=target_lang,
        encoder=model.load(quiet=quiet),
        min_confidence=min_confidence,
        watch=None if quiet else _watch,
    )
    if path is None:
        emit(render_manifest(found))
    else:
        from align.exporters.files import replacing

        with replacing(path) as stream:
            stream.write(render_manifest(found, Path(path).parent).encode("utf-8"))
        emit(_pairs(found))
    _tell_rest(found, quiet=quiet, report=report)


_EVERY = 100


def _watch(done: int, of: int) -> None:
    if done % _EVERY == 0 or done == of:
        tell(f"read {done} of {of} files")


def _pairs(found: Matching) -> str:
    """A line a pair: how sure, both files, why."""
    from align.matching import explain

    return "".join(f"{pair.confidence:.3f}  {pair.source}  {pair.target}  {explain(pair)}\n" for pair in found.pairs)


def _tell_rest(found: Matching, *, quiet: bool, report: bool) -> None:
    """What is in no pair, and why."""
    for skipped in found.skipped:
        warn(f"{skipped.path}: {skipped.reason}")
    lines = [f"alone: {single.path}: {single.reason}" for single in found.singles]
    lines.append(
        f"{len(found.pairs)} pairs {found.source_lang}-{found.target_lang}, {len(found.singles)} documents alone, "
        f"{len(found.skipped)} not read"
    )
    tell("\n".join(lines), quiet=quiet, always=report)
