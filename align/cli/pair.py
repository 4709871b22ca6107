"""``align pair``: align two files."""

from __future__ import annotations

import click

from align.cli.console import tell
from align.cli.models import ModelChoice, model_options
from align.cli.outputs import Outputs, output_options
from align.cli.process import make_ready
from align.cli.rules import srx_option


@click.command(name="pair", short_help="Align two files that translate each other.")
@click.argument("source", type=click.Path(readable=False))
@click.argument("target", type=click.Path(readable=False))
@click.option("-s", "--source-lang", metavar="LANG", help="Language of SOURCE (BCP 47); detected by default.")
@click.option("-t", "--target-lang", metavar="LANG", help="Language of TARGET (BCP 47); detected by default.")
@click.option("--sentences", is_flag=True, help="The files are cut already: one sentence a line.")
@srx_option
@click.option("--pins", metavar="FILE", help="Beads that are right, as --to beads prints them; they hold exactly.")
@click.option("--allow-moves", is_flag=True, help="Pair blocks that stand elsewhere in the translation, and flag them.")
@click.option("--encoding", metavar="NAME", help="Encoding of both files; detected by default.")
@model_options
@output_options
def command(
    *,
    source: str,
    target: str,
    source_lang: str | None,
    target_lang: str | None,
    sentences: bool,
    srx: str | None,
    pins: str | None,
    allow_moves: bool,
    encoding: str | None,
    model: ModelChoice,
    outputs: Outputs,
) -> None:
    """Align SOURCE and TARGET, two texts that translate each other; - is standard input.

    Without -o, the pairs go to standard output as TSV.

    \b
    align pair speech.ru.txt speech.en.txt -o speech.tmx -o speech.jsonl
    align pair --sentences a.txt b.txt --to beads
    """  # noqa: D301  # \b is how click is told to keep lines
    if source == target == "-":
        raise click.UsageError("only one of SOURCE and TARGET can be standard input")
    if sentences and srx is not None:
        raise click.UsageError("--sentences takes the files as cut, and --srx cuts them: leave out one of the two")
    outputs.check(inputs=(source, target, *filter(None, [pins])))
    make_ready()

    from align.cli.pins import named_pins, read_pins
    from align.pipeline import align_files

    pinned = read_pins(pins)

    tell(f"aligning {source} with {target}", quiet=outputs.quiet)
    with named_pins(pins):
        result = align_files(
            source,
            target,
            source_lang=source_lang,
            target_lang=target_lang,
            encoder=model.load(quiet=outputs.quiet),
            sentences=sentences,
            encoding=encoding,
            srx=srx,
            pins=pinned,
            allow_moves=allow_moves,
        )
    outputs.deliver(result)
