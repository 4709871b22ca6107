"""NLTK's Punkt with parameters learnt by us, for a language without rules of ours.

Kiss and Strunk, "Unsupervised multilingual sentence boundary detection", Computational Linguistics
32 (2006). The parameters are made by `align.training.splitter`; see ``data/CARD.md``. NLTK is
imported only when such a language is cut.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from align.splitter.language import DATA

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_STRETCH = 8_000
"""Characters given to Punkt at once: it is slower than linear, and NLTK stops it after five seconds."""


def punkt_spans(text: str, name: str) -> list[tuple[int, int]]:
    """Cut one paragraph with Punkt.

    A long paragraph is cut stretch by stretch, each from the beginning of the last sentence of the
    one before; where a stretch holds no cut, that sentence goes on into the next.

    Args:
        text: the paragraph.
        name: name of the parameters: ``pt`` for ``data/punkt.pt.json``.

    Returns:
        ``(start, stop)`` offsets into `text`, with only white space outside of them.
    """
    spans: list[tuple[int, int]] = []
    begin = position = len(text) - len(text.lstrip())
    while position < len(text):
        found = _stretch_spans(text, position, name)
        is_last = position + _STRETCH >= len(text)
        for _, stop in found[:-1]:  # the last sentence may go on after the stretch
            spans.append((begin, stop))
            begin = _next_word(text, stop)
        position = position + _STRETCH if is_last or len(found) < 2 else found[-1][0]  # noqa: PLR2004
    end = len(text.rstrip())
    return [*spans, (begin, end)] if begin < end else spans


def _next_word(text: str, position: int) -> int:
    """Where the white space at `position` ends."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _stretch_spans(text: str, position: int, name: str) -> list[tuple[int, int]]:
    """Sentences of one stretch, as offsets into the whole text, without white space around them."""
    stretch = text[position : position + _STRETCH]
    spans = []
    for start, stop in _tokenizer(name).span_tokenize(stretch):
        body = stretch[start:stop]
        left, right = len(body) - len(body.lstrip()), len(body.rstrip())
        if left < right:
            spans.append((position + start + left, position + start + right))
    return spans


@cache
def _tokenizer(name: str) -> PunktSentenceTokenizer:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    learnt = read_parameters(name)
    parameters = PunktParameters()
    parameters.abbrev_types = set(learnt["abbreviations"])
    parameters.collocations = {(left, right) for left, right in learnt["collocations"]}
    parameters.sent_starters = set(learnt["starters"])
    for word, flags in learnt["orthography"].items():
        parameters.ortho_context[word] = flags
    return PunktSentenceTokenizer(parameters)


@cache
def read_parameters(name: str) -> dict[str, Any]:
    """The learnt parameters as read from their file: abbreviations, collocations, starters, orthography."""
    source = (DATA / f"punkt.{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(source)
    return loaded
