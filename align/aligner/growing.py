"""Arrays that grow at their end, and runs of numbers of different lengths in such arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]
Places = npt.NDArray[np.integer[Any]]


class Growing:
    """A growing array. What was taken of it before stays as it was, also where it had to move."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        """Begin with nothing; values may be rows, as in ``(np.float32, (64,))``."""
        self._dtype = np.dtype(dtype)
        self._room = np.empty(1024, dtype=self._dtype)
        self._count = 0

    def __len__(self) -> int:
        """How many values there are."""
        return self._count

    def extend(self, values: npt.NDArray[Any]) -> None:
        """Add some values."""
        count = self._count + len(values)
        if count > len(self._room):
            room = np.empty(max(count, 2 * len(self._room)), dtype=self._dtype)
            room[: self._count] = self.values
            self._room = room
        self._room[self._count : count] = values
        self._count = count

    @property
    def values(self) -> npt.NDArray[Any]:
        """A view of all values."""
        return self._room[: self._count]


class Runs:
    """A growing list of runs of small numbers, in two flat arrays."""

    def __init__(self) -> None:
        """Begin with none."""
        self._values, self._stops = Growing(np.int32), Growing(np.int64)
        self._stops.extend(np.zeros(1, np.int64))

    def __len__(self) -> int:
        """How many values all runs have."""
        return len(self._values)

    def extend(self, values: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> None:
        """Add runs: all their values in a row, and how long each is."""
        self._values.extend(values)
        self._stops.extend(np.cumsum(lengths, dtype=np.int64) + self._stops.values[-1])

    @property
    def flat(self) -> tuple[Ints32, Ints]:
        """All values in a row, and where each run ends, before the first of them a 0."""
        return self._values.values, self._stops.values

    def taken(self, places: Places) -> tuple[Ints32, Ints]:
        """The values of some runs in a row, and the length of each."""
        stops = self._stops.values
        starts: Ints = stops[places]
        lengths: Ints = stops[1:][places] - starts
        ends = np.cumsum(lengths)
        at = np.repeat(starts - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
        values: Ints32 = self._values.values[at]
        return values, lengths
