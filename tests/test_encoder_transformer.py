"""Any SentenceTransformer serves as an encoder; what cannot be had is said in one line."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from encoder_samples import LINES, TEXTS, write_bert, write_static

from align.encoder.protocol import Encoder, SpanEncoder
from align.encoder.static import StaticEncoder
from align.encoder.transformer import INSTALL_LINE, TransformerEncoder
from align.errors import MissingExtraError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

NOBODYS = "nobody-of-this-name/no-such-model"


@pytest.fixture(scope="module")
def library(require_module: Callable[[str], ModuleType]) -> ModuleType:
    return require_module("sentence_transformers")


@pytest.fixture(scope="module")
def bert(library: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    return write_bert(tmp_path_factory.mktemp("bert") / "model")


@pytest.fixture(scope="module")
def encoder(bert: Path) -> TransformerEncoder:
    return TransformerEncoder(bert, device="cpu", batch_size=4)


def one_line(caught: pytest.ExceptionInfo[Exception]) -> str:
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_vectors_are_those_of_sentence_transformers(
    library: ModuleType, bert: Path, encoder: TransformerEncoder
) -> None:
    model = library.SentenceTransformer(str(bert), device="cpu")
    expected = model.encode(list(LINES), normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(encoder.encode(LINES), expected, atol=1e-6)


def test_it_is_an_encoder_but_not_of_spans(encoder: TransformerEncoder) -> None:
    assert isinstance(encoder, Encoder)
    assert not isinstance(encoder, SpanEncoder)
    assert encoder.dimension == 32


def test_vectors_are_float32_and_of_unit_length_or_zero(encoder: TransformerEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    np.testing.assert_allclose(lengths, [1.0 if text.strip() else 0.0 for text in TEXTS], atol=1e-6)


@pytest.mark.parametrize("texts", [[], [""], [" \n", ""]])
def test_nothing_to_embed_gives_zeros(texts: list[str], encoder: TransformerEncoder) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), 32)
    assert not vectors.any()


def test_a_lone_surrogate_does_no_harm(encoder: TransformerEncoder) -> None:
    assert np.isfinite(encoder.encode(["talks \ud800 at night", "\udfff"])).all()


def test_a_static_model_runs_here_as_well(library: ModuleType, tmp_path: Path) -> None:  # noqa: ARG001
    path = write_static(tmp_path / "model")
    found = TransformerEncoder(path, device="cpu").encode(TEXTS)
    np.testing.assert_allclose(found, StaticEncoder.load(path).encode(TEXTS), atol=1e-5)


def test_a_model_in_half_precision_gives_unit_length_in_full(library: ModuleType, bert: Path, tmp_path: Path) -> None:
    library.SentenceTransformer(str(bert), device="cpu").half().save(str(tmp_path / "half"))
    vectors = TransformerEncoder(tmp_path / "half", device="cpu").encode(LINES)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_the_name_is_that_of_the_directory_and_of_the_weights(
    library: ModuleType, bert: Path, encoder: TransformerEncoder, tmp_path: Path
) -> None:
    stem, _, digest = encoder.name.partition("@")
    assert stem == "model"
    assert len(bytes.fromhex(digest)) == 4
    assert TransformerEncoder(bert, device="cpu").name == encoder.name
    model = library.SentenceTransformer(str(bert), device="cpu")
    next(model.parameters()).data[0, 0] += 1
    model.save(str(tmp_path / "model"))
    assert TransformerEncoder(tmp_path / "model", device="cpu").name != encoder.name


def test_loading_and_encoding_are_silent(bert: Path, capfd: pytest.CaptureFixture[str]) -> None:
    TransformerEncoder(bert, device="cpu").encode(TEXTS)
    assert capfd.readouterr() == ("", "")


def test_progress_is_shown_on_stderr_when_asked_for(bert: Path, capfd: pytest.CaptureFixture[str]) -> None:
    TransformerEncoder(bert, device="cpu", progress=True).encode(LINES)
    out, err = capfd.readouterr()
    assert out == ""
    assert "Batches" in err


def test_the_library_is_left_as_talkative_as_it_was(bert: Path) -> None:
    from transformers.utils import logging as transformers_logging

    logger = logging.getLogger("sentence_transformers")
    before = logger.level
    logger.setLevel(logging.INFO)
    try:
        TransformerEncoder(bert, device="cpu")
        assert logger.level == logging.INFO
        assert transformers_logging.is_progress_bar_enabled()
    finally:
        logger.setLevel(before)


def test_a_vector_that_is_not_finite_is_refused(library: ModuleType, bert: Path, tmp_path: Path) -> None:
    model = library.SentenceTransformer(str(bert), device="cpu")
    for parameter in model.parameters():
        parameter.data[...] = np.nan
    model.save(str(tmp_path / "nan"))
    with pytest.raises(ModelError, match="not finite") as caught:
        TransformerEncoder(tmp_path / "nan", device="cpu").encode(LINES)
    assert str(tmp_path / "nan") in one_line(caught)


def test_a_model_that_fails_at_work_says_so(encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("out of memory\nand a page of advice")

    monkeypatch.setattr(encoder._model, "encode", fail)
    with pytest.raises(ModelError, match="out of memory") as caught:
        encoder.encode(LINES)
    one_line(caught)


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_broken_directory_is_said_in_one_line(name: str, library: ModuleType, tmp_path: Path) -> None:  # noqa: ARG001
    path = write_bert(tmp_path / "broken")
    file = path / name
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        TransformerEncoder(path, device="cpu")
    assert str(path) in one_line(caught)


def test_a_device_that_is_not_there_is_said_in_one_line(bert: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        TransformerEncoder(bert, device="no-such-device")
    one_line(caught)


@pytest.fixture
def offline(library: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[float]:  # noqa: ARG001
    """Cuts the network; returns the patience of each attempt to use it."""
    import huggingface_hub

    attempts: list[float] = []

    def refuse(_: Any, name: str, *, timeout: float) -> None:  # noqa: ARG001
        attempts.append(timeout)
        raise OSError("[Errno -2] Name or service not known\nretrying\nretrying")

    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", refuse)
    return attempts


def test_a_model_that_cannot_be_downloaded_is_given_up_at_once(
    offline: list[float], capfd: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    with pytest.raises(ModelError, match="cannot be downloaded") as caught:
        TransformerEncoder(NOBODYS)
    assert time.monotonic() - start < 20
    assert len(offline) == 1
    assert one_line(caught).startswith(NOBODYS)
    assert "Name or service not known" in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_model_in_the_local_cache_is_opened_without_the_network(
    offline: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    kept = tmp_path / "models--acme--tiny"
    write_bert(kept / "snapshots" / ("a" * 40))
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("a" * 40)
    encoder = TransformerEncoder("acme/tiny", device="cpu")
    assert encoder.encode(LINES).any()
    assert encoder.name.startswith("acme/tiny@")
    assert offline == []


def test_downloading_can_be_switched_off(offline: list[float]) -> None:
    with pytest.raises(ModelError, match="switched off"):
        TransformerEncoder(NOBODYS, download=False)
    assert offline == []


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtraError) as caught:
        TransformerEncoder(tmp_path)
    assert one_line(caught).endswith('pip install "translation-align[transformers]"')
    assert "no such directory" not in str(caught.value)
    with pytest.raises(MissingExtraError, match="no such directory"):
        TransformerEncoder("models/mine")
    assert INSTALL_LINE in str(caught.value)
