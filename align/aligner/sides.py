"""Both sides of an alignment as arrays: all that the cues look at, computed once a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, get_args

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import LONGEST
from align.aligner.surface import letter_bags, number_bags
from align.encoder.protocol import Encoder, SpanEncoder
from align.errors import ModelError
from align.types import Kind, Segmented

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_LARGEST: Final = 1e15
_KINDS: Final = get_args(Kind)
_CLOSERS: Final = "\"'»”“’)]}*_ \u00a0"
_OPEN_ENDS: Final = frozenset({4, 6})
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")
_OPENERS: Final = re.compile("[«“„(\\[「『《]")
_ENDERS: Final = re.compile("[»”)\\]」』》]")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_LETTERS: Final = 2.5
"""How many letters of an alphabet one Chinese, Japanese or Korean character is worth, about."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of evidence as vectors that may be summed over neighbouring sentences.

    Attributes:
        sums: a vector a sentence, shape ``(n, d)``.
        norms: length of the vector of each span, shape ``(LONGEST + 1, n + 1)``: ``norms[a, i]`` is of the `a`
            sentences that end before sentence `i`; 0 where there are fewer.
    """

    sums: Floats32
    norms: Floats

    @classmethod
    def of(cls, sums: Floats32) -> Channel:
        """Measure the spans of `sums`."""
        count = len(sums)
        norms = np.zeros((LONGEST + 1, count + 1))
        spans = np.zeros_like(sums)
        for a in range(1, min(LONGEST, count) + 1):
            # spans[i] holds the a sentences that end with sentence i, growing by one a round.
            spans[a - 1 :] += sums[: count - a + 1]
            norms[a, a:] = np.linalg.norm(spans[a - 1 :], axis=1)
        return cls(sums, norms)


@dataclass(frozen=True, slots=True)
class Side:
    """One side as arrays over its `n` sentences.

    Attributes:
        meaning: sentence vectors of the encoder.
        letters: hashed character n-grams (`surface.letter_bags`).
        numbers: hashed numbers (`surface.number_bags`).
        size: letters and digits a sentence, at least 1; a Chinese character counts for more.
        ending: code of the closing punctuation: 0 none, 1 full stop, 2 question, 3 exclamation, 4 colon,
            5 ellipsis, 6 comma, semicolon or dash.
        opening: code of the first character: 0 other, 1 quote or bracket, 2 dash or bullet, 3 digit.
        starts: whether the sentence begins a paragraph; all false where paragraphs say nothing.
        labelled: whether the sentence begins a speaker's turn or is a title.
        aside: whether the sentence belongs to the page (time, number, separator, furniture) or is blank.
        small: whether the first letter is a small one, so that the sentence goes on with what came before.
        open_end: whether it ends with a colon, comma, semicolon or dash, so that something must follow.
        quotes: quotes and brackets that it opens, less those that it closes.
        kinds: code of the paragraph's kind, equal for equal kinds.
    """

    meaning: Channel
    letters: Channel
    numbers: Channel
    size: Floats
    ending: npt.NDArray[np.int8]
    opening: npt.NDArray[np.int8]
    starts: Flags
    labelled: Flags
    aside: Flags
    small: Flags
    open_end: Flags
    quotes: Floats
    kinds: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.size)


def both_sides(source: Segmented, target: Segmented, encoder: Encoder) -> tuple[Side, Side]:
    """Everything that the cues need of two documents.

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite.
    """
    texts = [[sentence.text for sentence in side.sentences] for side in (source, target)]
    letters, numbers = letter_bags(*texts), number_bags(*texts)
    first, second = (
        _side(side, Channel.of(meaning(words, encoder)), Channel.of(letter), Channel.of(number))
        for side, words, letter, number in zip((source, target), texts, letters, numbers, strict=True)
    )
    return first, second


def meaning(texts: Sequence[str], encoder: Encoder) -> Floats32:
    """Sentence vectors that may be added up over neighbouring sentences, shape ``(len(texts), dimension)``.

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite.
    """
    if not texts:  # which models may answer with anything
        return np.zeros((0, encoder.dimension), dtype=np.float32)
    sums = encoder.encode_sums(texts) if isinstance(encoder, SpanEncoder) else encoder.encode(texts)
    with np.errstate(over="ignore"):
        vectors = np.asarray(sums, dtype=np.float32)
    if vectors.shape != (len(texts), encoder.dimension):
        raise ModelError(f"{encoder.name}: vectors of shape {vectors.shape} for {len(texts)} sentences")
    # Squares of greater numbers would leave float32.
    if not (np.abs(vectors) < _LARGEST).all():
        raise ModelError(f"{encoder.name}: the model gives vectors that are not finite, or beyond {_LARGEST:.0e}")
    return vectors


def _side(segmented: Segmented, meaning: Channel, letters: Channel, numbers: Channel) -> Side:
    sentences, paragraphs = segmented.sentences, segmented.document.paragraphs
    kinds = [paragraphs[sentence.paragraph].kind for sentence in sentences]
    first = [at == 0 or sentence.paragraph != sentences[at - 1].paragraph for at, sentence in enumerate(sentences)]
    # Where every sentence is a paragraph of its own, paragraph breaks say nothing.
    telling = sum(first) < 0.9 * len(first)
    return Side(
        meaning=meaning,
        letters=letters,
        numbers=numbers,
        size=np.array([size_of(sentence.text) for sentence in sentences], dtype=np.float64),
        ending=np.array([ending_of(sentence.text) for sentence in sentences], dtype=np.int8),
        opening=np.array([opening_of(sentence.text) for sentence in sentences], dtype=np.int8),
        starts=np.array(first, dtype=bool) & telling,
        labelled=np.array([f and k in {"turn", "title"} for f, k in zip(first, kinds, strict=True)], dtype=bool),
        aside=np.array([paragraphs[s.paragraph].is_metadata or not s.text.strip() for s in sentences], dtype=bool),
        small=np.array([_small(sentence.text) for sentence in sentences], dtype=bool),
        open_end=np.array([ending_of(sentence.text) in _OPEN_ENDS for sentence in sentences], dtype=bool),
        quotes=np.array([_quotes(sentence.text) for sentence in sentences], dtype=np.float64),
        kinds=np.array([_KINDS.index(kind) for kind in kinds], dtype=np.int64),
    )


def size_of(text: str) -> float:
    """Letters and digits of a text, at least 1; a Chinese character counts for more."""
    return max(1.0, sum(map(_word_size, text.split())))


@lru_cache(maxsize=1 << 16)
def _word_size(word: str) -> float:
    return sum(map(str.isalnum, word)) + (_WIDE_LETTERS - 1) * len(_WIDE.findall(word))


def ending_of(text: str) -> int:
    """Code of the closing punctuation; see `Side.ending`."""
    last = text.rstrip(_CLOSERS)[-1:]
    codes = {".": 1, "。": 1, "۔": 1, "?": 2, "？": 2, "؟": 2, "!": 3, "！": 3, ":": 4, "：": 4, "…": 5}
    if last in codes and last:
        return 5 if text.rstrip(_CLOSERS).endswith("...") else codes[last]
    return 6 if last and last in ",;，；—–-" else 0


def opening_of(text: str) -> int:
    """Code of the first character; see `Side.opening`."""
    head = text.lstrip()[:1]
    if not head:
        return 0
    if head in "«“„\"'‘([「『《":
        return 1
    if head in "—–-•*·":
        return 2
    return 3 if head.isdigit() else 0


def _small(text: str) -> bool:
    found = _FIRST_LETTER.search(text)
    return found is not None and found.group().islower()


def _quotes(text: str) -> int:
    return len(_OPENERS.findall(text)) - len(_ENDERS.findall(text))
