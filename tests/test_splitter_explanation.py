"""``align split --explain``: every place that might be cut, and the rule behind each decision."""

from __future__ import annotations

from itertools import pairwise

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from align.cli import main
from align.splitter import split
from align.splitter.explanation import explain_document, show
from align.splitter.point import Decision
from align.splitter.rules import RULES
from corpora import parse_text

TEXT = "Г-н Вейл был в г. Порт-Ларне. Потом он уехал. 1. Итоги 2. Планы\n\nКонец. Занавес."


def test_a_line_names_place_decision_and_rule_and_the_rules_are_explained() -> None:
    document = parse_text(TEXT, lang="ru")
    assert show(document, tuple(explain_document(document))).splitlines() == [
        "     17  join    abbreviation_either  Г-н Вейл был в г.~ ~Порт-Ларне. Потом он уех…",
        "     29  split   capital_or_number    Г-н Вейл был в г. Порт-Ларне.| |Потом он уехал. 1. Итоги…",
        "     45  split   capital_or_number    …был в г. Порт-Ларне. Потом он уехал.| |1. Итоги 2. Планы Конец…",
        "     48  join    list_marker          … в г. Порт-Ларне. Потом он уехал. 1.~ ~Итоги 2. Планы Конец. З…",
        "     54  before  next_item            …Порт-Ларне. Потом он уехал. 1. Итоги| |2. Планы Конец. Занавес…",
        "     71  split   capital_or_number    … он уехал. 1. Итоги 2. Планы Конец.| |Занавес.",
        "",
        "next_item            In a sentence that began as item 1, the number 2 begins the next item.",
        "list_marker          A number or letter that opens the sentence marks an item of a list.",
        "abbreviation_either  Some end the sentence only where the next word can be nothing but a beginning.",
        "capital_or_number    A capital, a number, a quote, a bracket, a dash or a bullet begins a sentence.",
    ]


def test_the_command_prints_it() -> None:
    done = CliRunner().invoke(main, ["split", "-", "-l", "en", "--explain"], input="He met Mr. Vale. They spoke.")
    assert done.exit_code == 0
    assert "join    abbreviation_title  He met Mr.~ ~Vale. They spoke." in done.stdout
    assert "split   capital_or_number   He met Mr. Vale.| |They spoke." in done.stdout


def test_metadata_has_no_points() -> None:
    document = parse_text("13:45\n\n* * *\n\nОн пришёл. Она ушла.", lang="ru")
    assert [one.offset for one in explain_document(document)] == [24]


def test_text_without_points_is_explained_by_nothing() -> None:
    document = parse_text("Он пришёл", lang="ru")
    assert show(document, tuple(explain_document(document))) == ""


@given(st.lists(st.sampled_from(["Он был в г. ", "Всё. ", "1. ", "2. ", "a) ", "«Да!» ", "\n\n", "• "]), min_size=1))
def test_cuts_are_exactly_where_sentences_end_and_begin(parts: list[str]) -> None:
    document = parse_text("А" + "".join(parts), lang="ru")
    spans = [(one.start, one.stop) for one in split(document).sentences]
    edges = {(one.start, one.stop) for one in document.paragraphs}
    cuts = [(one.offset, one.next) for one in explain_document(document) if one.decision is not Decision.JOIN]
    between = [(left[1], right[0]) for left, right in pairwise(spans)]
    inner = [pair for pair in between if pair[1] not in {start for start, _ in edges}]
    assert [pair for pair in cuts if pair[0] < pair[1] or pair in inner] == inner


def test_every_rule_has_a_line_that_explains_it() -> None:
    assert all((rule.__doc__ or "").split("\n", 1)[0].endswith(".") for rule in RULES)
