"""Beads as bare indices, for programs: ``3,4<TAB>3<TAB>0.981``."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from align.exporters.base import Exporter, Options, Written

if TYPE_CHECKING:
    from align.types import Alignment, Bead


def indices(side: tuple[int, ...]) -> str:
    """Indices from 0, comma-separated; an empty string for the empty side of a null."""
    return ",".join(map(str, side))


def line(bead: Bead) -> str:
    """One bead without its line end: source indices, target indices, confidence."""
    return f"{indices(bead.source)}\t{indices(bead.target)}\t{bead.confidence:.3f}"


def _write(alignment: Alignment, stream: BinaryIO, _options: Options) -> Written:
    stream.writelines(f"{line(bead)}\n".encode("ascii") for bead in alignment.beads)
    return Written(len(alignment.beads))


EXPORTER = Exporter(
    name="beads",
    suffixes=(".beads",),
    description="one line a bead: source indices, target indices, confidence; indices from 0",
    write=_write,
)
