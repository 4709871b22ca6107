"""Flavours differ where tools differ and nowhere else; a second independent reader takes them all."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

import pytest
import PythonTmx
from exporter_samples import alignments, pairs, statement, unhurried
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.exporters import Flavour, Header, render, units, write_units
from align.types import Segtype, TranslationUnit

if TYPE_CHECKING:
    from pathlib import Path

    from align.types import Alignment

FLAVOURS = get_args(Flavour)


def root_of(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(no_network=True, load_dtd=False))


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    with files("align.exporters").joinpath("tmx14.dtd").open("rb") as stream:
        return etree.DTD(stream)


@unhurried
@given(
    alignment=alignments(),
    flavour=st.sampled_from(FLAVOURS),
    segtype=st.sampled_from(get_args(Segtype)),
    keep=st.booleans(),
)
def test_every_flavour_is_valid_and_read_by_pythontmx(
    dtd: etree.DTD, alignment: Alignment, flavour: Any, segtype: Any, *, keep: bool
) -> None:
    wanted: Any = {"segtype": segtype, "keep": ["conflict", "double", "identical"] if keep else []}
    root = root_of(render(alignment, "tmx", flavour=flavour, **wanted))
    assert dtd.validate(root), dtd.error_log
    read = PythonTmx.from_element(root)
    assert [tuple("".join(tuv.content) for tuv in unit.tuvs) for unit in read.tus] == [
        tuple(unit.variants.values()) for unit in units(alignment, **wanted)[0]
    ]


def test_omegat_needs_nothing_that_the_plain_memory_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert render(statement(), "tmx", flavour="omegat") == render(statement(), "tmx")


def test_trados_gets_the_origin_and_the_confidence_as_a_field_that_the_header_declares() -> None:
    root = root_of(render(statement(), "tmx", flavour="trados"))
    field = "x-confidence:SingleString"
    assert [(prop.get("type"), prop.text) for prop in root.iterfind("header/prop")][1:] == [(field, None)]
    for unit in root.iter("tu"):
        assert [prop.get("type") for prop in unit.iterfind("prop")][:2] == ["x-Origin", field]
        assert unit.findtext("prop") == "Alignment"


def test_memoq_gets_the_mark_that_its_alignment_penalty_looks_at() -> None:
    for unit in root_of(render(statement(), "tmx", flavour="memoq")).iter("tu"):
        assert (unit[0].get("type"), unit[0].text) == ("aligned", "yes")


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_who_and_when_stands_on_the_units_for_tools_that_show_it(flavour: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    found = {
        (unit.get("creationdate"), unit.get("creationid"))
        for unit in root_of(render(statement(), "tmx", flavour=flavour)).iter("tu")
    }
    shown = flavour in {"trados", "memoq"}
    assert found == {("20260101T000000Z", "align") if shown else (None, None)}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_no_flavour_has_a_name_that_stops_omegat_from_filling(flavour: Any) -> None:
    types = {prop.get("type") for prop in root_of(render(statement(), "tmx", flavour=flavour)).iter("prop")}
    assert types.isdisjoint({None, "", "file", "id", "prev", "next", "path"})


def test_a_note_stands_before_the_variants_and_says_what_it_says(dtd: etree.DTD, tmp_path: Path) -> None:
    unit = TranslationUnit(
        "1", {"ru": "Да.", "en": "Yes.", "de": "Ja."}, 0.5, note="see <b>\n& \0page", segtype="block"
    )
    write_units([unit], tmp_path / "m.tmx", Header("ru", "en"))
    root = etree.parse(tmp_path / "m.tmx").getroot()
    assert dtd.validate(root), dtd.error_log
    (written,) = root.iter("tu")
    assert [child.tag for child in written] == ["note", "prop", "tuv", "tuv", "tuv"]
    assert written.findtext("note") == "see <b> & page"


def test_the_shape_is_told_where_it_is_not_one_to_one() -> None:
    found = re.findall(r'"x-alignment">(\S+?)<', render(statement(), "tmx"))
    assert found == ["2-1"]
    assert "x-alignment" not in render(pairs(("Да.", "Yes.")), "tmx")
