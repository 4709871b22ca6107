"""XLIFF 1.2 and 2.1 are built as their standards say, and tell the state of each pair."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from exporter_samples import aligned, alignments, pairs, statement, unhurried
from hypothesis import given
from lxml import etree
from translate.storage.xliff2 import Xliff2File

from align.exporters import render
from align.types import Alignment, Bead

if TYPE_CHECKING:
    from collections.abc import Mapping

XLIFF = {"one": "urn:oasis:names:tc:xliff:document:1.2", "two": "urn:oasis:names:tc:xliff:document:2.0"}

# What we write of each standard, as a RELAX NG grammar: order, number, and the values that it lists.
GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{ns}"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start>{start}</start></grammar>"""
LANG = '<data type="language"/>'
SPACE = '<attribute name="xml:space" ns="http://www.w3.org/XML/1998/namespace"><value>preserve</value></attribute>'
ONE = f"""<element name="xliff"><attribute name="version"><value>1.2</value></attribute>
  <element name="file">
    <attribute name="original"/><attribute name="datatype"><value>plaintext</value></attribute>
    <attribute name="source-language">{LANG}</attribute><attribute name="target-language">{LANG}</attribute>
    <attribute name="date"><data type="dateTime"/></attribute><attribute name="tool-id"/>
    <element name="header">
      <element name="tool"><attribute name="tool-id"/><attribute name="tool-name"/><attribute name="tool-version"/>
        </element>
      <zeroOrMore><element name="note"><text/></element></zeroOrMore>
    </element>
    <element name="body"><zeroOrMore><element name="trans-unit">
      <attribute name="id"><data type="NMTOKEN"/></attribute>{SPACE}
      <element name="source"><text/></element>
      <element name="target"><attribute name="state"><choice>
        <value>translated</value><value>needs-review-translation</value></choice></attribute><text/></element>
      <oneOrMore><element name="note"><optional><attribute name="from"/></optional><text/></element></oneOrMore>
    </element></zeroOrMore></element>
  </element></element>"""
TWO = f"""<element name="xliff"><attribute name="version"><value>2.1</value></attribute>
  <attribute name="srcLang">{LANG}</attribute><attribute name="trgLang">{LANG}</attribute>
  <element name="file"><attribute name="id"><data type="NMTOKEN"/></attribute><attribute name="original"/>
    <optional><attribute name="srcDir"><value>rtl</value></attribute></optional>
    <optional><attribute name="trgDir"><value>rtl</value></attribute></optional>
    <optional><element name="notes"><element name="note"><attribute name="category"/><text/></element></element>
      </optional>
    <choice><element name="group"><attribute name="id"/></element>
      <oneOrMore><element name="unit"><attribute name="id"><data type="NMTOKEN"/></attribute>{SPACE}
        <element name="notes"><oneOrMore><element name="note"><optional><attribute name="category"/></optional><text/>
          </element></oneOrMore></element>
        <element name="segment"><attribute name="id"><data type="NMTOKEN"/></attribute>
          <attribute name="state"><value>translated</value></attribute>
          <optional><attribute name="subState"><data type="string"><param name="pattern">[^:]+:.+</param></data>
            </attribute></optional>
          <element name="source"><text/></element><element name="target"><text/></element>
        </element></element></oneOrMore></choice>
  </element></element>"""


@pytest.fixture(scope="module")
def grammars() -> Mapping[str, etree.RelaxNG]:
    parts = {"xliff": ("one", ONE), "xliff2": ("two", TWO)}
    return {
        name: etree.RelaxNG(etree.fromstring(GRAMMAR.format(ns=XLIFF[version], start=start)))
        for name, (version, start) in parts.items()
    }


def root_of(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(no_network=True, load_dtd=False))


@pytest.mark.parametrize("name", ["xliff", "xliff2"])
class TestBothVersions:
    @unhurried
    @given(alignment=alignments())
    def test_are_built_as_the_standard_says(
        self, name: str, grammars: Mapping[str, etree.RelaxNG], alignment: Alignment
    ) -> None:
        grammars[name].assertValid(root_of(render(alignment, name)))

    def test_number_their_units(self, name: str) -> None:
        root = root_of(render(statement(), name, min_confidence=0.3))
        ids = [unit.get("id") for unit in root.iter("{*}trans-unit", "{*}unit")]
        assert len(ids) == len(set(ids)) == 5

    def test_name_the_languages_and_the_document_without_its_folders(self, name: str) -> None:
        alignment = pairs(("Да.", "Yes."), langs=("ru-RU", "en-GB"))
        root = root_of(render(alignment, name))
        named = {**root.attrib, **root.find("{*}file").attrib}
        assert {"ru-RU", "en-GB", "sample.ru-RU.txt"} <= set(named.values())

    def test_say_which_pairs_are_worth_a_look(self, name: str) -> None:
        beads = [Bead((0,), (0,), 0.95), Bead((1,), (1,), 0.5)]
        text = render(aligned(["Да.", "Нет."], ["Yes.", "No."], beads), name)
        doubt = "needs-review-translation" if name == "xliff" else 'subState="align:look"'
        assert text.count(doubt) == 1
        assert text.index(doubt) > text.index("Yes.")


def test_version_two_is_read_by_translate_toolkit() -> None:
    read = Xliff2File.parsestring(render(statement(), "xliff2").encode())
    assert [unit.target for unit in read.units][:1] == ["Meeting with the Ambassador"]


def test_version_two_says_which_side_runs_from_right_to_left() -> None:
    text = render(pairs(("Да.", "نعم."), langs=("ru", "ar")), "xliff2")
    assert 'trgDir="rtl"' in text
    assert "srcDir" not in text


@pytest.mark.parametrize(("name", "needle"), [("xliff", "<trans-unit"), ("xliff2", "<unit")])
def test_our_grammars_refuse_what_is_wrong(name: str, needle: str, grammars: Mapping[str, etree.RelaxNG]) -> None:
    good = render(statement(), name)
    assert needle in good
    for bad in (good.replace(needle, needle + ' wrong="1"', 1), good.replace("<source>", "<seg>", 1)):
        with pytest.raises((etree.XMLSyntaxError, etree.DocumentInvalid)):
            grammars[name].assertValid(etree.parse(io.BytesIO(bad.encode())))
