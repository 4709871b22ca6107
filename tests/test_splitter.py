"""What always holds of the splitter, whatever the text."""

from __future__ import annotations

import subprocess
import sys
import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_splitter_cases import CASES

from align.splitter import explain, sentence_spans, signature, split, split_lines
from align.splitter.cutting import rule_spans
from align.splitter.language import available, language_data, load
from align.splitter.point import Decision
from align.splitter.rules import RULES
from corpora.document import Document, Paragraph
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    from collections.abc import Callable

RULED = sorted(lang for lang in available() if load(lang).engine == "rules")

# Any character at all, lone surrogates included, but often those that the rules look at.
LIVELY = st.one_of(
    st.sampled_from(list(".!?…;:,)(«»“”\"'—–-•1234567890 \n\t\u00a0\u3000。！？《》")),
    st.sampled_from("абвгдАБВГДabcdABCDIVXгтс"),
    st.sampled_from([" г.", " т. е. ", "Mr. ", " U.S. ", "Он ", "The ", "...", " 2. ", "😀", "\u200d"]),
    st.sampled_from(["слово", "members. ", "страна.” ", 'people." ', "люди». ", "в 2014", "1968. ", "США. ", "(так "]),
    st.sampled_from(
        ["XXIII. ", "approx. ", "l'art. ", "Thurs. ", "д.». ", "a) ", "и b) ", "?» ", "said ", "「", "」と"]
    ),
    st.characters(exclude_categories=()),
)
TEXTS = st.lists(LIVELY, max_size=60).map("".join)


@given(TEXTS, st.sampled_from(RULED))
@example("•" + " " * 200 + "• а", "ru")
@example("а" + " " * 200 + "• а", "ru")
def test_only_white_space_is_left_out_of_sentences(text: str, lang: str) -> None:
    spans = sentence_spans(text, lang)
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@given(TEXTS, st.sampled_from(RULED))
@example("XXIII. и b) XXIII. Mr. ", "de")
@settings(max_examples=300)
def test_quick_decisions_are_those_of_the_rules(text: str, lang: str) -> None:
    begin, expected = len(text) - len(text.lstrip()), []
    for point, decision, _ in explain(text, lang):
        if decision is Decision.SPLIT:
            expected.append((begin, point.cut))
            begin = point.next
        elif decision is Decision.BEFORE and text[begin : point.token_start].strip():
            expected.append((begin, begin + len(text[begin : point.token_start].rstrip())))
            begin = point.token_start
    if text.strip():
        expected.append((begin, len(text.rstrip())))
    assert sentence_spans(text, lang) == expected


@given(TEXTS, st.sampled_from(RULED))
@settings(max_examples=300)
def test_rules_that_are_not_asked_would_have_said_nothing(text: str, lang: str) -> None:
    for point, decision, name in explain(text, lang):
        answers = ((rule(point), rule.__name__) for rule in RULES)
        assert (decision, name) == next(
            ((found, rule) for found, rule in answers if found), (Decision.SPLIT, "default")
        )


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_a_sentence_cut_again_stays_whole(lang: str, case: str) -> None:
    # Not so for any text: a quotation's end or a list's first item may lie in another sentence.
    text = case.replace("|", "")
    for start, stop in sentence_spans(text, lang):
        assert sentence_spans(text[start:stop], lang) == [(0, stop - start)]


def test_a_text_without_words_has_no_sentence_or_one() -> None:
    assert sentence_spans("", "ru") == []
    assert sentence_spans(" \n\t", "ru") == []
    assert sentence_spans("...", "ru") == [(0, 3)]


SIZE = 20_000
PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "full stops": lambda n: "." * n,
    "spaced full stops": lambda n: ". " * (n // 2),
    "one word": lambda n: "а" * n,
    "glued sentences": lambda n: "Да.Нет" * (n // 6),
    "short abbreviations": lambda n: "т. Е. " * (n // 6),
    "initials": lambda n: "А. " * (n // 3),
    "open brackets": lambda n: "(а. Б " * (n // 6),
    "open quotes": lambda n: "«а. Б " * (n // 6),
    "closing quotes": lambda n: "а." + "»" * n,
    "closing brackets": lambda n: "а" + ")" * n + " Б",
    "emoji": lambda n: "😀" * n + "а Б",
    "joined emoji": lambda n: "😀\u200d" * (n // 2) + "а",
    "semicolons": lambda n: "; " * (n // 2) + "А",
    "white space": lambda n: "а." + " " * n + "Б",
    "bullets": lambda n: "• " * (n // 2),
    "list numbers": lambda n: "1. " * (n // 3),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_hostile_text_is_cut_without_losing_any_of_it(name: str) -> None:
    # That the time is linear is measured in benchmarks/hostile.py.
    text = PATHOLOGICAL[name](SIZE)
    spans = rule_spans(text, load("ru"))
    assert "".join(text[start:stop] for start, stop in spans).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("lang", sorted(available()))
def test_every_language_cuts_two_plain_sentences(lang: str) -> None:
    unspaced = {"zh": "他来了。她走了。", "ja": "彼は来た。彼女は行った。"}
    text = unspaced.get(lang, "Aaaa bbbbb ccccc. Dddd eeeee fffff.")
    assert len(sentence_spans(text, lang)) == 2


def test_a_language_without_data_warns_and_is_cut_by_general_rules() -> None:
    language_data.cache_clear()
    with pytest.warns(ToolkitWarning, match="'xx'"):
        assert len(sentence_spans("Aaaa bbbbb. Cccc ddddd.", "xx")) == 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sentence_spans("Aaaa bbbbb. Cccc ddddd.", "xx")  # once is enough


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The group was banned.*| The court said so.", "en"),
        ("It lies in the north.¹| He left.", "en"),
        ("Группа запрещена.**| Так решил суд.", "ru"),
    ],
)
def test_a_footnote_mark_stays_with_the_sentence_before_it(text: str, lang: str) -> None:
    _check(text, lang)


@pytest.mark.parametrize(
    "text",
    [
        "По данным на конец 2017 г. Лахтария занимала третье место.| Затем всё изменилось.",
        "По итогам 2018 г. Лахтария вышла вперёд.",
        "Решение принято по итогам 2018 г.| Лахтария его поддержала.",
        "Дом построен в сер. XIX в. и цел.",
        "Он был сер.| Она молчала.",
    ],
)
def test_an_opening_phrase_of_accounts_goes_on_after_its_year(text: str) -> None:
    _check(text, "ru")


def _check(marked: str, lang: str) -> None:
    text = marked.replace("|", "")
    assert [text[start:stop] for start, stop in sentence_spans(text, lang)] == marked.split("| ")


def test_a_region_does_not_change_the_rules() -> None:
    assert sentence_spans("He met Mr. Smith.", "en-GB") == [(0, 17)]
    assert signature("en-GB") == signature("en")


def test_a_signature_names_language_and_version() -> None:
    assert signature("ru") == f"ru:{load('ru').version}"
    assert signature("xx").startswith("xx:general.")


def document(text: str, *paragraphs: Paragraph) -> Document:
    return Document("test", "ru", text, paragraphs)


def test_a_document_is_cut_paragraph_by_paragraph() -> None:
    text = "13:45\n\nВстреча в г.\n\nКраснодар. Потом\nобед. * * *"
    parts = [
        Paragraph(0, 5, "time"),
        Paragraph(7, 19, "title"),
        Paragraph(21, 43),
        Paragraph(44, 49, "separator"),
    ]
    cut = split(document(text, *parts))
    assert [sentence.text for sentence in cut.sentences] == [
        "13:45",
        "Встреча в г.",
        "Краснодар.",
        "Потом\nобед.",
        "* * *",
    ]
    assert [sentence.paragraph for sentence in cut.sentences] == [0, 1, 2, 2, 3]
    assert all(text[one.start : one.stop] == one.text for one in cut.sentences)


def test_metadata_is_never_cut() -> None:
    text = "Версия для слабовидящих. Поиск."
    cut = split(document(text, Paragraph(0, len(text), "furniture")))
    assert [sentence.text for sentence in cut.sentences] == [text]


def test_an_empty_paragraph_has_no_sentence() -> None:
    assert split(document("а", Paragraph(0, 0), Paragraph(0, 1))).sentences[0].paragraph == 1


def test_lines_are_sentences_blank_ones_too() -> None:
    text = "Раз. Два.\n\nТри."
    cut = split_lines(document(text, Paragraph(0, 9), Paragraph(10, 10), Paragraph(11, 15)))
    assert [sentence.text for sentence in cut.sentences] == ["Раз. Два.", "", "Три."]


def test_cutting_by_rules_does_not_import_nltk_or_regex() -> None:
    code = (
        "import sys; from align.splitter import sentence_spans; sentence_spans('Раз. Два.', 'ru');"
        "sys.exit(bool({'nltk', 'regex', 'torch', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
