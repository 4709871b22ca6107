"""The compiled loops over words, tokens and sentences against those of NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.columns import Columns
from align.aligner.loops import PLAIN, Loops
from align.encoder.static import StaticEncoder

SEEDS = st.integers(0, 10_000)
SIZES = st.integers(0, 14)


@pytest.fixture(scope="module")
def compiled() -> Loops:
    pytest.importorskip("numba")
    from align.aligner.kernel.loops import COMPILED

    return COMPILED


@settings(deadline=None)
@given(seed=SEEDS, count=SIZES, width=st.integers(1, 40))
def test_norms_of_spans(compiled: Loops, seed: int, count: int, width: int) -> None:
    random = np.random.default_rng(seed)
    sums = (random.normal(0.2, 1, (count, width)) * (random.random((count, 1)) < 0.8)).astype(np.float32)
    np.testing.assert_allclose(compiled.norms(sums), PLAIN.norms(sums), rtol=1e-5, atol=2e-3)


@settings(deadline=None)
@given(seed=SEEDS, count=SIZES, words=st.integers(0, 60))
def test_rows_of_a_table(compiled: Loops, seed: int, count: int, words: int) -> None:
    random = np.random.default_rng(seed)
    table, rows = random.normal(size=(20, 9)).astype(np.float32), random.integers(0, 20, words if count else 0)
    owners = np.sort(random.integers(0, max(count, 1), len(rows)))
    expected = PLAIN.summed(table, rows, owners, count)
    np.testing.assert_allclose(compiled.summed(table, rows, owners, count), expected, rtol=1e-5, atol=1e-5)


@settings(deadline=None)
@given(seed=SEEDS, count=SIZES)
def test_letters_of_sentences(compiled: Loops, seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    columns = Columns()
    columns.extend(["слово", "Shchukin's", "a", "", "1990-е", "a\u00a0word"])
    lengths = random.integers(0, 5, count)
    numbers, edges = random.integers(0, 6, int(lengths.sum())).astype(np.int32), np.concatenate([[0], lengths.cumsum()])
    counts = PLAIN.grams(columns.grams, numbers)
    np.testing.assert_array_equal(compiled.grams(columns.grams, numbers), counts)
    given = columns.grams, numbers, edges, 1 / np.sqrt(1 + counts)
    np.testing.assert_array_equal(compiled.letters(*given), PLAIN.letters(*given))


@settings(deadline=None)
@given(seed=SEEDS, count=SIZES)
def test_tokens_of_sentences(compiled: Loops, shipped: StaticEncoder, seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    lengths = random.integers(0, 9, count).astype(np.intp)
    tokens = random.integers(0, 100_000, int(lengths.sum())).astype(np.intp)
    expected = PLAIN.add_up(shipped, tokens, lengths)
    np.testing.assert_allclose(compiled.add_up(shipped, tokens, lengths), expected, rtol=1e-5, atol=1e-4)


def test_a_table_of_other_numbers_is_added_up_by_the_encoder(compiled: Loops, shipped: StaticEncoder) -> None:
    class Large:
        small_rows = None
        add_up = staticmethod(shipped.add_up)

    given = np.array([5, 6, 7]), np.array([1, 0, 2])
    np.testing.assert_array_equal(compiled.add_up(Large(), *given), shipped.add_up(*given))  # type: ignore[arg-type]


@settings(deadline=None)
@given(seed=SEEDS, count=SIZES, most=st.integers(1, 5))
def test_the_heaviest_tokens(compiled: Loops, seed: int, count: int, most: int) -> None:
    random = np.random.default_rng(seed)
    lengths = random.integers(0, 12, count).astype(np.intp)
    weights = random.integers(0, 5, int(lengths.sum())).astype(np.float32)
    found, expected = compiled.heaviest(weights, lengths, most), PLAIN.heaviest(weights, lengths, most)
    assert found.tolist() == expected.tolist()
    assert [int(each.sum()) for each in np.split(found, lengths.cumsum())[:-1]] == np.minimum(lengths, most).tolist()


@settings(deadline=None)
@given(seed=SEEDS, rows=st.integers(1, 14), columns=st.integers(1, 14), step=st.integers(1, 14))
def test_the_nearest_sentences(compiled: Loops, seed: int, rows: int, columns: int, step: int) -> None:
    random = np.random.default_rng(seed)
    cosines = random.integers(-4, 5, (rows, columns)).astype(np.float32) / 4
    usual = random.random(rows).astype(np.float32), random.random(columns).astype(np.float32)
    count = min(3, rows, columns)
    found = []
    for loops in (compiled, PLAIN):
        sides = [(np.zeros(size, np.int64), np.full((size, count), -np.inf, np.float32)) for size in (rows, columns)]
        for start in range(0, rows, step):
            part = slice(start, start + step)
            inside = sides[0][0][part], sides[0][1][part]
            loops.nearest(cosines[part].copy(), (usual[0][part], usual[1]), start, inside, sides[1])
        found.append(sides)
    for (nearest, top), (expected, greatest) in zip(*found, strict=True):
        np.testing.assert_allclose(top, greatest, atol=1e-6)
        clear = np.ones(len(top), bool) if count == 1 else np.diff(greatest[:, :2])[:, 0] < -1e-5
        assert nearest[clear].tolist() == expected[clear].tolist()
