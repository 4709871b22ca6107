"""Documents as vectors: of each of their sentences, and of the whole.

Three kinds of evidence stand side by side in one row: the meaning by the encoder, spelling that survives
transliteration (names), and numbers. Each is of unit length times the root of its share, so that the dot product of two
rows is their mean likeness by those shares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from align.aligner.surface import letter_bags, number_bags
from align.encoder.vectors import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoder.protocol import Encoder, Vectors

Ints = npt.NDArray[np.intp]

_SHARES: Final = (0.7, 0.2, 0.1)
"""Of meaning, spelling and numbers in the likeness of two sentences."""

_BUDGET: Final = 40_000
"""Sentences of a side that are compared one by one, about; more documents means fewer of each."""

MOST: Final = 120
_LEAST: Final = 12
"""Sentences of a document that are compared, within that budget: those at its beginning."""

_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_LETTERS: Final = 2.5
"""How many letters of an alphabet one Chinese, Japanese or Korean character is worth, about."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a document.

    Attributes:
        sentences: those at its beginning, at least one; `MOST` are enough.
        letters: length of the whole document, see `letter_count`.
    """

    sentences: tuple[str, ...]
    letters: float


@dataclass(frozen=True, slots=True)
class Side:
    """All documents of one language as arrays.

    Attributes:
        rows: a row a compared sentence, shape ``(s, d)``.
        starts: row of the first sentence of each document and one past the last, shape ``(n + 1,)``.
        weights: how much each sentence counts, shape ``(s,)``; longer ones count more.
        meaning: a unit vector a document by the encoder, shape ``(n, dimension)``.
        spelling: a unit vector a document by spelling and numbers.
        letters: letters and digits of each whole document, shape ``(n,)``, at least 1.
    """

    rows: Vectors
    starts: Ints
    weights: Vectors
    meaning: Vectors
    spelling: Vectors
    letters: npt.NDArray[np.float64]

    def __len__(self) -> int:
        """How many documents."""
        return len(self.starts) - 1


def both_sides(source: Sequence[Text], target: Sequence[Text], encoder: Encoder) -> tuple[Side, Side]:
    """Turn the documents of two languages into arrays that can be compared.

    Args:
        source: the documents of one language; none is without sentences.
        target: those of the other.
        encoder: embeds the sentences.

    Raises:
        ModelError: the encoder cannot embed.
    """
    most = min(MOST, max(_LEAST, _BUDGET // max(len(source), len(target), 1)))
    used = [[text.sentences[:most] for text in side] for side in (source, target)]
    flat = [[sentence for sentences in side for sentence in sentences] for side in used]
    letters, numbers = letter_bags(flat[0], flat[1]), number_bags(flat[0], flat[1])
    parts = [
        (_centred(encoder.encode(flat[at])), normalise(letters[at]), normalise(numbers[at])) for at in range(len(flat))
    ]
    return _side(source, used[0], parts[0]), _side(target, used[1], parts[1])


def _centred(vectors: Vectors) -> Vectors:
    """Take out what all sentences of a side share: their language and their genre.

    A few sentences share their topic too, so that little is taken out of them.
    """
    mean = vectors.sum(axis=0) / (len(vectors) + _FEW)
    return normalise(vectors - mean)


_FEW: Final = 100.0
"""Sentences that are taken to be about nothing in particular."""


def _side(texts: Sequence[Text], used: Sequence[Sequence[str]], parts: tuple[Vectors, ...]) -> Side:
    starts = np.array(list(accumulate(map(len, used), initial=0)), np.intp)
    sizes = np.array([letter_count(sentence) for sentences in used for sentence in sentences], np.float32)
    weights = np.sqrt(np.maximum(sizes, 1.0))
    meaning, *surface = (part * weights[:, np.newaxis] for part in parts)
    return Side(
        rows=np.hstack([part * np.float32(share**0.5) for part, share in zip(parts, _SHARES, strict=True)]),
        starts=starts,
        weights=weights,
        meaning=normalise(np.add.reduceat(meaning, starts[:-1], axis=0)),
        spelling=normalise(np.add.reduceat(np.hstack(surface), starts[:-1], axis=0)),
        letters=np.array([max(1.0, text.letters) for text in texts]),
    )


def letter_count(text: str) -> float:
    """Characters of a text but for spaces, wide ones counted as the letters that they are worth."""
    wide = len(_WIDE.findall(text))
    return len(text) - text.count(" ") + wide * (_WIDE_LETTERS - 1)
