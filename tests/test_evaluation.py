"""Comparing a system with gold, against cases counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from align import Bead, FormatError
from align.cli import main
from align.evaluation import Annotated, Counts, error_page, evaluate
from align.evaluation.page import places
from align.evaluation.resampling import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLD = Annotated("d", (Bead((0,), (0,)), Bead((1, 2), (1,)), Bead((3,), ()), Bead((4, 5), (2, 3))), name="gold")
OURS = Annotated(
    "d",
    (Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.6), Bead((2,), (), 0.5), Bead((3,), (), 0.9), Bead((4, 5), (2, 3), 0.8)),
    sure=True,
    name="ours",
)


def document(count: int, wrong: Sequence[int] = (), id: str = "") -> Annotated:  # noqa: A002  # Annotated.id
    """`count` 1-1 beads; those in `wrong` point to a sentence far away."""
    return Annotated(id, tuple(Bead((at,), (at + 1000 if at in wrong else at,)) for at in range(count)), name="x")


def test_scores_are_those_counted_by_hand() -> None:
    found = evaluate([GOLD], [OURS], samples=100)
    assert found.counts["strict"] == Counts(right=2, ours=3, found=2, gold=3)
    assert found.counts["lax"] == Counts(right=3, ours=3, found=3, gold=3)
    kinds = {kind: (score.precision, score.recall) for kind, score in found.kinds.items()}
    assert kinds == {"1-1": (0.5, 1.0), "1-n": (0.0, 0.0), "n-m": (1.0, 1.0), "null": (0.5, 1.0)}
    assert found.signature.endswith("gold gold: 1 documents, 3 two-sided beads | system ours")


def test_calibration_is_that_counted_by_hand() -> None:
    found = evaluate([GOLD], [OURS], samples=100).reliability
    assert found is not None
    assert found.beads == 3
    assert found.error == pytest.approx((abs(0.6 - 0) + abs(0.8 - 1) + abs(0.9 - 1)) / 3)
    assert evaluate([GOLD], [GOLD], samples=100).reliability is None


def test_confidences_fall_into_ten_bins_of_equal_width() -> None:
    sure = (0.05, 0.15, 0.84, 0.86, 0.95, 1.0)
    ours = Annotated("", tuple(Bead((at,), (at,), each) for at, each in enumerate(sure)), sure=True)
    found = evaluate([document(6)], [ours], samples=10).reliability
    assert found is not None
    assert [(round(mean, 3), right, beads) for mean, right, beads in found.bins] == [
        (0.05, 1.0, 1), (0.15, 1.0, 1), (0.85, 1.0, 2), (0.975, 1.0, 2),
    ]  # fmt: skip


def test_gold_that_is_coarser_than_sentences_says_nothing_of_calibration() -> None:
    coarse = Annotated("d", GOLD.beads, coarse=True)
    assert evaluate([coarse], [OURS], samples=10).reliability is None


def test_merged_is_shown_where_any_gold_is_coarse() -> None:
    gold = [document(3, id="fine"), Annotated("coarse", (Bead((0, 1), (0, 1)),), coarse=True)]
    assert "merged" in evaluate(gold, [document(3, id="fine"), document(2, id="coarse")], samples=10).measures


def test_merged_is_shown_for_coarse_gold_only() -> None:
    coarse = Annotated("d", (Bead((0, 1), (0, 1)),), coarse=True)
    ours = Annotated("d", (Bead((0,), (0,)), Bead((1,), (1,))))
    found = evaluate([coarse], [ours], samples=100)
    assert found.measures["merged"].f1 == 1.0
    assert found.measures["strict"].f1 == 0.0
    assert "merged" not in evaluate([GOLD], [OURS], samples=100).measures


def test_a_document_without_an_answer_counts_as_missed() -> None:
    found = evaluate([document(5, id="a"), document(5, id="b")], [document(5, id="b")], samples=100)
    assert found.unanswered == ("a",)
    assert found.counts["strict"] == Counts(right=5, ours=5, found=5, gold=10)
    with pytest.raises(FormatError, match="no document of the gold"):
        evaluate([document(5, id="a"), document(5, id="b")], [document(5, id="c")])
    with pytest.raises(FormatError, match="twice"):
        evaluate([document(5, id="a"), document(5, id="b")], [document(5, id="a"), document(5, id="a")])


def test_the_interval_holds_the_score_and_narrows_with_more_text() -> None:
    few, many = (evaluate([document(n)], [document(n, range(0, n, 7))]) for n in (100, 4000))
    for found in (few, many):
        assert found.intervals["strict"].low <= found.measures["strict"].f1 <= found.intervals["strict"].high
    assert many.intervals["strict"].high - many.intervals["strict"].low < 0.05
    assert evaluate([document(50)], [document(50)]).intervals["strict"].low == 1.0


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    # Of 400 blocks, half of them right: 0.5 ± 1.96 · sqrt(0.25 / 400).
    blocks = np.array([[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]] * 200)
    found = interval(blocks, 4000)
    assert (found.low, found.high) == (pytest.approx(0.451, abs=0.006), pytest.approx(0.549, abs=0.006))


def test_a_clear_difference_is_significant_and_none_is_not() -> None:
    gold, good, bad = document(800), document(800, range(0, 800, 40)), document(800, range(0, 800, 8))
    better = evaluate([gold], [good], against=[bad]).difference["strict"]
    assert better.value > 0.05
    assert better.interval.low > 0
    assert better.p < 0.01
    same = evaluate([gold], [good], against=[good]).difference["strict"]
    assert (same.value, same.p) == (0.0, 1.0)


def test_the_same_seed_gives_the_same_figures() -> None:
    runs = [evaluate([document(300)], [document(300, range(0, 300, 9))]) for _ in range(2)]
    assert runs[0] == runs[1]


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, 59)))
def test_blocks_add_up_to_the_whole(wrong: set[int]) -> None:
    from align.evaluation.comparison import _blocks

    gold, ours = document(60), document(60, sorted(wrong))
    for measure in ("strict", "lax"):
        counted = evaluate([gold], [ours], samples=100).counts[measure]
        rows = _blocks([(gold, ours)], measure).sum(axis=0)
        assert tuple(rows) == (counted.right, counted.ours, counted.found, counted.gold)


def test_blocks_are_of_twenty_gold_beads_and_hold_our_beads_that_begin_in_them() -> None:
    from align.evaluation.comparison import _blocks

    gold, ours = document(50), document(50, [19, 20])
    rows = _blocks([(gold, ours), (document(1), document(1))], "strict")
    assert rows.tolist() == [[19, 20, 19, 20], [19, 20, 19, 20], [10, 10, 10, 10], [1, 1, 1, 1]]


def test_a_page_says_how_many_places_it_does_not_show() -> None:
    gold, ours = document(9), document(9, [0, 2, 4, 6, 8])
    page = error_page(evaluate([gold], [ours], samples=10), [gold], [ours], most=2)
    assert "5 places differ" in page
    assert "3 further places are not shown" in page
    assert page.count("<section>") == 2


def test_a_null_stands_beside_its_neighbours_though_one_side_has_a_long_preface() -> None:
    preface = [Bead((), (at,)) for at in range(30)]
    one = [Bead((0,), (30,)), Bead((1,), (31,)), Bead((2,), ()), Bead((3,), (32,)), Bead((4,), (33,))]
    other = [Bead((0,), (30,)), Bead((1,), ()), Bead((2,), (31,)), Bead((3,), (32,)), Bead((4,), (33,))]
    (found,) = places(Annotated("", (*preface, *one)), Annotated("", (*preface, *other)))
    assert [(kind, bead.source, bead.target) for kind, bead in found.rows] == [
        ("same", (0,), (30,)),
        ("wrong", (1,), ()),
        ("missed", (1,), (31,)),
        ("wrong", (2,), (31,)),
        ("missed", (2,), ()),
        ("same", (3,), (32,)),
    ]


def test_a_page_shows_each_place_that_differs_and_escapes_the_texts() -> None:
    gold = Annotated(
        "d", (Bead((0,), (0,)), Bead((1,), (1,)), Bead((2,), (2,))), False, ("<a>", "b", "c"), ("x", "y&", "z")
    )
    ours = Annotated("d", (Bead((0,), (0,)), Bead((1,), ()), Bead((), (1,)), Bead((2,), (2,))), False)
    found = list(places(gold, ours))
    assert len(found) == 1
    page = error_page(evaluate([gold], [ours], samples=100), [gold], [ours])
    assert "1 place differs" in page
    assert "y&amp;" in page
    assert "<a>" not in page
    assert "&lt;a&gt;" in page
    assert list(places(gold, gold)) == []


class TestCommand:
    def test_prints_scores_and_writes_a_page(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("gold").write_text("0\t0\n1\t1\n2,3\t2\n")
        Path("ours").write_text("0\t0\t0.9\n1\t1\t0.9\n2\t2\t0.4\n3\t\t0.4\n")
        Path("theirs").write_text("[0]:[1]\n[1]:[0]\n[2, 3]:[2]\n")
        done = CliRunner().invoke(main, ["eval", "gold", "ours", "--against", "theirs", "--html", "e.html"])
        assert (done.exit_code, done.stderr) == (0, "")
        assert "strict    0.6667     0.6667  0.6667" in done.stdout
        assert "calibration error" in done.stdout
        assert "p = " in done.stdout
        assert Path("e.html").read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_json_is_for_programs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("gold").write_text("0\t0\n1\t1\n")
        done = CliRunner().invoke(main, ["eval", "gold", "gold", "--to", "json"])
        record = json.loads(done.stdout)
        assert record["measures"]["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
        assert record["signature"].startswith("align ")

    @pytest.mark.parametrize("arguments", [["missing", "gold"], ["gold", "broken"], ["gold", "gold", "--html", "no/x"]])
    def test_bad_input_is_one_line(self, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("gold").write_text("0\t0\n")
        Path("broken").write_text("0 0\n")
        done = CliRunner().invoke(main, ["eval", *arguments])
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("error: ")

    def test_a_memory_needs_gold_with_sentences(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("gold").write_text("0\t0\n")
        Path("m.tmx").write_text(
            '<tmx version="1.4"><body><tu><tuv xml:lang="ru"><seg>а</seg></tuv>'
            '<tuv xml:lang="en"><seg>a</seg></tuv></tu></body></tmx>'
        )
        done = CliRunner().invoke(main, ["eval", "gold", "m.tmx"])
        assert done.exit_code == 1
        assert "holds the sentences" in done.stderr
