"""`fix`: a memory that every tool takes, made from one in any state."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from align.exporters.files import check_writable, replacing
from align.memory.checking import Known, Report, check, survey
from align.memory.cleaning import Cleaner, clean_header, source_language
from align.memory.decoding import Source, opened
from align.memory.formats.base import seekable_copy
from align.memory.languages import repair_language
from align.memory.reader import Reader
from align.memory.rules import Findings
from align.memory.writing import write_memory

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from align.memory.entries import Entry


@dataclass(frozen=True, slots=True)
class FixReport:
    """What `fix` did.

    Attributes:
        before: what was wrong with the memory; `align.memory.rules.RULES` says how each is repaired.
        after: what is still wrong with the one that was written.
        units: how many units it holds.
        lost: units and variants that could not be saved, with the line where they stood and the reason.
    """

    before: Report
    after: Report
    units: int
    lost: Findings


def fix(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    limit: int = 10,
    progress: Callable[[int], None] | None = None,
) -> FixReport:
    """Write a memory anew such that every tool takes it and fills from it.

    Args:
        path: the file; ``-`` is standard input.
        out: the new file.
        limit: findings kept of each kind; 0 for all.
        progress: is told how many bytes have been read.

    Raises:
        ReadError: the file cannot be opened.
        WriteError: the new file cannot be written.
    """
    check_writable(out)
    name = "standard input" if str(path) == "-" else str(path)
    with opened(path) as stream, seekable_copy(stream) as again:
        before, known = survey(again, name, limit=limit, progress=progress)
        again.seek(0)
        with replacing(out) as target:
            units, lost = rewrite(again, target, known, before, limit=limit)
    return FixReport(before, check(out, limit=limit), units, lost)


def rewrite(
    stream: BinaryIO, target: BinaryIO, known: Known, before: Report, *, limit: int = 10
) -> tuple[int, Findings]:
    """Write the clean entries of a memory into a stream; returns their number, and what is lost."""
    reader = Reader(Source(stream, Findings()))
    entries = reader.entries()
    # The header is known once the first entry is.
    head = next(entries, None)
    source = source_language(reader.header, known.first, known.languages)
    header = clean_header(reader.header, source)
    reader.lost.limit = limit
    cleaner = Cleaner(
        source,
        main_languages(known, source),
        header.attributes["segtype"],
        damaged=bool(before.findings.counts["encoding"]),
        lost=reader.lost,
    )
    units = write_memory(target, header, _clean(cleaner, head, entries, known.repeated))
    return units, reader.lost


def _clean(cleaner: Cleaner, head: Entry | None, rest: Iterator[Entry], repeated: frozenset[int]) -> Iterator[Entry]:
    for number, entry in enumerate(_chain(head, rest)):
        made = cleaner.entry(entry, drop_tuid=number in repeated)
        if made is not None:
            yield made


def _chain(head: Entry | None, rest: Iterator[Entry]) -> Iterator[Entry]:
    if head is not None:
        yield head
        yield from rest


def main_languages(known: Known, source: str) -> tuple[str, ...]:
    """The source language and the commonest other one."""
    counts = Counter[str]()
    for code, count in known.languages.items():
        counts[repair_language(code) or ""] += count
    others = [code for code, _ in counts.most_common() if code and code != source]
    return (source, *others[:1])
