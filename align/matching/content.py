"""How alike two documents are by what they say, and how much liker than any other.

Documents are first compared as wholes, all with all; the likeliest few are compared sentence by sentence: how like is
the most like sentence across, in both directions, and do those stand in the same order? Translations do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from align.matching.vectors import Ints, Side

Floats = npt.NDArray[np.float64]

_NEAREST: Final = 20
"""Documents that are looked at more closely, by meaning and as many by spelling, from either side."""

_SLICE: Final = 512
"""Documents that are compared with all others at once."""

_ORDERED: Final = 4
"""The likeliest candidates of a document of which the order is looked at."""

_USUAL_RIVAL: Final = 0.26
"""Likeness of the likeliest document that is no translation, where there are too few documents to tell."""

_FEW: Final = 5
"""Weight of what is usual, in documents."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the content says about pairs of documents; all arrays have shape ``(p,)``.

    Attributes:
        source: index of the source document of each pair.
        target: index of its target document.
        forth: how well the source's sentences find a counterpart in the target, -1 to 1.
        back: the same from the target.
        order: how well the counterparts keep their order, -1 to 1; 0 where there are too few.
        margin: by how much the pair is liker than the next best of either document.
        level: how much liker than unrelated documents of these languages are.
        length: logarithm of the ratio of lengths, less what is usual.
        sentences: how many sentences the shorter one has.
    """

    source: Ints
    target: Ints
    forth: Floats
    back: Floats
    order: Floats
    margin: Floats
    level: Floats
    length: Floats
    sentences: Floats


def compare(source: Side, target: Side, also: Iterable[tuple[int, int]] = ()) -> Likeness:
    """Compare the documents of two sides.

    Args:
        source: the documents of one language.
        target: those of the other.
        also: pairs to look at whatever their content.

    Returns:
        The likeness of every pair that is worth looking at, ordered by source and target.
    """
    pairs = _candidates(source, target, also)
    columns = [np.concatenate(part) for part in zip(*_measured(source, target, pairs), strict=True)]
    left, right, forth, back, order = columns
    both = (forth + back) / 2
    rival, rivals = _rivals(left, right, both, len(source), len(target))
    return Likeness(
        source=left,
        target=right,
        forth=forth,
        back=back,
        order=order,
        margin=both - rival,
        level=both - _leaning(rivals),
        length=_lengths(source, target, left, right, both),
        sentences=np.minimum(np.diff(source.starts)[left], np.diff(target.starts)[right]).astype(float),
    )


def _candidates(source: Side, target: Side, also: Iterable[tuple[int, int]]) -> list[Ints]:
    """For each source document the target documents to look at, ascending."""
    found: list[set[int]] = [set() for _ in range(len(source))]
    for one, other in also:
        found[one].add(other)
    for ours, theirs in ((source.meaning, target.meaning), (source.spelling, target.spelling)):
        for at, near in _nearest(ours, theirs):
            found[at].update(near)
        for at, near in _nearest(theirs, ours):
            for one in near:
                found[one].add(at)
    return [np.array(sorted(each), np.intp) for each in found]


def _nearest(ours: npt.NDArray[np.float32], theirs: npt.NDArray[np.float32]) -> Iterator[tuple[int, list[int]]]:
    """The nearest documents across of each document."""
    count = min(_NEAREST, len(theirs))
    for start in range(0, len(ours), _SLICE):
        likeness = ours[start : start + _SLICE] @ theirs.T
        near = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        yield from ((start + row, columns.tolist()) for row, columns in enumerate(near))


def _measured(source: Side, target: Side, pairs: list[Ints]) -> Iterator[tuple[Ints, Ints, Floats, Floats, Floats]]:
    """Source, target, forth, back and order of all candidates of one source document after the other."""
    for at, others in enumerate(pairs):
        if not len(others):
            continue
        mine = slice(source.starts[at], source.starts[at + 1])
        spans = [np.arange(target.starts[other], target.starts[other + 1]) for other in others]
        columns, edges = np.concatenate(spans), np.cumsum([0, *map(len, spans)])
        likeness = source.rows[mine] @ target.rows[columns].T
        weight, weights = source.weights[mine], target.weights[columns]
        best = np.maximum.reduceat(likeness, edges[:-1], axis=1)
        forth = (weight @ best) / weight.sum()
        back = np.array([likeness[:, a:b].max(axis=0) @ weights[a:b] for a, b in pairwise(edges)])
        back /= np.add.reduceat(weights, edges[:-1])
        order = np.zeros(len(others))
        for top in np.argsort(-(forth + back))[:_ORDERED]:
            order[top] = _order(likeness[:, edges[top] : edges[top + 1]])
        yield np.full(len(others), at, np.intp), others, forth.astype(float), back.astype(float), order


def _order(likeness: npt.NDArray[np.float32]) -> float:
    """Rank correlation of the places of sentences that are each other's best counterpart, clear ones counting more."""
    rows = np.arange(len(likeness))
    across = likeness.argmax(axis=1)
    mutual = likeness.argmax(axis=0)[across] == rows
    rows, across = rows[mutual], across[mutual]
    if len(rows) < 3:  # noqa: PLR2004 - two points are always in a line
        return 0.0
    weight = np.maximum(likeness[rows, across], 0.0).astype(float)
    ranks = np.argsort(np.argsort(across, kind="stable"))
    first, second = rows - np.average(rows, weights=weight + 1e-9), ranks - np.average(ranks, weights=weight + 1e-9)
    spread = np.sqrt((weight * first**2).sum() * (weight * second**2).sum())
    correlation = float((weight * first * second).sum() / spread) if spread > 0 else 0.0
    # Few counterparts of a long text are chance, however well they are ordered.
    return float(correlation * min(1.0, len(rows) / (0.5 * min(likeness.shape))))


def _rivals(left: Ints, right: Ints, both: Floats, sources: int, targets: int) -> tuple[Floats, Floats]:
    """For each pair the likeness of the best other pair of either document, and those of all documents' second best."""
    rival = np.full(len(both), -np.inf)
    seconds = []
    for side, count in ((left, sources), (right, targets)):
        first, second, where = (np.full(count, fill) for fill in (-np.inf, -np.inf, -1.0))
        for at in np.argsort(-both, kind="stable"):
            own = side[at]
            if where[own] < 0:
                first[own], where[own] = both[at], at
            elif second[own] == -np.inf:
                second[own] = both[at]
        other = np.where(where[side] == np.arange(len(both)), second[side], first[side])
        rival = np.maximum(rival, other)
        seconds.append(second[np.isfinite(second)])
    return np.where(np.isfinite(rival), rival, _USUAL_RIVAL), np.concatenate(seconds)


def _leaning(values: Floats) -> float:
    """The median, leaning on what is usual where there are few values."""
    return float(np.median(np.concatenate([values, np.full(_FEW, _USUAL_RIVAL)])))


def _lengths(source: Side, target: Side, left: Ints, right: Ints, both: Floats) -> Floats:
    """Logarithms of the ratios of lengths, less the median of the pairs that are liker than any other."""
    logs = np.log(target.letters[right] / source.letters[left])
    best = {int(one): at for at, one in sorted(enumerate(left), key=lambda each: both[each[0]])}
    usual = np.median(np.concatenate([logs[list(best.values())], np.zeros(_FEW)])) if best else 0.0
    return np.asarray(logs - usual)
