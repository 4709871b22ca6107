"""Tiny models made on the spot, in every layout that the encoders must read."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DIMENSION = 16
LAYOUTS = ("float32", "float16", "float64", "int8", "mapping", "no-normalize")

LINES = (
    "The ministers met in the morning and spoke until late at night.",
    "Министры встретились утром и говорили до поздней ночи.",
    "Question: will there be a second round of talks in 2018?",
    "Вопрос: будет ли второй раунд переговоров в 2018 году?",
    "We gave no answer, for nobody had asked us anything at all.",
    "Мы не дали ответа, потому что нас ни о чём не спрашивали.",
)
TEXTS = (*LINES, "", " \n\t", "Да.", "Nightly " * 40, "the", "talks", "ночь и утро 2018 " * 50)
LONG = "ночь и утро 2018 " * 1500

UNKNOWN = "[UNK]"
STATIC = "sentence_transformers.models.StaticEmbedding"
NORMALIZE = "sentence_transformers.models.Normalize"
TRANSFORMER = "sentence_transformers.models.Transformer"
POOLING = "sentence_transformers.models.Pooling"
DENSE = "sentence_transformers.models.Dense"


@cache  # training breaks ties by chance, so that two tokenizers of the same lines differ
def tiny_tokenizer() -> Tokenizer:
    """A WordPiece tokenizer; its unknown piece is number 0."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = [UNKNOWN, "[PAD]", "[CLS]", "[SEP]"]
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(LINES, trainer)
    return tokenizer


def random_table(rows: int) -> np.ndarray:
    """Random vectors; that of the unknown piece is zero, as in the shipped model."""
    table = np.random.default_rng(7).normal(size=(rows, DIMENSION)).astype(np.float32)
    table[0] = 0
    return table


def tensors(layout: str, rows: int) -> dict[str, np.ndarray]:
    """What ``model.safetensors`` holds in one of `LAYOUTS`, for `rows` tokens."""
    table = random_table(rows)
    if layout == "int8":
        scales = np.linspace(0.002, 0.03, rows, dtype=np.float32)
        return {"embeddings": np.rint(table * 30).astype(np.int8), "weights": scales}
    if layout == "mapping":
        mapping = np.random.default_rng(8).integers(0, rows // 2, rows)
        scales = np.linspace(0.1, 2, rows, dtype=np.float64)
        return {"embeddings": table[: rows // 2], "mapping": mapping, "weights": scales}
    dtype = layout if layout.startswith("float") else "float32"
    return {"embedding.weight": table.astype(dtype)}


def write_static(
    path: Path,
    layout: str = "int8",
    *,
    config: Mapping[str, Any] | None = None,
    modules: Sequence[str] | None = None,
    replace: Mapping[str, np.ndarray] | None = None,
) -> Path:
    """Write a tiny static model.

    Args:
        path: the directory, to be made.
        layout: one of `LAYOUTS`.
        config: what to put into ``config_sentence_transformers.json``; None for no such file.
        modules: the classes in ``modules.json``; None for what the layout has.
        replace: tensors to put in place of those of the layout.
    """
    path.mkdir(parents=True)
    tokenizer = tiny_tokenizer()
    tokenizer.save(str(path / "tokenizer.json"))
    held = tensors(layout, tokenizer.get_vocab_size()) if replace is None else dict(replace)
    save_file(held, path / "model.safetensors")
    write_modules(path, modules or ([STATIC] if layout == "no-normalize" else [STATIC, NORMALIZE]))
    if config is not None:
        (path / "config_sentence_transformers.json").write_text(json.dumps(config))
    return path


def write_bert(path: Path) -> Path:
    """Write a tiny random BERT as a SentenceTransformer; needs transformers."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    names = {"unk_token": UNKNOWN, "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    tokenizer = Tokenizer.from_str(tiny_tokenizer().to_str())
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **names).save_pretrained(path)
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(path)
    write_modules(path, [TRANSFORMER, POOLING])
    (path / "1_Module").mkdir()
    pooling = {"word_embedding_dimension": 32, "pooling_mode_mean_tokens": True}
    (path / "1_Module" / "config.json").write_text(json.dumps(pooling))
    return path


def write_static_and_dense(path: Path) -> Path:
    """Write a tiny static model with a layer behind it that only sentence-transformers can run."""
    write_static(path, modules=[STATIC, DENSE])
    (path / "1_Module").mkdir()
    identity = "torch.nn.modules.linear.Identity"
    config = {"in_features": DIMENSION, "out_features": 8, "bias": False, "activation_function": identity}
    (path / "1_Module" / "config.json").write_text(json.dumps(config))
    weights = np.random.default_rng(9).normal(size=(8, DIMENSION)).astype(np.float32)
    save_file({"linear.weight": weights}, path / "1_Module" / "model.safetensors")
    return path


def write_modules(path: Path, kinds: Sequence[str]) -> None:
    """Write ``modules.json``: the first module's files lie in the directory, those of others in folders."""
    entries = [
        {"idx": index, "name": str(index), "path": f"{index}_Module" if index else "", "type": kind}
        for index, kind in enumerate(kinds)
    ]
    (path / "modules.json").write_text(json.dumps(entries))
