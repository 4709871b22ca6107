"""``align many``: align several files that translate each other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from align.cli.console import emit, tell, warn
from align.cli.models import ModelChoice, model_options
from align.cli.outputs import check_not_input, memory_confidence_option, number_of, unsure_hint
from align.cli.process import make_ready
from align.cli.rules import srx_option


@click.command(name="many", short_help="Align three or more languages into one memory.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False), metavar="FILE FILE...")
@click.option("-l", "--lang", "langs", metavar="LANG", multiple=True, help="Language of each FILE, in their order.")
@click.option("--pivot", default=1, show_default=True, metavar="N", help="The N-th FILE is what the others translate.")
@click.option(
    "-o", "--output", "path", metavar="FILE.tmx", help="Write a multilingual TMX; without it, a table is printed."
)
@srx_option
@model_options
@click.option("--encoding", metavar="NAME", help="Encoding of all files; detected by default.")
@memory_confidence_option
@click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors.")
def command(
    *,
    files: tuple[str, ...],
    langs: tuple[str, ...],
    pivot: int,
    path: str | None,
    srx: str | None,
    model: ModelChoice,
    encoding: str | None,
    min_confidence: float | None,
    quiet: bool,
) -> None:
    """Align FILEs, one text in several languages, to one of them, and put them into one memory.

    \b
    align many speech.ru.txt speech.en.txt speech.fr.txt -o speech.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    if len(files) < 2:  # noqa: PLR2004  # alignment takes two
        raise click.UsageError("give two files or more")
    if langs and len(langs) != len(files):
        raise click.UsageError("give -l once for each file, in their order, or not at all")
    if not 1 <= pivot <= len(files):
        raise click.UsageError(f"--pivot counts the files: from 1 to {len(files)}")
    _check_output(path, files)

    make_ready()
    from align.exporters import DEFAULT_MIN_CONFIDENCE, REVIEW_MIN_CONFIDENCE
    from align.multilingual import align_many, multilingual_units, table, write_multilingual

    tell(f"aligning {len(files)} files with {files[pivot - 1]}", quiet=quiet)
    encoder = model.load(quiet=quiet)
    result = align_many(files, langs=langs, pivot=pivot - 1, encoder=encoder, encoding=encoding, srx=srx)
    if path is None:
        emit("".join(table(result)))
        return
    least = DEFAULT_MIN_CONFIDENCE if min_confidence is None else min_confidence
    report, left_out = write_multilingual(result, path, min_confidence=least)
    counted = Counter(each.code for each in left_out)
    counts = ", ".join(f"{count} {code}" for code, count in counted.most_common())
    tell(
        f"wrote {path}: {number_of(report.units, 'units')}" + (f"; texts left out: {counts}" if counts else ""),
        quiet=quiet,
    )
    if counted["confidence"] and min_confidence is None:
        _, would = multilingual_units(result, min_confidence=REVIEW_MIN_CONFIDENCE)
        back = counted["confidence"] - sum(each.code == "confidence" for each in would)
        tell("  " + unsure_hint((counted["confidence"], back), least, path, what="text"), quiet=quiet)
    if not report.units:
        warn(f"{path} holds nothing: no text found its counterparts")


def _check_output(path: str | None, files: tuple[str, ...]) -> None:
    """Find out before the work what would fail after it."""
    if path is None:
        return
    from align.exporters import check_writable

    if Path(path).suffix.lower() != ".tmx":
        raise click.UsageError("-o takes a .tmx file; the table goes to standard output")
    check_writable(path)
    check_not_input(path, files)
