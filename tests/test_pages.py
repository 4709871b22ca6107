"""Pages of plain text that form feeds part: what belongs to the page, and sentences that go on overleaf."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.readers.pages import cuts
from corpora.readers.plain import parse, read

REPORT = """Ministry of Lakes                                Annual report

   The water of the lake has risen in recent weeks, and the two
ferries of the shipping company had to be moored in the small
harbour, where old houses line the quay and the fishermen dry

                              1
\fMinistry of Lakes                                Annual report

their nets. The forecast is for rain and for more rain, and no-
body knows when it will end or where the boats will go next
spring, when the second harbour is to be opened to the public.

                              2
\fMinistry of Lakes                                Annual report

   Last year's forecasts were wrong as well, which is said here
only because the newspapers have asked about them so very often
since the beginning of May, and because they had been costly.

                              3
\f"""
PARAGRAPHS = [
    (
        "The water of the lake has risen in recent weeks, and the two ferries of the shipping company had to be moored "
        "in the small harbour, where old houses line the quay and the fishermen dry their nets. The forecast is for "
        "rain and for more rain, and no- body knows when it will end or where the boats will go next spring, when the "
        "second harbour is to be opened to the public."
    ),
    (
        "Last year's forecasts were wrong as well, which is said here only because the newspapers have asked about "
        "them so very often since the beginning of May, and because they had been costly."
    ),
]


def paragraphs(text: str) -> list[str]:
    found = parse(text, printed=True)
    return [" ".join(found.text[each.start : each.stop].split()) for each in found.paragraphs]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_heads_and_numbers_are_left_out_and_sentences_go_on_overleaf(newline: str) -> None:
    # One hyphen is no reason to think that words are parted.
    assert paragraphs(REPORT.replace("\n", newline)) == PARAGRAPHS


def test_what_is_left_out_is_counted() -> None:
    found = read(REPORT.encode(), "report.txt")
    assert found.metadata["left_out"] == "6 lines of running heads, feet and page numbers"
    assert parse(REPORT).text == REPORT
    assert "left_out" not in read(b"One page only.\n\f", "page.txt").metadata


def test_a_head_that_counts_its_pages_is_told_by_two() -> None:
    text = "Budget of the town, page 7\nThe mill is\n\fBudget of the town, page 8\nfor sale.\n"
    assert parse(text, printed=True).text == "The mill is\nfor sale.\n"


def test_heads_of_left_and_right_pages_differ() -> None:
    pages = [
        f"{number} | The Lake" if number % 2 else f"A novel | {number}"
        for number in range(10, 20)
    ]  # fmt: skip
    text = "\f".join(f"{head}\n\nHe said {word}.\n" for head, word in zip(pages, "abcdefghij", strict=True))
    assert paragraphs(text) == [f"He said {word}." for word in "abcdefghij"]


@pytest.mark.parametrize(
    "tops",
    [
        ["Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4"],
        ["Dear Sir,", "Dear Sir,", "Dear Sir,", "Dear Sir,"],
        ["Question:", "Question:", "Question:", "Question:"],
        ["The rain came.", "It went.", "The rain came.", "It went."],
        ["Part 2 of 1 book", "Part 2 of 1 book", "It came.", "It went."],
    ],
)
def test_titles_salutations_and_what_comes_back_by_chance_stay(tops: list[str]) -> None:
    text = "\f".join(
        f"{top}\n\nText {word} and no more.\n\nAnd {word} again.\n" for top, word in zip(tops, "abcd", strict=True)
    )
    assert paragraphs(text)[::3] == tops


def test_a_page_that_ends_without_a_line_break_is_not_glued_to_the_next() -> None:
    assert parse("the water of the\flake\f", printed=True).text == "the water of the\flake\f"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("the river", "is deep.", "the river\nis deep.\n"),
        ("the river.", "is deep.", "the river.\n\n\f\nis deep.\n"),
        ("the river", "Is deep.", "the river\n\n\f\nIs deep.\n"),
        ("the river", "1. It is deep.", "the river\n\n\f\n1. It is deep.\n"),
        ("河水", "很深。", "河水\n很深。\n"),
    ],
)
def test_a_sentence_goes_on_overleaf_if_neither_page_says_otherwise(before: str, after: str, whole: str) -> None:
    assert parse(f"{before}\n\n\f\n{after}\n", printed=True).text == whole


@pytest.mark.parametrize(("times", "is_head"), [(4, True), (3, False)])
def test_a_head_stands_on_four_pages_of_ten(times: int, is_head: bool) -> None:  # noqa: FBT001
    heads = ["The Old Lake"] * times + [f"Nothing like {word}" for word in "abcdefghij"[times:]]
    text = "\f".join(f"{head}\n\nHe said {word}.\n" for head, word in zip(heads, "abcdefghij", strict=True))
    assert ("The Old Lake" not in paragraphs(text)) is is_head


def test_what_stands_now_at_the_top_and_now_at_the_bottom_is_no_head() -> None:
    first, second, third = ("".join(f"Line {word}.\n" for word in words) for words in ("abcd", "efgh", "ijkl"))
    text = f"The Old Lake\n{first}\fThe Old Lake\n{second}\f{third}The Old Lake\n"
    assert cuts(text) == ([], 0)


def test_pages_that_are_all_alike_are_kept() -> None:
    text = "\f".join(["The rain came.\n\nIt went again.\n"] * 4)
    assert parse(text, printed=True).text == text


LINES = st.sampled_from(["", "the head 1", "the head 2", "7", "8", "words and so on", "It is.", "No,", "  in", "\t"])


@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\f", "\n\f", "\f\f"])), max_size=30))
def test_only_whole_lines_at_the_edges_and_white_space_are_taken_away(lines: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, lines))
    stretches, count = cuts(text)
    assert stretches == sorted(stretches)
    assert all(start < stop for start, stop in stretches)
    assert all(first[1] < second[0] for first, second in pairwise(stretches))
    gone = [text[start:stop] for start, stop in stretches]
    taken = [line.strip() for each in gone for line in each.replace("\f", "\n").splitlines() if line.strip()]
    kept = parse(text, printed=True).text if text.strip() else ""
    before = [line.strip() for line in text.replace("\f", "\n").splitlines() if line.strip()]
    after = [line.strip() for line in kept.replace("\f", "\n").splitlines() if line.strip()]
    assert len(taken) == count
    assert sorted([*after, *taken]) == sorted(before)


@given(st.text(alphabet="a1 \n\r.", max_size=60))
def test_a_text_without_form_feeds_is_left_alone(text: str) -> None:
    assert cuts(text) == ([], 0)
