"""Forward-backward compiled, for learning: the same sums as `align.aligner.posteriors`, a hundred times over.

Learning runs through the same small lattices again and again, where the row-by-row NumPy of the everyday path
spends its time on calls. Numba is needed here and nowhere else.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from align.aligner.lattice import IMPOSSIBLE, SHAPES

_SHAPES = np.array(SHAPES)
_FLOOR = IMPOSSIBLE / 2


@njit(nogil=True)
def _add(first: Any, second: Any) -> Any:
    high, low = (first, second) if first > second else (second, first)
    return high if low < high - 40.0 else high + np.log1p(np.exp(low - high))


@njit(nogil=True)
def _summed(values: Any, count: int) -> Any:
    top = values[0]
    for k in range(1, count):
        top = max(top, values[k])
    if top < _FLOOR:
        return IMPOSSIBLE
    total = 0.0
    for k in range(count):
        if values[k] > top - 40.0:
            total += np.exp(values[k] - top)
    return top + np.log(total)


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
    match = np.full((rows, columns), IMPOSSIBLE)
    across = np.full((rows, columns), IMPOSSIBLE)
    down = np.full((rows, columns), IMPOSSIBLE)
    total = np.full((rows, columns), IMPOSSIBLE)
    values = np.empty(count + 3)
    for i in range(rows):
        for j in range(columns):
            used = 0
            for k in range(count):
                a, b = _SHAPES[k]
                if a <= i and b <= j and pairs[i, k, j] > _FLOOR and total[i - a, j - b] > _FLOOR:
                    values[used] = total[i - a, j - b] + pairs[i, k, j]
                    used += 1
            if used:
                match[i, j] = _summed(values, used)
            if i == 0 and j == 0:
                match[i, j] = 0.0
            if i > 0 and source_null[i - 1] > _FLOOR:
                down[i, j] = source_null[i - 1] + _add(match[i - 1, j] + opening, down[i - 1, j] + extension)
            if j > 0 and target_null[j - 1] > _FLOOR:
                entered = _add(match[i, j - 1], down[i, j - 1]) + opening
                across[i, j] = target_null[j - 1] + _add(entered, across[i, j - 1] + extension)
            total[i, j] = _add(_add(match[i, j], down[i, j]), across[i, j])
    log_total = total[rows - 1, columns - 1]
    after = np.full((rows + 1, columns + 1), IMPOSSIBLE)
    after_down = np.full((rows + 1, columns + 1), IMPOSSIBLE)
    after_across = np.full((rows + 1, columns + 1), IMPOSSIBLE)
    probable = np.zeros(pairs.shape)
    source, target, runs = np.zeros(rows - 1), np.zeros(columns - 1), 0.0
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            used = 0
            for k in range(count):
                a, b = _SHAPES[k]
                if i + a < rows and j + b < columns and pairs[i + a, k, j + b] > _FLOOR:
                    values[used] = pairs[i + a, k, j + b] + after[i + a, j + b]
                    used += 1
            paired = _summed(values, used) if used else IMPOSSIBLE
            if i == rows - 1 and j == columns - 1:
                paired = 0.0
            right = target_null[j] + after_across[i, j + 1] if j < columns - 1 else IMPOSSIBLE
            below = source_null[i] + after_down[i + 1, j] if i < rows - 1 else IMPOSSIBLE
            after_across[i, j] = _add(paired, right + extension)
            after[i, j] = _add(_add(paired, right + opening), below + opening)
            after_down[i, j] = _add(_add(paired, right + opening), below + extension)
            if total[i, j] < _FLOOR:
                continue
            if right > _FLOOR:
                target[j] += np.exp(
                    _add(_add(match[i, j], down[i, j]) + opening, across[i, j] + extension)
                    + right
                    - log_total
                )
                runs += np.exp(_add(match[i, j], down[i, j]) + opening + right - log_total)
            if below > _FLOOR:
                source[i] += np.exp(_add(match[i, j] + opening, down[i, j] + extension) + below - log_total)
                runs += np.exp(match[i, j] + opening + below - log_total)
            for k in range(count):
                a, b = _SHAPES[k]
                if i + a < rows and j + b < columns and pairs[i + a, k, j + b] > _FLOOR:
                    log = total[i, j] + pairs[i + a, k, j + b] + after[i + a, j + b] - log_total
                    if log > -40.0:
                        probable[i + a, k, j + b] = np.exp(log)
    return probable, source, target, runs, log_total
