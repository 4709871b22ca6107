"""Numbering the pieces of texts: what stands between spaces, equal pieces with equal numbers."""

from __future__ import annotations

from itertools import repeat
from typing import Protocol

import numpy as np

from align.aligner.growing import Ints32
from align.aligner.lattice import Ints
from align.aligner.sentences import Sentences


class Numbering(Protocol):
    """Numbers pieces in the order in which they come."""

    def number(self, sentences: Sentences) -> tuple[Ints32, Ints, list[str]]:
        """Number the pieces of some sentences.

        Returns:
            The numbers of all pieces in a row; where those of each sentence begin, and where the last end; and the
            pieces that are new, in the order of their numbers.
        """


class ByDictionary:
    """Numbers pieces by a dictionary of strings."""

    def __init__(self) -> None:
        """Begin with none."""
        self._numbers: dict[str, int] = {}

    def number(self, sentences: Sentences) -> tuple[Ints32, Ints, list[str]]:
        """See `Numbering`."""
        texts, known = sentences.texts(), self._numbers
        pieces = " ".join(texts).split(" ") if texts else []
        numbers = np.fromiter(map(known.get, pieces, repeat(-1)), np.int32, len(pieces))
        missing = np.flatnonzero(numbers < 0).tolist()
        fresh = list(dict.fromkeys([pieces[at] for at in missing]))
        known.update(zip(fresh, range(len(known), len(known) + len(fresh)), strict=True))
        numbers[missing] = [known[pieces[at]] for at in missing]
        counts = np.fromiter(map(str.count, texts, repeat(" ")), np.int64, len(texts)) + 1
        return numbers, np.concatenate([[0], np.cumsum(counts)]), fresh
