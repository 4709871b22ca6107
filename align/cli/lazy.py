"""A group of commands that imports each one only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


class LazyGroup(click.Group):
    """Finds its commands as modules of a package, each with a click command called ``command``."""

    def __init__(self, *args: Any, package: str, names: Sequence[str], **attributes: Any) -> None:
        """Remember where the commands are.

        Args:
            *args: for `click.Group`.
            package: dotted name of the package that holds a module for each command.
            names: the modules, in the order in which ``--help`` lists them.
            **attributes: for `click.Group`.
        """
        super().__init__(*args, **attributes)
        self._package = package
        self._names = tuple(names)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands, in the order in which people meet them."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module."""
        if cmd_name not in self._names:
            return None
        return cast("click.Command", import_module(f"{self._package}.{cmd_name}").command)
