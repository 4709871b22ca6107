"""The group of commands: finds them, and turns what goes wrong into one line and an exit status."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any, Final

import click

from align.cli.console import warn
from align.cli.lazy import LazyGroup
from corpora.errors import ToolkitError, ToolkitWarning

COMMANDS: Final = ("pair", "match", "batch", "many", "split", "export", "realign", "show", "memory", "eval", "train")
"""Each is a module of this package with a click command named ``command``."""

INTERRUPTED: Final = 130
"""What a shell expects of a program ended by Ctrl-C: 128 + SIGINT."""


class OneLineError(click.ClickException):
    """An error of ours on its way to a person: one line on stderr, exit 1."""

    def show(self, file: Any = None) -> None:
        """Write the line; click would have put a capital ``Error`` before it."""
        click.echo("error: " + " ".join(self.message.splitlines()), err=True, file=file)


class CommandGroup(LazyGroup):
    """Imports a command only when it is asked for, and answers for its errors.

    Exit status: 0 done, 1 an error of ours, 2 wrong usage (click's), 130 interrupted.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a user's input can cause ends as one line."""
        with warnings.catch_warnings():
            warnings.simplefilter("always", ToolkitWarning)
            warnings.showwarning = _show_warning  # type: ignore[assignment]  # takes fewer arguments
            try:
                return super().invoke(ctx)
            except ToolkitError as error:
                raise OneLineError(str(error)) from error
            except BrokenPipeError:
                _forget_stdout()
                raise click.exceptions.Exit(0) from None
            except KeyboardInterrupt:
                raise click.exceptions.Exit(INTERRUPTED) from None


def _show_warning(message: Warning | str, category: type[Warning], *_where: object) -> None:
    """Show our own warnings as one line; others are for programmers, who ask for them with ``-W``."""
    if issubclass(category, ToolkitWarning) or sys.warnoptions:
        warn(str(message))


def _forget_stdout() -> None:
    """Point stdout nowhere: its reader (``head``) has what it wanted, and Python flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    """Print the program's version and the shipped model's name."""
    if not wanted or ctx.resilient_parsing:
        return
    import align
    from align.encoder import load_encoder

    try:
        model = load_encoder().name
    except ToolkitError as error:
        model = f"unusable: {error}"
    click.echo(f"align {align.__version__}, model {model}")
    ctx.exit()


@click.command(
    cls=CommandGroup,
    package="align.cli",
    names=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and the shipped model, and exit.",
)
def main() -> None:
    """Align translated documents sentence by sentence, and write translation memories.

    \b
    align pair speech.ru.txt speech.en.txt -o speech.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
