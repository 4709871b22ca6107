"""What covers what, word for word: the tokens that count, the shares that are covered, the cues that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_aligner import WordEncoder

from align import Aligner, load_encoder
from align.aligner.aligner import from_sentences
from align.aligner.block import Block
from align.aligner.cover import BEFORE, EDGE, Cover, Strip, _compare, reach_of
from align.aligner.cues import COVERING
from align.aligner.lattice import LONGEST, Band
from align.aligner.local import with_cover
from align.aligner.pair import Pair
from align.aligner.scoring import shipped_weights
from align.aligner.sides import both_sides, unit
from align.aligner.survey import survey
from align.aligner.tokens import MOST, Tokens
from align.encoder.protocol import TokenEncoder
from align.errors import ModelError

RUSSIAN = [
    "Утром почтальон принёс толстое письмо.",
    "Кот спал на подоконнике.",
    "Бабушка надела очки и прочла его вслух.",
    "Дядя писал, что приедет в августе на поезде.",
]
ENGLISH = [
    "In the morning the postman brought a thick letter.",
    "The cat was asleep on the window sill.",
    "Grandmother put on her glasses and read it aloud.",
    "Uncle wrote that he would come by train in August.",
]


def seen(source: list[str], target: list[str]) -> Pair:
    pair, anchors = survey(*both_sides(from_sentences(source, "a"), from_sentences(target, "b"), load_encoder()))
    return with_cover(pair, reach_of(Band.whole(len(source) + 1, len(target) + 1)), anchors)


def random_tokens(random: np.random.Generator, count: int) -> Tokens:
    lengths = random.integers(1, 9, count)
    vectors = unit(random.normal(0.1, 1.0, (int(lengths.sum()), 5)).astype(np.float32))
    weights = random.uniform(0.5, 3.0, len(vectors)).astype(np.float32)
    return Tokens(vectors, weights, np.concatenate([[0], np.cumsum(lengths)]))


def everything(rows: int, columns: int) -> np.ndarray:
    return np.stack([np.zeros(rows, np.int64), np.full(rows, columns)])


def test_the_tokens_of_a_text_add_up_to_its_vector() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, TokenEncoder)
    sums, tokens, lengths = encoder.encode_tokens([RUSSIAN[0], "", ENGLISH[1]])
    np.testing.assert_array_equal(sums, encoder.encode_sums([RUSSIAN[0], "", ENGLISH[1]]))
    assert lengths[1] == 0
    vectors = encoder.token_vectors(tokens)
    np.testing.assert_allclose(vectors[: lengths[0]].sum(axis=0), sums[0], atol=1e-3)
    np.testing.assert_allclose(vectors[lengths[0] :].sum(axis=0), sums[2], atol=1e-3)


def test_the_main_axes_lose_nothing_where_all_are_kept() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, TokenEncoder)
    np.testing.assert_allclose(encoder.main_axes.T @ encoder.main_axes, np.eye(encoder.dimension), atol=1e-4)


def test_no_texts_have_no_tokens() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, TokenEncoder)
    sums, tokens, lengths = encoder.encode_tokens([])
    assert sums.shape == (0, encoder.dimension)
    assert len(tokens) == len(lengths) == 0


@settings(max_examples=30, deadline=None)
@given(lengths=st.lists(st.integers(0, 3 * MOST), min_size=1, max_size=6), seed=st.integers(0, 1000))
def test_of_a_long_sentence_the_heaviest_tokens_count(lengths: list[int], seed: int) -> None:
    encoder = load_encoder()
    assert isinstance(encoder, TokenEncoder)
    ids = np.random.default_rng(seed).integers(0, 20_000, sum(lengths))
    found = Tokens.of(ids, np.array(lengths), encoder)
    assert np.diff(found.starts).tolist() == [min(length, MOST) for length in lengths]
    ends = np.cumsum(lengths)
    for at, (end, length) in enumerate(zip(ends, lengths, strict=True)):
        norms = np.linalg.norm(encoder.token_vectors(ids[end - length : end]), axis=1)
        kept = found.weights[found.within(slice(at, at + 1))]
        np.testing.assert_allclose(np.sort(kept), np.sort(norms)[-MOST:], rtol=1e-4)


def test_what_is_translated_is_covered_and_what_is_lost_is_not() -> None:
    pair = seen(RUSSIAN, [ENGLISH[0], *ENGLISH[2:]])
    cover = pair.cover
    assert cover is not None
    of_source = cover.values[0, 0][cover.base[:, None] + np.arange(3)]
    assert of_source.argmax(axis=1)[[0, 2, 3]].tolist() == [0, 1, 2]
    assert of_source[1].max() < 0.5 * of_source[[0, 2, 3], [0, 1, 2]].min()


def test_a_bead_that_swallows_a_lost_sentence_has_one_that_is_hardly_covered() -> None:
    pair = seen(RUSSIAN, [ENGLISH[0], *ENGLISH[2:]])
    block = Block.rectangle(pair, (0, 5), (0, 4))
    at = {cell: place for place, cell in enumerate(zip(block.row.tolist(), block.column.tolist(), strict=True))}
    assert block.least_coverage(2, 1)[at[2, 1]] < 0.5 * block.least_coverage(1, 1)[at[1, 1]]
    assert block.coverage(2, 1)[at[2, 1]] < block.coverage(1, 1)[at[1, 1]]


def slow_share(tokens: tuple[Tokens, Tokens], side: int, at: int, across: range) -> float:
    """Which share of a sentence some sentences across cover, token by token."""
    own, other = tokens[side], tokens[1 - side]
    here = own.within(slice(at, at + 1))
    found = total = 0.0
    for vector, weight in zip(own.vectors[here], own.weights[here], strict=True):
        there = other.vectors[other.within(slice(across.start, across.stop))]
        found += weight * max(0.0, float((there @ vector).max(initial=0.0)))
        total += weight
    return found / total


@settings(max_examples=20, deadline=None)
@given(n=st.integers(1, 8), m=st.integers(1, 8), seed=st.integers(0, 1000))
def test_shares_are_those_of_the_likest_tokens(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    tokens = random_tokens(random, n), random_tokens(random, m)
    shares = [(each.weights / each.sums()[each.owners()]).astype(np.float32) for each in tokens]
    strip, values = Strip(0, n, 0, m, EDGE), np.zeros((2, LONGEST, n * m + 2 * EDGE), np.float32)
    _compare(tokens, (shares[0], shares[1]), strip, np.zeros((BEFORE, len(shares[1])), np.float32), values)
    found = strip.of(values)
    for span in range(1, LONGEST + 1):
        for i in range(n):
            for j in range(m):
                expected = [
                    slow_share(tokens, 0, i, range(max(j + 1 - span, 0), j + 1)),
                    slow_share(tokens, 1, j, range(max(i + 1 - span, 0), i + 1)),
                ]
                np.testing.assert_allclose(found[:, span - 1, i, j], expected, atol=1e-5)


@settings(max_examples=30, deadline=None)
@given(n=st.integers(1, 30), m=st.integers(1, 30), seed=st.integers(0, 1000))
def test_swapping_the_sides_swaps_what_covers_what(n: int, m: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = random_tokens(random, n), random_tokens(random, m)
    anchors = np.array([[0, 0]])
    there, back = (
        Cover.of((first, second), everything(n, m), anchors),
        Cover.of((second, first), everything(m, n), anchors[:, ::-1]),
    )
    assert there is not None
    assert back is not None
    one = there.values[:, :, there.base[:, None] + np.arange(m)]
    other = back.values[::-1][:, :, back.base[:, None] + np.arange(n)].transpose(0, 1, 3, 2)
    np.testing.assert_allclose(one, other, atol=1e-4)


def test_a_sentence_without_tokens_lacks_nothing() -> None:
    tokens = random_tokens(np.random.default_rng(0), 3)
    silent = Tokens(
        tokens.vectors, tokens.weights, np.array([0, tokens.starts[1], tokens.starts[1], len(tokens.weights)])
    )
    cover = Cover.of((silent, tokens), everything(3, 3), np.zeros((0, 2), np.int64))
    assert cover is not None
    assert (cover.values[0, :, cover.base[1] + np.arange(3)] == 1.0).all()


def test_where_nobody_looked_likeness_stands_for_it() -> None:
    pair = replace(seen(RUSSIAN, ENGLISH), cover=None)
    block = Block.rectangle(pair, (0, 5), (0, 5))
    np.testing.assert_array_equal(block.coverage(1, 2), block.likeness(1, 2))
    np.testing.assert_array_equal(block.least_coverage(2, 1), block.weakest(2, 1))


def test_a_model_without_tokens_is_not_asked() -> None:
    pair, anchors = survey(*both_sides(from_sentences(RUSSIAN, "a"), from_sentences(ENGLISH, "b"), WordEncoder()))
    assert with_cover(pair, everything(4, 4), anchors).cover is None


@dataclass(frozen=True)
class Odd(WordEncoder):
    """Words with vectors of their own, all of them one token, and something about it is wrong."""

    value: float = 1.0
    vectors: int = 1
    fewer: int = 0
    silent: int = 0

    def encode_tokens(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        lengths = np.ones(len(texts) - self.silent, np.intp)
        return self.encode_sums(texts), np.zeros(len(lengths) - self.fewer, np.intp), lengths

    def token_vectors(self, tokens: np.ndarray) -> np.ndarray:
        return np.full((self.vectors * len(tokens), self.dimension), self.value, np.float32)

    @property
    def main_axes(self) -> np.ndarray:
        return np.eye(self.dimension, dtype=np.float32)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "encoder",
    [Odd(value=np.nan), Odd(value=np.inf), Odd(value=1e30), Odd(vectors=2), Odd(fewer=1), Odd(silent=1)],
    ids=["nan", "infinite", "too great", "too many vectors", "too few tokens", "a sentence less"],
)
def test_tokens_that_cannot_be_are_one_clear_error(encoder: Odd) -> None:
    with pytest.raises(ModelError, match=r"^words: .*tokens"):
        Aligner(encoder).align(RUSSIAN, ENGLISH)


def test_tokens_that_say_nothing_are_no_error() -> None:
    beads = Aligner(Odd(value=0.0)).align(RUSSIAN, ENGLISH).beads
    assert all(0 <= bead.confidence <= 1 for bead in beads)


def test_a_table_that_does_not_know_the_languages_says_nothing() -> None:
    random = np.random.default_rng(0)
    tokens = random_tokens(random, 60), random_tokens(random, 60)
    anchors = np.stack([np.arange(60)] * 2, axis=1)
    assert Cover.of(tokens, everything(60, 60), anchors) is None
    assert Cover.of((tokens[0], tokens[0]), everything(60, 60), anchors) is not None


def test_too_many_sentences_between_anchors_are_not_compared() -> None:
    tokens = random_tokens(np.random.default_rng(0), 300)
    assert Cover.of((tokens, tokens), everything(300, 300), np.zeros((0, 2), np.int64)) is None


@pytest.mark.parametrize("side", [0, 1])
def test_a_lost_sentence_is_left_alone(side: int) -> None:
    sides = [RUSSIAN, ENGLISH]
    sides[side] = [line for at, line in enumerate(sides[side]) if at != 1]
    beads = Aligner().align(*sides).beads
    lost = ((1,), ()) if side else ((), (1,))
    assert lost in {(bead.source, bead.target) for bead in beads}


def test_the_cues_can_be_switched_off() -> None:
    weights = shipped_weights().without(*COVERING)
    beads = Aligner(weights=weights).align(RUSSIAN, ENGLISH).beads
    assert [(bead.source, bead.target) for bead in beads] == [((at,), (at,)) for at in range(4)]
