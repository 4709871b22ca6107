"""What is learnt from together: pairs that are alike, and bundles of dictionary entries."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the transformers extra")

from hypothesis import given
from hypothesis import strategies as st

from align.training import batches, build, bundles, features, static, vocabulary
from align.training.bitext import Pair, Source
from align.training.ragged import Ragged

DICTIONARY = Source("zh-en.words.tsv.xz", "zh", "dictionary", "D", "nobody/nothing", "CC0 1.0")
PROSE = Source("ru-en.prose.tsv.xz", "ru", "prose", "A", "nobody/nothing", "CC0 1.0")
ENTRIES = [Pair(f"слово{number}", f"word{number}", DICTIONARY) for number in range(40)]


@given(st.integers(0, 300), st.integers(1, 40), st.integers(0, 9))
def test_pairs_that_are_alike_are_the_same_pairs_in_another_order(number: int, size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    pairs = random.integers(0, 50, number)
    where = random.standard_normal((number, 5)).astype(np.float32)
    found = batches.alike(pairs, random.integers(0, 3, number), where, size)
    assert sorted(found) == sorted(pairs)


def test_a_batch_of_pairs_that_are_alike_is_of_one_language_and_one_topic() -> None:
    random = np.random.default_rng(1)
    language, topic = random.integers(0, 2, 800), random.integers(0, 4, 800)
    centres = random.standard_normal((4, batches.DIRECTIONS)).astype(np.float32)
    where = centres[topic] + 0.01 * random.standard_normal((800, batches.DIRECTIONS)).astype(np.float32)
    order = batches.alike(np.arange(800), language, where, 25)
    parts = order[: 800 // 25 * 25].reshape(-1, 25)
    largest = [Counter(zip(language[part], topic[part], strict=True)).most_common(1)[0][1] for part in parts]
    assert np.mean(largest) > 18


def test_texts_of_the_same_words_point_the_same_way_however_long() -> None:
    table = np.random.default_rng(2).standard_normal((5, 16)).astype(np.float32)
    where = batches.directions(Ragged.of([[1, 2], [2, 1, 1, 2], [3], []]), table, np.random.default_rng(3))
    assert np.allclose(where[0], where[1], atol=1e-6)
    assert not np.allclose(where[0], where[2], atol=0.1)
    assert not where[3].any()


def test_a_pair_is_seen_as_often_as_its_weight_says() -> None:
    found = Counter(batches.epoch(np.array([0.0, 1.0, 2.0, *[0.5] * 1000]), np.random.default_rng(4)).tolist())
    assert (found[0], found[1], found[2]) == (0, 1, 2)
    assert 400 < sum(found[number] for number in range(3, 1003)) < 600


def test_entries_are_bundled_and_sentences_are_not() -> None:
    sentence = Pair("Это предложение.", "This is a sentence.", PROSE)
    found = list(bundles.bundle([ENTRIES[0], sentence, *ENTRIES[1:]], (2, 5)))
    assert found[0] == sentence
    assert all(1 <= len(pair.foreign.split("; ")) <= 5 for pair in found[1:])
    assert all(pair.foreign.replace("слово", "word") == pair.english for pair in found[1:])
    words = Counter(word for pair in found[1:] for word in pair.english.split("; "))
    assert words == {pair.english: bundles.ROUNDS for pair in ENTRIES}


def test_bundles_are_the_same_every_time() -> None:
    assert list(bundles.bundle(ENTRIES, (2, 5))) == list(bundles.bundle(ENTRIES, (2, 5)))


def test_an_epoch_sees_an_entry_once() -> None:
    pairs = list(bundles.bundle(ENTRIES, (2, 5)))
    bitext = build.tokenise(pairs, vocabulary.learn([p.english for p in ENTRIES], {}, 200))
    seen = sum(weight * len(pair.english.split("; ")) for pair, weight in zip(pairs, bitext.weight, strict=True))
    assert seen == pytest.approx(len(ENTRIES))


def test_a_chinese_word_is_the_same_row_wherever_it_stands() -> None:
    found = features.spell(["[UNK]", "中国", "##中国", "and", "##and"], 64)
    row = {}
    for piece in range(1, 5):
        _, rows, _ = found.of(np.array([piece]), 1.0)
        row[piece] = rows.tolist()
    assert row[1] == row[2]
    assert row[3] != row[4]


def test_an_arabic_word_shares_its_spelling_with_and_without_the_article() -> None:
    assert "=ktab" in set(features.grams("والكتاب")) & set(features.grams("كتاب")) & set(features.grams("##كتاب"))


def test_chinese_words_are_taken_from_the_lexicon_when_they_are_frequent() -> None:
    found = vocabulary.chinese(["天气很好"] * 4 + ["天气"], {"天气", "很好"})
    assert found == ["天气", "##天气"]


def test_arabic_articles_and_the_words_behind_them_are_pieces() -> None:
    assert vocabulary.arabic({"والكتاب": 9, "البيت": 2}) == ["ال", "وال", "##كتاب"]


def test_certain_pieces_come_before_words() -> None:
    vocab = vocabulary.learn(["one two"], {"seldom": 9}, 20, ["##certain"]).get_vocab()
    assert vocab["##certain"] < vocab["seldom"]


def test_folding_keeps_the_table_and_lets_its_rows_part_company() -> None:
    trainer = static.Trainer(features.spell(["[UNK]", "one", "##one", "two"], 8), static.Settings(dimension=6))
    before = trainer.table()
    trainer.fold()
    assert np.allclose(trainer.table(), before)
    bags = np.array([1, 3, 2, 3]), np.arange(4)
    trainer.step(bags, (np.arange(2), np.arange(2)), 0.1)
    changed = np.abs(trainer.table().numpy() - before.numpy()).max(axis=1) > 0
    assert changed.tolist() == [False, True, True, True]


def toy_bitext() -> static.Bitext:
    rows = [[1 + number % 3] for number in range(300)]
    marks = np.arange(300)
    same = Ragged.of(rows)
    return static.Bitext(same, same, marks, marks, np.zeros(300, np.int64), np.ones(300))


@pytest.mark.parametrize(("batch", "steps"), [(50, 3 * 6 + 2 * 6), (20, 3 * 6 + 2 * 15)])
def test_polishing_sees_all_pairs_as_often_however_many_a_step_takes(batch: int, steps: int) -> None:
    spelt = features.spell(["[UNK]", "one", "##one", "two"], 8)
    settings = static.Settings(dimension=6, batch=50, epochs=3, polish=2, polish_batch=batch)
    told: list[tuple[int, int]] = []
    static.train(toy_bitext(), spelt, settings, report=lambda step, of, _loss: told.append((step, of)))
    assert told == [(step, steps) for step in range(1, steps + 1)]


def test_without_polishing_the_table_is_that_of_the_spelling() -> None:
    spelt = features.spell(["[UNK]", "one", "##one", "two"], 8)
    settings = static.Settings(dimension=6, batch=50, epochs=2, polish=0)
    told: list[int] = []
    table = static.train(toy_bitext(), spelt, settings, report=lambda step, _of, _loss: told.append(step))
    assert told == list(range(1, 13))
    assert not table[0].any()
    assert table[1:].any(dim=1).all()
