"""What a file's name tells of its document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.identity import address_keys
from corpora.naming import language_tokens, name_date, name_identifiers, name_keys, named_languages

LANGS = ("ru", "en")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("speech.ru.txt", "speech"),
        ("ru/speech.txt", "speech"),
        ("speech_RU.docx", "speech"),
        ("speech (English).html", "speech"),
        ("talks/speech-en-GB.md", "talks/speech"),
        ("ru-RU/talks/speech.txt", "talks/speech"),
        ("speech.rus", "speech"),
        ("1/ru.txt", "1"),
        ("Отчёт_рус.txt", "отчёт"),
    ],
)
def test_a_name_without_its_language_is_a_key(name: str, key: str) -> None:
    assert key in name_keys(name, LANGS)


def test_a_word_that_only_looks_like_a_language_can_stay() -> None:
    assert "en passant" in name_keys("en/en_passant.txt", LANGS)
    assert name_keys("de_la_paix.txt", LANGS) == {"de la paix"}


def test_a_name_names_the_languages_that_are_asked_for() -> None:
    assert named_languages("talks/speech_RU.docx", LANGS) == {"ru"}
    assert named_languages("ru/speech.en.txt", LANGS) == {"ru", "en"}
    assert named_languages("rural.txt", LANGS) == frozenset()


def test_a_language_has_many_names() -> None:
    assert {"ru", "rus", "russian", "русский"} <= language_tokens("ru-RU")
    assert {"uk", "ukr", "ua", "ukrainian"} <= language_tokens("uk")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2017-10-04-speech.txt", date(2017, 10, 4)),
        ("speech_20171004.txt", date(2017, 10, 4)),
        ("04.10.2017 speech.txt", date(2017, 10, 4)),
        ("4 October 2017.txt", date(2017, 10, 4)),
        ("speech-2017-13-45.txt", None),
        ("2017-10-04/speech.txt", None),
        ("speech.txt", None),
    ],
)
def test_a_date_in_a_name_is_found(name: str, day: date | None) -> None:
    assert name_date(name) == day


def test_long_numbers_in_a_name_are_identifiers_unless_they_are_dates() -> None:
    assert name_identifiers("content_id_2895398.html") == {"2895398"}
    assert name_identifiers("20171004_12.txt") == frozenset()


def test_addresses_that_differ_in_the_language_share_keys() -> None:
    one = address_keys("https://www.example.org/ru/news/2895398", LANGS)
    other = address_keys("https://en.example.org/news/2895398/", LANGS)
    assert one == other == {"example.org#2895398", "example.org/news/2895398"}
    assert address_keys("no address", LANGS) == address_keys("https://example.org/", LANGS) == frozenset()


@given(st.text(max_size=30))
def test_any_name_has_a_key_and_no_error(name: str) -> None:
    assert name_keys(name, LANGS)
    name_date(name)
    name_identifiers(name)
    address_keys("https://example.org/" + name, LANGS)
