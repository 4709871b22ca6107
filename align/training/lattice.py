"""Forward-backward compiled, for learning: the same sums as `align.aligner.posteriors`, a hundred times over.

Learning runs through the same small lattices again and again, where the row-by-row NumPy of the everyday path
spends its time on calls. Numba is needed here and nowhere else.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit

from align.aligner.lattice import IMPOSSIBLE, SHAPES

_SHAPES: Final = np.array(SHAPES)
_FLOOR: Final = IMPOSSIBLE / 2
_NOTHING: Final = -40.0
"""Logarithm of what adds nothing to one in double precision."""


@njit(nogil=True)
def _add(first: Any, second: Any) -> Any:
    """Log of the sum of two exponentials."""
    high, low = (first, second) if first > second else (second, first)
    return high if low < high + _NOTHING else high + np.log1p(np.exp(low - high))


@njit(nogil=True)
def _ahead(pairs: Any, source_null: Any, target_null: Any, opening: Any, extension: Any) -> Any:
    """Sums of all paths to each cell: match, source run, target run and total, each ``(n + 1, m + 1)``."""
    rows, count, columns = pairs.shape
    match = np.full((rows, columns), IMPOSSIBLE)
    down, across, total = match.copy(), match.copy(), match.copy()
    match[0, 0] = 0.0
    for i in range(rows):
        for j in range(columns):
            for k in range(count):
                a, b = _SHAPES[k]
                if a <= i and b <= j and pairs[i, k, j] > _FLOOR and total[i - a, j - b] > _FLOOR:
                    match[i, j] = _add(match[i, j], total[i - a, j - b] + pairs[i, k, j])
            if i > 0 and source_null[i - 1] > _FLOOR:
                down[i, j] = source_null[i - 1] + _add(match[i - 1, j] + opening, down[i - 1, j] + extension)
            if j > 0 and target_null[j - 1] > _FLOOR:
                entered = _add(match[i, j - 1], down[i, j - 1]) + opening
                across[i, j] = target_null[j - 1] + _add(entered, across[i, j - 1] + extension)
            total[i, j] = _add(_add(match[i, j], down[i, j]), across[i, j])
    return match, down, across, total


@njit(nogil=True)
def _after(pairs: Any, source_null: Any, target_null: Any, opening: Any, extension: Any) -> Any:
    """Sums of all paths from each cell, by the state it is left from: match, source run, target run."""
    rows, count, columns = pairs.shape
    match = np.full((rows + 1, columns + 1), IMPOSSIBLE)
    down, across = match.copy(), match.copy()
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = 0.0 if i == rows - 1 and j == columns - 1 else IMPOSSIBLE
            for k in range(count):
                a, b = _SHAPES[k]
                if i + a < rows and j + b < columns and pairs[i + a, k, j + b] > _FLOOR:
                    paired = _add(paired, pairs[i + a, k, j + b] + match[i + a, j + b])
            right = target_null[j] + across[i, j + 1] if j < columns - 1 else IMPOSSIBLE
            below = source_null[i] + down[i + 1, j] if i < rows - 1 else IMPOSSIBLE
            across[i, j] = _add(paired, right + extension)
            match[i, j] = _add(_add(paired, right + opening), below + opening)
            down[i, j] = _add(_add(paired, right + opening), below + extension)
    return match, down, across


@njit(nogil=True)
def posteriors(
    pairs: Any, source_null: Any, target_null: Any, opening: Any, extension: Any
) -> tuple[Any, Any, Any, float, float]:
    """Posteriors of all beads of a whole lattice.

    Args:
        pairs: log-scores, shape ``(n + 1, len(SHAPES), m + 1)``.
        source_null: log-scores of source nulls, shape ``(n,)``.
        target_null: log-scores of target nulls, shape ``(m,)``.
        opening: what a run of nulls costs.
        extension: what each further null of a run costs.

    Returns:
        Posteriors of the beads, the source nulls and the target nulls, in the shapes of the arguments; the
        expected number of runs of nulls; and the log of the summed score of all alignments.
    """
    rows, count, columns = pairs.shape
    match, down, across, total = _ahead(pairs, source_null, target_null, opening, extension)
    after, after_down, after_across = _after(pairs, source_null, target_null, opening, extension)
    log_total = total[rows - 1, columns - 1]
    probable = np.zeros(pairs.shape)
    source, target, runs = np.zeros(rows - 1), np.zeros(columns - 1), 0.0
    for i in range(rows):
        for j in range(columns):
            if j < columns - 1 and target_null[j] > _FLOOR:
                right = target_null[j] + after_across[i, j + 1] - log_total
                entered = _add(match[i, j], down[i, j]) + opening
                target[j] += np.exp(_add(entered, across[i, j] + extension) + right)
                runs += np.exp(entered + right)
            if i < rows - 1 and source_null[i] > _FLOOR:
                below = source_null[i] + after_down[i + 1, j] - log_total
                source[i] += np.exp(_add(match[i, j] + opening, down[i, j] + extension) + below)
                runs += np.exp(match[i, j] + opening + below)
            for k in range(count):
                a, b = _SHAPES[k]
                if a <= i and b <= j and pairs[i, k, j] > _FLOOR:
                    log = total[i - a, j - b] + pairs[i, k, j] + after[i, j] - log_total
                    if log > _NOTHING:
                        probable[i, k, j] = np.exp(log)
    return probable, source, target, runs, log_total
