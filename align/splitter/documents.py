"""Cutting a whole document: each paragraph on its own, metadata never."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from align.splitter.cutting import sentence_spans
from align.types import Segmented, Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from align.splitter.srx import Srx
    from corpora.document import Document, Paragraph

Cutter = Callable[[str], list[tuple[int, int]]]
"""Cuts one paragraph: from its text to the ``(start, stop)`` offsets of its sentences."""


def split(document: Document, cutter: Cutter | None = None, *, srx: Srx | str | Path | None = None) -> Segmented:
    """Cut a document into sentences.

    Each paragraph is cut by itself, so no sentence crosses a paragraph's edge; a paragraph of
    metadata (time, number, separator, furniture) is one sentence. Empty paragraphs have none.

    Args:
        document: the text with its paragraphs; ``document.lang`` chooses the rules.
        cutter: cuts a paragraph instead of our rules, such as `align.splitter.punkt.load_punkt` gives.
        srx: segmentation rules to cut by instead of ours: an SRX file or what `read_srx` made of one.

    Returns:
        The sentences in order; offsets point into `Document.text`.

    Raises:
        ReadError: the SRX file cannot be read.
        FormatError: it holds no segmentation rules, or some that cannot be used; names ``path:line``.

    Warns:
        ToolkitWarning: once for a language without a data file: general rules are used; or without a
            map in the SRX file: paragraphs stay whole.
    """
    cut = cutter or partial(sentence_spans, lang=document.lang)
    name = str(getattr(cutter, "signature", ""))
    if srx is not None:
        cut, name = _by_srx(document, srx)
    sentences = [
        Sentence(start, stop, index, document.text[start:stop])
        for index, paragraph in enumerate(document.paragraphs)
        for start, stop in _paragraph_spans(document, paragraph, cut)
    ]
    return Segmented(document, tuple(sentences), name)


def _by_srx(document: Document, srx: Srx | str | Path) -> tuple[Cutter, str]:
    """What cuts a document by SRX rules, and its name in signatures."""
    from align.splitter.srx import Clock, Srx, cutter, read_srx

    rules = srx if isinstance(srx, Srx) else read_srx(srx)
    clock = Clock(len(document.text))  # one for the whole document, so that its time is bounded
    return partial(cutter(rules, document.lang).spans, clock=clock), rules.signature


def split_lines(document: Document) -> Segmented:
    """Take every paragraph, also an empty one, as one sentence: for texts that are already cut."""
    sentences = [
        Sentence(paragraph.start, paragraph.stop, index, document.text[paragraph.start : paragraph.stop])
        for index, paragraph in enumerate(document.paragraphs)
    ]
    return Segmented(document, tuple(sentences), "lines")


def _paragraph_spans(document: Document, paragraph: Paragraph, cut: Cutter) -> list[tuple[int, int]]:
    """Spans of one paragraph's sentences, as offsets into the document's text."""
    if paragraph.start >= paragraph.stop:
        return []
    if paragraph.is_metadata:
        return [(paragraph.start, paragraph.stop)]
    text = document.text[paragraph.start : paragraph.stop]
    offset = paragraph.start
    spans = cut(text)
    if spans == [(0, len(text))]:
        return [(offset, paragraph.stop)]  # the very same numbers: a million of them take 64 MB
    return [(offset + start, offset + stop) for start, stop in spans]
