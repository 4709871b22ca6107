"""XML from people we do not know: no entities but the five, nothing fetched, bounded depth, line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from align.errors import FormatError

_DEEPEST: Final = 64
_CONTROLS: Final = re.compile(r"[\t\n\r\x85\u2028]")  # what a reader may take for a mere line's end


@dataclass(slots=True)
class Element:
    """An element, its name without namespace.

    Attributes:
        tag: the local name, in lower case.
        attributes: values by local name, in lower case.
        line: where the element begins.
        children: the elements in it.
        text: the characters directly in it, exactly as they stand.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def find(self, tag: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.tag == tag), None)

    def walk(self, tag: str) -> Iterator[Element]:
        """Every element of that name below, in order of the file."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.walk(tag)


def parse(data: bytes, path: str) -> Element:
    """Parse a document; an external DTD is never looked at.

    Raises:
        FormatError: it is no XML, declares entities, or lies too deep; the message is ``path:line: …``.
    """
    return _Builder(path).build(data)


class _Builder:
    """Collects what expat says."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Element | None = None
        self.open: list[Element] = []
        self.texts: list[list[str]] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity
        self.parser.SkippedEntityHandler = self.skipped

    def build(self, data: bytes) -> Element:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, "unknown error")
            raise FormatError(f"{self.path}:{error.lineno}: no XML: {what}") from None
        except (ValueError, LookupError) as error:  # an encoding that Python lacks, or of several bytes
            raise FormatError(f"{self.path}:1: no XML: {error}") from None
        if self.root is None:
            self.fail("no XML: no element found")
        return self.root

    def fail(self, what: str) -> NoReturn:
        raise FormatError(f"{self.path}:{self.parser.CurrentLineNumber}: {what}")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= _DEEPEST:
            self.fail(f"elements lie more than {_DEEPEST} deep in each other")
        local = {_local(key): value for key, value in attributes.items()}
        element = Element(_local(name), local, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def end(self, _name: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def characters(self, text: str) -> None:
        self.texts[-1].append(text)

    def entity(self, name: str, *_declaration: object) -> None:
        self.fail(f"declares the entity {name!r}; write the characters themselves")

    def skipped(self, name: str, *_parameter: object) -> None:
        self.fail(f"uses the entity {name!r}, which nothing defines")


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def escape(text: str) -> str:
    """Write a text for between tags, or for an attribute in double quotes.

    Not `xml.sax.saxutils`, whose import brings a web client.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _CONTROLS.sub(lambda found: f"&#{ord(found[0])};", escaped)
