"""NLTK's Punkt with parameters learnt from raw text, for a language without rules of ours.

Kiss and Strunk, "Unsupervised multilingual sentence boundary detection", Computational Linguistics
32 (2006). The parameters are made by ``align train splitter``. NLTK is imported only when they are used.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.errors import FormatError
from corpora.readers.source import load_bytes

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

_STRETCH: Final = 8_000
"""Characters given to Punkt at once: it is slower than linear, and NLTK stops it after five seconds."""

_REMEDY: Final = "make it with: align train splitter"


class PunktCutter:
    """Cuts paragraphs with learnt parameters; call it with a text.

    Attributes:
        parameters: ``abbreviations``, ``collocations``, ``starters`` and ``orthography``, as learnt.
        signature: names the data in signatures of results, by its content.
    """

    def __init__(self, parameters: dict[str, Any], signature: str) -> None:
        """Take parameters that `load_punkt` has checked, and what to call them."""
        self.parameters = parameters
        self.signature = signature

    def __call__(self, text: str) -> list[tuple[int, int]]:
        """Cut one paragraph.

        A long paragraph is cut stretch by stretch, each from the beginning of the last sentence of the
        one before; where a stretch holds no cut, that sentence goes on into the next.

        Returns:
            ``(start, stop)`` offsets into `text`, with only white space outside of them.
        """
        spans: list[tuple[int, int]] = []
        begin = position = len(text) - len(text.lstrip())
        while position < len(text):
            found = self._stretch(text, position)
            is_last = position + _STRETCH >= len(text)
            for _, stop in found[:-1]:  # the last sentence may go on after the stretch
                spans.append((begin, stop))
                begin = _next_word(text, stop)
            position = position + _STRETCH if is_last or len(found) < 2 else found[-1][0]  # noqa: PLR2004
        end = len(text.rstrip())
        return [*spans, (begin, end)] if begin < end else spans

    def _stretch(self, text: str, position: int) -> list[tuple[int, int]]:
        """Sentences of one stretch, as offsets into the whole text, without white space around them."""
        stretch = text[position : position + _STRETCH]
        spans = []
        for start, stop in self._tokenizer.span_tokenize(stretch):
            body = stretch[start:stop]
            left, right = len(body) - len(body.lstrip()), len(body.rstrip())
            if left < right:
                spans.append((position + start + left, position + start + right))
        return spans

    @cached_property
    def _tokenizer(self) -> PunktSentenceTokenizer:
        from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

        learnt = PunktParameters()
        learnt.abbrev_types = set(self.parameters["abbreviations"])
        learnt.collocations = {(left, right) for left, right in self.parameters["collocations"]}
        learnt.sent_starters = set(self.parameters["starters"])
        for word, flags in self.parameters["orthography"].items():
            learnt.ortho_context[word] = flags
        return PunktSentenceTokenizer(learnt)


def load_punkt(path: str | Path) -> PunktCutter:
    """Read what ``align train splitter`` has learnt.

    Args:
        path: the data file.

    Raises:
        ReadError: the file cannot be read.
        FormatError: it holds something else.
    """
    data = load_bytes(path)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{path}: is no splitter data ({error}); {_REMEDY}") from None
    problem = _problem(found)
    if problem:
        raise FormatError(f"{path}: is no splitter data ({problem}); {_REMEDY}")
    return PunktCutter(found, f"punkt.{hashlib.sha256(data).hexdigest()[:8]}")


def _problem(found: object) -> str:
    """What keeps a JSON value from being learnt parameters; empty if nothing does."""
    if not isinstance(found, dict):
        return "not a JSON object"
    for key in ("abbreviations", "starters"):
        if not _are_words(found.get(key)):
            return f"no list of words {key!r}"
    pairs = found.get("collocations")
    if not isinstance(pairs, list) or not all(_are_words(pair) and len(pair) == 2 for pair in pairs):  # noqa: PLR2004
        return "no list of pairs 'collocations'"
    flags = found.get("orthography")
    if not isinstance(flags, dict) or not all(isinstance(flag, int) for flag in flags.values()):
        return "no table of numbers 'orthography'"
    return ""


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _next_word(text: str, position: int) -> int:
    """Where the white space at `position` ends."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
