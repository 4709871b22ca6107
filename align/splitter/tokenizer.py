"""The splitter as NLTK's tools want it: an object with the methods of ``nltk.tokenize.api.TokenizerI``.

NLTK asks by method and not by class, so nothing of NLTK is imported here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.splitter.cutting import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PARAGRAPH: Final = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*+\n))*+")
"""From a character on to the next blank line."""


@dataclass(frozen=True, slots=True)
class SentenceTokenizer:
    """Cuts texts wherever NLTK takes a sentence tokeniser.

    A blank line ends a sentence, as in NLTK's corpus readers; other line breaks are white space::

        from nltk.corpus.reader import PlaintextCorpusReader

        PlaintextCorpusReader(root, ".*[.]txt", sent_tokenizer=SentenceTokenizer("ru"))

    Attributes:
        lang: BCP 47 code of the texts.
        cutter: cuts a paragraph instead of our rules, such as `align.splitter.punkt.load_punkt` gives.
    """

    lang: str
    cutter: Callable[[str], list[tuple[int, int]]] | None = None

    def span_tokenize(self, text: str, realign_boundaries: bool = True) -> Iterator[tuple[int, int]]:  # noqa: FBT001, FBT002, ARG002
        """``(start, stop)`` of each sentence; closing quotes always belong to it, as Punkt's option says."""
        for paragraph in _PARAGRAPH.finditer(text):
            offset, body = paragraph.start(), paragraph.group()
            spans = sentence_spans(body, self.lang) if self.cutter is None else self.cutter(body)
            yield from ((offset + start, offset + stop) for start, stop in spans)

    def tokenize(self, text: str, realign_boundaries: bool = True) -> list[str]:  # noqa: FBT001, FBT002, ARG002
        """The sentences of a text."""
        return [text[start:stop] for start, stop in self.span_tokenize(text)]

    def sentences_from_text(self, text: str, realign_boundaries: bool = True) -> list[str]:  # noqa: FBT001, FBT002, ARG002
        """The same, by the name that Punkt gives it."""
        return self.tokenize(text)

    def tokenize_sents(self, strings: Iterable[str]) -> list[list[str]]:
        """The sentences of each text."""
        return [self.tokenize(text) for text in strings]

    def span_tokenize_sents(self, strings: Iterable[str]) -> Iterator[list[tuple[int, int]]]:
        """The offsets in each text."""
        for text in strings:
            yield list(self.span_tokenize(text))
