"""A broken model gives one clear line, and never a vector."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from encoder_samples import (
    DENSE,
    NORMALIZE,
    POOLING,
    STATIC,
    TRANSFORMER,
    tensors,
    tiny_tokenizer,
    write_static,
)
from safetensors.numpy import save_file

from align.encoder.static import StaticEncoder
from align.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

ROWS = tiny_tokenizer().get_vocab_size()


def error_of(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        StaticEncoder.load(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert len(message.splitlines()) == 1
    return message


def test_a_missing_directory(tmp_path: Path) -> None:
    assert "no such directory" in error_of(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["x" * 5000, "nul\0byte"])
def test_a_name_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    assert "no such directory" in error_of(tmp_path / name)


def test_a_file_for_a_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "is a file" in error_of(tmp_path / "file")


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file(name: str, tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    (path / name).unlink()
    assert f"{name}: missing" in error_of(path)


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"{}", b"[]", b"null", b"[" * 100_000, b"version https://lfs/spec/v1\n"]
)
def test_a_file_of_rubbish(name: str, content: bytes, tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    (path / name).write_bytes(content)
    assert name in error_of(path)


@pytest.mark.parametrize("content", ["[]", "nul", "\udc80"])
def test_a_broken_config(content: str, tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    file = path / "config_sentence_transformers.json"
    file.write_text(content, encoding="utf-8", errors="surrogateescape")
    assert file.name in error_of(path)


@pytest.mark.parametrize("odd", [[], {}, 7, "", " \n"])
def test_an_odd_config_is_passed_over(odd: Any, tmp_path: Path) -> None:
    config = {"model_name": odd, "prompts": odd, "default_prompt_name": odd}
    assert StaticEncoder.load(write_static(tmp_path / "model", config=config)).name.startswith("model@")


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("kept", [0.001, 0.3, 0.999])
def test_a_truncated_file(name: str, kept: float, tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    whole = (path / name).read_bytes()
    (path / name).write_bytes(whole[: int(len(whole) * kept)])
    assert name in error_of(path)


def test_a_file_that_goes_on_after_its_tensors(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    with (path / "model.safetensors").open("ab") as file:
        file.write(b"more")
    assert "not a whole safetensors file" in error_of(path)


@pytest.mark.parametrize(
    "modules",
    [
        [TRANSFORMER, POOLING],
        [STATIC, DENSE, NORMALIZE],
        [NORMALIZE, STATIC],
        ["somebody.elses.StaticEmbedding"],
    ],
)
def test_a_model_that_is_not_static(modules: list[str], tmp_path: Path) -> None:
    path = write_static(tmp_path / "model", modules=modules)
    assert "not a static model" in error_of(path)
    assert "transformers" in error_of(path)


def test_a_model_with_a_prompt_is_not_ours_to_run(tmp_path: Path) -> None:
    config = {"prompts": {"query": "query: "}, "default_prompt_name": "query"}
    assert "prompt" in error_of(write_static(tmp_path / "model", config=config))


def test_a_tokenizer_that_does_not_fit_its_table(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model", replace=tensors("int8", ROWS - 1))
    assert f"the tokenizer knows {ROWS} tokens, the table {ROWS - 1}" in error_of(path)


def test_a_table_with_rows_to_spare_is_fine(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model", replace=tensors("int8", ROWS + 5))
    assert StaticEncoder.load(path).encode(["the talks"]).any()


def test_a_token_beyond_the_table_is_found_when_it_turns_up(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    tokenizer = json.loads((path / "tokenizer.json").read_text())
    tokenizer["model"]["vocab"]["talks"] = ROWS + 100
    (path / "tokenizer.json").write_text(json.dumps(tokenizer))
    encoder = StaticEncoder.load(path)
    assert encoder.encode(["the morning"]).any()
    with pytest.raises(ModelError, match=f"lacks token {ROWS + 100}"):
        encoder.encode(["the talks"])


def test_a_tokenizer_that_fails_on_an_unknown_word(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model")
    tokenizer = json.loads((path / "tokenizer.json").read_text())
    tokenizer["model"].update({"unk_token": "[NOWHERE]"})
    (path / "tokenizer.json").write_text(json.dumps(tokenizer))
    with pytest.raises(ModelError, match="its tokenizer fails"):
        StaticEncoder.load(path).encode(["漢字"])


INT8 = tensors("int8", ROWS)
FLOAT = tensors("float32", ROWS)["embedding.weight"]
MAPPED = tensors("mapping", ROWS)


def changed(array: np.ndarray, value: float) -> np.ndarray:
    copy = array.copy()
    copy.flat[-1] = value
    return copy


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"something": FLOAT}, "no table of embeddings"),
        ({"embeddings": np.zeros((0, 4), np.float32)}, "no table of embeddings"),
        ({"embeddings": np.zeros((ROWS, 0), np.float32)}, "no table of embeddings"),
        ({"embeddings": FLOAT[0]}, "embeddings is 1-dimensional"),
        ({"embedding.weight": FLOAT[np.newaxis]}, "embeddings is 3-dimensional"),
        ({"embeddings": FLOAT.astype(np.int64)}, "int64"),
        ({"embeddings": FLOAT.astype(np.uint8)}, "should be 2-dimensional"),
        ({**INT8, "weights": INT8["weights"][:-1]}, f"{ROWS - 1} weights for {ROWS} tokens"),
        ({**INT8, "weights": INT8["weights"][:, np.newaxis]}, "weights is 2-dimensional"),
        ({**INT8, "weights": np.ones(ROWS, np.int32)}, "weights is 1-dimensional int32"),
        ({**MAPPED, "mapping": changed(MAPPED["mapping"], ROWS)}, "mapping points outside"),
        ({**MAPPED, "mapping": changed(MAPPED["mapping"], -1)}, "mapping points outside"),
        ({**MAPPED, "mapping": np.zeros(0, np.int64)}, "mapping points outside"),
        ({**MAPPED, "mapping": np.ones(ROWS, np.float32)}, "mapping is 1-dimensional float32"),
    ],
)
def test_tensors_of_the_wrong_kind(wrong: dict[str, np.ndarray], words: str, tmp_path: Path) -> None:
    assert words in error_of(write_static(tmp_path / "model", replace=wrong))


@pytest.mark.parametrize("value", [np.nan, -np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_weights_that_are_not_finite(dtype: str, value: float, tmp_path: Path) -> None:
    table = changed(FLOAT.astype(dtype), value)
    assert "NaN, infinite" in error_of(write_static(tmp_path / "model", replace={"embeddings": table}))


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e30])
def test_scales_that_are_not_finite(value: float, tmp_path: Path) -> None:
    wrong = {**INT8, "weights": changed(INT8["weights"], value)}
    assert "NaN, infinite" in error_of(write_static(tmp_path / "model", replace=wrong))


def test_weights_too_large_to_add_up(tmp_path: Path) -> None:
    table = changed(FLOAT, -1e38)
    assert "absurdly large" in error_of(write_static(tmp_path / "model", replace={"embeddings": table}))


def test_a_type_that_numpy_does_not_know(tmp_path: Path, require_module: Any) -> None:
    torch = require_module("torch")
    save = require_module("safetensors.torch").save_file
    path = write_static(tmp_path / "model")
    save({"embedding.weight": torch.ones(ROWS, 4, dtype=torch.bfloat16)}, path / "model.safetensors")
    assert "should be 2-dimensional" in error_of(path)


def test_tensors_that_nobody_asked_for_do_no_harm(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model", replace={**INT8, "other": np.ones((2, 2), np.uint16)})
    expected = StaticEncoder.load(write_static(tmp_path / "plain")).encode(["the talks"])
    np.testing.assert_array_equal(StaticEncoder.load(path).encode(["the talks"]), expected)


def test_an_unaligned_table_is_read_right(tmp_path: Path) -> None:
    path = write_static(tmp_path / "model", replace={"embedding.weight": FLOAT})
    expected = StaticEncoder.load(path).encode(["the talks"])
    raw = (path / "model.safetensors").read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = raw[8 : 8 + size].rstrip() + b" "  # an odd number of bytes, as other writers leave it
    header += b" " * ((len(header) + 1) % 2)
    (path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + raw[8 + size :])
    np.testing.assert_array_equal(StaticEncoder.load(path).encode(["the talks"]), expected)


def test_a_big_table_is_looked_through_to_its_end(tmp_path: Path) -> None:
    table = np.ones((70_000, 16), np.float32)
    table[-1, -1] = np.nan
    path = write_static(tmp_path / "model")
    save_file({"embedding.weight": table}, path / "model.safetensors")
    assert "NaN" in error_of(path)
