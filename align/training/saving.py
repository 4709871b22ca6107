"""Writes a trained table as a SentenceTransformer directory, one byte a number."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG = "config_sentence_transformers.json"
MODULES = "modules.json"

_LEVELS = 127
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def quantise(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Round each row to 255 levels of its own.

    Args:
        table: shape ``(pieces, dimension)``.

    Returns:
        Whole numbers of the same shape, and a factor a row, shape ``(pieces,)``: a row is its
        numbers times its factor, off by at most half the factor.
    """
    factor = (np.abs(table).max(axis=1) / _LEVELS).astype(np.float32)
    safe = np.where(factor > 0, factor, 1)
    return np.rint(table / safe[:, None]).astype(np.int8), factor


def model_name(table: npt.NDArray[np.float32]) -> str:
    """The name of a model with this table: ``statement-24M`` for 24 million numbers."""
    return f"statement-{round(table.size / 1e6)}M"


def save(directory: Path, tokenizer: Tokenizer, table: npt.NDArray[np.float32], name: str | None = None) -> None:
    """Write `directory` so that ``SentenceTransformer(directory)`` loads it.

    The table is stored the way model2vec stores a quantised one: ``embeddings`` of int8 and
    ``weights``, a factor a row. Files are written beside their place and moved into it.

    Args:
        directory: is made if need be.
        tokenizer: as it is saved.
        table: shape ``(pieces, dimension)``.
        name: of the model; `model_name` of the table when None.

    Raises:
        ValueError: the table does not fit the tokeniser, or holds numbers that are not finite.
    """
    if len(table) != tokenizer.get_vocab_size():
        raise ValueError(f"{len(table)} rows for {tokenizer.get_vocab_size()} pieces")
    if not np.isfinite(table).all():
        raise ValueError("the table holds numbers that are not finite; train with a lower rate")
    directory.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".model-", dir=directory))
    try:
        _write(scratch, tokenizer, table, name or model_name(table))
        (directory / "1_Normalize").mkdir(exist_ok=True)
        for path in sorted(scratch.rglob("*")):
            if path.is_file():
                path.chmod(0o644)
                os.replace(path, directory / path.relative_to(scratch))  # noqa: PTH105 - as the design says
    finally:
        shutil.rmtree(scratch)


def _write(directory: Path, tokenizer: Tokenizer, table: npt.NDArray[np.float32], name: str) -> None:
    numbers, factor = quantise(table)
    config: dict[str, object] = {
        "model_type": "SentenceTransformer",
        "model_name": name,
        "similarity_fn_name": "cosine",
        "prompts": {},
        "default_prompt_name": None,
    }
    save_file({"embeddings": numbers, "weights": factor}, directory / WEIGHTS)
    tokenizer.save(str(directory / TOKENIZER), pretty=False)
    (directory / "1_Normalize").mkdir()
    _write_json(directory / "1_Normalize" / "config.json", {})
    _write_json(directory / MODULES, _MODULES)
    _write_json(directory / CONFIG, config)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
