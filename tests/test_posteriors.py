"""Forward-backward and decoding against a plain slow twin that walks every alignment one by one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.decoding import NULL_WEIGHT, best_paths
from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Floats32, Gap, Lattice, Scores
from align.aligner.posteriors import Posteriors, posteriors

Step = tuple[int, int]


@dataclass(frozen=True)
class Random:
    """Random scores of a whole lattice: pairs of shape ``(rows, shapes, columns)``."""

    pairs: Floats32
    source_null: Floats
    target_null: Floats
    gap: Gap

    def in_band(self, band: Band) -> tuple[Floats32, Floats, Floats]:
        rows, columns = band.positions(0, band.rows)
        return self.pairs[rows, :, columns].T, self.source_null, self.target_null


def random_scores(n: int, m: int, seed: int) -> Random:
    random = np.random.default_rng(seed)
    table = random.normal(-1.0, 2.0, (n + 1, len(SHAPES), m + 1)).astype(np.float32)
    gap = Gap(float(random.normal(-2)), float(random.normal(-1)))
    for k, (a, b) in enumerate(SHAPES):
        table[:a, k] = table[:, k, :b] = IMPOSSIBLE
    return Random(table, random.normal(-1, 1, n), random.normal(-1, 1, m), gap)


def found_in(scores: Random, band: Band) -> Posteriors:
    lattice = Lattice.of([band])
    return posteriors(lattice, Scores.of(lattice, [scores.in_band(band)], scores.gap))


def table_of(found: Posteriors, at: int = 0) -> np.ndarray:
    """Probabilities of the beads that end in the cells of a whole lattice, ``(rows, shapes, columns)``."""
    band = found.lattice.bands[at]
    return found.pairs[:, found.lattice.places[at]].reshape(len(SHAPES), band.rows, band.columns).swapaxes(0, 1)


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


def path_score(path: list[Step], scores: Random) -> float:
    i = j = 0
    total, before = 0.0, None
    for step in path:
        i, j = i + step[0], j + step[1]
        if step == (1, 0):
            total += scores.source_null[i - 1]
        elif step == (0, 1):
            total += scores.target_null[j - 1]
        else:
            total += scores.pairs[i, SHAPES.index(step), j]
        if 0 in step:
            total += scores.gap.extension if before == step else scores.gap.opening
        before = step
    return float(total)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 2), (3, 0), (1, 1), (2, 3), (4, 3), (4, 4)])
def test_posteriors_agree_with_a_walk_over_every_alignment(n: int, m: int) -> None:
    scores = random_scores(n, m, seed=n * 10 + m)
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

    found = found_in(scores, Band.whole(n + 1, m + 1))

    assert found.log_total == pytest.approx(log_total)
    assert found.openings == pytest.approx(openings)
    np.testing.assert_allclose(found.source_null[0], source, atol=1e-6)
    np.testing.assert_allclose(found.target_null[0], target, atol=1e-6)
    np.testing.assert_allclose(table_of(found), expected, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 1000))
def test_the_beads_that_hold_a_sentence_sum_to_one(n: int, m: int, seed: int) -> None:
    found = found_in(random_scores(n, m, seed), Band.whole(n + 1, m + 1))
    source, target = found.source_null[0].copy(), found.target_null[0].copy()
    for row, probable in enumerate(table_of(found)):
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
    scores = random_scores(n, m, seed=7)
    band = Band(np.array(first), np.array(width), m + 1)
    inside = [
        path
        for path in all_paths(n, m)
        if all(
            first[i] <= j < first[i] + width[i]
            for i, j in itertools.accumulate(path, lambda x, y: (x[0] + y[0], x[1] + y[1]))
        )
    ]
    expected = np.logaddexp.reduce([path_score(path, scores) for path in inside])

    found = found_in(scores, band)

    assert found.log_total == pytest.approx(expected)
    assert (found.source_null[0] <= 1 + 1e-9).all()


def test_lattices_side_by_side_are_as_each_alone() -> None:
    sizes = [(3, 5), (7, 2), (0, 4), (6, 6), (1, 1)]
    several = [random_scores(n, m, seed=n) for n, m in sizes]
    bands = [Band.whole(n + 1, m + 1) for n, m in sizes]
    gap = several[0].gap
    lattice = Lattice.of(bands)
    parts = [scores.in_band(band) for scores, band in zip(several, bands, strict=True)]
    found = posteriors(lattice, Scores.of(lattice, parts, gap))
    for at, (scores, band) in enumerate(zip(several, bands, strict=True)):
        alone = found_in(replace(scores, gap=gap), band)
        assert found.log_total[at] == pytest.approx(alone.log_total[0])
        assert found.openings[at] == pytest.approx(alone.openings[0])
        np.testing.assert_allclose(found.source_null[at], alone.source_null[0], atol=1e-6)
        np.testing.assert_allclose(found.target_null[at], alone.target_null[0], atol=1e-6)
        np.testing.assert_allclose(table_of(found, at), table_of(alone), atol=1e-6)
        ours, expected = best_paths(found)[at], best_paths(alone)[0]
        assert ours.cells == expected.cells
        np.testing.assert_allclose(ours.certain, expected.certain, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 1000))
def test_the_decoded_alignment_has_the_greatest_expected_number_of_right_beads(n: int, m: int, seed: int) -> None:
    found = found_in(random_scores(n, m, seed), Band.whole(n + 1, m + 1))
    table = table_of(found)

    def worth(path: list[Step]) -> float:
        i = j = 0
        total = 0.0
        for a, b in path:
            i, j = i + a, j + b
            if a and b:
                total += float(table[i, SHAPES.index((a, b)), j])
            else:
                total += NULL_WEIGHT * float(found.source_null[0][i - 1] if a else found.target_null[0][j - 1])
        return total

    (decoded,) = best_paths(found)
    ours = worth([(len(source), len(target)) for source, target, _ in decoded.beads()])
    assert ours == pytest.approx(max(map(worth, all_paths(n, m))), abs=1e-6)
