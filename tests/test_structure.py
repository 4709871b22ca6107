"""What the lines of a saved page are: lines by themselves, whole pages, and what always holds."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structure_pages import PAGES as FIRST_PAGES
from structure_pages_saved import SAVED

from align.training.gold import read_gold
from corpora import parse_text
from corpora.document import Paragraph
from corpora.readers import plain
from corpora.structure import label, shapes
from corpora.structure.dates import find_date, parse_moment
from corpora.structure.metadata import number_reason, separator_reason
from corpora.structure.phrases import fold, furniture_words, phrases
from corpora.structure.shapes import shape_reason
from corpora.structure.turns import is_full_name, is_initialled, is_role, speaker

if TYPE_CHECKING:
    from pathlib import Path

PAGES = FIRST_PAGES | SAVED


def _kinds(text: str, lang: str) -> list[tuple[str, str]]:
    labelled = label(text, plain.paragraphs(text), lang)
    return [(p.kind, text[p.start : p.stop]) for p in labelled]


def _letter(kind: str) -> str:
    return {"furniture": "f", "time": "m", "number": "m", "separator": "m"}.get(kind, "t")


@pytest.mark.parametrize("joint", ["\n", "\n\n", "\r\n"], ids=["lines", "blank-lines", "windows"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_parted_into_text_and_furniture(name: str, joint: str) -> None:
    lang, page = PAGES[name]
    rows = [row.split("|", 1) for row in page.splitlines()]
    found = _kinds(joint.join(line for _, line in rows), lang)
    assert [f"{_letter(kind)}|{line}" for kind, line in found] == [f"{kind}|{line}" for kind, line in rows]


def test_a_title_above_the_time_line_is_one_where_the_text_begins_below_it() -> None:
    text = "Ministry statement\n13:45\nWe follow the events on the lake.\nThe ferries do not run, and no one knows why."
    assert _kinds(text, "en")[0] == ("title", "Ministry statement")
    below = "Press service\n13:45\nOn the events on the lake\nThe ferries do not run, and no one knows why."
    assert _kinds(below, "en")[0] == ("furniture", "Press service")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("15 May 201921:30", "2019-05-15"),
        ("23 October 201817:20", "2018-10-23"),
        ("04.10.2017 13:45", "2017-10-04"),
        ("4 октября 2017 года 13:45", "2017-10-04"),
        ("4 октября 2017 г.", "2017-10-04"),
        ("19 сентября 201918:05", "2019-09-19"),
        ("4 October 2017", "2017-10-04"),
        ("October 4, 2017", "2017-10-04"),
        ("Wednesday, October 4, 2017", "2017-10-04"),
        ("Mittwoch, 4. Oktober 2017, 13:45 Uhr", "2017-10-04"),
        ("mercredi 4 octobre 2017 à 13h45", "2017-10-04"),
        ("miércoles, 4 de octubre de 2017", "2017-10-04"),
        ("quarta-feira, 4 de outubro de 2017", "2017-10-04"),
        ("mercoledì 4 ottobre 2017", "2017-10-04"),
        ("4 października 2017 r.", "2017-10-04"),
        ("4 жовтня 2017 року", "2017-10-04"),
        ("4 Ekim 2017 Çarşamba", "2017-10-04"),
        ("2017年10月4日", "2017-10-04"),
        ("2017年10月4日 13:45", "2017-10-04"),
        ("2017-10-04", "2017-10-04"),
        ("2017-10-04T13:45", "2017-10-04"),
        ("10/4/2017 1:45 PM", "2017-10-04"),
        ("4 oct. 2017", "2017-10-04"),
        ("May 5th, 2017 at 5pm", "2017-05-05"),
        ("Опубликовано: 04.10.2017", "2017-10-04"),
        ("Published: 15 May 2019", "2019-05-15"),
        ("15 May 2019, 13:45 Moscow time", "2019-05-15"),
    ],
)
def test_a_time_line_is_read(line: str, day: str) -> None:
    assert str(find_date(line)) == day


@pytest.mark.parametrize("line", ["13:45", "9:05", "13:45:10", "13:45 МСК", "5 p.m.", "13 ч. 45 мин."])
def test_a_clock_alone_is_a_time_line(line: str) -> None:
    moment = parse_moment(line)
    assert moment is not None
    assert moment.has_clock


@pytest.mark.parametrize(
    "line",
    [
        "Moscow, 15 May 2019",
        "г. Москва, 4 октября 2017 года",
        "2017",
        "3.14",
        "31.02.2019",
        "1.2.3",
        "In 2017",
        "Wednesday",
        "May",
        "10 - 12",
        "25:61",
        "Talks at 13:45",
        "Брифинг, 7 февраля 2019 года",
        "7 из 10",
        "Resolution 2231",
    ],
)
def test_what_says_more_than_when_is_no_time_line(line: str) -> None:
    assert parse_moment(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "1865-04-10-2017",
        "214-07-02-2019",
        "№ 1865-04-10-2017",
        "Документ 123-01-02-2020",
        "1865-04-10-2017-А",
        "1865-04-10-2017 18:05",
        "1865-04-10-201718:05",
    ],
)
def test_a_number_line_is_told(line: str) -> None:
    assert number_reason(line)


@pytest.mark.parametrize(
    "line",
    [
        "1865",
        "04-10-2017",
        "8-800-555-35-35",
        "2016-2017",
        "1865-04-10-2017 was issued",
        "1865-04-10-2017 25:05",
        "1-45-10-2017",
    ],
)
def test_other_numbers_are_not_the_documents(line: str) -> None:
    assert not number_reason(line)


@pytest.mark.parametrize("line", ["* * *", "***", "---", "___", "• • •", "…", "— — —", "~", "###", "* * *\t*"])
def test_a_line_of_punctuation_is_a_separator(line: str) -> None:
    assert separator_reason(line)


@pytest.mark.parametrize("line", ["* a", "1", "– Да", "№ 1", "§ 5"])
def test_a_line_with_a_letter_or_digit_is_no_separator(line: str) -> None:
    assert not separator_reason(line)


@pytest.mark.parametrize(
    "line",
    [
        "https://example.org/ru/news",
        "www.example.org",
        "press@example.org",
        "E-mail: press@example.org",
        "file:///home/nina/statement.ru.html",
        "https://example.org/ru/news 1/2",
        "11/25/26, 10:20 PM",
        "25.11.2026, 22:20",
        "© 2019 МИД Лахтарии",
        "Copyright 2019 Ministry",
        "Главная > Новости",
        "Главная → Пресс-служба → Статьи",
        "Home » Press service » Interviews",
        "Home / News / Comments",
        "3 / 7",
        "Page 3 of 7",
        "Стр. 3",
        "1 2 3 4 … 12",
        "Просмотров: 123",
        "15 comments",
        "Facebook Twitter VK",
        "ВКонтакте",
        "Telegram",
        "Русский English Deutsch",
        "RU | EN | FR",
        "A A A",
        "А- А А+",
        "Теги: озёра, ООН",
        "Tags: lakes",
        "We use cookies to improve this website.",
        "Сайт использует файлы cookie.",
    ],
)
def test_furniture_is_told_by_its_shape(line: str) -> None:
    assert shape_reason(line)


@pytest.mark.parametrize(
    "line",
    [
        "и/или",
        "«Да» или «нет»",
        "Moscow – Paris",
        "1.",
        "2017",
        "Page turned",
        "Views differ",
        "Cookies are baked here.",
        "The English",
        "12 comments were made.",
        "Он сказал: «Да»",
        "A",
        "Resolution 2231 (2015)",
        "11/25/26",
        "25.11.2026, at 22:20",
        "X",
    ],
)
def test_text_has_no_shape_of_furniture(line: str) -> None:
    assert not shape_reason(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Вопрос: Как Вы оцениваете?", "Вопрос"),
        ("Question 3: Why?", "Question 3"),
        ("С.В.Лавров: Да.", "С.В.Лавров"),
        ("С. В. Лавров: Да.", "С. В. Лавров"),
        ("Дж.Аманов: Нет.", "Дж.Аманов"),
        ("Sergey Lavrov: Yes.", "Sergey Lavrov"),
        ("Sergey Lavrov (speaking after Tomas Corvin): Yes.", "Sergey Lavrov"),
        ("Ursula von der Leyen: Yes.", "Ursula von der Leyen"),
        ("Из зала: А если нет?", "Из зала"),
        ("Moderator: Next, please.", "Moderator"),
        ("Frage: Warum?", "Frage"),
        ("问：为什么？", "问"),
    ],
)
def test_a_speaker_is_told(line: str, name: str) -> None:
    assert speaker(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "First: a cable.",
        "Приведу пример: кабель.",
        "https://example.org",
        "At 13:45 they met.",
        "Да.",
        ":",
        "a: b",
    ],
)
def test_other_colons_make_no_speaker(line: str) -> None:
    assert speaker(line) == ""


def test_roles_initials_and_names_are_told_apart() -> None:
    assert is_role("Ответ")
    assert not is_role("Лавров")
    assert is_initialled("М.В.Зимина")
    assert not is_initialled("Зимина")
    assert is_full_name("Maria Zimina")
    assert not is_full_name("Maria said")


def test_a_full_name_once_is_no_turn_but_twice_it_is() -> None:
    once = "Minsk Agreements: they hold.\nNobody doubts that."
    assert [kind for kind, _ in _kinds(once, "en")] == ["body", "body"]
    twice = "Maria Zimina: Yes, they hold.\nTomas Corvin: No.\nMaria Zimina: They do."
    assert _kinds(twice, "en")[0][0] == "turn"


def test_titles_headings_and_footnotes_are_named() -> None:
    lang, page = PAGES["en-title-question"]
    text = "\n".join(row.split("|", 1)[1] for row in page.splitlines())
    kinds = {line: kind for kind, line in _kinds(text, lang)}
    assert kinds["Who will lower the voltage?"] == "title"
    assert kinds["Three principles"] == "title"
    assert kinds["[1] Author’s calculations."] == "footnote"
    assert kinds["First, a cable cannot be a target."] == "body"


_TALKS = "On Monday the ministers met in Elsborg and spoke about trade, fishing and the lake. They agreed to go on."


def test_a_lone_button_in_another_language_below_the_text_is_furniture() -> None:
    for button in ("Täglichen Rundbrief bestellen und weiterempfehlen", "Afficher tous les éléments de la rubrique"):
        assert _kinds(f"19 September 2019\nTalks in Elsborg\n{_TALKS}\n{button}\n", "en")[-1] == ("furniture", button)


def test_a_lone_signature_or_sentence_in_another_language_below_the_text_stays() -> None:
    for line in ("Gerhard Schröder", "Der Weg ist das Ziel und nicht die Ankunft."):
        kind = _kinds(f"19 September 2019\nTalks in Elsborg\n{_TALKS}\n{line}\n", "en")[-1][0]
        assert kind != "furniture"


def test_a_few_words_between_the_text_and_furniture_are_furniture() -> None:
    page = (
        f"19 September 2019\nTalks in Elsborg\n{_TALKS}\nDelightful oddities\nCurious lakeside walks\nPrint version\n"
    )
    assert [kind for kind, _ in _kinds(page, "en")][3:] == ["furniture"] * 3


def test_signatures_and_items_of_a_list_above_furniture_stay() -> None:
    for end in (
        "Signed are:\nAgreement on the lake\nMemorandum on fishing",
        "Foreign Ministry Press Service",
        "– a lake",
    ):
        page = f"19 September 2019\nTalks in Elsborg\n{_TALKS}\n{end}\nPrint version\n"
        assert "furniture" not in [kind for kind, _ in _kinds(page, "en")][:-1], end


def test_a_lone_button_in_another_language_above_the_title_is_furniture() -> None:
    button = "Täglichen Rundbrief bestellen und weiterempfehlen"
    kinds = _kinds(f"{button}\nTalks in Elsborg\n19 September 2019\n{_TALKS}\n", "en")
    assert kinds[:2] == [("furniture", button), ("title", "Talks in Elsborg")]


def test_every_label_but_body_has_a_reason() -> None:
    for lang, page in PAGES.values():
        text = "\n".join(row.split("|", 1)[1] for row in page.splitlines())
        for paragraph in label(text, plain.paragraphs(text), lang):
            assert (paragraph.kind == "body") == (not paragraph.reason)


def test_a_kind_that_a_reader_gave_is_kept() -> None:
    text = "Print\nShare"
    given_kinds = (Paragraph(0, 5, "title", "heading of the page"), Paragraph(6, 11))
    assert label(text, given_kinds, "en")[0] == given_kinds[0]


def test_a_wrongly_told_language_does_not_turn_a_text_into_furniture() -> None:
    lang, page = PAGES["ru-programme"]
    text = "\n".join(row.split("|", 1)[1] for row in page.splitlines())
    assert lang == "ru"
    assert "furniture" not in {kind for kind, _ in _kinds(text, "en")}


def test_phrases_are_compared_without_case_edges_and_numbers() -> None:
    assert fold("» Print  version (2)") == "print version"
    assert "print version" in phrases().certain


def test_furniture_words_are_counted_in_their_language() -> None:
    assert furniture_words("Suchfilter löschen") == (1.0, 2, "de")
    assert furniture_words("Sergey Lavrov") == (0.0, 0, "")


def test_next_to_no_real_text_is_taken_for_furniture(shared_dir: Path) -> None:
    found = Counter(
        paragraph.kind
        for name in ("wmt21", "bible-dev", "textberg-dev")
        for document in read_gold(shared_dir / "gold" / f"{name}.jsonl.gz")
        for side in (document.source, document.target)
        for paragraph in parse_text(side.document.text, lang=side.document.lang).paragraphs
    )
    assert found.total() > 2500
    assert found["furniture"] == 0


_LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["Print", "13:45", "* * *", "1865-04-10-2017", "Question: Why?", "Yes.", "Falsche Daten"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(_LINES, st.sampled_from(["en", "ru", "zh", "xx", "ar", "de"]))
def test_labels_never_move_a_paragraph(lines: list[str], lang: str) -> None:
    text = "\n".join(lines)
    before = plain.paragraphs(text)
    after = label(text, before, lang)
    assert [(p.start, p.stop) for p in after] == [(p.start, p.stop) for p in before]
    assert all((p.kind == "body") == (not p.reason) for p in after)


DECKED = st.tuples(
    st.sampled_from(["", "» ", "(2) ", "1. ", "\u00a0", "["]),
    st.sampled_from(sorted({*phrases().certain, *phrases().likely})[::7]),
    st.sampled_from(["", " »", " (12)", ":", " now", "."]),
    st.sampled_from([str, str.upper, str.title]),
).map(lambda parts: parts[3](parts[0] + parts[1] + parts[2]))


@given(line=DECKED | st.text(max_size=30))
def test_a_phrase_is_found_as_if_every_line_were_folded(line: str) -> None:
    known, folded = phrases(), fold(line)
    assert known.languages(line) == (known.certain.get(folded, ()), known.likely.get(folded, ()))


def test_the_first_words_of_all_phrases_are_known() -> None:
    for phrase in (*phrases().certain, *phrases().likely):
        assert phrases().languages(phrase) != ((), ())


ROWS = st.lists(
    st.sampled_from(
        ["Facebook", "VK", "x", "RU", "English", "Home", "News", " ", " | ", " > ", "/", "::", " » ", ", ", "—"]
    ),
    max_size=8,
).map("".join)


@given(line=ROWS)
def test_rows_of_links_are_what_they_were_before_lines_were_sifted(line: str) -> None:
    names = [name for name in re.split(r"[\s,|/•·;:]+", line.lower()) if name]
    social = shapes._SOCIAL.issuperset(names) and bool(names) and names not in (["x"], ["max"], ["mail"], ["ok"])
    assert shapes.is_network_row(line) == social
    assert shapes.is_language_row(line) == (len(names) > 1 and shapes._TONGUES.issuperset(names))
    if shapes._CRUMBS.fullmatch(line):
        assert shapes._MARK.search(line)


@given(
    text=st.lists(st.sampled_from(["a", "b c", " ", "\n", "\r\n", "\n\n", "\u2028", "\t", "\x1c", "\u00a0"])).map(
        "".join
    )
)
def test_lines_are_parted_by_blank_ones(text: str) -> None:
    found = [[text[line.start : line.stop] for line in block] for block in plain._blocks(text)]
    joined = "".join(line.strip() or "|" for line in text.splitlines(keepends=True))
    assert "|".join(filter(None, joined.split("|"))) == "|".join("".join(block) for block in found)
