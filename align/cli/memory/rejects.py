"""A second memory, of what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from align.memory import Entry, MemoryHeader


def writer(path: str, header: MemoryHeader, stack: ExitStack) -> Callable[[Entry], None]:
    """Writes one entry after another; the file appears when `stack` is closed.

    Raises:
        WriteError: the file cannot be written.
    """
    from align.exporters import replacing
    from align.memory import closing, opening, serialize

    stream = stack.enter_context(replacing(path))
    stream.write(opening(header))
    # Before the stream is closed: what is entered last is left first.
    stack.callback(lambda: stream.write(closing()))

    def write(entry: Entry) -> None:
        stream.write(serialize(entry).encode())

    return write
