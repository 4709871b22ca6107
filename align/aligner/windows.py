"""Sums and extremes over the sentences before many cells at once: what `Block` reckons with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import LONGEST, Band, Ints

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Lengths = TypeVar("Lengths", Floats, Floats32)

_TINY: Final = 1e-9


class Corners:
    """Sums over boxes of a table of prefix sums, at some of its cells; corners serve boxes of many shapes."""

    def __init__(self, prefix: Floats, place: Ints) -> None:
        """Take the cells at `place`, counted from LONGEST rows down and LONGEST columns right."""
        self._flat, self._width, self._place = prefix.ravel(), prefix.shape[1], place
        self._kept: dict[tuple[int, int], Floats] = {}

    def _corner(self, a: int, b: int) -> Floats:
        if (a, b) not in self._kept:
            start = (LONGEST - a) * self._width + LONGEST - b
            self._kept[a, b] = np.take(self._flat[start:], self._place)
        return self._kept[a, b]

    def box(self, a: int, b: int) -> Floats32:
        """Sums over the `a` by `b` sentences before each cell."""
        sums = self._corner(0, 0) - self._corner(a, 0)
        sums -= self._corner(0, b)
        sums += self._corner(a, b)
        return sums.astype(np.float32)


def inverse(lengths: Lengths) -> Lengths:
    """One by each length; 0 where there is none, for where a span reaches over the edge there is no likeness."""
    return np.where(lengths > _TINY, 1 / np.maximum(lengths, _TINY), 0).astype(lengths.dtype)


@dataclass(frozen=True, slots=True)
class Inside:
    """Where the cells of a block and their neighbours are among the cells of its halo."""

    here: Ints
    above: Ints
    below: Ints
    left: Ints
    right: Ints


def with_halo(band: Band, start: int, stop: int) -> tuple[tuple[Ints, Ints], Inside]:
    """Rows and columns of the cells of a block and all their neighbours, and where the block's own are."""
    rows = np.clip(np.arange(start - 1, stop + 1), start, stop - 1)
    near = np.stack([np.clip(rows + step, start, stop - 1) for step in (-1, 0, 1)])
    # The first and last row have the block's own first and last for their neighbours.
    first = band.first[near].min(axis=0) - 1
    width = (band.first + band.width)[near].max(axis=0) + 1 - first
    ends = np.cumsum(width)
    begin = ends - width - first
    row, column = band.positions(start, stop)
    line = row - (start - 1)
    here, above, below = (begin[line + step] + column for step in (0, -1, 1))
    halo_rows = np.repeat(np.arange(start - 1, stop + 1), width)
    halo_columns = np.arange(int(ends[-1])) - np.repeat(begin, width)
    return (halo_rows, halo_columns), Inside(here, above, below, here - 1, here + 1)


def running(function: np.ufunc, values: Floats32, axis: int, longest: int) -> list[Floats32]:
    """`function` over the 1 … `longest` values that end at each place along an axis."""
    results = [values]
    for back in range(1, longest):
        here = [slice(None)] * values.ndim
        before = here.copy()
        here[axis], before[axis] = slice(back, None), slice(None, -back)
        result = results[-1].copy()
        view = result[tuple(here)]
        function(view, values[tuple(before)], out=view)
        results.append(result)
    return results
