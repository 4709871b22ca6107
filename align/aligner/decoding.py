"""The alignment that is expected to hold the most right beads.

Not the single most probable path (Viterbi) but the one with the greatest sum of bead probabilities: the measure
that users and evaluations count is the number of exactly right beads, and this maximises its expectation
(minimum Bayes risk; Goel & Byrne 2000, and "maximum expected accuracy" in sequence alignment).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import IMPOSSIBLE, SHAPES, Floats
from align.aligner.posteriors import Posteriors

NULL_WEIGHT: Final = 0.4
"""What a right null counts beside a right two-sided bead; below one because scores do not count nulls."""

_SOURCE_NULL: Final = len(SHAPES)
_TARGET_NULL: Final = len(SHAPES) + 1

Bytes = npt.NDArray[np.int8]
Cell = tuple[int, int]
"""How many source and target sentences are done."""


@dataclass(frozen=True, slots=True)
class Path:
    """An alignment as the cells between its beads.

    Attributes:
        cells: the first cell, that after the first bead, and so on.
        certain: probability of each bead; one less than cells.
    """

    cells: Sequence[Cell]
    certain: Sequence[float]

    def moved(self, down: int, right: int) -> Path:
        """The same elsewhere in a larger lattice."""
        if not down and not right:
            return self
        return Path([(row + down, column + right) for row, column in self.cells], self.certain)

    def beads(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], float]]:
        """Source indices, target indices and the probability of each bead."""
        for (top, left), (bottom, right), certain in zip(self.cells, self.cells[1:], self.certain, strict=False):
            yield tuple(range(top, bottom)), tuple(range(left, right)), certain


def best_paths(found: Posteriors) -> list[Path]:
    """For each band the partition into beads with the greatest expected number of right ones, in order."""
    choice = _fill(found)
    return [_walk_back(found, band, choice) for band in range(len(found.lattice.bands))]


def _fill(found: Posteriors) -> Bytes:
    """For each cell the last step of the best way to it."""
    lattice = found.lattice
    best, choice = np.full(len(lattice), IMPOSSIBLE), np.zeros(len(lattice), dtype=np.int8)
    down, right = (_null_gains(found, rows=rows) for rows in (True, False))
    for start, stop in lattice.rows:
        row = slice(start, stop)
        gains = np.empty((len(SHAPES) + 1, stop - start))
        probable = found.pairs[:, row]
        # What cannot be has no probability; it must not stand in for a null that is worth nothing either.
        np.add(best[lattice.before[:, row]], probable, out=gains[:_SOURCE_NULL])
        gains[:_SOURCE_NULL][probable <= 0] = IMPOSSIBLE
        gains[_SOURCE_NULL] = best[lattice.above[row]] + down[row]
        if start == lattice.rows[0][0]:
            gains[_SOURCE_NULL, lattice.starts - start] = 0.0
        picked = gains.argmax(axis=0)
        value = gains[picked, np.arange(stop - start)]
        run = _run_right(value, right[row])
        choice[row] = np.where(run > value, _TARGET_NULL, picked)
        best[row] = run
    return choice


def _null_gains(found: Posteriors, *, rows: bool) -> Floats:
    """What the null that leads down (right) into each cell is worth."""
    lattice = found.lattice
    gain = np.full(len(lattice), -1e6)
    sentences = lattice.row if rows else lattice.column
    for place, nulls in zip(lattice.places, found.source_null if rows else found.target_null, strict=True):
        gain[place] = NULL_WEIGHT * np.concatenate([[0.0], nulls])[sentences[place]]
    return gain


def _run_right(value: Floats, gain: Floats) -> Floats:
    """Solve ``y[k] = max(value[k], y[k - 1] + gain[k])`` along a row."""
    walked = np.cumsum(gain)
    run: Floats = walked + np.maximum.accumulate(value - walked)
    # Rounding must not make a run of what stands there by itself.
    return np.where(run > value + 1e-9, run, value)


def _walk_back(found: Posteriors, band: int, choice: Bytes) -> Path:
    lattice = found.lattice
    source, target = found.source_null[band], found.target_null[band]
    at, origin = int(lattice.ends[band]), int(lattice.starts[band])
    cells, certain = [(int(lattice.row[at]), int(lattice.column[at]))], []
    while at != origin:
        step, (row, column) = int(choice[at]), cells[-1]
        if step == _TARGET_NULL:
            certain.append(float(target[column - 1]))
            at -= 1
        elif step == _SOURCE_NULL:
            certain.append(float(source[row - 1]))
            at = int(lattice.above[at])
        else:
            certain.append(float(found.pairs[step, at]))
            at = int(lattice.before[step, at])
        cells.append((int(lattice.row[at]), int(lattice.column[at])))
    return Path(cells[::-1], certain[::-1])
