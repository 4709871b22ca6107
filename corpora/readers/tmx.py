"""Translation memories (TMX 1.1 to 1.4) as texts: the variants of one language, in order."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import ReadError, UnknownLanguageError
from corpora.language import normalize
from corpora.readers.blocks import clean
from corpora.readers.content import Side, Sides
from corpora.readers.markup import attribute, children, descendants, local, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

WHAT: Final = "a translation memory (TMX)"
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})
"""Elements that hold the codes of some format, no text (TMX 1.4b, section 3)."""


def read(data: bytes, name: str, encoding: str | None = None) -> Sides:  # noqa: ARG001 - XML says its encoding
    """Read the bytes of a memory; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, or has no unit in two languages.
    """
    root = parse(data, name, WHAT)
    units = [_unit(each) for each in descendants(root, "tu")]
    header = next(descendants(root, "header"), None)
    source = "" if header is None else _code(attribute(header, "srclang"))
    return sides_of(units, source, name, {"format": "tmx"})


def sides_of(units: Sequence[dict[str, str]], source: str, name: str, metadata: dict[str, str]) -> Sides:
    """Turn units into a column for each language.

    Args:
        units: language to text.
        source: the language that comes first, if there is such a one.
        name: what to call the file in errors.
        metadata: what else the reader learnt.

    Raises:
        ReadError: there are not two languages.
    """
    languages = list(dict.fromkeys(lang for unit in units for lang in unit))
    languages.sort(key=lambda lang: lang != source)
    if len(languages) < 2:  # noqa: PLR2004 - that is the point
        raise ReadError(f"{name}: there is no unit in two languages in it; give a memory with translations")
    columns = (Side(lang, tuple(clean(unit.get(lang, "")).strip() for unit in units)) for lang in languages)
    return Sides(tuple(columns), MappingProxyType(metadata))


def _unit(element: Any) -> dict[str, str]:
    """Language to text of one unit; of several variants in one language the first."""
    unit: dict[str, str] = {}
    for variant in children(element, "tuv"):
        lang = _code(attribute(variant, "lang"))
        segment = next(children(variant, "seg"), None)
        if lang and segment is not None:
            unit.setdefault(lang, flat(segment, _CODES))
    return unit


def _code(lang: str) -> str:
    """A language code in canonical form; as it is where nobody knows it; empty for ``*all*``."""
    try:
        return normalize(lang)
    except UnknownLanguageError:
        return "" if "*" in lang else lang


def flat(element: Any, codes: frozenset[str]) -> str:
    """The characters of a segment without what stands inside codes.

    Args:
        element: the segment.
        codes: local names of elements whose content is no text.
    """
    pieces = [element.text or ""]
    stack = [(element, iter(element))]
    while stack:
        owner, inner = stack[-1]
        child = next(inner, None)
        if child is None:
            stack.pop()
            pieces.append((owner.tail or "") if stack else "")
            continue
        if local(child) in codes or not local(child):
            pieces.append(child.tail or "")
            continue
        pieces.append(_character(child) or child.text or "")
        stack.append((child, iter(child)))
    return "".join(pieces)


_HEX: Final = re.compile(r"[0-9A-Fa-f]{1,6}")


def _character(element: Any) -> str:
    """The character that a ``cp`` of XLIFF 2 stands for, one that XML cannot write; mostly dropped later."""
    code = attribute(element, "hex") if local(element) == "cp" else ""
    return chr(int(code, 16)) if _HEX.fullmatch(code) and int(code, 16) <= 0x10FFFF else ""  # noqa: PLR2004 - Unicode
