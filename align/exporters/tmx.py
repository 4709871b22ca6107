"""TMX 1.4 that every CAT tool loads; the reasons for each choice are in docs/tmx.md.

Written by hand, unit by unit: faster than a tree, in constant memory, and the same bytes each time.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final

from align.errors import FormatError
from align.exporters.base import Exporter, Options, Written
from align.exporters.selection import Segtype, judge, languages_of, unit_of
from align.exporters.text import clean
from align.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.types import Alignment, TranslationUnit

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a memory says.

    Attributes:
        source_lang: BCP 47 code of the source language, the same as on the units.
        created: when the memory was made; a time without a zone is taken for UTC.
        signature: what made the alignment, or empty.
    """

    source_lang: str
    created: datetime
    signature: str = ""


def write_units(stream: BinaryIO, units: Iterable[tuple[TranslationUnit, Segtype]], header: Header) -> int:
    """Write a memory into an open stream, unit by unit.

    Args:
        stream: takes UTF-8 bytes.
        units: translation units with plain text on one line, source language first, and how each is cut.
        header: what the file says of itself.

    Returns:
        The number of units written.

    Raises:
        FormatError: a language is no BCP 47 code.
    """
    count = 0
    stream.write(_head(header).encode("utf-8"))
    for unit, segtype in units:
        stream.write(_unit(unit, segtype).encode("utf-8"))
        count += 1
    stream.write(b"  </body>\n</tmx>\n")
    return count


def creation_date(given: datetime | None = None) -> datetime:
    """The moment to write into a file: `given`, else ``SOURCE_DATE_EPOCH``, else now; in UTC.

    Raises:
        FormatError: ``SOURCE_DATE_EPOCH`` is set but no number of seconds.
    """
    if given is not None:
        return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise FormatError(f"SOURCE_DATE_EPOCH is no number of seconds since 1970: {epoch!r}") from None


def _write(alignment: Alignment, stream: BinaryIO, options: Options) -> Written:
    languages = languages_of(alignment)
    verdicts = judge(alignment, min_confidence=options.min_confidence)
    header = Header(languages[0], creation_date(options.created), alignment.signature)
    kept = ((unit_of(verdict, languages), verdict.segtype) for verdict in verdicts if not verdict.omission)
    count = write_units(stream, kept, header)
    return Written(count, tuple(verdict.omission for verdict in verdicts if verdict.omission))


def _head(header: Header) -> str:
    attributes = {
        "creationtool": "align",
        "creationtoolversion": version(),
        "segtype": "sentence",
        "o-tmf": "align",
        "adminlang": "en",
        "srclang": _language(header.source_lang),
        "datatype": "plaintext",
        "creationdate": f"{creation_date(header.created):%Y%m%dT%H%M%SZ}",
    }
    listed = " ".join(f'{name}="{_escape(value)}"' for name, value in attributes.items())
    signature = _escape(clean(header.signature))
    inside = f'>\n    <prop type="x-signature">{signature}</prop>\n  </header>' if signature else "/>"
    # <body> and each <tu> start a line: XML::TMX of Perl reads by lines.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  <header {listed}{inside}\n  <body>\n'


def _unit(unit: TranslationUnit, segtype: Segtype) -> str:
    own = "" if segtype == "sentence" else f' segtype="{segtype}"'
    variants = "".join(
        f'      <tuv xml:lang="{_language(lang)}"><seg>{_escape(text)}</seg></tuv>\n'
        for lang, text in unit.variants.items()
    )
    confidence = f'      <prop type="x-confidence">{unit.confidence:.3f}</prop>\n'
    return f"    <tu{own}>\n{confidence}{variants}    </tu>\n"


@lru_cache(maxsize=64)
def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise FormatError(f"{code!r} is no language code that a memory can carry; use one like 'ru' or 'en-GB'")
    return code


def _escape(text: str) -> str:
    """Escape for text and for attributes in double quotes; ``>`` too, because of ``]]>``."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;")


EXPORTER = Exporter(
    name="tmx",
    suffixes=(".tmx",),
    description="translation memory (TMX 1.4) for CAT tools",
    write=_write,
)
