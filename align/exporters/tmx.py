"""TMX 1.4 that every CAT tool loads; the reasons for each choice are in docs/tmx.md.

Written by hand, unit by unit: faster than a tree, in constant memory, and the same bytes each time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final

from align.errors import FormatError
from align.exporters.base import DEFAULT_MIN_CONFIDENCE, Exporter, Header, Options, creation_date
from align.exporters.markup import escape, plain
from align.exporters.memory import writer_of
from align.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.types import Segtype, TranslationUnit

TOOL: Final = "align"
"""What a file says that it was made with, and who made its units."""

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def write_units(stream: BinaryIO, units: Iterable[TranslationUnit], header: Header, options: Options) -> int:
    """Write a memory into an open stream, unit by unit.

    Args:
        stream: takes UTF-8 bytes.
        units: translation units with plain text on one line, source language first.
        header: what the file says of itself.
        options: the flavour and the segtype of the header count.

    Returns:
        The number of units written.

    Raises:
        FormatError: a language is no BCP 47 code.
    """
    count = 0
    stream.write(_head(header, options).encode("utf-8"))
    dialect = _dialect(header, options)
    for unit in units:
        stream.write(_unit(unit, dialect).encode("utf-8"))
        count += 1
    stream.write(b"  </body>\n</tmx>\n")
    return count


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What differs between files, worked out once for all units.

    Attributes:
        segtype: what the header says of units that say nothing.
        attributes: of each unit.
        marks: properties that each unit begins with.
        confidence: the property's name.
    """

    segtype: Segtype
    attributes: str = ""
    marks: str = ""
    confidence: str = "x-confidence"


def _dialect(header: Header, options: Options) -> _Dialect:
    """What a flavour adds; docs/tmx.md gives the reasons. OmegaT needs nothing that `plain` has not."""
    if options.flavour in {"plain", "omegat"}:
        return _Dialect(options.segtype)
    attributes = f' creationdate="{_date(header)}" creationid="{TOOL}"'
    if options.flavour == "memoq":
        return _Dialect(options.segtype, attributes, _prop("aligned", "yes"))
    return _Dialect(options.segtype, attributes, _prop("x-Origin", "Alignment"), "x-confidence:SingleString")


def _head(header: Header, options: Options) -> str:
    attributes = {
        "creationtool": TOOL,
        "creationtoolversion": version(),
        "segtype": options.segtype,
        "o-tmf": TOOL,
        "adminlang": "en",
        "srclang": _language(header.source_lang),
        "datatype": "plaintext",
        "creationdate": _date(header),
    }
    listed = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    signature = plain(header.signature)
    props = f'    <prop type="x-signature">{signature}</prop>\n' if signature else ""
    if options.flavour == "trados":
        # Studio takes a field of its own only when the header declares it, without a value.
        props += '    <prop type="x-confidence:SingleString"></prop>\n'
    inside = f">\n{props}  </header>" if props else "/>"
    # <body> and each <tu> start a line: XML::TMX of Perl reads by lines.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  <header {listed}{inside}\n  <body>\n'


def _date(header: Header) -> str:
    return f"{creation_date(header.created):%Y%m%dT%H%M%SZ}"


def _unit(unit: TranslationUnit, dialect: _Dialect) -> str:
    own = "" if unit.segtype == dialect.segtype else f' segtype="{unit.segtype}"'
    note = f"      <note>{plain(unit.note)}</note>\n" if unit.note else ""
    shape = _prop("x-alignment", unit.shape) if unit.shape and unit.shape != "1-1" else ""
    variants = [
        f'      <tuv xml:lang="{_language(lang)}"><seg>{escape(text)}</seg></tuv>\n'
        for lang, text in unit.variants.items()
    ]
    return (
        f"    <tu{dialect.attributes}{own}>\n{note}{dialect.marks}"
        f'      <prop type="{dialect.confidence}">{unit.confidence:.3f}</prop>\n{shape}{"".join(variants)}    </tu>\n'
    )


def _prop(name: str, value: str) -> str:
    return f'      <prop type="{name}">{escape(value)}</prop>\n'


@lru_cache(maxsize=64)
def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise FormatError(f"{code!r} is no language code that a memory can carry; use one like 'ru' or 'en-GB'")
    return code


EXPORTER = Exporter(
    name="tmx",
    suffixes=(".tmx",),
    description="translation memory (TMX 1.4) for CAT tools",
    write=writer_of(write_units),
    write_units=write_units,
    what="units",
    penalties=True,
    min_confidence=DEFAULT_MIN_CONFIDENCE,
)
