"""``align realign``: correct a kept result, and make anew only what lies around the corrections."""

from __future__ import annotations

import click

from align.cli.console import tell
from align.cli.models import ModelChoice, model_options
from align.cli.outputs import Outputs, output_options
from align.cli.pins import named_pins, read_pins


@click.command(name="realign", short_help="Correct links of a kept result; the rest follows.")
@click.argument("result", type=click.Path(readable=False))
@click.argument("pins", type=click.Path(readable=False))
@model_options
@output_options
def command(*, result: str, pins: str, model: ModelChoice, outputs: Outputs) -> None:
    """Make the beads in PINS hold in RESULT, a .jsonl file that align pair wrote.

    PINS holds a bead a line, as --to beads prints them: source sentences, TAB, target sentences, counted from 0; an
    empty side says that a sentence has no counterpart. Only what lies around a pin is aligned anew. A pin has
    confidence 1, and stays when the result is corrected again.

    \b
    align pair speech.ru.txt speech.en.txt -o speech.jsonl
    align realign speech.jsonl pins.beads -o speech.jsonl -o speech.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    outputs.check(inputs=(pins,))

    from align.aligner import Aligner
    from align.exporters import read_result

    alignment, pinned = read_result(result), read_pins(pins)
    tell(f"correcting {result} by {len(pinned)} beads", quiet=outputs.quiet)
    aligner = Aligner(model.load(quiet=outputs.quiet))
    with named_pins(pins):
        corrected = aligner.realign(alignment, pinned)
    outputs.deliver(corrected)
