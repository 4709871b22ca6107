"""`Aligner`: two cut documents in, beads with confidences out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from align import splitter
from align.aligner.lattice import LONGEST
from align.aligner.scoring import Weights, shipped_weights
from align.aligner.search import search
from align.encoder import load_encoder
from align.encoder.protocol import Encoder
from align.errors import EmptyDocumentError
from align.types import Alignment, Bead, Document, Paragraph, Segmented, Sentence
from align.version import version

VERSION: Final = 2
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

    def align(self, source: Side, target: Side) -> Alignment:
        """Align two documents.

        Args:
            source: a cut document; or a document, which is cut first; or sentences.
            target: the same of the other language.

        Returns:
            Beads that hold every sentence of both sides exactly once, in order. `Bead.confidence` is the
            probability that exactly this bead is right, calibrated on two-sided beads of human gold.

        Raises:
            EmptyDocumentError: a side holds no sentence.
            ModelError: the encoder cannot embed.
            TypeError: a side is a string; see `align.align_texts`.
        """
        encoder = self.encoder or load_encoder()
        weights = self.weights or shipped_weights()
        first, second = _segmented(source, "source"), _segmented(target, "target")
        path = search(first, second, encoder, weights)
        beads = tuple(Bead(left, right, weights.confidence(certain)) for left, right, certain in path.beads())
        return Alignment(first, second, beads, _signature(encoder, weights, first, second))


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
