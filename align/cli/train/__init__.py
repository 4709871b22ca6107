"""``align train``: learning from a person's own text. One module a thing that can be learnt."""

from __future__ import annotations

from typing import Final

import click

from align.cli.lazy import LazyGroup

COMMANDS: Final = ("splitter", "model")
"""Each is a module of this package with a click command named ``command``."""


@click.group(
    name="train",
    cls=LazyGroup,
    package=__name__,
    names=COMMANDS,
    short_help="Learn from text of your own.",
)
def command() -> None:
    """Learn from text of your own."""
