"""Gettext PO: messages with a translation; obsolete and untranslated ones are none.

Fuzzy ones are lost, but not where we wrote the catalogue: there they are units that are less sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.memory.formats.base import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory.formats.base import Rows

_LINE: Final = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}
_HEADER: Final = re.compile(r"^(Language|X-Source-Language|X-Generator):\s*(\S+)", re.MULTILINE)
_CONFIDENCE: Final = re.compile(r"#\. confidence ([01]\.\d+)")


@dataclass(frozen=True, slots=True)
class _About:
    """What the header, the message without a text, says of a catalogue.

    Attributes:
        languages: of both sides, or empty.
        ours: whether we wrote it, so that what is fuzzy is unsure and not somebody's old translation.
    """

    languages: tuple[str, str] = ("", "")
    ours: bool = False


def read(rows: Rows) -> Iterator[Row]:
    """The pairs, in order; of plural messages the singular.

    Raises:
        FormatError: a line is none of PO.
    """
    message: dict[str, str] = {}
    about, remarks, field, begun = _About(), "", "", 1
    for number, line in enumerate(rows.lines(), start=1):
        text = line.strip()
        remark = not text or text.startswith("#")
        found = None if remark else _LINE.fullmatch(text)
        if not remark and (found is None or not (found[1] or field)):
            raise FormatError(f"{rows.name}:{number}: no line of a PO file; mend it with msgfmt --check")
        if "msgstr" in message and (found is None or found[1] in {"msgid", "msgctxt"}):
            about = _about(message) or about
            yield from _pair(message, remarks, begun, about)
            message, remarks = {}, ""
        if found is None:
            remarks += f"{text}\n"
            continue
        if found[1]:
            field = "msgstr" if found[1] == "msgstr[0]" else found[1]
            begun = number if field == "msgid" else begun
        message[field] = message.get(field, "") + _ESCAPE.sub(lambda e: _ESCAPES.get(e[1], e[1]), found[2])
    yield from _pair(message, remarks, begun, about)


def _about(message: dict[str, str]) -> _About | None:
    if message.get("msgid"):
        return None
    found = dict(_HEADER.findall(message["msgstr"]))
    languages = [found.get(name, "").partition("@")[0].partition(".")[0] for name in ("X-Source-Language", "Language")]
    return _About((languages[0], languages[1]), found.get("X-Generator") == "align")


def _pair(message: dict[str, str], remarks: str, line: int, about: _About) -> Iterator[Row]:
    """A fuzzy translation is often that of a like message; without it the message is named among what is lost."""
    if message.get("msgid") and message.get("msgstr"):
        fuzzy = any(each.startswith("#,") and "fuzzy" in each for each in remarks.splitlines())
        found = _CONFIDENCE.search(remarks) if about.ours else None
        target = "" if fuzzy and not about.ours else message["msgstr"]
        confidence = float(found[1]) if found else None
        yield Row(message["msgid"], target, confidence, languages=about.languages, line=line)
