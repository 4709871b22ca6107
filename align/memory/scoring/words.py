"""Word by word: how much of a text the other one covers, and whether it gains by losing a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from align.encoder.protocol import SpanEncoder

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_WIDE: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = re.compile(rf"[{_WIDE}]{{1,2}}|[^\W_{_WIDE}]+")
_MOST: Final = 200
"""Words of a text that are looked at."""
_LEAST: Final = 4
"""Words that a text must have before a part of it is taken off."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a block of units.

    Attributes:
        sides: numbers of the words of each text, source and target.
        vectors: a sum vector a word, as the encoder has it.
        directions: the same of length 1.
        weights: length of each vector: how much the word says.
    """

    sides: tuple[list[Ints], list[Ints]]
    vectors: Floats32
    directions: Floats32
    weights: Floats32

    @classmethod
    def of(cls, sources: Sequence[str], targets: Sequence[str], encoder: SpanEncoder) -> Words:
        """Find the words and embed each once."""
        known: dict[str, int] = {}
        first, second = (
            [
                np.array([known.setdefault(word, len(known)) for word in _WORD.findall(text)[:_MOST]], dtype=np.int64)
                for text in side
            ]
            for side in (sources, targets)
        )
        vectors = encoder.encode_sums(list(known))
        weights = np.linalg.norm(vectors, axis=1)
        return cls((first, second), vectors, vectors / np.maximum(weights, 1e-9)[:, None], weights)

    def evidence(self, sums: tuple[Floats32, Floats32]) -> dict[str, Floats]:
        """Cues by name, shape ``(n,)`` each.

        Args:
            sums: vectors of the whole texts, of which parts are taken off.
        """
        count = len(self.sides[0])
        cover, parts = np.zeros((count, 4)), np.zeros((count, 4))
        units = [each / np.maximum(np.linalg.norm(each, axis=1, keepdims=True), 1e-9) for each in sums]
        means = [each.mean(axis=0) for each in units]
        for at in range(count):
            first, second = self.sides[0][at], self.sides[1][at]
            if len(first) and len(second):
                cover[at] = self._cover(first, second)
                parts[at, 0::2] = self._parts(first, means[0], units[1][at] - means[1])
                parts[at, 1::2] = self._parts(second, means[1], units[0][at] - means[0])
        return {
            "source_covered": cover[:, 0],
            "target_covered": cover[:, 1],
            "source_worst": cover[:, 2],
            "target_worst": cover[:, 3],
            "source_covered_usual": _usual(cover[:, 0]),
            "target_covered_usual": _usual(cover[:, 1]),
            "source_less": parts[:, 0],
            "target_less": parts[:, 1],
            "source_even": parts[:, 2],
            "target_even": parts[:, 3],
        }

    def _cover(self, first: Ints, second: Ints) -> tuple[float, float, float, float]:
        """How alike each word is to the likest across: weighted mean of each side, then the worst third."""
        like = self.directions[first] @ self.directions[second].T
        best = (like.max(axis=1), like.max(axis=0))
        weights = (self.weights[first], self.weights[second])
        whole = [float((b * w).sum() / (w.sum() + 1e-9)) for b, w in zip(best, weights, strict=True)]
        worst = [_worst_third(b, w, usual) for b, w, usual in zip(best, weights, whole, strict=True)]
        return whole[0], whole[1], worst[0], worst[1]

    def _parts(self, words: Ints, mean: Floats32, other: Floats32) -> tuple[float, float]:
        """What a text gains in likeness when its beginning or end is taken off, and how even its parts are."""
        if len(words) < _LEAST:
            return 0.0, 0.0
        grown = np.cumsum(self.vectors[words], axis=0)
        edge = max(1, len(words) // 4)
        heads = grown[edge - 1 : len(words) - edge]
        whole = _cosines(grown[-1:], mean, other)[0]
        head, tail = _cosines(heads, mean, other), _cosines(grown[-1] - heads, mean, other)
        return float(max(head.max(), tail.max()) - whole), float(np.minimum(head, tail).max())


def _cosines(sums: Floats32, mean: Floats32, other: Floats32) -> Floats32:
    unit = sums / np.maximum(np.linalg.norm(sums, axis=-1, keepdims=True), 1e-9) - mean
    norms = np.linalg.norm(unit, axis=-1) * np.linalg.norm(other)
    found: Floats32 = (unit @ other) / np.maximum(norms, 1e-9)
    return found


def _worst_third(best: Floats32, weights: Floats32, whole: float) -> float:
    """The least weighted mean over a third of the words that stand together."""
    size = max(2, len(best) // 3)
    if len(best) <= size:
        return whole
    values = np.concatenate([[0.0], np.cumsum(best * weights)])
    totals = np.concatenate([[0.0], np.cumsum(weights)])
    return float(((values[size:] - values[:-size]) / (totals[size:] - totals[:-size] + 1e-9)).min())


def _usual(values: Floats) -> Floats:
    middle = np.median(values)
    spread = np.median(np.abs(values - middle)) * 1.4826 + 1e-3
    usual: Floats = np.clip((values - middle) / spread, -5, 3)
    return usual
