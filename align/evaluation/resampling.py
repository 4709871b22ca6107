"""How far a score may be luck: bootstrap intervals, and significance of a difference.

Both resample blocks of neighbouring beads, since errors of an aligner come in clusters and beads are no
independent draws; a block never reaches over the end of a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_SEED: Final = 20_000
_LEVEL: Final = 95
"""Per cent of the resamples that an interval holds."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % percentile bootstrap interval (Efron & Tibshirani 1993, chapter 13).

    Attributes:
        low: lower end.
        high: upper end.
        samples: resamples drawn.
        blocks: blocks of beads there were to draw from.
    """

    low: float
    high: float
    samples: int
    blocks: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one system is than another on the same gold.

    Attributes:
        value: F1 of the first minus F1 of the second.
        interval: of the paired bootstrap (Koehn 2004).
        p: probability of so large a difference, either way, between systems that are equally good:
            approximate randomisation (Riezler & Maxwell 2005).
    """

    value: float
    interval: Interval
    p: float


def interval(blocks: Floats, samples: int) -> Interval:
    """Bootstrap the F1 of a system.

    Args:
        blocks: right, ours, found and gold of each block, shape ``(n, 4)``.
        samples: resamples to draw.
    """
    import numpy as np

    drawn = f1(_resampled(blocks[None], samples))[:, 0]
    low, high = np.percentile(drawn, [(100 - _LEVEL) / 2, (100 + _LEVEL) / 2])
    return Interval(float(low), float(high), samples, len(blocks))


def difference(first: Floats, second: Floats, samples: int) -> Difference:
    """Compare two systems on the same blocks of gold.

    Args:
        first: counts of the first system, shape ``(n, 4)``.
        second: counts of the second system, the same shape.
        samples: resamples and shufflings to draw.
    """
    import numpy as np

    both = np.stack([first, second])
    drawn = f1(_resampled(both, samples))
    spread = drawn[:, 0] - drawn[:, 1]
    low, high = np.percentile(spread, [(100 - _LEVEL) / 2, (100 + _LEVEL) / 2])
    value = _gap(both.sum(axis=1))
    swapped = np.random.default_rng(_SEED).integers(0, 2, (samples, len(first))) == 1
    luck = [abs(_gap(np.where(swap[None, :, None], both[::-1], both).sum(axis=1))) for swap in swapped]
    # One is added for the arrangement that was observed (Davison & Hinkley 1997).
    p = (1 + sum(each >= abs(value) - 1e-12 for each in luck)) / (samples + 1)
    return Difference(value, Interval(float(low), float(high), samples, len(first)), p)


def _gap(counts: Floats) -> float:
    scores = f1(counts[None])
    return float(scores[0, 0] - scores[0, 1])


def _resampled(systems: Floats, samples: int) -> Floats:
    """Summed counts of each resample: ``(systems, n, 4)`` to ``(samples, systems, 4)``."""
    import numpy as np

    count = systems.shape[1]
    rng = np.random.default_rng(_SEED)
    # How often each block is drawn; sums are then one product.
    drawn = rng.multinomial(count, np.full(count, 1 / count), size=samples)
    summed: Floats = np.einsum("sn,mnk->smk", drawn, systems)
    return summed


def f1(counts: Floats) -> Floats:
    """F1 of counts ``(…, 4)``: right, ours, found, gold; 0 where there was nothing to count."""
    import numpy as np

    precision = np.divide(counts[..., 0], counts[..., 1], out=np.zeros(counts.shape[:-1]), where=counts[..., 1] > 0)
    recall = np.divide(counts[..., 2], counts[..., 3], out=np.zeros(counts.shape[:-1]), where=counts[..., 3] > 0)
    both = precision + recall
    scores: Floats = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return scores
