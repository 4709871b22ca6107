"""Adapting a model to memories: quick, honest about what it gained, and clear about what it cannot use."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from encoder_samples import write_static
from hypothesis import given, settings
from hypothesis import strategies as st

from align.encoder import SHIPPED_MODEL, load_encoder
from align.encoder.layout import read_layout
from align.errors import ModelError, ReadError, SameLanguageError, ToolkitError, WriteError
from align.training import adaptation, contrast, model, pooling
from align.training.memories import Pair, read_memories
from align.training.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


@cache
def terms() -> tuple[list[str], list[str]]:
    """Words of both languages that the model knows, but not as translations of each other."""
    words = [word for word in read_layout(SHIPPED_MODEL).tokenizer.get_vocab() if word.isalpha() and len(word) > 4]
    english = sorted(word for word in words if word.isascii())[::50]
    russian = sorted(word for word in words if "а" <= word[0] <= "я" and word[-1] in "аиыя")[::50]
    return russian[:200], english[:200]


def field(number: int) -> list[Pair]:
    """Sentences of a field in which words mean what they mean nowhere else."""
    dice = random.Random(1)  # noqa: S311 - sentences, not secrets
    russian, english = terms()
    chosen = (dice.sample(range(len(russian)), 5) for _ in range(number))
    return [Pair(" ".join(russian[at] for at in row), " ".join(english[at] for at in row[::-1])) for row in chosen]


def write_tsv(path: Path, pairs: list[Pair]) -> str:
    path.write_text("".join(f"{pair.source}\t{pair.target}\n" for pair in pairs), encoding="utf-8")
    return str(path)


def unit(*variants: tuple[str, str]) -> str:
    return "<tu>" + "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants) + "</tu>"


def tmx(*units: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header/><body>\n'
    return head + "\n".join(units) + "\n</body></tmx>\n"


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> model.Adapted:
    directory = tmp_path_factory.mktemp("adapted")
    return model.train_model([write_tsv(directory / "field.tsv", field(600))], directory / "my-model")


def test_errors_on_the_field_are_halved_and_nothing_is_lost_elsewhere(adapted: model.Adapted) -> None:
    memory, samples = adapted.compared
    assert memory.before.first < 0.9
    assert 1 - memory.after.first < (1 - memory.before.first) / 2
    assert samples.after.first > samples.before.first - 0.01
    assert samples.after.neighbours > samples.before.neighbours - 0.01


def test_the_result_is_a_model_like_any_other(adapted: model.Adapted) -> None:
    encoder = load_encoder(adapted.path)
    assert encoder.name == adapted.name
    assert encoder.name.startswith("statement-26M+my-model@")
    assert encoder.dimension == load_encoder().dimension
    np.testing.assert_allclose(np.linalg.norm(encoder.encode([field(1)[0].source]), axis=1), 1, atol=1e-5)
    card = (adapted.path / model.CARD).read_text(encoding="utf-8")
    assert "`field.tsv`" in card
    assert adapted.base in card
    assert f"{adapted.compared[0].after.first:.3f}" in card


def test_sentence_transformers_gives_the_same_vectors(
    adapted: model.Adapted, require_module: Callable[[str], object]
) -> None:
    module = require_module("sentence_transformers")
    texts = [*adapted.compared[0].name.split(), "Клапан: год.", "nothing of the kind", field(1)[0].source]
    theirs = module.SentenceTransformer(str(adapted.path), device="cpu").encode(texts)  # type: ignore[attr-defined]
    np.testing.assert_allclose(load_encoder(adapted.path).encode(texts), theirs, atol=1e-5)


def test_the_same_memory_gives_the_same_bytes_and_replaces_a_model(adapted: model.Adapted) -> None:
    again = model.train_model([str(adapted.path.parent / "field.tsv")], adapted.path)
    assert again == adapted


def test_an_adapted_model_is_adapted_further(adapted: model.Adapted, tmp_path: Path) -> None:
    path = write_tsv(tmp_path / "field.tsv", field(1000)[600:])
    further = model.train_model([path], tmp_path / "deep" / "second", model=adapted.path)
    assert further.name.startswith("statement-26M+my-model+second@")
    with pytest.raises(WriteError, match="model to begin with"):
        model.train_model([path], adapted.path, model=adapted.path)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(field(400)), min_size=adaptation.FEWEST, max_size=600))
def test_the_three_parts_share_no_text(pairs: list[Pair]) -> None:
    parts = adaptation.divide(pairs)
    train = {text for pair in parts.train for text in (pair.source, pair.target)}
    choose = {*parts.choose.source, *parts.choose.target}
    judge = {*parts.judge.source, *parts.judge.target}
    assert not train & choose
    assert not train & judge
    assert not choose & judge
    assert len(set(parts.judge.source)) == len(parts.judge.source)


def test_a_large_memory_keeps_nearly_all_for_training() -> None:
    pairs = [Pair(f"предложение {at}", f"sentence {at}") for at in range(60_000)]
    parts = adaptation.divide(pairs)
    assert len(parts.choose.source) <= adaptation.MOST_HELD_OUT
    assert len(parts.train) > 55_000


def test_run_sums_are_sums_of_runs() -> None:
    dice = np.random.default_rng(1)
    values = dice.normal(size=(50, 4)).astype(np.float32)
    lengths = dice.integers(0, 6, 40)
    lengths[3] = 9000
    index = dice.integers(0, 50, int(lengths.sum()))
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    plain = [values[index[start:stop]].sum(axis=0) for start, stop in pairwise(bounds)]
    np.testing.assert_allclose(pooling.run_sums(values, index, lengths), plain, rtol=1e-3, atol=1e-3)


def loss_of(table: np.ndarray, left: list[list[int]], right: list[list[int]], scale: float) -> float:
    """The loss, plainly, in double precision; pairs 0 and 2 have the same left side."""
    vectors = [[table[text].sum(axis=0) for text in side] for side in (left, right)]
    one, two = (np.array([vector / np.linalg.norm(vector) for vector in side]) for side in vectors)
    logits = one @ two.T * scale
    logits[0, 2] = logits[2, 0] = -np.inf
    chance = np.log(np.exp(logits).sum(axis=0)) + np.log(np.exp(logits).sum(axis=1))
    return float((chance / 2 - logits.diagonal()).mean())


def test_a_step_goes_against_the_slope_of_the_loss() -> None:
    dice = np.random.default_rng(2)
    table = dice.normal(size=(12, 5))
    left, right = [[1, 2], [3, 4, 4], [1, 2]], [[5], [6, 7, 8], [9, 1]]
    trainer = contrast.Trainer(table.astype(np.float32), scale=3.0)
    same = contrast.repeated(np.array([0, 1, 0]), np.array([0, 1, 2]))
    loss = trainer.step(Ragged.of(left), Ragged.of(right), same, 1e-3)
    assert loss == pytest.approx(loss_of(table, left, right, 3.0), abs=1e-5)
    moved = trainer.table - table
    for row in range(12):
        slope = np.zeros(5)
        for column in range(5):
            for sign in (1, -1):
                near = table.copy()
                near[row, column] += sign * 1e-5
                slope[column] += sign * loss_of(near, left, right, 3.0) / 2e-5
        size = np.sqrt((slope**2).mean() + 1e-8)
        np.testing.assert_allclose(moved[row], -1e-3 * slope / size, atol=2e-5)


def test_rows_that_are_held_stay() -> None:
    table = np.random.default_rng(3).normal(size=(8, 4)).astype(np.float32)
    trainer = contrast.Trainer(table.copy(), scale=3.0)
    trainer.hold(np.array([1, 5]))
    nothing = contrast.repeated(np.arange(2), np.arange(2))
    trainer.step(Ragged.of([[1, 2], [3]]), Ragged.of([[4, 5], [6]]), nothing, 0.1)
    assert (trainer.table[[0, 1, 5, 7]] == table[[0, 1, 5, 7]]).all()
    assert (trainer.table[[2, 3, 4, 6]] != table[[2, 3, 4, 6]]).any(axis=1).all()


def test_units_of_a_memory_are_read_whatever_state_it_is_in(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    broken = tmx(
        unit(("ru-RU", "Первый насос работает."), ("en-GB", "The first\npump <ph>x</ph>works."), ("de", "Die Pumpe.")),
        unit(("ru", "12"), ("en", "12")),
        unit(("ru", "Второй"), ("EN", "")),
        unit(("ru", "Третий & насос"), ("en", "The third pump")),
    ).removesuffix("</body></tmx>\n")
    path.write_text(broken, encoding="utf-8")
    assert read_memories([str(path), str(path)]) == [
        Pair("Первый насос работает.", "The first pump works."),
        Pair("Первый насос работает.", "Die Pumpe."),
        Pair("Третий & насос", "The third pump"),
    ]


def test_rows_of_a_table_are_read_but_not_its_header_nor_what_was_left_out(tmp_path: Path) -> None:
    path = tmp_path / "memory.tsv"
    rows = ["source\ttarget\tleft_out", "Насос\tPump\t", "Клапан\tValve\tconfidence", "одно", "", "Вал\tShaft"]
    path.write_bytes(("\ufeff" + "\r\n".join(rows)).encode())
    assert read_memories([str(path)]) == [Pair("Насос", "Pump"), Pair("Вал", "Shaft")]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("empty.tmx", tmx(), ReadError, "no unit with two languages"),
        ("noise.tmx", "\x00\x01\x02" * 50, ReadError, "no unit with two languages"),
        ("half.tmx", "<tmx><body><tu><tuv xml:lang='ru'><seg>Насос", ReadError, "no unit with two languages"),
        ("one.tmx", tmx(unit(("en", "A pump"), ("en-GB", "The pump"))), SameLanguageError, "only 'en' in it"),
        ("empty.tsv", "", ReadError, "empty"),
        ("lines.tsv", "one column\nonly\n", ReadError, "no row with two texts"),
        ("numbers.tsv", "1\t1\n2\t3\n", ReadError, "2 of them have no letters"),
        (
            "english.tsv",
            "The pump is on.\tThis is the pump that works.\n" * 9,
            SameLanguageError,
            "both sides are in 'en'",
        ),
        ("few.tsv", "Насос работает хорошо.\tThe pump works well.\n", ModelError, "only 1 pairs"),
    ],
)
def test_a_memory_without_pairs_is_one_line_of_error(
    name: str, content: str, error: type[ToolkitError], message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=message) as raised:
        model.train_model([str(path)], tmp_path / "out")
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "out" / "modules.json").exists()


def test_where_nothing_is_gained_no_model_is_left(tmp_path: Path) -> None:
    path = write_tsv(tmp_path / "field.tsv", field(300))
    with pytest.raises(ModelError, match=r"nothing gained on the 2\d held-out pairs"):
        model.train_model([path], tmp_path / "out", settings=adaptation.Settings(epochs=0))
    assert not (tmp_path / "out" / "modules.json").exists()


def test_a_place_that_holds_something_else_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear all", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name, message in (("letters", "something else"), ("file", "is a file"), ("file/x", "cannot write")):
        with pytest.raises(WriteError, match=message):
            model.train_model(["missing.tmx"], tmp_path / name)
    with pytest.raises(WriteError, match="model to begin with"):
        model.train_model(["missing.tmx"], SHIPPED_MODEL)


def test_any_static_model_is_a_beginning(tmp_path: Path) -> None:
    base = write_static(tmp_path / "tiny", "mapping")
    path = write_tsv(tmp_path / "field.tsv", field(400))
    found = model.train_model([path], tmp_path / "out", model=base)
    assert load_encoder(tmp_path / "out").name == found.name


def test_the_command_prints_the_table_and_names_what_is_wrong(
    tmp_path: Path, align_command: Callable[..., Ran]
) -> None:
    path = write_tsv(tmp_path / "field.tsv", field(400))
    ran = align_command("train", "model", path, "-o", tmp_path / "my")
    assert (ran.status, ran.stderr) == (0, "")
    assert "held out of the memory" in ran.stdout
    ran = align_command("pair", "--model", tmp_path / "my", "--sentences", "-", path, stdin=b"one\n")
    assert ran.status == 0
    ran = align_command("train", "model", tmp_path / "nowhere.tmx", "-o", tmp_path / "other")
    assert ran.status == 1
    assert ran.stderr.startswith("error: ")
    assert ran.stderr.count("\n") == 1
