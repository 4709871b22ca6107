"""``align memory``: translation memories, whoever made them. One module a command."""

from __future__ import annotations

from typing import Final

import click

from align.cli.lazy import LazyGroup

COMMANDS: Final = ("check", "info", "merge", "dedupe", "filter", "split", "convert", "score", "diff")
"""Each is a module of this package with a click command named ``command``."""


@click.group(
    name="memory",
    cls=LazyGroup,
    package=__name__,
    names=COMMANDS,
    short_help="Check, repair and work on translation memories.",
)
def command() -> None:
    """Check, repair and work on translation memories (TMX), of any make and in any state."""
