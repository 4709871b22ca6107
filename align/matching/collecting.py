"""Finding the documents in directories, and reading of each what matching looks at."""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.matching.vectors import MOST, Text, letter_count
from align.splitter import split
from corpora import read_document
from corpora.errors import ReadError, ToolkitError, ToolkitWarning
from corpora.identity import document_address, document_alternates, document_date, document_number
from corpora.naming import name_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from corpora.document import Document

_NO_DOCUMENTS: Final = re.compile(
    r"\.(?:tmx|[tc]sv|jsonl?|xlf|xliff|po|srx|xml|ya?ml|toml|ini|py|js|css|svg|png|jpe?g|gif|webp|ico|mp[34]|zip|gz|xz|bz2"
    r"|7z|tar|exe|dll|so|woff2?|ttf|log|bak|tmp|lock)",
    re.IGNORECASE,
)
"""Suffixes of what lies beside documents but is none: memories, data, programs, pictures."""

_BEGINNING: Final = 40_000
"""Characters from the beginning of a document that are cut into sentences."""

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is looked at."""

_HEAD: Final = 5
"""Paragraphs from the top that are no second half."""

_UNPRINTABLE: Final = ("\t", "\n", "\r")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as far as matching looks at it.

    Attributes:
        path: its file.
        name: its path below the directory that was searched, with ``/`` between the parts.
        lang: BCP 47 code.
        text: its sentences and its length.
        digest: the same for documents of the same text.
        number: the number that a ministry gave it, or None.
        day: its date, or None.
        number_late: whether the number stands in the second half, where another document may be named.
        address: its address on the web, or None.
        alternates: addresses where it says that it stands in other languages.
    """

    path: Path
    name: str
    lang: str
    text: Text
    digest: str
    number: str | None
    day: date | None
    address: str | None
    alternates: tuple[str, ...] = ()
    number_late: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that takes no part, and why."""

    path: Path
    reason: str


def find_files(places: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """The files in directories, in order of their paths, each with its name below its directory.

    Hidden files and what is no document by its suffix are passed over, links to directories are not followed. A
    file may be given as well as a directory.

    Raises:
        ReadError: a place does not exist or cannot be listed.
    """
    found: dict[str, tuple[Path, str]] = {}
    for place in map(Path, places):
        for path in _files(place):
            name = path.name if path == place else path.relative_to(place).as_posix()
            found.setdefault(os.path.realpath(path), (path, name))
    return list(found.values())


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise ReadError(f"{place}: no such directory; check the path")
    found: list[Path] = []
    for root, folders, files in os.walk(place, onerror=_refuse):
        folders[:] = sorted(folder for folder in folders if not folder.startswith((".", "__pycache__")))
        found.extend(Path(root, file) for file in sorted(files) if _is_document(Path(root, file)))
    return found


def _refuse(error: OSError) -> None:
    raise ReadError(f"{error.filename}: cannot be listed: {error.strerror}; check its access rights") from None


def _is_document(path: Path) -> bool:
    return not path.name.startswith((".", "~$")) and not _NO_DOCUMENTS.fullmatch(path.suffix) and path.is_file()


def read_entries(
    files: Sequence[tuple[Path, str]], watch: Callable[[int, int], None] | None = None
) -> tuple[list[Entry], list[Skipped]]:
    """Read the files of `find_files`.

    Args:
        files: paths with their names.
        watch: is told after each file how many are read, of how many.

    Returns:
        An entry a document, and the files that could not be read, each with its reason.
    """
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    for at, (path, name) in enumerate(files, start=1):
        try:
            entries.append(_entry(path, name))
        except ToolkitError as error:
            skipped.append(Skipped(path, str(error).removeprefix(f"{path}: ")))
        except OSError as error:  # it went away meanwhile
            skipped.append(Skipped(path, f"cannot be read: {error.strerror}"))
        if watch is not None:
            watch(at, len(files))
    return entries, skipped


def _entry(path: Path, name: str) -> Entry:
    if any(mark in str(path) for mark in _UNPRINTABLE) or str(path) != os.fsencode(path).decode("utf-8", "replace"):
        raise ReadError(f"{path}: its name cannot stand in a list; rename it")
    if path.stat().st_size > MAX_BYTES:
        raise ReadError(f"{path}: larger than {MAX_BYTES // 1024**2} MiB; pair it by hand")
    document = read_document(path)
    sentences = _sentences(document)
    return Entry(
        path=path,
        name=name,
        lang=document.lang,
        text=Text(tuple(sentences), letter_count(document.text)),
        digest=hashlib.sha256(" ".join(document.text.split()).encode("utf-8", "surrogatepass")).hexdigest(),
        number=document_number(document),
        day=document_date(document) or name_date(name),
        address=document_address(document),
        alternates=document_alternates(document),
        number_late=_is_late(document),
    )


def _is_late(document: Document) -> bool:
    """Whether the first number line stands in the second half of a document of more than a few paragraphs."""
    places = [at for at, paragraph in enumerate(document.paragraphs) if paragraph.kind == "number"]
    return bool(places) and places[0] > max(_HEAD, len(document.paragraphs) // 2)


def _sentences(document: Document) -> list[str]:
    """The sentences at the beginning of a document, those of the page only where there are no others."""
    text = [paragraph for paragraph in document.paragraphs if not paragraph.is_metadata] or list(document.paragraphs)
    first = text[0].start
    kept = tuple(
        replace(paragraph, stop=min(paragraph.stop, first + _BEGINNING))
        for paragraph in text
        if paragraph.start < first + _BEGINNING
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ToolkitWarning)  # general rules will do for this
        cut = split(replace(document, paragraphs=kept))
    return [sentence.text for sentence in cut.sentences][:MOST]
