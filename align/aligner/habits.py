"""A document's own habits: how often its translator left out, cut and crossed sentences.

What a null costs belongs to the document and not to the program: a novel leaves next to nothing out, a news digest
drops every tenth sentence. A first forward-backward pass counts how often each happens (in expectation); the second
leans on that, by weights learnt from human alignments. Runs of nulls are counted and not the nulls themselves, so that
a missing chapter does not make the rest look careless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from align.aligner.lattice import SHAPES, Floats
from align.aligner.posteriors import Posteriors

_USUAL_GAPS: Final = 0.06
_USUAL_SPLITS: Final = 0.12
_USUAL_CROSSINGS: Final = 0.02
"""How often each happens for a two-sided bead, about."""
_LEANING: Final = 15.0
"""Beads that what is usual counts for."""
_OFTENEST: Final = 2.5
_RAREST: Final = -0.7
"""A document without a single split must not make nulls of everything: that little is seen of it says little."""
_RAREST_GAPS: Final = -2.5
"""Gaps are told apart further down: in novels the first pass finds a tenth of what it finds in news."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Logarithms of how much more often than usual something happens in a document; 0 when nothing is known.

    Attributes:
        gaps: sentences left alone, each run counted once.
        splits: one sentence for several, either way.
        crossings: several for several.
    """

    gaps: float = 0.0
    splits: float = 0.0
    crossings: float = 0.0


def habits(found: Iterable[Posteriors]) -> Habits:
    """What the posteriors of a document's parts tell, leaning on what is usual where they are few."""
    shapes = np.zeros(len(SHAPES))
    gaps = 0.0
    for each in found:
        shapes += each.pairs.sum(axis=1, dtype=np.float64)
        gaps += float(each.openings.sum())
    return habits_from(shapes, gaps)


def habits_from(shapes: Floats, gaps: float) -> Habits:
    """The same from what was counted.

    Args:
        shapes: expected number of two-sided beads of each of `SHAPES`.
        gaps: expected number of runs of nulls.
    """
    splits = sum(count for count, shape in zip(shapes, SHAPES, strict=True) if min(shape) == 1 < max(shape))
    crossings = sum(count for count, shape in zip(shapes, SHAPES, strict=True) if min(shape) > 1)
    total = float(shapes.sum())
    return Habits(
        _more(gaps, total, _USUAL_GAPS, _RAREST_GAPS),
        _more(splits, total, _USUAL_SPLITS),
        _more(crossings, total, _USUAL_CROSSINGS),
    )


def _more(count: float, total: float, usual: float, rarest: float = _RAREST) -> float:
    if total <= 0:
        return 0.0
    share = (count + _LEANING * usual) / (total + _LEANING)
    return float(np.clip(np.log(share / usual), rarest, _OFTENEST))


Leaning = Callable[[Habits, int, int], float]
"""What a document's habits say of the beads of shape ``(a, b)``."""


def splits_by_splits(known: Habits, a: int, b: int) -> float:
    """One sentence for several, where that is the translator's way."""
    return known.splits if min(a, b) == 1 < max(a, b) else 0.0


def splits_by_gaps(known: Habits, a: int, b: int) -> float:
    """The same where much (or little) is left out: what else became of a sentence that is too much."""
    return known.gaps if min(a, b) == 1 < max(a, b) else 0.0


def crossings_by_crossings(known: Habits, a: int, b: int) -> float:
    """Several sentences for several, where that is the translator's way."""
    return known.crossings if min(a, b) > 1 else 0.0


def nulls_by_gaps(known: Habits, a: int, b: int) -> float:
    """A sentence left alone, where much is left out."""
    return known.gaps if min(a, b) == 0 else 0.0


def nulls_by_splits(known: Habits, a: int, b: int) -> float:
    """The same where sentences are often cut or joined."""
    return known.splits if min(a, b) == 0 else 0.0


PAIR_HABITS: Final[Mapping[str, Leaning]] = MappingProxyType(
    {each.__name__: each for each in (splits_by_splits, splits_by_gaps, crossings_by_crossings)}
)
"""What habits say of two-sided beads, by name."""

NULL_HABITS: Final[Mapping[str, Leaning]] = MappingProxyType(
    {each.__name__: each for each in (nulls_by_gaps, nulls_by_splits)}
)
"""What habits say of nulls, by name."""


def leaning(known: Habits, weights: Mapping[str, float], which: Mapping[str, Leaning], a: int, b: int) -> float:
    """The weighted sum of what habits say of a shape."""
    return sum(weights.get(name, 0.0) * says(known, a, b) for name, says in which.items())
