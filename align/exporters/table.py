"""What every table format shares: each bead a row, kept or not, and a stream of units as rows too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from align.exporters.base import Header, Options, Written
from align.exporters.beads import indices
from align.exporters.selection import Verdict, judge_by, name_of
from align.exporters.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from align.types import Alignment, TranslationUnit

COLUMNS: Final = ("source", "target", "confidence", "source_indices", "target_indices", "left_out")
"""The columns of a table for programs: texts, confidence, sentence indices from 0, why a memory leaves the bead out."""

SURE: Final = 0.9
"""Pairs from this confidence on are shown as sure."""

LIKELY: Final = 0.6
"""Pairs from this confidence on are shown as worth a look, those below as doubtful."""


COLOURS: Final = {"sure": "E3F4E6", "look": "FFF3CD", "doubtful": "FDE2E0", "left out": "EDEDED"}
"""What stands behind each judgement: light enough for black text, told apart by their word and not by sight alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table.

    Attributes:
        number: counts the rows from 1.
        source: source text on one line, may be empty.
        target: target text on one line, may be empty.
        confidence: from 0 to 1.
        source_indices: sentence indices from 0, comma-separated; empty where nobody knows.
        target_indices: the same for the target.
        left_out: why a memory leaves the pair out, or empty.
    """

    number: int
    source: str
    target: str
    confidence: float
    source_indices: str = ""
    target_indices: str = ""
    left_out: str = ""

    @property
    def judgement(self) -> str:
        """The confidence in a word, for those who do not see colours."""
        if self.left_out:
            return "left out"
        shown = round(self.confidence, 3)  # as in `cells`, so that word and figure never contradict each other
        if shown >= SURE:
            return "sure"
        return "look" if shown >= LIKELY else "doubtful"

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as texts, in the order of `COLUMNS`."""
        return (
            self.source,
            self.target,
            f"{self.confidence:.3f}",
            self.source_indices,
            self.target_indices,
            self.left_out,
        )


def writer_of(
    write_rows: Callable[[BinaryIO, Iterable[Row], Header, Options], int],
) -> Callable[[Alignment, BinaryIO, Options], Written]:
    """An `Exporter.write` that hands every bead of an alignment to `write_rows`."""

    def write(alignment: Alignment, stream: BinaryIO, options: Options) -> Written:
        source, target = alignment.source.document, alignment.target.document
        # A table may be in unknown languages, or in one language twice: nobody looks it up.
        names = name_of(source), name_of(target)
        header = Header(source.lang, target.lang, options.created, alignment.signature, *names)
        verdicts = judge_by(alignment, options)
        return Written(write_rows(stream, _rows(verdicts), header, options))

    return write


def units_writer_of(
    write_rows: Callable[[BinaryIO, Iterable[Row], Header, Options], int],
) -> Callable[[BinaryIO, Iterable[TranslationUnit], Header, Options], int]:
    """An `Exporter.write_units` that hands each unit to `write_rows` as it comes."""

    def write_units(stream: BinaryIO, units: Iterable[TranslationUnit], header: Header, options: Options) -> int:
        rows = (Row(number, *header.pair(unit), unit.confidence) for number, unit in enumerate(units, start=1))
        return write_rows(stream, rows, header, options)

    return write_units


def _rows(verdicts: Iterable[Verdict]) -> Iterator[Row]:
    for number, verdict in enumerate(verdicts, start=1):
        yield Row(
            number,
            verdict.source,
            verdict.target,
            verdict.bead.confidence,
            indices(verdict.bead.source),
            indices(verdict.bead.target),
            clean(verdict.omission.reason) if verdict.omission else "",
        )
