"""A memory opened for work: its clean entries one by one, and what was lost on the way."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from align.errors import ReadError
from align.memory.cleaning import Cleaner, clean_header, source_language
from align.memory.decoding import Source, opened
from align.memory.entries import MemoryHeader
from align.memory.languages import repair_language
from align.memory.reader import Reader
from align.memory.rules import Findings

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from align.memory.entries import Entry

_HEAD: Final = 1_000
"""Entries that are looked at before the first is given out, to tell the source language."""
_EVERY: Final = 500
_NO_MEMORY: Final = frozenset({"empty", "no-tmx"})
"""Findings with which a file that has no unit is no memory at all."""


@dataclass(slots=True)
class Memory:
    """An open memory.

    Attributes:
        name: the file as it was named.
        header: what it says of itself, with all that TMX asks for.
        said: what it says of itself, as it stands in the file.
        entries: the clean entries; to be gone through once.
        encoding: what the file is in.
        findings: what was wrong with the file so far; structure and texts are not judged, see `check`.
        lost: units and variants left out so far, because they could not be read or lack a second language.
    """

    name: str
    header: MemoryHeader
    entries: Iterator[Entry]
    encoding: str
    findings: Findings
    lost: Findings = field(default_factory=Findings)
    said: MemoryHeader = field(default_factory=MemoryHeader)


def named(path: str | os.PathLike[str]) -> str:
    """How a file is called in messages."""
    return "standard input" if str(path) == "-" else str(path)


@contextmanager
def open_memory(path: str | os.PathLike[str], *, progress: Callable[[int], None] | None = None) -> Iterator[Memory]:
    """Open a TMX file in any state.

    Args:
        path: the file; ``-`` is standard input.
        progress: is told how many bytes of the file have been read, now and then.

    Raises:
        ReadError: the file cannot be opened, or nothing in it is TMX.
    """
    with opened(path) as stream:
        yield memory_of(stream, named(path), progress=progress)


def memory_of(stream: BinaryIO, name: str, *, progress: Callable[[int], None] | None = None) -> Memory:
    """The memory in an open stream.

    Raises:
        ReadError: nothing in it is TMX; an empty memory made of it would hide that it is the wrong file.
    """
    source = Source(stream, Findings())
    reader = Reader(source)
    raw = reader.entries()
    head = list(islice(raw, _HEAD))
    if not head and not _NO_MEMORY.isdisjoint(source.findings.counts):
        raise ReadError(f"{name}: no translation memory (TMX): neither <tmx> nor a unit in it; is it the right file?")
    first = Counter(entry.variants[0].lang for entry in head if entry.variants)
    languages = Counter(variant.lang for entry in head for variant in entry.variants)
    lang = source_language(reader.header, first, languages)
    header = clean_header(reader.header, lang)
    known = Counter(repair_language(code) or "" for code in languages.elements())
    others = [code for code, _ in known.most_common() if code and code != lang]
    cleaner = Cleaner(lang, (lang, *others[:1]), header.attributes["segtype"], lost=reader.lost)
    entries = _clean(cleaner, chain(head, raw), source, progress)
    return Memory(name, header, entries, source.encoding, reader.findings, reader.lost, reader.header)


def clean_entries(entries: Iterator[Entry], header: MemoryHeader, languages: tuple[str, ...], name: str) -> Memory:
    """Entries that were not read from TMX as a memory; those without two texts are lost, with their line."""
    lost = Findings()
    cleaner = Cleaner(languages[0], languages, header.attributes.get("segtype", "sentence"), lost=lost)
    made = (kept for entry in entries if (kept := cleaner.entry(entry)) is not None)
    return Memory(name, clean_header(header, languages[0]), made, "utf-8", Findings(), lost)


def _clean(
    cleaner: Cleaner, entries: Iterator[Entry], source: Source, progress: Callable[[int], None] | None
) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        cleaner.damaged = "encoding" in source.findings.counts
        made = cleaner.entry(entry)
        if progress and number % _EVERY == 0:
            progress(source.size)
        if made is not None:
            yield made
    if progress:
        progress(source.size)


def first_header(path: str | os.PathLike[str]) -> MemoryHeader:
    """What a memory says of itself.

    Raises:
        ReadError: the file cannot be opened.
    """
    with open_memory(path) as memory:
        return memory.header


@contextmanager
def reusable(paths: Iterable[str]) -> Iterator[dict[str, Path]]:
    """Files that can be read more than once: standard input is copied to disk.

    Yields:
        For each name the file to be read.

    Raises:
        ReadError: a file cannot be opened.
    """
    found: dict[str, Path] = {}
    with ExitStack() as stack:
        for path in paths:
            with opened(path) as stream:
                if path != "-" and stream.seekable():
                    found[path] = Path(path)
                    continue
                copy = stack.enter_context(tempfile.NamedTemporaryFile(suffix=".tmx"))
                shutil.copyfileobj(stream, copy)
                copy.flush()
                found[path] = Path(copy.name)
        yield found
