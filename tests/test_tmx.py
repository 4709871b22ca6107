"""The memory keeps to TMX 1.4 and to what CAT tools make of it; docs/tmx.md gives the reasons."""

from __future__ import annotations

import dataclasses
import io
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from exporter_samples import aligned, alignments, pairs, statement, unhurried
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile

from align.errors import FormatError
from align.exporters import render, units
from align.exporters.base import Header, Options
from align.exporters.tmx import write_units
from align.types import Alignment, Bead, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    with files("align.exporters").joinpath("tmx14.dtd").open("rb") as stream:
        return etree.DTD(stream)


def _root(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(no_network=True, load_dtd=False))


@unhurried
@given(alignment=alignments())
def test_every_memory_is_valid(dtd: etree.DTD, alignment: Alignment) -> None:
    assert dtd.validate(_root(render(alignment, "tmx"))), dtd.error_log


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('<tmx version="1.4">', '<tmx version="1.4b">'),
        ('<tmx version="1.4">', '<tmx version="1.4" lang="ru">'),
        (' segtype="sentence"', ""),
        (' segtype="sentence"', ' segtype="word"'),
        (' srclang="ru"', ""),
        ('<tuv xml:lang="ru">', "<tuv>"),
        ('<tuv xml:lang="ru">', '<tuv lang="ru">'),
        ('<prop type="x-confidence">', "<prop>"),
        ("<seg>She stayed, then left.</seg>", ""),
        ("She stayed", "She <b>stayed</b>"),
        ("    </tu>", "    <note>last</note></tu>"),
        ("</body>", "<tu></tu></body>"),
    ],
)
def test_our_dtd_refuses_what_is_no_tmx(dtd: etree.DTD, good: str, bad: str) -> None:
    text = render(statement(), "tmx")
    assert good in text
    assert not dtd.validate(_root(text.replace(good, bad)))


def test_our_dtd_takes_all_that_the_specification_has(dtd: etree.DTD) -> None:
    text = """<tmx version="1.4">
      <header creationtool="x" creationtoolversion="1" segtype="block" o-tmf="x" adminlang="en"
              srclang="*all*" datatype="html" o-encoding="utf-8" creationdate="20260101T000000Z"
              creationid="a" changedate="20260101T000000Z" changeid="b">
        <note xml:lang="en">n</note><prop type="x-y">p</prop>
        <ude name="u" base="cp1252"><map unicode="#xF8FF" code="#xF0" ent="Apple" subst="[A]"/></ude>
      </header>
      <body><tu tuid="1" segtype="phrase" srclang="ru" usagecount="2"><note>n</note>
        <prop type="x-y">p</prop>
        <tuv xml:lang="ru" changeid="b"><prop type="x-z">q</prop><seg>а<bpt i="1" x="1" type="bold">b<sub
          type="x">s<ph/></sub></bpt><hi type="t">в<ut x="1">u</ut></hi><ept i="1">b</ept><it pos="begin"
          x="2">i</it><ph x="3" assoc="p" type="br">p</ph></seg></tuv>
        <tuv xml:lang="en"><seg/></tuv></tu></body></tmx>"""
    assert dtd.validate(_root(text)), dtd.error_log


def test_the_header_has_all_that_tools_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    root = _root(render(statement(), "tmx"))
    header = dict(root.find("header").attrib)
    assert header.pop("creationtoolversion")
    assert header == {
        "creationtool": "align",
        "segtype": "sentence",
        "o-tmf": "align",
        "adminlang": "en",
        "srclang": "ru",
        "datatype": "plaintext",
        "creationdate": "20260101T000000Z",
    }
    assert [(prop.get("type"), prop.text) for prop in root.iterfind("header/prop")] == [
        ("x-signature", "align test | model none")
    ]


def test_a_unit_is_its_two_variants_source_first_with_its_confidence() -> None:
    unit = _root(render(statement(), "tmx")).findall("body/tu")[1]
    assert [child.tag for child in unit] == ["prop", "tuv", "tuv"]
    assert [(unit[0].get("type"), unit[0].text)] == [("x-confidence", "0.981")]
    assert [tuv.get(LANG) for tuv in unit.iterfind("tuv")] == ["ru", "en"]
    assert dict(unit.attrib) == {}


def test_a_unit_of_several_sentences_says_that_it_is_no_sentence() -> None:
    beads = [Bead((0,), (0,)), Bead((1, 2), (1,)), Bead((3,), (2, 3)), Bead((4, 5), (4, 5))]
    text = render(aligned([*"абвгде"], [*"abcdef"], beads), "tmx")
    assert [unit.get("segtype") for unit in _root(text).iter("tu")] == [None, "block", "block", "block"]


def test_body_and_each_unit_start_a_line_and_a_segment_is_on_one() -> None:
    lines = render(statement(), "tmx").split("\n")
    assert lines[:2] == ['<?xml version="1.0" encoding="UTF-8"?>', '<tmx version="1.4">']
    assert "  <body>" in lines
    assert len([line for line in lines if line.startswith("    <tu")]) == len(units(statement())[0])
    assert all(line.count("<seg>") == line.count("</seg>") for line in lines)


def test_there_are_no_names_that_make_a_tool_stumble() -> None:
    text = render(statement(), "tmx")
    assert not re.search(r"xmlns|tuid|CDATA|DOCTYPE|\blang=(?<!xml:lang=)", text)
    assert {prop.get("type") for prop in _root(text).iter("prop")} == {
        "x-signature",
        "x-confidence",
        "x-alignment",
    }


@unhurried
@given(texts=st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=8))
def test_translate_toolkit_reads_back_exactly_the_units(texts: list[tuple[str, str]]) -> None:
    alignment = pairs(*texts)
    read = tmxfile(io.BytesIO(render(alignment, "tmx").encode()), "ru", "en")
    written = units(alignment)[0]
    assert [(unit.source, unit.target) for unit in read.units] == [
        (unit.variants["ru"], unit.variants["en"]) for unit in written
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ё и е\u0308",
        "т.к.\xa0ИТБ",
        "’ “ ” „ ‟",
        "]]> &amp; < > \" '",
        "a\u0430",
        "עברית\u200e",
        "👩‍👩‍👧",
        "\x85\u2028",
        "=1+1",
    ],
)
def test_the_documents_own_characters_survive(text: str) -> None:
    unit = _root(render(pairs((f"«{text}»", f"“{text}”")), "tmx")).find("body/tu")
    assert [tuv.findtext("seg") for tuv in unit.iterfind("tuv")] == [f"«{text}»", f"“{text}”"]


def test_decomposed_letters_are_not_composed() -> None:
    text = render(pairs(("Е\u0308лка и\u0306од", "Tree")), "tmx")
    assert "Е\u0308лка и\u0306од" in text
    assert not unicodedata.is_normalized("NFC", text)


def test_a_signature_with_anything_in_it_does_no_harm(dtd: etree.DTD) -> None:
    odd = dataclasses.replace(statement(), signature='a\0 <b> "c" &\nd')
    root = _root(render(odd, "tmx"))
    assert dtd.validate(root)
    assert root.findtext("header/prop") == 'a <b> "c" & d'


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        (datetime(2026, 5, 15, 21, 30, tzinfo=UTC), "20260515T213000Z"),
        (datetime(2026, 5, 15, 21, 30, tzinfo=timezone(timedelta(hours=3))), "20260515T183000Z"),
        (datetime(2026, 5, 15, 21, 30), "20260515T213000Z"),  # noqa: DTZ001  # the case
    ],
)
def test_the_date_is_in_utc(created: datetime, expected: str) -> None:
    assert f'creationdate="{expected}"' in render(statement(), "tmx", created=created)


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "9" * 30])
def test_a_wrong_source_date_epoch_is_said_in_one_line(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(FormatError, match="SOURCE_DATE_EPOCH is no number of seconds"):
        render(statement(), "tmx")


def test_without_source_date_epoch_the_date_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    date = _root(render(statement(), "tmx")).find("header").get("creationdate")
    made = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)


@pytest.mark.parametrize("lang", ["ru_RU", "russian", "*all*", "r", "ru-", 'ru"'])
def test_a_language_that_tools_refuse_is_refused(lang: str) -> None:
    with pytest.raises(FormatError, match="is no language code that a memory can carry"):
        render(pairs(("Да.", "Yes."), langs=(lang, "en")), "tmx")


def test_regional_codes_are_kept_as_given() -> None:
    text = render(pairs(("Да.", "Yes."), langs=("ru-RU", "en-GB")), "tmx")
    assert 'srclang="ru-RU"' in text
    assert '<tuv xml:lang="en-GB">' in text


def test_units_are_written_as_they_come() -> None:
    """A memory of any size is never held in memory."""
    stream = io.BytesIO()

    def one_by_one() -> Iterator[TranslationUnit]:
        for number in range(3):
            assert stream.getvalue().count(b"<tu>") == number
            yield TranslationUnit(str(number), {"ru": f"Раз {number}", "en": f"Once {number}"})

    assert write_units(stream, one_by_one(), Header("ru", "en", datetime(2026, 1, 1, tzinfo=UTC)), Options()) == 3
    assert b'<prop type="x-signature">' not in stream.getvalue()
