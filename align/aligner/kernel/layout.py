"""Where things lie in the tables and lines that the kernel is given; needs no numba.

Lines of numbers over columns have `PAD` places in front of column 0 and more behind the last, so that no loop looks
for an edge: what lies there is finite, and never read by a bead that fits. All is in single precision, as in
`align.aligner.block`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from align.aligner.lattice import IMPOSSIBLE, LONGEST, Floats32

PAD: Final = 8
"""Places in front of the first cell of a side, and behind the last."""

INVERSE, SQUARES, LENGTH, LOG, QUOTES, ALONE, ASIDE, TOLD = range(8)
"""Rows of a table of lines: one by the length of the span's vector of meaning; the square of that of its numbers; its
letters, in letters of neither side, and their logarithm; quotes left open; what the side says alone; sentences that
belong to the page; how much its tokens say."""
USUAL: Final = 8
"""Half the mean cosine to spans of 1 … LONGEST sentences across; a row for each."""
NORMS: Final = USUAL + LONGEST
"""Lengths of the span's vectors of the first cosine channel, of the second …"""

MEANING, NUMBERS, COSINES = range(3)
"""Channels: the first two are what they are called, all others are compared by their cosine."""

FIRST, LAST, KINDS = range(3)
"""Rows of `codes`: what a sentence looks like where it begins, where it ends, and the kind of its paragraph."""

(
    LIKE, OF_ALL, BELOW_PAR, UNUSUAL, GAIN, LOSS, WEAKEST, SURPRISE, RATIO, UNUSUAL_LENGTH, SHARED, LONE, QUOTED,
    COVERED, COVERED_OF_ALL, LEAST_COVERED, SHARE, SPREAD, LENGTH_SPREAD,
) = range(19)  # fmt: skip
"""Places of `weights_of`; the last three are no weights but what the document is like."""

SLOTS: Final = 8
"""Sentences whose likeness is kept, the last ones."""
LANES: Final = 15
"""Loops over cells run for a multiple of one more: whole vector registers, with no remainder."""
SPARE: Final = LANES + 1
"""Places behind the last that these loops may touch."""
SPANS: Final = LONGEST + 1

SHAPED: Final = 64
"""Lines of a row: shape ``(a, b)`` has number ``8 a + b``; the others stay impossible."""
LIKENESS, WIDE, TALL = 0, 3 * SHAPED, 6 * SHAPED
"""Lines of likeness of three rows; of the greater of it and of the left neighbour's, and of the upper one's."""
SINGLE: Final = 9 * SHAPED
"""Likeness of the last sentences, a line each."""
BEST: Final = SINGLE + SLOTS
"""Its greatest over the last 1 … LONGEST sentences across, as many lines for each."""
HIGHEST: Final = BEST + SLOTS * SPANS
ACROSS, OPENING, CLOSING, SCORE, SUMS, BOX = range(HIGHEST + 1, HIGHEST + 7)
ALONG: Final = BOX + 1
FOUND: Final = ALONG + SPANS
"""How much of the last source sentences their last 1 … LONGEST across cover, and of the one that is covered least."""
SCANT: Final = FOUND + SPANS
HERE, BARE = SCANT + SPANS, SCANT + SPANS + 1
"""The same of the target sentences of one row."""
CHANNELS: Final = BARE + 1
"""Two lines for each channel: sums over the last sentences, and over those and some across."""


def room(channels: int, places: int) -> Floats32:
    """The lines that `beads.pair_scores` works in."""
    work = np.zeros((CHANNELS + 2 * channels, places), dtype=np.float32)
    work[:SINGLE] = np.float32(IMPOSSIBLE)
    return work.reshape(-1)
