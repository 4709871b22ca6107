"""What every format of translation units shares: an alignment becomes a stream of the units that a memory holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from align.exporters.base import Header, Options, Written
from align.exporters.selection import header_of, judge_by, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from align.types import Alignment, TranslationUnit


def writer_of(
    write_units: Callable[[BinaryIO, Iterable[TranslationUnit], Header, Options], int],
) -> Callable[[Alignment, BinaryIO, Options], Written]:
    """An `Exporter.write` that hands the units of an alignment to an `Exporter.write_units`."""

    def write(alignment: Alignment, stream: BinaryIO, options: Options) -> Written:
        header = header_of(alignment, options)
        verdicts = judge_by(alignment, options)
        count = write_units(stream, units_of(verdicts, alignment), header, options)
        return Written(count, tuple(verdict.omission for verdict in verdicts if verdict.omission))

    return write
