"""How much the vectors tell in a document: of evidence that does not tell, less is to be made.

A model knows some languages and kinds of text better than others. Whether it knows those of a document is seen where a
first pass, led by lengths, names and numbers as well, is sure of a pair: its sentence across is liker than that one's
neighbours, or it is not. In languages that the model has learnt that is so for all but one to five in a hundred; in
Chinese novels for eight or nine in ten; in a language that it has never seen for four in ten, or for nearly nine once
its vectors are attuned (`attunement`), which is what dimness asks about in the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from align.aligner.heard import Spans
from align.aligner.lattice import Floats, Floats32, Ints
from align.aligner.sides import Side, unit

_USUAL: Final = 0.08
"""Share of pairs beside which a neighbour is liker, up to which nothing is unusual."""
_ALL: Final = 0.5
"""The same from which on they tell as good as nothing."""
_LEANING: Final = 20.0
"""Pairs of which that is assumed before any is seen."""
_NEIGHBOURS: Final = (-2, -1, 1, 2)


def dimness(heard: Iterable[tuple[tuple[Side, Side], Spans]]) -> float:
    """How much more often than usual a neighbour is liker than the sentence that a sure pair has across.

    Args:
        heard: the sides of some parts and the beads that are sure in them.

    Returns:
        From 0, as in languages that the model knows, to 1, where vectors tell as good as nothing.
    """
    return dimness_of(*misses(heard))


def dimness_of(seen: int, missed: int) -> float:
    """The same from what `misses` counted."""
    share = (missed + _LEANING * _USUAL / 2) / (seen + _LEANING)
    return float(np.clip((share - _USUAL) / (_ALL - _USUAL), 0.0, 1.0))


def misses(heard: Iterable[tuple[tuple[Side, Side], Spans]]) -> tuple[int, int]:
    """How many sure pairs there are, and beside how many of them a neighbour is liker than the sentence across.

    Args:
        heard: as `dimness` takes it.
    """
    seen = missed = 0
    for sides, beads in heard:
        rows, columns = _single(sides, beads)
        source, target = (unit(side.meaning.sums) for side in sides)
        first, second = source[rows], target[columns]
        own = np.einsum("ij,ij->i", first, second)
        best = np.full(len(rows), -np.inf)
        for step in _NEIGHBOURS:
            best = np.maximum(best, _beside(first, target, columns + step))
            best = np.maximum(best, _beside(second, source, rows + step))
        seen += len(rows)
        missed += int((best >= own).sum())
    return seen, missed


def _single(sides: tuple[Side, Side], beads: Spans) -> tuple[Ints, Ints]:
    """The sentences of beads of one and one that are text."""
    one = np.all([ends[:, 1] - ends[:, 0] == 1 for ends in beads], axis=0)
    rows, columns = (ends[one, 0] for ends in beads)
    text = ~(sides[0].aside[rows] | sides[1].aside[columns])
    return rows[text], columns[text]


def _beside(vectors: Floats32, across: Floats32, places: Ints) -> Floats:
    """Likeness of each vector to that at a place across; -inf where there is none."""
    inside = (places >= 0) & (places < len(across))
    found = np.full(len(vectors), -np.inf)
    found[inside] = np.einsum("ij,ij->i", vectors[inside], across[places[inside]])
    return found
