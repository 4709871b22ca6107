"""From texts to vectors with a plain table: cut into pieces, add up their rows, make unit length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from align.encoder.texts import readable, well_formed
from align.encoder.vectors import normalise
from align.training.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tokenizers import Tokenizer

    from align.encoder.protocol import Vectors
    from align.training.ragged import Numbers

Rows = npt.NDArray[np.float32]

LONGEST: Final = 128
"""Pieces of a text that are trained on."""

_CHUNK: Final = 10_000
"""Texts tokenised at a time."""

_BLOCK: Final = 4096
"""Rows gathered at a time, few enough for the processor's cache."""


def tokenise(texts: Sequence[str], tokenizer: Tokenizer) -> Ragged:
    """Cut texts into pieces, `LONGEST` each at most."""
    parts = ([well_formed(readable(text)) for text in texts[at : at + _CHUNK]] for at in range(0, len(texts), _CHUNK))
    found = (tokenizer.encode_batch_fast(part, add_special_tokens=False) for part in parts)
    return Ragged.of(code.ids[:LONGEST] for codes in found for code in codes)


class Embedder:
    """The sum of a text's rows at unit length."""

    def __init__(self, tokenizer: Tokenizer, table: Rows) -> None:
        """Embed with the rows of `table`, one a piece of `tokenizer`."""
        self._tokenizer = tokenizer
        self._table = table

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape ``(len(texts), dimension)``; zero for a text without pieces."""
        cut = tokenise(texts, self._tokenizer)
        return normalise(run_sums(self._table, cut.values, np.diff(cut.starts)))


def run_sums(
    values: Rows,
    index: Numbers | npt.NDArray[np.int32],
    lengths: Numbers,
) -> Rows:
    """Sum ``values[index]`` over runs of the given lengths that follow each other.

    Runs of one length are summed together, long ones in pieces: in NumPy several times as fast as
    `numpy.add.reduceat`.

    Args:
        values: shape ``(n, dimension)``.
        index: rows of `values`.
        lengths: of the runs; they add up to ``len(index)``.

    Returns:
        Shape ``(len(lengths), dimension)``; zero for an empty run.
    """
    result = np.zeros((len(lengths), values.shape[1]), np.float32)
    starts = np.cumsum(lengths) - lengths
    order = np.argsort(lengths, kind="stable")
    for runs, length in _same_length(lengths[order], order):
        for first in range(0, length, _BLOCK):
            inside = np.arange(first, min(first + _BLOCK, length))
            result[runs] += values[index[starts[runs][:, np.newaxis] + inside]].sum(axis=1)
    return result


def _same_length(lengths: Numbers, order: Numbers) -> Iterator[tuple[Numbers, int]]:
    """Cut ascending `lengths` into groups of one length and about `_BLOCK` rows; skip zeros."""
    start = int(np.searchsorted(lengths, 0, side="right"))
    while start < len(lengths):
        length = int(lengths[start])
        same = int(np.searchsorted(lengths, length, side="right"))
        stop = min(same, start + max(1, _BLOCK // length))
        yield order[start:stop], length
        start = stop
