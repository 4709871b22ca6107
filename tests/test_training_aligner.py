"""Learning the aligner's weights: the compiled sums, the gradient, and a toy that must be learnt."""

from __future__ import annotations

import numpy as np
import pytest
from test_aligner import WordEncoder
from test_posteriors import found_in, random_scores, table_of

from align import Aligner, Bead
from align.aligner.aligner import from_sentences
from align.aligner.habits import Habits
from align.aligner.lattice import Band
from align.aligner.local import Known
from align.aligner.scoring import Weights
from align.aligner.sides import both_sides
from align.aligner.survey import survey
from align.training.gold import GoldDocument, locate, statement_gold
from align.training.weights import as_json
from corpora import parse_text, statements

pytest.importorskip("numba")
pytest.importorskip("scipy")

from align.training import lattice
from align.training.aligner import NULL_NAMES, PAIR_NAMES, _loss, calibrate, fit, pieces


def toy(*, coarse: bool = False) -> GoldDocument:
    words = [f"w{at} x{at} y{at}" for at in range(14)]
    source = [*words[:4], words[4] + " " + words[5], *words[6:9], "p q r", *words[9:]]
    target = [*words[:7], words[7] + " " + words[8], *words[9:]]
    beads = [*(((at,), (at,)) for at in range(4)), ((4,), (4, 5)), ((5,), (6,)), ((6, 7), (7,)), ((8,), ())]
    beads += [((at,), (at - 1,)) for at in range(9, 14)]
    sides = (from_sentences(source, "s"), from_sentences(target, "t"))
    return GoldDocument("toy", *sides, tuple(Bead(*bead) for bead in beads), coarse)


@pytest.mark.parametrize(("n", "m"), [(1, 1), (4, 7), (12, 9)])
def test_the_compiled_sums_agree_with_those_of_the_everyday_path(n: int, m: int) -> None:
    scores = random_scores(n, m, seed=n)
    plain = found_in(scores, Band.whole(n + 1, m + 1))
    nulls = (scores.source_null, scores.target_null)
    found = lattice.posteriors(scores.pairs.astype(np.float64), *nulls, scores.gap.opening, scores.gap.extension)
    np.testing.assert_allclose(found[0], table_of(plain), atol=1e-6)
    np.testing.assert_allclose(found[1], plain.source_null[0], atol=1e-6)
    np.testing.assert_allclose(found[2], plain.target_null[0], atol=1e-6)
    assert found[3] == pytest.approx(plain.openings[0])
    assert found[4] == pytest.approx(plain.log_total[0])


@pytest.mark.parametrize("dimness", [0.0, 0.5])
@pytest.mark.parametrize("coarse", [False, True])
def test_the_gradient_is_that_of_the_loss(coarse: bool, dimness: float) -> None:  # noqa: FBT001
    document = toy(coarse=coarse)
    surveyed = survey(*both_sides(document.source, document.target, WordEncoder()))
    (part,) = pieces(document, surveyed, Known(Habits(0.5, -0.3, 0.2), dimness=dimness), 1, 1.0)
    weights = np.random.default_rng(0).normal(size=2 * (len(PAIR_NAMES) + len(NULL_NAMES))) * 0.3
    _, gradient = _loss(weights, part)
    for at in range(len(weights)):
        step = np.zeros_like(weights)
        step[at] = 1e-3
        slope = (_loss(weights + step, part)[0] - _loss(weights - step, part)[0]) / 2e-3
        assert gradient[at] == pytest.approx(slope, abs=2e-3, rel=2e-2)


def test_a_toy_is_learnt_and_the_weights_are_read_back(tmp_path) -> None:  # noqa: ANN001
    document = toy()
    surveyed = survey(*both_sides(document.source, document.target, WordEncoder()))
    known = Known(Habits(0.5, -0.3, 0.2))
    weights, loss = fit(list(pieces(document, surveyed, known, 1, 1.0)), penalty=0.1, rounds=30)
    beads = Aligner(WordEncoder(), weights).align(document.source, document.target).beads
    assert loss < 5.0
    assert [(bead.source, bead.target) for bead in beads] == [(bead.source, bead.target) for bead in document.beads]
    (tmp_path / "weights.json").write_text(as_json(weights))
    stored = Weights.read(tmp_path / "weights.json")
    assert stored.pairs == pytest.approx(dict(weights.pairs), abs=1e-3)


def test_what_dim_documents_need_is_learnt_from_them_alone() -> None:
    document = toy()
    surveyed = survey(*both_sides(document.source, document.target, WordEncoder()))
    usual, dim = (list(pieces(document, surveyed, Known(dimness=dimness), 1, 1.0)) for dimness in (0.0, 0.5))
    assert not any(fit(usual, rounds=5)[0].dim_pairs.values())
    weights, _ = fit(usual + dim, rounds=5)
    assert weights.dim_pairs["meaning"] != 0.0
    assert weights.at(0.5).pairs["meaning"] == pytest.approx(
        weights.pairs["meaning"] + 0.5 * weights.dim_pairs["meaning"]
    )


def test_calibration_makes_probabilities_frequencies() -> None:
    random = np.random.default_rng(0)
    honest = random.uniform(0.05, 0.95, 4000)
    right = (random.uniform(size=4000) < honest).astype(float)
    logit = np.log(honest / (1 - honest))
    slope, offset = calibrate(1 / (1 + np.exp(-3 * logit)), right)
    assert slope == pytest.approx(1 / 3, abs=0.05)
    assert offset == pytest.approx(0.0, abs=0.1)


def test_gold_sentences_are_found_in_their_document() -> None:
    document = parse_text("Первая строка\nпродолжается здесь. Вторая.", lang="ru")
    found = locate(document, ["Первая строка продолжается здесь.", "Вторая."])
    assert [s.text for s in found.sentences] == ["Первая строка\nпродолжается здесь.", "Вторая."]


def test_gold_sentences_know_the_paragraph_that_they_begin() -> None:
    document = parse_text("Первая. Вторая.\n\nТретья.\n\nЧетвёртая.", lang="ru")
    found = locate(document, ["Первая.", "Вторая.", "Третья.", "Четвёртая."])
    assert [each.paragraph for each in found.sentences] == [0, 0, 1, 2]


def test_sample_statements_are_gold_for_learning() -> None:
    document = statement_gold(statements.load(statements.names()[0]))
    assert sum(len(bead.source) for bead in document.beads) == len(document.source.sentences)


def test_a_thinned_document_has_lost_every_third_line_on_either_side_in_turn() -> None:
    from align.training.weights import plain, thinned

    whole = plain(toy())
    thin = thinned(whole)
    texts = [[sentence.text for sentence in side.sentences] for side in (thin.source, thin.target)]
    beads = [(bead.source, bead.target) for bead in thin.beads]
    assert len(beads) == len(whole.beads)
    assert [side for side, bead in enumerate(beads) for half in bead if not half] == [1, 4, 7]
    assert all(texts[0][a[0]] == texts[1][b[0]] for a, b in beads if a and b)
    assert sorted(at for a, _ in beads for at in a) == list(range(len(texts[0])))
    assert sorted(at for _, b in beads for at in b) == list(range(len(texts[1])))
