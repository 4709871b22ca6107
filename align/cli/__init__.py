"""The command line: one module a command, each a thin skin over the library."""

from align.cli.group import main

__all__ = ["main"]
