"""What can be seen of a unit among the others of its memory: one number a cue and unit.

Likeness is that of the encoder, with what any two texts of the memory share taken off. A pair is compared with
all others of its block: a translation is liker than any other target, and its neighbours do not fit better. The
order of the units counts: texts that slipped by one stand beside their translation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from align.aligner.numbers import numbers
from align.aligner.sides import ending_of, opening_of, size_of
from align.aligner.surface import letter_bags
from align.memory.scoring.words import Words

if TYPE_CHECKING:
    from align.encoder.protocol import SpanEncoder

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]

_NOBODY: Final = -1.0
"""Likeness of a pair that does not count."""
_SMOOTH: Final = 3.0
"""Letters added to lengths, so that one word more or less is little."""


def evidence(sources: Sequence[str], targets: Sequence[str], encoder: SpanEncoder) -> Mapping[str, Floats]:
    """All cues of a block of units, in the order of the memory.

    Args:
        sources: source texts, at least two.
        targets: target texts, as many.
        encoder: embeds texts.

    Returns:
        Arrays of shape ``(len(sources),)`` by the name of the cue, always finite.
    """
    sums = encoder.encode_sums(sources), encoder.encode_sums(targets)
    found = {
        **_likeness(sums, _alike(sources, targets)),
        **_neighbours(sums),
        **_lengths(sources, targets),
        **_surface(sources, targets),
        **Words.of(sources, targets, encoder).evidence(sums),
    }
    return MappingProxyType(found)


def _alike(sources: Sequence[str], targets: Sequence[str]) -> list[list[int]]:
    """Groups of units with the same source or the same target: none of them is the other's rival."""
    groups: dict[tuple[int, str], list[int]] = {}
    for side, texts in enumerate((sources, targets)):
        for at, text in enumerate(texts):
            groups.setdefault((side, text), []).append(at)
    return [group for group in groups.values() if len(group) > 1]


def unit_length(vectors: Floats32) -> Floats32:
    """Rows of length 1, or zero."""
    made: Floats32 = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return made


def robust(values: Floats, least: float) -> tuple[float, float]:
    """Median, and the standard deviation that the median distance from it stands for, at least `least`."""
    middle = float(np.median(values))
    return middle, max(float(np.median(np.abs(values - middle))) * 1.4826, least)


def _likeness(sums: tuple[Floats32, Floats32], alike: list[list[int]]) -> dict[str, Floats]:
    first, second = unit_length(sums[0]), unit_length(sums[1])
    usual = ((first @ second.mean(axis=0))[:, None] + (second @ first.mean(axis=0))[None, :]) / 2
    like = (1 - (1 - first @ second.T) / np.maximum(1 - usual, 0.1)).astype(np.float64)
    own = like.diagonal().copy()
    np.fill_diagonal(like, _NOBODY)
    for group in alike:
        like[np.ix_(group, group)] = _NOBODY
    middle, spread = robust(own, 0.02)
    # What both units would gain if they exchanged their targets; the best partner counts.
    exchange = (like + like.T - own[:, None] - own[None, :]).max(axis=1)
    before, after = _beside(like)
    return {
        "likeness": own,
        "likeness_usual": np.clip((own - middle) / spread, -6, 2),
        "lead_of_source": own - like.max(axis=1),
        "lead_of_target": own - like.max(axis=0),
        "exchange": np.clip(exchange, -2, 2),
        "neighbour_targets": own - before,
        "neighbour_sources": own - after,
    }


def _beside(like: Floats) -> tuple[Floats, Floats]:
    """Likeness of each source to the better of the targets beside its own, and of each target to the sources."""
    count = len(like)
    upper, lower = like.diagonal(1), like.diagonal(-1)
    targets, sources = np.full(count, _NOBODY), np.full(count, _NOBODY)
    targets[:-1], targets[1:] = np.maximum(targets[:-1], upper), np.maximum(targets[1:], lower)
    sources[1:], sources[:-1] = np.maximum(sources[1:], upper), np.maximum(sources[:-1], lower)
    return targets, sources


def _neighbours(sums: tuple[Floats32, Floats32]) -> dict[str, Floats]:
    """What a unit gains when a neighbour's text is taken off one side, or added to it."""
    means = tuple(unit_length(each).mean(axis=0) for each in sums)
    base = _cosine(sums[0], sums[1], means)
    off, on = np.full(len(base), _NOBODY), np.full(len(base), _NOBODY)
    for step in (1, -1):
        first, second = (_shifted(each, step) for each in sums)
        off = np.maximum(off, _cosine(sums[0], sums[1] - second, means) - base)
        off = np.maximum(off, _cosine(sums[0] - first, sums[1], means) - base)
        on = np.maximum(on, _cosine(sums[0], sums[1] + second, means) - base)
        on = np.maximum(on, _cosine(sums[0] + first, sums[1], means) - base)
    return {"cosine": base, "without_neighbour": np.clip(off, -1, 1), "with_neighbour": np.clip(on, -1, 1)}


def _shifted(rows: Floats32, step: int) -> Floats32:
    moved = np.zeros_like(rows)
    if step > 0:
        moved[:-step] = rows[step:]
    else:
        moved[-step:] = rows[:step]
    return moved


def _cosine(first: Floats32, second: Floats32, means: tuple[Floats32, ...]) -> Floats:
    left, right = unit_length(first) - means[0], unit_length(second) - means[1]
    norms = np.maximum(np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1), 1e-9)
    cosine: Floats = ((left * right).sum(axis=1) / norms).astype(np.float64)
    return cosine


def _lengths(sources: Sequence[str], targets: Sequence[str]) -> dict[str, Floats]:
    """How far the ratio of lengths is from that of the memory."""
    first, second = (np.array([size_of(text) for text in side]) for side in (sources, targets))
    logs = np.log((second + _SMOOTH) / (first + _SMOOTH))
    middle, spread = robust(logs, 0.05)
    off = (logs - middle) / spread
    return {
        "length_unusual": np.minimum(off**2, 36) / 10,
        "too_short": np.clip(-off, 0, 6),
        "too_long": np.clip(off, 0, 6),
        "length_ratio": np.abs(logs - middle),
        "size": np.log(np.minimum(first, second)),
    }


def _surface(sources: Sequence[str], targets: Sequence[str]) -> dict[str, Floats]:
    """Names, numbers, how the texts begin and end."""
    bags = letter_bags(sources, targets)
    letters = (unit_length(bags[0]) * unit_length(bags[1])).sum(axis=1).astype(np.float64)
    counts = [(Counter(numbers(a)), Counter(numbers(b))) for a, b in zip(sources, targets, strict=True)]
    shared = [float((a & b).total()) for a, b in counts]
    lone = [float((a - b).total() + (b - a).total()) for a, b in counts]
    pairs = list(zip(sources, targets, strict=True))
    return {
        "letters": letters,
        "shared_numbers": np.minimum(shared, 3.0),
        "lone_numbers": np.minimum(lone, 4.0),
        "ending": np.array([float(ending_of(a) != ending_of(b)) for a, b in pairs]),
        "opening": np.array([float(opening_of(a) != opening_of(b)) for a, b in pairs]),
    }
