"""Contrastive steps on a plain table of piece vectors, by NumPy alone.

What `align.training.static` does with PyTorch from nothing, this does from a table that is there
already: fewer pairs, fewer steps, no n-grams of spelling. A text's vector is the sum of its pieces'
rows at unit length; the loss is InfoNCE over the batch in both directions (van den Oord et al. 2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from align.training.pooling import run_sums

if TYPE_CHECKING:
    from align.training.ragged import Numbers, Ragged

Rows = npt.NDArray[np.float32]

_CAUTION: Final = 1e-8
"""What the sum of squared gradients starts from, so that a first, small gradient is no large step."""

_NOTHING: Final = 1e-9


class Trainer:
    """A table of rows and, for each, how much it was moved (row-wise Adagrad)."""

    def __init__(self, table: Rows, *, scale: float) -> None:
        """Start from `table`, which is changed in place.

        Args:
            table: shape ``(pieces, dimension)``.
            scale: what cosines are multiplied with before the softmax (an inverse temperature).
        """
        self.table = table
        self._scale = scale
        self._squares = np.full(len(table), _CAUTION, np.float32)

    def hold(self, rows: Numbers) -> None:
        """Keep some rows as they are."""
        self._squares[rows] = np.inf

    def step(self, left: Ragged, right: Ragged, repeated: tuple[Numbers, Numbers], rate: float) -> float:
        """Learn from one batch.

        Args:
            left: piece numbers of one side, a row a text.
            right: those of their translations, row by row.
            repeated: rows and columns of the matrix of similarities that are no negatives.
            rate: step size.

        Returns:
            The loss, in nats.
        """
        pieces = np.concatenate([left.values, right.values])
        lengths = np.concatenate([np.diff(left.starts), np.diff(right.starts)])
        order = np.argsort(pieces, kind="stable")
        used, counts = np.unique(pieces[order], return_counts=True)
        loss, slope = _loss(run_sums(self.table, pieces, lengths), repeated, self._scale)
        text = np.repeat(np.arange(len(lengths)), lengths)[order]
        self._move(used, run_sums(slope, text, counts), rate)
        return loss

    def _move(self, rows: Numbers, gradient: Rows, rate: float) -> None:
        self._squares[rows] += np.einsum("nd,nd->n", gradient, gradient) / gradient.shape[1]
        gradient *= (rate / np.sqrt(self._squares[rows]))[:, np.newaxis]
        self.table[rows] -= gradient


def _loss(sums: Rows, repeated: tuple[Numbers, Numbers], scale: float) -> tuple[float, Rows]:
    """InfoNCE in both directions and its slope with respect to `sums`, whose halves are the two sides."""
    length = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(_NOTHING))
    vectors = sums / length
    half = len(vectors) // 2
    left, right = vectors[:half], vectors[half:]
    logits = (left @ right.T) * np.float32(scale)
    truth = logits.diagonal().copy()
    logits[repeated] = -np.inf
    top = logits.max()
    logits -= top
    share = np.exp(logits, out=logits)
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    loss = float(((np.log(rows) + np.log(columns)) / 2 + top - truth).mean())
    share *= (np.float32(0.5) / rows)[:, np.newaxis] + (np.float32(0.5) / columns)[np.newaxis, :]
    share[np.arange(half), np.arange(half)] -= 1
    share *= np.float32(scale / half)
    slope = np.concatenate([share @ right, share.T @ left])
    slope -= vectors * np.einsum("nd,nd->n", slope, vectors)[:, np.newaxis]
    return loss, slope / length


def repeated(left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """Where a row and a column of different pairs hold the same text, so that they are no negatives.

    Args:
        left: equal numbers mark equal texts of one side, shape ``(n,)``.
        right: the same for the other side.

    Returns:
        Rows and columns of the ``(n, n)`` matrix of similarities.
    """
    rows, columns = [], []
    for marks in (left, right):
        values, counts = np.unique(marks, return_counts=True)
        for value in values[counts > 1]:
            group = np.flatnonzero(marks == value)
            row, column = np.nonzero(~np.eye(len(group), dtype=bool))
            rows.append(group[row])
            columns.append(group[column])
    nothing = [np.zeros(0, dtype=np.int64)]
    return np.concatenate(nothing + rows), np.concatenate(nothing + columns)
