"""What a memory holds, as it stands in the file: header, entries, variants, properties, inline codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from align.types import TranslationUnit
from corpora.codes import primary_language

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY: Final[Mapping[str, str]] = MappingProxyType({})


def _none() -> Mapping[str, str]:
    return EMPTY


MARK: Final = "\uffff"
"""Stands in a variant's text where an inline code was; XML forbids it, so no file can hold it."""

CONFIDENCE: Final = "x-confidence"
"""Property with the probability that the variants translate each other."""
SCORE: Final = "x-score"
"""Property with what `align.memory.score` found."""


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code: mark-up of another format that stands in a segment.

    Attributes:
        name: of the element: bpt, ept, it, ph or ut.
        attributes: of the element.
        text: what it holds, without the tags of sub-flows.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=_none)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A ``<prop>``, or a ``<note>``, which has no `type`."""

    text: str
    type: str = ""
    name: str = "prop"
    attributes: Mapping[str, str] = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Variant:
    """The text of a unit in one language.

    Attributes:
        lang: the code as the file has it; empty where there is none.
        marked: the text, with `MARK` for each inline code.
        codes: the inline codes, in order.
        attributes: of the ``<tuv>``, without the language.
        properties: notes and properties.
        line: where it begins.
    """

    lang: str
    marked: str
    codes: tuple[Code, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=_none)
    properties: tuple[Property, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """The text without inline codes."""
        return self.marked.replace(MARK, "") if self.codes else self.marked


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``<tu>``.

    Attributes:
        variants: in the order of the file.
        attributes: of the ``<tu>``.
        properties: notes and properties.
        line: where it begins; 0 for one that was not read from TMX.
    """

    variants: tuple[Variant, ...]
    attributes: Mapping[str, str] = field(default_factory=_none)
    properties: tuple[Property, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def confidence(self) -> float | None:
        """What the property ``x-confidence`` says, if it is a probability."""
        for each in self.properties:
            if each.type == CONFIDENCE:
                return _probability(each.text)
        return None

    @property
    def note(self) -> str:
        """The notes, joined by spaces."""
        return " ".join(each.text for each in self.properties if each.name == "note")

    @classmethod
    def of(cls, unit: TranslationUnit) -> Entry:
        """The entry that holds a unit; a confidence of 1, which everything has by default, is not written down."""
        properties = [Property(unit.note, name="note")] if unit.note else []
        if unit.confidence < 1:
            properties.append(Property(f"{unit.confidence:.3f}", CONFIDENCE))
        return cls(tuple(Variant(lang, text) for lang, text in unit.variants.items()), properties=tuple(properties))

    def variant(self, lang: str) -> Variant | None:
        """The variant that is best for a language: the exact code, else the bare one, else another region."""
        wanted = lang.lower().replace("_", "-")
        codes = [each.lang.lower().replace("_", "-") for each in self.variants]
        base = primary_language(wanted)
        for code in (wanted, base):
            if code in codes:
                return self.variants[codes.index(code)]
        for each, code in zip(self.variants, codes, strict=True):
            if primary_language(code) == base:
                return each
        return None

    def unit(self, number: int = 0) -> TranslationUnit:
        """The unit as the exporters take it: plain texts by language, the first variant of each."""
        variants: dict[str, str] = {}
        for each in self.variants:
            variants.setdefault(each.lang, each.text)
        confidence = self.confidence
        return TranslationUnit(
            id=self.attributes.get("tuid") or str(number),
            variants=variants,
            confidence=1.0 if confidence is None else confidence,
            note=self.note,
        )


@dataclass(frozen=True, slots=True)
class MemoryHeader:
    """What a file says of itself.

    Attributes:
        attributes: of the ``<header>``.
        properties: notes and properties.
        present: whether there is a ``<header>``.
        line: where it begins.
    """

    attributes: Mapping[str, str] = field(default_factory=_none)
    properties: tuple[Property, ...] = ()
    present: bool = True
    line: int = field(default=0, compare=False)

    @property
    def srclang(self) -> str:
        """The source language as the file has it, or empty."""
        return self.attributes.get("srclang", "")


def _probability(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


@dataclass(slots=True)
class OpenVariant:
    """A variant that is being read."""

    lang: str
    attributes: Mapping[str, str]
    line: int
    pieces: list[str] | None = None
    codes: list[Code] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)

    def closed(self) -> Variant:
        """The variant as far as it was read."""
        text = "".join(self.pieces or ())
        return Variant(self.lang, text, tuple(self.codes), self.attributes, tuple(self.properties), self.line)


@dataclass(slots=True)
class OpenEntry:
    """An entry that is being read."""

    attributes: Mapping[str, str]
    line: int
    variants: list[Variant] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    size: int = 0

    def closed(self) -> Entry:
        """The entry as far as it was read."""
        return Entry(tuple(self.variants), self.attributes, tuple(self.properties), self.line)
