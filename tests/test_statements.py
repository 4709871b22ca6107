from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from corpora import statements
from corpora.document import METADATA_KINDS
from corpora.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

    from corpora.statements import GoldBead, Statement

SHAPES = {(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (1, 0), (0, 1)}
MIXED_SCRIPT = re.compile(r"[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]")

every_sample = pytest.mark.parametrize("name", statements.names())


@cache
def sample(name: str) -> Statement:
    return statements.load(name)


@cache
def all_beads() -> tuple[GoldBead, ...]:
    return tuple(bead for name in statements.names() for bead in sample(name).beads)


def sides(statement: Statement) -> tuple[tuple[Path, list[str]], tuple[Path, list[str]]]:
    return (
        (statement.source_path, [text for bead in statement.beads for text in bead.source]),
        (statement.target_path, [text for bead in statement.beads for text in bead.target]),
    )


def texts(side: int) -> str:
    """All files of one side (0 Russian, 1 English) together."""
    return "\n".join(sides(sample(name))[side][0].read_text(encoding="utf-8") for name in statements.names())


def of_kind(kind: str) -> list[GoldBead]:
    return [bead for bead in all_beads() if bead.kind == kind]


def shapes(*, metadata: bool) -> Counter[tuple[int, int]]:
    return Counter(
        (len(bead.source), len(bead.target)) for bead in all_beads() if (bead.kind in METADATA_KINDS) == metadata
    )


@every_sample
def test_gold_sentences_stand_in_the_file_in_order_and_cover_all_of_it(name: str) -> None:
    for path, sentences in sides(sample(name)):
        # One character for one: a hard-wrapped line break inside a sentence is one space in the gold.
        text = path.read_text(encoding="utf-8").replace("\n", " ")
        position = 0
        for sentence in sentences:
            position += len(text[position:]) - len(text[position:].lstrip())
            assert text.startswith(sentence, position), f"{path.name}, offset {position}: {sentence}"
            position += len(sentence)
        assert not text[position:].strip(), f"{path.name}: not in the gold: {text[position:]}"


@every_sample
def test_gold_sentences_are_stripped_and_hold_no_mark_of_the_format(name: str) -> None:
    for path, sentences in sides(sample(name)):
        for sentence in sentences:
            assert sentence, path.name
            assert sentence == sentence.strip(), path.name
            assert "¦" not in sentence, path.name


@every_sample
def test_each_side_has_25_to_80_sentences(name: str) -> None:
    for path, sentences in sides(sample(name)):
        assert 25 <= len(sentences) <= 80, path.name


@every_sample
def test_beads_have_the_shapes_that_the_readme_lists(name: str) -> None:
    assert {(len(bead.source), len(bead.target)) for bead in sample(name).beads} <= SHAPES


@every_sample
def test_the_number_line_is_the_same_on_both_sides(name: str) -> None:
    (number,) = [bead for bead in sample(name).beads if bead.kind == "number"]
    assert number.source == number.target
    assert re.fullmatch(r"\d+-\d\d-\d\d-\d{4}", number.source[0])


@every_sample
def test_the_time_line_tells_the_same_time_on_both_sides(name: str) -> None:
    (time,) = [bead for bead in sample(name).beads if bead.kind == "time"]
    clock = re.compile(r"\d\d:\d\d$")
    source, target = (clock.search(side[0]) for side in (time.source, time.target))
    assert source is not None
    assert target is not None
    assert source[0] == target[0]


@every_sample
def test_separators_are_paired_with_separators(name: str) -> None:
    for bead in sample(name).beads:
        if bead.kind == "separator":
            assert bead.source == bead.target == ("* * *",)


@every_sample
def test_each_sample_has_a_title_and_page_furniture(name: str) -> None:
    kinds = Counter(bead.kind for bead in sample(name).beads)
    assert kinds["title"] >= 1
    assert kinds["furniture"] >= 1


@every_sample
def test_files_are_utf8_without_a_mark_and_end_with_a_newline(name: str) -> None:
    for path, _ in sides(sample(name)):
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), path.name
        assert data.endswith(b"\n"), path.name
        assert b"\r" not in data, path.name


def test_the_three_first_samples_are_there() -> None:
    assert {"01-comment", "02-interview", "03-remarks"} <= set(statements.names())


def test_the_set_shows_merges_splits_drops_adds_and_larger_groups() -> None:
    assert set(shapes(metadata=False)) == SHAPES


def test_about_one_bead_in_six_of_the_text_is_not_one_to_one() -> None:
    counts = shapes(metadata=False)
    share = 1 - counts[1, 1] / counts.total()
    assert 0.10 <= share <= 0.22


def test_the_set_shows_every_kind_of_paragraph() -> None:
    assert {bead.kind for bead in all_beads()} >= METADATA_KINDS | {"title", "body", "turn", "footnote"}


def test_furniture_is_both_paired_and_alone() -> None:
    assert {(1, 1), (1, 0), (0, 1)} <= {(len(bead.source), len(bead.target)) for bead in of_kind("furniture")}


def test_turns_include_short_ones_that_repeat() -> None:
    repeated = Counter((bead.source, bead.target) for bead in of_kind("turn"))
    assert max(repeated.values()) >= 3


@pytest.mark.parametrize("side", [0, 1])
def test_both_languages_hold_no_break_spaces(side: int) -> None:
    assert "\u00a0" in texts(side)


def test_an_english_word_holds_a_cyrillic_letter() -> None:
    assert MIXED_SCRIPT.search(texts(1))


@pytest.mark.parametrize(
    "pattern",
    [
        r"т\.к\.",
        r"т\.е\.",
        r"\d\sг\.",
        r"\d\sгг\.",
        r"\sмлн\s",
        r"[IVX]+\sв(?:\.|ека)",
        r"[А-Я]\.[А-Я]\.[А-Я][а-я]+",
        r"«[^»]+»",
        r"… [а-я]",
        r"ООН",
        r"ОБСЕ",
        r"МАГАТЭ",
        r"(?m)^Вопрос:",
        r"\d{4}\d\d:\d\d",
    ],
)
def test_the_russian_side_shows(pattern: str) -> None:
    assert re.search(pattern, texts(0))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d\dth[- ]",
        r"“[^”]+”",
        r"… [a-z]",
        r"\bUN\b",
        r"\bOSCE\b",
        r"\bIAEA\b",
        r"(?m)^Question:",
        r"\d{4}\d\d:\d\d",
        r"[A-Z][a-z]+\s\d\d?, \d{4}",
        r"\d\d? [A-Z][a-z]+ \d{4}\b",
    ],
)
def test_the_english_side_shows(pattern: str) -> None:
    assert re.search(pattern, texts(1))


def test_an_unknown_name_is_an_error_that_lists_the_samples() -> None:
    with pytest.raises(ReadError, match="01-comment"):
        statements.load("99-nothing")


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ("kind\tsource\n", r":1: the header"),
        ("kind\tsource\ttarget\nbody\tДа.\n", r":2: expected three fields"),
        ("kind\tsource\ttarget\nverse\tДа.\tYes.\n", r":2: unknown kind 'verse'"),
        ("kind\tsource\ttarget\nbody\tДа.\tYes.\nbody\t\t\n", r":3: a bead needs"),
    ],
)
def test_broken_gold_is_an_error_with_file_and_line(tmp_path: Path, gold: str, message: str) -> None:
    path = tmp_path / "bad.gold.tsv"
    path.write_text(gold, encoding="utf-8")
    with pytest.raises(ReadError, match=message):
        statements._read_gold(path)
