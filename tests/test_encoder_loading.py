"""`load_encoder` opens whatever it is given by the lightest runtime that can, or says why it cannot."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from encoder_samples import LINES, write_bert, write_static, write_static_and_dense

import align.encoder
from align.encoder import load_encoder, load_encoder_ahead
from align.encoder.static import StaticEncoder
from align.encoder.transformer import TransformerEncoder
from align.errors import MissingExtraError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def static(tmp_path: Path) -> Path:
    return write_static(tmp_path / "static", config={"model_name": "tiny"})


def test_a_static_model_is_run_without_torch(static: Path) -> None:
    assert isinstance(load_encoder(str(static)), StaticEncoder)
    assert isinstance(load_encoder(static), StaticEncoder)


def test_any_other_model_is_run_by_sentence_transformers(
    tmp_path: Path, require_module: Callable[[str], ModuleType]
) -> None:
    require_module("sentence_transformers")
    path = write_bert(tmp_path / "bert")
    encoder = load_encoder(str(path))
    assert isinstance(encoder, TransformerEncoder)
    assert encoder.encode(LINES).shape == (len(LINES), 32)


def test_a_static_model_with_more_modules_is_run_by_sentence_transformers(
    tmp_path: Path, require_module: Callable[[str], ModuleType]
) -> None:
    require_module("sentence_transformers")
    encoder = load_encoder(write_static_and_dense(tmp_path / "dense"))
    assert isinstance(encoder, TransformerEncoder)
    assert encoder.dimension == 8
    np.testing.assert_allclose(np.linalg.norm(encoder.encode(LINES), axis=1), 1, atol=1e-6)


def test_a_model_saved_by_sentence_transformers_is_read(
    static: Path, tmp_path: Path, require_module: Callable[[str], ModuleType]
) -> None:
    library = require_module("sentence_transformers")
    library.SentenceTransformer(str(static), device="cpu").save(str(tmp_path / "saved"))
    encoder = load_encoder(tmp_path / "saved")
    assert isinstance(encoder, StaticEncoder)
    np.testing.assert_allclose(encoder.encode(LINES), load_encoder(static).encode(LINES), atol=1e-6)


@pytest.mark.parametrize(
    "name",
    [
        "./model",
        "../model",
        "/no/such/model",
        "~/no-such-model",
        "a/b/c",
        "model/",
        ".",
        "a\\b",
        "C:\\b",
        "",
        " ",
        "é",
    ],
)
def test_a_path_to_nowhere_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as caught:
        load_encoder(name)
    assert "no such directory" in str(caught.value) or "no model in it" in str(caught.value)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize("name", ["x" * 5000, "x/" * 3000, "nul\0byte", "./nul\0byte"])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    with pytest.raises((ModelError, MissingExtraError)):
        load_encoder(name)


def test_a_file_is_not_a_model(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(ModelError, match="a file"):
        load_encoder(str(tmp_path / "file"))


def test_an_empty_directory_is_not_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model in it"):
        load_encoder(str(tmp_path))


def test_a_broken_list_of_modules_is_not_taken_for_another_kind_of_model(static: Path) -> None:
    (static / "modules.json").write_text("[{]")
    with pytest.raises(ModelError, match=r"modules\.json"):
        load_encoder(static)


def test_a_name_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        load_encoder("sentence-transformers/LaBSE")


def test_the_shipped_model_is_opened_once(static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align.encoder, "SHIPPED_MODEL", static)
    align.encoder._shipped.cache_clear()
    try:
        assert load_encoder().name.startswith("tiny@")
        assert load_encoder() is load_encoder(None)
    finally:
        align.encoder._shipped.cache_clear()


def test_an_installation_without_its_model_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align.encoder, "SHIPPED_MODEL", tmp_path)
    align.encoder._shipped.cache_clear()
    with pytest.raises(ModelError, match="shipped model is missing"):
        load_encoder()


def test_an_encoder_can_be_loaded_ahead(static: Path) -> None:
    encoder = load_encoder_ahead(static)
    assert encoder() is encoder()
    assert encoder().dimension == load_encoder(static).dimension


def test_what_goes_wrong_while_loading_ahead_is_raised_when_asked_for(tmp_path: Path) -> None:
    encoder = load_encoder_ahead(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="no such directory"):
        encoder()


def test_loading_ahead_leaves_no_thread_behind(static: Path) -> None:
    load_encoder_ahead(static)()
    for thread in threading.enumerate():
        if thread.name.startswith("load-encoder"):
            thread.join(timeout=10)
            assert not thread.is_alive()


def test_nothing_is_imported_before_it_is_needed(static: Path) -> None:
    program = f"""
import sys
import threading
import align.encoder
assert not {{"numpy", "tokenizers"}} & set(sys.modules)
align.encoder.load_encoder({str(static)!r}).encode(["talks"])
assert not {{"torch", "transformers", "sentence_transformers", "safetensors.torch"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=align.encoder.SHIPPED_MODEL.parents[1])
