"""Sentence splitter: rules over candidate points, language data, offsets into the untouched text."""

from __future__ import annotations

from align.splitter.cutting import explain, sentence_spans
from align.splitter.documents import split, split_lines
from align.splitter.language import signature
from align.splitter.tokenizer import SentenceTokenizer

__all__ = ["SentenceTokenizer", "explain", "sentence_spans", "signature", "split", "split_lines"]
