"""Different values are found as NumPy finds them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align.encoder.sorting import among, distinct, grouped

NUMBERS = st.lists(st.integers(-(2**40), 2**40) | st.integers(0, 3)).map(lambda each: np.array(each, dtype=np.int64))


@given(NUMBERS)
def test_different_values_are_those_of_numpy(values: np.ndarray) -> None:
    assert distinct(values).tolist() == np.unique(values).tolist()
    known, number, count = grouped(values)
    expected = np.unique(values, return_inverse=True, return_counts=True)
    assert [each.tolist() for each in (known, number, count)] == [each.tolist() for each in expected]


@given(NUMBERS, NUMBERS.filter(len))
def test_known_values_are_told_as_numpy_tells_them(values: np.ndarray, known: np.ndarray) -> None:
    assert among(values, distinct(known)).tolist() == np.isin(values, known).tolist()
