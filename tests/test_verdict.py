"""What an alignment says about two documents as wholes."""

from __future__ import annotations

import warnings

import pytest

from align import Alignment, Bead, align_texts
from align.aligner.aligner import from_sentences
from align.aligner.verdict import remarks
from corpora.errors import ToolkitWarning


def result(steps: list[tuple[int, int, float]]) -> Alignment:
    """An alignment of beads that take so many sentences of each side, with a confidence."""
    beads, i, j = [], 0, 0
    for a, b, confidence in steps:
        beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), confidence))
        i, j = i + a, j + b
    source, target = (
        from_sentences([f"{name} {at}" for at in range(count)], name) for name, count in (("a", i), ("b", j))
    )
    return Alignment(source, target, tuple(beads))


GOOD = (1, 1, 0.95)
ALONE = (1, 0, 0.9)
ALONE_THERE = (0, 1, 0.9)


def test_of_good_translations_there_is_nothing_to_say() -> None:
    assert remarks(result([GOOD] * 50 + [ALONE] * 5 + [GOOD] * 20 + [ALONE_THERE] * 4)) == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([*[GOOD] * 60, *[ALONE] * 30], "a: the last 30 of 90 sentences have no counterpart in b"),
        ([*[ALONE_THERE] * 40, *[GOOD] * 50], "b: the first 40 of 90 sentences have no counterpart in a"),
        ([*[GOOD] * 50, *[ALONE] * 20, *[GOOD] * 30], "a: sentences 51 to 70 of 100 have no counterpart in b"),
        (
            [*[GOOD] * 50, *[ALONE] * 10, (1, 1, 0.2), *[ALONE] * 9, GOOD, *[ALONE] * 10],
            "a: the last 31 of 81 sentences have no counterpart in b",
        ),
        ([*[ALONE_THERE] * 400, *[GOOD] * 50], "b: the first 400 of 450 sentences have no counterpart in a"),
    ],
    ids=["a third missing", "a preface", "a section", "with chance pairs inside", "more preface than text"],
)
def test_a_missing_part_is_named(steps: list[tuple[int, int, float]], expected: str) -> None:
    assert remarks(result(steps)) == [expected]


@pytest.mark.parametrize(
    "steps",
    [[ALONE] * 40 + [ALONE_THERE] * 40, [(1, 1, 0.2)] * 40, [*[ALONE, ALONE_THERE] * 20, *[GOOD] * 5]],
    ids=["nothing pairs", "unsure of all", "a few pairs"],
)
def test_texts_that_are_no_translations_are_doubted(steps: list[tuple[int, int, float]]) -> None:
    (remark,) = remarks(result(steps))
    assert "may not be translations of each other" in remark


def test_what_is_missing_in_a_text_is_told_as_a_warning() -> None:
    source = [f"Участники под номером {at} и {at * 7} прибыли в город {at % 9} вечером." for at in range(1, 61)]
    target = [f"Participants number {at} and {at * 7} arrived in town {at % 9} in the evening." for at in range(1, 41)]
    with pytest.warns(ToolkitWarning, match="the last 20 of 60 sentences have no counterpart"):
        align_texts(" ".join(source), " ".join(target), source_lang="ru", target_lang="en")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        align_texts(" ".join(source[:40]), " ".join(target), source_lang="ru", target_lang="en")
