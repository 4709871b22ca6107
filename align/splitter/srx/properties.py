r"""Classes of characters as Java and ICU name them, written for the `regex` package.

``\p{…}`` by java.util.regex.Pattern and by ICU's UnicodeSet; ``\d``, ``\h`` and their like. Each comes
out as one item that may stand in a set (``[…]``) or by itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from align.splitter.srx.model import Dialect

_HORIZONTAL: Final = r"\t \xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
_VERTICAL: Final = r"\n\x0b\f\r\x85\u2028\u2029"
_JAVA_SPACE: Final = r"\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"

_ASCII: Final = {
    "d": "0-9",
    "w": "a-zA-Z0-9_",
    "s": r"\t-\r\x20",
}
_POSIX: Final = {
    "lower": "a-z",
    "upper": "A-Z",
    "ascii": r"\x00-\x7f",
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "punct": r"!-/:-@\[-`{-~",
    "graph": "!-~",
    "print": r"\x20-~",
    "blank": r"\t\x20",
    "cntrl": r"\x00-\x1f\x7f",
    "xdigit": "0-9a-fA-F",
    "space": r"\t-\r\x20",
}
"""What Java's POSIX names mean without UNICODE_CHARACTER_CLASS."""

_NAMED: Final = {
    "javalowercase": r"\p{Lowercase}",
    "javauppercase": r"\p{Uppercase}",
    "javatitlecase": r"\p{Lt}",
    "javadigit": r"\p{Nd}",
    "javaletter": r"\p{L}",
    "javaletterordigit": r"\p{L}\p{Nd}",
    "javaalphabetic": r"\p{Alphabetic}",
    "javaideographic": r"\p{Ideographic}",
    "javawhitespace": _JAVA_SPACE,
    "javaspacechar": r"\p{Z}",
    "javaisocontrol": r"\x00-\x1f\x7f-\x9f",
    "javadefined": r"\P{Cn}",
    "javamirrored": r"\p{Bidi_Mirrored}",
    "javajavaidentifierstart": r"\p{L}\p{Nl}\p{Sc}\p{Pc}",
    "javajavaidentifierpart": r"\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}",
    "javaunicodeidentifierstart": r"\p{ID_Start}",
    "javaunicodeidentifierpart": r"\p{ID_Continue}",
    "l1": r"\x00-\xff",
    "ld": r"\p{L}\p{Nd}",
    "lc": r"\p{LC}",
    "all": r"\p{Any}",
    "isdigit": r"\p{Nd}",
    "istitlecase": r"\p{Lt}",
    "isassigned": r"\P{Cn}",
}
_KEYS: Final = {
    "script": "sc",
    "sc": "sc",
    "scriptextensions": "scx",
    "scx": "scx",
    "block": "blk",
    "blk": "blk",
    "generalcategory": "gc",
    "gc": "gc",
}
_NAME: Final = re.compile(r"[A-Za-z0-9 _.&-]+")


def shorthand(letter: str, dialect: Dialect) -> str | None:
    r"""The set for ``\d``, ``\w``, ``\s``, ``\h``, ``\v`` and their opposites; None for another letter."""
    small = letter.lower()
    inside = {"h": _HORIZONTAL, "v": _VERTICAL}.get(small)
    if inside is None and small in _ASCII:
        if dialect == "icu":
            return f"\\{letter}"
        inside = _ASCII[small]
    return None if inside is None else _set(inside, negated=letter.isupper())


def named(name: str, dialect: Dialect, *, negated: bool) -> str | None:
    r"""The set for ``\p{name}``, or with `negated` for ``\P{name}``; None for an unknown name."""
    if name.startswith("^"):
        name, negated = name[1:], not negated
    plain = re.sub(r"[ _-]", "", name).lower()
    if plain in _NAMED:
        return _set(_NAMED[plain], negated=negated)
    if dialect == "java" and plain in _POSIX:
        return _set(_POSIX[plain], negated=negated)
    known = next((spelling for spelling in _spellings(name) if _is_known(spelling)), None)
    return None if known is None else f"\\{'P' if negated else 'p'}{{{known}}}"


def _set(inside: str, *, negated: bool) -> str:
    return f"[{'^' if negated else ''}{inside}]"


def _spellings(name: str) -> list[str]:
    """How the `regex` package may call a property: Java's ``IsX`` is a category, a script or a property."""
    key, equals, value = name.partition("=")
    if equals:
        short = _KEYS.get(re.sub(r"[ _-]", "", key).lower())
        return [f"{short}={value}"] if short else [name]
    prefix, rest = name[:2].lower(), name[2:].lstrip("_")
    if prefix == "is" and rest:
        return [f"gc={rest}", f"sc={rest}", rest]
    if prefix == "in" and rest and _is_known(f"blk={rest}"):
        return [f"blk={rest}"]
    return [name]


@cache
def _is_known(spelling: str) -> bool:
    import regex

    if not all(map(_NAME.fullmatch, spelling.split("="))):
        return False
    try:
        regex.compile(f"\\p{{{spelling}}}")
    except regex.error:
        return False
    return True
