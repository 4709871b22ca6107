"""What speaks for two documents being one text in two languages, and what against; in the order of trust.

Each piece of evidence is worth so many nats, and they are added up: document number, file name, address, date,
content. Names beat content that is vague; content that contradicts them is said, and the sum is less sure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from align.matching.identities import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.matching.content import Floats, Likeness

_WEIGHTS: Final = np.array([2.70, 8.32, 41.92, 31.66, -2.25, 2.88, -1.06, -0.90, -0.51, -11.94])
"""What `features` are worth; fitted by ``benchmarks/matching.py --fit``."""

_RANGE: Final = (-6.0, 7.0)
"""Least and most that content is worth."""

_SAYS: Final = 2.0
"""Nats from which content is said to agree or to contradict."""

_LONGEST_LOG: Final = 1.5
"""A ratio of lengths beyond e^1.5 is no worse: a part is missing."""


_NARROW: Final = 0.05
"""A margin up to which every bit counts double."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one pair.

    Attributes:
        source: index of the source document.
        target: index of the target document.
        nats: the sum; at 0 it is as likely a pair as not.
        reasons: what speaks for it, the most trusted first.
        doubts: what speaks against it.
    """

    source: int
    target: int
    nats: float
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def features(likeness: Likeness) -> Floats:
    """What the weights are for, shape ``(p, 10)``."""
    return np.column_stack(
        [
            np.ones(len(likeness.source)),
            likeness.level,
            likeness.margin,
            np.clip(likeness.margin, -_NARROW, _NARROW),
            likeness.order,
            likeness.order * np.log(likeness.sentences),
            np.minimum(np.abs(likeness.length), _LONGEST_LOG),
            np.log(likeness.sentences),
            np.maximum(likeness.forth, likeness.back),
            np.minimum(likeness.forth, likeness.back),
        ]
    )


def content_nats(likeness: Likeness, weights: Floats = _WEIGHTS) -> Floats:
    """What the content of each pair is worth, shape ``(p,)``."""
    return np.asarray(np.clip(features(likeness) @ weights, *_RANGE))


def content_sign(nats: float) -> Sign:
    """What the content says, in words."""
    chance = 1 / (1 + math.exp(-nats))
    if nats >= _SAYS:
        return Sign(nats, f"content ({chance:.2f})")
    return Sign(nats, "content says no" if nats <= -_SAYS else f"content is unclear ({chance:.2f})")


def weigh(source: int, target: int, names: Sequence[Sign], content: Sign) -> Evidence:
    """Add up what is known of a pair."""
    signs = [*names, content]
    reasons = [sign.words for sign in signs if sign.nats > 0]
    doubts = [sign.words for sign in signs if sign.nats <= 0]
    return Evidence(source, target, sum(sign.nats for sign in signs), tuple(reasons), tuple(doubts))
