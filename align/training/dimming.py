"""A model that knows less than the shipped one: what languages are like that it has never seen.

Human alignments are of languages that the model has learnt, all but a few. So that the aligner learns as well what to
make of vectors that tell little, it also reads them with the vectors of some tokens exchanged among each other: a word
then still is the same on both sides, as names and numbers are, but says nothing of its translation.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from align.encoder.static import StaticEncoder
from align.encoder.table import TokenTable


def dimmed(encoder: StaticEncoder, share: float, seed: int) -> StaticEncoder:
    """The same model with the vectors of a share of its tokens exchanged among each other.

    Args:
        encoder: a static model; stays as it is.
        share: of its tokens, from 0 to 1.
        seed: says which, and for which.
    """

    def exchanged(table: TokenTable) -> TokenTable:
        dice, count = np.random.default_rng(seed), len(table)
        mapping = np.arange(count) if table.mapping is None else table.mapping.copy()
        places = np.flatnonzero(dice.random(count) < share)
        mapping[places] = mapping[dice.permutation(places)]
        return replace(table, mapping=mapping)

    return encoder.exchanged(exchanged)
