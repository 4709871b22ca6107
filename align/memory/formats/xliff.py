"""XLIFF 1.x and 2.x, of any make: the pairs of source and target, inline codes dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.memory.formats.base import Row
from align.memory.formats.events import events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from align.memory.formats.base import Rows

_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "cp"})
"""Elements whose content is mark-up of another format; ``g``, ``mrk`` and ``pc`` hold text."""
_ASIDE: Final = frozenset(
    {"alt-trans", "seg-source", "matches", "glossary", "bin-unit", "skeleton", "header", "ignorable"}
)
"""Elements that hold other texts than the pair."""
_ELEMENTS: Final = frozenset({"source", "target"})


def read(rows: Rows) -> Iterator[Row]:
    """The pairs, in order; units without a target are left out.

    Raises:
        FormatError: the file is no XLIFF, or broken.
    """
    state = _State()
    for kind, name, attributes, line in events(rows.stream, rows.name, rows.progress):
        if kind == "text":
            state.text(name)
        elif kind == "start":
            if not state.began and name != "xliff":
                raise FormatError(f"{rows.name}:{line}: no XLIFF; it begins with <{name}>")
            state.start(name, attributes, line)
        elif (row := state.end(name)) is not None:
            yield row


@dataclass(slots=True)
class _State:
    """Where in the file we are.

    Attributes:
        began: whether the root has been seen.
        languages: of source and target, as the last file element says.
        texts: of the segment that is being read.
        inside: ``source`` or ``target``, or empty.
        skipped: how deep inside an element that is no text.
        unit: the name of the unit, if it has one.
        line: where the unit begins.
    """

    began: bool = False
    languages: tuple[str, str] = ("", "")
    texts: dict[str, list[str]] = field(default_factory=dict)
    inside: str = ""
    skipped: int = 0
    unit: str = ""
    line: int = 0

    def text(self, text: str) -> None:
        if self.inside and not self.skipped:
            self.texts[self.inside].append(text)

    def start(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        self.began = True
        if self.skipped or name in _ASIDE or (self.inside and name in _CODES):
            self.skipped += 1
        elif name in _ELEMENTS:
            self.inside, self.texts[name] = name, []
        elif name in {"trans-unit", "unit"}:
            self.unit, self.line, self.texts = attributes.get("resname", ""), line, {}
        elif name in {"xliff", "file"}:
            source = attributes.get("source-language") or attributes.get("srcLang") or self.languages[0]
            target = attributes.get("target-language") or attributes.get("trgLang") or self.languages[1]
            self.languages = (source, target)

    def end(self, name: str) -> Row | None:
        if self.skipped:
            self.skipped -= 1
        elif name in _ELEMENTS:
            self.inside = ""
        elif name in {"trans-unit", "segment"}:
            source, target = ("".join(self.texts.get(each, ())) for each in ("source", "target"))
            self.texts = {}
            if source.strip() and target.strip():
                return Row(source, target, None, "", self.unit, self.languages, self.line)
        return None
