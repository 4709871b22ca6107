"""The lattice of all monotone alignments: which cells are looked at and what a path's score is.

A cell ``(i, j)`` says that `i` source and `j` target sentences are done. A two-sided bead of shape
``(a, b)`` leads from ``(i - a, j - b)`` to ``(i, j)``; a null leads one row down or one column right.
Nulls have affine gap scores (Gotoh 1982): the first of a run pays `Gap.opening`, each further one
`Gap.extension`, so that a long one-sided stretch is cheaper than the same nulls scattered.

Several lattices are searched side by side, row by row: cells of the same row of all of them lie next to each
other, so that one call of NumPy does the work of many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]

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

NOWHERE: Final = 0
"""Index of a cell that no path passes; where a step from outside the band comes from."""


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

    def positions(self, start: int, stop: int) -> tuple[Ints, Ints]:
        """Row and column of every cell of some rows, in order."""
        width = self.width[start:stop]
        rows = np.repeat(np.arange(start, stop), width)
        ends = np.cumsum(width)
        columns = np.arange(int(ends[-1])) - np.repeat(ends - width - self.first[start:stop], width)
        return rows, columns

    def touches(self, cells: npt.NDArray[np.bool_]) -> bool:
        """Whether any of some cells, in order, lies at an edge of the band that is not one of the lattice."""
        ends = np.cumsum(self.width)
        left, right = cells[ends - self.width], cells[ends - 1]
        return bool((left & (self.first > 0)).any() or (right & (self.first + self.width < self.columns)).any())


@dataclass(frozen=True, slots=True)
class Gap:
    """What a run of nulls costs: log-scores added to its first and to each further null."""

    opening: float
    extension: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one or several bands as flat arrays, and how beads lead from one to another.

    Cells are ordered by row, then by band, then by column. Before each row of each band stands a barrier, a cell
    that no path passes, so that no run of nulls leads from one band into the next; cell `NOWHERE` is another.

    Attributes:
        bands: the bands.
        band: which band each cell belongs to, shape ``(cells,)``.
        row: its row, ``i``.
        column: its column, ``j``.
        rows: start and stop of the cells of each row, of all bands together.
        places: for each band the cells of its positions, row by row.
        before: the cell that a bead of each shape comes from, shape ``(len(SHAPES), cells)``.
        after: the cell that it leads to.
        above: the cell one row up.
        below: the cell one row down.
        starts: cell ``(0, 0)`` of each band.
        ends: the last cell of each band.
    """

    bands: tuple[Band, ...]
    band: Ints32
    row: Ints32
    column: Ints32
    rows: tuple[tuple[int, int], ...]
    places: tuple[Ints, ...]
    before: Ints32
    after: Ints32
    above: Ints32
    below: Ints32
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        """Number of cells, barriers among them."""
        return len(self.row)

    @classmethod
    def of(cls, bands: Sequence[Band]) -> Lattice:
        """Lay bands side by side."""
        heights = np.array([band.rows for band in bands])
        base = np.cumsum(heights) - heights
        first = np.concatenate([band.first for band in bands])
        width = np.concatenate([band.width for band in bands])
        owner = np.repeat(np.arange(len(bands)), heights)
        row = np.arange(len(first)) - base[owner]
        order = np.lexsort((owner, row))
        start = np.empty(len(first), dtype=np.int64)
        # Each row of a band is one cell longer than it is wide: its barrier.
        stops = 1 + np.cumsum(width[order] + 1)
        start[order] = stops - width[order]
        line = np.concatenate([[0], np.repeat(order, width[order] + 1)])
        column = np.arange(len(line)) - start[line] + first[line]
        column[NOWHERE] = -1
        before, above = _steps(line, column, row, (first, width, start))
        edges = np.searchsorted(row[order], np.arange(int(heights.max()) + 1))
        limits = np.concatenate([[1], stops])[edges]
        return cls(
            bands=tuple(bands),
            band=owner[line].astype(np.int32),
            row=row[line].astype(np.int32),
            column=column.astype(np.int32),
            rows=tuple(zip(limits[:-1].tolist(), limits[1:].tolist(), strict=True)),
            places=tuple(
                ranges(start[at : at + height], width[at : at + height])
                for at, height in zip(base.tolist(), heights.tolist(), strict=True)
            ),
            before=before,
            after=np.stack([_inverse(steps) for steps in before]),
            above=above,
            below=_inverse(above),
            starts=start[base],
            ends=start[base + heights - 1] + width[base + heights - 1] - 1,
        )


def ranges(start: Ints, length: Ints) -> Ints:
    """Consecutive numbers from each start, `length` of them, one run after the other."""
    ends = np.cumsum(length)
    runs: Ints = np.arange(int(length.sum())) + np.repeat(start - ends + length, length)
    return runs


def _steps(line: Ints, column: Ints, row: Ints, lines: tuple[Ints, Ints, Ints]) -> tuple[Ints32, Ints32]:
    """Where beads of each shape come from, and the cell above; `NOWHERE` if that is outside the band.

    Args:
        line: which row of which band each cell lies in.
        column: its column.
        row: the row's number in its band, by line.
        lines: its first column, its width and its first cell.
    """
    first, width, start = lines
    barrier = column < first[line]
    height = np.where(barrier, -1, row[line])
    height[NOWHERE] = -1
    before = np.zeros((len(SHAPES), len(line)), dtype=np.int32)
    above = np.zeros(len(line), dtype=np.int32)
    for a in range(1, LONGEST + 1):
        up = np.maximum(line - a, 0)
        inside = height >= a
        place = column - first[up]
        reach = np.where(inside, width[up], 0)
        if a == 1:
            above[:] = np.where((place >= 0) & (place < reach), start[up] + place, NOWHERE)
        for k, (rows, b) in enumerate(SHAPES):
            if rows == a:
                there = place - b
                before[k] = np.where((there >= 0) & (there < reach), start[up] + there, NOWHERE)
    return before, above


def _inverse(steps: Ints32) -> Ints32:
    """From where a step leads to where it comes from."""
    back = np.zeros_like(steps)
    back[steps] = np.arange(len(steps), dtype=np.int32)
    back[NOWHERE] = NOWHERE
    return back


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that the score of a path is the sum of.

    Attributes:
        pairs: log-scores of the two-sided beads that end in each cell, shape ``(len(SHAPES), cells)``;
            `IMPOSSIBLE` where there must be none.
        source_null: log-score of the null that leads down into each cell, shape ``(cells,)``.
        target_null: log-score of the null that leads right into each cell.
        gap: what a run of nulls costs besides.
    """

    pairs: Floats32
    source_null: Floats
    target_null: Floats
    gap: Gap

    @classmethod
    def of(cls, lattice: Lattice, parts: Sequence[tuple[Floats32, Floats, Floats]], gap: Gap) -> Scores:
        """Put together what each band has.

        Args:
            lattice: the cells.
            parts: for each band the scores of the beads that end in its positions, shape
                ``(len(SHAPES), positions)``, and of leaving each source and target sentence alone.
            gap: what a run of nulls costs besides.
        """
        pairs = np.full((len(SHAPES), len(lattice)), IMPOSSIBLE, dtype=np.float32)
        down, right = np.full(len(lattice), IMPOSSIBLE), np.full(len(lattice), IMPOSSIBLE)
        for place, (beads, source, target) in zip(lattice.places, parts, strict=True):
            pairs[:, place] = beads
            down[place] = np.concatenate([[IMPOSSIBLE], source])[lattice.row[place]]
            right[place] = np.concatenate([[IMPOSSIBLE], target])[lattice.column[place]]
        return cls(pairs, down, right, gap)
