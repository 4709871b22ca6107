"""`Aligner`: two cut documents in, beads with confidences out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from align import splitter
from align.aligner.decoding import Cell, Path
from align.aligner.lattice import LONGEST
from align.aligner.local import Known
from align.aligner.moves import Move, find_moves
from align.aligner.parts import Part
from align.aligner.pins import SURE, Pins, align_around, checked, window
from align.aligner.scoring import Weights, shipped_weights
from align.aligner.search import cells_about, known_of, search
from align.encoder import load_encoder
from align.encoder.protocol import Encoder
from align.errors import EmptyDocumentError
from align.types import Alignment, Bead, Document, Paragraph, Segmented, Sentence
from align.version import version

VERSION: Final = 8
"""Grows whenever the same input may give other beads; part of signatures."""

Side = Segmented | Document | Sequence[str]


@dataclass(frozen=True, slots=True)
class Aligner:
    """Aligns sentences of two languages.

    Attributes:
        encoder: embeds sentences; the shipped model if not given.
        weights: weights of the cues; the shipped ones if not given.

    Example:
        >>> result = Aligner().align(["Добрый день.", "Спасибо."], ["Good afternoon.", "Thank you."])
        >>> [(bead.source, bead.target) for bead in result.beads]
        [((0,), (0,)), ((1,), (1,))]
    """

    encoder: Encoder | None = None
    weights: Weights | None = None

    def align(self, source: Side, target: Side, *, pins: Sequence[Bead] = ()) -> Alignment:
        """Align two documents.

        Args:
            source: a cut document; or a document, which is cut first; or sentences.
            target: the same of the other language.
            pins: beads that a person says are right, nulls among them; they are honoured exactly.

        Returns:
            Beads that hold every sentence of both sides exactly once, in order. `Bead.confidence` is the
            probability that exactly this bead is right, calibrated on two-sided beads of human gold; a pin has 1.

        Raises:
            EmptyDocumentError: a side holds no sentence.
            ModelError: the encoder cannot embed.
            PinError: the pins cannot all hold.
            TypeError: a side is a string; see `align.align_texts`.
        """
        encoder, weights = self._parts()
        first, second = _segmented(source, "source"), _segmented(target, "target")
        held = checked(pins, len(first.sentences), len(second.sentences))
        # Between two pins there is too little to learn from: what is known of the whole holds there too.
        known = known_of(first, second, encoder, weights) if held.pairs else None
        beads, known = _around(first, second, held, _Means(encoder, weights, known))
        return Alignment(first, second, beads, _signature(encoder, weights, first, second), known)

    def realign(self, result: Alignment, pins: Sequence[Bead]) -> Alignment:
        """Correct an alignment: make new pins hold, and align anew only what lies around them.

        What a person pinned before (confidence 1) stays, unless a new pin contradicts it.

        Args:
            result: an alignment in order, as `align` gives.
            pins: beads that a person says are right.

        Raises:
            ModelError: the encoder cannot embed.
            PinError: the pins cannot all hold, or `result` is not in order.
        """
        encoder, weights = self._parts()
        checked(pins, len(result.source.sentences), len(result.target.sentences))
        own = result.signature == _signature(encoder, weights, result.source, result.target)
        known = result.learnt if own and isinstance(result.learnt, Known) else None
        means, beads = _Means(encoder, weights, known), result.beads
        for pin in pins:
            beads = _replaced(beads, pin, lambda part, held: _inside(result, part, held, means))
        return replace(result, beads=beads)

    def moves(self, result: Alignment) -> tuple[Move, ...]:
        """Blocks that stand elsewhere in the translation: both their places were left alone.

        Args:
            result: an alignment in order; `align.aligner.moves.with_moves` pairs the blocks in it.

        Raises:
            ModelError: the encoder cannot embed.
        """
        encoder, weights = self._parts()
        means = _Means(encoder, weights, cells=cells_about(result.source, result.target))

        def align(source: tuple[int, int], target: tuple[int, int]) -> Sequence[Bead]:
            part = Part((source[0], target[0]), (source[1], target[1]))
            return _inside(result, part, (), means)

        return find_moves(result, align, encoder)

    def _parts(self) -> tuple[Encoder, Weights]:
        return self.encoder or load_encoder(), self.weights or shipped_weights()


@dataclass(frozen=True, slots=True)
class _Means:
    """What stretches of two documents are aligned with.

    Attributes:
        encoder: embeds their sentences.
        weights: what counts.
        known: of the documents; None where each stretch is to find out for itself.
        cells: of all parts of the documents.
    """

    encoder: Encoder
    weights: Weights
    known: Known | None = None
    cells: int = 0


def _around(
    source: Segmented, target: Segmented, pins: Pins, means: _Means, origin: Cell = (0, 0)
) -> tuple[tuple[Bead, ...], Known | None]:
    """The beads of two stretches that begin at `origin`, in their own indices, and what is known of their documents."""
    known = means.known

    def find(left: Segmented, right: Segmented, start: Cell) -> Path:
        nonlocal known
        begin = origin[0] + start[0], origin[1] + start[1]
        path, known = search(
            left, right, means.encoder, means.weights, cells=means.cells, known=means.known, origin=begin
        )
        return path

    return tuple(align_around(source, target, pins, find, means.weights.confidence)), known


def _inside(whole: Alignment, part: Part, pins: Sequence[Bead], means: _Means) -> tuple[Bead, ...]:
    """The beads of a rectangle of the lattice, with the indices of the whole."""
    down, right = part.start
    source, target = part.sides(whole.source, whole.target)
    near = [_shifted(pin, -down, -right) for pin in pins]
    held = checked(near, len(source.sentences), len(target.sentences))
    found, _ = _around(source, target, held, means, part.start)
    return tuple(_shifted(bead, down, right) for bead in found)


def _replaced(
    beads: tuple[Bead, ...], pin: Bead, align: Callable[[Part, Sequence[Bead]], tuple[Bead, ...]]
) -> tuple[Bead, ...]:
    """The beads with a pin among them, made anew around it."""
    start, stop = window(beads, pin)
    part = Part(_done(beads[:start]), _done(beads[:stop]))
    held = [bead for bead in beads[start:stop] if bead.confidence >= SURE and not _clash(bead, pin)]
    return (*beads[:start], *align(part, [*held, pin]), *beads[stop:])


def _done(beads: Sequence[Bead]) -> tuple[int, int]:
    """How many sentences of each side lie in beads that come first."""
    return sum(len(bead.source) for bead in beads), sum(len(bead.target) for bead in beads)


def _clash(bead: Bead, pin: Bead) -> bool:
    """Whether two beads share a sentence or cross."""
    if set(bead.source) & set(pin.source) or set(bead.target) & set(pin.target):
        return True
    if bead.is_null or pin.is_null:
        return False
    return (bead.source[0] < pin.source[0]) != (bead.target[0] < pin.target[0])


def _shifted(bead: Bead, down: int, right: int) -> Bead:
    source, target = tuple(at + down for at in bead.source), tuple(at + right for at in bead.target)
    return Bead(source, target, bead.confidence)


def _segmented(side: Side, name: str) -> Segmented:
    if isinstance(side, Document):
        side = splitter.split(side)
    elif isinstance(side, str):
        raise TypeError("Aligner.align takes sentences or documents; for running text there is align.align_texts")
    elif not isinstance(side, Segmented):
        side = from_sentences(side, name)
    if not side.sentences:
        raise EmptyDocumentError(f"{side.document.id}: no sentence to align")
    return side


def from_sentences(sentences: Sequence[str], name: str, lang: str = "und") -> Segmented:
    """A document of sentences that are already cut, one a line."""
    stops = np.cumsum([len(sentence) + 1 for sentence in sentences]).tolist() if sentences else []
    spans = [(stop - 1 - len(sentence), stop - 1) for sentence, stop in zip(sentences, stops, strict=True)]
    document = Document(name, lang, "\n".join(sentences), tuple(Paragraph(*span) for span in spans))
    cut = tuple(Sentence(*span, at, text) for at, (span, text) in enumerate(zip(spans, sentences, strict=True)))
    return Segmented(document, cut)


def _signature(encoder: Encoder, weights: Weights, source: Segmented, target: Segmented) -> str:
    cutters = (side.splitter or splitter.signature(side.document.lang) for side in (source, target))
    cuts = ",".join(dict.fromkeys(cutters))
    return (
        f"align {version()} | aligner {VERSION}@{weights.name} | model {encoder.name} | split {cuts} | beads ≤{LONGEST}"
    )
