"""Pins on the command line: beads that a person says are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
