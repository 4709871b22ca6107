"""Scores against cases counted by hand."""

from __future__ import annotations

import pytest

from align.evaluation import Counts, lax, merged, strict
from align.types import Bead

GOLD = [Bead((0,), (0,)), Bead((1, 2), (1,)), Bead((3,), ()), Bead((4,), (2, 3))]


def test_strict_counts_only_beads_that_are_exactly_the_same() -> None:
    ours = [Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), ()), Bead((3,), ()), Bead((4,), (2, 3))]
    assert strict(GOLD, ours) == Counts(right=2, ours=3, found=2, gold=3)
    assert strict(GOLD, ours).score("x").f1 == pytest.approx(2 / 3)


def test_lax_counts_beads_that_touch_one_on_both_sides() -> None:
    ours = [Bead((0,), (1,)), Bead((1,), (1,)), Bead((4,), (3,))]
    assert lax(GOLD, ours) == Counts(right=2, ours=3, found=2, gold=3)


def test_merged_joins_our_beads_inside_one_gold_bead() -> None:
    gold = [Bead((0, 1), (0, 1)), Bead((2,), (2,))]
    ours = [Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), (2,))]
    assert strict(gold, ours).right == 1
    assert merged(gold, ours) == Counts(right=2, ours=2, found=2, gold=2)


def test_a_bead_that_reaches_out_of_the_gold_bead_is_joined_with_none() -> None:
    gold = [Bead((0, 1), (0, 1)), Bead((2,), (2,))]
    assert merged(gold, [Bead((0,), (0,)), Bead((1,), (1, 2))]) == Counts(right=0, ours=2, found=0, gold=2)
    assert merged(gold, [Bead((0,), (0,)), Bead((1, 2), (1,))]) == Counts(right=0, ours=2, found=0, gold=2)


def test_nulls_never_count() -> None:
    assert strict([Bead((0,), ())], [Bead((0,), ())]) == Counts()
    assert strict([], []).score("x").f1 == 0.0


def test_counts_add_up_over_documents() -> None:
    assert Counts(1, 2, 3, 4) + Counts(1, 1, 1, 1) == Counts(2, 3, 4, 5)
