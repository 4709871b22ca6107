"""Forward-backward and decoding against a plain slow twin that walks every alignment one by one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.lattice import SHAPES, Band, Floats32, Gap, Scores
from align.aligner.posteriors import posteriors

Step = tuple[int, int]


@dataclass(frozen=True)
class DensePairs:
    table: Floats32  # (rows, shapes, columns)

    def row(self, row: int) -> Floats32:
        return self.table[row]


def random_scores(n: int, m: int, seed: int) -> tuple[Scores, Band]:
    random = np.random.default_rng(seed)
    table = random.normal(-1.0, 2.0, (n + 1, len(SHAPES), m + 1)).astype(np.float32)
    gap = Gap(float(random.normal(-2)), float(random.normal(-1)))
    return Scores(DensePairs(table), random.normal(-1, 1, n), random.normal(-1, 1, m), gap), Band.whole(n + 1, m + 1)


def all_paths(n: int, m: int) -> Iterator[list[Step]]:
    """Every alignment once: in a run of nulls, source nulls come before target nulls."""
    if n == m == 0:
        yield []
        return
    for a, b in (*SHAPES, (1, 0), (0, 1)):
        if a <= n and b <= m:
            for path in all_paths(n - a, m - b):
                after_target_null = bool(path) and path[-1] == (0, 1)
                if not ((a, b) == (1, 0) and after_target_null):
                    yield [*path, (a, b)]


def path_score(path: list[Step], scores: Scores) -> float:
    i = j = 0
    total, before = 0.0, None
    for step in path:
        i, j = i + step[0], j + step[1]
        if step == (1, 0):
            total += scores.source_null[i - 1]
        elif step == (0, 1):
            total += scores.target_null[j - 1]
        else:
            total += scores.pairs.row(i)[SHAPES.index(step), j]
        if 0 in step:
            total += scores.gap.extension if before == step else scores.gap.opening
        before = step
    return float(total)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 2), (3, 0), (1, 1), (2, 3), (4, 3), (4, 4)])
def test_posteriors_agree_with_a_walk_over_every_alignment(n: int, m: int) -> None:
    scores, band = random_scores(n, m, seed=n * 10 + m)
    walked = [(path, path_score(path, scores)) for path in all_paths(n, m)]
    log_total = math.log(sum(math.exp(score) for _, score in walked))
    expected = np.zeros((n + 1, len(SHAPES), m + 1))
    source, target, openings = np.zeros(n), np.zeros(m), 0.0
    for path, score in walked:
        weight, i, j = math.exp(score - log_total), 0, 0
        for before, step in itertools.pairwise([(9, 9), *path]):
            i, j = i + step[0], j + step[1]
            if step == (1, 0):
                source[i - 1] += weight
            elif step == (0, 1):
                target[j - 1] += weight
            else:
                expected[i, SHAPES.index(step), j] += weight
            openings += weight * (0 in step and before != step)

    found = posteriors(scores, band)

    assert found.log_total == pytest.approx(log_total)
    assert found.openings == pytest.approx(openings)
    np.testing.assert_allclose(found.source_null, source, atol=1e-6)
    np.testing.assert_allclose(found.target_null, target, atol=1e-6)
    for row in range(n + 1):
        np.testing.assert_allclose(found.row(row), expected[row], atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 1000))
def test_the_beads_that_hold_a_sentence_sum_to_one(n: int, m: int, seed: int) -> None:
    scores, band = random_scores(n, m, seed)
    found = posteriors(scores, band)
    source, target = found.source_null.copy(), found.target_null.copy()
    for row in range(n + 1):
        probable = found.row(row)
        for k, (a, b) in enumerate(SHAPES):
            for j in range(b, m + 1):
                if a <= row:
                    source[row - a : row] += probable[k, j]
                    target[j - b : j] += probable[k, j]
    np.testing.assert_allclose(source, 1.0, atol=1e-6)
    np.testing.assert_allclose(target, 1.0, atol=1e-6)


@pytest.mark.parametrize(
    ("first", "width"),
    [
        ([0, 0, 1, 2], [2, 3, 3, 2]),
        ([0, 0, 0, 3], [1, 1, 4, 1]),
        ([0, 0, 2, 2], [1, 4, 2, 2]),
        ([0, 1, 2, 3], [2, 2, 2, 1]),
    ],
)
def test_a_band_sums_over_just_the_alignments_inside_it(first: list[int], width: list[int]) -> None:
    n, m = 3, 3
    scores, whole = random_scores(n, m, seed=7)
    band = Band(np.array(first), np.array(width), m + 1)
    table = whole_table(scores, whole)
    rows = [table[row][:, band.span(row)] for row in range(n + 1)]
    inside = [
        path
        for path in all_paths(n, m)
        if all(
            first[i] <= j < first[i] + width[i]
            for i, j in itertools.accumulate(path, lambda x, y: (x[0] + y[0], x[1] + y[1]))
        )
    ]
    expected = np.logaddexp.reduce([path_score(path, scores) for path in inside])

    found = posteriors(Scores(Rows(rows), scores.source_null, scores.target_null, scores.gap), band)

    assert found.log_total == pytest.approx(expected)
    assert (found.source_null <= 1 + 1e-9).all()


def whole_table(scores: Scores, band: Band) -> list[Floats32]:
    return [scores.pairs.row(row) for row in range(band.rows)]


@dataclass(frozen=True)
class Rows:
    rows: list[Floats32]

    def row(self, row: int) -> Floats32:
        return self.rows[row]
