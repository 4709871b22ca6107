"""What a memory leaves out, each bead with its reason: the report that lies beside the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from align.exporters.base import DEFAULT_MIN_CONFIDENCE, Exporter, Options, Written
from align.exporters.beads import indices
from align.exporters.selection import Verdict, judge_by
from align.exporters.text import clean_cell

if TYPE_CHECKING:
    from align.types import Alignment

COLUMNS: Final = ("kind", "reason", "confidence", "source", "target", "source_indices", "target_indices")
"""The header row: what ``--keep`` calls it, the reason in words, and the bead."""


def _write(alignment: Alignment, stream: BinaryIO, options: Options) -> Written:
    stream.write(_line(COLUMNS))
    verdicts = [verdict for verdict in judge_by(alignment, options) if verdict.omission]
    stream.writelines(_line(_cells(verdict)) for verdict in verdicts)
    return Written(len(verdicts))


def _cells(verdict: Verdict) -> tuple[str, ...]:
    bead, omission = verdict.bead, verdict.omission
    return (
        omission.code if omission else "",
        omission.reason if omission else "",
        f"{bead.confidence:.3f}",
        verdict.source,
        verdict.target,
        indices(bead.source),
        indices(bead.target),
    )


def _line(cells: tuple[str, ...]) -> bytes:
    return ("\t".join(map(clean_cell, cells)) + "\n").encode("utf-8")


EXPORTER = Exporter(
    name="omitted",
    suffixes=(".omitted.tsv",),
    description="a table of what a memory leaves out, with the reason: the report beside the memory",
    write=_write,
    min_confidence=DEFAULT_MIN_CONFIDENCE,
    reports=True,
)
