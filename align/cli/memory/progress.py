"""How far a long file is read, for a person who waits."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORTH_IT: Final = 10_000_000
"""Bytes of a file that is read long enough to show a bar."""


@contextmanager
def progress(path: str, *, quiet: bool = False) -> Iterator[Callable[[int], None] | None]:
    """A function to tell how many bytes of `path` are read; None where nobody watches, or it is soon done."""
    watched = sys.stderr is not None and sys.stderr.isatty() and not quiet
    size = os.path.getsize(path) if watched and os.path.isfile(path) else 0  # noqa: PTH113, PTH202  # may be odd names
    if size < _WORTH_IT:
        yield None
        return
    done = 0
    with click.progressbar(length=size, label=path, file=sys.stderr) as bar:

        def tell(position: int) -> None:
            nonlocal done
            # A second pass over the file begins again.
            if position != done:
                bar.update(position - done)
                done = position

        yield tell
