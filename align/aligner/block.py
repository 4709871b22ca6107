"""Some rows of a band of the lattice and all that the cues ask of their cells, computed once."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import LONGEST, WIDEST, Band, Ints
from align.aligner.memoising import memoised
from align.aligner.pair import Pair, window
from align.aligner.sides import Channel
from align.aligner.windows import Corners, inverse, running, with_halo

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.floating[Any]]
"""Single precision in fact, which NumPy's annotations lose in arithmetic."""
Values = Reals | float

_VARIANCE: Final = 6.8
"""Variance of the target's letters for a letter of the source (Gale & Church 1993)."""
_TINY: Final = np.float32(1e-6)
_SMOOTH: Final = 8.0
"""Letters added to both lengths, so that very short sentences surprise less."""


class Block:
    """The cells of some rows of a band, with what the beads that end there look like.

    Arrays have one value a cell, in the order of `Band.positions`. Inside, likeness is computed for one cell
    more on every side, since cues compare a bead with those that are one sentence smaller or larger.
    """

    def __init__(self, pair: Pair, band: Band, start: int, stop: int) -> None:
        """Take the cells of the rows from `start` to before `stop`."""
        self.pair = pair
        self.row, self.column = band.positions(start, stop)
        self._halo, self._inside = with_halo(band, start, stop)
        # First row and column that are looked at, and those after the last.
        self._rows = (start - 1 - LONGEST, stop + 1)
        self._columns = (int(self._halo[1].min()) - LONGEST, int(self._halo[1].max()) + 1)
        self.memory: dict[tuple[str, tuple[object, ...]], Any] = {}

    @classmethod
    def rectangle(cls, pair: Pair, rows: tuple[int, int], columns: tuple[int, int]) -> Block:
        """The cells of rows and columns from the first to before the second of each."""
        first, width = (np.full(rows[1], value, dtype=np.int64) for value in (columns[0], columns[1] - columns[0]))
        return cls(pair, Band(first, width, columns[1]), *rows)

    # -- vectors ---------------------------------------------------------------------------------

    def _dots(self, first: Channel, second: Channel) -> Floats:
        """Prefix sums of dot products between sentences, from LONGEST + 1 before the block on."""
        left = window(first.sums, self._rows[0], self._rows[1] - 1)
        right = window(second.sums, self._columns[0], self._columns[1] - 1)
        prefix = np.zeros((len(left) + 1, len(right) + 1))
        np.cumsum(np.cumsum(left @ right.T, axis=0, dtype=np.float64), axis=1, out=prefix[1:, 1:])
        return prefix

    @cached_property
    def _meaning_dots(self) -> Floats:
        return self._dots(self.pair.source.meaning, self.pair.target.meaning)

    def _corners(self, prefix: Floats, cells: tuple[Ints, Ints]) -> Corners:
        row, column = cells
        width = self._columns[1] - self._columns[0]
        return Corners(prefix, (row - self._rows[0] - LONGEST) * width + (column - self._columns[0] - LONGEST))

    @cached_property
    def _meaning_corners(self) -> Corners:
        return self._corners(self._meaning_dots, self._halo)

    @cached_property
    def _letter_corners(self) -> Corners:
        first, second = (side.letters for side in self.pair.sides())
        return self._corners(self._dots(first, second), (self.row, self.column))

    @cached_property
    def _number_corners(self) -> Corners:
        first, second = (side.numbers for side in self.pair.sides())
        return self._corners(self._dots(first, second), (self.row, self.column))

    def _spread(self, values: npt.NDArray[Any], side: int, back: int = 0) -> npt.NDArray[Any]:
        """To each cell the value of its row (side 0) or column (1), or of what is `back` before that."""
        low, high, at = self._extent[side]
        return window(values, low - back, high - back)[at]

    @cached_property
    def _extent(self) -> tuple[tuple[int, int, Ints], tuple[int, int, Ints]]:
        """First row and after the last, and each cell's place among them; the same of the columns."""
        rows, columns = ((int(at.min()), int(at.max()) + 1, at - at.min()) for at in (self.row, self.column))
        return rows, columns

    @cached_property
    def _halo_sides(self) -> tuple[Ints, Ints]:
        """Where the halo's cells are among the rows and columns that are looked at, from LONGEST on."""
        return self._halo[0] - self._rows[0] - LONGEST, self._halo[1] - self._columns[0] - LONGEST

    def _lines(self, side: int) -> tuple[int, int]:
        """Rows or columns of the halo."""
        start, stop = (self._rows, self._columns)[side]
        return start + LONGEST, stop

    @cached_property
    def _background_dots(self) -> tuple[Floats, Floats]:
        """Prefix sums of the dot products of sentences with the other side's mean vectors, by side."""
        dots = []
        for side, channel in enumerate(each.meaning for each in self.pair.sides()):
            start, stop = (self._rows, self._columns)[side]
            products = window(channel.sums, start, stop - 1) @ self.pair.background[1 - side].T
            prefix = np.zeros((len(products) + 1, products.shape[1]))
            np.cumsum(products, axis=0, dtype=np.float64, out=prefix[1:])
            dots.append(prefix)
        return dots[0], dots[1]

    @memoised
    def _background(self, side: int, span: int, other: int) -> Reals:
        """Half the mean cosine of each span of one side to the spans of `other` sentences on the other, by cell."""
        prefix = self._background_dots[side][:, other]
        total = prefix[LONGEST:] - prefix[LONGEST - span : len(prefix) - span]
        norms = window(self.pair.sides()[side].meaning.norms[span], *self._lines(side))
        return (total * inverse(norms) / 2).astype(np.float32)[self._halo_sides[side]]

    @memoised
    def _meaning_inverse(self, side: int, span: int) -> Reals:
        """One by the length of each span's vector, by cell of the halo."""
        norms = window(self.pair.sides()[side].meaning.norms[span], *self._lines(side))
        return inverse(norms).astype(np.float32)[self._halo_sides[side]]

    @memoised
    def _wide_likeness(self, a: int, b: int) -> Reals:
        cosine = self._meaning_corners.box(a, b) * self._meaning_inverse(0, a) * self._meaning_inverse(1, b)
        return self._relative(cosine, self._background(0, a, b) + self._background(1, b, a))

    def _relative(self, cosine: Reals, usual: Reals) -> Reals:
        """Distance as a share of the distance to random sentences (Thompson & Koehn 2019), turned into likeness."""
        far = np.maximum(1 - usual, 0.1)
        likeness: Reals = (1 - (1 - cosine) / far) * np.float32(1 / self.pair.scale)
        return likeness

    @memoised
    def likeness(self, a: int, b: int) -> Reals:
        """Likeness of meaning of beads of shape ``(a, b)``: 0 as random sentences, about 1 as translations."""
        return self._wide_likeness(a, b)[self._inside.here]

    def best_smaller(self, a: int, b: int) -> Reals:
        """Greatest likeness of the beads with one outer sentence less."""
        found = []
        if a > 1:
            less = self._wide_likeness(a - 1, b)
            found += [less[self._inside.here], less[self._inside.above]]
        if b > 1:
            less = self._wide_likeness(a, b - 1)
            found += [less[self._inside.here], less[self._inside.left]]
        best: Reals = np.maximum.reduce(found)
        return best

    def best_larger(self, a: int, b: int) -> Reals:
        """Greatest likeness of the beads with one neighbouring sentence more."""
        found = []
        if a < LONGEST:
            more = self._wide_likeness(a + 1, b)
            found += [more[self._inside.here], more[self._inside.below]]
        if b < LONGEST:
            more = self._wide_likeness(a, b + 1)
            found += [more[self._inside.here], more[self._inside.right]]
        best: Reals = np.maximum.reduce(found)
        return best

    def best_elsewhere(self, a: int, b: int) -> Reals:
        """Mean over the bead's sentences of the likeness to their nearest neighbours on the other side."""
        mean: Reals = (self._sum("best", 0, a) / a + self._sum("best", 1, b) / b) / 2
        return mean

    @cached_property
    def _single(self) -> Reals:
        """Likeness of single sentences, all rows and columns from LONGEST before the block on."""
        dots = np.diff(np.diff(self._meaning_dots, axis=0), axis=1).astype(np.float32)
        shares, usual = [], []
        for side, (start, stop) in enumerate((self._rows, self._columns)):
            one = inverse(window(self.pair.sides()[side].meaning.norms[1], start + 1, stop))
            shares.append(one.astype(np.float32))
            usual.append((np.diff(self._background_dots[side][:, 1]) * one / 2).astype(np.float32))
        cosine = dots * shares[0][:, None] * shares[1][None, :]
        return self._relative(cosine, usual[0][:, None] + usual[1][None, :])

    @cached_property
    def _runs(self) -> tuple[list[Reals], list[Reals]]:
        """For spans of 1 … LONGEST sentences the greatest `_single` over them, along columns and along rows."""
        along_columns, along_rows = (running(np.maximum, self._single, axis, LONGEST) for axis in (1, 0))
        return along_columns, along_rows

    @cached_property
    def _weakest(self) -> dict[tuple[int, int], tuple[Reals, Reals]]:
        found: dict[tuple[int, int], list[Reals]] = {}
        for axis, runs in enumerate(self._runs):
            for across in range(1, LONGEST + 1):
                spans = running(np.minimum, runs[across - 1], axis, min(LONGEST, WIDEST - across))
                for along, least in enumerate(spans, start=1):
                    shape = (along, across) if axis == 0 else (across, along)
                    found.setdefault(shape, []).append(least)
        return {shape: (pair[0], pair[1]) for shape, pair in found.items()}

    def weakest(self, a: int, b: int) -> Reals:
        """Least, over the bead's sentences, of the greatest likeness to a sentence across."""
        by_source, by_target = self._weakest[a, b]
        # `_single` begins with the sentence after the first cell of `_dots`, and has one line less.
        rows, columns = self.row - self._rows[0] - 1, self.column - self._columns[0] - 1
        place = rows * by_source.shape[1] + columns
        least: Reals = np.minimum(by_source.ravel()[place], by_target.ravel()[place])
        return least

    @memoised
    def _norms(self, name: str, side: int, span: int) -> Reals:
        """Lengths of the spans' vectors of letters or numbers, by cell."""
        norms = getattr(self.pair.sides()[side], name).norms[span]
        return self._spread(norms.astype(np.float32), side)

    @memoised
    def letter_likeness(self, a: int, b: int) -> Reals:
        """Cosine of the character n-grams."""
        lengths = self._norms("letters", 0, a) * self._norms("letters", 1, b)
        return self._letter_corners.box(a, b) * inverse(lengths)

    @cached_property
    def _lexical_corners(self) -> tuple[Corners, ...]:
        lexical, cells = self.pair.lexical, (self.row, self.column)
        halves = (lexical.ahead, lexical.back) if lexical else ()
        return tuple(self._corners(self._dots(*channels), cells) for channels in halves)

    @memoised
    def _lexical_inverse(self, half: str, side: int, span: int) -> Reals:
        norms = getattr(self.pair.lexical, half)[side].norms[span]
        return inverse(self._spread(norms.astype(np.float32), side))

    @memoised
    def lexical_likeness(self, a: int, b: int) -> Values:
        """Mean of the cosines between expected and present words, both ways, by what is usual, less 1.

        0 where there is no lexicon, so that then all beads are as usual.
        """
        lexical = self.pair.lexical
        if lexical is None:
            return 0.0
        ahead, back = (
            corners.box(a, b) * self._lexical_inverse(half, 0, a) * self._lexical_inverse(half, 1, b)
            for corners, half in zip(self._lexical_corners, ("ahead", "back"), strict=True)
        )
        likeness: Reals = (ahead + back) * np.float32(0.5 / lexical.usual) - 1
        return likeness

    @memoised
    def _covered(self, side: int, a: int, b: int) -> tuple[Reals, Reals, Reals]:
        """Of the sentences of a side: how much of them is covered, by weight; the least; and their weight."""
        cover = self.pair.cover
        if cover is None:
            raise ValueError("nobody looked what covers what")
        back, across = (b, a) if side else (a, b)
        down, right = (1, b) if side else (a, 1)
        value = cover.values[side, across - 1][self._spread(cover.base, 0, down) + self.column - right]
        weight = self._spread(cover.weights[side], side, back)
        if back == 1:
            return value * weight, value, weight
        fewer = self._covered(side, a - (side == 0), b - (side == 1))
        return fewer[0] + value * weight, np.minimum(fewer[1], value), fewer[2] + weight

    @memoised
    def coverage(self, a: int, b: int) -> Reals:
        """How much of both sides the other covers; where nobody looked, likeness stands for it."""
        if self.pair.cover is None:
            return self.likeness(a, b)
        first, second = (self._covered(side, a, b) for side in (0, 1))
        mean: Reals = (first[0] / np.maximum(first[2], _TINY) + second[0] / np.maximum(second[2], _TINY)) / 2
        return mean

    def least_coverage(self, a: int, b: int) -> Reals:
        """How much is covered of the sentence that is covered least; where nobody looked, `weakest` stands for it."""
        if self.pair.cover is None:
            return self.weakest(a, b)
        least: Reals = np.minimum(self._covered(0, a, b)[1], self._covered(1, a, b)[1])
        return least

    @memoised
    def number_overlap(self, a: int, b: int) -> tuple[Reals, Reals]:
        """Weight of the numbers that both sides hold, and of those that only one does."""
        shared = self._number_corners.box(a, b)
        both = self._norms("numbers", 0, a) ** 2 + self._norms("numbers", 1, b) ** 2
        return shared, np.maximum(both - 2 * shared, 0.0)

    # -- lengths ---------------------------------------------------------------------------------

    @memoised
    def _line_sums(self, name: str, side: int, span: int) -> Floats:
        """Sums of a quantity (`Pair.quantity`) over the spans that end before each row or column of the block."""
        start, stop, _ = self._extent[side]
        values = window(self.pair.quantity(name, side), start - LONGEST, stop - 1)
        prefix = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        sums: Floats = prefix[LONGEST:] - prefix[LONGEST - span : len(prefix) - span]
        return sums

    @memoised
    def _sum(self, name: str, side: int, span: int) -> Reals:
        """The same for each cell."""
        return self._line_sums(name, side, span).astype(np.float32)[self._extent[side][2]]

    def _length(self, side: int, span: int) -> Floats:
        """Letters of the spans that end before each row or column, in letters of neither side."""
        root = float(np.sqrt(self.pair.ratio))
        return self._line_sums("size", side, span) * (1 / root if side else root)

    @memoised
    def _lengths(self, side: int, span: int) -> tuple[Reals, Reals]:
        """The same for each cell, and the logarithm with a few letters added."""
        length, at = self._length(side, span), self._extent[side][2]
        return length.astype(np.float32)[at], np.log(length + _SMOOTH).astype(np.float32)[at]

    def length_deviation(self, a: int, b: int) -> Reals:
        """Difference of the lengths in standard deviations."""
        rows, columns = self._lengths(0, a)[0], self._lengths(1, b)[0]
        deviation: Reals = (columns - rows) / np.sqrt((rows + columns + _SMOOTH) * (_VARIANCE / 2))
        return deviation

    @memoised
    def log_length_ratio(self, a: int, b: int) -> Reals:
        """Logarithm of target length by source length, 0 being what the document has."""
        return self._lengths(1, b)[1] - self._lengths(0, a)[1]

    # -- what the sentences look like ------------------------------------------------------------

    def end_is(self, code: int, side: int) -> Flags:
        """Whether the last sentence of that side ends so (`Side.ending`)."""
        same: Flags = self._spread(self.pair.sides()[side].ending == code, side, 1)
        return same

    def ends_open(self, side: int) -> Flags:
        """Whether the last sentence of that side has an open end (`Side.open_end`)."""
        same: Flags = self._spread(self.pair.sides()[side].open_end, side, 1)
        return same

    def opens_with(self, code: int, side: int, span: int) -> Flags:
        """Whether the first sentence of that side opens so (`Side.opening`)."""
        same: Flags = self._spread(self.pair.sides()[side].opening == code, side, span)
        return same

    def paragraph_mismatch(self, a: int, b: int) -> Values:
        """1 where one side begins a paragraph and the other does not."""
        first, second = self.pair.sides()
        if not (first.starts.any() and second.starts.any()):
            return 0.0
        return self.first_differs("starts", a, b)

    def begun_inside(self, name: str, a: int, b: int) -> Reals:
        """Sentences inside the bead, but for the first of each side, of which something is true; both sides together.

        `name` is an attribute of `Side` that holds flags.
        """
        first, second = (getattr(side, name) for side in self.pair.sides())
        rows = self._sum(name, 0, a) - self._spread(first, 0, a)
        columns = self._sum(name, 1, b) - self._spread(second, 1, b)
        found: Reals = np.maximum(rows + columns, 0.0)
        return found

    def ended_inside(self, name: str, a: int, b: int) -> Reals:
        """The same but for the last of each side."""
        first, second = (getattr(side, name) for side in self.pair.sides())
        rows = self._sum(name, 0, a) - self._spread(first, 0, 1)
        columns = self._sum(name, 1, b) - self._spread(second, 1, 1)
        found: Reals = np.maximum(rows + columns, 0.0)
        return found

    def first_differs(self, name: str, a: int, b: int) -> Reals:
        """1 where something is true of the first sentence of just one side."""
        first, second = (getattr(side, name) for side in self.pair.sides())
        differs: Reals = (self._spread(first, 0, a) ^ self._spread(second, 1, b)).astype(np.float32)
        return differs

    def quote_difference(self, a: int, b: int) -> Reals:
        """By how much more quotes stay open on one side than on the other."""
        return np.abs(self._sum("quotes", 0, a) - self._sum("quotes", 1, b))

    # -- what must not be ------------------------------------------------------------------------

    def possible(self, a: int, b: int) -> Flags:
        """Whether the bead fits into the lattice and mixes no text with what belongs to the page.

        A time, number, separator or blank line pairs only one to one, with one of its own kind.
        """
        first, second = self.pair.sides()
        fits = (self.row >= a) & (self.row <= len(first)) & (self.column >= b) & (self.column <= len(second))
        aside = (self._sum("aside", 0, a) > 0) | (self._sum("aside", 1, b) > 0)
        if (a, b) != (1, 1):
            return fits & ~aside
        alike = self._spread(first.kinds, 0, 1) == self._spread(second.kinds, 1, 1)
        both = self._spread(first.aside, 0, 1) & self._spread(second.aside, 1, 1)
        possible: Flags = fits & (~aside | (both & alike))
        return possible
