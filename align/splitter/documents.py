"""Cutting a whole document: each paragraph on its own, metadata never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.splitter.cutting import sentence_spans
from align.types import Segmented, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpora.document import Document, Paragraph


def split(document: Document, cutter: Callable[[str], list[tuple[int, int]]] | None = None) -> Segmented:
    """Cut a document into sentences.

    Each paragraph is cut by itself, so no sentence crosses a paragraph's edge; a paragraph of
    metadata (time, number, separator, furniture) is one sentence. Empty paragraphs have none.

    Args:
        document: the text with its paragraphs; ``document.lang`` chooses the rules.
        cutter: cuts a paragraph instead of our rules: a function from its text to ``(start, stop)`` offsets,
            such as `align.splitter.punkt.load_punkt` gives.

    Returns:
        The sentences in order; offsets point into `Document.text`.

    Warns:
        ToolkitWarning: once for a language without a data file: general rules are used.
    """
    sentences = [
        Sentence(start, stop, index, document.text[start:stop])
        for index, paragraph in enumerate(document.paragraphs)
        for start, stop in _paragraph_spans(document, paragraph, cutter)
    ]
    return Segmented(document, tuple(sentences))


def split_lines(document: Document) -> Segmented:
    """Take every paragraph, also an empty one, as one sentence: for texts that are already cut."""
    sentences = [
        Sentence(paragraph.start, paragraph.stop, index, document.text[paragraph.start : paragraph.stop])
        for index, paragraph in enumerate(document.paragraphs)
    ]
    return Segmented(document, tuple(sentences))


def _paragraph_spans(
    document: Document, paragraph: Paragraph, cutter: Callable[[str], list[tuple[int, int]]] | None
) -> list[tuple[int, int]]:
    """Spans of one paragraph's sentences, as offsets into the document's text."""
    if paragraph.start >= paragraph.stop:
        return []
    if paragraph.is_metadata:
        return [(paragraph.start, paragraph.stop)]
    text = document.text[paragraph.start : paragraph.stop]
    offset = paragraph.start
    spans = sentence_spans(text, document.lang) if cutter is None else cutter(text)
    return [(offset + start, offset + stop) for start, stop in spans]
