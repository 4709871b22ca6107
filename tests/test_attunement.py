"""Vectors that are attuned to a document: a language that the model has never seen is learnt from the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from test_acuity import BlindEncoder, one_by_one, sides_of
from test_aligner import WordEncoder

from align import Aligner, Bead
from align.aligner import attunement
from align.aligner.acuity import misses
from align.aligner.aligner import from_sentences
from align.aligner.attunement import Attunement
from align.aligner.heard import Heard
from align.aligner.kernel.loops import COMPILED
from align.aligner.lexicon import Lexicon
from align.aligner.local import SIDE_BY_SIDE, Known
from align.aligner.loops import PLAIN, Loops
from align.aligner.scoring import shipped_weights
from align.aligner.search import known_of
from align.aligner.sides import Side

Sides = tuple[Side, Side]
SYLLABLES = [first + last for first in "bdfgklmnprst" for last in "aeiou"]


def foreign(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Lines of eight words of one language, and the same in another order in a language without a common word."""
    random = np.random.default_rng(seed)
    words = [first + last for first in SYLLABLES[:12] for last in SYLLABLES[:6]]
    other = dict(zip(words, random.permutation([f"{word[::-1]}x" for word in words]), strict=True))
    lines = [random.choice(words, 8).tolist() for _ in range(count)]
    return [" ".join(line) for line in lines], [" ".join(other[word] for word in reversed(line)) for line in lines]


def of_many_lengths(count: int, seed: int) -> tuple[list[str], list[str]]:
    """The same with lines of two to eight words, so that a first pass is sure of what it pairs."""
    counts = np.random.default_rng(seed).integers(2, 9, count).tolist()
    source, target = foreign(count)
    return (
        [" ".join(line.split()[:size]) for line, size in zip(source, counts, strict=True)],
        [" ".join(line.split()[-size:]) for line, size in zip(target, counts, strict=True)],
    )


def right(beads: Sequence[Bead]) -> int:
    return sum(bead.source == bead.target and len(bead.source) == 1 for bead in beads)


def heard(sides: Sides, start: tuple[int, int] = (0, 0)) -> Heard:
    return Heard((sides[0].stems, sides[1].stems), start, one_by_one(min(map(len, sides))))


def lexicon_of(parts: list[Heard]) -> Lexicon:
    found = Lexicon.of(parts)
    assert found is not None
    return found


def learnt(sides: Sides, loops: Loops = PLAIN) -> Attunement | None:
    part = heard(sides)
    return Attunement.of([part], [sides], lexicon_of([part]), loops)


def test_a_language_that_the_model_has_never_seen_is_learnt_from_the_document() -> None:
    sides = sides_of(*foreign(300), WordEncoder())
    found = learnt(sides)
    assert found is not None
    assert found.weight == 1.0
    beads = one_by_one(300)
    assert misses([(sides, beads)])[1] > 200
    assert misses([(found.attuned(sides, (0, 0)), beads)])[1] < 30


def test_vectors_that_tell_enough_are_left_as_they_are() -> None:
    source, _ = foreign(300)
    assert learnt(sides_of(source, source, WordEncoder())) is None


def test_where_words_tell_nothing_vectors_are_left_as_they_are() -> None:
    source, _ = foreign(300)
    _, strange = foreign(300, seed=2)
    target = [other if at % 12 == 0 else line for at, (line, other) in enumerate(zip(source, strange, strict=True))]
    sides = sides_of(source, target, WordEncoder())
    assert misses([(sides, one_by_one(300))])[1] > 20
    found = learnt(sides)
    assert found is None or found.weight < 0.3


@pytest.mark.parametrize(("sure", "weight"), [(0.3, 0.0), (0.45, 0.0), (0.55, 0.5), (0.7, 1.0)])
def test_in_a_dim_document_what_is_foretold_counts_where_most_of_it_is_sure(sure: float, weight: float) -> None:
    """Texts that have nothing to do with each other would come to look like translations else."""
    source, _ = foreign(300)
    _, target = foreign(300, seed=2)
    sides, count = sides_of(source, target, WordEncoder()), round(300 * sure)
    part = Heard((sides[0].stems, sides[1].stems), (0, 0), one_by_one(count))
    found = Attunement.of([part], [sides], lexicon_of([part]))
    assert (found.weight if found else 0.0) == pytest.approx(weight, abs=0.1)


def test_words_that_stand_once_teach_nothing() -> None:
    source = [f"{first}{last}q" for first in SYLLABLES for last in SYLLABLES[:5]]
    target = [f"{last}{first}z" for first in SYLLABLES for last in SYLLABLES[:5]]
    sides = sides_of(source, target, BlindEncoder())
    found = learnt(sides)
    assert found is not None
    assert not any(len(table) for table in found.tables)
    assert np.isfinite(found.attuned(sides, (0, 0))[0].meaning.sums).all()


def test_what_is_foretold_in_a_stretch_was_not_learnt_there() -> None:
    """Other partners in the second of four stretches change nothing of what is learnt for it, and all for the rest."""
    sides = sides_of(*foreign(200), WordEncoder())
    lexicon = lexicon_of([heard(sides)])
    stretch = np.arange(200) * 4 // 200
    wanted = np.random.default_rng(0).normal(size=(200, 5)).astype(np.float32)
    other = np.where(stretch[:, None] == 1, -wanted, wanted)
    tables = [attunement._corrections(lexicon, 0, each, stretch, PLAIN).reshape(4, -1, 5) for each in (wanted, other)]
    np.testing.assert_array_equal(tables[0][1], tables[1][1])
    assert all(np.abs(tables[0][at] - tables[1][at]).max() > 0.01 for at in (0, 2, 3))


def test_corrections_are_those_of_ridge_regression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attunement, "_ROUNDS", 60)
    sides = sides_of(*foreign(120), WordEncoder())
    lexicon = lexicon_of([heard(sides)])
    stretch = np.arange(120) * 4 // 120
    wanted = np.random.default_rng(0).normal(size=(120, 3)).astype(np.float32)
    found = attunement._corrections(lexicon, 1, wanted, stretch, PLAIN).reshape(4, -1, 3)
    holds = np.zeros((120, len(lexicon.known[1])))
    holds[np.repeat(np.arange(120), np.diff(lexicon.starts[1])), lexicon.words[1]] = 1
    holds *= np.sqrt(lexicon.rarity[1])
    for at in range(4):
        kept = holds[stretch != at]
        by_hand = np.linalg.solve(kept.T @ kept + 10 * np.eye(kept.shape[1]), kept.T @ wanted[stretch != at])
        np.testing.assert_allclose(found[at], by_hand * np.sqrt(lexicon.rarity[1])[:, None], atol=1e-4)


def test_a_part_is_bent_as_it_is_in_the_whole() -> None:
    source, target = foreign(240)
    sides = sides_of(source, target, WordEncoder())
    found = learnt(sides)
    assert found is not None
    whole = found.attuned(sides, (0, 0))
    part = found.attuned(sides_of(source[100:], target[90:], WordEncoder()), (100, 90))
    np.testing.assert_allclose(part[0].meaning.sums, whole[0].meaning.sums[100:], atol=1e-4)
    np.testing.assert_allclose(part[1].meaning.sums, whole[1].meaning.sums[90:], atol=1e-4)


@pytest.mark.parametrize("weight", [0.5, 1.0])
def test_likeness_is_that_of_the_vectors_and_of_what_is_foretold_both_ways(weight: float) -> None:
    """Written out, sentence by sentence; one language is half known, so that own vectors foretell as well."""
    source, target = foreign(200)
    target = [f"{line} {' '.join(other.split()[:3])}" for line, other in zip(target, source, strict=True)]
    sides = sides_of(source, target, WordEncoder())
    found = learnt(sides)
    assert found is not None
    assert min(found.shares) > 0.1
    found = replace(found, weight=weight)
    told, foretold, plain = [], [], []
    for number, side in enumerate(sides):
        vectors = side.meaning.sums / np.linalg.norm(side.meaning.sums, axis=1, keepdims=True)
        around = vectors - found.means[number]
        own = around @ found.axes
        table = found.tables[number].reshape(4, -1, own.shape[1])
        places = {code: at for at, code in enumerate(found.known[number].tolist())}
        across = found.shares[number] * own
        for code, sentence in zip(*side.stems, strict=True):
            if code in places:
                across[sentence] += table[sentence * 4 // 200, places[code]]
        plain.append(vectors)
        told.append(own / np.linalg.norm(around, axis=1, keepdims=True))
        foretold.append(across / np.linalg.norm(across, axis=1, keepdims=True))
    by_hand = plain[0] @ plain[1].T + weight**2 * (foretold[0] @ told[1].T + told[0] @ foretold[1].T)
    one, other = (side.meaning for side in found.attuned(sides, (0, 0)))
    lengths = [side.meaning.norms[1, 1:] for side in sides]
    np.testing.assert_allclose(one.sums @ other.sums.T / np.outer(*lengths), by_hand, atol=1e-3)


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        (15, 0, 0.0),  # of 400 pairs too few to care
        (20, 0, 1 / 3),  # a third of the way to what is a need
        (30, 20, 0.5),  # 10 of 30 are saved, and 10 more are assumed not to be
        (30, 30, 0.0),  # nothing is saved
        (250, 250, 1.0),  # but the document is dim
        (250, 270, 0.0),  # and harm is done
        (400, 100, 1.0),
    ],
)
def test_what_is_foretold_counts_as_far_as_it_is_needed_and_helps(
    before: int, after: int, weight: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = iter([(400, before), (400, after)])
    monkeypatch.setattr(attunement, "misses", lambda _: next(counted))
    found = learnt(sides_of(*foreign(60), WordEncoder()))
    assert (found.weight if found else 0.0) == pytest.approx(weight)


class HalfBlindEncoder(WordEncoder):
    """Which knows nothing of words that end in x."""

    def encode_sums(self, texts: Sequence[str]) -> np.ndarray:
        """Zero for sentences of nothing else."""
        return super().encode_sums([" ".join(word for word in text.split() if word[-1] != "x") for text in texts])


@pytest.mark.parametrize("swapped", [False, True])
def test_a_script_that_the_model_cannot_read_is_learnt_from_the_document(swapped: bool) -> None:  # noqa: FBT001
    texts = foreign(300)
    sides = sides_of(*(texts[::-1] if swapped else texts), HalfBlindEncoder())
    assert not sides[0 if swapped else 1].meaning.sums.any()
    found = learnt(sides)
    assert found is not None
    assert misses([(found.attuned(sides, (0, 0)), one_by_one(300))])[1] < 30


def test_vectors_that_are_all_zero_stay_so() -> None:
    sides = sides_of(*reversed(foreign(60)), HalfBlindEncoder())
    blind = (sides[0], sides[0])
    found = learnt(blind)
    assert found is None or not found.attuned(blind, (0, 0))[0].meaning.sums.any()


def test_parts_of_a_long_document_are_attuned_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """More parts than are heard, in a language without a common word; a name here and there makes anchors."""
    source, target = of_many_lengths(4000, seed=5)
    names = ["" if at % 5 else f" Anna{at} Boris{at} Clara{at} David{at} Edgar{at} Fedor{at}" for at in range(4000)]
    source, target = (list(map(str.__add__, side, names)) for side in (source, target))
    kept = [at for at in range(4000) if at % 50 != 7]
    starts: list[tuple[int, int]] = []
    attuned = Attunement.attuned

    def noted(self: Attunement, sides: Sides, start: tuple[int, int], loops: Loops = PLAIN) -> Sides:
        starts.append(start)
        return attuned(self, sides, start, loops)

    monkeypatch.setattr(Attunement, "attuned", noted)
    beads = Aligner(WordEncoder()).align(source, [target[at] for at in kept]).beads
    pairs = {((at,), (place,)) for place, at in enumerate(kept)}
    assert sum((bead.source, bead.target) in pairs for bead in beads) > 0.98 * len(kept)
    assert len(set(starts)) > SIDE_BY_SIDE
    assert all(abs(row - column * 50 / 49) < 60 for row, column in starts)


def test_a_blank_sentence_stays_without_a_vector_and_lengths_stay_as_they_are() -> None:
    sides = sides_of(*foreign(200), WordEncoder())
    found = learnt(sides)
    assert found is not None
    some = sides_of(["", "ba be"], ["", "xx"], WordEncoder())
    attuned = found.attuned(some, (0, 0))[0].meaning
    assert not attuned.sums[0].any()
    assert attuned.norms[1, 2] >= some[0].meaning.norms[1, 2]


def test_compiled_it_is_the_same() -> None:
    sides = sides_of(*foreign(200), WordEncoder())
    one, other = (learnt(sides, loops) for loops in (PLAIN, COMPILED))
    assert one is not None
    assert other is not None
    assert one.weight == other.weight
    for side in (0, 1):
        np.testing.assert_allclose(
            one.attuned(sides, (0, 0))[side].meaning.sums,
            other.attuned(sides, (0, 0), COMPILED)[side].meaning.sums,
            atol=1e-3,
        )


def test_several_parts_teach_together() -> None:
    source, target = foreign(240)
    halves = [
        (sides_of(source[:140], target[:140], WordEncoder()), (0, 0)),
        (sides_of(source[100:], target[100:], WordEncoder()), (100, 100)),
    ]
    parts = [heard(*half) for half in halves]
    found = Attunement.of(parts, [sides for sides, _ in halves], lexicon_of(parts))
    assert found is not None
    assert found.weight > 0.8
    assert found.edges[0].tolist() == [60, 120, 180]


def test_between_pins_all_is_known_that_the_whole_document_tells() -> None:
    """Thirty lines in an unknown language are too little to learn from."""
    source, target = of_many_lengths(300, seed=3)
    pins = [Bead((at,), (at,)) for at in range(15, 300, 30)]
    assert right(Aligner(WordEncoder()).align(source, target, pins=pins).beads) > 290


def test_a_correction_is_made_with_what_the_alignment_knew() -> None:
    source, target = of_many_lengths(300, seed=3)
    aligner = Aligner(WordEncoder())
    result = aligner.align(source, target)
    assert isinstance(result.learnt, Known)
    pin = Bead((150,), (150,))
    assert right(aligner.realign(result, [pin]).beads) > 290
    stranger = replace(result, signature="made by something else")
    assert aligner.realign(stranger, [pin]).beads == aligner.realign(replace(result, learnt=None), [pin]).beads


def test_a_document_in_an_unknown_language_is_less_dim_once_its_vectors_are_attuned() -> None:
    source, target = of_many_lengths(300, seed=3)
    documents = from_sentences(source, "s"), from_sentences(target, "t")
    known = known_of(*documents, WordEncoder(), shipped_weights())
    assert known.attunement is not None
    assert known.dimness < 0.3
    assert known_of(*documents, BlindEncoder(), shipped_weights()).dimness > 0.3
    beads = Aligner(WordEncoder()).align(*documents).beads
    assert right(beads) > 290
    assert replace(known, attunement=None).attuned((), (0, 0)) == ()
