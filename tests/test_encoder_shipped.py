"""The model that comes with the toolkit: whole, small, the same in both runtimes, and of use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from align.encoder import SHIPPED_MODEL, load_encoder
from align.encoder.static import StaticEncoder

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

PAIRS = (
    ("Министр прибыл в Вену рано утром.", "The minister arrived in Vienna early in the morning."),
    ("Переговоры длились четыре часа.", "The talks lasted four hours."),
    ("Вопрос: Когда состоится следующая встреча?", "Question: When will the next meeting take place?"),
    ("Мы обсудили цены на нефть и газ.", "We discussed the prices of oil and gas."),
    ("Дети пошли в школу.", "The children went to school."),
    ("В 1945 году закончилась война.", "The war ended in 1945."),
    ("Совет Безопасности ООН принял резолюцию.", "The UN Security Council adopted a resolution."),
    ("Врачи лечат больных.", "Doctors treat the sick."),
    ("Вода в реке была очень холодной.", "The water in the river was very cold."),
    ("Нажмите кнопку, чтобы сохранить файл.", "Press the button to save the file."),
    ("Да.", "Yes."),
    ("Спасибо за внимание!", "Thank you for your attention!"),
)
RUSSIAN, ENGLISH = zip(*PAIRS, strict=True)
ODD = (
    "",
    " ",
    "\n",
    "Да\u00a0— нет…",
    "С.В.Лавров",
    "XVI",
    "漢字と仮名",
    "مرحبا",
    "\U0001f600",
    "\u0378",
    "x" * 3000,
)


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    return encoder


def test_both_runtimes_give_the_same_vectors(
    encoder: StaticEncoder, require_module: Callable[[str], ModuleType]
) -> None:
    texts = [*RUSSIAN, *ENGLISH, *ODD, " ".join(RUSSIAN) * 20]
    model = require_module("sentence_transformers").SentenceTransformer(str(SHIPPED_MODEL), device="cpu")
    expected = model.encode(texts, show_progress_bar=False)
    assert np.abs(encoder.encode(texts) - expected).max() < 1e-5


def test_a_sentence_is_nearest_to_its_translation(encoder: StaticEncoder) -> None:
    likeness = encoder.encode(RUSSIAN) @ encoder.encode(ENGLISH).T
    assert (likeness.argmax(axis=1) == np.arange(len(PAIRS))).all()
    assert (likeness.argmax(axis=0) == np.arange(len(PAIRS))).all()


def test_odd_texts_give_finite_vectors_of_unit_length_or_zero(encoder: StaticEncoder) -> None:
    vectors = encoder.encode([*ODD, "lone \ud800 surrogate", "слово " * 20_000, "ы" * 100_000])
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.isfinite(vectors).all()
    assert ((lengths == 0) | (abs(lengths - 1) < 1e-5)).all()
    assert not vectors[:3].any()


def test_the_name_tells_model_and_weights(encoder: StaticEncoder) -> None:
    assert re.fullmatch(r"[a-z]+-\d+M@[0-9a-f]{8}", encoder.name)


def test_the_model_takes_at_most_30_megabytes() -> None:
    assert sum(file.stat().st_size for file in SHIPPED_MODEL.rglob("*") if file.is_file()) <= 30e6


def test_the_table_is_one_byte_a_number(encoder: StaticEncoder) -> None:
    assert encoder._table.rows.dtype == np.int8
