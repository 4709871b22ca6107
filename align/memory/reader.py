"""Memories read entry by entry, whatever state they are in.

`Reader` keeps the structure of TMX in mind, not that of XML: a unit ends where the next begins, also without its
end tag. Everything that is wrong is taken down with its line, and everything that is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from align.memory.entries import EMPTY, MARK, Code, Entry, MemoryHeader, OpenEntry, OpenVariant, Property, Variant
from align.memory.grammar import grammar, problems, with_child
from align.memory.markup import Tokenizer
from align.memory.rules import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from align.memory.decoding import Source
    from align.memory.markup import Attributes

ELEMENTS: Final = frozenset(
    {"tmx", "header", "body", "tu", "tuv", "seg", "prop", "note", "ude", "map"}
    | {"bpt", "ept", "it", "ph", "ut", "hi", "sub"}
)
"""All elements of TMX 1.4."""
_IN_BODY: Final = ["tmx", "body"]
_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut"})
_ENDS: Final[Mapping[str, frozenset[str]]] = {
    "tu": frozenset({"header", "tu"}),
    "body": frozenset({"header"}),
    "tuv": frozenset({"header", "tuv"}),
    "seg": frozenset({"seg", "prop", "note"}),
    "prop": frozenset({"prop", "note"}),
    "note": frozenset({"prop", "note"}),
}
"""What an element ends by its beginning, because it cannot stand in it."""
_LARGEST: Final = 1 << 26
"""Characters that the texts of one unit may have; beyond, it is left out so that memory stays bounded."""
_ELEMENT: Final = 100
"""Characters that an element counts for."""
_DEEPEST: Final = 200
"""Elements that may be open at once; parsers made on libxml2 take 256."""


class Reader:
    """Reads one memory.

    Args:
        source: its characters.
        strict: whether to hold it to the DTD as well.

    Attributes:
        findings: what was found wrong so far.
        lost: what was left out so far, by the line where it began.
        header: what the file says of itself, once the first entry was read.
    """

    def __init__(self, source: Source, *, strict: bool = False) -> None:
        """Begin before the first tag."""
        self.findings = source.findings
        self.lost = Findings()
        self.header = MemoryHeader(present=False)
        self.version: str | None = None
        self._source = source
        self._grammar = grammar() if strict else None
        self._tokenizer = Tokenizer(self, self.findings)
        self._ready: list[Entry] = []
        self._stack: list[str] = []
        self._opened: list[int] = []
        self._children: list[str] = []
        self._seen_root = self._seen_end = False
        self._unit: OpenEntry | None = None
        self._variant: OpenVariant | None = None
        self._segment: list[str] | None = None
        self._property: tuple[str, Attributes, list[str]] | None = None
        self._code: tuple[str, Attributes, list[str]] | None = None
        self._header: tuple[Attributes, int] | None = None
        self._header_properties: list[Property] = []
        self._last_line = 0

    def entries(self) -> Iterator[Entry]:
        """The entries, one by one, in the order of the file."""
        for chunk in self._source.chunks():
            self._tokenizer.feed(chunk)
            if self._ready:
                yield from self._ready
                self._ready.clear()
        self._tokenizer.close()
        self._finish()
        yield from self._ready

    # What the tokenizer tells.

    def takes_text(self) -> bool:
        """Whether text belongs here."""
        return self._segment is not None or self._property is not None

    def knows(self, name: str) -> bool:
        """Whether TMX has an element of this name."""
        return name in ELEMENTS

    def wants_units(self) -> bool:
        """Whether the reader is in a body, between units."""
        return self._stack == _IN_BODY

    def unit(
        self,
        attributes: Attributes,
        properties: list[tuple[str, str]],
        variants: list[tuple[Attributes, str]],
        lines: tuple[int, int],
    ) -> None:
        """A whole unit without oddities."""
        line = lines[0]
        if self._grammar is not None:
            self._check_attributes("tu", attributes, line)
            for each, _ in variants:
                self._check_attributes("tuv", each, line)
        if line == self._last_line:
            self.findings.add(line, "one-line")
        self._last_line = lines[1]
        made = tuple(_variant(each, text, line) for each, text in variants)
        self._ready.append(Entry(made, attributes, tuple(Property(text, kind) for kind, text in properties), line))

    def start(self, name: str, attributes: Attributes, line: int, *, empty: bool) -> None:
        """An element begins."""
        if name not in ELEMENTS:
            name = self._known(name, line)
        if name in _ENDS:
            self._end_what_cannot_hold(name, line)
        if len(self._stack) >= _DEEPEST:
            self.findings.add(line, "nesting", f"<{name}>")
            return
        self._grow(_ELEMENT, line)
        if self._grammar is not None:
            self._hold_to_grammar(name, attributes, line)
        if not self._stack:
            self._begin_root(name, line)
        self._stack.append(name)
        self._opened.append(line)
        self._children.append("")
        self._open(name, attributes, line)
        if empty:
            self._pop(line)

    def end(self, name: str, line: int) -> None:
        """An element ends."""
        if name not in ELEMENTS:
            name = self._known(name, 0)
        stack = self._stack
        if stack and stack[-1] == name:
            self._pop(line)
        elif name in stack:
            while stack[-1] != name:
                self.findings.add(self._opened[-1], "unclosed", f"<{stack[-1]}>")
                self._pop(line)
            self._pop(line)
        else:
            self.findings.add(line, "unopened", f"</{name}>")

    def text(self, text: str, line: int) -> None:
        """Text between tags."""
        if self._code is not None:
            self._take(self._code[2], text, line)
        elif self._segment is not None:
            self._take(self._segment, text, line)
        elif self._property is not None:
            self._take(self._property[2], text, line)
        elif text.strip(" \t\n"):
            self._stray(text, line)

    # Where it goes.

    def _known(self, name: str, line: int) -> str:
        """An element that TMX does not have; in capitals, or with a prefix, it may be one of ours."""
        lowered = name.rpartition(":")[2].lower()
        if line:
            self.findings.add(line, "unknown-element", f"<{name}>")
        return lowered if lowered in ELEMENTS and lowered != name and self._segment is None else name

    def _end_what_cannot_hold(self, name: str, line: int) -> None:
        ended = _ENDS[name]
        if ended.isdisjoint(self._stack):
            return
        while not ended.isdisjoint(self._stack):
            self.findings.add(self._opened[-1], "unclosed", f"<{self._stack[-1]}>")
            self._pop(line)

    def _begin_root(self, name: str, line: int) -> None:
        if self._seen_root:
            self.findings.add(line, "around", f"<{name}>")
        elif name != "tmx":
            self.findings.add(line, "no-tmx", f"it begins with <{name}>")
        self._seen_root = True

    def _open(self, name: str, attributes: Attributes, line: int) -> None:
        if name == "seg":
            self._open_segment(line)
        elif name == "tuv":
            self._open_variant(attributes, line)
        elif name == "tu":
            self._open_unit(attributes, line)
        elif name in {"tmx", "header", "body"}:
            self._open_outside(name, attributes, line)
        elif name in {"prop", "note"} and self._segment is None:
            self._property = (name, attributes, [])
        elif name in _CODES and self._segment is not None and self._code is None:
            self._code = (name, attributes, [])
        elif name == "hi" and self._grammar is not None:
            self.findings.add(line, "highlight")

    def _open_outside(self, name: str, attributes: Attributes, line: int) -> None:
        if name == "header" and self._header is None:
            self._header = (attributes, line)
        elif name == "body":
            self._last_line = line
        elif name == "tmx" and self.version is None:
            self.version = attributes.get("version", "")

    def _open_unit(self, attributes: Attributes, line: int) -> None:
        self._unit = OpenEntry(attributes, line)
        if line == self._last_line:
            self.findings.add(line, "one-line")
        self._last_line = line

    def _open_variant(self, attributes: Attributes, line: int) -> None:
        if self._unit is None:
            self._unit = OpenEntry(EMPTY, line)
        lang = attributes.get("xml:lang") or attributes.get("lang") or ""
        rest = {key: value for key, value in attributes.items() if key not in {"xml:lang", "lang"}}
        self._variant = OpenVariant(lang, rest or EMPTY, line)

    def _open_segment(self, line: int) -> None:
        if self._variant is None:
            if self._unit is None:
                self._unit = OpenEntry(EMPTY, line)
            self._variant = OpenVariant("", EMPTY, line)
        if self._variant.pieces is None:
            self._segment = self._variant.pieces = []
        else:
            # A second segment has no place; its text is not mixed with that of the first.
            self.lost.add(line, "order", "a second <seg>")
            self._segment = []

    def _take(self, pieces: list[str], text: str, line: int) -> None:
        pieces.append(text)
        self._grow(len(text), line)

    def _grow(self, size: int, line: int) -> None:
        """Give a unit up that would fill the memory."""
        if self._unit is None:
            return
        self._unit.size += size
        if self._unit.size > _LARGEST:
            self.findings.add(line, "too-long")
            self.lost.add(self._unit.line, "too-long")
            self._unit = OpenEntry(EMPTY, self._unit.line)
            self._variant = self._segment = self._property = self._code = None

    def _stray(self, text: str, line: int) -> None:
        line += len(text[: len(text) - len(text.lstrip())].splitlines()) - 1 if text[:1] == "\n" else 0
        if self._stack:
            if self._grammar is not None:
                self.findings.add(line, "stray-text", text.strip())
        else:
            self.findings.add(line, "around", text.strip())

    # What is done when an element ends.

    def _pop(self, line: int) -> None:
        name, opened, children = self._stack.pop(), self._opened.pop(), self._children.pop()
        if self._grammar is not None:
            self._check_order(name, opened, children)
        if name == "seg":
            self._segment = None
        elif name == "tuv":
            self._close_variant()
        elif name == "tu":
            self._close_unit()
            self._last_line = line
        elif self._property is not None and name == self._property[0]:
            self._close_property()
        elif self._code is not None and name == self._code[0] and not self._in_code():
            self._close_code()
        elif name == "header" and not self.header.present and self._header is not None:
            self.header = MemoryHeader(self._header[0], tuple(self._header_properties), True, self._header[1])
        elif name == "tmx":
            self._seen_end = True

    def _in_code(self) -> bool:
        return any(name in _CODES for name in self._stack)

    def _close_code(self) -> None:
        if self._code is None or self._variant is None:
            return
        name, attributes, pieces = self._code
        self._code = None
        if self._segment is not None and self._segment is self._variant.pieces:
            self._variant.codes.append(Code(name, attributes, "".join(pieces)))
            self._segment.append(MARK)

    def _close_property(self) -> None:
        if self._property is None:
            return
        name, attributes, pieces = self._property
        self._property = None
        rest = {key: value for key, value in attributes.items() if key != "type"}
        made = Property("".join(pieces), attributes.get("type", ""), name, rest or EMPTY)
        if self._variant is not None:
            self._variant.properties.append(made)
        elif self._unit is not None:
            self._unit.properties.append(made)
        else:
            self._header_properties.append(made)

    def _close_variant(self) -> None:
        if self._variant is not None and self._unit is not None:
            self._segment = self._code = self._property = None
            self._unit.variants.append(self._variant.closed())
        self._variant = None

    def _close_unit(self) -> None:
        if self._variant is not None:
            self._close_variant()
        if self._unit is not None and (self._unit.variants or not self._unit.size):
            self._ready.append(self._unit.closed())
        self._unit = None

    def _finish(self) -> None:
        """The text is at its end: what is still open was cut off."""
        if not self._seen_root:
            if not self.findings.counts["empty"]:
                self.findings.add(1, "no-tmx")
            return
        if self._stack and not self._seen_end:
            self.findings.add(self._tokenizer.line, "cut-short", f"in <{self._stack[-1]}>")
        unit = self._unit
        if unit is not None:
            # The text that was being read has no end, so it is not the whole translation.
            self._variant = None
            if len(unit.variants) > 1:
                self._close_unit()
            else:
                self.lost.add(unit.line, "cut-short")

    # The DTD.

    def _hold_to_grammar(self, name: str, attributes: Attributes, line: int) -> None:
        table = self._grammar
        if table is None or name not in table:
            return
        self._check_attributes(name, attributes, line)
        parent = next((each for each in reversed(self._stack) if each in table), None)
        if parent is None:
            return
        if name not in table[parent].children:
            self.findings.add(line, "order", f"<{name}> in <{parent}>")
        elif table[parent].order is not None and self._stack[-1] == parent:
            self._children[-1] = with_child(self._children[-1], name)

    def _check_attributes(self, name: str, attributes: Attributes, line: int) -> None:
        for code, detail in problems(name, tuple(attributes)):
            self.findings.add(line, code, detail)
        for key, values in grammar()[name].values.items():
            if key in attributes and attributes[key] not in values:
                self.findings.add(line, "attribute-value", f'{key}="{attributes[key]}" on <{name}>')

    def _check_order(self, name: str, line: int, children: str) -> None:
        element = self._grammar.get(name) if self._grammar is not None else None
        if element is None or element.order is None or _matches(element.order, children):
            return
        if name == "tmx" and "header" not in children:
            self.findings.add(line, "no-header")
            if _matches(element.order, f"header {children}"):
                return
        self.findings.add(line, "order", f"<{name}> holds {_shown(children)}")


def _variant(attributes: Attributes, text: str, line: int) -> Variant:
    lang = attributes["xml:lang"]
    if len(attributes) == 1:
        return Variant(lang, text, line=line)
    rest = {key: value for key, value in attributes.items() if key != "xml:lang"}
    return Variant(lang, text, attributes=rest, line=line)


def _matches(order: re.Pattern[str], children: str) -> bool:
    return order.fullmatch(children) is not None


def _shown(children: str) -> str:
    return ", ".join(children.split()) or "nothing"
