"""What all readers of pairs share: rows, and the languages of a file that does not name them."""

from __future__ import annotations

import math
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from align.errors import UnknownLanguageError
from align.memory.decoding import Source
from align.memory.entries import CONFIDENCE, Entry, Property, Variant
from align.memory.languages import repair_language
from align.memory.rules import Findings
from corpora.codes import primary_language, same_language
from corpora.language import detect_or_none, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SAMPLE: Final = 400
"""Rows that are looked at to tell the languages."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of texts.

    Attributes:
        source: source text, may be empty.
        target: target text, may be empty.
        confidence: probability that they translate each other, or None.
        note: a remark, or empty.
        id: names the pair, or empty.
        languages: codes of both, where the file says so for the row.
        line: where it stands; 0 where there are no lines.
    """

    source: str
    target: str
    confidence: float | None = None
    note: str = ""
    id: str = ""
    languages: tuple[str, str] = ("", "")
    line: int = 0

    def entry(self, source: str, target: str) -> Entry:
        """The entry that holds the pair, in these languages where the row does not say."""
        own = [said or usual for said, usual in zip(self.languages, (source, target), strict=True)]
        # 1 is what a table says of everything that nobody judged.
        properties = [Property(self.note, name="note")] if self.note else []
        if self.confidence is not None and self.confidence < 1:
            properties.append(Property(f"{self.confidence:.3f}", CONFIDENCE))
        variants = (Variant(own[0], self.source, line=self.line), Variant(own[1], self.target, line=self.line))
        attributes = {"tuid": self.id} if self.id else {}
        return Entry(variants, attributes, tuple(properties), self.line)


@dataclass(slots=True)
class Rows:
    """A file that is read row by row.

    Attributes:
        stream: its bytes.
        name: what to call it in messages.
        progress: is told how many bytes have been read.
    """

    stream: BinaryIO
    name: str
    progress: Callable[[int], None] | None = None

    def lines(self) -> Iterator[str]:
        r"""Lines in any encoding, each with its ``\n``, but for the last."""
        source = Source(self.stream, Findings())
        rest = ""
        for chunk in source.chunks():
            *whole, rest = (rest + chunk).split("\n")
            yield from (f"{line}\n" for line in whole)
            if self.progress:
                self.progress(source.size)
        if rest:
            yield rest


def told(rows: Iterator[Row], languages: tuple[str, ...], name: str) -> tuple[tuple[str, str], Iterator[Row]]:
    """The languages of both sides: given, else said by the file, else what the texts read like.

    Raises:
        UnknownLanguageError: a side cannot be told.
    """
    head = list(islice(rows, _SAMPLE))
    given = [normalize(code) for code in languages[:2]] + ["", ""]
    said = next((row.languages for row in head if all(row.languages)), ("", ""))
    found = []
    if given[0] and all(said) and primary_language(said[1]) == primary_language(given[0]) != primary_language(said[0]):
        said = said[::-1]
    for number, (code, own) in enumerate(zip(given, said, strict=False)):
        text = "\n".join((row.target if number else row.source) for row in head)
        lang = code or repair_language(own) or detect_or_none(text)
        if lang is None and head:
            option = "-t" if number else "-s"
            raise UnknownLanguageError(
                f"{name}: cannot tell the language of the {_SIDES[number]}; give it with {option}"
            )
        found.append(lang or "und")
    return (found[0], found[1]), (turned(row, given[0]) for row in chain(head, rows))


def turned(row: Row, source: str) -> Row:
    """The row with the given source language first, where it says that it has it second (Parquet sorts them)."""
    if not source or not row.languages[1] or not same_language(row.languages[1], source):
        return row
    if same_language(row.languages[0], source):
        return row
    return replace(row, source=row.target, target=row.source, languages=row.languages[::-1])


_SIDES: Final = ("source", "target")


@contextmanager
def seekable_copy(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a copy on disk of one that can be read only once."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def probability(text: object) -> float | None:
    """A confidence, where it is one."""
    try:
        value = float(str(text))
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= 1 else None
