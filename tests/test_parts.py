"""Long documents in parts: covered, overlapping, and joined to what the whole would give."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_aligner import WordEncoder

from align import Aligner, Alignment
from align.aligner.aligner import from_sentences
from align.aligner.decoding import Path
from align.aligner.parts import Part, join, parts


def lines(start: int, stop: int) -> list[str]:
    return [f"w{at} x{at} y{at % 97} z{at}" for at in range(start, stop)]


def changed(sentences: list[str], seed: int) -> list[str]:
    """Some sentences lost, some cut in two."""
    dice = random.Random(seed)  # noqa: S311  # no secret
    out: list[str] = []
    for sentence in sentences:
        throw = dice.random()
        if throw < 0.05:
            continue
        words = sentence.split()
        out += [sentence] if throw < 0.9 else [" ".join(words[:2]), " ".join(words[2:])]
    return out


def divided(source: list[str], target: list[str]) -> list[Part]:
    return parts(from_sentences(source, "s"), from_sentences(target, "t"), WordEncoder())


def pairs(result: Alignment) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.source, bead.target) for bead in result.beads}


def test_a_short_document_is_one_part() -> None:
    assert divided(lines(0, 300), lines(0, 280)) == [Part((0, 0), (300, 280))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (lines(0, 2500), changed(lines(0, 2500), 1)),
        (lines(0, 1500), lines(0, 300) + lines(1200, 1500)),
        (lines(0, 1200), lines(9000, 10_500) + lines(0, 1200)),
        (lines(0, 2000), lines(5000, 7500)),
        (["alpha beta"] * 2000, ["alpha beta"] * 2300),
        (lines(0, 3), lines(5000, 15_000)),
    ],
    ids=["easy", "a chapter missing", "a preface", "unrelated", "all alike", "few against many"],
)
def test_parts_cover_both_documents_in_order(source: list[str], target: list[str]) -> None:
    found = divided(source, target)
    assert found[0].start == (0, 0)
    assert found[-1].stop == (len(source), len(target))
    for before, after in pairwise(found):
        assert before.start <= after.start <= before.stop <= after.stop
        assert after.start[1] <= before.stop[1] <= after.stop[1]
        assert before.start[1] <= after.start[1]
    assert all(min(part.rows, part.columns) >= 0 and max(part.rows, part.columns) <= 3500 for part in found)


def test_a_long_document_in_parts_is_aligned_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    source = lines(0, 1100)
    target = changed(lines(0, 400) + lines(550, 900) + lines(5000, 5300) + lines(900, 1100), 2)
    aligner = Aligner(encoder=WordEncoder())
    found = pairs(aligner.align(source, target))
    assert len(divided(source, target)) > 2
    monkeypatch.setattr("align.aligner.parts._WHOLE", 10**9)
    whole = pairs(aligner.align(source, target))
    assert len(found & whole) / len(whole) > 0.995


def test_parts_go_on_beyond_a_corner_that_stands_alone() -> None:
    found = divided(lines(0, 4000), lines(5000, 9500))
    assert len(found) > 1
    for before, after in pairwise(found):
        assert min(before.stop[at] - after.start[at] for at in (0, 1)) >= 30


def test_a_wrong_corner_is_mended_where_the_parts_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    source = lines(0, 1000)
    monkeypatch.setattr("align.aligner.parts._anchors", lambda *_: [(500, 512)])
    found = pairs(Aligner(encoder=WordEncoder()).align(source, source))
    assert found == {((at,), (at,)) for at in range(1000)}


def path_of(start: tuple[int, int], steps: list[tuple[int, int]]) -> Path:
    cells = np.cumsum([start, *steps], axis=0)
    return Path([(int(row), int(column)) for row, column in cells], [0.9] * len(steps))


def test_parts_are_joined_where_both_have_a_boundary() -> None:
    first = path_of((0, 0), [(1, 1)] * 4 + [(1, 2)])
    second = path_of((2, 2), [(2, 1), (0, 1), (1, 2), (3, 3)])

    def never(_: object) -> list[Path]:
        raise AssertionError

    joined = join([Part((0, 0), (5, 6)), Part((2, 2), (8, 9))], [first, second], never)
    assert joined.cells == [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (8, 9)]
    assert len(joined.certain) == len(joined.cells) - 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_any_two_overlapping_paths_are_joined_to_one_that_covers_both(seed: int) -> None:
    dice = np.random.default_rng(seed)

    def walk(start: tuple[int, int], stop: tuple[int, int]) -> Path:
        cells = [start]
        while cells[-1] != stop:
            step = dice.integers(0, 4, 2)
            cell = (min(cells[-1][0] + int(step[0]), stop[0]), min(cells[-1][1] + int(step[1]), stop[1]))
            if cell != cells[-1]:
                cells.append(cell)
        return Path(cells, [0.5] * (len(cells) - 1))

    found = [Part((0, 0), (12, 15)), Part((7, 9), (20, 22)), Part((15, 16), (30, 33))]
    joined = join(
        found, [walk(part.start, part.stop) for part in found], lambda some: [walk(p.start, p.stop) for p in some]
    )
    assert joined.cells[0] == (0, 0)
    assert joined.cells[-1] == (30, 33)
    assert len(joined.certain) == len(joined.cells) - 1
    steps = np.diff(np.array(joined.cells), axis=0)
    assert (steps >= 0).all()
    assert (steps.sum(axis=1) > 0).all()


@pytest.mark.parametrize("times", [2, 5])
def test_a_text_that_is_there_several_times_is_cut_in_step(times: int) -> None:
    source = lines(0, 1500) * times
    target = [line for at, line in enumerate(source) if at % 1000 >= 20]
    found = divided(source, target)
    assert max(max(part.rows, part.columns) for part in found) < 700
    lost = [20 * -(-part.stop[0] // 1000) for part in found]
    assert all(abs(part.stop[0] - gone - part.stop[1]) <= 40 for part, gone in zip(found, lost, strict=True))
