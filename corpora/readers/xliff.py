"""XLIFF 1.2 and 2.x as texts: the sources or the targets, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpora.errors import UnknownLanguageError
from corpora.language import normalize
from corpora.readers.markup import attribute, children, local, parse
from corpora.readers.tmx import flat, sides_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.readers.content import Sides

WHAT: Final = "an XLIFF file"
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "sub", "x", "bx", "ex", "sc", "ec", "sm", "em"})
_UNITS: Final = frozenset({"trans-unit", "segment"})


def read(data: bytes, name: str, encoding: str | None = None) -> Sides:  # noqa: ARG001 - XML says its encoding
    """Read the bytes of an XLIFF file; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, or nothing in it is translated.
    """
    root = parse(data, name, WHAT)
    units = []
    first = ""
    for source, target, element in _units(root):
        first = first or source
        units.append({lang: text for lang, text in _texts(element, source, target) if text is not None})
    return sides_of(units, first, name, {"format": "xliff"})


def _units(root: Any) -> Iterator[tuple[str, str, Any]]:
    """The units with the languages that the file, or its part, says they are in."""
    source = target = ""
    for element in root.iter():
        name = local(element)
        if name in {"xliff", "file"}:
            source = _code(attribute(element, "source-language") or attribute(element, "srcLang")) or source
            target = _code(attribute(element, "target-language") or attribute(element, "trgLang")) or target
        elif name in _UNITS:
            yield source or "und", target or "x-target", element


def _texts(unit: Any, source: str, target: str) -> Iterator[tuple[str, str | None]]:
    """The source and, where there is one, the target of a unit; a target may say its own language."""
    for name, lang in (("source", source), ("target", target)):
        element = next(children(unit, name), None)
        if element is not None:
            own = _code(element.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
            yield (lang if lang not in {"und", "x-target"} else own or lang), flat(element, _CODES)


def _code(lang: str) -> str:
    try:
        return normalize(lang)
    except UnknownLanguageError:
        return lang
