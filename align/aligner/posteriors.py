"""Forward-backward over the lattice: how probable each bead is, all alignments considered.

Three states a cell: *match* after a two-sided bead (and at the start), *source run* and *target run* inside
nulls. Between two two-sided beads source nulls come before target nulls, so that each alignment has exactly
one path and its probability is not split among paths that mean the same.

Rows are worked one after the other, each with NumPy over its cells in all bands; the recurrence of the
target run inside a row is a running log-sum, which ``logaddexp.accumulate`` solves. Rabiner (1989) has the
algorithm; Gotoh (1982) the gap states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from align.aligner.lattice import IMPOSSIBLE, SHAPES, Floats, Floats32, Ints32, Lattice, Scores

_BARRED: Final = -1e6
"""A step that ends every run, but small enough that a running sum of many keeps its precision."""
_AT_ONCE: Final = 30_000
"""Cells whose posteriors are made at once."""


@dataclass(frozen=True, slots=True)
class _Sums:
    """Log-scores by state, each of shape ``(cells,)``."""

    match: Floats
    source_run: Floats
    target_run: Floats
    total: Floats

    @classmethod
    def of(cls, lattice: Lattice) -> _Sums:
        return cls(*(np.full(len(lattice), IMPOSSIBLE) for _ in range(4)))


def _log_sum(stack: Floats) -> Floats:
    """Log of the sum of exponentials over the first axis; `stack` is used up."""
    top = stack.max(axis=0)
    stack -= top
    np.exp(stack, out=stack)
    total: Floats = np.log(stack.sum(axis=0))
    total += top
    return total


def _run(entering: Floats, step: Floats) -> Floats:
    """Solve ``y[k] = logaddexp(entering[k], y[k - 1] + step[k])`` along a row."""
    walked = np.cumsum(np.maximum(step, _BARRED))
    run: Floats = walked + np.logaddexp.accumulate(entering - walked)
    return run


def _shifted(values: Floats, right: int) -> Floats:
    """`values` moved one place, `IMPOSSIBLE` coming in: ``right`` 1 looks ahead, -1 back."""
    moved = np.full_like(values, IMPOSSIBLE)
    if right > 0:
        moved[:-1] = values[1:]
    else:
        moved[1:] = values[:-1]
    return moved


def _forward(lattice: Lattice, scores: Scores) -> _Sums:
    """Sum of all paths from the start to each cell, by the state they arrive in."""
    sums, gap = _Sums.of(lattice), scores.gap
    for start, stop in lattice.rows:
        row = slice(start, stop)
        if start == lattice.rows[0][0]:
            sums.match[lattice.starts] = 0.0
        else:
            sums.match[row] = _log_sum(sums.total[lattice.before[:, row]] + scores.pairs[:, row])
            above = lattice.above[row]
            sums.source_run[row] = scores.source_null[row] + np.logaddexp(
                sums.match[above] + gap.opening, sums.source_run[above] + gap.extension
            )
        entered = np.logaddexp(sums.match[row], sums.source_run[row])
        nulls = scores.target_null[row]
        target_run = _run(_shifted(entered, -1) + gap.opening + nulls, gap.extension + nulls)
        sums.target_run[row] = target_run
        sums.total[row] = np.logaddexp(entered, target_run)
    return sums


def _backward(lattice: Lattice, scores: Scores) -> _Sums:
    """Sum of all paths from each cell to the end, by the state that the cell is left from.

    `total` holds the paths whose next step is a two-sided bead.
    """
    sums, gap = _Sums.of(lattice), scores.gap
    arriving = np.full(scores.pairs.shape, IMPOSSIBLE)
    shapes = np.arange(len(SHAPES))[:, None]
    last = np.zeros(len(lattice), dtype=bool)
    last[lattice.ends] = True
    for start, stop in reversed(lattice.rows):
        row = slice(start, stop)
        paired = np.where(last[row], 0.0, _log_sum(arriving[shapes, lattice.after[:, row]]))
        nulls = _shifted(scores.target_null[row], 1)
        target_run = _run(paired[::-1], (gap.extension + nulls)[::-1])[::-1]
        match = np.logaddexp(paired, gap.opening + nulls + _shifted(target_run, 1))
        below = lattice.below[row]
        down = sums.source_run[below] + scores.source_null[below]
        sums.total[row] = paired
        sums.target_run[row] = target_run
        sums.source_run[row] = np.logaddexp(match, gap.extension + down)
        sums.match[row] = np.logaddexp(match, gap.opening + down)
        np.add(scores.pairs[:, row], sums.match[row], out=arriving[:, row])
    return sums


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities of beads under the scores of a lattice.

    Attributes:
        lattice: the cells that were looked at.
        pairs: probability of the two-sided bead of each shape that ends in each cell, ``(len(SHAPES), cells)``.
        source_null: for each band the probability that each source sentence is a null, shape ``(n,)``.
        target_null: the same for each target sentence, shape ``(m,)``.
        reached: probability that a path passes each cell, shape ``(cells,)``.
        openings: expected number of runs of nulls, by band.
        log_total: log of the summed score of all alignments, by band.
    """

    lattice: Lattice
    pairs: Floats32
    source_null: tuple[Floats, ...]
    target_null: tuple[Floats, ...]
    reached: Floats
    openings: Floats
    log_total: Floats


def posteriors(lattice: Lattice, scores: Scores) -> Posteriors:
    """Forward-backward: the probability of each bead.

    The probabilities of the beads that hold a sentence, its null among them, sum to one.
    """
    ahead, back = _forward(lattice, scores), _backward(lattice, scores)
    log_total = ahead.total[lattice.ends]
    total, gap = log_total[lattice.band], scores.gap
    rightward = _probability(ahead.target_run + back.target_run - total)
    downward = _probability(ahead.source_run + back.source_run - total)
    entered = _shifted(np.logaddexp(ahead.match, ahead.source_run), -1)
    opened = _probability(entered + gap.opening + scores.target_null + back.target_run - total)
    opened += _probability(ahead.match[lattice.above] + gap.opening + scores.source_null + back.source_run - total)
    pairs = _pairs(lattice, scores, ahead.total, back.match - total)
    reached = pairs.sum(axis=0, dtype=np.float64) + rightward + downward
    reached[lattice.starts] = 1.0
    return Posteriors(
        lattice=lattice,
        pairs=pairs,
        source_null=_by_sentence(lattice, downward, rows=True),
        target_null=_by_sentence(lattice, rightward, rows=False),
        reached=reached,
        openings=_totals(lattice.band, opened, len(lattice.bands)),
        log_total=log_total,
    )


def _probability(log: Floats) -> Floats:
    found: Floats = np.exp(np.minimum(log, 0.0))
    return found


def _pairs(lattice: Lattice, scores: Scores, ahead: Floats, after: Floats) -> Floats32:
    """Probabilities of the two-sided beads, some cells at a time: logs would take twice the memory."""
    probable = np.empty(scores.pairs.shape, dtype=np.float32)
    for start in range(0, len(lattice), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        logs = ahead[lattice.before[:, part]]
        logs += scores.pairs[:, part]
        logs += after[part]
        probable[:, part] = np.exp(np.minimum(logs, 0.0, out=logs), out=logs)
    return probable


def _by_sentence(lattice: Lattice, probable: Floats, *, rows: bool) -> tuple[Floats, ...]:
    """Add up probabilities of nulls over the cells that a sentence's null leads into, by band."""
    found = []
    for band, place in zip(lattice.bands, lattice.places, strict=True):
        sentences = (lattice.row if rows else lattice.column)[place]
        count = band.rows if rows else band.columns
        found.append(_totals(sentences, probable[place], count)[1:])
    return tuple(found)


def _totals(groups: Ints32, values: Floats, count: int) -> Floats:
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64)
