"""The sentences of a side as offsets in arrays: a part of them is a slice, and nothing is held a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar, get_args

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import Ints
from align.types import Kind, Segmented

Each = TypeVar("Each")

KINDS: Final = {kind: code for code, kind in enumerate(get_args(Kind))}
"""Codes of the kinds of paragraphs."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences of one side.

    A process that was forked may look at them without copying: no object is touched but the text.

    Attributes:
        text: the document's text.
        starts: offset of each sentence's first character, shape ``(n,)``.
        stops: offset after its last.
        paragraphs: index of its paragraph.
        kinds: code of the paragraph's kind (`KINDS`).
    """

    text: str
    starts: Ints
    stops: Ints
    paragraphs: Ints
    kinds: npt.NDArray[np.int8]

    @classmethod
    def of(cls, side: Segmented) -> Sentences:
        """The sentences of a cut document, also of one whose sentences do not say what its text says."""
        count = len(side.sentences)
        text = side.document.text
        starts, stops = (
            np.fromiter((getattr(sentence, name) for sentence in side.sentences), np.int64, count)
            for name in ("start", "stop")
        )
        lengths = np.fromiter((len(sentence.text) for sentence in side.sentences), np.int64, count)
        if (stops - starts != lengths).any():  # hidden by a pin, say
            text = "".join(sentence.text for sentence in side.sentences)
            stops = np.cumsum(lengths)
            starts = stops - lengths
        paragraphs = np.fromiter((sentence.paragraph for sentence in side.sentences), np.int64, count)
        every = side.document.paragraphs
        kinds = np.fromiter((KINDS[every[at].kind] for at in paragraphs.tolist()), np.int8, count)
        return cls(text, starts, stops, paragraphs, kinds)

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> Sentences:
        """Sentences of a document that is nothing but them, a paragraph each."""
        count = len(texts)
        stops = np.cumsum(np.fromiter(map(len, texts), np.int64, count) + 1) - 1
        starts = np.concatenate([[0], stops[:-1] + 1]) if count else stops
        kinds = np.full(count, KINDS["body"], np.int8)
        return cls("\n".join(texts), starts, stops, np.arange(count), kinds)

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.starts)

    def part(self, start: int, stop: int) -> Sentences:
        """The sentences from `start` to before `stop`."""
        return self._some(slice(start, stop))

    def at(self, places: Ints) -> Sentences:
        """The sentences at some places, in their order."""
        return self._some(places)

    def _some(self, places: slice | Ints) -> Sentences:
        return Sentences(
            self.text, self.starts[places], self.stops[places], self.paragraphs[places], self.kinds[places]
        )

    def lengths(self) -> Ints:
        """Characters of each sentence."""
        return self.stops - self.starts

    def texts(self) -> list[str]:
        """The text of each sentence."""
        text = self.text
        return [text[start:stop] for start, stop in zip(self.starts.tolist(), self.stops.tolist(), strict=True)]

    def chosen(self, places: Sequence[int]) -> list[str]:
        """The text of some sentences."""
        text = self.text
        return [text[self.starts[at] : self.stops[at]] for at in places]


def as_sentences(side: Segmented | Sentences) -> Sentences:
    """The sentences of a side, whichever way it is given."""
    return side if isinstance(side, Sentences) else Sentences.of(side)


def evenly(values: Sequence[Each], most: int) -> Sequence[Each]:
    """All of a few, else `most` that are evenly spread, from the first to the last."""
    if len(values) <= most:
        return values
    return [values[at] for at in np.linspace(0, len(values) - 1, most).astype(int).tolist()]
