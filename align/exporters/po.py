r"""A gettext catalogue: for software texts, and for tools that know no other format.

Unsure units are marked ``fuzzy``. A source text may stand in a catalogue once; when it comes again (only
with ``keep``, or from another memory), it gets its unit's number as a context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from align.exporters.base import Exporter, Header, Options, creation_date
from align.exporters.memory import writer_of
from align.exporters.table import SURE
from align.exporters.text import clean
from align.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.types import TranslationUnit

_ESCAPES: Final = str.maketrans(
    # The rarer line ends of Unicode become spaces: gettext would take them, but many readers end a line there.
    {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x85": " ", "\u2028": " ", "\u2029": " "}
)


def write_units(stream: BinaryIO, units: Iterable[TranslationUnit], header: Header, _options: Options) -> int:
    """Write a catalogue; returns how many messages.

    Raises:
        FormatError: a unit has no text in one of the languages.
    """
    seen: set[int] = set()
    count = 0
    stream.write(_head(header).encode("utf-8"))
    for unit in units:
        source, target = header.pair(unit)
        key = hash(source)
        stream.write(_message(unit, source, target, again=key in seen).encode("utf-8"))
        seen.add(key)
        count += 1
    return count


def _head(header: Header) -> str:
    date = f"{creation_date(header.created):%Y-%m-%d %H:%M+0000}"
    fields = {
        "Project-Id-Version": clean(header.source_name) or "align",
        "PO-Revision-Date": date,
        "Language": header.target_lang.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": header.source_lang.replace("-", "_"),
        "X-Generator": f"align {version()}",
        "X-Signature": clean(header.signature),
    }
    lines = "".join(f'"{_quote(f"{name}: {value}")}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}'


def _message(unit: TranslationUnit, source: str, target: str, *, again: bool) -> str:
    note = f"#. {clean(unit.note)}\n" if unit.note else ""
    fuzzy = "" if unit.confidence >= SURE else "#, fuzzy\n"
    context = f'msgctxt "{_quote(unit.id)}"\n' if again else ""
    return (
        f"\n#. confidence {unit.confidence:.3f}\n{note}{fuzzy}{context}"
        f'msgid "{_quote(source)}"\nmsgstr "{_quote(target)}"\n'
    )


def _quote(text: str) -> str:
    return text.translate(_ESCAPES)


EXPORTER = Exporter(
    name="po",
    suffixes=(".po",),
    description="a gettext catalogue; unsure units are fuzzy",
    write=writer_of(write_units),
    write_units=write_units,
    what="units",
)
