"""Cues: small functions that each say one thing about whether a bead is right.

A cue looks at all beads of one shape that end in a rectangle of cells (`Block`) and gives a number for each.
The score of a bead is the sum of its cues, weighted by what was learnt from human alignments
(`align.training.aligner`). Every cue is symmetric: swapping the sides swaps the beads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from align.aligner.block import Block, Values

Cue = Callable[[Block, int, int], Values]
"""Values of the beads of shape ``(a, b)`` that end in the block's cells; a scalar if all are alike."""


def is_pair(block: Block, a: int, b: int) -> Values:
    """One sentence for one sentence: by far the commonest bead."""
    return float(a == b == 1)


def is_split(block: Block, a: int, b: int) -> Values:
    """One sentence for two, as one in eight is translated."""
    return float({a, b} == {1, 2})


def is_long_split(block: Block, a: int, b: int) -> Values:
    """One sentence for three or more: how many more than two."""
    return float(max(a, b) - 2 if min(a, b) == 1 and max(a, b) > 2 else 0)


def is_crossing(block: Block, a: int, b: int) -> Values:
    """Several for several, where a clause has moved across the cut."""
    return float(min(a, b) > 1)


def spare_sentences(block: Block, a: int, b: int) -> Values:
    """How many sentences a crossing bead holds beyond two for two."""
    return float(a + b - 4 if min(a, b) > 1 else 0)


def meaning(block: Block, a: int, b: int) -> Values:
    """How alike the vectors are, random sentences being 0 and the same meaning about 1."""
    return block.likeness(a, b)


def meaning_of_all(block: Block, a: int, b: int) -> Values:
    """The same for each sentence in the bead, so that beads of many sentences compete with many small ones."""
    return block.likeness(a, b) * (a + b - 2)


def meaning_below_par(block: Block, a: int, b: int) -> Values:
    """Likeness clearly under what pairs of this document have: two sentences that just stand side by side."""
    value: Values = np.minimum(block.likeness(a, b) - 0.5, 0.0)
    return value


def meaning_unusual(block: Block, a: int, b: int) -> Values:
    """How far likeness is under what this document's translations have, in its own standard deviations, squared."""
    below = np.maximum((1.0 - block.likeness(a, b)) / block.pair.spread - 1.0, 0.0)
    value: Values = -(np.minimum(below, 4.0) ** 2) / 4.0
    return value


def length_unusual(block: Block, a: int, b: int) -> Values:
    """Squared distance of the lengths' ratio from the document's own, in its own standard deviations, up to 5."""
    value: Values = -np.minimum((block.log_length_ratio(a, b) / block.pair.length_spread) ** 2, 25.0) / 10.0
    return value


def lead(block: Block, a: int, b: int) -> Values:
    """Likeness above the best that the bead's sentences find elsewhere (the margin of Artetxe & Schwenk 2019)."""
    return block.likeness(a, b) - block.best_elsewhere(a, b)


def gain_over_smaller(block: Block, a: int, b: int) -> Values:
    """What the bead gains over the best of those that leave one of its outer sentences out."""
    return block.likeness(a, b) - block.best_smaller(a, b) if a + b > 2 else 0.0


def loss_to_larger(block: Block, a: int, b: int) -> Values:
    """How much better the bead would be with one neighbour more: then it is cut too small."""
    return np.maximum(block.best_larger(a, b) - block.likeness(a, b), 0.0)


def weakest_member(block: Block, a: int, b: int) -> Values:
    """The sentence that finds least of itself on the other side of the bead: a null that was swallowed."""
    return block.weakest(a, b) if a + b > 2 else 0.0


def length_surprise(block: Block, a: int, b: int) -> Values:
    """Squared distance from the expected length in standard deviations (Gale & Church 1993), up to 5 of them."""
    return -np.minimum(block.length_deviation(a, b) ** 2, 25.0) / 10.0


def length_ratio(block: Block, a: int, b: int) -> Values:
    """Distance of the logarithm of the lengths' ratio from the document's own."""
    value: Values = -np.minimum(np.abs(block.log_length_ratio(a, b)), 2.0)
    return value


def shared_numbers(block: Block, a: int, b: int) -> Values:
    """Numbers that both sides hold."""
    value: Values = np.minimum(block.number_overlap(a, b)[0], 3.0)
    return value


def lone_numbers(block: Block, a: int, b: int) -> Values:
    """Numbers that only one side holds."""
    value: Values = -np.minimum(block.number_overlap(a, b)[1], 4.0)
    return value


def letters(block: Block, a: int, b: int) -> Values:
    """Names and cognates: cosine of the character n-grams after transliteration."""
    return block.letter_likeness(a, b)


def letters_of_all(block: Block, a: int, b: int) -> Values:
    """The same for each sentence in the bead."""
    return block.letter_likeness(a, b) * (a + b - 2)


def lexicon(block: Block, a: int, b: int) -> Values:
    """Words that translate each other elsewhere in the document, as the first pass has it."""
    return block.lexical_likeness(a, b)


def lexicon_of_all(block: Block, a: int, b: int) -> Values:
    """The same for each sentence in the bead."""
    return block.lexical_likeness(a, b) * (a + b - 2)


def covered(block: Block, a: int, b: int) -> Values:
    """How much of what the sentences say, word for word, is found across; strangers are 0, translations about 1."""
    return block.coverage(a, b)


def covered_of_all(block: Block, a: int, b: int) -> Values:
    """The same for each sentence in the bead."""
    return block.coverage(a, b) * (a + b - 2)


def least_covered(block: Block, a: int, b: int) -> Values:
    """The same of the sentence that finds least of its words: its translation was lost, or is in another bead."""
    return block.least_coverage(a, b)


def question(block: Block, a: int, b: int) -> Values:
    """A question is answered by a question: 1 when just one side ends with a question mark."""
    return -(block.end_is(2, 0) ^ block.end_is(2, 1)).astype(np.float32)


def exclamation(block: Block, a: int, b: int) -> Values:
    """The same for an exclamation mark."""
    return -(block.end_is(3, 0) ^ block.end_is(3, 1)).astype(np.float32)


def colon(block: Block, a: int, b: int) -> Values:
    """The same for a colon."""
    return -(block.end_is(4, 0) ^ block.end_is(4, 1)).astype(np.float32)


def unfinished(block: Block, a: int, b: int) -> Values:
    """The same for a line without closing punctuation, such as a heading."""
    return -(block.end_is(0, 0) ^ block.end_is(0, 1)).astype(np.float32)


def opening_quote(block: Block, a: int, b: int) -> Values:
    """1 when just one side opens with a quote or bracket."""
    return -(block.opens_with(1, 0, a) ^ block.opens_with(1, 1, b)).astype(np.float32)


def opening_dash(block: Block, a: int, b: int) -> Values:
    """1 when just one side opens with a dash or bullet, as a line of dialogue or a list item does."""
    return -(block.opens_with(2, 0, a) ^ block.opens_with(2, 1, b)).astype(np.float32)


def paragraph_start(block: Block, a: int, b: int) -> Values:
    """1 when just one side begins a paragraph."""
    return -block.paragraph_mismatch(a, b)


def paragraph_inside(block: Block, a: int, b: int) -> Values:
    """Paragraph breaks inside the bead: translators seldom merge across one."""
    return -block.begun_inside("starts", a, b) if a + b > 2 else 0.0


def turn(block: Block, a: int, b: int) -> Values:
    """1 when just one side begins a speaker's turn or is a title."""
    return -block.first_differs("labelled", a, b)


def small_start(block: Block, a: int, b: int) -> Values:
    """1 when just one side begins with a small letter, that is, in the middle of something."""
    return -block.first_differs("small", a, b)


def small_inside(block: Block, a: int, b: int) -> Values:
    """Sentences inside the bead that begin with a small letter: they go on with the one before."""
    return block.begun_inside("small", a, b) if a + b > 2 else 0.0


def open_end(block: Block, a: int, b: int) -> Values:
    """1 when just one side ends with a comma, semicolon, colon or dash."""
    return -(block.ends_open(0) ^ block.ends_open(1)).astype(np.float32)


def open_inside(block: Block, a: int, b: int) -> Values:
    """Sentences inside the bead that end so: something follows."""
    return block.ended_inside("open_end", a, b) if a + b > 2 else 0.0


def quotes(block: Block, a: int, b: int) -> Values:
    """By how much more quotes and brackets stay open on one side than on the other."""
    return -np.minimum(block.quote_difference(a, b), 2.0)


CUES: Final[Mapping[str, Cue]] = MappingProxyType(
    {
        cue.__name__: cue
        for cue in (
            is_pair, is_split, is_long_split, is_crossing, spare_sentences,
            meaning, meaning_of_all, meaning_below_par, meaning_unusual,
            lead, gain_over_smaller, loss_to_larger, weakest_member,
            length_surprise, length_ratio, length_unusual, shared_numbers, lone_numbers, letters, letters_of_all,
            lexicon, lexicon_of_all, covered, covered_of_all, least_covered,
            question, exclamation, colon, unfinished, opening_quote, opening_dash,
            paragraph_start, paragraph_inside, turn,
            small_start, small_inside, open_end, open_inside, quotes,
        )
    }
)  # fmt: skip
"""All cues of two-sided beads, by name."""

SHAPELESS: Final = frozenset({"question", "exclamation", "colon", "unfinished", "open_end"})
"""Cues that are the same for beads of all shapes that end in one cell, so that they are computed once."""

LEXICAL: Final = frozenset({"lexicon", "lexicon_of_all"})
"""Cues that need a lexicon; without one they are 0."""

COVERING: Final = frozenset({"covered", "covered_of_all", "least_covered"})
"""Cues that ask what covers what, word for word; for a model without vectors of words likeness stands for it."""

__all__ = ["COVERING", "CUES", "LEXICAL", "SHAPELESS", "Cue"]
