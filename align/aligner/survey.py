"""A first look over both sides: nearest neighbours, anchors, and the band of cells worth looking at.

Single sentences are compared all with all, in slices, so that memory stays linear. Pairs that are each other's
nearest neighbours by a clear margin and stand in order become anchors: they give the document's own length
ratio and its own level of likeness, and for long documents the corridor to search in (as bertalign's first
pass does; Liu & Zhu 2023, but with no assumption of a diagonal).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import LONGEST, Band, Ints
from align.aligner.loops import PLAIN, Loops
from align.aligner.pair import Pair
from align.aligner.sides import Side, unit
from align.aligner.windows import inverse

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_NEIGHBOURS: Final = 3
_SLICE: Final = 250_000
"""Cells compared at once."""
_WHOLE: Final = 10_000
"""Lattices of up to so many cells are searched whole."""
_OPEN: Final = 250_000
"""Rectangles between anchors of up to so many cells are open as a whole."""
_WIDEST: Final = 120
"""Columns on either side of the line of equal lengths in larger ones."""
_NARROWEST: Final = 10
_CELLS: Final = 4_000_000
"""Cells that such a band may have about, so that a document without anchors comes to an end."""
_CLEAR: Final = 0.15
"""By how much an anchor must be liker than the second best on both sides."""
_ALIKE: Final = 0.2
"""How alike an anchor must be at least."""
_COMPANIONS: Final = 3
"""Anchors before and behind each that may agree with it."""
_REPEATED: Final = 64
"""Pairs of places that a sentence and its nearest may have; what is repeated more often says nothing."""
_USUAL_SCALE: Final = 0.55
"""Likeness of translations where a document has too few anchors to tell its own."""
_USUAL_SPREAD: Final = 0.25
"""Standard deviation of that likeness, as a share of it."""
_USUAL_LENGTH_SPREAD: Final = 0.25
"""Standard deviation of the logarithm of the lengths' ratio."""
_FEW: Final = 5.0
"""Weight of what is usual, in anchors."""
_SMOOTH: Final = 50.0
"""Letters added to the totals of both sides."""
_WIDEST_RATIO: Final = 0.5
"""Logarithm of the greatest ratio of lengths to believe from totals alone: a side may lack a part."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Nearest neighbours of the sentences of one side.

    Attributes:
        nearest: index of the nearest sentence across, shape ``(n,)``.
        best: mean likeness to the nearest few, shape ``(n,)``.
        first: likeness to the nearest.
        second: likeness to the second nearest.
    """

    nearest: Ints
    best: Floats
    first: Floats
    second: Floats


def survey(source: Side, target: Side, loops: Loops = PLAIN) -> tuple[Pair, Ints]:
    """Look over both sides once.

    Returns:
        The sides as a pair, and the anchors in order, shape ``(k, 2)``.
    """
    background = np.stack([_background(source), _background(target)])
    rows, columns = _neighbours(unit(source.meaning.sums), unit(target.meaning.sums), loops)
    anchors = _anchors(rows, columns, source.aside, target.aside)
    scale, deviation = _leaning(rows.first[anchors[:, 0]], _USUAL_SCALE, _USUAL_SPREAD * _USUAL_SCALE)
    scale = max(scale, _ALIKE)
    ratio = _ratio(source, target, anchors)
    logs = np.log(target.size[anchors[:, 1]] / source.size[anchors[:, 0]] / ratio)
    _, length_spread = _leaning(logs, 0.0, _USUAL_LENGTH_SPREAD)
    pair = Pair(
        source=source,
        target=target,
        ratio=ratio,
        scale=scale,
        spread=deviation / scale,
        length_spread=length_spread,
        source_best=rows.best / scale,
        target_best=columns.best / scale,
        background=background,
    )
    return pair, anchors


def _leaning(values: Floats, usual_mean: float, usual_deviation: float) -> tuple[float, float]:
    """Mean and standard deviation, leaning on what is usual where there are few values."""
    count = len(values) + _FEW
    mean = (values.sum() + _FEW * usual_mean) / count
    around = ((values - mean) ** 2).sum() + _FEW * (usual_deviation**2 + (usual_mean - mean) ** 2)
    return float(mean), float(np.sqrt(around / count))


def _background(side: Side) -> Floats32:
    """Mean unit vectors of all spans, by their number of sentences."""
    count = len(side)
    shares = np.zeros((LONGEST + 1, count), dtype=np.float32)
    for span in range(1, LONGEST + 1):
        usable = min(span, count)
        if usable:
            # A sentence is in the spans that end with it and with some after it: what their lengths leave of it.
            done = np.cumsum(inverse(side.meaning.norms[usable]))
            ends = np.minimum(np.arange(count) + usable, count)
            shares[span] = (done[ends] - done[:-1]) / (count + 1 - usable)
    return shares @ side.meaning.sums


def _neighbours(first: Floats32, second: Floats32, loops: Loops) -> tuple[Neighbours, Neighbours]:
    """Nearest neighbours of all sentences of both sides, from their unit vectors, by likeness to random sentences."""
    count = min(_NEIGHBOURS, len(first), len(second))
    if not count:
        return _nobody(len(first)), _nobody(len(second))
    usual_rows, usual_columns = first @ second.mean(axis=0), second @ first.mean(axis=0)
    rows, columns = (
        (np.zeros(len(side), np.int64), np.full((len(side), count), -np.inf, dtype=np.float32))
        for side in (first, second)
    )
    step = max(1, _SLICE // len(second))
    for start in range(0, len(first), step):
        part = slice(start, start + step)
        inside = rows[0][part], rows[1][part]
        loops.nearest(first[part] @ second.T, (usual_rows[part], usual_columns), start, inside, columns)
    return _summed_up(*rows), _summed_up(*columns)


def _nobody(count: int) -> Neighbours:
    return Neighbours(np.zeros(count, np.int64), *(np.zeros(count) for _ in range(3)))


def _summed_up(nearest: Ints, top: Floats32) -> Neighbours:
    ordered = top.astype(np.float64)
    second = ordered[:, 1] if ordered.shape[1] > 1 else np.zeros(len(ordered))
    return Neighbours(nearest, ordered.mean(axis=1), ordered[:, 0], second)


def likeliest(
    source: Floats32, target: Floats32, places: tuple[Sequence[Ints], Sequence[Ints]], loops: Loops = PLAIN
) -> Ints:
    """Anchors among sentences of two sides.

    Args:
        source: vectors of different sentences, shape ``(n, d)``.
        target: the same of the other side.
        places: where each stands, ascending. One that stands in several places (a refrain, a text that is there twice)
            is an anchor at that one which agrees with most others.
        loops: how to go through the pairs.

    Returns:
        Pairs of places in order, shape ``(k, 2)``.
    """
    rows, columns = _neighbours(unit(source), unit(target), loops)
    clear = _clear(rows, columns, np.zeros(len(source), dtype=bool), np.zeros(len(target), dtype=bool))
    found = [
        (row, -column, like)
        for at, like in zip(clear.tolist(), rows.first[clear].tolist(), strict=True)
        for row in places[0][at].tolist()
        for column in places[1][rows.nearest[at]].tolist()
        if len(places[0][at]) * len(places[1][rows.nearest[at]]) <= _REPEATED
    ]
    # Of one row the last column comes first, so that no two are in one rising chain.
    pairs = np.array(sorted(found), dtype=np.float64).reshape(len(found), 3)
    first, second = pairs[:, 0].astype(np.int64), -pairs[:, 1].astype(np.int64)
    chain = _best_chain(second, pairs[:, 2])
    return np.stack([first[chain], second[chain]], axis=1)


def mutual(source: Floats32, target: Floats32, loops: Loops = PLAIN) -> Ints:
    """Sentences of two sides that are each other's nearest, from their vectors: pairs of indices, shape ``(k, 2)``."""
    rows, columns = _neighbours(unit(source), unit(target), loops)
    if not len(source) or not len(target):
        return np.zeros((0, 2), np.int64)
    first = np.flatnonzero(columns.nearest[rows.nearest] == np.arange(len(source)))
    return np.stack([first, rows.nearest[first]], axis=1).astype(np.int64)


def _anchors(rows: Neighbours, columns: Neighbours, rows_aside: Flags, columns_aside: Flags) -> Ints:
    """Mutual nearest neighbours with a clear lead, the best chain of them that is in order."""
    first = _clear(rows, columns, rows_aside, columns_aside)
    second = rows.nearest[first]
    chain = _best_chain(second, rows.first[first])
    return np.stack([first[chain], second[chain]], axis=1).astype(np.int64)


def _clear(rows: Neighbours, columns: Neighbours, rows_aside: Flags, columns_aside: Flags) -> Ints:
    """Sentences of the first side that have a mutual nearest neighbour with a clear lead."""
    if not len(rows_aside) or not len(columns_aside):
        return np.zeros(0, np.int64)
    second = rows.nearest
    mutual = columns.nearest[second] == np.arange(len(rows_aside))
    lead = np.minimum(rows.first - rows.second, columns.first[second] - columns.second[second])
    return np.flatnonzero(mutual & (lead > _CLEAR) & (rows.first > _ALIKE) & ~rows_aside & ~columns_aside[second])


def _best_chain(values: Ints, weights: Floats) -> Ints:
    """Indices of the strictly rising subsequence of greatest weight (Fredman 1975, with weights)."""
    before = np.full(len(values), -1)
    tops: list[int] = []
    sums: list[float] = []
    ends: list[int] = []
    for at, (value, weight) in enumerate(zip(values.tolist(), weights.tolist(), strict=True)):
        place = bisect_left(tops, value)
        total = weight + (sums[place - 1] if place else 0.0)
        before[at] = ends[place - 1] if place else -1
        # A chain that ends higher and weighs no more is no use any longer.
        stop = place
        while stop < len(tops) and sums[stop] <= total:
            stop += 1
        if place == len(tops) or tops[place] != value or stop > place:
            tops[place:stop], sums[place:stop], ends[place:stop] = [value], [total], [at]
    chain = [ends[-1]] if ends else []
    while chain and before[chain[-1]] >= 0:
        chain.append(int(before[chain[-1]]))
    return np.array(chain[::-1], dtype=np.int64)


def _ratio(source: Side, target: Side, anchors: Ints) -> float:
    """Letters of the target for one of the source: over the anchors, leaning on the totals where they are few."""
    whole = np.log((target.size.sum() + _SMOOTH) / (source.size.sum() + _SMOOTH))
    usual = float(np.clip(whole, -_WIDEST_RATIO, _WIDEST_RATIO))
    if not len(anchors):
        return float(np.exp(usual))
    left, right = source.size[anchors[:, 0]], target.size[anchors[:, 1]]
    middle = _weighted_median(np.log(right / left), np.sqrt(left * right))
    return float(np.exp((middle * len(anchors) + usual * _FEW) / (len(anchors) + _FEW)))


def _weighted_median(values: Floats, weights: Floats) -> float:
    """The value with half of the weight on either side; between two such values, their mean."""
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    low, high = int(np.searchsorted(share, 0.5)), int(np.searchsorted(share, 0.5, side="right"))
    last = len(values) - 1
    return float(values[order[min(low, last)]] + values[order[min(high, last)]]) / 2


def corridor(pair: Pair, anchors: Ints, margin: int = 40) -> Band:
    """The cells worth looking at: all of a small lattice, a corridor along the anchors of a large one.

    Where two anchors are not far apart, the whole rectangle between them is open, so that a part that only one
    side has fits in. Where they are, and both sides go on for long, the corridor follows the lengths.

    Args:
        pair: both sides.
        anchors: pairs of sentences that very likely belong together, in order.
        margin: columns on either side of the line through them.
    """
    rows, columns = len(pair.source) + 1, len(pair.target) + 1
    if rows * columns <= _WHOLE:
        return Band.whole(rows, columns)
    kept = supported(anchors)
    points = np.concatenate([[[0, 0]], kept + 1, [[rows - 1, columns - 1]]])
    left, right = np.zeros(rows, dtype=np.int64), np.full(rows, columns - 1)
    heights = np.diff(points[:, 0])
    # Where rectangles meet, the row has the first column of the upper and the last of the lower one.
    left[1:], right[:-1] = np.repeat(points[:-1, 1], heights), np.repeat(points[1:, 1], heights)
    for at in np.flatnonzero(heights * np.diff(points[:, 1]) > _OPEN).tolist():
        (top, first), (bottom, last) = points[at : at + 2].tolist()
        low, high = _between(pair, (top, bottom), (first, last), margin)
        left[top + 1 : bottom + 1], right[top:bottom] = low[1:], high[:-1]
    left = np.minimum.accumulate(np.clip(left - margin, 0, None)[::-1])[::-1]
    right = np.maximum.accumulate(np.clip(right + margin, None, columns - 1))
    return Band(left, right - left + 1, columns)


def supported(anchors: Ints, nearby: int = 40, most: int = 1) -> Ints:
    """The anchors that others close by agree with: a chance likeness stands alone.

    Args:
        anchors: pairs of sentences in order, shape ``(k, 2)``.
        nearby: sentences within which the others must be.
        most: how many must agree, where there are as many.
    """
    slope = _slope(anchors)
    agreeing = np.zeros(len(anchors), dtype=np.int64)
    for ahead in range(1, _COMPANIONS + 1):
        step = anchors[ahead:] - anchors[:-ahead]
        drift = np.abs(step[:, 1] - step[:, 0] * slope)
        agrees = (step[:, 0] <= nearby) & (drift <= 3 + 0.5 * step[:, 0])
        # Whoever agrees with one further on is agreed with by that one.
        agreeing[:-ahead] += agrees
        agreeing[ahead:] += agrees
    return anchors[agreeing >= most]


def _slope(anchors: Ints) -> float:
    """Target sentences for a source sentence, from one anchor to the next: a part that one side lacks says nothing."""
    steps = np.diff(anchors, axis=0)
    return float(np.clip(np.median(steps[:, 1] / steps[:, 0]), 0.5, 2.0)) if len(steps) else 1.0


def _between(pair: Pair, rows: tuple[int, int], columns: tuple[int, int], margin: int) -> tuple[Ints, Ints]:
    """First and last column of the rows between two anchors that are far apart, before the margin."""
    (top, bottom), (first, last) = rows, columns
    done = np.concatenate([[0.0], np.cumsum(pair.source.size[top:bottom])])
    across = np.concatenate([[0.0], np.cumsum(pair.target.size[first:last])])
    middle = first + np.searchsorted(across / across[-1], done / done[-1])
    reach = int(np.clip(_CELLS // (2 * len(pair.source)) - margin, _NARROWEST, min(_WIDEST, (last - first) // 4)))
    # Full columns at both ends, so that the corridor joins on to its neighbours.
    low, high = np.maximum(middle - reach, first), np.minimum(middle + reach, last)
    low[0], high[-1] = first, last
    return low.astype(np.int64), high.astype(np.int64)
