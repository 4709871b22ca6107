"""Sums over tokens, words and neighbouring sentences: the loops of `kernel.loops`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, inner, loose
from align.aligner.lattice import LONGEST
from align.aligner.loops import GRAM_BUCKETS, LEAST_FAR, LETTER_BUCKETS

_NOUGHT: Final = np.uint64(0)
_RARE: Final = np.int32(GRAM_BUCKETS - 1)
_ONE, _LEAST_FAR = np.float32(1.0), np.float32(LEAST_FAR)
_LETTERS: Final = np.int32(LETTER_BUCKETS)


@loose
def _add_row(count: Any, row: Any, scale: Any, rows: Any, line: Any, sums: Any) -> None:
    for p in range(_NOUGHT, count):
        sums[line + p] += scale * np.float32(rows[row + p])


@loose
def _add(count: Any, row: Any, rows: Any, line: Any, sums: Any) -> None:
    for p in range(_NOUGHT, count):
        sums[line + p] += rows[row + p]


@loose
def _product(count: Any, one: Any, other: Any, values: Any) -> Any:
    total = np.float32(0.0)
    for p in range(_NOUGHT, count):
        total += values[one + p] * values[other + p]
    return total


@compiled("void(i1[::1], f4[::1], i8[::1], i8[::1], i8, f4[::1])")
def add_up(rows: Any, scales: Any, tokens: Any, lengths: Any, width: int, sums: Any) -> None:
    """Add up the vectors of the tokens of each text.

    Args:
        rows: of all tokens, row after row.
        scales: what each row is multiplied by.
        tokens: of all texts, one text after the other.
        lengths: how many each has.
        width: numbers of a row.
        sums: added to; row after row, 0 before.
    """
    at = 0
    for text in range(len(lengths)):
        for _ in range(lengths[text]):
            token = tokens[at]
            _add_row(np.uint64(width), np.uint64(token * width), scales[token], rows, np.uint64(text * width), sums)
            at += 1


@compiled("void(f4[::1], i8[::1], i8[::1], i8, f4[::1])")
def add_rows(table: Any, rows: Any, owners: Any, width: int, sums: Any) -> None:
    """Rows of a table added up by owner; `sums` is 0 before."""
    for at in range(len(rows)):
        _add(np.uint64(width), np.uint64(rows[at] * width), table, np.uint64(owners[at] * width), sums)


@inner
def _take(weight: Any, greatest: Any) -> None:
    """Put a weight in its place among the greatest, which fall, where it is one."""
    at = len(greatest) - 1
    if weight <= greatest[at]:
        return
    while at > 0 and greatest[at - 1] < weight:
        greatest[at] = greatest[at - 1]
        at -= 1
    greatest[at] = weight


@compiled("void(f4[::1], i8[::1], f4[::1], b1[::1])")
def heaviest(weights: Any, lengths: Any, greatest: Any, kept: Any) -> None:
    """Which tokens have the greatest weights of their text; see `align.aligner.loops.Loops.heaviest`.

    Args:
        weights: of the tokens of all texts, one text after the other.
        lengths: how many each has.
        greatest: room for as many as are wanted of a text.
        kept: filled in with false where a token is none of them.
    """
    start, most = 0, len(greatest)
    for text in range(len(lengths)):
        stop = start + lengths[text]
        if stop - start > most:
            for at in range(most):
                greatest[at] = -np.inf
            for at in range(start, stop):
                _take(weights[at], greatest)
            least, equal = greatest[most - 1], 0
            for at in range(most):
                equal += greatest[at] == least
            for at in range(start, stop):
                equal -= weights[at] == least
                kept[at] = weights[at] > least or (weights[at] == least and equal >= 0)
        start = stop


@inner
def _liken(row: Any, usual: Any, cosines: Any, columns: Any) -> None:
    """Cosines of a row into likeness, in place."""
    for j in range(len(columns)):
        far = np.float32(-0.5) * (usual + columns[j]) + _ONE
        cosines[row, j] = (cosines[row, j] - _ONE) / max(far, _LEAST_FAR) + _ONE


@inner
def _put(value: Any, where: Any, at: Any, nearest: Any, top: Any) -> None:
    """Put a value in its place among the greatest of a sentence, where it is one."""
    place = top.shape[1] - 1
    if value > top[at, 0]:
        nearest[at] = where
    while place > 0 and top[at, place - 1] < value:
        top[at, place] = top[at, place - 1]
        place -= 1
    top[at, place] = value


@compiled("void(f4[:,::1], f4[::1], f4[::1], i8, i8[::1], f4[:,::1], i8[::1], f4[:,::1])")
def nearest(
    cosines: Any, usual_rows: Any, usual_columns: Any, start: int, rows: Any, top_rows: Any, columns: Any,
    top_columns: Any,
) -> None:  # fmt: skip
    """Find the nearest sentences by likeness; see `align.aligner.loops.Loops.nearest`."""
    last = top_columns.shape[1] - 1
    for i in range(len(cosines)):
        _liken(i, usual_rows[i], cosines, usual_columns)
        for j in range(cosines.shape[1]):
            value = cosines[i, j]
            if value > top_rows[i, last]:
                _put(value, j, i, rows, top_rows)
            if value > top_columns[j, last]:
                _put(value, start + i, j, columns, top_columns)


@compiled("void(f4[::1], i8, f8[:,::1])")
def norms(sums: Any, width: int, found: Any) -> None:
    """Length of the vector of each span: its square grows by the products of its first sentence with all others.

    Args:
        sums: a vector a sentence, row after row.
        width: numbers of a row.
        found: filled in, shape ``(LONGEST + 1, n + 1)``; 0 before.
    """
    size = np.uint64(width)
    for end in range(found.shape[1] - 1):
        for a in range(1, min(LONGEST, end + 1) + 1):
            first = end - a + 1
            product = np.float64(_product(size, np.uint64(first * width), np.uint64(end * width), sums))
            # What the first sentence brings in, with all others so far, waits in the row that is not needed.
            found[0, first] += product if a == 1 else 2 * product
            found[a, end + 1] = found[0, first] + (found[a - 1, end + 1] if a > 1 else 0.0)
    for end in range(found.shape[1]):
        found[0, end] = 0.0
        for a in range(1, LONGEST + 1):
            found[a, end] = np.sqrt(max(found[a, end], 0.0))


@compiled("void(i4[::1], i8[::1], i4[::1], f8[::1])")
def count_grams(hashes: Any, stops: Any, numbers: Any, counts: Any) -> None:
    """How often each kind of 4-grams stands in some pieces; see `align.aligner.loops.Loops.grams`."""
    for at in range(len(numbers)):
        for gram in range(stops[numbers[at]], stops[numbers[at] + 1]):
            counts[hashes[gram] & _RARE] += 1.0


@compiled("void(i4[::1], i8[::1], i4[::1], i8[::1], f8[::1], f8[::1], f4[:,::1])")
def letters(hashes: Any, stops: Any, numbers: Any, edges: Any, rare: Any, line: Any, bags: Any) -> None:
    """Hashed bags of the 4-grams of each sentence; see `align.aligner.loops.Loops.letters`."""
    for sentence in range(len(edges) - 1):
        for bucket in range(len(line)):
            line[bucket] = 0.0
        for at in range(edges[sentence], edges[sentence + 1]):
            for place in range(stops[numbers[at]], stops[numbers[at] + 1]):
                gram = hashes[place]
                weight = rare[gram & _RARE]
                line[(gram >> 17) % _LETTERS] += weight if (gram >> 16) & 1 else -weight
        for bucket in range(len(line)):
            bags[sentence, bucket] = np.float32(line[bucket])
