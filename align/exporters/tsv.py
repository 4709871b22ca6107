"""A table for people and spreadsheets: every bead a row, the two texts first."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from align.exporters.base import Exporter, Options, Written
from align.exporters.beads import indices
from align.exporters.selection import Verdict, judge
from align.exporters.text import clean_cell

if TYPE_CHECKING:
    from align.types import Alignment

COLUMNS: Final = ("source", "target", "confidence", "source_indices", "target_indices", "left_out")
"""The header row: texts, confidence, sentence indices from 0, why a memory leaves the bead out."""


def _write(alignment: Alignment, stream: BinaryIO, options: Options) -> Written:
    stream.write(_line(COLUMNS))
    stream.writelines(_line(_cells(verdict)) for verdict in judge(alignment, min_confidence=options.min_confidence))
    return Written(len(alignment.beads))


def _cells(verdict: Verdict) -> tuple[str, ...]:
    bead = verdict.bead
    return (
        clean_cell(verdict.source),
        clean_cell(verdict.target),
        f"{bead.confidence:.3f}",
        indices(bead.source),
        indices(bead.target),
        clean_cell(verdict.omission.reason) if verdict.omission else "",
    )


def _line(cells: tuple[str, ...]) -> bytes:
    return ("\t".join(cells) + "\n").encode("utf-8")


EXPORTER = Exporter(
    name="tsv",
    suffixes=(".tsv",),
    description="a table of all beads with both texts, confidence, indices, and why a memory leaves it out",
    write=_write,
)
