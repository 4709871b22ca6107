"""Gettext PO: messages with a translation; fuzzy ones are lost, obsolete and untranslated ones are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.memory.formats.base import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory.formats.base import Rows

_LINE: Final = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}
_LANGUAGE: Final = re.compile(r"^Language:\s*([\w@.-]+)", re.MULTILINE)


def read(rows: Rows) -> Iterator[Row]:
    """The pairs, in order; of plural messages the singular.

    Raises:
        FormatError: a line is none of PO.
    """
    message: dict[str, str] = {}
    field, fuzzy, begun, target_lang = "", False, 1, ""
    for number, line in enumerate(rows.lines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            if "msgstr" in message:
                target_lang = target_lang or _language(message)
                yield from _pair(message, fuzzy=fuzzy, line=begun, target=target_lang)
                message, fuzzy = {}, False
            fuzzy |= text.startswith("#,") and "fuzzy" in text
            continue
        found = _LINE.fullmatch(text)
        if found is None or not (found[1] or field):
            raise FormatError(f"{rows.name}:{number}: no line of a PO file; mend it with msgfmt --check")
        if found[1] in {"msgid", "msgctxt"} and "msgstr" in message:
            target_lang = target_lang or _language(message)
            yield from _pair(message, fuzzy=fuzzy, line=begun, target=target_lang)
            message, fuzzy = {}, False
        if found[1]:
            field = "msgstr" if found[1] == "msgstr[0]" else found[1]
            begun = number if field == "msgid" else begun
        message[field] = message.get(field, "") + _ESCAPE.sub(lambda e: _ESCAPES.get(e[1], e[1]), found[2])
    yield from _pair(message, fuzzy=fuzzy, line=begun, target=target_lang)


def _language(message: dict[str, str]) -> str:
    """What the header, the message without a text, says of the language of the translations."""
    found = _LANGUAGE.search(message["msgstr"]) if not message.get("msgid") else None
    return found[1].partition("@")[0].partition(".")[0] if found else ""


def _pair(message: dict[str, str], *, fuzzy: bool, line: int, target: str) -> Iterator[Row]:
    """A fuzzy translation is often that of a like message; without it the message is named among what is lost."""
    if message.get("msgid") and message.get("msgstr"):
        yield Row(message["msgid"], "" if fuzzy else message["msgstr"], languages=("", target), line=line)
