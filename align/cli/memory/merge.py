"""``align memory merge`` and ``dedupe``: several memories in one, doubles once."""

from __future__ import annotations

import click

from align.cli.console import tell
from align.cli.memory.inputs import output_option, said_options
from align.cli.memory.joined import Joining

_CHOICES = ("commonest", "surest", "newest", "first", "last", "all")


@click.command(name="merge", short_help="Several memories in one, doubles once.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False), metavar="FILE...")
@output_option
@click.option(
    "--keep",
    type=click.Choice(_CHOICES),
    default="all",
    show_default=True,
    help="Which of several targets of one source stay.",
)
@click.option("--doubles", is_flag=True, help="Keep doubles too.")
@said_options
def command(*, files: tuple[str, ...], out: str, keep: str, doubles: bool, report: bool, quiet: bool) -> None:
    """Put each FILE into one memory, in this order; of equal units the first stays.

    \b
    align memory merge old.tmx new.tmx -o all.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    joining = Joining(files, out, quiet=quiet)
    joining.check()
    joining.write(None if doubles else joining.find(keep))
    for line in joining.page():
        tell(line, quiet=quiet, always=report)
