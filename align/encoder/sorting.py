"""Different values of an array: what `numpy.unique` gives, without `numpy.ma`, which that imports.

A short document is aligned in a tenth of a second, and that import takes five to ten milliseconds.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)


def distinct(values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """The different values of an array of one dimension, ascending."""
    ordered = np.sort(values)
    return ordered[_changes(ordered)]


def grouped(
    values: npt.NDArray[Scalar],
) -> tuple[npt.NDArray[Scalar], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The same, the place among them of each value, and how often each comes."""
    order = np.argsort(values)
    ordered = values[order]
    first = _changes(ordered)
    number = np.empty(len(values), np.int64)
    number[order] = np.cumsum(first) - 1
    starts = np.flatnonzero(first)
    return ordered[first], number, np.diff(np.append(starts, len(values)))


def among(values: npt.NDArray[np.int64], known: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether each value is one of some known ones, which are ascending and at least one (`numpy.isin`)."""
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: npt.NDArray[np.bool_] = known[place] == values
    return found


def _changes(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where another value begins."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
