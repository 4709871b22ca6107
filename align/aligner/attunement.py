"""Sentence vectors attuned to the document at hand: what its words mean in it.

A model knows what words mean mostly, and in some languages nothing. The beads that a first pass is sure of tell what
they mean here: the vector of a sentence's partner is foretold from its own vector and from a correction for each of its
words, learnt by ridge regression (Hoerl & Kennard 1970). Where the model does not know the language the corrections are
all there is; a linear map from one language to the other (Mikolov et al. 2013) with a row of its own for each word.

No sentence may be foretold by what was learnt from its own bead, or a wrong bead of the first pass would confirm
itself, nor from its neighbours', which speak of the same things as those it is to be told from. So the document is cut
into stretches, and what is foretold in one was learnt from the others (cross-fitting).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.acuity import dimness_of, misses
from align.aligner.heard import Heard, Stems, once, spanned
from align.aligner.lexicon import Lexicon, words_of
from align.aligner.loops import PLAIN, Loops
from align.aligner.sides import Channel, Side, unit

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Sides = tuple[Side, Side]

AXES: Final = 64
"""Principal axes of the document's vectors in which partners are foretold; twice as many find next to nothing more."""
_STRETCHES: Final = 4
_RIDGE: Final = np.float32(10.0)
"""Occurrences of a word that the model's own opinion of it counts for."""
_ROUNDS: Final = 4
"""Of conjugate gradients; the first few find what many words have in common, twice as many are no better."""
_FEWEST: Final = 0.03
"""Share of sure pairs with a liker neighbour up to which vectors stay as they are; at twice that there is full need."""
_MORE: Final = 100
"""Pairs without one that are assumed for that, before any is seen."""
_LEANING: Final = 10.0
"""Pairs with a liker neighbour that attuning is assumed not to have helped."""
_GAIN: Final = 2.0
"""What is foretold counts as much as the model's vector where it saves half of those, and no more than that."""
_HARM: Final = 1.05
"""How many more of them there may be in a dim document."""
_DOUBTFUL: Final = 0.45
_SURE: Final = 0.65
"""Sure beads for a sentence of the shorter side: in unrelated news and novels up to the one, in verse and in documents
that are read by a model half of whose tokens say nothing mostly from the other on."""
_LEAST: Final = 0.05
"""What would count for less is left out."""


@dataclass(frozen=True)
class Attunement:
    """How the sentences of a document foretell the vectors of those across.

    Attributes:
        means: mean unit vectors, by side, shape ``(d,)``.
        axes: the principal axes of what is left without them, shape ``(d, AXES)``, or fewer.
        shares: how much of a sentence's own vector is foretold across, by side.
        edges: first sentences of all stretches but the first, by side, in sentences of the document.
        known: codes of the words, rising, by side.
        tables: corrections for the words, one stretch after the other, by side, shape ``(stretches * words, AXES)``.
        weight: length of what is foretold beside the model's vector.
    """

    means: tuple[Floats32, Floats32]
    axes: Floats32
    shares: tuple[float, float]
    edges: tuple[Ints, Ints]
    known: tuple[Ints, Ints]
    tables: tuple[Floats32, Floats32]
    weight: float = 1.0

    @classmethod
    def of(
        cls, heard: Sequence[Heard], sides: Sequence[Sides], lexicon: Lexicon, loops: Loops = PLAIN
    ) -> Attunement | None:
        """Learn from the sure beads of the parts of a document, in order; None where that would not help.

        It helps as far as it makes fewer sentences liker to a neighbour of the one across than to that itself. (From
        the second hearing on beads were found with attuned vectors, which flatters it some.) In a dim document many of
        the sure beads are wrong, so that this says little, and less is spoilt: there it counts anyway, where most of
        the document is sure and no harm is done. Of texts that are no translations of each other little is sure.

        Args:
            heard: what `lexicon` was learnt from.
            sides: of the same parts, with the encoder's vectors.
            lexicon: the words of these beads.
            loops: how to go through them.
        """
        parts = once(heard)
        beads = [part.beads for part in parts]
        seen, before = misses(zip(sides, beads, strict=True))
        need = min(1.0, before / (_FEWEST * (seen + _MORE)) - 1)
        if need <= 0:
            return None
        found = cls._learnt(parts, sides, lexicon, loops)
        attuned = [found.attuned(pair, part.start, loops) for pair, part in zip(sides, parts, strict=True)]
        _, after = misses(zip(attuned, beads, strict=True))
        saved = _GAIN * (before - after) / (before + _LEANING)
        anyway = dimness_of(seen, before) * _trust(heard, sides) if after <= _HARM * before else 0.0
        weight = need * min(1.0, max(saved, anyway))
        return replace(found, weight=weight) if weight >= _LEAST else None

    @classmethod
    def _learnt(cls, parts: Sequence[Heard], sides: Sequence[Sides], lexicon: Lexicon, loops: Loops) -> Attunement:
        means, axes = _frame([[unit(pair[side].meaning.sums) for pair in sides] for side in (0, 1)])
        beads = [
            _beads([pair[side].meaning for pair in sides], [part.beads[side] for part in parts]) for side in (0, 1)
        ]
        told = [(_around(vectors, mean) @ axes).astype(np.float32) for vectors, mean in zip(beads, means, strict=True)]
        shares = _share(told[0], told[1]), _share(told[1], told[0])
        stretch = np.arange(len(told[0])) * _STRETCHES // len(told[0])
        tables = [
            _corrections(lexicon, side, told[1 - side] - np.float32(shares[side]) * told[side], stretch, loops)
            for side in (0, 1)
        ]
        begins = np.searchsorted(stretch, np.arange(1, _STRETCHES))
        edges = lexicon.beads[0][begins, 0], lexicon.beads[1][begins, 0]
        return cls(means, axes, shares, edges, lexicon.known, (tables[0], tables[1]))

    def attuned(self, sides: Sides, start: tuple[int, int], loops: Loops = PLAIN) -> Sides:
        """The sides of a part with vectors that are attuned to the document.

        The dot product of two of them is that of the model's vectors, and of what either foretells and the other is.

        Args:
            sides: with the encoder's vectors.
            start: first sentences of the part in the document.
            loops: how to go through the words.
        """
        source, target = (self._attuned(number, side, start[number], loops) for number, side in enumerate(sides))
        return source, target

    def _attuned(self, number: int, side: Side, start: int, loops: Loops) -> Side:
        vectors, norms = unit(side.meaning.sums), _lengths(side)[:, None]
        around = _around(vectors, self.means[number])
        told = (around @ self.axes).astype(np.float32)
        foretold = unit(self._foretold(number, told, side.stems, start, loops))
        told /= np.maximum(np.linalg.norm(around, axis=1, keepdims=True), np.float32(1e-6))
        both = (foretold, told) if number == 0 else (told, foretold)
        sums: Floats32 = np.hstack([vectors, np.float32(self.weight) * np.hstack(both)])
        return replace(side, meaning=Channel.of(sums * norms.astype(np.float32), loops))

    def _foretold(self, side: int, told: Floats32, stems: Stems, start: int, loops: Loops) -> Floats32:
        """What the sentences of a part foretell across, shape ``(n, AXES)``."""
        sentence, word = words_of(stems, self.known[side])
        stretch = np.searchsorted(self.edges[side], sentence + start, side="right")
        rows = word + stretch * len(self.known[side])
        found: Floats32 = np.float32(self.shares[side]) * told
        found += loops.summed(self.tables[side], rows, sentence, len(told))
        return found


def _around(vectors: Floats32, mean: Floats32) -> Floats32:
    """Vectors without their mean; those of nothing stay."""
    found: Floats32 = (vectors - mean) * vectors.any(axis=1, keepdims=True)
    return found


def _lengths(side: Side) -> Floats:
    """Lengths of the sentences' vectors; where the model knows nothing, what so many words have elsewhere."""
    lengths, words = side.meaning.norms[1, 1:], np.bincount(side.stems[1], minlength=len(side)).astype(np.float64)
    known = lengths > 0
    usual = lengths[known].sum() / max(words[known].sum(), 1.0) if known.any() else 1.0
    return np.where(known, lengths, usual * words)


def _trust(heard: Sequence[Heard], sides: Sequence[Sides]) -> float:
    """How far a document is sure as a whole, from 0 to 1."""
    sentences = min(sum(len(pair[side]) for pair in sides) for side in (0, 1))
    share = sum(len(part.beads[0]) for part in heard) / max(sentences, 1)
    return float(np.clip((share - _DOUBTFUL) / (_SURE - _DOUBTFUL), 0.0, 1.0))


def _frame(vectors: Sequence[Sequence[Floats32]]) -> tuple[tuple[Floats32, Floats32], Floats32]:
    """Mean of the vectors of each side, and the axes along which both vary most; those of nothing do not count."""
    one, other = (np.concatenate(side) for side in vectors)
    one, other = one[one.any(axis=1)], other[other.any(axis=1)]
    means = one.sum(axis=0) / max(len(one), 1), other.sum(axis=0) / max(len(other), 1)
    spread = sum((each - mean).T @ (each - mean) for each, mean in zip((one, other), means, strict=True))
    _, axes = np.linalg.eigh(np.asarray(spread, dtype=np.float64))
    return means, np.ascontiguousarray(axes[:, ::-1][:, :AXES], dtype=np.float32)


def _beads(meaning: Sequence[Channel], spans: Sequence[Ints]) -> Floats32:
    """Unit vectors of one side of beads."""
    return unit(np.concatenate([spanned(each.sums, ends) for each, ends in zip(meaning, spans, strict=True)]))


def _share(given: Floats32, wanted: Floats32) -> float:
    """By what to multiply vectors so that they come nearest to others; least squares."""
    return float((given * wanted).sum() / max(float((given * given).sum()), 1e-9))


def _corrections(lexicon: Lexicon, side: int, wanted: Floats32, stretch: Ints, loops: Loops) -> Floats32:
    """What the words of a side add up to, nearest to what is wanted of its beads: without each stretch in turn.

    Args:
        lexicon: the beads and their words.
        side: 0 for the source.
        wanted: of each bead, shape ``(beads, AXES)``.
        stretch: of each bead.
        loops: how to go through the words.

    Returns:
        One stretch after the other, shape ``(stretches * words, AXES)``.
    """
    words, (beads, width) = lexicon.words[side], wanted.shape
    bead = np.repeat(np.arange(beads), np.diff(lexicon.starts[side]))
    order = np.argsort(words, kind="stable")
    sorted_words, sorted_beads = words[order], bead[order]
    weights = np.sqrt(lexicon.rarity[side]).astype(np.float32)[:, None]
    # All stretches at once, side by side: a bead counts for all but its own.
    others = np.repeat(stretch[:, None] != np.arange(_STRETCHES), width, axis=1).astype(np.float32)

    def by_word(rows: Floats32) -> Floats32:
        return weights * loops.summed(rows, sorted_beads, sorted_words, len(weights))

    def product(rows: Floats32) -> Floats32:
        return by_word(others * loops.summed(weights * rows, words, bead, beads)) + _RIDGE * rows

    found = weights * _conjugate(product, by_word(others * np.tile(wanted, (1, _STRETCHES))))
    return np.ascontiguousarray(found.reshape(-1, _STRETCHES, width).swapaxes(0, 1).reshape(-1, width))


def _conjugate(product: Callable[[Floats32], Floats32], wanted: Floats32) -> Floats32:
    """Some rounds of conjugate gradients (Hestenes & Stiefel 1952), each column a system of its own."""
    found = np.zeros_like(wanted)
    left, way = wanted.copy(), wanted
    size = (left * left).sum(axis=0)
    for _ in range(_ROUNDS):
        step = product(way)
        by = size / np.maximum((way * step).sum(axis=0), np.float32(1e-12))
        found += by * way
        left -= by * step
        before, size = size, (left * left).sum(axis=0)
        way = left + size / np.maximum(before, np.float32(1e-12)) * way
    return found


__all__ = ["AXES", "Attunement"]
