"""``align memory filter``: the units that stay."""

from __future__ import annotations

from contextlib import ExitStack

import click

from align.cli.memory.inputs import check_output, deliver, output_option, refuse_input, said, said_options, warn_of
from align.cli.memory.progress import progress
from align.cli.memory.rejects import writer


@click.command(name="filter", short_help="The units that stay: by confidence, language, length, numbers.")
@click.argument("file", type=click.Path(readable=False))
@output_option
@click.option(
    "--rejected", metavar="FILE", type=click.Path(readable=False), help="Write what is left out to FILE (TMX)."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Leave out units that say they are less sure than P.",
)
@click.option(
    "-l",
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG",
    help="Keep variants in LANG only; may be repeated.",
)
@click.option(
    "--max-ratio",
    type=click.FloatRange(1),
    metavar="R",
    help="Leave out units with a text more than R times as long as the other.",
)
@click.option("--min-length", type=click.IntRange(0), default=0, metavar="N", help="Characters of a text, at least.")
@click.option("--max-length", type=click.IntRange(1), metavar="N", help="Characters of a text, at most.")
@click.option("--numbers", is_flag=True, help="Leave out units whose numbers differ.")
@click.option("--untranslated", is_flag=True, help="Leave out units whose target is the source.")
@click.option("--wrong-language", is_flag=True, help="Leave out units that read like another language.")
@said_options
def command(
    *,
    file: str,
    out: str,
    rejected: str | None,
    min_confidence: float,
    languages: tuple[str, ...],
    max_ratio: float | None,
    min_length: int,
    max_length: int | None,
    numbers: bool,
    untranslated: bool,
    wrong_language: bool,
    report: bool,
    quiet: bool,
) -> None:
    """Write the units of FILE that pass all that is asked for.

    \b
    align memory filter memory.tmx -o good.tmx --untranslated --numbers --rejected bad.tmx
    align memory filter memory.tmx -o ru-en.tmx -l ru -l en
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.memory import Sieve, Wanted, open_memory

    check_output(out, (file,))
    if rejected is not None:
        refuse_input(rejected, (file,))
    sieve = Sieve(
        Wanted(
            min_confidence,
            _codes(languages),
            max_ratio or 0.0,
            min_length,
            max_length or 0,
            numbers,
            untranslated,
            wrong_language,
        )
    )
    with ExitStack() as stack:
        told = stack.enter_context(progress(file, quiet=quiet))
        memory = stack.enter_context(open_memory(file, progress=told))
        if rejected is not None:
            sieve.rejected = writer(rejected, memory.header, stack)
        count = deliver(out, memory.header, sieve.sift(memory.entries))
    warn_of(memory)
    said(out, count, sieve.counts, report=report, quiet=quiet)


def _codes(languages: tuple[str, ...]) -> tuple[str, ...]:
    from corpora.language import normalize

    return tuple(map(normalize, languages))
