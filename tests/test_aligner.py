from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import Aligner, Bead, ModelError
from align.aligner.aligner import from_sentences
from align.aligner.lattice import LONGEST, WIDEST
from align.aligner.scoring import shipped_weights
from align.errors import EmptyDocumentError


@dataclass(frozen=True)
class WordEncoder:
    """Embeds a text as the sum of random vectors of its words: the same words, the same meaning."""

    dimension: int = 32
    name: str = "words"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        sums = self.encode_sums(texts)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), 0).astype(np.float32)

    def encode_sums(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in text.lower().split():
                seed = int.from_bytes(word.encode("utf-8", "replace")[:8], "little")
                rows[at] += np.random.default_rng(seed).normal(size=self.dimension)
        return rows


@dataclass(frozen=True)
class ConstantEncoder:
    value: float
    dimension: int = 8
    name: str = "constant"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.full((len(texts), self.dimension), self.value, dtype=np.float32)


WORDS = st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "7", "2017", ".", "?", "XVI"])
SENTENCES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), min_size=1, max_size=14)
ALIGNER = Aligner(encoder=WordEncoder())


def pairs(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


@settings(max_examples=25, deadline=None)
@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_exactly_one_bead_and_in_order(source: list[str], target: list[str]) -> None:
    beads = ALIGNER.align(source, target).beads
    assert [at for bead in beads for at in bead.source] == list(range(len(source)))
    assert [at for bead in beads for at in bead.target] == list(range(len(target)))
    assert all(bead.source or bead.target for bead in beads)
    assert all(len(bead.source) <= LONGEST and len(bead.target) <= LONGEST for bead in beads)
    assert all(bead.is_null or len(bead.source + bead.target) <= WIDEST for bead in beads)
    assert all(len(bead.source + bead.target) == 1 for bead in beads if bead.is_null)
    assert all(0.0 <= bead.confidence <= 1.0 for bead in beads)


@settings(max_examples=20, deadline=None)
@given(SENTENCES, SENTENCES)
def test_swapping_the_sides_swaps_the_probabilities(source: list[str], target: list[str]) -> None:
    ahead = ALIGNER.align(source, target).beads
    back = ALIGNER.align(target, source).beads
    swapped = {(bead.target, bead.source): bead.confidence for bead in back}
    # Equally good alignments may be told apart by order alone; where both agree, so do the probabilities.
    for bead in ahead:
        if (bead.source, bead.target) in swapped:
            assert swapped[bead.source, bead.target] == pytest.approx(bead.confidence, abs=1e-4)


def test_a_merged_a_split_and_a_lost_sentence_are_found() -> None:
    source = ["alpha beta gamma", "delta epsilon zeta", "eta theta iota kappa", "lambda mu nu xi", "omicron pi rho"]
    target = ["alpha beta gamma delta epsilon zeta", "eta theta", "iota kappa", "omicron pi rho"]
    assert pairs(ALIGNER.align(source, target).beads) == [
        ((0, 1), (0,)),
        ((2,), (1, 2)),
        ((3,), ()),
        ((4,), (3,)),
    ]


def test_identical_sides_pair_one_to_one() -> None:
    sentences = [f"word{at} thing{at} other{at}" for at in range(30)]
    assert pairs(ALIGNER.align(sentences, sentences).beads) == [((at,), (at,)) for at in range(30)]


def test_equal_sentences_are_aligned_in_order() -> None:
    beads = ALIGNER.align(["alpha beta"] * 40, ["alpha beta"] * 40).beads
    assert pairs(beads) == [((at,), (at,)) for at in range(40)]


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_vectors_that_say_nothing_leave_the_lengths_to_decide(value: float) -> None:
    sentences = ["a" * size for size in (3, 80, 20, 140, 7, 60)]
    beads = Aligner(encoder=ConstantEncoder(value)).align(sentences, sentences).beads
    assert pairs(beads) == [((at,), (at,)) for at in range(6)]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_model_that_gives_no_finite_vectors_is_refused(value: float) -> None:
    with pytest.raises(ModelError, match="not finite"):
        Aligner(encoder=ConstantEncoder(value)).align(["a"], ["b"])


@pytest.mark.parametrize(("source", "target"), [([], ["a"]), (["a"], []), ([], [])])
def test_a_side_without_sentences_is_refused(source: list[str], target: list[str]) -> None:
    with pytest.raises(EmptyDocumentError):
        ALIGNER.align(source, target)


def test_blank_sentences_keep_their_place() -> None:
    beads = ALIGNER.align(["alpha beta", "", "gamma delta"], ["alpha beta", "", "", "gamma delta"]).beads
    assert [at for bead in beads for at in bead.target] == [0, 1, 2, 3]
    assert ((0,), (0,)) in pairs(beads)
    assert ((2,), (3,)) in pairs(beads)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (["alpha"], [f"word{at}" for at in range(3000)]),
        ([f"word{at} thing" for at in range(600)], [f"word{at} thing" for at in reversed(range(600))]),
        (["alpha " * 20_000], ["alpha " * 20_000, "beta"]),
    ],
    ids=["one against thousands", "reversed", "sentences of 100,000 characters"],
)
def test_odd_input_is_aligned_all_the_same(source: list[str], target: list[str]) -> None:
    beads = ALIGNER.align(source, target).beads
    assert [at for bead in beads for at in bead.source] == list(range(len(source)))


def test_a_block_of_unrelated_sentences_in_front_is_left_alone() -> None:
    kept = [f"word{at} thing{at} other{at} more{at}" for at in range(40)]
    noise = [f"x{at} y{at} z{at}" for at in range(60)]
    beads = ALIGNER.align(kept, noise + kept).beads
    assert (
        sum(bead == ((at,), (at + 60,)) for at, bead in enumerate(pairs(bead for bead in beads if bead.source))) >= 39
    )


def test_sentences_are_offsets_into_a_document() -> None:
    side = from_sentences(["Раз.", "", "Два."], "x")
    assert [side.document.text[s.start : s.stop] for s in side.sentences] == ["Раз.", "", "Два."]


def test_the_signature_names_the_model() -> None:
    assert "model words" in ALIGNER.align(["a"], ["a"]).signature


def test_a_string_is_no_list_of_sentences() -> None:
    with pytest.raises(TypeError, match="align_texts"):
        ALIGNER.align("alpha beta.", "gamma.")


def test_other_weights_have_another_signature() -> None:
    weights = shipped_weights()
    other = Aligner(WordEncoder(), replace(weights, nulls={**weights.nulls, "null": -9.0}))
    assert other.align(["a"], ["a"]).signature != ALIGNER.align(["a"], ["a"]).signature


def test_vectors_beyond_single_precision_are_refused() -> None:
    with pytest.raises(ModelError, match="not finite"):
        Aligner(encoder=ConstantEncoder(1e30)).align(["a"], ["b"])


def test_an_encoder_of_any_precision_or_layout_will_do() -> None:
    source = [f"w{at} x{at} y{at}" for at in range(8)]
    expected = pairs(ALIGNER.align(source, source).beads)

    @dataclass(frozen=True)
    class Columns(WordEncoder):
        def encode_sums(self, texts: Sequence[str]) -> np.ndarray:
            return np.asfortranarray(WordEncoder.encode_sums(self, texts).astype(np.float64))

    assert pairs(Aligner(encoder=Columns()).align(source, source).beads) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (["alpha"], [f"word{at} thing{at}" for at in range(10_000)]),
        ([f"word{at} thing{at}" for at in range(900)], [f"word{at} thing{at}" for at in reversed(range(900))]),
        (["alpha beta"] * 800, ["alpha beta"] * 800),
        ([""] * 710 + ["alpha"], ["alpha"] + [""] * 750),
    ],
    ids=["one against ten thousand", "a long one reversed", "a long one all alike", "blank lines"],
)
def test_odd_long_input_is_aligned_all_the_same(source: list[str], target: list[str]) -> None:
    beads = ALIGNER.align(source, target).beads
    assert [at for bead in beads for at in bead.source] == list(range(len(source)))
    assert [at for bead in beads for at in bead.target] == list(range(len(target)))
