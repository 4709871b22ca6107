"""Entries written into a file of any format that holds translation units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.exporters import Header, exporter, format_of, write_units
from align.exporters.files import replacing
from align.memory.writing import write_memory
from corpora.codes import same_language

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from align.memory.entries import Entry, MemoryHeader
    from align.types import TranslationUnit

_HEAD: Final = 1_000


@dataclass(slots=True)
class Saved:
    """What became of one `save`.

    Attributes:
        units: units in the file.
        languages: the two languages of the file, for formats that hold no more; empty for TMX.
        skipped: units without a text in one of the two.
    """

    units: int = 0
    languages: tuple[str, ...] = ()
    skipped: int = 0


@dataclass(slots=True)
class Pairs:
    """Entries as units of two languages.

    Attributes:
        languages: source and target.
        skipped: entries without one of them, so far.
    """

    languages: tuple[str, str]
    skipped: int = field(default=0)

    def units(self, entries: Iterable[Entry]) -> Iterator[TranslationUnit]:
        """The units, numbered from 1."""
        number = 0
        for entry in entries:
            variants = [entry.variant(lang) for lang in self.languages]
            texts = {lang: each.text for lang, each in zip(self.languages, variants, strict=True) if each is not None}
            if len(texts) < 2:  # noqa: PLR2004
                self.skipped += 1
                continue
            number += 1
            yield replace(entry.unit(number), variants=texts)


def check_format(path: str | os.PathLike[str], name: str | None = None) -> str:
    """The format that a file of units is to be written in.

    Raises:
        FormatError: it is unknown, or holds alignments only.
    """
    chosen = name or format_of(path)
    found = exporter(chosen)
    if found.write_units is None and found.write_sides is None:
        raise FormatError(f"{chosen} holds an alignment of two documents, not the units of a memory; choose another")
    return chosen


def save(
    path: str | os.PathLike[str],
    header: MemoryHeader,
    entries: Iterable[Entry],
    *,
    format: str | None = None,  # noqa: A002  # the word a caller expects
    languages: tuple[str, ...] = (),
) -> Saved:
    """Write entries as they come, in constant memory, whole or not at all.

    TMX keeps all that an entry has. Other formats hold plain texts of two languages.

    Args:
        path: the file; an existing one is replaced.
        header: what a TMX file says of itself; its source language is that of the others.
        entries: clean ones.
        format: a name in `align.exporters.FORMATS`; None goes by the ending of `path`.
        languages: source and target language where a format holds two; by default the header's source and the
            commonest other one of the first entries.

    Raises:
        FormatError: the format is unknown or cannot hold units.
        WriteError: the file cannot be written.
    """
    chosen = check_format(path, format)
    if chosen == "tmx":
        with replacing(path) as stream:
            return Saved(write_memory(stream, header, entries))
    rest = iter(entries)
    head = list(islice(rest, _HEAD))
    pairs = Pairs(_pair(languages, header, head))
    source, target = pairs.languages
    report = write_units(pairs.units(chain(head, rest)), path, Header(source, target), format=chosen)
    return Saved(report.units, pairs.languages, pairs.skipped)


def save_to_stream(stream: BinaryIO, header: MemoryHeader, entries: Iterable[Entry]) -> Saved:
    """Write TMX into an open stream."""
    return Saved(write_memory(stream, header, entries))


def _pair(languages: tuple[str, ...], header: MemoryHeader, head: list[Entry]) -> tuple[str, str]:
    """Source and target; what is not named is told from the first entries."""
    counts = Counter(variant.lang for entry in head for variant in entry.variants)
    source = languages[0] if languages else _spelt(header.srclang, counts)
    if len(languages) > 1:
        return source, languages[1]
    others = [code for code, _ in counts.most_common() if not same_language(code, source)]
    others += [code for code, _ in counts.most_common() if code != source]
    if not others:
        raise FormatError("the units hold no second language; name both with -s and -t")
    return source, others[0]


def _spelt(lang: str, counts: Counter[str]) -> str:
    """A code as the entries have it: ``ru-RU`` where the header only says ``ru``."""
    if lang in counts:
        return lang
    return next((code for code, _ in counts.most_common() if same_language(code, lang)), lang)
