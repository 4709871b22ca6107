"""Our own rules as SRX: whole, plain, and cutting as we do."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from align.errors import UnknownLanguageError
from align.splitter import sentence_spans
from align.splitter.language import GENERAL, available
from align.splitter.rules import RULES
from align.splitter.srx import Cutter, Srx, cutter, export, parse_srx, render
from corpora import read_document, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

DTD = """
<!ELEMENT srx (header, body)>
<!ATTLIST srx xmlns CDATA #FIXED "http://www.lisa.org/srx20" version CDATA #FIXED "2.0">
<!ELEMENT header (formathandle*)>
<!ATTLIST header segmentsubflows (yes|no) #REQUIRED cascade (yes|no) #REQUIRED>
<!ELEMENT formathandle EMPTY>
<!ATTLIST formathandle type (start|end|isolated) #REQUIRED include (yes|no) #REQUIRED>
<!ELEMENT body (languagerules, maprules)>
<!ELEMENT languagerules (languagerule+)>
<!ELEMENT languagerule (rule+)>
<!ATTLIST languagerule languagerulename CDATA #REQUIRED>
<!ELEMENT rule (beforebreak?, afterbreak?)>
<!ATTLIST rule break (yes|no) "yes">
<!ELEMENT beforebreak (#PCDATA)>
<!ELEMENT afterbreak (#PCDATA)>
<!ELEMENT maprules (languagemap+)>
<!ELEMENT languagemap EMPTY>
<!ATTLIST languagemap languagepattern CDATA #REQUIRED languagerulename CDATA #REQUIRED>
"""
"""The structure of SRX 2.0, written for this project from the specification."""


@cache
def ours() -> Srx:
    return export()


@cache
def written(lang: str) -> Cutter:
    """Our rules for a language, written and read back."""
    return cutter(parse_srx(render(ours(), "ours.srx").encode(), "ours.srx"), lang)


def test_the_file_has_the_structure_of_srx_2() -> None:
    parsed = etree.fromstring(render(ours(), "ours.srx").encode())
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(parsed), dtd.error_log


@pytest.mark.parametrize("name", ["ours.srx", "segmentation.conf"])
def test_what_is_written_is_read_back(name: str) -> None:
    back = parse_srx(render(ours(), name).encode(), name)
    sides = [[(rule.before, rule.after, rule.breaks) for rule in rules] for rules in back.rules.values()]
    assert sides == [[(rule.before, rule.after, rule.breaks) for rule in rules] for rules in ours().rules.values()]
    assert [each.pattern for each in back.maps] == [each.pattern for each in ours().maps]


def test_there_are_rules_for_every_language_that_has_data_and_general_ones() -> None:
    assert set(ours().rules) == available() | {GENERAL}
    assert set(export(["ru-RU", "en", "en-GB"]).rules) == {"ru", "en"}


@pytest.mark.parametrize(
    ("code", "name"),
    [("ru", "ru"), ("RU", "ru"), ("en-GB", "en"), ("en_US", "en"), ("rue", GENERAL), ("fi", GENERAL), ("x-a", GENERAL)],
)
def test_each_code_gets_exactly_one_set_so_that_cascading_changes_nothing(code: str, name: str) -> None:
    fitting = [each.name for each in ours().maps if re.fullmatch(each.pattern, code)]
    assert fitting == [name]


def test_expressions_are_plain() -> None:
    """Each compiles as it stands; nothing in it means one thing in Java and another in ICU."""
    expressions = {side for rules in ours().rules.values() for rule in rules for side in (rule.before, rule.after)}
    for each in expressions:
        regex.compile(each, regex.VERSION1)
        bare = re.sub(r"\\[pP]\{\w+\}|\\[^\w]", "p", each.replace(r"\s\u0085\p{Z}", ""))
        assert not re.search(r"\\[^u]", bare), each
        assert not re.search(r"[*+?}]\+", re.sub(r"\[[^\]]*\]", "p", bare)), each


def test_an_unknown_language_and_one_without_rules_are_one_line() -> None:
    with pytest.raises(UnknownLanguageError, match="unknown language 'qq'"):
        export(["qq"])
    with pytest.raises(UnknownLanguageError, match=r"no rules of our own for 'fi'; there are .*ru"):
        export(["fi"])


def agreement(lang: str, paragraphs: list[str]) -> float:
    """F1 of the ends of sentences: exported rules against our own."""
    same = differing = 0
    for text in paragraphs:
        own = {stop for _, stop in sentence_spans(text, lang)}
        theirs = {stop for _, stop in written(lang).spans(text)}
        same += len(own & theirs)
        differing += len(own ^ theirs)
    return 2 * same / (2 * same + differing)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_on_the_sample_statements_the_exported_rules_cut_as_we_do(lang: str) -> None:
    samples = [statements.load(name) for name in statements.names()]
    paths = [sample.source_path if lang == "ru" else sample.target_path for sample in samples]
    documents = [read_document(path, lang=lang) for path in paths]
    assert agreement(lang, [doc.text[each.start : each.stop] for doc in documents for each in doc.paragraphs]) >= 0.995


def test_the_exported_rules_cut_the_examples_of_our_rules_as_we_do() -> None:
    """Who adds a rule to the splitter adds its line in align/splitter/srx/ours.py, as far as SRX can say it."""
    found = [
        (lang, re.sub(r"\|(\s*)\|", r"\1", example))
        for rule in RULES
        for lang, example in re.findall(r"^\s*(\w\w): `(.+)`$", rule.__doc__ or "", re.MULTILINE)
    ]
    differing = [text for lang, text in found if written(lang).spans(text) != sentence_spans(text, lang)]
    assert len(differing) <= 0.05 * len(found), differing


PIECES = [
    "Он",
    "она",
    "В",
    "г.",
    "т. д.",
    "2014",
    "5",
    "«",
    "»",
    "(",
    ")",
    ".",
    "!",
    "…",
    "—",
    "U.S.",
    "Mr.",
    "1.",
    "•",
    ";",
]
TEXTS = st.lists(st.sampled_from([*PIECES, " ", " ", " ", "\xa0", "\n", "。", "😀", ":)"]), max_size=40).map("".join)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(["ru", "en", "de", "zh", "fi"]))
def test_only_white_space_lies_between_sentences(text: str, lang: str) -> None:
    spans = written(lang).spans(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[start:stop].strip() for start, stop in zip(edges[::2], edges[1::2], strict=True))


def test_the_command_writes_a_file_both_files_of_omegat_or_standard_output(
    align_command: Callable[..., Ran], tmp_path: Path
) -> None:
    assert align_command("split", "--export-srx", tmp_path / "a.srx", "-l", "ru", "-l", "en") == ran()
    assert (tmp_path / "a.srx").read_text(encoding="utf-8") == render(export(["ru", "en"]), "a.srx")
    project = tmp_path / "omegat"
    project.mkdir()
    assert align_command("split", "--export-srx", project) == ran()
    assert {path.name for path in project.iterdir()} == {"segmentation.srx", "segmentation.conf"}
    assert (project / "segmentation.conf").read_text(encoding="utf-8") == render(ours(), "segmentation.conf")
    shown = align_command("split", "--export-srx", "-", "--srx", tmp_path / "a.srx")
    assert shown.stdout == (tmp_path / "a.srx").read_text(encoding="utf-8")


def ran(status: int = 0, stdout: str = "", stderr: str = "") -> Ran:
    from conftest import Ran

    return Ran(status, stdout, stderr)


@pytest.mark.parametrize(
    ("arguments", "status", "what"),
    [
        (["--export-srx", "a.srx", "b.txt"], 2, "leave out FILE"),
        (["--export-srx", "a.srx", "--explain"], 2, "leave out FILE, --explain"),
        (["--export-srx", "a.srx", "--srx", "omegat", "-l", "ru"], 2, "leave out -l"),
        (["--export-srx", "a.srx", "-l", "fi"], 1, "no rules of our own for 'fi'"),
        (["--export-srx", "none/a.srx"], 1, "none/a.srx: cannot write"),
        (["b.txt", "--srx", "omegat", "--explain"], 2, "leave it out"),
        (["b.txt", "-l", "ru", "-l", "en"], 2, "give -l once"),
        (["b.txt", "--srx", "none.srx"], 1, "none.srx: no such file"),
        ([], 2, "Missing argument 'FILE'"),
    ],
)
def test_wrong_usage_and_bad_files_are_told_apart(
    align_command: Callable[..., Ran], tmp_path: Path, arguments: list[str], status: int, what: str
) -> None:
    (tmp_path / "b.txt").write_text("Он пришёл. Она ушла.\n", encoding="utf-8")
    done = align_command("split", *arguments, cwd=tmp_path)
    assert done.status == status
    assert what in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "a.srx").exists()


def test_the_command_cuts_by_srx(align_command: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Он приехал в г. Краснодар. Она ушла.\n", encoding="utf-8")
    done = align_command("split", "b.txt", "-l", "ru", "--srx", "omegat", cwd=tmp_path)
    assert done == ran(stdout="Он приехал в г.\nКраснодар.\nОна ушла.\n")


def test_sentences_that_are_cut_already_are_not_cut_again(align_command: Callable[..., Ran], tmp_path: Path) -> None:
    done = align_command("pair", "a", "b", "--sentences", "--srx", "omegat", cwd=tmp_path)
    assert done.status == 2
    assert "leave out one of the two" in done.stderr
