"""Pins on the command line: beads that a person says are right."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from align.errors import PinError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.types import Bead


def read_pins(path: str | None) -> tuple[Bead, ...]:
    """The beads of a file as ``--to beads`` prints them; confidences do not matter.

    Raises:
        FormatError: the file cannot be read or a line is no bead; ``path:line``.
    """
    if path is None:
        return ()
    from align.evaluation import read_annotated

    return read_annotated(path, "beads")[0].beads


@contextmanager
def named_pins(path: str | None) -> Iterator[None]:
    """Say which file the pins are in, where they cannot hold; the aligner knows no file.

    Raises:
        PinError: as inside, behind the name of the file.
    """
    try:
        yield
    except PinError as error:
        raise PinError(f"{path}: {error}") from error
