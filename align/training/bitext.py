"""Reads sentence pairs for training, and keeps out what must not be trained on."""

from __future__ import annotations

import csv
import gzip
import hashlib
import lzma
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.codes import primary_language
from corpora.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

HELD_OUT_LENGTH = 20
"""Shorter sentences are not marked as held out: ``Yes.`` proves nothing."""

DEV_SHARE = 100
"""One pair in so many is kept for development, by a checksum of its English side."""

DICTIONARY = "D"
"""The tier of dictionaries."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？؟])\s*")
_COPYLEFT = re.compile(r"\bL?A?GPL\b|\bGFDL\b")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of sentence pairs and what is known about it.

    Attributes:
        file: file name, such as ``ru-en.tico.tsv.xz``.
        lang: the language beside English, BCP 47.
        genre: what kind of text it is, for people.
        tier: ``A`` for prose, ``B`` for technical text, ``C`` for text of doubtful quality,
            ``D`` for dictionaries.
        origin: where it was taken from.
        licence: as stated there.
    """

    file: str
    lang: str
    genre: str
    tier: str
    origin: str
    licence: str

    @property
    def is_free(self) -> bool:
        """Whether weights made from it may go under a permissive licence with attribution."""
        return not _COPYLEFT.search(self.licence)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, its English translation, and the source it comes from."""

    foreign: str
    english: str
    source: Source

    @property
    def is_entry(self) -> bool:
        """Whether the pair is an entry of a dictionary."""
        return self.source.tier == DICTIONARY

    @property
    def is_dev(self) -> bool:
        """Whether the pair is kept out of training to measure on; no entry is."""
        return not self.is_entry and zlib.crc32(self.english.encode()) % DEV_SHARE == 0


def read_sources(directory: Path) -> list[Source]:
    """Read ``SOURCES.tsv``: file, pairs, languages, genre, tier, origin, licence.

    Raises:
        ReadError: the list is missing or has too few columns.
    """
    path = directory / "SOURCES.tsv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    except OSError as error:
        raise ReadError(f"{path}: no list of sources ({error.strerror})") from error
    sources = []
    for number, row in enumerate(rows, start=2):
        if len(row) < 7:  # noqa: PLR2004 - the columns named above
            raise ReadError(f"{path}:{number}: expected 7 columns, found {len(row)}")
        lang = primary_language(row[2])
        sources.append(Source(row[0], lang, row[3], row[4], row[5], row[6]))
    return sources


def read_pairs(directory: Path, sources: Iterable[Source], held_out: Collection[str]) -> Iterator[Pair]:
    """Read the pairs of `sources`, without those that hold a held-out sentence.

    Raises:
        ReadError: a file is missing or a line has no tab.
    """
    for source in sources:
        path = directory / source.file
        try:
            with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
                for number, line in enumerate(lines, start=1):
                    foreign, tab, english = line.rstrip("\n").partition("\t")
                    if not tab:
                        raise ReadError(f"{path}:{number}: no tab between the two sides")
                    if not is_held_out(foreign, held_out) and not is_held_out(english, held_out):
                        yield Pair(foreign, english, source)
        except (OSError, lzma.LZMAError) as error:
            raise ReadError(f"{path}: cannot be read ({error})") from error


def read_held_out(path: Path) -> frozenset[str]:
    """Read the marks of held-out sentences: 16 hexadecimal digits a line, gzipped."""
    with gzip.open(path, "rt", encoding="ascii") as lines:
        return frozenset(line.strip() for line in lines)


def is_held_out(text: str, held_out: Collection[str]) -> bool:
    """Whether `text`, or a sentence of it, is marked as held out."""
    return bool(held_out) and any(_mark(part) in held_out for part in _parts(text))


def _parts(text: str) -> Sequence[str]:
    parts = _SENTENCE_END.split(text)
    return parts if len(parts) == 1 else [text, *parts]


def _mark(sentence: str) -> str | None:
    """The first 16 hexadecimal digits of the SHA-256 of its letters and digits, case folded."""
    folded = "".join(filter(str.isalnum, sentence)).casefold()
    if len(folded) < HELD_OUT_LENGTH:
        return None
    return hashlib.sha256(folded.encode()).hexdigest()[:16]
