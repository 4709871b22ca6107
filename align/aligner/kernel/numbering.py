"""Numbering pieces of text without making a string of each: `align.aligner.numbering.ByDictionary`, compiled."""

from __future__ import annotations

from typing import Final

import numpy as np

from align.aligner.growing import Ints32
from align.aligner.kernel.machine import kernel
from align.aligner.lattice import Ints
from align.aligner.sentences import Sentences

_SMALLEST: Final = 1 << 15
"""Places of a table, at first."""
_SPACE: Final = 32
_FAR: Final = 2
"""Texts that fill less than a part of so many of what they stand in are taken out of it."""


class ByHash:
    """Numbers pieces by a table of their hashes."""

    def __init__(self) -> None:
        """Begin with none."""
        self._table = np.zeros(2 * _SMALLEST, dtype=np.uint64)
        self._known = 0

    def number(self, sentences: Sentences) -> tuple[Ints32, Ints, list[str]]:
        """See `align.aligner.numbering.Numbering`."""
        text, starts, stops = _around(sentences)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        most = int(np.count_nonzero(points == _SPACE)) + len(starts)
        self._make_room(most)
        numbers, edges = np.empty(most, dtype=np.int32), np.empty(len(starts) + 1, dtype=np.int64)
        fresh = np.empty((most, 2), dtype=np.int64)
        count = kernel().number(points, starts, stops, self._known, self._table, numbers, edges, fresh)
        self._known += count
        pieces = [text[start:stop] for start, stop in fresh[:count].tolist()]
        return numbers[: int(edges[-1])], edges, pieces

    def _make_room(self, more: int) -> None:
        """Make the table so large that as many more pieces leave a third of it empty."""
        needed = 3 * (self._known + more)
        if needed > len(self._table):
            larger = np.zeros(1 << int(needed - 1).bit_length(), dtype=np.uint64)
            kernel().move(self._table, larger)
            self._table = larger


def _around(sentences: Sentences) -> tuple[str, Ints, Ints]:
    """A text that holds some sentences, and where they begin and end in it."""
    starts, stops = (np.ascontiguousarray(each, dtype=np.int64) for each in (sentences.starts, sentences.stops))
    if not len(sentences):
        return "", starts, stops
    first, last = int(starts.min()), int(stops.max())
    if last - first <= _FAR * int((stops - starts).sum()):
        return sentences.text[first:last], starts - first, stops - first
    ends = np.cumsum(stops - starts)
    return "".join(sentences.texts()), ends - (stops - starts), ends
