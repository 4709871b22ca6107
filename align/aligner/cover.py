"""How much of each sentence is covered by those across, word for word (late interaction; Khattab & Zaharia 2020).

The vector of a sentence is one sum, in which what is missing hides behind what is there: a long sentence and the half
of it are much alike. Here every token of a sentence looks for its likest across. A sentence whose translation was lost
finds few of its words, however well its neighbour does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import LONGEST, Band, Ints
from align.aligner.tokens import Tokens
from align.aligner.windows import running

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Weights = tuple[Floats32, Floats32]

EDGE: Final = 64
"""Places before and behind the values, where nothing is and whoever looks takes no notice."""
BEFORE: Final = LONGEST - 1
"""Sentences in front of one that may be in a span that ends with it."""
_ROWS: Final = 8
"""Source sentences that are compared at once; at least `BEFORE`."""
_CELLS: Final = 40_000
"""Pairs of sentences that are compared at most: where there is more to look at there are next to no anchors, since
the model knows too little of the languages, or the texts are none of each other."""
_USUAL: Final = 0.4
"""How much translations cover of each other, strangers being 0, where a document has too few anchors to tell."""
_KNOWN: Final = 0.2
"""How much they cover at least where the table knows the languages: .3 to .6; in Hungarian, which it does not, .1."""
_FEW: Final = 5.0
"""Weight of what is usual, in anchors."""
LEAST: Final = 0.1
"""How far strangers are at least."""
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Strip:
    """A rectangle of pairs of sentences.

    Attributes:
        start: first source sentence.
        stop: after the last.
        left: first target sentence.
        right: after the last.
        at: where its values are, source sentence after source sentence.
    """

    start: int
    stop: int
    left: int
    right: int
    at: int

    @property
    def rows(self) -> slice:
        """Its source sentences."""
        return slice(self.start, self.stop)

    @property
    def columns(self) -> slice:
        """Its target sentences."""
        return slice(self.left, self.right)

    @property
    def size(self) -> int:
        """Pairs in it."""
        return (self.stop - self.start) * (self.right - self.left)

    def of(self, values: Floats32) -> Floats32:
        """A view of its values, shape ``(2, LONGEST, rows, columns)``."""
        part = values[:, :, self.at : self.at + self.size]
        return part.reshape(2, LONGEST, self.stop - self.start, self.right - self.left)


class Comparing:
    """How sentences are compared, with NumPy; whoever does it otherwise finds the same."""

    def compare(
        self, tokens: tuple[Tokens, Tokens], shares: Weights, strips: Sequence[Strip], values: Floats32
    ) -> None:
        """Fill in which share of each sentence is covered.

        Args:
            tokens: of both sides.
            shares: of each token of what its sentence says, by side.
            strips: where to look, in order.
            values: of `Cover`; 0 before.
        """
        # The greatest cosines of all target tokens to each of the source sentences in front of a strip.
        likest = np.zeros((BEFORE, len(shares[1])), dtype=np.float32)
        for strip in strips:
            _compare(tokens, shares, strip, likest, values)

    def relate(self, values: Floats32, strips: Sequence[Strip], sizes: tuple[int, int]) -> None:
        """Turn shares into likeness: 0 as between strangers, where a share of what those leave uncovered counts.

        Args:
            values: of `Cover`, changed in place.
            strips: where they are.
            sizes: sentences of both sides.
        """
        sums = [np.zeros((2, LONGEST, size)) for size in sizes]
        counts = [np.zeros(size) for size in sizes]
        for strip in strips:
            view = strip.of(values)
            for side, own in enumerate((strip.rows, strip.columns)):
                sums[side][:, :, own] += view.sum(axis=3 - side)
                counts[side][own] += view.shape[3 - side]
        usual = [
            (total / np.maximum(count, 1) / 2).astype(np.float32) for total, count in zip(sums, counts, strict=True)
        ]
        for strip in strips:
            far = 1 - usual[0][:, :, strip.rows, np.newaxis] - usual[1][:, :, np.newaxis, strip.columns]
            view = strip.of(values)
            view[:] = 1 - (1 - view) / np.maximum(far, LEAST)


@dataclass(frozen=True, slots=True)
class Cover:
    """How much is covered of the sentences of a part, where its band looks: strangers 0, translations about 1.

    Attributes:
        values: of each source sentence by the 1 … LONGEST target sentences that end with `j`, and of each target
            sentence by the source sentences that end with `i`, shape ``(2, LONGEST, values)``; the value of `i` and
            `j` is number ``base[i] + j``.
        base: where the values of each source sentence are, shape ``(n,)``.
        weights: how much the tokens of each sentence say together, by side.
    """

    values: Floats32
    base: Ints
    weights: Weights

    @classmethod
    def of(
        cls, tokens: tuple[Tokens, Tokens], reach: Ints, anchors: Ints, comparing: Comparing | None = None
    ) -> Cover | None:
        """Compare the sentences of both sides.

        Args:
            tokens: of both sides, `n` and `m` sentences.
            reach: first target sentence that each source sentence looks at, and after the last, shape ``(2, n)``.
            anchors: pairs of sentences that very likely belong together, within reach, shape ``(k, 2)``.
            comparing: another way of doing it than with NumPy.

        Returns:
            None where there would be too many, and where translations cover next to nothing of each other.
        """
        strips = _strips(reach)
        count = sum(strip.size for strip in strips)
        if count > _CELLS:
            return None
        weights = tokens[0].sums(), tokens[1].sums()
        shares = _shares(tokens[0], weights[0]), _shares(tokens[1], weights[1])
        values = np.zeros((2, LONGEST, count + 2 * EDGE), dtype=np.float32)
        base = np.zeros(len(tokens[0]), dtype=np.int64)
        for strip in strips:
            width = strip.right - strip.left
            base[strip.rows] = strip.at - strip.left + np.arange(strip.stop - strip.start) * width
        way = comparing or Comparing()
        way.compare(tokens, shares, strips, values)
        way.relate(values, strips, (len(tokens[0]), len(tokens[1])))
        level = _level(values[:, 0], base[anchors[:, 0]] + anchors[:, 1])
        if level < _KNOWN:
            return None
        values /= level
        _excuse(values, strips, weights)
        return cls(values, base, weights)


def reach_of(band: Band) -> Ints:
    """First target sentence that the beads of a band ask of each source sentence, and after the last."""
    count, after = band.rows - 1, band.first + band.width - 1
    low, high = np.pad(band.first, (0, LONGEST), mode="edge"), np.pad(after, (0, LONGEST), mode="edge")
    ahead = range(1, LONGEST + 1)
    first = np.minimum.reduce([low[step : step + count] for step in ahead]) - LONGEST
    last = np.maximum.reduce([high[step : step + count] for step in ahead])
    reach: Ints = np.clip(np.stack([first, last]), 0, band.columns - 1)
    return reach


def _strips(reach: Ints) -> list[Strip]:
    """Rectangles that hold all that is looked at."""
    found, at = [], EDGE
    for start in range(0, reach.shape[1], _ROWS):
        rows = reach[:, start : start + _ROWS]
        strip = Strip(start, start + rows.shape[1], int(rows[0].min()), int(rows[1].max()), at)
        found.append(strip)
        at += strip.size
    return found


def _shares(tokens: Tokens, weights: Floats32) -> Floats32:
    shares = tokens.weights / np.maximum(weights, _TINY)[tokens.owners()]
    return shares.astype(np.float32, copy=False)


def _compare(tokens: tuple[Tokens, Tokens], shares: Weights, strip: Strip, likest: Floats32, values: Floats32) -> None:
    """Fill in which share of each sentence of a strip is covered.

    Args:
        tokens: of both sides.
        shares: of each token of what its sentence says, by side.
        strip: where to look.
        likest: the greatest cosines of all target tokens to each of the `BEFORE` source sentences in front of it, 0
            where nobody looked; replaced by those in front of the next.
        values: of `Cover`.
    """
    source, first, _ = _padded(tokens[0], shares[0], strip.rows)
    target, second, places = _padded(tokens[1], shares[1], strip.columns)
    (most, rows, axes), (many, columns, _) = source.shape, target.shape
    cosines = source.reshape(-1, axes) @ target.reshape(-1, axes).T
    # Tokens in front of sentences, so that the likest of a sentence's are found line against line.
    by_source = np.zeros((BEFORE + rows, many, columns), dtype=np.float32)
    by_source[:BEFORE, *places] = likest[:, tokens[1].within(strip.columns)]
    np.maximum(cosines.reshape(most, -1).max(axis=0).reshape(rows, many, columns), 0, out=by_source[BEFORE:])
    by_target = _greatest(cosines.reshape(most * rows, many, columns)).reshape(most, rows, columns)
    likest[:] = 0.0
    likest[:, tokens[1].within(strip.columns)] = by_source[-BEFORE:, *places]
    out = strip.of(values)
    spans = running(np.maximum, by_target, 2, LONGEST), running(np.maximum, by_source, 0, LONGEST)
    for span in range(LONGEST):
        np.einsum("krc,kr->rc", spans[0][span], first, out=out[0, span])
        np.einsum("rkc,kc->rc", spans[1][span][BEFORE:], second, out=out[1, span])


def _greatest(values: Floats32) -> Floats32:
    """The greatest over the middle axis, at least 0; several times as fast as NumPy's own."""
    found = np.maximum(values[:, 0], 0.0)
    for at in range(1, values.shape[1]):
        np.maximum(found, values[:, at], out=found)
    return found


def _padded(tokens: Tokens, shares: Floats32, span: slice) -> tuple[Floats32, Floats32, tuple[Ints, Ints]]:
    """Vectors and shares of the tokens of some sentences, as many for each, tokens in front of sentences.

    And where each token is.
    """
    own, starts = tokens.within(span), tokens.starts[span.start : span.stop + 1]
    lengths = np.diff(starts)
    most = max(int(lengths.max(initial=0)), 1)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    rank = np.arange(own.start, own.stop) - starts[owner]
    vectors = np.zeros((most, len(lengths), tokens.vectors.shape[1]), dtype=np.float32)
    weights = np.zeros((most, len(lengths)), dtype=np.float32)
    vectors[rank, owner], weights[rank, owner] = tokens.vectors[own], shares[own]
    return vectors, weights, (rank, owner)


def _excuse(values: Floats32, strips: list[Strip], weights: Weights) -> None:
    """A sentence without tokens that say anything lacks nothing."""
    silent = [each <= 0 for each in weights]
    if silent[0].any() or silent[1].any():
        for strip in strips:
            view = strip.of(values)
            view[0][:, silent[0][strip.rows]] = 1.0
            view[1][:, :, silent[1][strip.columns]] = 1.0


def _level(single: Floats32, anchors: Ints) -> float:
    """What translations have, from values of both sides of single sentences."""
    values = single[:, anchors].mean(axis=0)
    return float((values.sum() + _FEW * _USUAL) / (len(values) + _FEW))
