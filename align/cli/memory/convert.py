"""``align memory convert``: a memory in another format, or a memory of another file."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from align.cli.memory.inputs import STDOUT, check_output, deliver, said, said_options, warn_of
from align.cli.memory.progress import progress
from align.errors import FormatError


@click.command(name="convert", short_help="A memory in another format, or a memory of another file.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False), metavar="FILE [FILE]")
@click.option("-o", "--output", "out", metavar="OUT", default=STDOUT, help="Where to write; TMX on standard output.")
@click.option("--from", "source_format", metavar="FORMAT", help="Format of FILE, whatever the suffix.")
@click.option("--to", "target_format", metavar="FORMAT", help="Format of OUT, whatever the suffix.")
@click.option("-s", "--source-lang", "source", metavar="LANG", help="Source language; told from the file by default.")
@click.option("-t", "--target-lang", "target", metavar="LANG", help="Target language; told from the file by default.")
@said_options
def command(
    *,
    files: tuple[str, ...],
    out: str,
    source_format: str | None,
    target_format: str | None,
    source: str | None,
    target: str | None,
    report: bool,
    quiet: bool,
) -> None:
    """Write the units of FILE in another format. Two FILEs are lines that belong together.

    Reads TMX, TSV, CSV, JSON lines (also a result of align pair), XLIFF 1 and 2, XLSX, PO, HTML, DOCX,
    Parquet and lines; writes every format that align export writes.

    \b
    align memory convert memory.tmx -o memory.tsv
    align memory convert review.xlsx -o memory.tmx
    align memory convert corpus.ru corpus.en -o memory.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.memory import open_units

    if len(files) > 2:  # noqa: PLR2004
        raise click.UsageError("give one FILE, or two of lines that belong together")
    if out == STDOUT and target_format not in {None, "tmx"}:
        raise FormatError(f"{target_format} goes to a file; name one with -o")
    check_output(out, files, target_format)
    languages = _languages(source, target)
    with (
        progress(files[0], quiet=quiet) as told,
        open_units(files, format=source_format, languages=languages, progress=told) as memory,
    ):
        count = deliver(out, memory.header, memory.entries, form=target_format, languages=languages)
    warn_of(memory)
    left: Counter[Any] = Counter({"without two texts": memory.lost.counts["one-variant"]})
    said(out, count, left, report=report, quiet=quiet)


def _languages(source: str | None, target: str | None) -> tuple[str, ...]:
    from corpora.language import normalize

    if target is not None and source is None:
        raise click.UsageError("-t needs -s")
    return tuple(normalize(each) for each in (source, target) if each is not None)
