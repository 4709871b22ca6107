"""What the kernel asks of a pair, a band and weights, as arrays without names.

Tables of lines hold one row of numbers for each quantity and span, in the order below: `lines`. Places of a table are
cells of one side (rows or columns of the lattice), `PAD` further on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from align.aligner.cues import CUES
from align.aligner.kernel.layout import (
    ALONE,
    ASIDE,
    COSINES,
    INVERSE,
    LENGTH,
    LIKE,
    LOG,
    MEANING,
    NORMS,
    NUMBERS,
    OF_ALL,
    PAD,
    QUOTES,
    SPARE,
    SQUARES,
    TOLD,
    USUAL,
)
from align.aligner.lattice import LONGEST, SHAPES, Band, Floats32, Ints
from align.aligner.pair import Pair
from align.aligner.sides import Channel, Side
from align.aligner.windows import inverse

_OF_SHAPE: Final = ("is_pair", "is_split", "is_long_split", "is_crossing", "spare_sentences")
_OF_BEAD: Final = (
    "meaning", "meaning_of_all", "meaning_below_par", "meaning_unusual", "gain_over_smaller", "loss_to_larger",
    "weakest_member", "length_surprise", "length_ratio", "length_unusual", "shared_numbers", "lone_numbers", "quotes",
    "covered", "covered_of_all", "least_covered",
)  # fmt: skip
"""In the order of their places."""
_OF_CHANNEL: Final = (("letters", "letters", "letters_of_all"),)
"""Channels compared by their cosine: attribute of `Side`, cue, and the cue that counts it for each sentence."""
_OF_LEXICON: Final = ("lexicon", "lexicon_of_all")
"""Cues of the mean of two cosines, of what is expected and what is told each way, where there is a lexicon."""
_OF_FIRST: Final = ("opening_quote", "opening_dash", "paragraph_start", "turn", "small_start")
_OF_LAST: Final = ("question", "exclamation", "colon", "unfinished", "open_end")
_OF_SIDE: Final = ("lead", "paragraph_inside", "small_inside", "open_inside")
KNOWN: Final = frozenset(
    (
        *(*_OF_SHAPE, *_OF_BEAD, *_OF_FIRST, *_OF_LAST, *_OF_SIDE, *_OF_LEXICON),
        *(cue for _, *cues in _OF_CHANNEL for cue in cues),
    )
)
"""Cues that the kernel has."""

_CODES: Final = 32
_ROWS: Final = 16
"""Sentences that are multiplied at once."""
_EDGE: Final = 64
"""Places before and behind the products of a channel, where the kernel may look and takes no notice."""
_SMOOTH: Final = 8.0
"""As in `align.aligner.block`."""

Weights = Mapping[str, float]
Bytes = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What depends on the weights alone.

    Attributes:
        pairs: the weights of two-sided beads by name, all cues that there are.
        constants: what each shape says, shape ``(len(SHAPES),)``.
        cosines: weights of each channel's cosine and of the same for each sentence, shape ``(channels, 2)``.
        tables: what the codes of two first and of two last sentences say, shape ``(2, codes, codes)``; the same
            without paragraphs, for documents where they say nothing.
    """

    pairs: Weights
    constants: Floats32
    cosines: Floats32
    tables: tuple[Floats32, Floats32]

    @classmethod
    def of(cls, given: Weights) -> Fixed:
        """Put the weights of two-sided beads in order."""
        pairs = {name: given.get(name, 0.0) for name in CUES}
        without = {**pairs, "paragraph_start": 0.0}
        # These cues ask nothing of a block.
        nothing: Any = None
        constants = [sum(pairs[name] * CUES[name](nothing, a, b) for name in _OF_SHAPE) for a, b in SHAPES]
        cosines = [[pairs[cue] for cue in cues] for _, *cues in _OF_CHANNEL]
        last = _table_of_last(pairs)
        return cls(
            pairs,
            np.array(constants, dtype=np.float32),
            np.array(cosines, dtype=np.float32),
            (np.stack([_table_of_first(pairs), last]), np.stack([_table_of_first(without), last])),
        )


def _table_of_first(pairs: Weights) -> Floats32:
    code = np.arange(_CODES)
    flags = {
        "opening_quote": code % 4 == 1,
        "opening_dash": code % 4 == 2,  # noqa: PLR2004 - the code of a dash
        "paragraph_start": code & 4 > 0,
        "turn": code & 8 > 0,
        "small_start": code & 16 > 0,
    }
    return _differing(pairs, flags)


def _table_of_last(pairs: Weights) -> Floats32:
    code = np.arange(_CODES)
    flags = {name: code % 8 == ending for name, ending in zip(_OF_LAST, (2, 3, 4, 0), strict=False)}
    return _differing(pairs, {**flags, "open_end": code & 8 > 0})


def _differing(pairs: Weights, flags: Mapping[str, Bytes]) -> Floats32:
    """Less the weight of every flag that just one of two sentences has, by their codes."""
    total = sum(-pairs[name] * (flag[:, None] ^ flag[None, :]) for name, flag in flags.items())
    return np.asarray(total, dtype=np.float32)


def weights_of(pairs: Weights, pair: Pair) -> Floats32:
    """Weights of the cues that ask something of the whole bead, and what the document is like."""
    known = (1 / pair.scale, pair.spread, pair.length_spread)
    values = np.array([*(pairs[name] for name in _OF_BEAD), *known])
    values[LIKE] += pairs["lead"]
    if pair.cover is None:  # then likeness stands for what is covered
        values[LIKE] += pairs["covered"]
        values[OF_ALL] += pairs["covered_of_all"]
    return values.astype(np.float32)


def of_lexicon(fixed: Fixed, pair: Pair) -> tuple[Floats32, Floats32]:
    """What each shape says, and the weights of cosines, with what a lexicon adds to both where there is one.

    Its cues are a mean of two cosines, in units of what is usual, less one: so that the one falls to the shape.
    """
    if pair.lexical is None:
        return fixed.constants, fixed.cosines
    weights = np.array([fixed.pairs[cue] for cue in _OF_LEXICON], dtype=np.float32)
    more = np.array([weights[0] + weights[1] * (a + b - 2) for a, b in SHAPES], dtype=np.float32)
    halves = np.stack([weights, weights]) * np.float32(0.5 / pair.lexical.usual)
    return fixed.constants - more, np.concatenate([fixed.cosines, halves])


def codes(side: Side) -> Ints:
    """What the sentences of a side look like at both ends and the kinds of their paragraphs, shape ``(3, n)``."""
    first = side.opening + 4 * side.starts + 8 * side.labelled + 16 * side.small
    return np.stack([first, side.ending + 8 * side.open_end, side.kinds]).astype(np.int64)


def channels(pair: Pair, side: int) -> tuple[Channel, ...]:
    """All channels of a side, in the order of the kernel."""
    this, lexical = pair.sides()[side], pair.lexical
    halves = (lexical.ahead[side], lexical.back[side]) if lexical else ()
    return (this.meaning, this.numbers, *(getattr(this, name) for name, *_ in _OF_CHANNEL), *halves)


def dots(pair: Pair, reach: Ints) -> tuple[Floats32, Ints]:
    """Dot products of sentences of both sides, channel by channel, for a band and what lies around it.

    Args:
        pair: both sides.
        reach: first sentence across of each source sentence, and after the last, shape ``(2, n)``.

    Returns:
        The products, and where to find them: that of source sentence `i` and target sentence `j` is number
        ``base[channel, i] + j + PAD``, `base` being of shape ``(channels, n)``.
    """
    blocks = [
        (start, min(start + _ROWS, len(pair.source)), int(reach[0, start : start + _ROWS].min()), int(stop))
        for start, stop in zip(
            range(0, len(pair.source), _ROWS),
            np.maximum.reduceat(reach[1], range(0, len(pair.source), _ROWS)),
            strict=True,
        )
    ]
    sizes = [(stop - start) * (right - left) for start, stop, left, right in blocks]
    room = sum(sizes)
    pairs = list(zip(channels(pair, 0), channels(pair, 1), strict=True))
    found = np.zeros((len(pairs), room + 2 * _EDGE), dtype=np.float32)
    base = np.empty((len(found), len(pair.source)), dtype=np.int64)
    at = _EDGE
    for (start, stop, left, right), size in zip(blocks, sizes, strict=True):
        rows = np.arange(stop - start) * (right - left) + at - left - PAD
        base[:, start:stop] = rows + np.arange(len(found))[:, None] * found.shape[1]
        for channel, (first, second) in enumerate(pairs):
            out = found[channel, at : at + size].reshape(stop - start, right - left)
            np.matmul(first.sums[start:stop], second.sums[left:right].T, out=out)
        at += size
    return found.reshape(-1), base


def cover(pair: Pair) -> tuple[Floats32, Ints]:
    """What covers what, all values in a row, and where those of each source sentence are; both may be empty."""
    if pair.cover is None:
        return np.zeros(0, np.float32), np.zeros(0, np.int64)
    return pair.cover.values.reshape(-1), pair.cover.base


def lines(pair: Pair, side: int, pairs: Weights) -> Floats32:
    """What a side's spans are like, shape ``(quantities, LONGEST + 1, cells + 2 * PAD + SPARE)``; rows as listed above.

    A span is known by the cell behind it and its number of sentences. The cue `lead` and those of sentences inside a
    bead fall into what each side says alone: they are in the row `ALONE`, by their weights.
    """
    this, count = pair.sides()[side], len(pair.sides()[side])
    found = channels(pair, side)
    table = np.zeros((NORMS + len(found) - COSINES, LONGEST + 1, count + 1 + 2 * PAD + SPARE), dtype=np.float32)
    view = table[:, :, PAD : PAD + count + 1]
    view[INVERSE] = inverse(found[MEANING].norms)
    view[SQUARES] = found[NUMBERS].norms.astype(np.float32) ** 2
    for at, channel in enumerate(found[COSINES:]):
        view[NORMS + at] = channel.norms
    told = pair.cover.weights[side] if pair.cover else np.zeros(count)
    root = float(np.sqrt(pair.ratio))
    values = np.stack(
        [this.size * (1 / root if side else root), this.quotes, this.aside, pair.quantity("best", side), told]
    )
    flags = np.stack([this.starts, this.small, this.open_end])
    background = pair.background[1 - side, 1:] @ this.meaning.sums.T
    sums = np.cumsum(np.concatenate([values, flags, background]), axis=1, dtype=np.float64)
    sums = np.concatenate([np.zeros((len(sums), 1)), sums], axis=1)
    for span in range(1, min(LONGEST, count) + 1):
        here, total = view[:, span, span:], sums[:, span:] - sums[:, :-span]
        here[LENGTH], here[LOG], here[QUOTES], here[ASIDE] = total[0], np.log(total[0] + _SMOOTH), total[1], total[2]
        here[TOLD], total = total[4], np.delete(total, 4, axis=0)
        starts, small = total[4] - flags[0, : 1 - span or None], total[5] - flags[1, : 1 - span or None]
        alone = -pairs["lead"] / (2 * span) * total[3] - pairs["paragraph_inside"] * starts
        alone += pairs["small_inside"] * small + pairs["open_inside"] * (total[6] - flags[2, span - 1 :])
        here[ALONE] = alone
        here[USUAL : USUAL + LONGEST] = total[7:] * (inverse(found[MEANING].norms[span, span:]) / 2)
    return table


def windows(band: Band, columns: int) -> tuple[Ints, Ints]:
    """Which columns are looked at around a band.

    Args:
        band: the band, of rows ``0 … n``.
        columns: sentences of the target.

    Returns:
        First column of each row, and after the last, where likeness is asked for, of one row more, shape
        ``(2, n + 2)``; and first sentence across of each source sentence, and after the last, whose dot products
        are, shape ``(2, n)``.
    """
    ends = band.first + band.width
    low, high = np.pad(band.first, (1, 2), mode="edge"), np.pad(ends, (1, 2), mode="edge")
    first = np.minimum.reduce([low[:-2], low[1:-1], low[2:]]) - 1
    last = np.maximum.reduce([high[:-2], high[1:-1], high[2:]]) + 1
    count = band.rows - 1
    start, stop = np.pad(first, (0, LONGEST), mode="edge"), np.pad(last, (0, LONGEST), mode="edge")
    reach = [
        np.minimum.reduce([start[1 + ahead : 1 + ahead + count] for ahead in range(LONGEST)]) - LONGEST,
        np.maximum.reduce([stop[1 + ahead : 1 + ahead + count] for ahead in range(LONGEST)]) - 1,
    ]
    return np.stack([first, last]), np.clip(np.stack(reach), 0, columns)
