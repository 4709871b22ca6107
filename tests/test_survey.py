from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_aligner import WordEncoder

from align import Aligner
from align.aligner.aligner import from_sentences
from align.aligner.lattice import Band
from align.aligner.pair import Pair
from align.aligner.sides import both_sides
from align.aligner.survey import _best_chain, _slope, corridor, supported, survey


def surveyed(source: list[str], target: list[str]) -> tuple[Pair, np.ndarray]:
    return survey(*both_sides(from_sentences(source, "s"), from_sentences(target, "t"), WordEncoder()))


def lines(start: int, stop: int) -> list[str]:
    return [f"w{at} x{at} y{at} z{at}" for at in range(start, stop)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=40))
def test_the_chain_of_anchors_rises_and_weighs_as_much_as_can_be(items: list[tuple[int, int]]) -> None:
    values = np.array([value for value, _ in items], dtype=np.int64)
    weights = np.array([weight for _, weight in items], dtype=np.float64)
    chain = _best_chain(values, weights)
    heaviest = list(weights)
    for at, value in enumerate(values):
        heaviest[at] += max((heaviest[b] for b in range(at) if values[b] < value), default=0)
    assert (np.diff(values[chain]) > 0).all()
    assert (np.diff(chain) > 0).all()
    assert weights[chain].sum() == max(heaviest, default=0)


def test_the_band_of_a_long_document_holds_the_right_path_past_a_missing_chapter() -> None:
    source, target = lines(0, 900), lines(0, 300) + lines(600, 900)
    pair, anchors = surveyed(source, target)
    band = corridor(pair, anchors)
    assert band.cells < 0.8 * len(source) * len(target)
    for i in range(901):
        j = i if i <= 300 else max(300, i - 300)
        assert band.span(i).start <= j < band.span(i).stop


def test_a_short_document_is_searched_whole() -> None:
    pair, anchors = surveyed(lines(0, 20), lines(0, 25))
    band = corridor(pair, anchors)
    assert (band.width == 26).all()
    assert isinstance(band, Band)


def test_the_length_ratio_is_that_of_the_text_that_matches() -> None:
    pair, _ = surveyed(lines(0, 60), lines(1000, 1400) + lines(0, 60))
    assert 0.9 < pair.ratio < 1.1


def test_a_long_document_in_its_band_is_aligned_as_in_the_whole_lattice(monkeypatch: pytest.MonkeyPatch) -> None:
    source = lines(0, 560)
    target = [*lines(0, 100), "q r s", *lines(100, 300), *(f"n{at} o{at}" for at in range(40)), *lines(320, 560)]
    aligner = Aligner(encoder=WordEncoder())
    banded = aligner.align(source, target)
    monkeypatch.setattr("align.aligner.survey._WHOLE", 10**9)
    whole = aligner.align(source, target)
    assert [(bead.source, bead.target) for bead in banded.beads] == [(bead.source, bead.target) for bead in whole.beads]


def test_chance_anchors_do_not_lead_a_long_document_astray() -> None:
    pair, _ = surveyed(lines(0, 700), lines(0, 700))
    band = corridor(pair, np.array([[100, 600], [650, 690]]))
    assert all(band.span(row).start <= row < band.span(row).stop for row in range(701))


@given(st.lists(st.tuples(st.integers(0, 599), st.integers(0, 699)), max_size=8))
@settings(max_examples=30, deadline=None)
def test_any_anchors_make_a_band_that_holds_together(points: list[tuple[int, int]]) -> None:
    rising = [
        point for at, point in enumerate(sorted(set(points))) if all(point[1] > p[1] for p in sorted(set(points))[:at])
    ]
    anchors = np.array(sorted({row: (row, column) for row, column in rising}.values()), dtype=np.int64).reshape(-1, 2)
    band = corridor(PAIR, anchors)
    assert band.first[0] == 0
    assert band.span(600).stop == 701
    assert (np.diff(band.first) >= 0).all()
    assert (band.width >= 1).all()
    assert all(band.span(row + 1).start < band.span(row).stop for row in range(600))


PAIR = surveyed(lines(0, 600), lines(0, 700))[0]


@given(
    rows=st.sets(st.integers(0, 120), max_size=20),
    columns=st.sets(st.integers(0, 120), max_size=20),
    most=st.integers(1, 2),
)
def test_the_neighbours_of_an_anchor_are_counted_as_if_one_by_one(rows: set[int], columns: set[int], most: int) -> None:
    count = min(len(rows), len(columns))
    anchors = np.array(list(zip(sorted(rows), sorted(columns), strict=False)), dtype=np.int64).reshape(count, 2)
    slope = _slope(anchors)
    kept = []
    for at in range(count):
        near = np.delete(anchors[max(at - 3, 0) : at + 4], min(at, 3), axis=0) - anchors[at]
        steady = np.abs(near[:, 1] - near[:, 0] * slope) <= 3 + 0.5 * np.abs(near[:, 0])
        if (steady & (np.abs(near[:, 0]) <= 40)).sum() >= most:
            kept.append(at)
    assert supported(anchors, most=most).tolist() == anchors[kept].tolist()
