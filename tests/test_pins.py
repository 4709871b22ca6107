"""Pins hold exactly, and the rest is aligned around them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_aligner import WordEncoder

from align import Aligner, Alignment, Bead, PinError
from align.aligner.pins import window
from align.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Statement

WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
ALIGNER = Aligner(WordEncoder())


def pairs(result: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in result.beads]


def is_partition(beads: Sequence[Bead], source: int, target: int) -> bool:
    return [at for bead in beads for at in bead.source] == list(range(source)) and [
        at for bead in beads for at in bead.target
    ] == list(range(target))


def test_a_pin_holds_against_all_evidence() -> None:
    pin = Bead((2,), (3,))
    result = ALIGNER.align(WORDS, WORDS, pins=[pin])
    assert pin in result.beads
    assert is_partition(result.beads, 6, 6)
    assert pairs(ALIGNER.align(WORDS, WORDS))[2] == ((2,), (2,))


def test_a_pinned_null_holds_on_either_side() -> None:
    pins = [Bead((1,), ()), Bead((), (4,))]
    result = ALIGNER.align(WORDS, WORDS, pins=pins)
    assert set(pins) <= set(result.beads)
    assert is_partition(result.beads, 6, 6)


@st.composite
def pinnable(draw: st.DrawFn) -> tuple[int, int, list[Bead]]:
    """Two lengths and pins that can hold: some beads of a random partition."""
    beads, i, j = [], 0, 0
    for a, b in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=8)):
        beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    kept = draw(st.lists(st.sampled_from(beads), unique=True, max_size=4))
    alone = [bead for bead in kept if bead.is_null and len(bead.source + bead.target) > 1]
    return max(i, 1), max(j, 1), [bead for bead in kept if bead not in alone]


@settings(max_examples=60, deadline=None)
@given(pinnable())
def test_pins_of_any_partition_hold_and_the_rest_is_one(case: tuple[int, int, list[Bead]]) -> None:
    source, target, pins = case
    sides = [[WORDS[at % 6] for at in range(count)] for count in (source, target)]
    result = ALIGNER.align(*sides, pins=pins)
    assert is_partition(result.beads, source, target)
    assert {(pin.source, pin.target) for pin in pins} <= set(pairs(result))
    assert all(bead.confidence == 1.0 for bead in result.beads if Bead(bead.source, bead.target) in pins)


@pytest.mark.parametrize(
    ("pins", "told"),
    [
        ([Bead((0,), (1,)), Bead((1,), (0,))], "cross"),
        ([Bead((0, 2), (1,))], "skips source"),
        ([Bead((0,), (9,))], "names target sentence 9, but there are 6"),
        ([Bead((0,), (1,)), Bead((0, 1), ())], "in two pins"),
    ],
)
def test_pins_that_cannot_hold_are_refused(pins: list[Bead], told: str) -> None:
    with pytest.raises(PinError, match=told):
        ALIGNER.align(WORDS, WORDS, pins=pins)
    with pytest.raises(PinError, match=told):
        ALIGNER.realign(ALIGNER.align(WORDS, WORDS), pins)


def test_realigning_touches_only_what_lies_around_the_pin() -> None:
    sentences = [f"{WORDS[at % 6]} {WORDS[at // 6 % 6]} {WORDS[at // 36 % 6]}" for at in range(216)]
    before = ALIGNER.align(sentences, sentences)
    after = ALIGNER.realign(before, [Bead((100, 101), (100,))])
    assert Bead((100, 101), (100,)) in after.beads
    assert is_partition(after.beads, 216, 216)
    assert after.beads[:30] == before.beads[:30]
    assert after.beads[-30:] == before.beads[-30:]
    again = ALIGNER.realign(after, [Bead((104,), (105,))])
    assert {Bead((100, 101), (100,)), Bead((104,), (105,))} <= set(again.beads)


def test_a_new_pin_wins_over_an_old_one_that_it_contradicts() -> None:
    first = ALIGNER.align(WORDS, WORDS, pins=[Bead((2,), (3,))])
    second = ALIGNER.realign(first, [Bead((2,), (2,))])
    assert Bead((2,), (2,)) in second.beads
    assert is_partition(second.beads, 6, 6)


def test_a_window_reaches_from_one_firm_bead_to_another() -> None:
    beads = [Bead((at,), (at,), 0.99) for at in range(300)]
    start, stop = window(beads, Bead((150,), (151,)))
    assert (start, stop) == (90, 212)
    doubtful = [*beads[:60], *(Bead((at,), (at,), 0.4) for at in range(60, 120)), *beads[120:]]
    assert window(doubtful, Bead((150,), (151,)))[0] == 60
    assert window(beads, Bead((0,), (299,))) == (0, 300)


class TestCommand:
    def test_pins_are_honoured_by_pair_and_by_realign(
        self, statement: Statement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("pins").write_text("3,4\t3\n7\t\n")
        files = [str(statement.source), str(statement.target)]
        done = CliRunner().invoke(main, ["pair", *files, "--to", "beads", "--pins", "pins"])
        assert done.exit_code == 0
        assert {"3,4\t3\t1.000", "7\t\t1.000"} <= set(done.stdout.split("\n"))
        assert CliRunner().invoke(main, ["pair", *files, "-o", "r.jsonl"]).exit_code == 0
        done = CliRunner().invoke(main, ["realign", "r.jsonl", "pins", "--to", "beads"])
        assert {"3,4\t3\t1.000", "7\t\t1.000"} <= set(done.stdout.split("\n"))
        assert CliRunner().invoke(main, ["realign", "r.jsonl", "pins", "-o", "r.jsonl"]).exit_code == 0

    def test_bad_pins_are_one_line(self, statement: Statement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("crossing").write_text("3\t4\n4\t3\n")
        Path("broken").write_text("three\t4\n")
        for name, told in (("crossing", "cross"), ("broken", "broken:1"), ("missing", "missing")):
            done = CliRunner().invoke(main, ["pair", str(statement.source), str(statement.target), "--pins", name])
            assert (done.exit_code, done.stdout) == (1, "")
            assert done.stderr.startswith("error: ")
            assert told in done.stderr
            assert done.stderr.count("\n") == 1
