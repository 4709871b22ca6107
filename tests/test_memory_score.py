"""`align memory score` finds units whose texts do not belong together, and leaves the others alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_samples import memory, three, tu

from align.cli import main
from align.encoder import load_encoder
from align.memory import Entry, Variant, open_memory
from align.memory.scoring import score
from align.memory.scoring.evidence import evidence
from align.memory.scoring.judging import BLOCK, shipped_judge
from align.training.judge import KINDS, fit, plant, recall_at
from corpora import statements

if TYPE_CHECKING:
    from collections.abc import Callable


def good_pairs() -> list[tuple[str, str]]:
    """The 1-1 beads of the sample statements, each pair once."""
    beads = [bead for name in statements.names() for bead in statements.load(name).beads]
    pairs = [(bead.source[0], bead.target[0]) for bead in beads if len(bead.source) == len(bead.target) == 1]
    return list(dict.fromkeys(pairs))


def scores(pairs: list[tuple[str, str]]) -> list[bool]:
    entries = [Entry((Variant("ru", a), Variant("en", b))) for a, b in pairs]
    return [each.judgement.bad for each in score(entries, "ru")]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``align memory score …`` inside this process, in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, ["memory", "score", *map(str, arguments)])

    return invoke


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_exchanged_targets_are_found_and_nearly_nothing_else(seed: int) -> None:
    made, marks = plant(good_pairs(), ["swap", "neighbour"], 0.05, seed)
    found = np.array(scores(made))
    bad = np.array([mark is not None for mark in marks])
    assert bad.sum() >= 10
    assert found[bad].mean() >= 0.9
    assert found[~bad].mean() <= 0.02


def test_of_good_units_nearly_none_is_called_wrong() -> None:
    assert np.mean(scores(good_pairs())) <= 0.02


@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True),
    share=st.floats(0.02, 0.3),
    seed=st.integers(0, 1000),
)
@settings(deadline=None, max_examples=30)
def test_planting_changes_what_it_marks_and_nothing_else(kinds: list[str], share: float, seed: int) -> None:
    pairs = [(f"раз {n}", f"once upon a time {n}") for n in range(60)]
    made, marks = plant(pairs, kinds, share, seed)  # type: ignore[arg-type]
    assert all((new != old) is (mark is not None) for new, old, mark in zip(made, pairs, marks, strict=True))
    assert [source for source, _ in made] == [source for source, _ in pairs]


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=15)
@given(pairs=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=8))
def test_any_texts_are_judged_with_finite_numbers(pairs: list[tuple[str, str]]) -> None:
    sources, targets = [a for a, _ in pairs], [b for _, b in pairs]
    encoder = load_encoder()
    if len(pairs) > 1:
        cues = evidence(sources, targets, encoder)  # type: ignore[arg-type]
        assert set(cues) == set(shipped_judge().names)
        assert all(np.isfinite(values).all() and values.shape == (len(pairs),) for values in cues.values())
    judged = shipped_judge().judge(sources, targets, encoder)  # type: ignore[arg-type]
    assert all(0 <= each.score <= 1 for each in judged)


def test_entries_come_out_as_they_went_in_over_several_blocks() -> None:
    entries = [Entry((Variant("ru", f"Раз {n}."), Variant("en", f"Once {n}."))) for n in range(BLOCK + 3)]
    assert [each.entry for each in score(entries, "ru")] == entries
    assert list(score([], "ru")) == []


def test_recall_is_taken_where_precision_is_high_enough() -> None:
    chance, bad = np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([True, True, False, True, False])
    assert recall_at(chance, bad, 0.75) == (1.0, 0.6)
    assert recall_at(chance, bad, 0.95) == (pytest.approx(2 / 3), 0.8)
    assert recall_at(chance, ~bad, 0.95) == (0.0, 1.0)


def test_fitting_finds_the_slope_that_made_the_data() -> None:
    rng = np.random.default_rng(1)
    columns = np.concatenate([np.ones((4000, 1)), rng.normal(size=(4000, 3))], axis=1)
    truth = np.array([-1.0, 2.0, 0.0, -1.0])
    bad = rng.random(4000) < 1 / (1 + np.exp(-columns @ truth))
    fitted = fit(columns, bad, np.ones(4000))
    assert np.allclose([fitted.bias, *fitted.weights[:, 0]], truth, atol=0.25)


class TestCommand:
    def write(self) -> list[tuple[str, str]]:
        pairs = good_pairs()[:80]
        pairs[10], pairs[40] = (pairs[10][0], pairs[40][1]), (pairs[40][0], pairs[10][1])
        units = "".join(tu(*(text.replace("&", "&amp;") for text in pair)) for pair in pairs)
        Path("a.tmx").write_text(memory(1, units), encoding="utf-8")
        return pairs

    def test_it_prints_what_is_likely_wrong(self, run: Callable[..., Result]) -> None:
        pairs = self.write()
        result = run("a.tmx", "--report")
        assert result.exit_code == 0
        rows = [line.split("\t") for line in result.stdout.splitlines()]
        assert {pairs[10], pairs[40]} <= {(row[3], row[4]) for row in rows}
        assert len(rows) <= 5
        assert all(0 <= float(row[0]) <= 0.5 and int(row[1]) > 0 and row[2] for row in rows)
        assert result.stderr == f"82 units, {len(rows)} likely wrong\n"

    def test_it_parts_the_memory(self, run: Callable[..., Result]) -> None:
        pairs = self.write()
        result = run("a.tmx", "-o", "good.tmx", "--rejected", "bad.tmx")
        with open_memory("bad.tmx") as bad, open_memory("good.tmx") as good:
            rejected, kept = list(bad.entries), list(good.entries)
        assert len(rejected) == len(result.stdout.splitlines())
        assert len(rejected) + len(kept) == 82
        assert pairs[10][0] in {entry.variants[0].text for entry in rejected}
        assert all(entry.properties[-1].type == "x-score" for entry in [*rejected, *kept])

    def test_the_threshold_may_be_given(self, run: Callable[..., Result]) -> None:
        self.write()
        assert len(run("a.tmx", "--below", "1").stdout.splitlines()) == 82
        assert run("a.tmx", "--below", "0").stdout == ""

    def test_the_worst_of_several_languages_counts(self, run: Callable[..., Result]) -> None:
        Path("a.tmx").write_text(memory(1, three(1)), encoding="utf-8")
        assert len(run("a.tmx", "--below", "1").stdout.splitlines()) == 3

    def test_wrong_usage(self, run: Callable[..., Result]) -> None:
        self.write()
        assert run("a.tmx", "-o", "-").exit_code == 2
        assert "it is an input" in run("a.tmx", "-o", "a.tmx").stderr
        assert run("none.tmx").exit_code == 1
        assert run("a.tmx", "--model", "./none").exit_code == 1
