"""Two plain files, one a language, whose lines correspond: what Moses and most trainers of models read.

``-o corpus.moses`` writes ``corpus.ru`` and ``corpus.en``. The lines are not tokenized, and ``|`` is not
escaped: Moses' own tokenizer does both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NoReturn

from align.errors import FormatError
from align.exporters.base import DEFAULT_MIN_CONFIDENCE, Exporter, Header, Options
from align.exporters.text import clean_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.types import TranslationUnit


def write_sides(
    streams: tuple[BinaryIO, BinaryIO], units: Iterable[TranslationUnit], header: Header, _options: Options
) -> int:
    """Write line ``i`` of each file from unit ``i``; returns how many lines.

    Raises:
        FormatError: a unit has no text in one of the languages.
    """
    source, target = streams
    count = 0
    for unit in units:
        left, right = header.pair(unit)
        source.write(f"{clean_cell(left)}\n".encode())
        target.write(f"{clean_cell(right)}\n".encode())
        count += 1
    return count


def _write_one(*_: object) -> NoReturn:
    raise FormatError("moses is two files, one a language; name them: -o corpus.moses")


EXPORTER = Exporter(
    name="moses",
    suffixes=(".moses",),
    description="two files of corresponding lines, NAME.ru and NAME.en",
    write=_write_one,
    write_units=_write_one,
    write_sides=write_sides,
    what="units",
    min_confidence=DEFAULT_MIN_CONFIDENCE,
)
