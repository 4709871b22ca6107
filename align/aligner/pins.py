"""Pins: beads that a person says are right. They hold exactly, and the rest is aligned around them.

A two-sided pin parts the lattice: what comes before it on one side can only go with what comes before it on the
other. Between two pins the search runs as if that were all there is. A pinned null does not part the other side; its
sentence is made one that no bead may hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from align.aligner.decoding import Cell, Path
from align.errors import PinError
from align.types import Bead, Document, Kind, Paragraph, Segmented

SURE: Final = 1.0
"""Confidence of a pin; nothing that is computed gets so much."""

_CONTEXT: Final = 60
"""Sentences before and after a new pin that are aligned anew."""
_FIRM: Final = 0.9
"""Confidence of a bead that the new alignment may begin or end at."""

Search = Callable[[Segmented, Segmented, Cell], Path]
"""Aligns two stretches of one sentence a side at least, which begin at a cell of the whole."""

# Blank sentences of a kind pair only with blank ones of the same kind, and no blank line is of these.
_ALONE: Final[tuple[Kind, Kind]] = ("footnote", "turn")


@dataclass(frozen=True, slots=True)
class Pins:
    """Checked pins: the two-sided ones in order, and the sentences that are to stay alone."""

    pairs: tuple[Bead, ...]
    alone: tuple[frozenset[int], frozenset[int]]


def checked(pins: Sequence[Bead], source: int, target: int) -> Pins:
    """Check that pins can all hold in one alignment of `source` and `target` sentences.

    Raises:
        PinError: they name sentences that are not there, hold a sentence twice, skip sentences, or cross.
    """
    for side, count in ((0, source), (1, target)):
        _check_side([(bead.source, bead.target)[side] for bead in pins], count, ("source", "target")[side])
    pairs = sorted((bead for bead in pins if not bead.is_null), key=lambda bead: bead.source[0])
    for first, second in pairwise(pairs):
        if second.target[0] < first.target[-1]:
            raise PinError(f"pins cross: {_named(first)} and {_named(second)}; an alignment goes forward on both sides")
    alone = (
        frozenset(at for bead in pins if not bead.target for at in bead.source),
        frozenset(at for bead in pins if not bead.source for at in bead.target),
    )
    return Pins(tuple(Bead(bead.source, bead.target, SURE) for bead in pairs), alone)


def _check_side(spans: Sequence[tuple[int, ...]], count: int, name: str) -> None:
    seen: set[int] = set()
    for span in spans:
        if span and span != tuple(range(span[0], span[-1] + 1)):
            raise PinError(f"a pin skips {name} sentences: {_numbers(span)}; a bead holds neighbours")
        if span and not 0 <= span[0] <= span[-1] < count:
            raise PinError(f"a pin names {name} sentence {span[-1]}, but there are {count}, counted from 0")
        if seen.intersection(span):
            raise PinError(f"{name} sentence {min(seen.intersection(span))} is in two pins")
        seen.update(span)


def _named(bead: Bead) -> str:
    return f"{_numbers(bead.source)}–{_numbers(bead.target)}"


def _numbers(span: tuple[int, ...]) -> str:
    return ",".join(map(str, span))


def align_around(
    source: Segmented, target: Segmented, pins: Pins, search: Search, confidence: Callable[[float], float]
) -> Iterator[Bead]:
    """Align what lies between the pins.

    Args:
        source: the source document.
        target: the target document.
        pins: what holds.
        search: aligns two stretches of them.
        confidence: makes a confidence of a posterior.

    Yields:
        All beads in order; those of pins have the confidence `SURE`.
    """
    has_alone = any(pins.alone)
    first, second = _hidden(source, pins.alone[0], 0), _hidden(target, pins.alone[1], 1)
    start: Cell = (0, 0)
    for pin in (*pins.pairs, None):
        stop = (pin.source[0], pin.target[0]) if pin else (len(source.sentences), len(target.sentences))
        part = replace(first, sentences=first.sentences[start[0] : stop[0]])
        across = replace(second, sentences=second.sentences[start[1] : stop[1]])
        for left, right, certain in _path(part, across, start, search).moved(*start).beads():
            fixed = has_alone and pins.alone[0].issuperset(left) and pins.alone[1].issuperset(right)
            yield Bead(left, right, SURE if fixed else confidence(certain))
        if pin:
            yield pin
            start = (pin.source[-1] + 1, pin.target[-1] + 1)


def _path(source: Segmented, target: Segmented, start: Cell, search: Search) -> Path:
    down, right = len(source.sentences), len(target.sentences)
    if down and right:
        return search(source, target, start)
    # One side is empty: there is one alignment.
    return Path([(min(at, down), min(at, right)) for at in range(max(down, right) + 1)], [1.0] * max(down, right))


def _hidden(side: Segmented, alone: frozenset[int], which: int) -> Segmented:
    """The side with some sentences made such that no bead may hold them."""
    if not alone:
        return side
    document = side.document
    hidden = Paragraph(0, 0, _ALONE[which], "pinned")
    marked = Document(document.id, document.lang, document.text, (*document.paragraphs, hidden), document.metadata)
    blank = len(document.paragraphs)
    sentences = tuple(
        replace(sentence, text="", paragraph=blank) if at in alone else sentence
        for at, sentence in enumerate(side.sentences)
    )
    return Segmented(marked, sentences)


def window(beads: Sequence[Bead], pin: Bead) -> tuple[int, int]:
    """Which beads of an alignment to make anew for a pin.

    Args:
        beads: the alignment, a partition in order.
        pin: what is to hold.

    Returns:
        Indices of the first bead, and of the bead after the last: all that touch the pin, and some more on
        either side, from one firm bead to another.
    """
    touching = [
        at for at, bead in enumerate(beads) if set(bead.source) & set(pin.source) or set(bead.target) & set(pin.target)
    ]
    return _outward(beads, touching[0], -1), _outward(beads, touching[-1], 1) + 1


def _outward(beads: Sequence[Bead], at: int, step: int) -> int:
    """The last bead to make anew, walking away from a pin."""
    passed = 0
    while 0 <= at + step < len(beads):
        bead = beads[at + step]
        if passed >= _CONTEXT and not bead.is_null and bead.confidence >= _FIRM:
            break
        passed += max(len(bead.source), len(bead.target))
        at += step
    return at
