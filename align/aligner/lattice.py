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
    """Which cells are looked at: row `i` holds columns ``first[i] … first[i] + width - 1``.

    Columns beyond ``columns`` may be in the band near its end; they are unreachable.

    Attributes:
        first: first column of each row, shape ``(n + 1,)``, never falling.
        width: columns a row.
        columns: columns of the whole lattice, ``m + 1``.
    """

    first: Ints
    width: int
    columns: int

    @classmethod
    def whole(cls, rows: int, columns: int) -> Band:
        """The band that leaves nothing out."""
        return cls(np.zeros(rows, dtype=np.int64), columns, columns)

    @property
    def rows(self) -> int:
        """Rows of the lattice, ``n + 1``."""
        return len(self.first)

    @property
    def cells(self) -> int:
        """Cells in the band."""
        return self.rows * self.width

    def margin(self) -> int:
        """Columns that a step may reach beyond its own row's band, to either side."""
        leap = np.diff(self.first).max(initial=0) if self.rows > 1 else 0
        return LONGEST * (int(leap) + 1) + 1


@dataclass(frozen=True, slots=True)
class Gap:
    """What a run of nulls costs: log-scores added to its first and to each further null."""

    opening: float
    extension: float


class PairScores(Protocol):
    """Log-scores of two-sided beads, made where and when they are asked for."""

    def row(self, row: int) -> Floats32:
        """Scores of the beads that end in a row of the band, shape ``(len(SHAPES), width)``.

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
        return self._target_nulls(band.first[row] + np.arange(band.width) - 1)

    def target_nulls_from(self, band: Band, row: int) -> Floats:
        """Scores of the target sentences that a step right from each column of a row leaves alone."""
        return self._target_nulls(band.first[row] + np.arange(band.width))

    def _target_nulls(self, sentences: Ints) -> Floats:
        nulls = np.full(len(sentences), IMPOSSIBLE)
        inside = (sentences >= 0) & (sentences < len(self.target_null))
        nulls[inside] = self.target_null[sentences[inside]]
        return nulls
