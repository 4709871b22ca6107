"""A tokenizer for XML as it is found: it goes on after every mistake, and knows the line of each.

It is fed with text and calls a `Handler`. Well-formed tags are one regular expression each; all else goes the
slow way, where the rule is: what cannot be a tag is text. Nothing is ever fetched or expanded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html.entities import html5
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from align.memory.rules import Findings

Attributes = Mapping[str, str]

LONGEST: Final = 1 << 23
"""Characters that a comment, a tag or a stretch of text is looked at before it is taken for something else."""
_AHEAD: Final = 1 << 16
"""Characters that are in sight before an odd tag is judged."""

_NAME: Final = r"[^\W\d][\w:.\-]*"
_TAG: Final = re.compile(
    rf"<(/?)({_NAME})((?:\s+{_NAME}\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*+)\s*(/?)>",
)
_ATTRIBUTE: Final = re.compile(rf"({_NAME})\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_LOOSE_ATTRIBUTE: Final = re.compile(rf"({_NAME})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>/]+))")
_BRACKET_TAG: Final = re.compile(
    rf"<(/?)({_NAME})((?:\s+{_NAME}\s*=\s*(?:\"[^\"\n]{{,500}}\"|'[^'\n]{{,500}}'))*+\s*/?)>"
)
"""A tag with a bare ``<`` in a value."""
_LOOSE_TAG: Final = re.compile(rf"<(/?)\s*({_NAME})((?=[\s/])[^<>]*)?(>|(?=<))")
_PLAIN: Final = rf"(?:\s+{_NAME}=\"[^\"<&\t\n]*\")*+"
_UNIT: Final = re.compile(
    rf"<tu({_PLAIN})\s*>\s*"
    r"((?:<prop type=\"[^\"<&\t\n]*\">[^<]*</prop>\s*)*+)"
    rf"((?:<tuv(?:\s+xml:lang=\"[^\"<&\t\n]*\"){_PLAIN}\s*>\s*<seg>[^<]*</seg>\s*</tuv>\s*)++)</tu\s*>"
)
"""A unit as nearly all are: properties, then variants of plain text."""
_PROPERTY: Final = re.compile(r"<prop type=\"([^\"]*)\">([^<]*)</prop>")
_VARIANT: Final = re.compile(r"<tuv(\s[^>]*?)\s*>\s*<seg>([^<]*)</seg>")
_CUT: Final = re.compile(r"<(?:[/!?]?[^\W\d][^<>]*|[/!?]?)")
"""A tag that the end of the file cut off."""
_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE[^\[<>]*(?:\[(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--.*?-->|<)*+\]\s*)?>",
    re.DOTALL,
)
_ENTITY: Final = re.compile(
    r"<!ENTITY\s+(?:%\s+)?([\w:.\-]+)\s+(?:(SYSTEM|PUBLIC)\b[^>]*|\"([^\"]*)\"|'([^']*)')[^>]*>"
)
_REFERENCE: Final = re.compile(r"&(?:#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}))|([^\W\d][\w:.\-]{0,60}));|&")
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2, Char) does not allow, not even escaped."""

_PREDEFINED: Final[Mapping[str, str]] = MappingProxyType({"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"})
_LONGEST_ENTITY: Final = 200


class Handler(Protocol):
    """What is told of each piece of mark-up; texts and values are raw, see `Tokenizer.plain`."""

    def start(self, name: str, attributes: Attributes, line: int, *, empty: bool) -> None:
        """An element begins, and ends too where it is `empty`."""

    def end(self, name: str, line: int) -> None:
        """An element ends."""

    def text(self, text: str, line: int) -> None:
        """Text between tags, entities resolved; may come in several pieces."""

    def wants_units(self) -> bool:
        """Whether a unit that begins here may be told whole."""

    def unit(
        self,
        attributes: Attributes,
        properties: list[tuple[str, str]],
        variants: list[tuple[Attributes, str]],
        lines: tuple[int, int],
    ) -> None:
        """A whole unit: attributes, types and texts of properties, attributes and texts of variants, lines it spans."""

    def takes_text(self) -> bool:
        """Whether text belongs here, so that something that looks like a tag is likely text."""

    def knows(self, name: str) -> bool:
        """Whether there is an element of this name."""


class Tokenizer:
    """Cuts text into tags and text, and tells a handler.

    Args:
        handler: is told.
        findings: takes down what is no XML.
    """

    def __init__(self, handler: Handler, findings: Findings) -> None:
        """Begin at line 1 with nothing read."""
        self._handler, self._findings = handler, findings
        self._buffer, self._at = "", 0
        self._line, self._counted = 1, 0
        self._entities: dict[str, str] = dict(_PREDEFINED)
        self._unsafe: dict[str, str] = {}
        self._missing: set[str] = set()
        self._told = (0, 0)

    @property
    def line(self) -> int:
        """The line that is read."""
        return self._line

    def feed(self, text: str) -> None:
        """Take more text; what may go on in the next piece waits for it."""
        self._buffer, self._counted = self._buffer[self._at :] + text, 0
        self._at = 0
        self._missing.clear()
        self._run(last=False)

    def close(self) -> None:
        """There is no more."""
        self._run(last=True)

    def _run(self, *, last: bool) -> None:
        buffer, handler, match_tag, match_unit = self._buffer, self._handler, _TAG.match, _UNIT.match
        at = self._at
        while (opening := buffer.find("<", at)) >= 0:
            if opening > at:
                self._text(buffer[at:opening], at)
                at = opening
            if (tag := match_tag(buffer, opening)) is None:
                if (at := self._odd(opening, last=last)) == opening:
                    self._move_to(opening)
                    self._at = opening
                    return
                continue
            self._move_to(opening)
            closing, name, raw, empty = tag.groups()
            if name == "tu" and not closing and handler.wants_units() and (unit := match_unit(buffer, opening)):
                self._unit(unit)
                at = unit.end()
                continue
            at = tag.end()
            if closing:
                if raw or empty:
                    self._findings.add(self._line, "tag", tag[0])
                handler.end(name, self._line)
            else:
                handler.start(name, self._attributes(raw) if raw else _NONE, self._line, empty=bool(empty))
        self._at = self._rest(at, last=last)
        self._move_to(self._at)

    def _rest(self, at: int, *, last: bool) -> int:
        """Text behind the last tag: kept for the next piece unless there is too much of it, or no more."""
        buffer = self._buffer
        stop = len(buffer)
        if not last:
            if stop - at < LONGEST:
                return at
            ampersand = buffer.rfind("&", stop - 80)
            stop = ampersand if ampersand >= 0 else stop
        if stop > at:
            self._text(buffer[at:stop], at)
        return stop

    def _move_to(self, at: int) -> None:
        self._line += self._buffer.count("\n", self._counted, at)
        self._counted = at

    def _text(self, raw: str, at: int) -> None:
        self._move_to(at)
        self._handler.text(self.plain(raw, self._line), self._line)

    def _unit(self, found: re.Match[str]) -> None:
        """A whole unit without oddities in one go, which is several times as fast as tag by tag."""
        raw, properties, variants = found.groups()
        line = self._line
        plain = self.plain if FORBIDDEN.search(found[0]) else self._resolved
        stop = line + found[0].count("\n")
        self._handler.unit(
            self._attributes(raw) if raw else _NONE,
            [(kind, plain(text, line)) for kind, text in _PROPERTY.findall(properties)],
            [(self._attributes(each), plain(text, line)) for each, text in _VARIANT.findall(variants)],
            (line, stop),
        )

    def _resolved(self, raw: str, line: int) -> str:
        return self.plain(raw, line) if "&" in raw else raw

    def _attributes(self, raw: str) -> Attributes:
        attributes, clean = _strict_attributes(raw)
        if clean:
            return attributes
        found: dict[str, str] = {}
        for name, double, single in _ATTRIBUTE.findall(raw):
            if name in found:
                self._findings.add(self._line, "double-attribute", name)
            else:
                found[name] = self.plain(re.sub(r"[\t\n]", " ", double or single), self._line)
        return found

    def plain(self, raw: str, line: int) -> str:
        """Resolve references and drop what XML forbids."""
        self._told = (0, line)
        if "&" in raw:
            raw = _REFERENCE.sub(self._resolve, raw)
        if FORBIDDEN.search(raw):
            self._told = (0, line)
            for each in FORBIDDEN.finditer(raw):
                self._findings.add(self._line_in(raw, each.start()), "control", f"U+{ord(each[0]):04X}")
            raw = FORBIDDEN.sub("", raw)
        return raw

    def _line_in(self, raw: str, at: int) -> int:
        """The line of a place in a text, asked for from the beginning to the end."""
        before, line = self._told
        self._told = (at, line + raw.count("\n", before, at))
        return self._told[1]

    def _resolve(self, found: re.Match[str]) -> str:
        hexadecimal, decimal, name = found.groups()
        if name in _PREDEFINED:
            return _PREDEFINED[name]
        raw = found.string
        here = self._line_in(raw, found.start())
        if hexadecimal or decimal:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            return self._character(code, found[0], here)
        if name in self._entities:
            self._findings.add(here, "own-entity", found[0])
            return self._entities[name]
        if name in self._unsafe:
            self._findings.add(here, self._unsafe[name], found[0])
            return found[0]
        if name is None:
            self._findings.add(here, "ampersand", raw[found.start() : found.start() + 20])
            return "&"
        self._findings.add(here, "entity", found[0])
        return html5.get(f"{name};", found[0])

    def _character(self, code: int, shown: str, line: int) -> str:
        character = chr(code) if code <= 0x10FFFF else "\0"  # noqa: PLR2004
        if FORBIDDEN.match(character):
            self._findings.add(line, "control", shown)
            return ""
        return character

    # The slow way: what is no plain tag.

    def _odd(self, at: int, *, last: bool) -> int:
        """Deal with mark-up that is no plain tag; returns where to go on, or `at` where more must be seen."""
        buffer = self._buffer
        if len(buffer) - at < _AHEAD and not last:
            return at
        self._move_to(at)
        for head, tail in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
            if buffer.startswith(head, at):
                return self._until(at, head, tail, last=last)
        if buffer.startswith("<!DOCTYPE", at):
            return self._doctype(at, last=last)
        return self._loose(at)

    def _until(self, at: int, head: str, tail: str, *, last: bool) -> int:
        stop = -1 if tail in self._missing else self._buffer.find(tail, at + len(head))
        if stop < 0:
            # Nobody may make us look through the rest again and again.
            self._missing.add(tail)
            if not last and len(self._buffer) - at < LONGEST:
                return at
            # Never closed: without its head the rest is as good as any.
            self._findings.add(self._line, "unclosed", head)
            return at + len(head)
        inside = self._buffer[at + len(head) : stop]
        if head == "<![CDATA[":
            self._handler.text(self._without_forbidden(inside), self._line)
        elif FORBIDDEN.search(inside):
            self._findings.add(self._line, "control")
        return stop + len(tail)

    def _without_forbidden(self, text: str) -> str:
        return self.plain(text.replace("&", "&amp;"), self._line)

    def _doctype(self, at: int, *, last: bool) -> int:
        found = None if "<!DOCTYPE" in self._missing else _DOCTYPE.match(self._buffer, at)
        if found is None:
            self._missing.add("<!DOCTYPE")
            if not last and len(self._buffer) - at < LONGEST:
                return at
            stop = self._buffer.find(">", at)
            self._findings.add(self._line, "unclosed", "<!DOCTYPE")
            return (stop if stop >= 0 else at) + 1
        for name, external, double, single in _ENTITY.findall(found[0]):
            self._declare(name, external, double or single)
        return found.end()

    def _declare(self, name: str, external: str, value: str) -> None:
        if external:
            self._unsafe[name] = "external-entity"
        elif "<" in value or len(value) > _LONGEST_ENTITY or re.search(r"&(?!#)|%", value):
            self._unsafe[name] = "entity-bomb"
        else:
            self._entities.setdefault(name, self.plain(value, self._line))

    def _loose(self, at: int) -> int:
        """A tag with mistakes in it if its name is one of ours, else text."""
        handler, buffer = self._handler, self._buffer
        if _CUT.fullmatch(buffer, at):
            self._findings.add(self._line, "cut-short", buffer[at:])
            return len(buffer)
        found = _BRACKET_TAG.match(buffer, at) or _LOOSE_TAG.match(buffer, at)
        if found is None or (handler.takes_text() and not handler.knows(found[2])):
            self._findings.add(self._line, "less-than", buffer[at : at + 20])
            handler.text("<", self._line)
            return at + 1
        self._findings.add(self._line, "tag", found[0])
        closing, name, raw = found.group(1, 2, 3)
        if closing:
            handler.end(name, self._line)
            return found.end()
        attributes: dict[str, str] = {}
        for key, double, single, bare in _LOOSE_ATTRIBUTE.findall(raw or ""):
            attributes.setdefault(key, self.plain(double or single or bare, self._line))
        handler.start(name, attributes, self._line, empty=(raw or "").rstrip().endswith("/"))
        return found.end()


_NONE: Final[Attributes] = MappingProxyType({})


@lru_cache(maxsize=4096)
def _strict_attributes(raw: str) -> tuple[Attributes, bool]:
    """Attributes by name, and whether they are plain: no reference, no line break, none twice."""
    found = {name: double or single for name, double, single in _ATTRIBUTE.findall(raw)}
    twice = len(found) < len(_ATTRIBUTE.findall(raw))
    odd = "&" in raw or twice or FORBIDDEN.search(raw) or any(re.search(r"[\t\n]", value) for value in found.values())
    return found, not odd
