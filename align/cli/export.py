"""``align export``: make any format from a kept result."""

from __future__ import annotations

import click

from align.cli.outputs import Outputs, output_options


@click.command(name="export", short_help="Write a kept result in another format.")
@click.argument("result", type=click.Path(readable=False))
@output_options
def command(*, result: str, outputs: Outputs) -> None:
    """Write RESULT, a .jsonl file that align pair wrote, in another format.

    \b
    align export speech.jsonl -o speech.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    outputs.check(inputs=(result,))

    from align.exporters import read_result

    outputs.deliver(read_result(result))
