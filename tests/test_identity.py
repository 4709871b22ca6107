"""What names a document."""

from __future__ import annotations

from datetime import date

import pytest

from corpora import document_date, document_number, parse_text

BODY = "The ministers discussed the situation in the region.\nThey agreed to meet again."


@pytest.mark.parametrize("line", ["1865-04-10-2017", "№ 1865-04-10-2017", "Document 1865-04-10-2017"])
def test_the_number_line_names_the_document(line: str) -> None:
    document = parse_text(f"13:45\nA title\n{line}\n{BODY}", lang="en")
    assert document_number(document) == "1865-04-10-2017"
    assert document_date(document) == date(2017, 10, 4)


def test_without_a_number_the_time_line_dates_the_document() -> None:
    document = parse_text(f"15 May 201921:30\nA title\n{BODY}", lang="en")
    assert document_number(document) is None
    assert document_date(document) == date(2019, 5, 15)


def test_a_number_within_a_sentence_names_some_other_document() -> None:
    document = parse_text(f"{BODY}\nSee our comment 1865-04-10-2017 of last year.", lang="en")
    assert document_number(document) is None
    assert document_date(document) is None


def test_a_number_whose_day_is_in_no_calendar_does_not_date_the_document() -> None:
    document = parse_text(f"12-31-02-2017\nA title\n{BODY}", lang="en")
    assert document_number(document) == "12-31-02-2017"
    assert document_date(document) is None
