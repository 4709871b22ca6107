"""Equal keys among many millions, without holding them in memory."""

from __future__ import annotations

import tempfile
import unicodedata
from array import array
from contextlib import ExitStack
from hashlib import blake2b
from typing import IO, TYPE_CHECKING, Final, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    import numpy.typing as npt

_PARTS: Final = 64
_ROWS: Final = 1 << 19
"""Rows held before they are put on disk, 8 bytes a number."""


def fingerprint(text: str) -> int:
    """64 bits of a text, composed (NFC) as OmegaT compares; two of ten million collide once in 370,000 runs."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class Ledger:
    """Rows of whole numbers of 64 bits, the first of them a key; gives back those whose key comes more than once.

    Rows are parted by key into files that the operating system deletes, so that each part fits in memory.
    """

    def __init__(self, width: int = 3) -> None:
        """Begin without a row and without a file.

        Args:
            width: numbers in a row, the key and the last one, which orders rows of one key, included.
        """
        self._width = width
        self._rows = array("Q")
        self._stack = ExitStack()
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop the files."""
        self._stack.close()

    def add(self, *row: int) -> None:
        """Take a row down."""
        self._rows.extend(row)
        if len(self._rows) >= self._width * _ROWS:
            self._spill()

    def groups(self, *, single: bool = False) -> Iterator[npt.NDArray[np.uint64]]:
        """For each key that came more than once its rows in the order of their numbers, shape ``(n, width)``.

        Args:
            single: also those keys that came once.
        """
        if not self._files:
            yield from _equal(np.frombuffer(self._rows, dtype=np.uint64).reshape(-1, self._width), 1 + (not single))
            return
        self._spill()
        for file in self._files:
            file.seek(0)
            yield from _equal(np.frombuffer(file.read(), dtype=np.uint64).reshape(-1, self._width), 1 + (not single))

    def _part(self) -> IO[bytes]:
        return self._stack.enter_context(tempfile.TemporaryFile())

    def _spill(self) -> None:
        if not self._files:
            self._files = [self._part() for _ in range(_PARTS)]
        rows = np.frombuffer(self._rows, dtype=np.uint64).reshape(-1, self._width)
        part = (rows[:, 0] % np.uint64(_PARTS)).astype(np.int64)
        for number, file in enumerate(self._files):
            file.write(rows[part == number].tobytes())
        del rows
        self._rows = array("Q")


def _equal(rows: npt.NDArray[np.uint64], least: int) -> Iterator[npt.NDArray[np.uint64]]:
    if not len(rows):
        return
    rows = rows[np.lexsort((rows[:, -1], rows[:, 0]))]
    edges = np.flatnonzero(rows[1:, 0] != rows[:-1, 0]) + 1
    starts = np.concatenate([[0], edges, [len(rows)]])
    lengths = np.diff(starts)
    for start, length in zip(starts[:-1][lengths >= least].tolist(), lengths[lengths >= least].tolist(), strict=True):
        yield rows[start : start + length]
