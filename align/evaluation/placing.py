"""Finding the gold's sentences in texts that were cut by somebody else, or that name no sentences.

A translation memory holds texts, not sentence numbers, and a result from running text has a cut of its own.
Their beads are right when their texts are exactly those of a gold bead, so each text is looked up among all
runs of the gold's sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from align.errors import FormatError
from align.evaluation.documents import Annotated, UnitTexts
from align.types import Bead

_LONGEST: Final = 12
"""Most sentences that a text is looked for in."""


def placed(system: Annotated, gold: Annotated) -> Annotated:
    """The system's units, or its beads over sentences of another cut, as beads over the gold's sentences.

    White space does not matter, nor does what joins two sentences. A text that occurs several times is
    taken where it comes next. A unit with a text that is no run of sentences becomes a bead of sentences
    that do not exist: it counts as one of ours, and is never right.

    Raises:
        FormatError: the gold has no sentences to look in.
    """
    if system.units is None:
        return system if _cut_alike(system, gold) else placed(_as_units(system), gold)
    if not gold.source or not gold.target:
        raise FormatError("a memory can only be compared with gold that holds the sentences, not just their numbers")
    finders = _Finder(gold.source), _Finder(gold.target)
    beads = tuple(_bead(unit, finders, -1 - number) for number, unit in enumerate(system.units))
    return replace(system, beads=beads, units=None)


def _cut_alike(system: Annotated, gold: Annotated) -> bool:
    """Whether sentence numbers mean the same; a file without sentences is taken to count as the gold does."""
    return all(
        not ours or not theirs or list(map(_key, ours)) == list(map(_key, theirs))
        for ours, theirs in ((system.source, gold.source), (system.target, gold.target))
    )


def _as_units(system: Annotated) -> Annotated:
    """The beads of another cut as bare texts; nulls are left out, for they say nothing about the gold's."""
    units = tuple(
        (
            " ".join(system.source[at] for at in bead.source),
            " ".join(system.target[at] for at in bead.target),
            bead.confidence,
        )
        for bead in system.beads
        if not bead.is_null
    )
    return replace(system, beads=(), units=units)


def _bead(unit: UnitTexts, finders: tuple[_Finder, _Finder], nowhere: int) -> Bead:
    source, target = finders[0].find(unit[0]), finders[1].find(unit[1])
    return Bead(source or (nowhere,), target or (nowhere,), unit[2])


class _Finder:
    """Looks texts up among runs of sentences, going forward."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._next = 0
        keys = [_key(sentence) for sentence in sentences]
        for start in range(len(keys)):
            for stop in range(start + 1, min(start + _LONGEST, len(keys)) + 1):
                self._places.setdefault("".join(keys[start:stop]), []).append((start, stop))

    def find(self, text: str) -> tuple[int, ...]:
        """Indices of the sentences, or nothing."""
        found = self._places.get(_key(text))
        if not found:
            return ()
        start, stop = next((place for place in found if place[0] >= self._next), found[0])
        self._next = stop
        return tuple(range(start, stop))


def _key(text: str) -> str:
    return "".join(text.split())
