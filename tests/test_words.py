"""What is looked up word by word is what looking at whole texts gives."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers

from align.aligner import sides, skeleton, spelling, stems
from align.aligner.numbers import _tokens, may_count, may_count_lines, numbers
from align.aligner.spelling import word_quotes
from align.aligner.surface import letter_bags, number_bags
from align.aligner.words import Words
from align.encoder.static import StaticEncoder
from align.encoder.texts import all_readable, readable
from align.encoder.words import Ragged, WordMemory, WordTokens, is_word_by_word
from tests.encoder_samples import LINES, LONG, TEXTS, tiny_tokenizer

PIECES = (
    *(
        "Да",
        "нет,",
        "«Щукин»",
        "Shchukin's",
        "two",
        "and",
        "1",
        "000",
        "XVI",
        "млн",
        "сказал…",
        "it...",
        "—",
        "(a",
        "b)",
    ),
    *(
        "\u00a0",
        "\u202f",
        " ",
        "  ",
        "\t",
        "\n",
        "\x1c",
        "\u2028",
        "-",
        ".",
        "?!",
        "»",
        '"',
        "é",
        "й",
        "и\u0306",
        "你好",
    ),
    *("[UNK]", "\u0301", "\u200b", "\ud800", "ﷺ", "İ", "x" * 50, "¨", "½", "٣", "_", "*"),
)
sentences = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
anything = st.lists(st.one_of(sentences, st.text(max_size=20)), max_size=8)


class TestTokens:
    @settings(deadline=None)
    @given(texts=anything)
    def test_the_ids_of_words_are_those_of_the_text(self, shipped: StaticEncoder, texts: list[str]) -> None:
        assert shipped._words is not None
        ids, lengths = shipped._words.ids(texts)
        expected = shipped._ids(texts)
        assert ids.tolist() == [each for text in expected for each in text]
        assert lengths.tolist() == list(map(len, expected))

    def test_long_words_are_not_remembered_and_change_nothing(self) -> None:
        asked: list[list[str]] = []

        def tokenise(words: list[str]) -> list[list[int]]:
            asked.append(sorted(words))
            return [[len(word)] * (len(word) % 3) for word in words]

        tokens = WordTokens(tokenise)
        for _ in range(2):
            ids, lengths = tokens.ids(["a bb " + "c" * 50, "bb", ""])
            assert (ids.tolist(), lengths.tolist()) == ([1, 2, 2, 50, 50, 2, 2], [5, 2, 0])
        assert asked == [["", "a", "bb", "c" * 50], ["c" * 50]]

    def test_when_there_are_too_many_words_all_are_forgotten(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("align.encoder.words._MOST", 3)
        tokens = WordTokens(lambda words: [[len(word)] for word in words])
        for text in ("a bb ccc dddd", "a eeeee", "bb"):
            assert tokens.ids([text])[0].tolist() == list(map(len, text.split(" ")))

    def test_a_tokenizer_that_fails_leaves_nothing_behind(self) -> None:
        def tokenise(words: list[str]) -> list[list[int]]:
            if "bad" in words:
                raise ValueError("bad")
            return [[len(word)] for word in words]

        tokens = WordTokens(tokenise)
        tokens.ids(["a bb"])
        with pytest.raises(ValueError, match="bad"):
            tokens.ids(["ccc bad"])
        assert tokens.ids(["ccc a"])[0].tolist() == [3, 1]

    @pytest.mark.parametrize("texts", [TEXTS, (LONG,), LINES])
    def test_a_tiny_tokenizer_too(self, texts: tuple[str, ...]) -> None:
        tokenizer = tiny_tokenizer()
        assert is_word_by_word(tokenizer)
        plain = [each.ids for each in tokenizer.encode_batch(list(texts), add_special_tokens=False)]

        def tokenise(words: list[str]) -> list[list[int]]:
            return [each.ids for each in tokenizer.encode_batch(words, add_special_tokens=False)]

        assert WordTokens(tokenise).ids(texts)[0].tolist() == [each for text in plain for each in text]

    @pytest.mark.parametrize(
        "change",
        [
            lambda t: setattr(t, "pre_tokenizer", pre_tokenizers.Metaspace()),
            lambda t: setattr(t, "pre_tokenizer", pre_tokenizers.ByteLevel()),
            lambda t: setattr(t, "pre_tokenizer", pre_tokenizers.Digits()),
            lambda t: setattr(t, "normalizer", normalizers.Replace(" a", "b")),
            lambda t: setattr(t, "normalizer", normalizers.Replace(Regex(r"\s+"), "")),
            lambda t: setattr(t, "normalizer", normalizers.Replace("b", " ")),
            lambda t: setattr(t, "normalizer", normalizers.Strip()),
            lambda t: t.add_tokens(["two words"]),
        ],
    )
    def test_a_tokenizer_that_may_look_across_spaces_is_not_trusted(
        self, change: Callable[[Tokenizer], object]
    ) -> None:
        tokenizer = Tokenizer.from_str(tiny_tokenizer().to_str())
        change(tokenizer)
        assert not is_word_by_word(tokenizer)


@given(texts=st.lists(st.sampled_from(["Мир, труд", "Ìèð, òðóä, ìàé", "РњРёСЂ", "peace", "", "àéîû"]), max_size=5))
def test_texts_are_set_right_together_as_one_by_one(texts: list[str]) -> None:
    assert all_readable(texts) == list(map(readable, texts))


class TestRagged:
    def test_runs_are_taken_in_any_order(self) -> None:
        runs = Ragged()
        runs.extend(np.array([1, 2, 3], np.intc), np.array([2, 0, 1]))
        runs.extend(np.array([4], np.intc), np.array([1]))
        values, lengths = runs.taken(np.array([3, 0, 1, 0]))
        assert (values.tolist(), lengths.tolist()) == ([4, 1, 2, 1, 2], [1, 2, 0, 2])
        runs.keep(1)
        assert runs.taken(np.array([0]))[0].tolist() == [1, 2]
        assert runs.taken(np.zeros(0, np.intp))[0].tolist() == []

    def test_memory_gives_each_word_its_own(self) -> None:
        class Lengths:
            def __init__(self) -> None:
                self.found: list[int] = []

            def extend(self, words: list[str]) -> None:
                self.found += map(len, words)

            def keep(self, count: int) -> None:
                del self.found[count:]

        memory = WordMemory(Lengths)
        for words in (["a", "bb", "a"], ["ccc", "a"], []):
            assert memory.use(words, lambda known, at: [known.found[i] for i in at.tolist()]) == list(map(len, words))


class TestSides:
    @settings(deadline=None)
    @given(texts=anything)
    def test_sentences_look_as_they_do_one_by_one(self, texts: list[str]) -> None:
        words = Words.of(texts)
        assert words.sizes().tolist() == [sides.size_of(text) for text in texts]
        assert words.endings().tolist() == [sides.ending_of(text) for text in texts]
        assert words.openings().tolist() == [sides.opening_of(text) for text in texts]
        assert words.small().tolist() == [_small(text) for text in texts]
        assert words.opened().tolist() == [sum(map(word_quotes, text.split())) for text in texts]
        assert words.blank().tolist() == [not text.strip() for text in texts]

    @pytest.mark.parametrize(
        ("word", "opened"),
        [
            ('"Да,', 1), ('да".', -1), ("„so“", 0), ("»so«", 0), ("'Well!", 1), ("well!'", -1), ("“So", 1),
            ("don't", 0), ("dogs", 0), ("(so", 1), ("so),", -1), ("«(so)»", 0), ("道：“好。”", 0), ("道：“好。", 1),
            ("“", 1), ("»,", -1), ("[1]", 0), ("《书》", 0), ("", 0), ("…", 0),
        ],
    )  # fmt: skip
    def test_a_quote_opens_in_front_of_a_word_and_closes_behind_it(self, word: str, opened: int) -> None:
        assert word_quotes(word) == opened

    @given(words=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6))
    def test_many_words_at_once_look_as_they_do_one_by_one(self, words: list[str]) -> None:
        words = [word for text in words for word in text.split()] or ["x"]
        found = spelling.Spelling.of(words)
        assert found.sizes.tolist() == list(map(spelling.word_size, words))
        assert found.endings.tolist() == list(map(spelling.word_ending, words))
        assert found.openings.tolist() == list(map(spelling.word_opening, words))
        assert found.letters.tolist() == list(map(spelling.first_letter, words))
        assert found.quotes.tolist() == list(map(word_quotes, words))
        assert found.digits.tolist() == [any(map(str.isdecimal, word)) for word in words]

    @given(words=st.lists(st.text(max_size=8).map(str.lower), max_size=6))
    def test_stems_of_simple_words_are_those_of_all(self, words: list[str]) -> None:
        for word in (*words, "слово,", "«слово»", "don't", "наук.", "老人", "x老", "a_b", "¿qué?", "1990-е"):
            assert stems.stems_of(word) == [stems._hash(stem) for stem in stems._stems(word)]

    @given(words=st.lists(st.text(min_size=1, max_size=8), max_size=6))
    def test_stems_of_many_words_are_those_of_each(self, words: list[str]) -> None:
        some = ("слово,", "—", "…", "«слово»", "老人", "x老", "a_b", "1990-е", "กข", "été", "ab", "\u0700\u0e00", "ĭ")
        small = "\n".join([*some, *(word for text in words for word in text.split())]).lower()
        found, lengths = stems.stems_of_lines(small)
        expected = [stems.stems_of(word) for word in small.split("\n")]
        assert found.tolist() == [each for run in expected for each in run]
        assert lengths.tolist() == list(map(len, expected))

    @given(words=st.lists(st.text(min_size=1, max_size=8), max_size=6))
    def test_which_of_many_words_count(self, words: list[str]) -> None:
        some = ["XVI", "(двадцать)", "BN", "bnx", "Сорок,", "twenty-five", "x-шесть", "½", "MIX", "ХІХ.", "cat", "сто"]
        every = [*some, *(word for text in words for word in text.split() if not any(map(str.isdecimal, word)))]
        for each in (every, [*every, "İ"]):
            text = "\n".join(each)
            found = may_count_lines(spelling.Lines.of(text), spelling.Lines.of(text.lower()), each)
            assert found.tolist() == list(map(may_count, each))

    @given(words=st.lists(st.text(max_size=8), max_size=6))
    def test_whether_a_word_counts_is_what_its_tokens_say(self, words: list[str]) -> None:
        some = ("XVI", "Xvi,", "(двадцать)", "двадцать-пять", "млн.", "и", "«Семь", "½", "5-й", "MIX", "ХІХ.")
        for word in (*words, *some):
            tokens = [found for text in word.split() for found in _tokens(text)]
            expected = any(value is not None or power is not None for value, power, _ in tokens)
            assert any(map(may_count, word.split())) == expected

    @given(texts=anything)
    def test_only_sentences_that_may_hold_a_number_are_looked_at(self, texts: list[str]) -> None:
        assert set(Words.of(texts).counting()) >= {at for at, text in enumerate(texts) if numbers(text)}

    @settings(deadline=None)
    @given(first=anything, second=anything)
    def test_numbers_of_pieces_are_those_of_their_texts(self, first: list[str], second: list[str]) -> None:
        more = ["two hundred and ten men", "1 000 000", "twenty «five»", "5 Andrew 6", "two — three", "сорок два года"]
        texts = [*first, *more], [more[0], *second]
        found = [[numbers(text) for text in side] for side in texts]
        seen = Counter(number for side in found for sentence in side for number in set(sentence))
        for bags, side in zip(number_bags(*texts), found, strict=True):
            expected = np.zeros((len(side), 128))
            for at, sentence in enumerate(side):
                for number in sentence:
                    expected[at, zlib.crc32(number.encode()) % 128] += 1 / np.sqrt(seen[number] / 2)
            np.testing.assert_allclose(bags, expected, atol=1e-5)

    @given(texts=anything)
    def test_the_grams_of_words_are_those_of_the_text(self, texts: list[str]) -> None:
        lines = [" ".join(["", *map(skeleton.skeleton, text.split()), ""]) for text in texts]
        for found, expected in zip(Words.of(texts).grams, skeleton.grams(lines), strict=True):
            assert found.tolist() == expected.tolist()

    @given(words=st.lists(st.text(max_size=6), max_size=5))
    def test_the_quick_way_to_bare_letters_is_the_long_way(self, words: list[str]) -> None:
        assert list(map(skeleton.skeleton, words)) == list(map(_slowly, words))

    def test_the_quick_way_knows_every_letter(self) -> None:
        for letter in map(chr, skeleton._LATIN):
            for word in (letter, letter.upper(), f"a{letter}ä"):
                assert skeleton.skeleton(word) == _slowly(word)

    def test_an_empty_side_has_no_bags(self) -> None:
        assert [bags.shape for bags in letter_bags([], ["two"])] == [(0, 512), (1, 512)]
        assert [bags.shape for bags in number_bags([], ["two"])] == [(0, 128), (1, 128)]


def _small(text: str) -> bool:
    found = re.search(r"[^\W\d_]", text)
    return found is not None and found.group().islower()


def _slowly(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("й", "и"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(skeleton._LATIN)
    return skeleton._DIGRAPHS.sub(lambda found: skeleton._SHORTER.get(found.group(), found.group(1) or ""), plain)
