"""Likeness of meaning of beads, row by row, and the small loops that all lines of the kernel are made with.

Likeness is made a row ahead of the scores (`align.aligner.kernel.beads`), for beads are compared with those that end
one row further down.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from align.aligner.kernel.compiling import glue, inner
from align.aligner.kernel.layout import (
    BOX,
    INVERSE,
    LANES,
    LIKENESS,
    MEANING,
    PAD,
    SHAPED,
    SPANS,
    SUMS,
    TALL,
    USUAL,
    WIDE,
)
from align.aligner.lattice import LONGEST, WIDEST

_ZERO, _ONE, _LEAST, _NEXT = np.float32(0.0), np.float32(1.0), np.float32(0.1), np.uint64(1)


@inner
def greatest(first: Any, last: Any, line: Any, one: Any, other: Any, work: Any) -> None:
    """The greater of two lines, into a third."""
    for p in range(first, last):
        work[line + p] = max(work[one + p], work[other + p])


@inner
def clear(work: Any, line: Any, first: Any, last: Any, value: Any) -> None:
    """One value in all places of a line."""
    for p in range(first, last):
        work[line + p] = value


@inner
def _relative(cosine: Any, usual: Any, share: Any) -> Any:
    """Distance as a share of the distance to random sentences, turned into likeness (`Block._relative`)."""
    return (_ONE - (_ONE - cosine) / max(_ONE - usual, _LEAST)) * share


@inner
def _liken(
    first: Any, last: Any, dot: Any, dots: Any, inverse: Any, usual: Any, lengths: Any, others: Any, columns: Any,
    share: Any, line: Any, work: Any,
) -> None:  # fmt: skip
    """Likeness of what has these dot products."""
    for p in range(first, last):
        cosine = dots[dot + p] * inverse * columns[lengths + p]
        work[line + p] = _relative(cosine, usual + columns[others + p], share)


@inner
def singles(
    first: Any, last: Any, dot: Any, dots: Any, inverse: Any, usual: Any, lengths: Any, others: Any, columns: Any,
    share: Any, single: Any, best: Any, places: Any, work: Any,
) -> None:  # fmt: skip
    """Likeness of a sentence to each across, and the greatest over the 1 … LONGEST that end there."""
    _liken(first, last, dot, dots, inverse, usual, lengths, others, columns, share, single, work)
    back, fewer, more = single, single, best + places
    for _ in range(1, LONGEST + 1):
        for p in range(first, last):
            work[more + p] = max(work[fewer + p], work[back + p])
        fewer, more = more, more + places
        back -= _NEXT


@inner
def add(first: Any, last: Any, line: Any, values: Any, array: Any, work: Any) -> None:
    """Add what lies in an array to a line."""
    for p in range(first, last):
        work[line + p] += array[values + p]


@inner
def _likeness(
    first: Any, last: Any, box: Any, inverse: Any, usual: Any, lengths: Any, others: Any, columns: Any, share: Any,
    like: Any, wide: Any, tall: Any, above: Any, work: Any,
) -> None:  # fmt: skip
    """Likeness of the beads of one shape that end in a row, and the greater of it and that of two neighbours."""
    _liken(first, last, box, work, inverse, usual, lengths, others, columns, share, like, work)
    greatest(first, last, wide, like, like - _NEXT, work)
    greatest(first, last, tall, like, above, work)


@glue
def ahead(
    i: int, start: int, stop: int, count: int, dots: Any, base: Any, rows: Any, columns: Any, share: Any, places: int,
    work: Any,
) -> None:  # fmt: skip
    """Likeness of the beads that end in a row, of all shapes and of those one sentence larger."""
    early, first = np.uint64(start + PAD - LONGEST), np.uint64(start + PAD)
    last = np.uint64(start + PAD + ((stop - start + LANES) & ~LANES))
    sums, box = SUMS * places, np.uint64(BOX * places)
    clear(work, np.uint64(sums), early, last, _ZERO)
    for a in range(1, LONGEST + 1):
        if 0 <= i - a < count:
            add(early, last, np.uint64(sums), np.uint64(base[MEANING, i - a]), dots, work)
        clear(work, box, first, last, _ZERO)
        for b in range(1, min(LONGEST, WIDEST + 1 - a) + 1):
            shape = a * 8 + b
            here, above = i % 3 * SHAPED + shape, (i + 2) % 3 * SHAPED + shape
            add(first, last, box, np.uint64(sums - b), work, work)
            _likeness(
                first, last, box, rows[INVERSE, a, i + PAD], rows[USUAL + b - 1, a, i + PAD],
                np.uint64((INVERSE * SPANS + b) * places), np.uint64(((USUAL + a - 1) * SPANS + b) * places),
                columns, share, np.uint64((LIKENESS + here) * places), np.uint64((WIDE + here) * places),
                np.uint64((TALL + here) * places), np.uint64((LIKENESS + above) * places), work,
            )  # fmt: skip
