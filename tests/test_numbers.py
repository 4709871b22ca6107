from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.aligner.numbers import numbers


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("XVI сессия", "the 16th session"),
        ("ХVІІ век, набранный кириллицей", "the XVII century"),
        ("двадцать пять стран", "twenty-five countries"),
        ("около двадцати тысяч читателей", "about 20,000 readers"),
        ("86 тыс. томов", "86,000 volumes"),
        ("2,5 млн посетителей", "2.5 million visitors"),
        ("1 000 000 человек", "1,000,000 people"),
        ("4 октября 2017 г.", "October 4, 2017"),
        ("двести пять заявок", "two hundred and five applications"),
        ("четвёртый раунд", "the fourth round"),
    ],
)
def test_both_languages_say_the_same_numbers(russian: str, english: str) -> None:
    assert numbers(russian)
    assert sorted(numbers(english)) == sorted(numbers(russian))


def test_a_date_keeps_its_parts() -> None:
    assert numbers("04.10.2017") == ["4", "10", "2017"]


def test_numbers_that_only_stand_side_by_side_stay_apart() -> None:
    assert numbers("two, three; 2017, 2018") == ["2", "3", "2017", "2018"]


@given(st.text())
def test_any_text_has_numbers_without_error(text: str) -> None:
    assert all(float(value) >= 0 for value in numbers(text))
