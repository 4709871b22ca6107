"""The trainer, on a toy language: quick, the same every time, and its model loads anywhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import random

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the transformers extra")

from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from align.training import __main__ as command
from align.training import bitext, build, features, measure, pooling, saving, static, vocabulary
from align.training.ragged import Ragged
from corpora.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = static.Settings(dimension=32, batch=64, epochs=6, rate=0.1)
STEMS = ["vor", "mila", "tes", "kandu", "rofe", "lim", "sato", "brel", "dugi", "hane", "peko", "wuzi"]


def toy_pairs(number: int) -> list[tuple[str, str]]:
    """Sentences of a made-up language, whose words are English ones spelt backwards and inflected."""
    dice = random.Random(1)  # noqa: S311 - sentences, not secrets
    words = [one + two for one in STEMS for two in STEMS]
    pairs = []
    for _ in range(number):
        chosen = dice.choices(words, k=dice.randint(4, 9))
        pairs.append((" ".join(f"{word[::-1]}us" for word in chosen), " ".join(chosen)))
    return pairs


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("bitext")
    rows = ["file\tpairs\tlanguages\tgenre\ttier\trepository\tlicence as stated there"]
    for name, licence, pairs in (
        ("ru-en.toy.tsv.xz", "CC0 1.0", toy_pairs(900)),
        ("de-en.left.tsv.xz", "GPL 2.0", [("nicht", "not")]),
    ):
        with lzma.open(found / name, "wt", encoding="utf-8") as lines:
            lines.writelines(f"{foreign}\t{english}\n" for foreign, english in pairs)
        rows.append(f"{name}\t{len(pairs)}\t{name[:5]}\ttoy\tA\tnobody/nothing\t{licence}")
    (found / "SOURCES.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def model(directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    build.build([directory], out, SETTINGS, pieces=600)
    return out


def test_a_toy_model_finds_translations_it_was_not_trained_on(directory: Path, model: Path) -> None:
    sources = bitext.read_sources(directory)
    pairs = [pair for pair in bitext.read_pairs(directory, sources[:1], frozenset()) if pair.is_dev]
    embed = load(model)
    source, target = embed([p.foreign for p in pairs]), embed([p.english for p in pairs])
    assert len(pairs) > 3
    assert measure.precision_at_1(measure.margins(source, target)) > 0.9


def test_training_twice_gives_the_same_bytes(directory: Path, model: Path, tmp_path: Path) -> None:
    build.build([directory], tmp_path, SETTINGS, pieces=600)
    for name in ("model.safetensors", "tokenizer.json", "MODEL_CARD.md"):
        assert (tmp_path / name).read_bytes() == (model / name).read_bytes()


def test_sentence_transformers_loads_the_directory_and_gives_our_vectors(model: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    texts = [english for _, english in toy_pairs(20)]
    theirs = sentence_transformers.SentenceTransformer(str(model), device="cpu").encode(texts)
    assert np.abs(theirs - load(model)(texts)).max() < 1e-5


def test_the_config_names_the_model(model: Path) -> None:
    config = json.loads((model / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    assert config["model_name"] == "statement-0M"


def test_the_card_lists_only_sources_that_were_trained_on(model: Path) -> None:
    card = (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "ru-en.toy" in card
    assert "de-en.left" not in card


def test_further_directories_are_trained_on_as_well_and_stand_in_the_card(directory: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    with lzma.open(extra / "de-en.dictionary.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(f"{english.upper()}\t{english}\n" for _, english in toy_pairs(80))
    row = "de-en.dictionary.tsv.xz\t80\tde-en\tdictionary\tD\tnobody/words\tCC BY-SA 4.0"
    (extra / "SOURCES.tsv").write_text(f"heading\n{row}\n", encoding="utf-8")
    build.build([directory, extra], tmp_path / "out", static.Settings(dimension=8, batch=64, epochs=1), pieces=300)
    card = (tmp_path / "out" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| de-en.dictionary |" in card
    assert "| ru-en.toy |" in card
    assert "--bitext BITEXT --extra EXTRA --held-out" in card


def test_a_dictionary_beside_the_bitext_is_learnt_from_and_named(directory: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    words = {word for _, english in toy_pairs(900) for word in english.split()}
    with lzma.open(extra / "zh-en.words.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(f"{word}an\t{word}\n" for word in sorted(words))
    row = f"zh-en.words.tsv.xz\t{len(words)}\tzh-en\tdictionary\tD\tnobody/words\tCC0 1.0\n"
    (extra / "SOURCES.tsv").write_text("heading\n" + row, encoding="utf-8")
    build.build([directory, extra], tmp_path / "model", SETTINGS, pieces=900)
    card = (tmp_path / "model" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"| zh-en.words | {len(words)} | dictionary | nobody/words | CC0 1.0 |" in card
    embed = load(tmp_path / "model")
    found, chosen = embed([f"{word}an" for word in sorted(words)]), embed(sorted(words))
    assert measure.precision_at_1(found @ chosen.T) > 0.8


def test_quantising_is_off_by_half_a_level_at_most() -> None:
    table = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    table[7] = 0
    numbers, factor = saving.quantise(table)
    assert numbers.dtype == np.int8
    assert (np.abs(numbers * factor[:, None] - table) <= factor[:, None] * 0.5001).all()


def test_saving_refuses_a_table_that_does_not_fit_its_tokeniser(model: Path, tmp_path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    with pytest.raises(ValueError, match="3 rows for"):
        saving.save(tmp_path, tokenizer, np.zeros((3, 4), np.float32))
    with pytest.raises(ValueError, match="not finite"):
        saving.save(tmp_path, tokenizer, np.full((tokenizer.get_vocab_size(), 4), np.nan, np.float32))


def test_the_unknown_piece_has_no_vector(model: Path) -> None:
    assert not load(model)(["\u3042\u3044"]).any()
    assert not load(model)([""]).any()


@pytest.mark.parametrize(
    ("licence", "free"),
    [("GPL 2.0", False), ("GFDL 1.1", False), ("LGPL 3", False), ("CC BY-SA 3.0", True), ("MIT", True)],
)
def test_copyleft_sources_are_left_out(licence: str, *, free: bool) -> None:
    assert bitext.Source("f", "ru", "", "A", "", licence).is_free is free


def test_pairs_with_a_held_out_sentence_are_left_out(directory: Path, tmp_path: Path) -> None:
    first = toy_pairs(1)[0][1]
    folded = first.replace(" ", "")
    path = tmp_path / "held.gz"
    path.write_bytes(gzip.compress(hashlib.sha256(folded.encode()).hexdigest()[:16].encode() + b"\n"))
    marks = bitext.read_held_out(path)
    assert bitext.is_held_out(first.upper(), marks)
    assert bitext.is_held_out(f"Something else. {first.title()}!", marks)
    assert not bitext.is_held_out("Something else.", marks)
    kept = list(bitext.read_pairs(directory, bitext.read_sources(directory)[:1], marks))
    assert len(kept) == 899


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"SOURCES\.tsv"):
        bitext.read_sources(tmp_path)


def test_the_gradient_by_hand_is_the_gradient_of_the_loss() -> None:
    trainer = static.Trainer(features.spell(["[UNK]", "one"], 8), static.Settings(dimension=6))
    sums = torch.randn(12, 6, generator=torch.Generator().manual_seed(0))
    same = np.array([0, 1, 2, 2, 4, 5]), np.array([0, 1, 2, 3, 4, 0])
    loss, slope = trainer._loss(sums.clone(), same)
    free = sums.clone().requires_grad_()
    expected = plain_loss(free, same, trainer.settings)
    expected.backward()
    assert loss == pytest.approx(float(expected.detach()), abs=1e-5)
    assert free.grad is not None
    assert torch.allclose(slope, free.grad, atol=1e-6)


def test_pieces_that_look_alike_in_two_alphabets_share_spelling() -> None:
    assert set(features.grams("лавров")) & set(features.grams("lavrov"))
    assert not set(features.grams("##2019")) & set(features.grams("2018"))


def test_the_tokeniser_folds_case_yo_width_and_invisible_marks() -> None:
    normalizer = vocabulary.new_tokenizer().normalizer
    assert normalizer.normalize_str("ВСЁ за\u0301мок so\u00adft １２") == "все замок soft 12"


def test_rows_of_different_lengths_come_back() -> None:
    ragged = Ragged.of([[1, 2], [], [3]])
    position, value = ragged.rows(np.array([2, 0, 1]))
    assert position.tolist() == [0, 1, 1]
    assert value.tolist() == [3, 1, 2]


def load(directory: Path) -> pooling.Embedder:
    """Our plain embedder over the shipped numbers."""
    from safetensors.numpy import load_file

    parts = load_file(directory / "model.safetensors")
    table = parts["embeddings"].astype(np.float32) * parts["weights"][:, None]
    return pooling.Embedder(Tokenizer.from_file(str(directory / "tokenizer.json")), table)


def plain_loss(sums: torch.Tensor, same: tuple[np.ndarray, np.ndarray], settings: static.Settings) -> torch.Tensor:
    """InfoNCE both ways, as the paper writes it."""
    vectors = functional.normalize(sums, dim=1)
    half = len(vectors) // 2
    foreign, english = (torch.from_numpy(marks) for marks in same)
    own = torch.eye(half, dtype=torch.bool)
    repeated = ((foreign[:, None] == foreign) | (english[:, None] == english)) & ~own
    cosines = vectors[:half] @ vectors[half:].T
    logits = (settings.scale * cosines).masked_fill(repeated, -torch.inf)
    target = torch.arange(half)
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2


def test_the_command_trains_on_one_thread_wherever_it_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found: list[tuple[int, static.Settings]] = []

    def built(_directories: object, _out: object, settings: static.Settings, **_options: object) -> None:
        found.append((torch.get_num_threads(), settings))

    monkeypatch.setattr(command, "build", built)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        command.main(["--bitext", str(tmp_path), "--out", str(tmp_path), "--polish-batch", "64"])
    finally:
        torch.set_num_threads(before)
    assert found == [(1, static.Settings(polish_batch=64))]
