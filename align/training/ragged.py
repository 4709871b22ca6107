"""Rows of different lengths in one flat array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different lengths.

    Attributes:
        values: all rows one after another, int32.
        starts: where each row starts, and the end of the last: shape ``(rows + 1,)``.
    """

    values: npt.NDArray[np.int32]
    starts: Numbers

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Ragged:
        """Put `rows` together."""
        arrays = [np.asarray(row, dtype=np.int32) for row in rows]
        starts = np.zeros(len(arrays) + 1, dtype=np.int64)
        np.cumsum([len(array) for array in arrays], out=starts[1:])
        return cls(np.concatenate([np.zeros(0, np.int32), *arrays]), starts)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def rows(self, numbers: Numbers) -> tuple[Numbers, npt.NDArray[np.int32]]:
        """The values of some rows.

        Returns:
            For each value its position in `numbers`, and the value.
        """
        first = self.starts[numbers]
        length = self.starts[numbers + 1] - first
        position = np.repeat(np.arange(len(numbers)), length)
        inside = np.arange(len(position)) - np.repeat(np.cumsum(length) - length, length)
        return position, self.values[np.repeat(first, length) + inside]
