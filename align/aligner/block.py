"""A rectangle of the lattice and all that the cues ask of it, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import LONGEST
from align.aligner.sides import Channel, Side

Floats = npt.NDArray[np.float64]
Values = Floats | float

_TINY: Final = 1e-9
_VARIANCE: Final = 6.8
"""Variance of the target's letters for a letter of the source (Gale & Church 1993)."""
_SMOOTH: Final = 8.0
"""Letters added to both lengths, so that very short sentences surprise less."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides and what a first look over them told (`align.aligner.survey`).

    Attributes:
        source: the source side, `n` sentences.
        target: the target side, `m` sentences.
        ratio: letters of the target for a letter of the source.
        scale: likeness of sentences that certainly belong together.
        spread: standard deviation of that likeness, as a share of `scale`.
        length_spread: standard deviation of the logarithm of their lengths' ratio.
        source_best: mean likeness of each source sentence to its nearest target sentences, shape ``(n,)``.
        target_best: the same for each target sentence, shape ``(m,)``.
        background: mean unit vector of the spans of 1 to LONGEST sentences, by side: ``(2, LONGEST + 1, d)``.
    """

    source: Side
    target: Side
    ratio: float
    scale: float
    spread: float
    length_spread: float
    source_best: Floats
    target_best: Floats
    background: npt.NDArray[np.float32]

    def sides(self) -> tuple[Side, Side]:
        """Source and target."""
        return self.source, self.target

    def quantity(self, name: str, side: int) -> npt.NDArray[Any]:
        """An array over the sentences of one side: ``best``, or an attribute of `Side`."""
        if name == "best":
            return (self.source_best, self.target_best)[side]
        values: npt.NDArray[Any] = getattr(self.sides()[side], name)
        return values


def window(values: npt.NDArray[Any], start: int, stop: int) -> npt.NDArray[Any]:
    """``values[start:stop]`` with zeros where that reaches over either end."""
    inside = values[max(start, 0) : max(stop, 0)]
    before, after = max(-start, 0), max(stop - max(len(values), start), 0)
    if not before and not after:
        return inside
    lead = min(before, stop - start)
    return np.concatenate(
        [np.zeros((lead, *values.shape[1:]), values.dtype), inside, np.zeros((after, *values.shape[1:]), values.dtype)]
    )[: stop - start]


class Block:
    """The cells of some rows and columns, with what the beads that end there look like.

    Arrays come in shape ``(rows, columns)``. Inside, likeness is computed for one row and column more on
    every side, since cues compare a bead with those that are one sentence smaller or larger.
    """

    def __init__(self, pair: Pair, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Take the cells of rows and columns from the first to before the second of each."""
        self.pair = pair
        self.rows = rows
        self.columns = columns
        self._likeness: dict[tuple[int, int], Floats] = {}
        self._sums: dict[tuple[str, int, int], Floats] = {}

    # -- vectors ---------------------------------------------------------------------------------

    def _dots(self, first: Channel, second: Channel) -> Floats:
        """Prefix sums of dot products between sentences, from LONGEST + 1 before the block on."""
        left = window(first.sums, self.rows[0] - 1 - LONGEST, self.rows[1])
        right = window(second.sums, self.columns[0] - 1 - LONGEST, self.columns[1])
        prefix = np.zeros((len(left) + 1, len(right) + 1))
        np.cumsum(np.cumsum(left @ right.T, axis=0, dtype=np.float64), axis=1, out=prefix[1:, 1:])
        return prefix

    @cached_property
    def _meaning_dots(self) -> Floats:
        return self._dots(self.pair.source.meaning, self.pair.target.meaning)

    @cached_property
    def _letter_dots(self) -> Floats:
        return self._dots(self.pair.source.letters, self.pair.target.letters)

    @cached_property
    def _number_dots(self) -> Floats:
        return self._dots(self.pair.source.numbers, self.pair.target.numbers)

    def _box(self, prefix: Floats, a: int, b: int) -> Floats:
        """Sums over the `a` by `b` sentences before each cell, one cell wider than the block."""
        rows, columns = prefix.shape
        low, left = slice(LONGEST - a, rows - a), slice(LONGEST - b, columns - b)
        high, right = slice(LONGEST, rows), slice(LONGEST, columns)
        box: Floats = prefix[high, right] - prefix[low, right] - prefix[high, left] + prefix[low, left]
        return box

    def _norms(self, channel: Channel, side: int, span: int) -> Floats:
        start, stop = (self.rows, self.columns)[side]
        norms: Floats = window(channel.norms[span], start - 1, stop + 1)
        return norms

    def _cosine(self, prefix: Floats, first: Channel, second: Channel, a: int, b: int) -> Floats:
        lengths = np.outer(self._norms(first, 0, a), self._norms(second, 1, b))
        # Where a span reaches over the edge there is no length and no likeness.
        cosine: Floats = np.where(lengths > _TINY, self._box(prefix, a, b) / np.maximum(lengths, _TINY), 0.0)
        return cosine

    @cached_property
    def _background_dots(self) -> tuple[Floats, Floats]:
        """Prefix sums of the dot products of sentences with the other side's mean vectors, by side."""
        dots = []
        for side, channel in enumerate(each.meaning for each in self.pair.sides()):
            start, stop = (self.rows, self.columns)[side]
            products = window(channel.sums, start - 1 - LONGEST, stop) @ self.pair.background[1 - side].T
            dots.append(np.pad(np.cumsum(products, axis=0, dtype=np.float64), ((1, 0), (0, 0))))
        return dots[0], dots[1]

    def _background(self, side: int, span: int, other: int) -> Floats:
        """Mean cosine of each span of one side to the spans of `other` sentences on the other."""
        prefix = self._background_dots[side][:, other]
        total = prefix[LONGEST:] - prefix[LONGEST - span : len(prefix) - span]
        norms = self._norms(self.pair.sides()[side].meaning, side, span)
        mean: Floats = np.where(norms > _TINY, total / np.maximum(norms, _TINY), 0.0)
        return mean

    def _wide_likeness(self, a: int, b: int) -> Floats:
        if (a, b) not in self._likeness:
            pair = self.pair
            cosine = self._cosine(self._meaning_dots, pair.source.meaning, pair.target.meaning, a, b)
            usual = (self._background(0, a, b)[:, None] + self._background(1, b, a)[None, :]) / 2
            self._likeness[a, b] = self._relative(cosine, usual)
        return self._likeness[a, b]

    def _relative(self, cosine: Floats, usual: Floats) -> Floats:
        """Distance as a share of the distance to random sentences (Thompson & Koehn 2019), turned into likeness."""
        likeness: Floats = (1 - (1 - cosine) / np.maximum(1 - usual, 0.1)) / self.pair.scale
        return likeness

    def likeness(self, a: int, b: int) -> Floats:
        """Likeness of meaning of beads of shape ``(a, b)``: 0 as random sentences, about 1 as translations."""
        return self._wide_likeness(a, b)[1:-1, 1:-1]

    def best_smaller(self, a: int, b: int) -> Floats:
        """Greatest likeness of the beads with one outer sentence less."""
        found = []
        if a > 1:
            less = self._wide_likeness(a - 1, b)
            found += [less[1:-1, 1:-1], less[:-2, 1:-1]]
        if b > 1:
            less = self._wide_likeness(a, b - 1)
            found += [less[1:-1, 1:-1], less[1:-1, :-2]]
        best: Floats = np.maximum.reduce(found)
        return best

    def best_larger(self, a: int, b: int) -> Floats:
        """Greatest likeness of the beads with one neighbouring sentence more."""
        found = []
        if a < LONGEST:
            more = self._wide_likeness(a + 1, b)
            found += [more[1:-1, 1:-1], more[2:, 1:-1]]
        if b < LONGEST:
            more = self._wide_likeness(a, b + 1)
            found += [more[1:-1, 1:-1], more[1:-1, 2:]]
        best: Floats = np.maximum.reduce(found)
        return best

    def best_elsewhere(self, a: int, b: int) -> Floats:
        """Mean over the bead's sentences of the likeness to their nearest neighbours on the other side."""
        rows = self._sum("best", 0, a) / a
        columns = self._sum("best", 1, b) / b
        return (rows[:, None] + columns[None, :]) / 2

    @cached_property
    def _single(self) -> Floats:
        """Likeness of single sentences, from LONGEST sentences before the block on."""
        dots = np.diff(np.diff(self._meaning_dots, axis=0), axis=1)[:-1, :-1]
        norms, usual = [], []
        for side, (start, stop) in enumerate((self.rows, self.columns)):
            length = window(self.pair.sides()[side].meaning.norms[1], start - LONGEST, stop)
            toward = np.diff(self._background_dots[side][:, 1])[: len(length)]
            norms.append(length)
            usual.append(np.where(length > _TINY, toward / np.maximum(length, _TINY), 0.0))
        lengths = np.outer(*norms)
        cosine = np.where(lengths > _TINY, dots / np.maximum(lengths, _TINY), 0.0)
        return self._relative(cosine, (usual[0][:, None] + usual[1][None, :]) / 2)

    def weakest(self, a: int, b: int) -> Floats:
        """Least, over the bead's sentences, of the greatest likeness to a sentence across."""
        single = self._single
        by_source = _running(np.minimum, _running(np.maximum, single, b, 1), a, 0)
        by_target = _running(np.minimum, _running(np.maximum, single, a, 0), b, 1)
        least: Floats = np.minimum(by_source, by_target)[LONGEST:, LONGEST:]
        return least

    def letter_likeness(self, a: int, b: int) -> Floats:
        """Cosine of the character n-grams."""
        pair = self.pair
        return self._cosine(self._letter_dots, pair.source.letters, pair.target.letters, a, b)[1:-1, 1:-1]

    def number_overlap(self, a: int, b: int) -> tuple[Floats, Floats]:
        """Weight of the numbers that both sides hold, and of those that only one does."""
        pair = self.pair
        shared = self._box(self._number_dots, a, b)[1:-1, 1:-1]
        rows = self._norms(pair.source.numbers, 0, a)[1:-1, None] ** 2
        columns = self._norms(pair.target.numbers, 1, b)[None, 1:-1] ** 2
        return shared, np.maximum(rows + columns - 2 * shared, 0.0)

    # -- lengths ---------------------------------------------------------------------------------

    def _sum(self, name: str, side: int, span: int) -> Floats:
        """Sums of a quantity (`Pair.quantity`) over the spans that end before each cell of one side."""
        if (name, side, span) not in self._sums:
            start, stop = (self.rows, self.columns)[side]
            values = window(self.pair.quantity(name, side), start - LONGEST, stop - 1)
            prefix = np.pad(np.cumsum(values, dtype=np.float64), (1, 0))
            self._sums[name, side, span] = prefix[LONGEST:] - prefix[LONGEST - span : len(prefix) - span]
        return self._sums[name, side, span]

    def _lengths(self, a: int, b: int) -> tuple[Floats, Floats]:
        root = float(np.sqrt(self.pair.ratio))
        rows = self._sum("size", 0, a) * root
        columns = self._sum("size", 1, b) / root
        return rows[:, None], columns[None, :]

    def length_deviation(self, a: int, b: int) -> Floats:
        """Difference of the lengths in standard deviations."""
        rows, columns = self._lengths(a, b)
        deviation: Floats = (columns - rows) / np.sqrt(_VARIANCE * (rows + columns + _SMOOTH) / 2)
        return deviation

    def log_length_ratio(self, a: int, b: int) -> Floats:
        """Logarithm of target length by source length, 0 being what the document has."""
        rows, columns = self._lengths(a, b)
        ratio: Floats = np.log((columns + _SMOOTH) / (rows + _SMOOTH))
        return ratio

    # -- what the sentences look like ------------------------------------------------------------

    def _at(self, values: npt.NDArray[Any], side: int, back: int) -> npt.NDArray[Any]:
        """`values` of the sentence `back` before each cell, shaped to spread over the block."""
        start, stop = (self.rows, self.columns)[side]
        found = window(values, start - back, stop - back)
        return found[:, None] if side == 0 else found[None, :]

    def end_is(self, code: int, side: int) -> npt.NDArray[np.bool_]:
        """Whether the last sentence of that side ends so (`Side.ending`)."""
        same: npt.NDArray[np.bool_] = self._at(self.pair.sides()[side].ending, side, 1) == code
        return same

    def opens_with(self, code: int, side: int, span: int) -> npt.NDArray[np.bool_]:
        """Whether the first sentence of that side opens so (`Side.opening`)."""
        same: npt.NDArray[np.bool_] = self._at(self.pair.sides()[side].opening, side, span) == code
        return same

    def paragraph_mismatch(self, a: int, b: int) -> Values:
        """1 where one side begins a paragraph and the other does not."""
        first, second = self.pair.sides()
        if not (first.starts.any() and second.starts.any()):
            return 0.0
        differs: Floats = (self._at(first.starts, 0, a) ^ self._at(second.starts, 1, b)).astype(np.float64)
        return differs

    def paragraph_breaks(self, a: int, b: int) -> Floats:
        """Paragraphs that begin inside the bead, both sides together."""
        first, second = self.pair.sides()
        rows = self._sum("starts", 0, a)[:, None] - self._at(first.starts, 0, a)
        columns = self._sum("starts", 1, b)[None, :] - self._at(second.starts, 1, b)
        breaks: Floats = np.maximum(rows + columns, 0.0)
        return breaks

    def label_mismatch(self, a: int, b: int) -> Floats:
        """1 where one side begins a turn or a title and the other does not."""
        first, second = self.pair.sides()
        differs: Floats = (self._at(first.labelled, 0, a) ^ self._at(second.labelled, 1, b)).astype(np.float64)
        return differs

    # -- what must not be ------------------------------------------------------------------------

    def possible(self, a: int, b: int) -> npt.NDArray[np.bool_]:
        """Whether the bead fits into the lattice and mixes no text with what belongs to the page.

        A time, number, separator or blank line pairs only one to one, with one of its own kind.
        """
        rows, columns = (np.arange(*span) for span in (self.rows, self.columns))
        first, second = self.pair.sides()
        fits = ((rows >= a) & (rows <= len(first)))[:, None] & ((columns >= b) & (columns <= len(second)))[None, :]
        aside = (self._sum("aside", 0, a) > 0)[:, None] | (self._sum("aside", 1, b) > 0)[None, :]
        if (a, b) != (1, 1):
            return fits & ~aside
        alike = self._at(first.kinds, 0, 1) == self._at(second.kinds, 1, 1)
        both = self._at(first.aside, 0, 1) & self._at(second.aside, 1, 1)
        possible: npt.NDArray[np.bool_] = fits & (~aside | (both & alike))
        return possible


def _running(function: np.ufunc, values: Floats, span: int, axis: int) -> Floats:
    """`function` over the `span` values that end at each place along an axis."""
    result = values.copy()
    for back in range(1, span):
        here = [slice(None), slice(None)]
        before = [slice(None), slice(None)]
        here[axis], before[axis] = slice(back, None), slice(None, -back)
        view = result[tuple(here)]
        function(view, values[tuple(before)], out=view)
    return result
