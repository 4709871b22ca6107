"""Entries made such that every tool takes them: what is wrong is set right, what cannot be saved is named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from align.exporters.text import clean
from align.memory.dates import DATED, is_date, repair_date
from align.memory.entries import EMPTY, MARK, Code, Entry, MemoryHeader, Property, Variant
from align.memory.grammar import grammar
from align.memory.inspection import CONTEXT, LIMIT, LONG, sentences
from align.memory.languages import judge_language, repair_language
from align.memory.rules import Findings
from align.version import version
from corpora.codes import primary_language
from corpora.language import detect_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ENDS: Final = re.compile(rf"^[\s{MARK}]+|[\s{MARK}]+$")
_UNDECODED: Final = "\ufffd"
DEFAULTS: Final[Mapping[str, str]] = {
    "creationtool": "align",
    "creationtoolversion": "",
    "segtype": "sentence",
    "o-tmf": "align",
    "adminlang": "en",
    "srclang": "",
    "datatype": "plaintext",
}
"""The attributes that every header has, and what they say where a file lacks them."""


@dataclass(slots=True)
class Cleaner:
    """Cleans the entries of one memory.

    Attributes:
        source: code of the source language, whose variant comes first.
        languages: codes that entries of the memory have; a variant without one gets the one that is missing.
        segtype: what the header says.
        damaged: whether bytes of the file could not be decoded, so that U+FFFD stands for what is lost.
        lost: takes down what is left out.
    """

    source: str
    languages: tuple[str, ...] = ()
    segtype: str = "sentence"
    damaged: bool = False
    lost: Findings = field(default_factory=Findings)

    def entry(self, entry: Entry, *, drop_tuid: bool = False) -> Entry | None:
        """The entry as every tool takes it, or None where nothing can be saved of it."""
        variants = tuple(self._variants(entry))
        if len({each.lang.lower() for each in variants}) < 2:  # noqa: PLR2004
            self.lost.add(entry.line, "one-variant", " ".join(each.text for each in variants))
            return None
        attributes = self._attributes("tu", entry.attributes)
        if drop_tuid:
            attributes = {name: value for name, value in attributes.items() if name != "tuid"}
        made = Entry(self._in_order(variants), attributes, clean_properties(entry.properties), entry.line)
        return self._true_to_segtype(made)

    def _variants(self, entry: Entry) -> Iterator[Variant]:
        known = [repair_language(each.lang) for each in entry.variants]
        for variant, lang in zip(entry.variants, known, strict=True):
            made = self._variant(variant, lang or self._tell(variant, known))
            if made is not None:
                yield made

    def _variant(self, variant: Variant, lang: str) -> Variant | None:
        marked, codes = clean_segment(variant)
        text = marked.replace(MARK, "")
        if not text:
            return None
        if self.damaged and _UNDECODED in text:
            self.lost.add(variant.line, "encoding", text)
            return None
        if len(text) > LONG and len(text.encode("utf-8", "replace")) >= LIMIT:
            self.lost.add(variant.line, "too-long", f"{len(text):,} characters")
            return None
        if not lang:
            self.lost.add(variant.line, "language" if variant.lang else "no-language", variant.lang or text)
            return None
        attributes = self._attributes("tuv", variant.attributes)
        return Variant(lang, marked, codes, attributes, clean_properties(variant.properties), variant.line)

    def _tell(self, variant: Variant, known: list[str | None]) -> str:
        """The language of a variant that does not say: the one that is missing, else what its text reads like."""
        if judge_language(variant.lang) == "bad" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", variant.lang):
            return variant.lang
        bases = {primary_language(each) for each in known if each}
        missing = [each for each in self.languages if primary_language(each) not in bases]
        if known.count(None) == 1 and len(missing) == 1:
            return missing[0]
        detected = detect_or_none(variant.text)
        return next((each for each in self.languages if primary_language(each) == detected), detected or "")

    def _attributes(self, element: str, attributes: Mapping[str, str]) -> Mapping[str, str]:
        return dict(clean_attributes(element, attributes)) if attributes else EMPTY

    def _in_order(self, variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
        """The source language first, if the entry has it."""
        first = primary_language(self.source)
        if primary_language(variants[0].lang) == first:
            return variants
        return tuple(sorted(variants, key=lambda each: primary_language(each.lang) != first))

    def _true_to_segtype(self, entry: Entry) -> Entry:
        says = entry.attributes.get("segtype") or self.segtype
        if says not in {"sentence", "paragraph"}:
            return entry
        counts = [sentences(each.text, each.lang) for each in entry.variants[:2]]
        true = counts[0] == counts[1] if says == "paragraph" else min(counts) == 1
        return entry if true else replace(entry, attributes={**entry.attributes, "segtype": "block"})


def clean_segment(variant: Variant) -> tuple[str, tuple[Code, ...]]:
    """Text on one line without white space at its ends, seen through inline codes; codes that TMX lets pass."""
    if not variant.codes:
        return clean(variant.marked.replace(MARK, "")), ()
    codes = [_code(each) for each in variant.codes]
    left = iter(codes)
    marked = "".join(c if c != MARK or next(left) else "" for c in variant.marked)
    # clean() drops what XML forbids, the mark too: a private character that is not in the text takes its place.
    stand_in = next(chr(c) for c in range(0xE000, 0xF8FF) if chr(c) not in marked)
    marked = clean(marked.replace(MARK, stand_in)).replace(stand_in, MARK)
    marked = _ENDS.sub(lambda found: MARK * found[0].count(MARK), marked)
    return marked, tuple(each for each in codes if each)


def _code(code: Code) -> Code | None:
    """An inline code with the attributes that TMX knows, or None where one is missing."""
    element = grammar()[code.name]
    kept = dict(clean_attributes(code.name, code.attributes))
    if not element.required <= set(kept):
        return None
    return Code(code.name, kept, clean(code.text))


def clean_attributes(element: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes that TMX has for an element, with values that it may have."""
    declared = grammar()[element]
    for name, value in attributes.items():
        if name not in declared.allowed or value not in declared.values.get(name, (value,)):
            continue
        if name in DATED and not is_date(value):
            repaired = repair_date(value)
            if repaired is not None:
                yield name, repaired
        else:
            yield name, clean(value)


def clean_properties(properties: tuple[Property, ...]) -> tuple[Property, ...]:
    """Properties with names that do not stand in the way; one without a name is a note."""
    return tuple(map(_property, properties)) if properties else ()


def _property(each: Property) -> Property:
    attributes = dict(each.attributes)
    if "lang" in attributes:
        attributes.setdefault("xml:lang", attributes.pop("lang"))
    name = "note" if not each.type else each.name
    kind = f"x-{each.type}" if each.type in CONTEXT | {"file"} else clean(each.type)
    return Property(clean(each.text), "" if name == "note" else kind, name, dict(clean_attributes(name, attributes)))


def clean_header(header: MemoryHeader, source: str) -> MemoryHeader:
    """A header with all that tools ask for."""
    kept = dict(clean_attributes("header", header.attributes))
    given = {**DEFAULTS, "creationtoolversion": version(), **{key: value for key, value in kept.items() if value}}
    return MemoryHeader({**given, "srclang": source}, clean_properties(header.properties))


def source_language(header: MemoryHeader, first: Mapping[str, int], languages: Mapping[str, int]) -> str:
    """The language that entries are translated from: the header's if entries have it, else that of most first variants.

    Args:
        header: of the file.
        first: how many entries begin with each code.
        languages: how many entries have each code.
    """
    said = repair_language(header.srclang) if header.srclang != "*all*" else None
    bases = {primary_language(repair_language(each) or each) for each in languages}
    if said and (primary_language(said) in bases or not bases):
        return said
    counts = Counter[str]()
    for code, count in first.items():
        counts[repair_language(code) or ""] += count
    counts.pop("", None)
    return max(counts, key=counts.__getitem__) if counts else "en"
