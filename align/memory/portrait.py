"""`describe`: what a memory holds, in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.memory.doubles import Doubles, find_doubles
from align.memory.memories import open_memory
from align.memory.sifting import same_text

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from align.memory.entries import Entry, MemoryHeader


@dataclass(slots=True)
class Language:
    """Figures of one language.

    Attributes:
        units: how many have a text in it.
        characters: of all texts.
        words: of all texts, parted by white space.
        longest: characters of the longest text.
    """

    units: int = 0
    characters: int = 0
    words: int = 0
    longest: int = 0


@dataclass(slots=True)
class Portrait:
    """Figures of one memory.

    Attributes:
        name: the file as it was named.
        header: what it says of itself.
        encoding: what the file is in.
        units: how many it holds.
        languages: figures of each language, by its code.
        properties: how many units have a property of each type.
        confident: units that say how sure they are, and the sum of that.
        untranslated: units with a target that is the source.
        coded: units with inline codes.
        dates: the first and the last date of a unit, or empty.
        doubles: units that come again, and sources with several targets.
        broken: whether the file is no well-formed XML.
        lost: units that could not be read.
    """

    name: str
    header: MemoryHeader
    encoding: str = ""
    units: int = 0
    languages: dict[str, Language] = field(default_factory=dict)
    properties: Counter[str] = field(default_factory=Counter)
    confident: tuple[int, float] = (0, 0.0)
    untranslated: int = 0
    coded: int = 0
    dates: tuple[str, str] = ("", "")
    doubles: Doubles = field(default_factory=Doubles)
    broken: bool = False
    lost: int = 0

    def as_json(self) -> Mapping[str, object]:
        """The figures as plain values."""
        count, total = self.confident
        return {
            "file": self.name,
            "encoding": self.encoding,
            "header": dict(self.header.attributes),
            "units": self.units,
            "languages": {
                code: {"units": e.units, "characters": e.characters, "words": e.words, "longest": e.longest}
                for code, e in self.languages.items()
            },
            "properties": dict(self.properties),
            "confidence": {"units": count, "mean": round(total / count, 4) if count else None},
            "untranslated": self.untranslated,
            "with_codes": self.coded,
            "first_date": self.dates[0],
            "last_date": self.dates[1],
            "doubles": self.doubles.doubles,
            "conflicts": self.doubles.conflicts,
            "broken": self.broken,
            "lost": self.lost,
        }


def describe(path: str | os.PathLike[str], *, progress: Callable[[int], None] | None = None) -> Portrait:
    """Go through a memory once and count.

    Raises:
        ReadError: the file cannot be opened.
    """
    with open_memory(path, progress=progress) as memory:
        portrait = Portrait(memory.name, memory.said, memory.encoding)
        portrait.doubles = find_doubles(_counted(memory.entries, portrait), memory.header.srclang, "first")
        portrait.broken, portrait.encoding = memory.findings.is_broken(), memory.encoding
        portrait.lost = sum(memory.lost.counts.values())
    portrait.languages = dict(sorted(portrait.languages.items(), key=lambda each: (-each[1].units, each[0])))
    return portrait


def _counted(entries: Iterable[Entry], portrait: Portrait) -> Iterator[Entry]:
    for entry in entries:
        portrait.units += 1
        for variant in entry.variants:
            _add(portrait.languages.setdefault(variant.lang, Language()), variant.text)
        portrait.properties.update({each.type or each.name for each in entry.properties})
        if (confidence := entry.confidence) is not None:
            portrait.confident = (portrait.confident[0] + 1, portrait.confident[1] + confidence)
        portrait.untranslated += any(same_text(entry.variants[0], each) for each in entry.variants[1:])
        portrait.coded += any(each.codes for each in entry.variants)
        _date(entry, portrait)
        yield entry


def _add(language: Language, text: str) -> None:
    language.units += 1
    language.characters += len(text)
    language.words += len(text.split())
    language.longest = max(language.longest, len(text))


def _date(entry: Entry, portrait: Portrait) -> None:
    for attributes in (entry.attributes, *(each.attributes for each in entry.variants)):
        for name in ("creationdate", "changedate"):
            if date := attributes.get(name):
                first, last = portrait.dates
                portrait.dates = (min(first or date, date), max(last, date))
