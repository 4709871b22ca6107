"""Forward-backward over the lattice: how probable each bead is, all alignments considered.

Three states a cell: *match* after a two-sided bead (and at the start), *source run* and *target run* inside
nulls. Between two two-sided beads source nulls come before target nulls, so that each alignment has exactly
one path and its probability is not split among paths that mean the same.

Rows are worked one after the other, each with NumPy over the columns of its band; the recurrence of the
target run inside a row is a running log-sum, which ``logaddexp.accumulate`` solves. Rabiner (1989) has the
algorithm; Gotoh (1982) the gap states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Scores

_BARRED: Final = -1e6
"""A step that ends every run, but small enough that a running sum of many keeps its precision."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """Log-scores by state, each of shape ``(rows, margin + width + margin)``.

    The margins hold `IMPOSSIBLE`, so that a step from outside the band needs no special case.
    """

    band: Band
    margin: int
    match: Floats
    source_run: Floats
    target_run: Floats
    total: Floats

    @classmethod
    def empty(cls, band: Band) -> _Tables:
        margin = band.margin()
        shape = (band.rows, band.width + 2 * margin)
        return cls(band, margin, *(np.full(shape, IMPOSSIBLE) for _ in range(4)))

    def columns(self, row: int, other: int, right: int = 0) -> slice:
        """Where `other` row holds the columns of `row`'s band, moved `right`."""
        start = self.margin + int(self.band.first[row] - self.band.first[other]) + right
        return slice(start, start + self.band.width)


def _log_sum(stack: Floats) -> Floats:
    """Log of the sum of exponentials over the first axis."""
    top = stack.max(axis=0)
    total: Floats = top + np.log(np.exp(stack - top).sum(axis=0))
    return total


def _run(entering: Floats, step: Floats) -> Floats:
    """Solve ``y[k] = logaddexp(entering[k], y[k - 1] + step[k])`` along a row."""
    walked = np.cumsum(np.maximum(step, _BARRED))
    run: Floats = walked + np.logaddexp.accumulate(entering - walked)
    return run


def _forward(scores: Scores, band: Band) -> _Tables:
    """Sum of all paths from the start to each cell, by the state they arrive in."""
    tables = _Tables.empty(band)
    gap = scores.gap
    stack = np.empty((len(SHAPES), band.width))
    for row in range(band.rows):
        here = tables.columns(row, row)
        if row == 0:
            tables.match[0, tables.margin - int(band.first[0])] = 0.0
        else:
            pairs = scores.pairs.row(row)
            usable = [(k, a, b) for k, (a, b) in enumerate(SHAPES) if a <= row]
            for at, (k, a, b) in enumerate(usable):
                np.add(tables.total[row - a, tables.columns(row, row - a, -b)], pairs[k], out=stack[at])
            tables.match[row, here] = _log_sum(stack[: len(usable)])
            above = tables.columns(row, row - 1)
            tables.source_run[row, here] = scores.source_null[row - 1] + np.logaddexp(
                tables.match[row - 1, above] + gap.opening, tables.source_run[row - 1, above] + gap.extension
            )
        entered = np.logaddexp(tables.match[row], tables.source_run[row])
        nulls = scores.target_nulls_into(band, row)
        left = entered[tables.columns(row, row, -1)]
        tables.target_run[row, here] = _run(left + gap.opening + nulls, gap.extension + nulls)
        tables.total[row] = np.logaddexp(entered, tables.target_run[row])
    return tables


def _backward(scores: Scores, band: Band) -> _Tables:
    """Sum of all paths from each cell to the end, by the state that the cell is left from.

    `total` collects the paths whose next step is a two-sided bead; rows push into the rows before them.
    """
    tables = _Tables.empty(band)
    gap, last = scores.gap, band.rows - 1
    tables.total[last, tables.margin + band.columns - 1 - int(band.first[last])] = 0.0
    for row in range(last, -1, -1):
        here, right = tables.columns(row, row), tables.columns(row, row, 1)
        nulls = scores.target_nulls_from(band, row)
        paired = tables.total[row, here]
        onward = _run(paired[::-1], (gap.extension + nulls)[::-1])[::-1]
        tables.target_run[row, here] = onward
        to_target = gap.opening + nulls + tables.target_run[row, right]
        match = np.logaddexp(paired, to_target)
        run = match
        if row < last:
            below = tables.source_run[row + 1, tables.columns(row, row + 1)] + scores.source_null[row]
            run = np.logaddexp(match, gap.extension + below)
            match = np.logaddexp(match, gap.opening + below)
        tables.source_run[row, here] = run
        tables.match[row, here] = match
        if row:
            pairs = scores.pairs.row(row) + match
            for k, (a, b) in enumerate(SHAPES):
                if a <= row:
                    before = tables.total[row - a, tables.columns(row, row - a, -b)]
                    np.logaddexp(before, pairs[k], out=before)
    return tables


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities of beads under the scores of a lattice.

    Attributes:
        band: the cells that were looked at.
        source_null: probability that each source sentence is a null, shape ``(n,)``.
        target_null: the same for each target sentence, shape ``(m,)``.
        openings: expected number of runs of nulls.
        log_total: log of the summed score of all alignments.
    """

    band: Band
    source_null: Floats
    target_null: Floats
    openings: float
    log_total: float
    _scores: Scores
    _forward: _Tables
    _backward: _Tables

    def row(self, row: int) -> Floats:
        """Probabilities of the beads that end in a row, shape ``(len(SHAPES), width)``."""
        probable = np.zeros((len(SHAPES), self.band.width))
        before, tables = self._forward.total, self._forward
        after = self._backward.match[row, tables.columns(row, row)] - self.log_total
        pairs = self._scores.pairs.row(row)
        for k, (a, b) in enumerate(SHAPES):
            if a <= row:
                logs = before[row - a, tables.columns(row, row - a, -b)] + pairs[k] + after
                np.exp(np.minimum(logs, 0.0), out=probable[k])
        return probable


def posteriors(scores: Scores, band: Band) -> Posteriors:
    """Forward-backward: the probability of each bead.

    The probabilities of the beads that hold a sentence, its null among them, sum to one.
    """
    ahead, back = _forward(scores, band), _backward(scores, band)
    last = band.rows - 1
    log_total = float(ahead.total[last, ahead.margin + band.columns - 1 - int(band.first[last])])
    target = np.zeros(ahead.total.shape[1] + int(band.first[-1]))
    source = np.zeros(last)
    openings = 0.0
    for row in range(band.rows):
        here = ahead.columns(row, row)
        at = slice(int(band.first[row]), int(band.first[row]) + band.width)
        target[at] += np.exp(ahead.target_run[row, here] + back.target_run[row, here] - log_total)
        into = ahead.columns(row, row, -1)
        entered = np.logaddexp(ahead.match[row, into], ahead.source_run[row, into])
        nulls = scores.target_nulls_into(band, row) + back.target_run[row, here]
        openings += float(np.exp(entered + scores.gap.opening + nulls - log_total).sum())
        if row:
            source[row - 1] = np.exp(ahead.source_run[row, here] + back.source_run[row, here] - log_total).sum()
            above = ahead.match[row - 1, ahead.columns(row, row - 1)] + scores.source_null[row - 1]
            openings += float(np.exp(above + scores.gap.opening + back.source_run[row, here] - log_total).sum())
    return Posteriors(band, source, target[1 : band.columns], openings, log_total, scores, ahead, back)
