"""What a document's habits are, and what they do to scores."""

from __future__ import annotations

import random

import numpy as np
import pytest
from test_aligner import WordEncoder
from test_parts import lines

from align import Aligner
from align.aligner.aligner import from_sentences
from align.aligner.habits import NULL_HABITS, PAIR_HABITS, Habits, habits
from align.aligner.lattice import SHAPES, Band
from align.aligner.scoring import scores, shipped_weights, with_habits
from align.aligner.search import known_of
from align.aligner.sides import both_sides
from align.aligner.survey import survey
from corpora import statements


def known(source: list[str], target: list[str]) -> Habits:
    sides = from_sentences(source, "s"), from_sentences(target, "t")
    return known_of(*sides, WordEncoder(), shipped_weights()).habits


def test_nothing_seen_is_as_usual() -> None:
    assert habits([]) == Habits()


def test_a_document_that_leaves_much_out_has_more_gaps_than_a_faithful_one() -> None:
    source = lines(0, 90)
    faithful = known(source, source)
    careless = known(source, [line for at, line in enumerate(source) if at % 4])
    assert faithful.gaps < 0 < careless.gaps


def test_a_missing_chapter_is_one_gap() -> None:
    source = lines(0, 150)
    assert known(source, source[:40] + source[100:]).gaps < 0


def test_a_document_that_cuts_sentences_has_more_splits() -> None:
    source = lines(0, 60)
    halves = [" ".join(half) for line in source for half in (line.split()[:2], line.split()[2:])]
    assert known(source, halves).splits > known(source, source).splits


@pytest.mark.parametrize("says", [*PAIR_HABITS.values(), *NULL_HABITS.values()])
def test_usual_habits_say_nothing_and_shapes_are_alike_both_ways(says) -> None:  # noqa: ANN001
    for a, b in [*SHAPES, (0, 1), (1, 0)]:
        assert says(Habits(), a, b) == 0.0
        assert says(Habits(1.0, 0.5, -0.5), a, b) == says(Habits(1.0, 0.5, -0.5), b, a)


def test_scores_with_habits_are_those_without_plus_a_constant_a_shape() -> None:
    pair, _ = survey(*both_sides(from_sentences(lines(0, 5), "s"), from_sentences(lines(0, 6), "t"), WordEncoder()))
    weights = shipped_weights()
    plain = scores(pair, Band.whole(6, 7), weights)
    leaning = with_habits(plain, pair, Habits(1.0, 1.0, 1.0), weights)
    possible = plain[0] > -1e20
    for k in range(len(SHAPES)):
        change = (leaning[0] - plain[0])[k][possible[k]]
        assert len(change) == 0 or np.ptp(change) < 1e-4
    assert np.ptp(leaning[1] - plain[1]) < 1e-6


def test_a_cue_can_be_switched_off() -> None:
    source, target = lines(0, 20), lines(0, 20)
    every = (*PAIR_HABITS, *NULL_HABITS, "letters", "null_run")
    weights = shipped_weights().without(*every)
    assert all({**weights.pairs, **weights.nulls}.get(name, 0.0) == 0.0 for name in every)
    result = Aligner(WordEncoder(), weights).align(source, target)
    assert [(bead.source, bead.target) for bead in result.beads] == [((at,), (at,)) for at in range(20)]
    assert result.signature != Aligner(WordEncoder()).align(source, target).signature


@pytest.mark.parametrize(
    ("lost", "joined", "least"),
    [(0, 0, 0.99), (30, 0, 0.97), (8, 0, 0.95), (3, 0, 0.85), (0, 8, 0.95), (0, 3, 0.9), (12, 6, 0.9)],
)
def test_lines_in_no_order_are_found_whatever_the_habits(lost: int, joined: int, least: float) -> None:
    """One line in `lost` is missing on a side, one in `joined` is two in one: a document may be like any of these."""
    pairs = [
        (bead.source[0], bead.target[0])
        for name in statements.names()
        for bead in statements.load(name).beads
        if len(bead.source) == len(bead.target) == 1 and bead.kind == "body" and len(bead.source[0]) > 40
    ]
    random.Random(4).shuffle(pairs)  # noqa: S311 - the same order each time
    source: list[str] = []
    target: list[str] = []
    gold: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    for at, (left, right) in enumerate(pairs):
        if lost and at % lost == 1:
            (source if at % (2 * lost) == 1 else target).append(left if at % (2 * lost) == 1 else right)
            continue
        if joined and at % joined == joined - 1 and gold and max(gold)[0] == (len(source) - 1,):
            source[-1] += f" {left}"
            gold.discard(max(gold))
            gold.add(((len(source) - 1,), (len(target) - 1, len(target))))
        else:
            gold.add(((len(source),), (len(target),)))
            source.append(left)
        target.append(right)
    beads = Aligner().align(source, target).beads
    found = {(bead.source, bead.target) for bead in beads if not bead.is_null}
    assert len(found & gold) >= least * len(gold)
