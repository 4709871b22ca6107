"""What an alignment says about two documents as wholes: do they translate each other, and is a part missing?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from align.types import Alignment, Segmented

_FEW: Final = 0.55
"""Expected share of paired sentences below which two texts hardly translate each other."""
_LITTLE: Final = 0.15
"""Share of all sentences below which a stretch that pairs up may be chance."""
_LITTLE_AT_LEAST: Final = 20
_SURE: Final = 0.5
"""Confidence from which a pair speaks against a missing part."""
_LOSS: Final = 4.0
"""How many sentences without a counterpart one pair inside a missing part outweighs."""
_LEAST: Final = 12
_LEAST_SHARE: Final = 0.1
"""A missing part is reported from so many sentences on that are so great a share of their side."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences of one side, from `start` to before `stop`, that have next to no counterpart."""

    start: int
    stop: int


def remarks(result: Alignment) -> list[str]:
    """Warnings about an alignment as a whole, a line each; none where all is well.

    A long stretch of one side without counterparts is a missing part. What remains must pair up: where it does not,
    these are no translations of each other, or hardly.
    """
    ids = [side.document.id for side in (result.source, result.target)]
    missing = [_missing(result, at) for at in (0, 1)]
    left = [side.sentences for side in (result.source, result.target)]
    counted = sum(map(len, left)) - sum(part.stop - part.start for parts in missing for part in parts)
    paired = sum(len(bead.source + bead.target) * bead.confidence for bead in result.beads if not bead.is_null)
    everything = sum(map(len, left))
    chance = counted < everything and counted < max(_LITTLE * everything, _LITTLE_AT_LEAST)
    if paired < _FEW * counted or chance:
        share = paired / max(everything, 1)
        doubt = "these may not be translations of each other"
        return [f"{ids[0]} and {ids[1]}: only {share:.0%} of the sentences pair up; {doubt}"]
    return [
        f"{ids[at]}: {_named(part, side)} {'have' if part.stop - part.start > 1 else 'has'} no counterpart in "
        f"{ids[1 - at]}"
        for at, side in enumerate((result.source, result.target))
        for part in missing[at]
    ]


def _named(part: Stretch, side: Segmented) -> str:
    count, whole = part.stop - part.start, len(side.sentences)
    if part.start == 0:
        return f"the first {count} of {whole} sentences"
    if part.stop == whole:
        return f"the last {count} of {whole} sentences"
    return f"sentences {part.start + 1} to {part.stop} of {whole}"


def _missing(result: Alignment, side: int) -> list[Stretch]:
    """Long stretches of one side that are left alone, a chance pair here and there not counted."""
    values = _values(result, side)
    least = max(_LEAST, _LEAST_SHARE * len(values))
    found: list[Stretch] = []
    start, total, best, stop = 0, 0.0, 0.0, 0
    for at, value in enumerate([*values, -float("inf")]):
        total += value
        if total > best:
            best, stop = total, at + 1
        if total < 0 or best - total > least:
            if best >= least:
                found.append(Stretch(start, stop))
            start, total, best, stop = at + 1, 0.0, 0.0, 0
    return found


def _values(result: Alignment, side: int) -> list[float]:
    """1 for each sentence of a side that is left alone, less than nothing for a pair, 0 for what is of the page."""
    document = (result.source, result.target)[side]
    values = [0.0] * len(document.sentences)
    page = {at for at, each in enumerate(document.document.paragraphs) if each.is_metadata}
    for bead in result.beads:
        value = 1.0 if bead.is_null else -_LOSS if bead.confidence >= _SURE else 0.0
        for at in (bead.source, bead.target)[side]:
            values[at] = value
    for at, sentence in enumerate(document.sentences) if page else ():
        if sentence.paragraph in page:
            values[at] = 0.0
    return values
