"""A memory parted into several files: by number of units, by size, or by pair of languages."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.exporters.files import check_writable, replacing
from align.memory.writing import closing, opening, serialize
from corpora.codes import same_language

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from align.memory.entries import Entry, MemoryHeader

_MOST: Final = 200
"""Files that are open at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the files.

    Attributes:
        path: where it is.
        units: how many it holds.
    """

    path: Path
    units: int


@dataclass(slots=True)
class _Open:
    stream: BinaryIO
    path: Path
    units: int = 0
    size: int = 0

    def write(self, text: bytes) -> None:
        self.stream.write(text)
        self.units += 1
        self.size += len(text)


def part_by_size(
    header: MemoryHeader,
    entries: Iterable[Entry],
    folder: str | os.PathLike[str],
    stem: str,
    *,
    units: int = 0,
    size: int = 0,
) -> list[Part]:
    """Write ``stem-001.tmx`` and so on, each with at most so many units or so many bytes.

    A unit that alone is larger than `size` gets a file of its own. All files appear or none.

    Raises:
        WriteError: a file cannot be written.
    """
    parts: list[_Open] = []
    head, tail = opening(header), closing()
    with ExitStack() as stack:
        for entry in entries:
            text = serialize(entry).encode()
            current = parts[-1] if parts else None
            if (
                current is None
                or (units and current.units >= units)
                or (size and current.units and current.size + len(text) + len(tail) > size)
            ):
                if current is not None:
                    current.stream.write(tail)
                    current.stream.flush()
                path = Path(folder) / f"{stem}-{len(parts) + 1:03}.tmx"
                current = _begin(path, head, stack)
                parts.append(current)
            current.write(text)
        if parts:
            parts[-1].stream.write(tail)
    return [Part(each.path, each.units) for each in parts]


def part_by_languages(
    header: MemoryHeader, entries: Iterable[Entry], folder: str | os.PathLike[str], stem: str
) -> list[Part]:
    """Write a file for each pair of languages, ``stem.ru-en.tmx``, with two variants in each unit.

    Pairs are of the source language with each other one; units without the source language pair their first
    variant with the others.

    Raises:
        FormatError: there are too many pairs.
        WriteError: a file cannot be written.
    """
    parts: dict[tuple[str, str], _Open] = {}
    with ExitStack() as stack:
        for pair, entry in pairs_of(entries, header.srclang):
            if pair not in parts:
                if len(parts) >= _MOST:
                    raise FormatError(f"more than {_MOST} pairs of languages; choose some with align memory filter -l")
                own = replace(header, attributes={**header.attributes, "srclang": pair[0]})
                parts[pair] = _begin(Path(folder) / f"{stem}.{pair[0]}.{pair[1]}.tmx", opening(own), stack)
            parts[pair].write(serialize(entry).encode())
        for each in parts.values():
            each.stream.write(closing())
    return [Part(each.path, each.units) for each in parts.values()]


def pairs_of(entries: Iterable[Entry], source: str) -> Iterator[tuple[tuple[str, str], Entry]]:
    """Each pair of the source variant with another one, and its languages."""
    for entry in entries:
        first = next((each for each in entry.variants if same_language(each.lang, source)), entry.variants[0])
        for other in entry.variants:
            if other is not first:
                yield (first.lang, other.lang), replace(entry, variants=(first, other))


def _begin(path: Path, head: bytes, stack: ExitStack) -> _Open:
    check_writable(path)
    made = _Open(stack.enter_context(replacing(path)), path)
    made.stream.write(head)
    made.size = len(head)
    return made
