"""``align memory dedupe``: each source once."""

from __future__ import annotations

import click

from align.cli.console import tell
from align.cli.memory.inputs import output_option, said_options
from align.cli.memory.joined import Joining

_CHOICES = ("commonest", "surest", "newest", "first", "last", "all")


@click.command(name="dedupe", short_help="Each source once, with one target.")
@click.argument("file", type=click.Path(readable=False))
@output_option
@click.option(
    "--keep",
    type=click.Choice(_CHOICES),
    default="commonest",
    show_default=True,
    help="Which of several targets of one source stays; all leaves out exact doubles only.",
)
@said_options
def command(*, file: str, out: str, keep: str, report: bool, quiet: bool) -> None:
    """Leave out of FILE units that come again, and all but one target of each source.

    Of two targets tools take the first, the last or any. Ties go to the surer unit, then to the first.

    \b
    align memory dedupe memory.tmx -o clean.tmx --report
    """  # noqa: D301  # \b is how click is told to keep lines
    joining = Joining((file,), out, quiet=quiet)
    joining.check()
    joining.write(joining.find(keep))
    for line in joining.page():
        tell(line, quiet=quiet, always=report)
