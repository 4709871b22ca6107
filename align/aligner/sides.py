"""Both sides of an alignment as arrays: all that the cues look at, computed once a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from align.aligner.loops import PLAIN, Loops
from align.aligner.sentences import KINDS, Sentences, as_sentences
from align.aligner.spelling import word_ending, word_opening, word_size
from align.aligner.surface import bags_of_letters, bags_of_numbers
from align.aligner.tokens import Tokens
from align.aligner.vocabulary import Numbered, vocabulary_for
from align.aligner.words import Words
from align.encoder.protocol import Encoder, SpanEncoder, TokenEncoder
from align.errors import ModelError
from align.types import METADATA_KINDS, Segmented

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Sums = TypeVar("Sums", Floats, Floats32)
Flags = npt.NDArray[np.bool_]

_LARGEST: Final = 1e15
_LABELLED: Final = [KINDS["turn"], KINDS["title"]]
_ASIDE: Final = [KINDS[kind] for kind in METADATA_KINDS]
_OPEN_ENDS: Final = [4, 6]


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
    def of(cls, sums: Floats32, loops: Loops = PLAIN) -> Channel:
        """Measure the spans of `sums`."""
        return cls(sums, loops.norms(sums))


@dataclass(frozen=True, slots=True)
class Side:
    """One side as arrays over its `n` sentences.

    Attributes:
        meaning: sentence vectors of the encoder.
        letters: hashed character n-grams (`surface.letter_bags`).
        numbers: hashed numbers (`surface.number_bags`).
        stems: hashes of the stems of the words, each once a sentence, and the sentence of each (`Words.stems`).
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
        tokens: what the sentences say token by token; None where the model has no vectors of tokens.
    """

    meaning: Channel
    letters: Channel
    numbers: Channel
    stems: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
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
    tokens: Tokens | None = None

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.size)


def both_sides(source: Segmented | Sentences, target: Segmented | Sentences, encoder: Encoder) -> tuple[Side, Side]:
    """Everything that the cues need of two documents.

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite.
    """
    vocabulary = vocabulary_for(encoder)
    first, second = (vocabulary.read(as_sentences(side)) for side in (source, target))
    return sides_of(first, second, encoder)


def sides_of(source: Numbered, target: Numbered, encoder: Encoder) -> tuple[Side, Side]:
    """The same of sentences whose pieces have numbers.

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite.
    """
    both = source, target
    words = Words.gathered(source), Words.gathered(target)
    letters, numbers = bags_of_letters(*both), bags_of_numbers(*both)
    first, second = (
        _side(
            side,
            words[at],
            meaning_and_tokens(side, encoder),
            Channel.of(letters[at], side.loops),
            Channel.of(numbers[at], side.loops),
        )
        for at, side in enumerate(both)
    )
    return first, second


def meaning_and_tokens(given: Numbered, encoder: Encoder) -> tuple[Floats32, Tokens | None]:
    """What `meaning` gives for the texts of some sentences, and their tokens where the encoder tells them.

    Another model is not lent those of the shipped table: it is mostly the better one, and coverage by worse vectors
    would speak against it (docs/aligner.md, *How far a better encoder would carry it*).

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite, of sentences or tokens.
    """
    if not len(given) or not isinstance(encoder, TokenEncoder):
        return meaning(given.sentences.texts(), encoder), None
    if (cutting := given.columns.encoder) is not None and given.short is not None:
        ids, lengths = given.tokens(cutting)
        sums = _checked(given.loops.add_up(cutting, ids, lengths), len(given), encoder)
        return sums, Tokens.chosen(ids, lengths, given.short, given.loops)
    sums, ids, lengths = encoder.encode_tokens(given.sentences.texts())
    if len(lengths) != len(given):
        raise ModelError(f"{encoder.name}: tokens of {len(lengths)} sentences where there are {len(given)}")
    return _checked(sums, len(given), encoder), Tokens.of(ids, lengths, encoder)


def meaning_of(given: Numbered, encoder: Encoder) -> Floats32:
    """What `meaning` gives for the texts of some sentences.

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite.
    """
    if (cutting := given.columns.encoder) is not None:
        return _checked(given.loops.add_up(cutting, *given.tokens(cutting)), len(given), encoder)
    return meaning(given.sentences.texts(), encoder)


def meaning(texts: Sequence[str], encoder: Encoder) -> Floats32:
    """Sentence vectors that may be added up over neighbouring sentences, shape ``(len(texts), dimension)``.

    Raises:
        ModelError: the encoder gave vectors of the wrong shape or that are not finite.
    """
    if not texts:  # which models may answer with anything
        return np.zeros((0, encoder.dimension), dtype=np.float32)
    sums = encoder.encode_sums(texts) if isinstance(encoder, SpanEncoder) else encoder.encode(texts)
    return _checked(sums, len(texts), encoder)


def _checked(sums: Floats32, count: int, encoder: Encoder) -> Floats32:
    with np.errstate(over="ignore"):
        vectors = np.asarray(sums, dtype=np.float32)
    if vectors.shape != (count, encoder.dimension):
        raise ModelError(f"{encoder.name}: vectors of shape {vectors.shape} for {count} sentences")
    # Squares of greater numbers would leave float32.
    if not (np.abs(vectors) < _LARGEST).all():
        raise ModelError(f"{encoder.name}: the model gives vectors that are not finite, or beyond {_LARGEST:.0e}")
    return vectors


def unit(sums: Sums) -> Sums:
    """Rows made unit length; zero rows stay."""
    found: Sums = sums / np.maximum(np.linalg.norm(sums, axis=-1, keepdims=True), 1e-9)
    return found


def _side(
    given: Numbered, words: Words, meaning: tuple[Floats32, Tokens | None], letters: Channel, numbers: Channel
) -> Side:
    kinds = given.sentences.kinds.astype(np.int64)
    first: Flags = np.diff(given.sentences.paragraphs, prepend=-1) != 0
    # Where every sentence is a paragraph of its own, paragraph breaks say nothing.
    telling = first.sum() < 0.9 * len(first)
    ending = words.endings()
    return Side(
        meaning=Channel.of(meaning[0], given.loops),
        letters=letters,
        numbers=numbers,
        stems=words.stems,
        size=words.sizes(),
        ending=ending,
        opening=words.openings(),
        starts=first & telling,
        labelled=first & np.isin(kinds, _LABELLED),
        aside=np.isin(kinds, _ASIDE) | words.blank(),
        small=words.small(),
        open_end=np.isin(ending, _OPEN_ENDS),
        quotes=words.opened(),
        kinds=kinds,
        tokens=meaning[1],
    )


def size_of(text: str) -> float:
    """Letters and digits of a text, at least 1; a Chinese character counts for more."""
    return max(1.0, sum(map(word_size, text.split())))


def ending_of(text: str) -> int:
    """Code of the closing punctuation; see `Side.ending`."""
    return next((code for word in reversed(text.split()) if (code := word_ending(word)) >= 0), 0)


def opening_of(text: str) -> int:
    """Code of the first character; see `Side.opening`."""
    return word_opening(text.split(None, 1)[0]) if text.strip() else 0
