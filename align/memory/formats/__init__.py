"""Pairs of texts read from files other than TMX: one module a format, one registry, all streaming."""

from __future__ import annotations

import os
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.memory.decoding import opened
from align.memory.entries import Entry, MemoryHeader
from align.memory.formats import jsonl, moses, pages, parquet, po, tables, xliff, xlsx
from align.memory.formats.base import Row, Rows, told
from align.memory.memories import Memory, clean_entries, named, open_memory
from align.memory.rules import Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

READERS: Final[Mapping[str, Callable[[Rows], Iterator[Row]]]] = MappingProxyType(
    {
        "tsv": tables.read_tsv,
        "csv": tables.read_csv,
        "jsonl": jsonl.read,
        "xliff": xliff.read,
        "xlsx": xlsx.read,
        "po": po.read,
        "html": pages.read_html,
        "docx": pages.read_docx,
        "parquet": parquet.read,
    }
)
"""What reads each format but TMX and Moses; each gives the pairs in the order of the file."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".tmx": "tmx",
        ".tmx.gz": "tmx",
        ".tsv": "tsv",
        ".tab": "tsv",
        ".txt": "tsv",
        ".csv": "csv",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".xlf": "xliff",
        ".xliff": "xliff",
        ".xlf2": "xliff",
        ".xliff2": "xliff",
        ".sdlxliff": "xliff",
        ".mqxliff": "xliff",
        ".mxliff": "xliff",
        ".xlsx": "xlsx",
        ".po": "po",
        ".pot": "po",
        ".html": "html",
        ".htm": "html",
        ".docx": "docx",
        ".parquet": "parquet",
    }
)
"""Endings of file names and the formats that they stand for."""

FORMATS: Final = ("tmx", *READERS, "moses")


def format_of_input(path: str | os.PathLike[str]) -> str:
    """The format of a file to be read, by its ending; TMX where there is none that we know."""
    name = os.path.basename(os.fspath(path)).lower()  # noqa: PTH119  # pathlib knows only the last of two endings
    found = [ending for ending in ENDINGS if name.endswith(ending)]
    return ENDINGS[max(found, key=len)] if found else "tmx"


@contextmanager
def open_units(
    paths: Sequence[str | os.PathLike[str]],
    *,
    format: str | None = None,  # noqa: A002  # the word a caller expects
    languages: tuple[str, ...] = (),
    progress: Callable[[int], None] | None = None,
) -> Iterator[Memory]:
    """Open a file of any format as a memory; two files, a language each, line by line, as Moses has them.

    Args:
        paths: one file, or two of lines that belong together.
        format: a name in `FORMATS`; None goes by the ending.
        languages: source and target language; told from the file, else from the texts.
        progress: is told how many bytes have been read, where that can be told.

    Raises:
        ReadError: a file cannot be opened.
        FormatError: the format is unknown, or the file is not in it.
        UnknownLanguageError: a language is not given and cannot be told.
    """
    chosen = format or ("moses" if len(paths) > 1 else format_of_input(paths[0]))
    if chosen not in FORMATS:
        raise FormatError(f"unknown format {chosen!r}; there are {', '.join(FORMATS)}")
    if chosen == "tmx":
        with open_memory(paths[0], progress=progress) as memory:
            yield memory
    elif chosen == "moses":
        with moses.opened_sides(paths) as rows:
            yield _memory(named(paths[0]), moses.read(rows), languages)
    else:
        with opened(paths[0]) as stream:
            rows_of = Rows(stream, named(paths[0]), progress)
            yield _memory(rows_of.name, READERS[chosen](rows_of), languages)


def _memory(name: str, rows: Iterator[Row], languages: tuple[str, ...]) -> Memory:
    """Rows as clean entries of two languages."""
    (source, target), told_rows = told(rows, languages, name)
    header = MemoryHeader({"srclang": source, "segtype": "sentence"}, present=False)
    made = (row.entry(source, target) for row in told_rows)
    return clean_entries(made, header, (source, target), name)


__all__ = ["ENDINGS", "FORMATS", "READERS", "Entry", "Findings", "Row", "format_of_input", "open_units"]
