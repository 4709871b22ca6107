"""Words that a plain text parts at the ends of its lines, as one that was copied from a printed page does."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import align_files, align_texts
from corpora import parse_text, read_document
from corpora.readers.parted import Words
from corpora.readers.plain import read

if TYPE_CHECKING:
    from pathlib import Path

PRINTED = """Ministry of Lakes                                           page 1

   The water of the lake has risen notice-
ably in recent weeks. Two ferries of the North-
Western Shipping Company had to be moor-
ed in the small harbour, where two- and
three-storey houses line the quay. The long-
term forecast is for rain and more rain. No-
body knows when it will end; the long-term fore-
casts of last year were wrong as well.
"""
RUSSIAN = """   Вода в озере за последние недели замет-
но поднялась. Два парома Северо-Западно-
го пароходства пришлось поставить в гавань,
где вдоль набережной стоят двух- и трёх-
этажные дома. Когда это кончится, кто-
то, может быть, и знает, но не расскажет;
прогнозы прошлого года тоже не оправ-
дались.
"""


def paragraphs(text: str, newline: str = "\n") -> list[str]:
    found = read(text.replace("\n", newline).encode(), "page.txt")
    return [" ".join(found.text[each.start : each.stop].split()) for each in found.paragraphs]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_parted_words_are_made_whole_and_compounds_keep_their_hyphen(newline: str) -> None:
    assert paragraphs(PRINTED, newline)[1:] == [
        (
            "The water of the lake has risen noticeably in recent weeks. Two ferries of the North-Western Shipping "
            "Company had to be moored in the small harbour, where two- and three-storey houses line the quay. The "
            "long-term forecast is for rain and more rain. Nobody knows when it will end; the long-term forecasts of "
            "last year were wrong as well."
        )
    ]
    assert paragraphs(RUSSIAN, newline) == [
        (
            "Вода в озере за последние недели заметно поднялась. Два парома Северо-Западного пароходства пришлось "
            "поставить в гавань, где вдоль набережной стоят двух- и трёхэтажные дома. Когда это кончится, кто-то, "
            "может быть, и знает, но не расскажет; прогнозы прошлого года тоже не оправдались."
        )
    ]


def test_a_header_drawn_to_both_margins_is_no_measure_of_the_lines() -> None:
    assert paragraphs(PRINTED)[0] == "Ministry of Lakes page 1"


def test_a_file_says_how_many_words_were_made_whole_and_a_string_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PRINTED, "utf-8")
    assert read_document(path).metadata["parted words"] == "6 made whole"
    assert parse_text(PRINTED).text == PRINTED
    whole = parse_text(PRINTED, printed=True)
    assert (whole.text, whole.paragraphs) == (read_document(path).text, read_document(path).paragraphs)
    assert whole.metadata["parted words"] == "6 made whole"


def test_strings_are_aligned_as_files_with_the_same_text_are(tmp_path: Path) -> None:
    paths = tmp_path / "lake.ru.txt", tmp_path / "lake.en.txt"
    for path, text in zip(paths, (RUSSIAN, PRINTED), strict=True):
        path.write_text(text, "utf-8")
    of_files, of_strings = align_files(*paths), align_texts(RUSSIAN, PRINTED)
    assert of_strings.beads == of_files.beads
    assert [each.text for each in of_strings.target.sentences] == [each.text for each in of_files.target.sentences]
    assert "notice-" not in of_strings.target.document.text


@pytest.mark.parametrize(
    "text",
    [
        "milk-\nand eggs",
        "One line ends with a dash -\nand the next goes on.",
        "The first line of this text is long enough and ends with a well-\nknown word; there is no other like it here.",
        "Северо-\nЗападное пароходство\n\nКто-\nто",
    ],
)
def test_hyphens_of_a_text_that_parts_no_words_stay(text: str) -> None:
    assert read(text.encode(), "a.txt").text == text


def test_what_the_document_writes_elsewhere_decides() -> None:
    lines = ["the coop is open", "a co-op is a shop", "by the sea-", "side, and the week-", "end, on Tues-", "day"]
    known = Words([*lines, "seaside and week-end"])
    assert known.is_parted("by the sea-", "side")
    assert not known.is_parted("on the week-", "end")
    assert known.is_parted("on Tues-", "day")
    assert not known.is_parted("two-", "and three-storey")
    assert known.is_parted("a soft\xad", "ware")


def parted(text: str, width: int) -> str:
    """The text in lines of so many letters, words parted wherever two letters would still have fitted."""
    lines, line = [], ""
    for word in text.split():
        rest, room = word, width - len(line) - 2
        if len(line) + 1 + len(word) > width:
            if room >= 2 and len(word) - room >= 2 and word.isalpha():
                lines.append(f"{line} {word[:room]}-")
                rest = word[room:]
            else:
                lines.append(line)
            line = rest
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", range(45, 80, 5))
def test_a_text_reads_as_it_was_before_its_words_were_parted(width: int) -> None:
    text = (
        "The committee considered several proposals concerning navigation, fisheries and the restoration of abandoned "
        "lighthouses. Representatives of neighbouring countries expressed reservations regarding the timetable, which "
        "they described as unrealistic. Nevertheless, participants unanimously supported establishing a permanent "
        "secretariat responsible for coordinating environmental investigations throughout the archipelago. "
        "Archaeologists subsequently discovered prehistoric settlements underneath contemporary fortifications, "
        "although conservationists questioned whether excavations should continue without comprehensive documentation "
        "of surrounding structures."
    )
    assert parted(text, width).count("-\n") >= 3
    assert paragraphs(parted(text, width)) == [text]


@given(st.text(alphabet="ab- \n\rЖж\xad", max_size=200))
def test_nothing_but_hyphens_and_line_breaks_is_ever_lost(text: str) -> None:
    if not text.strip():
        return
    found = read(text.encode(), "a.txt").text
    for gone in "-\xad\n\r ":
        text, found = text.replace(gone, ""), found.replace(gone, "")
    assert found == text


def test_a_wrapped_text_without_hyphens_is_the_file_itself() -> None:
    text = textwrap.fill("The lake froze early this year, and the well-known ferry did not leave the harbour. " * 6, 60)
    assert read(text.encode(), "a.txt").text == text
