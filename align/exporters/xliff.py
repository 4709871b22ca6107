"""XLIFF 1.2 and 2.1: the aligned text as a bilingual document, to review and correct in a CAT tool.

A sure pair is ``translated``; one that is worth a look says so with its state, as far as each version has
one for it. The confidence is a note: what a tool does not know it may drop, but a note it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from align.exporters.base import Exporter, Header, Options, creation_date
from align.exporters.markup import escape, is_right_to_left, plain
from align.exporters.memory import writer_of
from align.exporters.table import SURE
from align.version import version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from align.types import TranslationUnit

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_units_1(stream: BinaryIO, units: Iterable[TranslationUnit], header: Header, _options: Options) -> int:
    """Write XLIFF 1.2 (OASIS standard of 2008); returns how many units.

    Raises:
        FormatError: a unit has no text in one of the languages.
    """
    return _write(stream, units, header, (_head_1(header), _unit_1, "    </body>\n  </file>\n</xliff>\n"))


def write_units_2(stream: BinaryIO, units: Iterable[TranslationUnit], header: Header, _options: Options) -> int:
    """Write XLIFF 2.1 (OASIS standard of 2018); returns how many units.

    A file must hold a unit or a group; one without units holds an empty group.

    Raises:
        FormatError: a unit has no text in one of the languages.
    """
    return _write(
        stream, units, header, (_head_2(header), _unit_2, "  </file>\n</xliff>\n"), nothing='    <group id="g1"/>\n'
    )


def _write(
    stream: BinaryIO,
    units: Iterable[TranslationUnit],
    header: Header,
    parts: tuple[str, Callable[[TranslationUnit, int, Header], str], str],
    *,
    nothing: str = "",
) -> int:
    head, one, tail = parts
    number = 0
    stream.write((_DECLARATION + head).encode("utf-8"))
    for number, unit in enumerate(units, start=1):  # the last number is the count
        stream.write(one(unit, number, header).encode("utf-8"))
    stream.write((tail if number else nothing + tail).encode("utf-8"))
    return number


def _head_1(header: Header) -> str:
    signature = plain(header.signature)
    note = f"      <note>{signature}</note>\n" if signature else ""
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'  <file original="{plain(header.source_name) or "align"}" source-language="{plain(header.source_lang)}"'
        f' target-language="{plain(header.target_lang)}" datatype="plaintext"'
        f' tool-id="align" date="{creation_date(header.created):%Y-%m-%dT%H:%M:%SZ}">\n'
        f'    <header>\n      <tool tool-id="align" tool-name="align" tool-version="{plain(version())}"/>\n'
        f"{note}    </header>\n    <body>\n"
    )


def _unit_1(unit: TranslationUnit, number: int, header: Header) -> str:
    source, target = header.pair(unit)
    state = "translated" if unit.confidence >= SURE else "needs-review-translation"
    note = f"        <note>{plain(unit.note)}</note>\n" if unit.note else ""
    return (
        f'      <trans-unit id="{number}" xml:space="preserve">\n'
        f"        <source>{escape(source)}</source>\n"
        f'        <target state="{state}">{escape(target)}</target>\n'
        f'        <note from="align">confidence {unit.confidence:.3f}</note>\n{note}'
        "      </trans-unit>\n"
    )


def _head_2(header: Header) -> str:
    signature = plain(header.signature)
    notes = f'    <notes>\n      <note category="signature">{signature}</note>\n    </notes>\n' if signature else ""
    return (
        '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"'
        f' srcLang="{plain(header.source_lang)}" trgLang="{plain(header.target_lang)}">\n'
        f'  <file id="f1" original="{plain(header.source_name) or "align"}"{_directions(header)}>\n{notes}'
    )


def _directions(header: Header) -> str:
    languages = (("srcDir", header.source_lang), ("trgDir", header.target_lang))
    return "".join(f' {name}="rtl"' for name, lang in languages if is_right_to_left(lang))


def _unit_2(unit: TranslationUnit, number: int, header: Header) -> str:
    source, target = header.pair(unit)
    doubt = "" if unit.confidence >= SURE else ' subState="align:look"'
    note = f"        <note>{plain(unit.note)}</note>\n" if unit.note else ""
    return (
        f'    <unit id="u{number}" xml:space="preserve">\n      <notes>\n'
        f'        <note category="confidence">{unit.confidence:.3f}</note>\n{note}      </notes>\n'
        f'      <segment id="s1" state="translated"{doubt}>\n'
        f"        <source>{escape(source)}</source>\n        <target>{escape(target)}</target>\n"
        "      </segment>\n    </unit>\n"
    )


EXPORTER_1 = Exporter(
    name="xliff",
    suffixes=(".xlf", ".xliff"),
    description="XLIFF 1.2, a bilingual document to review in a CAT tool",
    write=writer_of(write_units_1),
    write_units=write_units_1,
    what="units",
)
EXPORTER_2 = Exporter(
    name="xliff2",
    suffixes=(".xlf2", ".xliff2"),
    description="XLIFF 2.1, the same for newer tools",
    write=writer_of(write_units_2),
    write_units=write_units_2,
    what="units",
)
