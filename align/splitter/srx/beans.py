"""OmegaT's ``segmentation.conf``: its rules as java.beans.XMLEncoder writes them, in and out.

Read as plain XML: what the file asks Java to run (``method``, ``class``) is never run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from align.errors import FormatError
from align.splitter.srx.markup import Element, escape
from align.splitter.srx.model import LanguageMap, Srx, SrxRule

_PACKAGE: Final = "org.omegat.core.segmentation."
_LIST: Final = "java.util.ArrayList"
_VERSION: Final = "0.2.2"


def rules_of(root: Element, path: str) -> tuple[tuple[LanguageMap, ...], dict[str, tuple[SrxRule, ...]]]:
    """The language maps and rules of a parsed file, each map with rules of its own.

    Raises:
        FormatError: the file holds no rules of OmegaT's.
    """
    maps: list[LanguageMap] = []
    rules: dict[str, tuple[SrxRule, ...]] = {}
    for each in _objects(root, "MapRule"):
        name = f"{len(maps) + 1} {_string(each, 'language')}"
        maps.append(LanguageMap(_string(each, "pattern"), name, each.line))
        rules[name] = tuple(_rule(rule) for rule in _objects(each, "Rule"))
    if not maps:
        raise FormatError(f"{path}:{root.line}: no segmentation rules of OmegaT's: there is no MapRule")
    return tuple(maps), rules


def _objects(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.walk("object") if each.attributes.get("class") == f"{_PACKAGE}{name}")


def _rule(element: Element) -> SrxRule:
    return SrxRule(
        _string(element, "beforebreak"),
        _string(element, "afterbreak"),
        breaks=_property(element, "breakRule", "boolean").strip() == "true",
        line=element.line,
    )


def _string(element: Element, name: str) -> str:
    return _property(element, name, "string")


def _property(element: Element, name: str, kind: str) -> str:
    """The value of a property of an object; empty when it is not set, as in Java's defaults."""
    for each in element.children:
        value = each.find(kind) if each.attributes.get("property") == name else None
        if value is not None:
            return value.text
    return ""


def written(srx: Srx) -> str:
    """The text of a ``segmentation.conf`` with the rules of `srx`."""
    maps = "".join(_map(each, srx.rules[each.name]) for each in srx.maps)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<java version="1.8.0" class="java.beans.XMLDecoder">\n'
        f'<object class="{_PACKAGE}SRX">\n'
        f'<void property="mappingRules"><object class="{_LIST}">\n{maps}</object></void>\n'
        f'<void property="version"><string>{_VERSION}</string></void>\n'
        "</object>\n</java>\n"
    )


def _map(each: LanguageMap, rules: tuple[SrxRule, ...]) -> str:
    return (
        f'<void method="add"><object class="{_PACKAGE}MapRule">\n'
        f'<void property="language"><string>{escape(each.name)}</string></void>\n'
        f'<void property="pattern"><string>{escape(each.pattern)}</string></void>\n'
        f'<void property="rules"><object class="{_LIST}">\n{"".join(map(_written_rule, rules))}</object></void>\n'
        "</object></void>\n"
    )


def _written_rule(rule: SrxRule) -> str:
    return (
        f'<void method="add"><object class="{_PACKAGE}Rule">\n'
        f'<void property="breakRule"><boolean>{str(rule.breaks).lower()}</boolean></void>\n'
        f'<void property="beforebreak"><string>{escape(rule.before)}</string></void>\n'
        f'<void property="afterbreak"><string>{escape(rule.after)}</string></void>\n'
        "</object></void>\n"
    )
