"""A first glance at a line dismisses only what a close look would dismiss too."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpora.structure import dates, furniture, glance, shapes
from corpora.structure.furniture import Place, Setting, is_closed, known_reason
from corpora.structure.glance import Glance
from corpora.structure.labelling import _own_label
from corpora.structure.phrases import furniture_words, phrases

SETTINGS = [Setting("en", "Latn"), Setting("ru", "Cyrl"), Setting("tr", "Latn")]

PIECES = st.sampled_from(
    [
        *"aаAА1²①ͅıİſK  \u00a0.:,;/|>»«·•@-–([*†¹_\u0307",
        *["Page 3", "стр. 12", "Views: 15", "15 comments", "раз", "tag:", "Рубрика: ", "copyright", "COPYRİGHT "],
        *["catégorİe: x", "Categorıes: news", "www.", "example.org", "http://", "E-mail", "facebook", "VK", "English"],
        *["cookies", "We use COOKİES", "куки", "Print", "Share", "The text", "of the ", "lake", "Озеро", "в ", "на "],
        *["13:45", "4 октября 2017", "2019-05-15", "1865-04-10-2017", "по московскому времени", "вмосковское время"],
        *["moscow time", "TİME", "Uhr", "p.m.", "::", " > ", "第 3 页", "。", "，", "latest news", "subscribe"],
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=6).map("".join).map(str.strip).filter(bool)


@settings(max_examples=400)
@example("COPYRİGHT 2019")
@example("categorıes: lakes")
@given(LINES | st.text(min_size=1, max_size=200).map(str.strip).filter(bool))
def test_what_a_glance_dismisses_a_close_look_dismisses_too(line: str) -> None:
    if not Glance.at(line).is_prose(line):
        return
    assert _own_label(line) is None
    assert dates.parse_moment(line) is None
    assert not any(known_reason(line, place, setting) for place in Place for setting in SETTINGS)


def _plainly_parsed(line: str) -> dates.Moment | None:
    """`dates.parse_moment` without its first look at the words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_says_more", lambda _: False)
        return dates.parse_moment(line)


@settings(max_examples=300)
@example("\u034513:45")  # a mark that is a letter when its case is folded
@example("\u02bc13:45")  # an apostrophe that counts as a letter
@given(LINES)
def test_a_time_line_is_read_as_if_its_words_were_not_looked_at_first(line: str) -> None:
    assert dates.parse_moment(line) == _plainly_parsed(line)


@settings(max_examples=300)
@given(LINES)
def test_a_shape_is_found_as_if_no_line_were_dismissed_by_its_first_word(line: str) -> None:
    assert bool(shapes.shape_reason(line)) == any(test(line) for test, _ in shapes._SHAPES)
    if line[:1].isalpha() and not shapes.may_count(line):
        assert not shapes._COUNTER.fullmatch(line)
        assert not shapes._VIEWS.fullmatch(line)


@given(LINES | st.text(max_size=12))
def test_a_line_is_closed_as_its_last_characters_say(line: str) -> None:
    assert is_closed(line) == bool(furniture._CLOSED.search(line[-8:]))


def test_characters_that_patterns_take_for_a_letter_whatever_the_case_are_known() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    letters = set("".join(shapes._BEGINNINGS))
    pattern = re.compile(f"[{re.escape(''.join(sorted(letters)))}]", re.IGNORECASE)
    odd = {char for char in every if pattern.fullmatch(char) and char.casefold() not in letters}
    assert odd == {"ı", "İ"}  # which `_spellings` provides for
    names = set("".join(shapes._SOCIAL | shapes._TONGUES))
    assert all(char.casefold() == char.lower() for char in every if set(char.lower()) <= names)


def test_a_first_word_is_within_reach_whole() -> None:
    assert max(map(len, {*phrases().first, *shapes._beginnings()})) < shapes._REACH


def test_every_cookie_notice_speaks_of_cookies() -> None:
    every = [chr(code) for code in range(0x3000)]
    for word in ("cookie", "куки"):
        for at, letter in enumerate(word):
            for char in every:
                if re.fullmatch(letter, char, re.IGNORECASE):
                    assert glance._COOKIE.search(word[:at] + char + word[at + 1 :])


def test_a_word_of_furniture_is_one_by_its_whole_or_by_its_beginning() -> None:
    for lang, (whole, beginnings) in phrases().words.items():
        if lang in {"ja", "zh"}:
            continue
        for word in [*sorted(whole)[::9], *(f"{begin}x" for begin in sorted(beginnings)[::3])]:
            assert furniture_words(word)[1] == 1, word
