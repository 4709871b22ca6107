"""The structure of TMX 1.4 as our DTD has it, in tables that a stream can be held to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MANY: Final = {"once": "", "opt": "?", "mult": "*", "plus": "+"}
_STREAMED: Final = frozenset({"body", "seg", "bpt", "ept", "it", "ph", "ut", "hi", "sub"})
"""Elements whose children come in any order and number, so that each is judged when it comes."""


_NOTES: Final = frozenset({"note", "prop"})
_NOTE_ENDS: Final = ("note ", "prop ")
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Element:
    """What one element may have.

    Attributes:
        children: names of elements that may stand in it.
        order: matches the names of its children, each followed by a space; None where any order will do.
        text: whether text may stand in it.
        required: attributes that it must have.
        allowed: attributes that it may have.
        values: the values that an attribute may have, for those that are not free.
    """

    children: frozenset[str]
    order: re.Pattern[str] | None
    text: bool
    required: frozenset[str]
    allowed: frozenset[str]
    values: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def grammar() -> Mapping[str, Element]:
    """Every element of TMX 1.4 by its name, read from ``align/exporters/tmx14.dtd``."""
    from lxml import etree

    with files("align.exporters").joinpath("tmx14.dtd").open("rb") as stream:
        dtd = etree.DTD(stream)
    return MappingProxyType({str(each.name): _element(each) for each in dtd.iterelements()})


def _element(declared: Any) -> Element:
    attributes = {_qualified(each): each for each in declared.iterattributes()}
    children = frozenset(_names(declared.content))
    ordered = declared.content is not None and declared.name not in _STREAMED and declared.type == "element"
    return Element(
        children=children,
        order=re.compile(_pattern(declared.content)) if ordered else None,
        text=declared.type == "mixed",
        required=frozenset(name for name, each in attributes.items() if each.default in {"required", "fixed"}),
        allowed=frozenset(attributes),
        values={name: tuple(each.values()) for name, each in attributes.items() if each.values()},
    )


def _qualified(attribute: Any) -> str:
    return f"{attribute.prefix}:{attribute.name}" if attribute.prefix else str(attribute.name)


def _names(content: Any) -> Iterator[str]:
    if content is None:
        return
    if content.type == "element":
        yield str(content.name)
    yield from _names(content.left)
    yield from _names(content.right)


def _pattern(content: Any) -> str:
    """A regular expression for the names of the children."""
    if content.type == "element":
        inside = f"{content.name} "
    else:
        glue = "|" if content.type == "or" else ""
        inside = glue.join(_pattern(part) for part in (content.left, content.right) if part is not None)
    return f"(?:{inside}){_MANY[content.occur]}"


@lru_cache(maxsize=4096)
def problems(name: str, attributes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What is wrong with the names of an element's attributes: rule and detail of each."""
    element = grammar()[name]
    unknown = [_unknown(name, each) for each in attributes if each not in element.allowed]
    # Language and version are judged by what they say.
    missing = sorted(element.required - {*attributes, "version", "xml:lang"})
    return (*unknown, *(_missing(name, each) for each in missing))


def _unknown(element: str, attribute: str) -> tuple[str, str]:
    if attribute == "xmlns" or attribute.startswith("xmlns:"):
        return "namespace", attribute
    if attribute == "lang" and "xml:lang" in grammar()[element].allowed:
        return "lang-attribute", f"on <{element}>"
    return "unknown-attribute", f"{attribute} on <{element}>"


def _missing(element: str, attribute: str) -> tuple[str, str]:
    if element == "header":
        return ("no-srclang", "") if attribute == "srclang" else ("header-attribute", attribute)
    if element == "prop":
        return "prop-type", ""
    return "missing-attribute", f"{attribute} on <{element}>"


def with_child(children: str, name: str) -> str:
    """The names of an element's children; of many alike on end two are enough to judge their order."""
    if children.endswith(f"{name} {name} "):
        return children
    if len(children) > _SHOWN and name in _NOTES and children.endswith(_NOTE_ENDS):
        return children
    return f"{children}{name} "
