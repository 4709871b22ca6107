"""Cutting by anyone's SRX rules: what decides, for which language, and what is said of a bad file."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from srx_samples import HEAD, STOP, cut, language, rule, rules, srx

import align
from align.errors import FormatError, ReadError
from align.splitter.srx import OMEGAT, cutter, parse_srx, read_srx, render
from align.splitter.srx.engine import MARGIN, STRETCH
from corpora import parse_text
from corpora.errors import ToolkitWarning

YEAR = rule(r"\bг\.", r"\s", breaks="no")


def test_a_break_rule_cuts_and_the_white_space_belongs_to_nobody() -> None:
    assert cut(rules(STOP), "  Один. \t Два!\nТри ") == ["Один.", "Два!", "Три"]


def test_the_first_rule_that_fits_a_place_decides() -> None:
    text = "В г. Краснодар. Там."
    assert cut(rules(YEAR, STOP), text) == ["В г. Краснодар.", "Там."]
    assert cut(rules(STOP, YEAR), text) == ["В г.", "Краснодар.", "Там."]
    sure = rule(r"г\.", r"\s+Он\b")
    assert cut(rules(sure, YEAR, STOP), "В 2014 г. Он. В г. Орёл.") == ["В 2014 г.", "Он.", "В г. Орёл."]


def test_a_rule_without_break_is_a_break() -> None:
    bare = rule(r"\.", r"\s").replace(' break="yes"', "")
    assert cut(rules(bare), "Один. Два") == ["Один.", "Два"]


def test_either_side_of_a_rule_may_be_empty_or_missing() -> None:
    assert cut(rules(rule(";", "")), "а;б; в") == ["а;", "б;", "в"]
    assert cut(rules(rule("", "•")), "а •б") == ["а", "•б"]
    assert cut(rules("<rule><beforebreak>;</beforebreak></rule>"), "а;б") == ["а;", "б"]
    assert cut(rules("<rule/>"), "абв") == ["а", "б", "в"]


def test_what_nothing_cuts_stays_whole() -> None:
    assert cut(rules(YEAR), "Один. Два.") == ["Один. Два."]
    assert cut(rules(STOP), " \n ") == []
    assert cut(rules(STOP), "") == []


def test_a_rule_sees_the_text_on_both_sides_of_a_place() -> None:
    quoted = rule(r"«[^»]*[.?!]", r"\s[^«]*»", breaks="no")
    assert cut(rules(quoted, STOP), "Он: «Да. Нет» и. Всё.") == ["Он: «Да. Нет» и.", "Всё."]


def test_a_dot_matches_a_line_break_as_in_omegat() -> None:
    assert cut(rules(rule("а.", "б")), "а\nб") == ["а", "б"]
    assert cut(rules(rule("(?-s)а.", "б")), "а\nб") == ["а\nб"]


TWO = [language("Own", YEAR), language("Shared", STOP)]


def test_without_cascade_the_first_map_that_fits_has_the_say() -> None:
    maps = [("ru.*", "Own"), (".*", "Shared")]
    loaded = parse_srx(srx(TWO, maps).encode(), "a.srx")
    assert cut(loaded, "В г. Орёл. Да.") == ["В г. Орёл. Да."]
    assert cut(loaded, "В г. Орёл. Да.", "en") == ["В г.", "Орёл.", "Да."]


def test_with_cascade_the_rules_of_all_maps_that_fit_are_joined_in_order() -> None:
    loaded = parse_srx(srx(TWO, [("ru.*", "Own"), (".*", "Shared")], cascade="yes").encode(), "a.srx")
    assert cut(loaded, "В г. Орёл. Да.") == ["В г. Орёл.", "Да."]
    assert cut(loaded, "В г. Орёл. Да.", "en") == ["В г.", "Орёл.", "Да."]
    other_way = parse_srx(srx(TWO, [(".*", "Shared"), ("ru.*", "Own")], cascade="yes").encode(), "a.srx")
    assert cut(other_way, "В г. Орёл. Да.") == ["В г.", "Орёл.", "Да."]


@pytest.mark.parametrize(
    ("pattern", "code", "fits"),
    [
        ("(?i)ru.*", "ru", True),
        ("RU.*", "ru-RU", True),
        ("[Rr][Uu]", "ru", True),
        ("ru", "ru-RU", False),
        ("ru_RU", "ru-RU", True),
        ("ru-.*", "ru", False),
        ("u", "ru", False),
        ("(?!ru).*", "en", True),
    ],
)
def test_a_pattern_must_match_the_whole_code(pattern: str, code: str, fits: bool) -> None:  # noqa: FBT001
    loaded = parse_srx(srx([language("Own", STOP)], [(pattern, "Own")]).encode(), "maps.srx")
    if fits:
        assert cut(loaded, "А. Б", code) == ["А.", "Б"]
        return
    with pytest.warns(ToolkitWarning, match=r"maps.srx: no rules for language .*paragraphs are not cut"):
        assert cut(loaded, "А. Б", code) == ["А. Б"]


def test_srx_1_is_read_too() -> None:
    old = (
        '<!DOCTYPE srx PUBLIC "-//LISA OSCAR:2004//DTD for SRX//EN" "srx.dtd">\n<srx version="1.0"><header/><body>'
        f"<languagerules>{language('Own', YEAR, STOP)}{language('Other', YEAR)}</languagerules><maprules>"
        '<maprule maprulename="First"><languagemap languagepattern=".*" languagerulename="Own"/></maprule>'
        '<maprule maprulename="Second"><languagemap languagepattern=".*" languagerulename="Other"/></maprule>'
        "</maprules></body></srx>"
    )
    assert cut(parse_srx(old.encode(), "old.srx"), "В г. Орёл. Да.") == ["В г. Орёл.", "Да."]


def test_a_prefix_for_the_namespace_and_foreign_elements_do_no_harm() -> None:
    text = srx([language("Own", STOP)], [(".*", "Own")])
    text = text.replace("<header", '<header xmlns:x="urn:x" x:y="z"', 1).replace("/>\n<body>", "><x:o/></header><body>")
    assert cut(parse_srx(text.encode(), "a.srx"), "А. Б") == ["А.", "Б"]
    prefixed = re.sub(r"(</?)(?=[a-z])(?!x:)", r"\1s:", text).replace("xmlns=", "xmlns:s=")
    assert cut(parse_srx(prefixed.encode(), "a.srx"), "А. Б") == ["А.", "Б"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_files_in_other_encodings_are_read(encoding: str) -> None:
    text = srx([language("Own", YEAR, STOP)], [(".*", "Own")]).replace("UTF-8", encoding.removesuffix("-sig"))
    assert cut(parse_srx(text.encode(encoding), "a.srx"), "В г. Орёл. Да.") == ["В г. Орёл.", "Да."]


ENCODED = """<?xml version="1.0" encoding="UTF-8"?>
<java version="17.0.15" class="java.beans.XMLDecoder">
 <object class="org.omegat.core.segmentation.SRX" id="SRX0">
  <void property="mappingRules"><void method="add">
    <object class="org.omegat.core.segmentation.MapRule">
     <void property="language"><string>Russian</string></void>
     <void property="pattern"><string>RU.*</string></void>
     <void property="rules"><void method="add">
        <object class="org.omegat.core.segmentation.Rule">
         <void property="afterbreak"><string>\\s</string></void>
         <void property="beforebreak"><string>г\\.</string></void>
        </object></void>
       <void method="add"><object class="org.omegat.core.segmentation.Rule">
         <void property="breakRule"><boolean>true</boolean></void>
         <void property="afterbreak"><string>\\s</string></void>
         <void property="beforebreak"><string>\\.</string></void>
        </object></void></void>
    </object></void></void>
  <void property="version"><string>0.2.2</string></void>
 </object>
</java>
"""


def test_a_segmentation_conf_as_java_writes_it_is_read() -> None:
    """Java leaves out what is a property's default: that a rule is none of break."""
    assert cut(parse_srx(ENCODED.encode(), "segmentation.conf"), "В г. Орёл. Да.\xa0Нет") == [
        "В г. Орёл.",
        "Да.\xa0Нет",
    ]


def test_what_is_written_as_a_segmentation_conf_is_read_back() -> None:
    loaded = parse_srx(srx(TWO, [("ru.*", "Own"), (".*", "Shared")], cascade="yes").encode(), "a.srx")
    back = parse_srx(render(loaded, "segmentation.conf").encode(), "segmentation.conf")
    assert [(each.before, each.after, each.breaks) for name in back.rules for each in back.rules[name]] == [
        (each.before, each.after, each.breaks) for name in loaded.rules for each in loaded.rules[name]
    ]
    assert [each.pattern for each in back.maps] == ["ru.*", ".*"]
    assert cut(back, "В г. Орёл. Да.") == ["В г. Орёл.", "Да."]


def test_expressions_in_omegats_own_files_are_javas(tmp_path: Path) -> None:
    text = srx([language("Own", STOP)], [(".*", "Own")])
    for name in ("rules.srx", "segmentation.srx"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert cut(read_srx(tmp_path / "rules.srx"), "А.\xa0Б") == ["А.", "Б"]
    assert cut(read_srx(tmp_path / "segmentation.srx"), "А.\xa0Б") == ["А.\xa0Б"]


OMEGAT_CUTS = [
    ("ru", "Сегодня г.| |Краснодар посетил министр."),
    ("ru", "А.| |С.| |Пушкин, т.е. поэт, рт.ст. и т.к. он"),
    ("ru", "И т.| |д.| |3.5 на ya.ru «Да!» Потом (Так было.) Вот."),
    ("ru", "Итак... потом.... ушёл… Он?!| |Да... Нет"),
    ("ru", "Конец.\xa0Начало"),
    ("ru", "1.| |Пункт"),
    ("ru", "1)| |Пункт"),
    ("en", "Mr. Lavrov met Dr. Smith, J. K. Rowling, Prof. X, i.e. a lot vs. Fig. 5 in St. Petersburg.| |No. 5"),
    ("en", "U.S.| |President, mln.| |dollars, 5 p.m.| |He, etc.| |Then, Art.| |5, Inc.| |is, 5 p.m. he"),
    ("en", "10| |May"),
]


@pytest.mark.parametrize(("lang", "example"), OMEGAT_CUTS)
def test_the_built_in_rules_repeat_what_omegat_does_by_default(lang: str, example: str) -> None:
    expected = [part.strip("| ") for part in example.split("| |")]
    if "...." in example:  # the one place where four stops are an end
        expected = ["Итак... потом....", "ушёл… Он?!", "Да...", "Нет"]
    assert cut(read_srx(OMEGAT), "".join(example.split("|")), lang) == expected


def test_a_result_names_the_rules_that_cut_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.srx"
    path.write_text(srx([language("Own", STOP)], [(".*", "Own")]), encoding="utf-8")
    words = [("Мы пришли. Потом ушли.", "We came. Then we left.")]
    result = align.align_texts(*words[0], source_lang="ru", target_lang="en", srx=path)
    assert f"split {read_srx(path).signature} |" in result.signature
    assert read_srx(path).signature.startswith("srx:mine.srx@")
    assert "split ru:" in align.align_texts(*words[0], source_lang="ru", target_lang="en").signature


def test_paragraphs_stay_walls_and_offsets_point_into_the_text() -> None:
    text = "Первый абзац. Без конца\n\nВторой абзац, г. Орёл. Да.\n\n13:45\n"
    document = parse_text(text, id="a", lang="ru")
    done = align.split(document, srx=rules(YEAR, STOP))
    assert [each.text for each in done.sentences][:4] == [
        "Первый абзац.",
        "Без конца",
        "Второй абзац, г. Орёл.",
        "Да.",
    ]
    assert all(text[each.start : each.stop] == each.text for each in done.sentences)


BAD = [
    ("", 1, "no XML"),
    ("just text", 1, "no XML"),
    ("<srx>", 1, "no XML"),
    (f"{HEAD}<tmx version='1.4'/>", 2, "no SRX: it begins with <tmx>"),
    (f"{HEAD}<srx version='2.0'><body/></srx>", 2, "no segmentation rules"),
    (srx([language("A", STOP)], []), 2, "no <languagemap>"),
    (srx([language("A", STOP)], [(".*", "B")]), 10, "no <languagerule> called 'B'"),
    (srx([language("A", STOP), language("A", STOP)], [(".*", "A")]), 8, "a second <languagerule> called 'A'"),
    (srx([language("A", rule("a", "b", breaks="maybe"))], [(".*", "A")]), 6, "break='maybe' is neither yes nor no"),
    (srx([language("A", STOP)], [(".*", "A")], cascade="x"), 3, "cascade='x'"),
    (srx(["<languagerule/>"], [(".*", "A")]), 5, "<languagerule> has no languagerulename"),
    (f"{HEAD}<java><object/></java>", 2, "there is no MapRule"),
    (f'{HEAD}<!DOCTYPE srx [<!ENTITY a "b">]><srx>&a;</srx>', 2, "declares the entity 'a'"),
    (f'{HEAD}<!DOCTYPE srx [<!ENTITY a SYSTEM "file:///etc/passwd">]><srx>&a;</srx>', 2, "declares the entity 'a'"),
    (f'{HEAD}<!DOCTYPE srx [<!ENTITY % a SYSTEM "http://a.example/">%a;]><srx/>', 2, "declares the entity 'a'"),
    (f'{HEAD}<!DOCTYPE srx SYSTEM "http://a.example/srx.dtd"><srx>&a;</srx>', 2, "entity 'a'"),
    (f"{HEAD}<srx>{'<a>' * 100}", 2, "more than 64 deep"),
    ('<?xml version="1.0" encoding="x-none"?><srx/>', 1, "no XML"),
]


@pytest.mark.parametrize(("text", "line", "why"), BAD, ids=[why for _, _, why in BAD])
def test_a_bad_file_is_one_line_that_names_the_place(text: str, line: int, why: str) -> None:
    with pytest.raises(FormatError) as raised:
        parse_srx(text.encode(), "bad.srx")
    assert str(raised.value).startswith(f"bad.srx:{line}: ")
    assert why in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_bomb_of_entities_is_refused_at_once() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE srx [<!ENTITY a0 "ha">{levels}]><srx>&a9;</srx>'
    with pytest.raises(FormatError, match="declares the entity"):
        parse_srx(bomb.encode(), "bomb.srx")


def test_missing_empty_and_huge_files_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_srx(tmp_path / "absent.srx")
    with pytest.raises(ReadError, match="is a directory"):
        read_srx(tmp_path)
    (tmp_path / "empty.srx").write_bytes(b"")
    with pytest.raises(FormatError, match="the file is empty"):
        read_srx(tmp_path / "empty.srx")
    (tmp_path / "huge.srx").write_bytes(b" " * (8 * 1024 * 1024 + 1))
    with pytest.raises(FormatError, match="larger than 8 MiB"):
        read_srx(tmp_path / "huge.srx")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (r"(", "a ( without its )"),
        (r"\p{Klingon}", "unknown property 'Klingon'"),
        (r"(a)\1", "a reference to a group in <beforebreak>"),
        (r"a{2,1}", "out of order"),
        (r"\G", r"\G cannot be translated"),
    ],
)
def test_an_expression_that_cannot_be_translated_names_its_line(bad: str, why: str) -> None:
    loaded = rules(STOP, rule(bad, ""), STOP)
    with pytest.raises(FormatError) as raised:
        cutter(loaded, "ru")
    assert str(raised.value).startswith("test.srx:7: ")
    assert why in str(raised.value)


def test_rules_for_another_language_may_be_beyond_us() -> None:
    both = srx([language("Bad", rule("(", "")), language("Good", STOP)], [("en", "Bad"), ("ru", "Good")])
    assert cut(parse_srx(both.encode(), "a.srx"), "А. Б") == ["А.", "Б"]


SLOW = [
    rule(r"x(?:а|аа)+", r"\s"),
    rule("", r"(?:аа|а)+!"),
    rule("", r"(?:а|аа)+$x"),
]


@pytest.mark.parametrize("slow", SLOW)
def test_a_rule_that_never_ends_is_stopped_and_named(slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.splitter.srx.engine._START_SECONDS", 0.5)
    monkeypatch.setattr("align.splitter.srx.engine._BLAME_SECONDS", 0.1)
    loaded = rules(STOP, slow)
    begun = time.monotonic()
    with pytest.raises(FormatError, match=r"test.srx:7: the rule takes too long"):
        cut(loaded, "а" * 3000 + " б")
    assert time.monotonic() - begun < 30


def test_a_slow_exception_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.splitter.srx.engine._START_SECONDS", 0.5)
    monkeypatch.setattr("align.splitter.srx.engine._BLAME_SECONDS", 0.1)
    with pytest.raises(FormatError, match=r"test.srx:6: the rule takes too long"):
        cut(rules(rule(r"x(?:а|аа)+\.", r"\s", breaks="no"), STOP), "а" * 3000 + ". б")


def test_a_long_paragraph_is_cut_stretch_by_stretch_as_if_whole() -> None:
    sentence = "Приехал в г. Орёл и остался. "
    text = sentence * (3 * STRETCH // len(sentence))
    found = cut(rules(YEAR, STOP), text)
    assert set(found) == {sentence.strip()}
    assert len(found) == text.count("остался")


def test_a_cut_lies_at_the_edge_of_a_stretch_as_anywhere() -> None:
    for shift in range(-2, 3):
        text = "а" * (STRETCH + shift - 1) + ". б"
        assert len(cut(rules(STOP), text)) == 2
    assert len(cut(rules(rule(f"а{{{MARGIN // 2}}}", "б")), "а" * STRETCH + "б")) == 2


PIECES = st.lists(st.sampled_from([*"аБ1.?!;«»() \n\t", "\xa0", "\u2028", "г.", "т.е.", "...", "😀"]), max_size=60)


@settings(max_examples=60, deadline=None)
@given(PIECES.map("".join), st.sampled_from(["ru", "en", "zh"]))
def test_spans_are_in_order_and_only_white_space_lies_between(text: str, lang: str) -> None:
    for loaded in (read_srx(OMEGAT), rules(YEAR, STOP), rules(rule("", "")), rules(rule(r"\s", ""), rule("", r"\s"))):
        spans = cutter(loaded, lang).spans(text)
        assert all(start < stop for start, stop in spans)
        edges = [0, *(edge for span in spans for edge in span), len(text)]
        assert edges == sorted(edges)
        assert all(not text[start:stop].strip() for start, stop in zip(edges[::2], edges[1::2], strict=True))
        assert all(text[start:stop] == text[start:stop].strip() for start, stop in spans)
