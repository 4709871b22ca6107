"""A cut document in a few arrays: what one process sends another in little time."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from align.types import Document, Paragraph, Segmented, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.document import Kind


@dataclass(frozen=True, slots=True)
class Packed:
    """A cut document.

    Attributes:
        id: of the document.
        lang: its language.
        text: its text.
        metadata: what else is known of it.
        splitter: what cut it.
        labels: the kinds of its paragraphs, each with the reason for it, once each.
        paragraphs: start, stop and label of each paragraph.
        sentences: start, stop and paragraph of each sentence.
    """

    id: str
    lang: str
    text: str
    metadata: dict[str, str]
    splitter: str
    labels: tuple[tuple[Kind, str], ...]
    paragraphs: tuple[array[int], array[int], array[int]]
    sentences: tuple[array[int], array[int], array[int]]


def pack(cut: Segmented) -> Packed:
    """Put a cut document into arrays; each sentence must say what the text says at its place."""
    document, sentences = cut.document, cut.sentences
    labels: dict[tuple[Kind, str], int] = {}
    label = array("q", (labels.setdefault((each.kind, each.reason), len(labels)) for each in document.paragraphs))
    return Packed(
        document.id,
        document.lang,
        document.text,
        dict(document.metadata),
        cut.splitter,
        tuple(labels),
        (
            array("q", (each.start for each in document.paragraphs)),
            array("q", (each.stop for each in document.paragraphs)),
            label,
        ),
        (
            array("q", (each.start for each in sentences)),
            array("q", (each.stop for each in sentences)),
            array("q", (each.paragraph for each in sentences)),
        ),
    )


def unpack(packed: Packed) -> Segmented:
    """The cut document again."""
    text, labels = packed.text, packed.labels
    paragraphs = tuple(
        Paragraph(start, stop, *labels[label]) for start, stop, label in zip(*packed.paragraphs, strict=True)
    )
    sentences = tuple(_sentences(packed, paragraphs))
    document = Document(packed.id, packed.lang, text, paragraphs, MappingProxyType(packed.metadata))
    return Segmented(document, sentences, packed.splitter)


def _sentences(packed: Packed, paragraphs: tuple[Paragraph, ...]) -> Iterator[Sentence]:
    text = packed.text
    for start, stop, paragraph in zip(*packed.sentences, strict=True):
        around = paragraphs[paragraph]
        if around.start == start and around.stop == stop:  # the very same numbers: a million of them take 64 MB
            yield Sentence(around.start, around.stop, paragraph, text[start:stop])
        else:
            yield Sentence(start, stop, paragraph, text[start:stop])
