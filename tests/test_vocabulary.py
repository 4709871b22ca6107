"""Sentences as numbers of their pieces: whichever way they are numbered, they say what their texts say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from align.aligner import vocabulary
from align.aligner.growing import Growing, Runs
from align.aligner.numbering import ByDictionary, Numbering
from align.aligner.sentences import Sentences
from align.aligner.vocabulary import Numbered, Vocabulary, vocabulary_for
from align.aligner.words import Words
from align.encoder import SHIPPED_MODEL
from align.encoder.static import StaticEncoder
from align.encoder.wordpiece import is_word_pieces
from align.errors import ModelError

if TYPE_CHECKING:
    from align.aligner.kernel.cutting import Cutter

PIECES = (
    "Да",
    "нет,",
    "two",
    "1\u00a0000",
    "\u00a0",
    "a\tb",
    "\ud800",
    "РњРёСЂ",
    "Ìèðíûé",
    "x" * 50,
    "你好",
    "\n",
    "й",
    "",
)
texts = st.lists(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8).map(" ".join), max_size=6
)


def by_hash() -> type[Numbering]:
    """The compiled way; only where it works."""
    pytest.importorskip("numba")
    from align.aligner.kernel.numbering import ByHash

    return ByHash


class TestNumbers:
    @settings(deadline=None)
    @given(some=st.lists(texts, max_size=4))
    def test_both_ways_give_the_same(self, some: list[list[str]]) -> None:
        ways = ByDictionary(), by_hash()()
        for each in some:
            sentences = Sentences.of_texts(each)
            (numbers, edges, fresh), (others, ends, new) = (way.number(sentences) for way in ways)
            assert (numbers.tolist(), edges.tolist(), fresh) == (others.tolist(), ends.tolist(), new)

    @pytest.mark.parametrize("hashed", [False, True])
    def test_equal_pieces_have_equal_numbers(self, hashed: bool) -> None:  # noqa: FBT001
        way = by_hash()() if hashed else ByDictionary()
        numbers, edges, fresh = way.number(Sentences.of_texts(["a bb a", "", "bb  c"]))
        assert numbers.tolist() == [0, 1, 0, 2, 1, 2, 3]
        assert edges.tolist() == [0, 3, 4, 7]
        assert fresh == ["a", "bb", "", "c"]
        assert way.number(Sentences.of_texts(["c d"]))[2] == ["d"]
        assert way.number(Sentences.of_texts([]))[1].tolist() == [0]

    def test_many_pieces_make_the_table_grow(self) -> None:
        way = by_hash()()
        words = [f"w{at}" for at in range(60_000)]
        for start in range(0, 60_000, 7_000):
            numbers, _, fresh = way.number(Sentences.of_texts([" ".join(words[: start + 7_000])]))
            assert numbers.tolist() == list(range(min(start + 7_000, 60_000)))
            assert fresh == words[start : start + 7_000]

    def test_sentences_that_lie_far_apart_are_read_too(self) -> None:
        given = Sentences("a b " + "-" * 1000 + "c a", *map(np.array, ([1004, 0], [1007, 3], [0, 0], [0, 0])))
        assert by_hash()().number(given)[2] == ["c", "a", "b"]


class TestTokens:
    @settings(deadline=None)
    @given(some=texts)
    def test_they_are_those_of_the_texts(self, shipped: StaticEncoder, some: list[str]) -> None:
        sums, expected, counts = shipped.encode_tokens(some)
        read = Vocabulary(shipped).read(Sentences.of_texts(some))
        tokens, lengths = read.tokens(shipped)
        assert (tokens.tolist(), lengths.tolist()) == (expected.tolist(), counts.tolist())
        np.testing.assert_array_equal(shipped.add_up(tokens, lengths), sums)

    def test_a_text_in_a_wrong_encoding_is_set_right(self, shipped: StaticEncoder) -> None:
        read = Vocabulary(shipped).read(Sentences.of_texts(["Peace.", "РњРёСЂ, РњРёСЂ", "Да."]))
        tokens, lengths = read.tokens(shipped)
        assert tokens[lengths[0] : lengths[:2].sum()].tolist() == shipped.encode_tokens(["Мир, Мир"])[1].tolist()

    def test_an_encoder_that_fails_leaves_nothing_behind(self, shipped: StaticEncoder) -> None:
        @dataclass
        class Failing:
            asked: list[str] = field(default_factory=list)

            def piece_tokens(self, pieces: list[str]) -> tuple[np.ndarray, np.ndarray]:
                if "bad" in pieces:
                    raise ModelError("bad")
                return shipped.piece_tokens(pieces)

            are_odd = staticmethod(shipped.are_odd)

        known = Vocabulary(Failing())  # type: ignore[arg-type]
        known.read(Sentences.of_texts(["a bb"]))
        with pytest.raises(ModelError, match="bad"):
            known.read(Sentences.of_texts(["ccc bad"]))
        assert (
            known.read(Sentences.of_texts(["ccc a"])).tokens(shipped)[0].tolist()
            == shipped.encode_tokens(["ccc a"])[1].tolist()
        )


class TestVocabulary:
    def test_what_was_read_stays_when_all_is_forgotten(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vocabulary, "_MOST", 3)
        known = Vocabulary(None)
        before = known.read(Sentences.of_texts(["a bb ccc dddd"]))
        after = known.read(Sentences.of_texts(["eeeee bb"]))
        assert before.columns.sizes.values[before.numbers].tolist() == [1, 2, 3, 4]
        assert after.columns.sizes.values[after.numbers].tolist() == [5, 2]
        assert after.columns is not before.columns

    def test_long_pieces_are_forgotten_sooner(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vocabulary, "_LARGEST", 10)
        known = Vocabulary(None)
        first = known.read(Sentences.of_texts(["老人与海老人与海"])).columns
        assert known.read(Sentences.of_texts(["海"])).columns is not first

    def test_a_part_says_what_its_sentences_say(self) -> None:
        some = ["a b", "", "ccc dddd e", "f"]
        read = Vocabulary(None).read(Sentences.of_texts(some))
        for start in range(5):
            for stop in range(start, 5):
                assert_same(read.part(start, stop), Vocabulary(None).read(Sentences.of_texts(some[start:stop])))

    def test_it_is_kept_for_the_next_document(self, shipped: StaticEncoder) -> None:
        assert vocabulary_for(shipped) is vocabulary_for(shipped)


def assert_same(one: Numbered, other: Numbered) -> None:
    first, second = Words.gathered(one), Words.gathered(other)
    assert (first.sizes().tolist(), first.stems[0].tolist()) == (second.sizes().tolist(), second.stems[0].tolist())
    assert one.sentences.texts() == other.sentences.texts()


class TestGrowing:
    def test_what_was_taken_stays(self) -> None:
        growing = Growing(np.int32)
        growing.extend(np.arange(1000))
        before = growing.values
        growing.extend(np.arange(5000))
        assert before.tolist() == list(range(1000))
        assert growing.values.tolist() == [*range(1000), *range(5000)]

    def test_runs_are_taken_in_any_order(self) -> None:
        runs = Runs()
        runs.extend(np.array([1, 2, 3]), np.array([2, 0, 1]))
        runs.extend(np.array([4]), np.array([1]))
        values, lengths = runs.taken(np.array([3, 0, 1, 0]))
        assert (values.tolist(), lengths.tolist(), len(runs)) == ([4, 1, 2, 1, 2], [1, 2, 0, 2], 4)
        assert runs.taken(np.zeros(0, np.intp))[0].tolist() == []


LETTERS = "aбÜёЖß1٣²½.,-–_'#«»İΣς\u0301й\u0439и\u0306你\uac00\u11a8ㅏ\u200b\u00ad\ufb01ǅ\ud800😀K"


class TestCutting:
    """The compiled WordPiece against the tokenizer itself."""

    @pytest.fixture(scope="class")
    @staticmethod
    def cutter(shipped: StaticEncoder) -> Iterator[Cutter]:
        pytest.importorskip("numba")
        from align.aligner.kernel import cutting

        assert shipped.word_pieces is not None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cutting, "_ENOUGH", 0)
            yield cutting.Cutter(shipped, shipped.word_pieces)

    @settings(deadline=None, max_examples=300)
    @given(
        pieces=st.lists(
            st.one_of(
                st.text(st.sampled_from(LETTERS), max_size=8),
                st.text(max_size=8),
                st.sampled_from(["преимущественно", "Unbelievably,", "(1990-е)", "x" * 64, "x" * 65, "[UNK]", "##ing"]),
            ).map(lambda text: text.replace(" ", "")),
            min_size=1,
            max_size=8,
        )
    )
    def test_tokens_are_those_of_the_tokenizer(self, shipped: StaticEncoder, cutter: Cutter, pieces: list[str]) -> None:
        (tokens, lengths), (expected, counts) = cutter.tokens(pieces), shipped.piece_tokens(pieces)
        assert (tokens.tolist(), lengths.tolist()) == (expected.tolist(), counts.tolist())

    @settings(deadline=None, max_examples=50)
    @given(words=st.lists(st.text("абвгдежзиклмнопрстуыaeioubcdfstrn", min_size=1, max_size=20), min_size=1))
    def test_words_are_cut_where_the_tokenizer_cuts_them(
        self, shipped: StaticEncoder, cutter: Cutter, words: list[str]
    ) -> None:
        (tokens, lengths), (expected, counts) = cutter.tokens(words), shipped.piece_tokens(words)
        assert (tokens.tolist(), lengths.tolist()) == (expected.tolist(), counts.tolist())

    def test_every_character_becomes_what_the_tokenizer_makes_of_it(
        self, shipped: StaticEncoder, cutter: Cutter
    ) -> None:
        pieces = [f"a{chr(point)}{chr(point)}b" for point in range(1, 1 << 16) if not chr(point).isspace()]
        tokens, expected = cutter.tokens(pieces), shipped.piece_tokens(pieces)
        assert [each.tolist() for each in tokens] == [each.tolist() for each in expected]

    @pytest.mark.parametrize(
        "change",
        [
            lambda t: setattr(t, "pre_tokenizer", pre_tokenizers.Whitespace()),
            lambda t: setattr(t, "pre_tokenizer", pre_tokenizers.Digits(individual_digits=True)),
            lambda t: setattr(t, "model", models.BPE()),
            lambda t: t.add_tokens(["two words"]),
        ],
    )
    def test_a_tokenizer_of_another_kind_is_left_alone(self, change: Callable[[Tokenizer], object]) -> None:
        tokenizer = Tokenizer.from_file(str(SHIPPED_MODEL / "tokenizer.json"))
        assert is_word_pieces(tokenizer)
        change(tokenizer)
        assert not is_word_pieces(tokenizer)
