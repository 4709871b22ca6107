"""The alignment that is expected to hold the most right beads.

Not the single most probable path (Viterbi) but the one with the greatest sum of bead probabilities: the measure
that users and evaluations count is the number of exactly right beads, and this maximises its expectation
(minimum Bayes risk; Goel & Byrne 2000, and "maximum expected accuracy" in sequence alignment).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import IMPOSSIBLE, SHAPES, Floats, Floats32, Table
from align.aligner.posteriors import Posteriors

NULL_WEIGHT: Final = 0.4
"""What a right null counts beside a right two-sided bead; below one because scores do not count nulls."""

_SOURCE_NULL: Final = len(SHAPES)
_TARGET_NULL: Final = len(SHAPES) + 1

Bytes = npt.NDArray[np.int8]
Step = tuple[tuple[int, ...], tuple[int, ...], float]
"""Source indices, target indices and the probability of a bead."""


def best_path(found: Posteriors) -> list[Step]:
    """The partition into beads with the greatest expected number of right ones, in order."""
    choice, certainty = _fill(found)
    return list(reversed(_walk_back(found, choice, certainty)))


def _fill(found: Posteriors) -> tuple[list[Bytes], list[Floats32]]:
    """For each cell, by row, the last step of the best way to it, and that step's probability."""
    band, best = found.band, Table(found.band)
    choice, certainty = [], []
    for row in range(band.rows):
        probable = found.row(row)
        gains = np.full((len(SHAPES) + 1, probable.shape[1]), IMPOSSIBLE)
        for k, (a, b) in enumerate(SHAPES):
            if a <= row:
                # What cannot be has no probability; it must not stand in for a null that is worth nothing either.
                gains[k] = np.where(probable[k] > 0, best.under(row, row - a, -b) + probable[k], IMPOSSIBLE)
        if row:
            gains[_SOURCE_NULL] = best.under(row, row - 1) + NULL_WEIGHT * found.source_null[row - 1]
        else:
            gains[_SOURCE_NULL, 0] = 0.0
        picked = gains.argmax(axis=0)
        columns = np.arange(len(picked))
        value = gains[picked, columns]
        run = _run_right(value, _target_gain(found, row))
        choice.append(np.where(run > value, _TARGET_NULL, picked).astype(np.int8))
        certainty.append(probable[np.minimum(picked, len(SHAPES) - 1), columns].astype(np.float32))
        best.row(row)[:] = run
    return choice, certainty


def _target_gain(found: Posteriors, row: int) -> Floats:
    sentences = found.band.first[row] + np.arange(found.band.width[row]) - 1
    gain = np.zeros(len(sentences))
    inside = (sentences >= 0) & (sentences < len(found.target_null))
    gain[inside] = NULL_WEIGHT * found.target_null[sentences[inside]]
    return gain


def _run_right(value: Floats, gain: Floats) -> Floats:
    """Solve ``y[k] = max(value[k], y[k - 1] + gain[k])`` along a row."""
    walked = np.cumsum(gain)
    run: Floats = walked + np.maximum.accumulate(value - walked)
    # Rounding must not make a run of what stands there by itself.
    return np.where(run > value + 1e-12, run, value)


def _walk_back(found: Posteriors, choice: list[Bytes], certainty: list[Floats32]) -> list[Step]:
    row, column = found.band.rows - 1, found.band.columns - 1
    steps: list[Step] = []
    while row or column:
        at = column - int(found.band.first[row])
        step = int(choice[row][at])
        if step == _TARGET_NULL:
            column -= 1
            steps.append(((), (column,), float(found.target_null[column])))
        elif step == _SOURCE_NULL:
            row -= 1
            steps.append(((row,), (), float(found.source_null[row])))
        else:
            a, b = SHAPES[step]
            probability = float(certainty[row][at])
            row, column = row - a, column - b
            steps.append((tuple(range(row, row + a)), tuple(range(column, column + b)), probability))
    return steps
