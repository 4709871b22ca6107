"""What the command line writes: results on stdout as UTF-8, everything else on stderr."""

from __future__ import annotations

import sys

import click

from align.errors import WriteError


def emit(text: str) -> None:
    r"""Write a result to stdout: UTF-8 and ``\n`` whatever the locale says.

    A lone surrogate, which UTF-8 cannot hold, becomes ``\udXXX``: valid in JSON, readable elsewhere.

    Raises:
        WriteError: stdout takes no more (a full disk).
        BrokenPipeError: nobody reads stdout any more; the group ends quietly on it.
    """
    if sys.stdout is None:
        raise WriteError("standard output is closed; name a file with -o")
    try:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"standard output: {error.strerror or error}") from error


def warn(message: str) -> None:
    """Write one line that a person should see, terminal or not."""
    click.echo("warning: " + " ".join(message.splitlines()), err=True)


def tell(message: str, *, quiet: bool = False, always: bool = False) -> None:
    """Write progress or a report to stderr, where a person watches.

    Args:
        message: one or more lines.
        quiet: say nothing.
        always: say it even where stderr is no terminal.
    """
    watched = sys.stderr is not None and sys.stderr.isatty()  # None: closed by whoever started us
    if always or (not quiet and watched):
        click.echo(message, err=True)
