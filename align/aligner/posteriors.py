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

from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats, Scores, Table

_BARRED: Final = -1e6
"""A step that ends every run, but small enough that a running sum of many keeps its precision."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """Log-scores by state."""

    match: Table
    source_run: Table
    target_run: Table
    total: Table

    @classmethod
    def of(cls, band: Band) -> _Tables:
        return cls(*(Table(band) for _ in range(4)))


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


def _shifted(values: Floats, right: int) -> Floats:
    """`values` moved one place, `IMPOSSIBLE` coming in: ``right`` 1 looks ahead, -1 back."""
    moved = np.full_like(values, IMPOSSIBLE)
    if right > 0:
        moved[:-1] = values[1:]
    else:
        moved[1:] = values[:-1]
    return moved


def _forward(scores: Scores, band: Band) -> _Tables:
    """Sum of all paths from the start to each cell, by the state they arrive in."""
    tables, gap = _Tables.of(band), scores.gap
    for row in range(band.rows):
        match, source_run = tables.match.row(row), tables.source_run.row(row)
        if row == 0:
            match[0] = 0.0
        else:
            pairs = scores.pairs.row(row)
            usable = [(k, a, b) for k, (a, b) in enumerate(SHAPES) if a <= row]
            match[:] = _log_sum(np.stack([tables.total.under(row, row - a, -b) + pairs[k] for k, a, b in usable]))
            source_run[:] = scores.source_null[row - 1] + np.logaddexp(
                tables.match.under(row, row - 1) + gap.opening, tables.source_run.under(row, row - 1) + gap.extension
            )
        entered = np.logaddexp(match, source_run)
        nulls = scores.target_nulls_into(band, row)
        target_run = _run(_shifted(entered, -1) + gap.opening + nulls, gap.extension + nulls)
        tables.target_run.row(row)[:] = target_run
        tables.total.row(row)[:] = np.logaddexp(entered, target_run)
    return tables


def _backward(scores: Scores, band: Band) -> _Tables:
    """Sum of all paths from each cell to the end, by the state that the cell is left from.

    `total` collects the paths whose next step is a two-sided bead; rows push into the rows before them.
    """
    tables, gap, last = _Tables.of(band), scores.gap, band.rows - 1
    tables.total.row(last)[band.columns - 1 - int(band.first[last])] = 0.0
    for row in range(last, -1, -1):
        nulls = scores.target_nulls_from(band, row)
        paired = tables.total.row(row)
        target_run = _run(paired[::-1], (gap.extension + nulls)[::-1])[::-1]
        match = np.logaddexp(paired, gap.opening + nulls + _shifted(target_run, 1))
        source_run = match
        if row < last:
            below = tables.source_run.under(row, row + 1) + scores.source_null[row]
            source_run = np.logaddexp(match, gap.extension + below)
            match = np.logaddexp(match, gap.opening + below)
        tables.target_run.row(row)[:] = target_run
        tables.source_run.row(row)[:] = source_run
        tables.match.row(row)[:] = match
        if row:
            arriving = scores.pairs.row(row) + match
            for k, (a, b) in enumerate(SHAPES):
                if a <= row:
                    tables.total.add(arriving[k], row, row - a, -b)
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
    _ahead: _Tables
    _back: _Tables

    def row(self, row: int) -> Floats:
        """Probabilities of the beads that end in a row, shape ``(len(SHAPES), width of the row)``."""
        after = self._back.match.row(row) - self.log_total
        probable = np.zeros((len(SHAPES), len(after)))
        pairs = self._scores.pairs.row(row)
        for k, (a, b) in enumerate(SHAPES):
            if a <= row:
                logs = self._ahead.total.under(row, row - a, -b) + pairs[k] + after
                np.exp(np.minimum(logs, 0.0), out=probable[k])
        return probable


def posteriors(scores: Scores, band: Band) -> Posteriors:
    """Forward-backward: the probability of each bead.

    The probabilities of the beads that hold a sentence, its null among them, sum to one.
    """
    ahead, back = _forward(scores, band), _backward(scores, band)
    last, gap = band.rows - 1, scores.gap
    log_total = float(ahead.total.row(last)[band.columns - 1 - int(band.first[last])])
    source, target = np.zeros(last), np.zeros(int((band.first + band.width).max()))
    openings = 0.0
    for row in range(band.rows):
        target[band.span(row)] += np.exp(ahead.target_run.row(row) + back.target_run.row(row) - log_total)
        entered = _shifted(np.logaddexp(ahead.match.row(row), ahead.source_run.row(row)), -1)
        nulls = scores.target_nulls_into(band, row) + back.target_run.row(row)
        openings += float(np.exp(entered + gap.opening + nulls - log_total).sum())
        if row:
            leaving = back.source_run.row(row) - log_total
            source[row - 1] = np.exp(ahead.source_run.row(row) + leaving).sum()
            above = ahead.match.under(row, row - 1) + scores.source_null[row - 1]
            openings += float(np.exp(above + gap.opening + leaving).sum())
    return Posteriors(band, source, target[1 : band.columns], openings, log_total, scores, ahead, back)
