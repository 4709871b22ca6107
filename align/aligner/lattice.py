"""The lattice of all monotone alignments: which cells are looked at and what a path's score is.

A cell ``(i, j)`` says that `i` source and `j` target sentences are done. A two-sided bead of shape
``(a, b)`` leads from ``(i - a, j - b)`` to ``(i, j)``; a null leads one row down or one column right.
Nulls have affine gap scores (Gotoh 1982): the first of a run pays `Gap.opening`, each further one
`Gap.extension`, so that a long one-sided stretch is cheaper than the same nulls scattered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

LONGEST: Final = 6
"""Most sentences that one side of a bead may hold."""

WIDEST: Final = 7
"""Most sentences that both sides of a two-sided bead may hold together."""

SHAPES: Final[tuple[tuple[int, int], ...]] = tuple(
    sorted(
        ((a, b) for a in range(1, LONGEST + 1) for b in range(1, LONGEST + 1) if a + b <= WIDEST),
        key=lambda shape: (sum(shape), abs(shape[0] - shape[1]), shape),
    )
)
"""Shapes ``(source sentences, target sentences)`` of two-sided beads, the commonest first."""

IMPOSSIBLE: Final = -1e30
"""Log-score of what cannot be; finite, so that sums of it never make a NaN."""


@dataclass(frozen=True, slots=True)
class Band:
    """Which cells are looked at: row `i` holds columns ``first[i] … first[i] + width[i] - 1``.

    Neighbouring rows overlap, the first row holds the first column and the last row the last.

    Attributes:
        first: first column of each row, shape ``(n + 1,)``, never falling.
        width: columns of each row, shape ``(n + 1,)``, at least 1.
        columns: columns of the whole lattice, ``m + 1``.
    """

    first: Ints
    width: Ints
    columns: int

    @classmethod
    def whole(cls, rows: int, columns: int) -> Band:
        """The band that leaves nothing out."""
        return cls(np.zeros(rows, dtype=np.int64), np.full(rows, columns, dtype=np.int64), columns)

    @property
    def rows(self) -> int:
        """Rows of the lattice, ``n + 1``."""
        return len(self.first)

    @property
    def cells(self) -> int:
        """Cells in the band."""
        return int(self.width.sum())

    def span(self, row: int) -> slice:
        """The columns of a row, as a slice of the lattice's columns."""
        start = int(self.first[row])
        return slice(start, start + int(self.width[row]))


class Table:
    """A number for each cell of a band, row by row; `IMPOSSIBLE` until it is set.

    Rows have a margin on both sides, so that a step from outside the band needs no special case.
    """

    def __init__(self, band: Band) -> None:
        """Make room for the cells of `band`."""
        self._band = band
        # Plain lists of plain numbers: they are asked for many times a row.
        self._first: list[int] = band.first.tolist()
        self._width: list[int] = band.width.tolist()
        stops = np.cumsum(band.width + 2 * LONGEST)
        cells = np.full(int(stops[-1]), IMPOSSIBLE)
        self._rows = np.split(cells, stops[:-1])

    def row(self, row: int) -> Floats:
        """The cells of a row, to read and to write; shape ``(width,)``."""
        return self._rows[row][LONGEST : LONGEST + self._width[row]]

    def under(self, row: int, other: int, right: int = 0) -> Floats:
        """What `other` row has at the columns of `row`, moved `right`; shape ``(width of row,)``.

        A view of `other` where all of it is there, else a copy with `IMPOSSIBLE` beyond its ends.
        """
        start, values = self._start(row, other, right), self._rows[other]
        stop = start + self._width[row]
        if start >= 0 and stop <= len(values):
            return values[start:stop]
        copy = np.full(self._width[row], IMPOSSIBLE)
        inside = slice(max(start, 0), max(min(stop, len(values)), 0))
        if inside.start < inside.stop:
            copy[inside.start - start : inside.stop - start] = values[inside]
        return copy

    def add(self, values: Floats, row: int, other: int, right: int) -> None:
        """Add probabilities, given as logarithms at the columns of `row`, to `other` row, moved `right`."""
        start, target = self._start(row, other, right), self._rows[other]
        inside = slice(max(start, LONGEST), min(start + self._width[row], len(target) - LONGEST))
        if inside.start < inside.stop:
            view = target[inside]
            np.logaddexp(view, values[inside.start - start : inside.stop - start], out=view)

    def _start(self, row: int, other: int, right: int) -> int:
        return LONGEST + self._first[row] - self._first[other] + right


@dataclass(frozen=True, slots=True)
class Gap:
    """What a run of nulls costs: log-scores added to its first and to each further null."""

    opening: float
    extension: float


class PairScores(Protocol):
    """Log-scores of two-sided beads, made where and when they are asked for."""

    def row(self, row: int) -> Floats32:
        """Scores of the beads that end in a row of the band, shape ``(len(SHAPES), width of the row)``.

        What does not fit into the lattice or must not be is `IMPOSSIBLE`.
        """


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that the score of a path is the sum of.

    Attributes:
        pairs: log-scores of two-sided beads.
        source_null: log-score of leaving each source sentence alone, shape ``(n,)``.
        target_null: the same for each target sentence, shape ``(m,)``.
        gap: what a run of nulls costs besides.
    """

    pairs: PairScores
    source_null: Floats
    target_null: Floats
    gap: Gap

    def target_nulls_into(self, band: Band, row: int) -> Floats:
        """Scores of the target sentences that a step right into each column of a row leaves alone."""
        return self._target_nulls(band.first[row] + np.arange(band.width[row]) - 1)

    def target_nulls_from(self, band: Band, row: int) -> Floats:
        """Scores of the target sentences that a step right from each column of a row leaves alone."""
        return self._target_nulls(band.first[row] + np.arange(band.width[row]))

    def _target_nulls(self, sentences: Ints) -> Floats:
        nulls = np.full(len(sentences), IMPOSSIBLE)
        inside = (sentences >= 0) & (sentences < len(self.target_null))
        nulls[inside] = self.target_null[sentences[inside]]
        return nulls
