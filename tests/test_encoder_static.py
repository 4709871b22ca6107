"""The static encoder gives SentenceTransformer's vectors, from every layout and for every text."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
from encoder_samples import DIMENSION, LAYOUTS, LINES, LONG, TEXTS, write_static
from hypothesis import given, settings
from hypothesis import strategies as st

from align.encoder.protocol import Encoder, SpanEncoder
from align.encoder.static import StaticEncoder
from align.encoder.texts import MAX_CHARACTERS, MAX_TEXTS, batches, well_formed
from align.encoder.vectors import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import ModuleType

    from align.encoder.protocol import Vectors

ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates and unassigned code points, too


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("static")
    return {layout: write_static(folder / layout, layout) for layout in LAYOUTS}


@pytest.fixture(scope="module")
def encoder(paths: dict[str, Path]) -> StaticEncoder:
    return StaticEncoder.load(paths["int8"])


def slow_sums(encoder: StaticEncoder, texts: Sequence[str]) -> Vectors:
    """The plain twin: one token at a time."""
    table, tokenizer = encoder._table, encoder._layout.tokenizer
    sums = np.zeros((len(texts), encoder.dimension))
    for row, text in enumerate(texts):
        for token in tokenizer.encode(text, add_special_tokens=False).ids:
            at = token if table.mapping is None else table.mapping[token]
            sums[row] += table.rows[at].astype(np.float64) * table.scales[token]
    return sums.astype(np.float32)


def are_unit_or_zero(vectors: Vectors) -> bool:
    lengths = np.linalg.norm(vectors, axis=1)
    return bool(np.isfinite(vectors).all() and ((lengths == 0) | (abs(lengths - 1) < 1e-5)).all())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_vectors_are_those_of_sentence_transformers(
    layout: str, paths: dict[str, Path], require_module: Callable[[str], ModuleType]
) -> None:
    model = require_module("sentence_transformers").SentenceTransformer(str(paths[layout]), device="cpu")
    # In half precision, sentence-transformers rounds after each addition, and makes an empty text a NaN.
    half = layout == "float16"
    texts = [text for text in TEXTS if text.strip() or not half]
    expected = model.encode(texts, normalize_embeddings=True, show_progress_bar=False).astype(np.float32)
    assert np.abs(StaticEncoder.load(paths[layout]).encode(texts) - expected).max() < (2e-3 if half else 1e-5)


def test_a_very_long_text_is_at_least_as_exact_as_with_sentence_transformers(
    paths: dict[str, Path], require_module: Callable[[str], ModuleType]
) -> None:
    model = require_module("sentence_transformers").SentenceTransformer(str(paths["int8"]), device="cpu")
    encoder = StaticEncoder.load(paths["int8"])
    exact = normalise(slow_sums(encoder, [LONG]))
    expected = model.encode([LONG], show_progress_bar=False)
    assert np.abs(expected - exact).max() < 1e-4
    assert np.abs(encoder.encode([LONG]) - exact).max() < 1e-5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sums_are_those_of_a_plain_slow_twin(layout: str, paths: dict[str, Path]) -> None:
    encoder = StaticEncoder.load(paths[layout])
    texts = [*TEXTS, LONG]
    np.testing.assert_allclose(encoder.encode_sums(texts), slow_sums(encoder, texts), rtol=1e-4, atol=2e-4)


def test_it_is_an_encoder_of_spans(encoder: StaticEncoder) -> None:
    assert isinstance(encoder, Encoder)
    assert isinstance(encoder, SpanEncoder)
    assert encoder.dimension == DIMENSION


def test_vectors_are_float32_of_unit_length(encoder: StaticEncoder) -> None:
    vectors = encoder.encode(LINES)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(LINES), DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_the_vector_of_a_span_is_the_normalised_sum_of_its_sums(encoder: StaticEncoder) -> None:
    together = normalise(encoder.encode_sums(LINES).sum(axis=0, keepdims=True))
    np.testing.assert_allclose(together, encoder.encode([" ".join(LINES)]), atol=1e-6)


@pytest.mark.parametrize("texts", [[], (), [""], ["", " ", "\n"]])
def test_nothing_to_embed_gives_zeros(texts: Sequence[str], encoder: StaticEncoder) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), DIMENSION)
    assert not vectors.any()


def test_a_text_without_a_known_token_gives_zero(encoder: StaticEncoder) -> None:
    assert not encoder.encode(["漢字", "\U000e0fff"]).any()


def test_any_sequence_of_texts_will_do(encoder: StaticEncoder) -> None:
    np.testing.assert_array_equal(encoder.encode(tuple(LINES)), encoder.encode(list(LINES)))


@pytest.mark.parametrize("texts", [[None], [LINES[0], 7], [b"bytes"]])
def test_what_is_no_text_is_a_mistake_of_the_caller(texts: list[str], encoder: StaticEncoder) -> None:
    with pytest.raises((TypeError, AttributeError)):
        encoder.encode(texts)


def test_texts_are_left_untouched(encoder: StaticEncoder) -> None:
    texts = ["talks \ud800 at night", *LINES]
    before = list(texts)
    encoder.encode(texts)
    assert texts == before


@pytest.mark.parametrize("broken", ["talks \ud800 at night", "\udfff talks at night", "talks at night \ud83d"])
def test_a_lone_surrogate_does_no_harm(broken: str, encoder: StaticEncoder) -> None:
    vectors = encoder.encode([LINES[0], broken])
    assert are_unit_or_zero(vectors)
    np.testing.assert_array_equal(vectors[0], encoder.encode([LINES[0]])[0])
    assert vectors[1] @ encoder.encode(["talks at night"])[0] > 0.9


def test_surrogates_that_belong_together_are_joined() -> None:
    assert well_formed("a\ud83d\ude00b") == "a\U0001f600b"
    assert well_formed("\ufeffa\ude00\ud83d") == "\ufeffa\ufffd\ufffd"
    assert well_formed("naïve – ё") == "naïve – ё"


@pytest.mark.parametrize("text", ["x" * 100_000, "ночь " * 20_000, "ночь" * 25_000, "." * 100_000])
def test_a_text_of_100000_characters_is_taken_whole(text: str, encoder: StaticEncoder) -> None:
    vectors = encoder.encode([text, LINES[0]])
    assert are_unit_or_zero(vectors)
    np.testing.assert_allclose(vectors[0], normalise(slow_sums(encoder, [text]))[0], atol=1e-4)


@given(st.lists(ANY_TEXT, max_size=8))
@settings(deadline=None)
def test_any_text_gives_a_finite_vector_of_unit_length_or_zero(encoder: StaticEncoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), DIMENSION)
    assert are_unit_or_zero(vectors)


@given(st.lists(st.sampled_from(TEXTS), max_size=12))
@settings(deadline=None, max_examples=50)
def test_a_vector_does_not_depend_on_its_neighbours(encoder: StaticEncoder, texts: list[str]) -> None:
    alone = [encoder.encode([text]) for text in texts]
    np.testing.assert_allclose(encoder.encode(texts), np.concatenate([*alone, np.zeros((0, DIMENSION))]), atol=1e-6)


@given(
    st.lists(
        st.integers(0, MAX_CHARACTERS // 3) | st.sampled_from([0, 1, MAX_CHARACTERS, 2 * MAX_CHARACTERS]),
        max_size=20,
    )
)
def test_batches_cover_all_texts_in_order_and_stay_small(sizes: list[int]) -> None:
    texts = ["x" * size for size in sizes]
    cuts = list(batches(texts))
    assert [index for cut in cuts for index in range(cut.start, cut.stop)] == list(range(len(texts)))
    for cut in cuts:
        assert cut.stop - cut.start == 1 or sum(sizes[cut]) <= MAX_CHARACTERS


def test_batches_hold_a_limited_number_of_texts() -> None:
    cuts = list(batches([""] * (2 * MAX_TEXTS + 1)))
    assert [cut.stop - cut.start for cut in cuts] == [MAX_TEXTS, MAX_TEXTS, 1]


@pytest.mark.parametrize("parallel", ["true", "false"])
@pytest.mark.parametrize("cores", [1, 2, 16])
def test_many_batches_on_any_number_of_cores_give_the_same(
    cores: int, parallel: str, encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{text} {number}" for number in range(9) for text in LINES]
    expected = encoder.encode(texts)
    monkeypatch.setattr("align.encoder.texts.MAX_TEXTS", 4)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", parallel)
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-6)


def test_an_error_in_any_batch_is_heard_of(encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.encoder.texts.MAX_TEXTS", 1)
    with pytest.raises((TypeError, AttributeError)):
        encoder.encode([*LINES, None, *LINES])


def test_the_name_is_that_of_the_model_and_of_its_weights(tmp_path: Path) -> None:
    path = write_static(tmp_path / "folder", config={"model_name": "statement-1M"})
    digest = hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest()
    assert StaticEncoder.load(path).name == f"statement-1M@{digest[:8]}"


def test_a_model_without_a_name_is_called_by_its_directory(
    paths: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(paths["int8"])
    assert StaticEncoder.load(".").name == StaticEncoder.load(paths["int8"]).name
    assert StaticEncoder.load(".").name.startswith("int8@")


def test_other_weights_have_another_name(paths: dict[str, Path]) -> None:
    digests = [StaticEncoder.load(path).name.partition("@")[2] for path in paths.values()]
    assert len(set(digests)) == len(LAYOUTS) - 1  # "no-normalize" has the weights of "float32"


def test_texts_are_not_cut_and_not_padded_whatever_the_tokenizer_says(tmp_path: Path) -> None:
    plain = StaticEncoder.load(write_static(tmp_path / "plain"))
    path = write_static(tmp_path / "cutting")
    tokenizer = StaticEncoder.load(path)._layout.tokenizer
    tokenizer.enable_truncation(4)
    tokenizer.enable_padding(pad_id=3)
    tokenizer.save(str(path / "tokenizer.json"))
    np.testing.assert_array_equal(StaticEncoder.load(path).encode(LINES), plain.encode(LINES))


@pytest.mark.parametrize("layout", ["float32", "int8"])
def test_the_table_is_mapped_and_not_copied(layout: str, paths: dict[str, Path]) -> None:
    rows = StaticEncoder.load(paths[layout])._table.rows
    assert not rows.flags.owndata
    assert not rows.flags.writeable


def test_a_pickled_encoder_is_opened_again_from_its_path(encoder: StaticEncoder) -> None:
    pickled = pickle.dumps(encoder)
    assert len(pickled) < 1000
    np.testing.assert_array_equal(pickle.loads(pickled).encode(LINES), encoder.encode(LINES))  # noqa: S301


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # forking beside threads is what is tried here
def test_a_forked_process_encodes_and_does_not_hang(encoder: StaticEncoder) -> None:
    expected = encoder.encode(LINES * 50)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        found = pool.apply_async(encoder.encode, (LINES * 50,)).get(timeout=60)
    np.testing.assert_array_equal(found, expected)
