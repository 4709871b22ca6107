"""What is wrong with an entry: rules about languages, texts, properties, dates and cuts."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from align.memory.dates import DATED, is_date
from align.memory.languages import judge_language
from align.splitter import sentence_spans
from corpora.codes import primary_language
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from align.memory.entries import Entry, MemoryHeader, Property, Variant
    from align.memory.rules import Findings

LONG: Final = 1_000_000
"""Characters beyond which a segment is worth a warning."""
LIMIT: Final = 10_000_000
"""Bytes at which libxml2, and what is built on it, takes a text for an attack (XML_MAX_TEXT_LENGTH)."""
CONTEXT: Final = frozenset({"id", "prev", "next", "path"})
"""Names of properties that OmegaT 6 may take for the context of a segment."""
_INNER: Final = re.compile(r"[^\S\n]*\n\s*|[ \t]{2,}|\t")
_MAYBE_TWO: Final = re.compile(r"[.!?…؟۔।][\"'»”’)\]]*\s+\S|[。！？]\s*\S")


@dataclass(slots=True)
class Inspection:
    """Looks at one entry after another, and remembers what only the whole file can tell.

    Attributes:
        findings: takes down what is wrong.
        header: of the file.
        project: languages of the project that is to be filled, if a person named them.
        languages: how many entries have a variant in each language, by its code in lower case.
        first: how many entries have it as their first variant.
        units: how many entries there were.
    """

    findings: Findings
    header: MemoryHeader
    project: tuple[str, ...] = ()
    languages: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    units: int = 0

    def entry(self, entry: Entry) -> None:
        """Look at an entry."""
        self.units += 1
        self._languages(entry)
        for variant in entry.variants:
            self._text(variant)
            self._attributes(variant.attributes, variant.line)
            if variant.properties:
                self._properties(variant.properties, variant.line)
        if entry.attributes:
            self._attributes(entry.attributes, entry.line)
        if entry.properties:
            self._properties(entry.properties, entry.line)
        self._cut(entry)

    def finish(self) -> None:
        """Say what the whole file shows."""
        if not self.units:
            if not self.findings.counts["empty"]:
                self.findings.add(0, "no-units")
            return
        bases = Counter[str]()
        for code, count in self.languages.items():
            bases[primary_language(code)] += count
        if len(self.languages) > 2:  # noqa: PLR2004
            lacking = [(self.units - count, code) for code, count in self.languages.items() if count < self.units]
            if lacking:
                shown = ", ".join(f"{code} in {count}" for count, code in sorted(lacking)[:5])
                self.findings.add(0, "missing-language", shown + (" …" if len(lacking) > 5 else ""))  # noqa: PLR2004
        self._source(bases)
        for code in self.project:
            if primary_language(code) not in bases:
                self.findings.add(0, "not-for-project", code)

    # The header.

    def look_at_header(self, version: str | None) -> None:
        """Look at the header, once it is read."""
        header = self.header
        if version is not None and version != "1.4":
            self.findings.add(1, "version", version or "none")
        if not header.present:
            return
        self._attributes(header.attributes, header.line)
        source = header.srclang
        if source == "*all*":
            self.findings.add(header.line, "srclang-all")
        elif source:
            self._code(source, header.line, "srclang ")

    def _source(self, bases: Mapping[str, int]) -> None:
        source = self.header.srclang
        if source and source != "*all*" and judge_language(source) != "bad" and primary_language(source) not in bases:
            most = max(self.first, key=self.first.__getitem__, default="")
            self.findings.add(self.header.line, "srclang-other", f"{source}, but units begin with {most}")

    # Languages.

    def _languages(self, entry: Entry) -> None:
        codes = []
        for variant in entry.variants:
            if not variant.lang.strip():
                self.findings.add(variant.line, "no-language")
                continue
            self._code(variant.lang, variant.line, "")
            codes.append(variant.lang.lower())
        distinct = set(codes)
        if codes:
            self.first[codes[0]] += 1
        self.languages.update(distinct)
        if len(distinct) < 2:  # noqa: PLR2004
            self.findings.add(entry.line, "one-variant", codes[0] if codes else "")
        elif len(distinct) < len(codes):
            self.findings.add(entry.line, "same-language", ", ".join(codes))
        elif len(distinct) > 2 and not self.findings.counts["more-languages"]:  # noqa: PLR2004
            self.findings.add(entry.line, "more-languages", ", ".join(codes))

    def _code(self, code: str, line: int, what: str) -> None:
        verdict = judge_language(code)
        if verdict == "bad":
            self.findings.add(line, "language", f"{what}{code}")
        elif verdict == "case":
            self.findings.add(line, "language-case", f"{what}{code}")

    # Texts.

    def _text(self, variant: Variant) -> None:
        text = variant.text
        stripped = text.strip()
        if not stripped:
            self.findings.add(variant.line, "empty-segment", variant.lang)
            return
        if len(stripped) < len(text):
            self.findings.add(variant.line, "space-around", text)
        if found := _INNER.search(stripped):
            code = "line-break" if "\n" in stripped else "double-space"
            self.findings.add(variant.line, code, stripped[max(0, found.start() - 20) :])
        if len(text) > LONG:
            code = "too-long" if len(text.encode("utf-8", "replace")) >= LIMIT else "long-segment"
            self.findings.add(variant.line, code, f"{len(text):,} characters")
        if variant.codes:
            self._codes(variant)

    def _codes(self, variant: Variant) -> None:
        self.findings.add(variant.line, "inline-code", ", ".join(sorted({each.name for each in variant.codes})))
        pairs = [Counter(c.attributes.get("i", "") for c in variant.codes if c.name == name) for name in ("bpt", "ept")]
        if pairs[0] != pairs[1]:
            self.findings.add(variant.line, "unpaired-code")

    # Attributes and properties.

    def _attributes(self, attributes: Mapping[str, str], line: int) -> None:
        for name in DATED:
            if name in attributes and not is_date(attributes[name]):
                self.findings.add(line, "date", f'{name}="{attributes[name]}"')

    def _properties(self, properties: tuple[Property, ...], line: int) -> None:
        for each in properties:
            if each.type == "file":
                self.findings.add(line, "file-property", each.text)
            elif each.type in CONTEXT:
                self.findings.add(line, "context-property", each.type)

    # How it is cut.

    def _cut(self, entry: Entry) -> None:
        says = entry.attributes.get("segtype") or self.header.attributes.get("segtype")
        if says not in {"sentence", "paragraph"} or len(entry.variants) < 2:  # noqa: PLR2004
            return
        source, target = entry.variants[:2]
        first = sentences(source.text, source.lang)
        if says == "sentence" and first > 1 and (second := sentences(target.text, target.lang)) > 1:
            self.findings.add(entry.line, "segtype", f"sentence, but it holds {first} and {second}")
        elif says == "paragraph" and first != (second := sentences(target.text, target.lang)):
            self.findings.add(entry.line, "segtype", f"paragraph of {first} and {second} sentences")


def sentences(text: str, lang: str) -> int:
    """How many sentences a text has, at least 1; by rules only where there is a sign of more than one."""
    if len(text) > LONG or not _MAYBE_TWO.search(text):
        return 1
    return max(1, _count(text.strip(), primary_language(lang)))


@lru_cache(maxsize=1024)
def _count(text: str, lang: str) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ToolkitWarning)
        return len(sentence_spans(text, lang))
