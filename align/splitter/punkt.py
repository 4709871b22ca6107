"""NLTK's Punkt with parameters learnt by us, for a language without rules of ours.

Kiss and Strunk, "Unsupervised multilingual sentence boundary detection", Computational Linguistics
32 (2006). The parameters are made by `align.training.splitter`; see ``data/CARD.md``. NLTK is
imported only when such a language is cut.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_LONGEST_STRETCH = 20_000
"""Longer stretches are cut apart at white space first: Punkt is slower than linear on them."""


def punkt_spans(text: str, name: str) -> list[tuple[int, int]]:
    """Cut one paragraph with Punkt.

    Args:
        text: the paragraph.
        name: name of the parameters: ``pt`` for ``data/punkt.pt.json``.

    Returns:
        ``(start, stop)`` offsets into `text`, with only white space outside of them.
    """
    tokenizer = _tokenizer(name)
    spans: list[tuple[int, int]] = []
    for start, stop in tokenizer.span_tokenize(text):
        body = text[start:stop]
        left, right = len(body) - len(body.lstrip()), len(body.rstrip())
        if left < right:
            spans.append((start + left, start + right))
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
    source = files("align.splitter").joinpath("data", f"punkt.{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(source)
    return loaded
