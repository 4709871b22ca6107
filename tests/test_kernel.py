"""The compiled search against the NumPy one: every cue, the scores, the posteriors and the paths; and where it runs."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from test_aligner import WordEncoder

from align.aligner import local
from align.aligner.aligner import from_sentences
from align.aligner.cover import Cover, reach_of
from align.aligner.cues import CUES
from align.aligner.decoding import NULL_WEIGHT, best_paths
from align.aligner.habits import NULL_HABITS, PAIR_HABITS, Habits, habits, habits_from
from align.aligner.heard import Heard
from align.aligner.kernel import looks, machine
from align.aligner.kernel.covering import Covering
from align.aligner.kernel.tables import KNOWN, Fixed
from align.aligner.lattice import IMPOSSIBLE, SHAPES, Band, Floats32, Lattice, Scores
from align.aligner.lexicon import Lexicon
from align.aligner.pair import Lexical, Pair
from align.aligner.posteriors import Posteriors, posteriors
from align.aligner.scoring import Parts, Weights, pair_scores, scores, shipped_weights, with_habits
from align.aligner.sides import Channel, Side, both_sides, unit
from align.aligner.survey import survey
from align.aligner.tokens import Tokens
from corpora.errors import ToolkitWarning

ROOT = Path(__file__).resolve().parent.parent
SIZES = st.integers(1, 14)
SEEDS = st.integers(0, 10_000)


def random_channel(random: np.random.Generator, count: int, width: int, filled: float) -> Channel:
    """Vectors some of which are zero, as of blank sentences or of those without numbers."""
    sums = random.normal(0.2, 1.0, (count, width)) * (random.random((count, 1)) < filled)
    return Channel.of(sums.astype(np.float32))


def random_side(random: np.random.Generator, count: int) -> Side:
    def flags(share: float) -> np.ndarray:
        return random.random(count) < share

    return Side(
        meaning=random_channel(random, count, 5, 0.9),
        letters=random_channel(random, count, 7, 0.9),
        numbers=random_channel(random, count, 3, 0.3),
        stems=(np.zeros(0, np.int64), np.zeros(0, np.int64)),
        size=random.integers(1, 200, count).astype(np.float64),
        ending=random.integers(0, 7, count).astype(np.int8),
        opening=random.integers(0, 4, count).astype(np.int8),
        starts=flags(0.4) & bool(random.random() < 0.8),
        labelled=flags(0.2),
        aside=flags(0.15),
        small=flags(0.2),
        open_end=flags(0.2),
        quotes=random.integers(-2, 3, count).astype(np.float64),
        kinds=random.integers(0, 3, count).astype(np.int64),
    )


def random_tokens(random: np.random.Generator, count: int) -> Tokens:
    """Of sentences some of which have none."""
    lengths = random.integers(0, 8, count)
    vectors = random.normal(0.1, 1.0, (int(lengths.sum()), 4)).astype(np.float32)
    weights = random.uniform(0.5, 3.0, len(vectors)).astype(np.float32)
    return Tokens(unit(vectors), weights, np.concatenate([[0], np.cumsum(lengths)]))


def random_pair(random: np.random.Generator, n: int, m: int) -> Pair:
    pair, anchors = survey(random_side(random, n), random_side(random, m))
    if random.random() < 0.7:
        everything = np.stack([np.zeros(n, np.int64), np.full(n, m)])
        tokens = random_tokens(random, n), random_tokens(random, m)
        pair = replace(pair, cover=Cover.of(tokens, everything, anchors))
    if random.random() < 0.3:
        return pair
    halves = [(random_channel(random, n, 6, 0.8), random_channel(random, m, 6, 0.8)) for _ in range(2)]
    return replace(pair, lexical=Lexical(halves[0], halves[1], float(random.uniform(0.2, 0.6))))


def random_band(random: np.random.Generator, n: int, m: int) -> Band:
    """A crooked band: rows that overlap, whose edges leap, the right one also back."""
    first, ends = [0], [int(random.integers(1, m + 2)) if n else m + 1]
    for row in range(1, n + 1):
        first.append(int(random.integers(first[-1], ends[-1])))
        low = first[-1] + 1 if row < n else m + 1
        ends.append(int(random.integers(low, m + 2)))
    return Band(np.array(first), np.array(ends) - np.array(first), m + 1)


def in_order(flat: Floats32, band: Band) -> Floats32:
    """What the kernel lays out row by row, as NumPy has it: shapes by cells."""
    ends = len(SHAPES) * np.cumsum(band.width)
    rows = np.split(flat, ends[:-1])
    return np.concatenate([row.reshape(len(SHAPES), -1) for row in rows], axis=1)


def assert_same_scores(found: Floats32, expected: Floats32, tolerance: float = 2e-4) -> None:
    np.testing.assert_array_equal(found < IMPOSSIBLE / 2, expected < IMPOSSIBLE / 2)
    np.testing.assert_allclose(found, expected, atol=tolerance, rtol=1e-4)


def reachable(band: Band) -> np.ndarray:
    """Whether a bead begins in the band, by shape and cell: no path has any other, so that nobody scores them."""
    rows, columns = band.positions(0, band.rows)
    inside = np.zeros((band.rows, band.columns), dtype=bool)
    inside[rows, columns] = True
    return np.stack(
        [(rows >= a) & (columns >= b) & inside[np.maximum(rows - a, 0), np.maximum(columns - b, 0)] for a, b in SHAPES]
    )


# Sides made by chance seldom cover enough of each other.
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(n=st.integers(1, 40), m=st.integers(1, 40), seed=SEEDS)
def test_what_covers_what_is_what_numpy_gives(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    tokens, reach = (random_tokens(random, n), random_tokens(random, m)), reach_of(random_band(random, n, m))
    anchors = np.stack([np.arange(n), reach[0]], axis=1)[reach[0] < reach[1]]
    found, expected = Cover.of(tokens, reach, anchors, Covering()), Cover.of(tokens, reach, anchors)
    assert (found is None) == (expected is None)
    assume(found is not None and expected is not None)  # else they cover too little of each other
    np.testing.assert_allclose(found.values, expected.values, atol=2e-5)
    np.testing.assert_array_equal(found.base, expected.base)


def test_the_kernel_has_every_cue() -> None:
    missing = sorted(set(CUES) - KNOWN)
    assert not missing, (
        f"align.aligner.kernel does not have {missing}: long documents would be searched by NumPy, which takes ten "
        "times as long. Add each to tables.py (if it says something of one side, of two first or last sentences, of "
        "the shape, or is a cosine) or to beads.py, and to KNOWN"
    )
    assert not KNOWN - set(CUES)


@pytest.mark.parametrize("name", CUES)
@settings(max_examples=12, deadline=None)
@given(n=SIZES, m=SIZES, seed=SEEDS)
def test_every_cue_by_itself_is_what_numpy_gives(name: str, n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    pair, band = random_pair(random, n, m), random_band(random, n, m)
    found = in_order(looks.pair_scores(pair, band, Fixed.of({name: 1.0})), band)
    expected = pair_scores(pair, band, {name: 1.0})
    counts = reachable(band)
    assert_same_scores(np.where(counts, found, 0), np.where(counts, expected, 0))


@settings(max_examples=40, deadline=None)
@given(n=st.integers(1, 40), m=st.integers(1, 40), seed=SEEDS)
def test_all_cues_together_are_what_numpy_gives(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    pair, band = random_pair(random, n, m), random_band(random, n, m)
    weights = {name: float(random.normal()) for name in CUES}
    found, expected = looks.pair_scores(pair, band, Fixed.of(weights)), pair_scores(pair, band, weights)
    counts = reachable(band)
    assert_same_scores(np.where(counts, in_order(found, band), 0), np.where(counts, expected, 0), 2e-3)


@dataclass(frozen=True)
class Both:
    """One and the same part by both ways."""

    band: Band
    kernel: looks.Found
    numpy: Posteriors


def both(random: np.random.Generator, n: int, m: int, known: Habits, *, crooked: bool = True) -> Both:
    pair, band = random_pair(random, n, m), random_band(random, n, m) if crooked else Band.whole(n + 1, m + 1)
    weights = shipped_weights()
    parts = scores(pair, band, weights)
    lattice = Lattice.of([band])
    expected = posteriors(lattice, Scores.of(lattice, [with_habits(parts, pair, known, weights)], weights.gap))
    return Both(band, looks.posteriors(laid_out(parts, band), pair, band, known, weights), expected)


def laid_out(parts: Parts, band: Band) -> Floats32:
    """Scores in the kernel's order: the other way round than `in_order`."""
    starts = np.cumsum(band.width)[:-1]
    return np.concatenate([row.ravel() for row in np.split(parts[0], starts, axis=1)])


@settings(max_examples=40, deadline=None)
@given(n=st.integers(1, 30), m=st.integers(1, 30), seed=SEEDS, gaps=st.floats(-1, 2), splits=st.floats(-1, 2))
def test_posteriors_counts_and_paths_are_what_numpy_gives(
    n: int, m: int, seed: int, gaps: float, splits: float
) -> None:
    found = both(np.random.default_rng(seed), n, m, Habits(gaps, splits, 0.5))
    kernel, expected, place = found.kernel, found.numpy, found.numpy.lattice.places[0]
    assume(expected.log_total[0] > IMPOSSIBLE / 2)  # else no path leads through a band as crooked as that
    assert kernel.log_total == pytest.approx(expected.log_total[0], abs=1e-5)
    np.testing.assert_allclose(in_order(kernel.pairs, found.band), expected.pairs[:, place], atol=1e-5)
    np.testing.assert_allclose(kernel.source_null, expected.source_null[0], atol=1e-5)
    np.testing.assert_allclose(kernel.target_null, expected.target_null[0], atol=1e-5)
    np.testing.assert_allclose(kernel.reached, expected.reached[place], atol=1e-5)
    assert kernel.counts[-1] == pytest.approx(expected.openings[0], abs=1e-4)
    np.testing.assert_allclose(kernel.counts[:-1], expected.pairs.sum(axis=1), atol=1e-4)

    path, other = looks.best_path(kernel, found.band), best_paths(expected)[0]
    assert gain(path.cells, expected) == pytest.approx(gain(other.cells, expected), abs=1e-4)
    if path.cells == other.cells:  # else two ways are worth the same
        np.testing.assert_allclose(path.certain, other.certain, atol=1e-5)


def gain(cells: list[tuple[int, int]], found: Posteriors) -> float:
    """What a path is worth by NumPy's posteriors."""
    lattice = found.lattice
    rows, columns = lattice.row[lattice.places[0]], lattice.column[lattice.places[0]]
    at = {
        cell: place
        for place, cell in zip(lattice.places[0], zip(rows.tolist(), columns.tolist(), strict=True), strict=True)
    }
    total = 0.0
    for (top, left), (bottom, right) in itertools.pairwise(cells):
        if bottom == top:
            total += NULL_WEIGHT * found.target_null[0][left]
        elif right == left:
            total += NULL_WEIGHT * found.source_null[0][top]
        else:
            total += found.pairs[SHAPES.index((bottom - top, right - left)), at[bottom, right]]
    return total


def test_an_impossible_bead_is_on_no_path() -> None:
    """All sentences belong to the page and are of different kinds: nothing may pair."""
    source, target = (random_side(np.random.default_rng(seed), 9) for seed in (1, 2))
    for side, kind in ((source, 1), (target, 2)):
        side.aside[:], side.kinds[:] = True, kind
    path = looks.look([(source, target)], shipped_weights()).paths(local.Known(Habits()), [(0, 0)])[0]
    assert all((down, right) in {(1, 0), (0, 1)} for down, right in np.diff(path.cells, axis=0).tolist())


WORDS = [f"word{at} is said{at % 7} and done{at % 11}{'?' if at % 5 == 0 else '.'}" for at in range(60)]


def parts_of_all_kinds() -> list[local.Sides]:
    pairs = [
        (WORDS, WORDS),
        (WORDS, [" ".join(WORDS[at : at + 2]) for at in range(0, 60, 2)]),
        (WORDS, WORDS[:20] + WORDS[30:]),
        ([*WORDS[:10], *[f"nothing{at}" for at in range(70)], *WORDS[10:]], WORDS),
        (WORDS[:1], WORDS),
        (WORDS[::-1], WORDS),
        ([], WORDS[:3]),
        (WORDS[:3], []),
        ([], []),
        ([" ", "", "  "], ["", WORDS[0]]),
        (["same."] * 120, ["same."] * 110),
    ]
    encoder = WordEncoder()
    return [both_sides(from_sentences(one, "s"), from_sentences(other, "t"), encoder) for one, other in pairs]


def test_parts_are_aligned_as_by_numpy() -> None:
    some, weights = parts_of_all_kinds(), shipped_weights()
    weights = replace(weights, pairs={**weights.pairs, "lexicon": 1.2, "lexicon_of_all": 0.3})
    expected, found = local.look(some, weights), looks.look(some, weights)
    starts = [(0, 0)] * len(some)
    (known, sure), (others, same) = found.hear(local.Known(), starts), expected.hear(local.Known(), starts)
    for name in ("gaps", "splits", "crossings"):
        assert getattr(known, name) == pytest.approx(getattr(others, name), abs=1e-4)
    for beads, those in zip(sure, same, strict=True):
        for spans, twin in zip(beads, those, strict=True):
            np.testing.assert_array_equal(spans, twin)
    lexicon = Lexicon.of([Heard((some[0][0].stems, some[0][1].stems), (0, 0), sure[0])])
    assert lexicon is not None
    for dimness in (0.0, 0.6):
        told = local.Known(known, lexicon, dimness)
        for path, other in zip(found.paths(told, starts), expected.paths(told, starts), strict=True):
            assert list(path.cells) == list(other.cells)
            np.testing.assert_allclose(path.certain, other.certain, atol=1e-4)
        counted, wanted = found.hear(told, starts)[0], expected.hear(told, starts)[0]
        assert counted.gaps == pytest.approx(wanted.gaps, abs=1e-4)


def test_habits_are_counted_as_by_numpy() -> None:
    found = both(np.random.default_rng(5), 25, 30, Habits(), crooked=False)
    counted, expected = habits_from(found.kernel.counts[:-1], found.kernel.counts[-1]), habits([found.numpy])
    assert counted.gaps == pytest.approx(expected.gaps, abs=1e-4)
    assert counted.crossings == pytest.approx(expected.crossings, abs=1e-4)


def test_only_long_documents_are_searched_by_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    machine.kernel()
    assert local.way_for(local.SOME - 1, shipped_weights()) is local.look
    assert local.way_for(local.SOME, shipped_weights()) is looks.look
    monkeypatch.setattr(machine, "is_kept", lambda: False)
    assert local.way_for(local.MANY - 1, shipped_weights()) is local.look
    assert local.way_for(local.MANY, shipped_weights()) is looks.look


def test_weights_of_a_cue_that_the_kernel_lacks_are_for_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "KNOWN", KNOWN - {"letters"})
    assert local.way_for(local.MANY, shipped_weights()) is local.look
    assert local.way_for(local.MANY, shipped_weights().without("letters")) is looks.look


def test_habits_are_no_cues_that_the_kernel_could_lack() -> None:
    assert not (set(PAIR_HABITS) | set(NULL_HABITS)) & set(CUES)
    assert looks.knows(Weights({"splits_by_splits": 1.0}, {}))


WITHOUT = (
    "import sys; sys.modules.update(dict.fromkeys({names}))\n"
    "from align.aligner import local\n"
    "from align.aligner.scoring import shipped_weights\n"
    "print(local.way_for(10**9, shipped_weights()).__module__)"
)


def test_without_numba_and_its_llvm_it_is_numpy() -> None:
    assert run(WITHOUT.format(names=["numba", "llvmlite"]), ROOT) == "align.aligner.local"


@pytest.mark.skipif(not machine.SUPPORTED, reason="machine code is kept by numba itself here")
def test_what_is_compiled_is_loaded_without_numba() -> None:
    machine.kernel()
    assert run(WITHOUT.format(names=["numba"]), ROOT) == "align.aligner.kernel.looks"


def test_arrays_of_another_type_are_refused() -> None:
    function = machine.kernel().best_path
    arrays: list[Any] = [np.zeros(3, dtype) for dtype in ("f8", "f8", "f8")]
    with pytest.raises(TypeError):
        function(*arrays, 1.0, *[np.zeros(1, np.int64)] * 3, np.zeros((3, 2), np.int64), *[np.zeros(3)] * 3)


def run(script: str, place: Path, **environment: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


ASK = (
    "from align.aligner import local\n"
    "from align.aligner.scoring import shipped_weights\n"
    "print(local.way_for(local.{many}, shipped_weights()).__module__)"
)


def installed_where_nothing_can_be_written(place: Path) -> Path:
    """A copy of the packages, with a file where the compiled code would go: not even root can write there."""
    for name in ("align", "corpora"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "align" / "aligner" / "kernel" / "__pycache__").write_text("", encoding="utf-8")
    return place


NOWHERE = {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null/cache", "NUMBA_CACHE_DIR": ""}


def test_where_nothing_can_be_kept_only_very_long_documents_are_compiled_for(tmp_path: Path) -> None:
    place = installed_where_nothing_can_be_written(tmp_path)
    assert run(ASK.format(many="MANY"), place, **NOWHERE) == "align.aligner.local"


@pytest.mark.skipif(not machine.SUPPORTED, reason="machine code is kept by numba itself here")
def test_what_cannot_be_kept_is_compiled_for_this_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    machine.kernel()
    made = machine._kept()
    assert made is not None
    monkeypatch.setattr(machine, "_places", lambda: iter(()))
    monkeypatch.setattr(machine, "_made", lambda: made)
    function = machine.kernel.__wrapped__().best_path
    assert isinstance(function, machine.Function)
    assert not machine.can_be_kept()


@pytest.mark.skipif(not machine.SUPPORTED, reason="machine code is kept by numba itself here")
def test_what_cannot_be_kept_beside_the_source_is_kept_in_the_users_cache(tmp_path: Path) -> None:
    place, home = installed_where_nothing_can_be_written(tmp_path), tmp_path / "home"
    home.mkdir()
    somewhere = {"HOME": str(home), "XDG_CACHE_HOME": str(home)}
    assert run(ASK.format(many="MANY"), place, **somewhere) == "align.aligner.kernel.looks"
    kept = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    assert [path.suffix for path in kept] == [".o"]
    assert run(ASK.format(many="MANY"), place, **somewhere) == "align.aligner.kernel.looks"
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()} == kept

    assert run(WITHOUT.format(names=["numba"]), place, **somewhere) == "align.aligner.kernel.looks"


@pytest.mark.skipif(not machine.SUPPORTED, reason="machine code is kept by numba itself here")
def test_code_that_was_damaged_is_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    machine.kernel()
    made = machine._kept()
    assert made is not None
    monkeypatch.setattr(machine, "_places", lambda: iter([tmp_path]))
    assert machine._kept() is None
    machine._keep(*made)
    assert machine._kept() == made
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert machine._kept() is None


@pytest.mark.skipif(not machine.SUPPORTED, reason="machine code is kept by numba itself here")
def test_a_place_that_may_not_be_looked_into_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Root may look everywhere; a name that is too long is refused to it as well.
    places = [tmp_path / ("x" * 300), tmp_path / "good"]
    monkeypatch.setattr(machine, "_places", lambda: iter(places))
    monkeypatch.setattr(machine, "kernel", lru_cache(lambda: None))
    assert not machine.is_kept()
    assert machine.can_be_kept()
    machine._keep(b"code", {})
    assert machine._kept() == (b"code", {})
    assert machine.is_kept()


def kernel_file(number: int) -> str:
    return f"kernel-{number:024x}.o"


def test_of_older_code_only_the_newest_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / kernel_file(number)).write_bytes(b"old")
        os.utime(tmp_path / kernel_file(number), (number, number))
    for other in ("kernel-of-another.o", "beads.cpython-312.pyc"):
        (tmp_path / other).write_bytes(b"not ours")
    monkeypatch.setattr(machine, "_places", lambda: iter([tmp_path]))
    monkeypatch.setattr(machine, "_name", lambda: kernel_file(9))
    machine._keep(b"code", {})
    ours = {kernel_file(number) for number in (3, 4, 9)}
    assert {path.name for path in tmp_path.iterdir()} == ours | {"kernel-of-another.o", "beads.cpython-312.pyc"}
    assert machine._kept() == (b"code", {})


def test_older_code_that_another_process_removed_first_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(6):
        (tmp_path / kernel_file(number)).write_bytes(b"old")
    unlink = Path.unlink

    def twice(path: Path, *, missing_ok: bool = False) -> None:
        unlink(path)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", twice)
    machine._tidy(tmp_path)
    assert len(list(tmp_path.iterdir())) == machine.VERSIONS


def test_a_kernel_that_fails_is_tried_once_and_warned_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fails() -> None:
        tried.append(1)
        raise RuntimeError("LLVM says\nno")

    monkeypatch.setattr(machine, "kernel", fails)
    monkeypatch.setattr(machine, "is_kept", lambda: True)
    monkeypatch.setattr(machine, "works", lru_cache(maxsize=1)(machine.works.__wrapped__))
    with pytest.warns(ToolkitWarning, match=r"\(LLVM says no\): NumPy is used") as warned:
        assert [local.way_for(local.MANY, shipped_weights()) for _ in range(3)] == [local.look] * 3
    assert (len(tried), len(warned)) == (1, 1)


def test_without_numba_nothing_is_warned_of(monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("No module named 'numba'")

    monkeypatch.setattr(machine, "kernel", missing)
    assert not machine.works.__wrapped__()
    assert not recwarn.list
