"""The files of a static model: a SentenceTransformer directory of StaticEmbedding [+ Normalize]."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from align.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

WEIGHTS_FILE: Final = "model.safetensors"
_TOKENIZER_FILE: Final = "tokenizer.json"
_MODULES_FILE: Final = "modules.json"
_CONFIG_FILE: Final = "config_sentence_transformers.json"


@dataclass(frozen=True, slots=True)
class StaticLayout:
    """What a static model's directory holds.

    Attributes:
        path: the model's directory.
        model_name: what the model calls itself, or else the name of its directory.
        tokenizer: without padding and truncation.
        weights: the safetensors file.
    """

    path: Path
    model_name: str
    tokenizer: Tokenizer
    weights: Path


@dataclass(frozen=True, slots=True)
class Module:
    """One entry of ``modules.json``: a class, and the folder of its files in the model's directory."""

    type: str
    folder: str

    @property
    def kind(self) -> str:
        """The class's own name; classes from elsewhere keep their module, so that none passes for ours."""
        return self.type.rpartition(".")[2] if self.type.startswith("sentence_transformers.") else self.type


# The functions of os.path, unlike the methods of Path, answer "no" to a name that is too long for any
# file and to a directory that may not be entered.
def is_directory(path: str | Path) -> bool:
    """Whether there is a directory at `path`."""
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: str | Path) -> bool:
    """Whether there is a file at `path`."""
    return os.path.isfile(path)  # noqa: PTH113


def read_layout(path: Path) -> StaticLayout:
    """Read a static model's directory, all but its weights.

    Raises:
        ModelError: `path` is no directory, no static model, or lacks a file; or its tokenizer is broken.
    """
    if not is_directory(path):
        found = "is a file, not a model's directory" if is_file(path) else "no such directory"
        raise ModelError(f"{path}: {found}; give the directory of a SentenceTransformer model")
    modules = read_modules(path)
    if reason := why_not_static(path, modules):
        raise ModelError(f"{path}: not a static model ({reason}); the extra `transformers` can run it")
    folder = path / modules[0].folder
    if not folder.resolve().is_relative_to(path.resolve()):
        raise ModelError(f"{path}: modules.json points outside the model's directory")
    tokenizer = _read_tokenizer(_existing(folder / _TOKENIZER_FILE))
    return StaticLayout(path, _model_name(path), tokenizer, _existing(folder / WEIGHTS_FILE))


def read_modules(path: Path) -> tuple[Module, ...]:
    """Read the ``modules.json`` of the model at `path`.

    Raises:
        ModelError: it is missing or broken.
    """
    entries = _read_json(_existing(path / _MODULES_FILE))
    try:
        modules = tuple(Module(str(entry["type"]), str(entry.get("path", ""))) for entry in entries)
    except (AttributeError, KeyError, TypeError):
        modules = ()
    if not modules:
        raise ModelError(f"{path / _MODULES_FILE}: not a list of modules; copy the model again")
    return modules


def has_modules(path: Path) -> bool:
    """Whether the directory says of itself what SentenceTransformer modules it holds."""
    return is_file(path / _MODULES_FILE)


def why_not_static(path: Path, modules: tuple[Module, ...]) -> str:
    """Say what keeps a model from being static; an empty string for one that is."""
    kinds = [module.kind for module in modules]
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        return "its modules are " + ", ".join(kinds)
    if _default_prompt(_config(path)):
        return "it puts a prompt before each text"
    return ""


def _default_prompt(config: dict[str, Any]) -> str:
    prompts, name = config.get("prompts"), config.get("default_prompt_name")
    return str(prompts.get(name, "")) if isinstance(prompts, dict) and isinstance(name, str) else ""


def _model_name(path: Path) -> str:
    name = _config(path).get("model_name")
    return " ".join(name.split()) if isinstance(name, str) and name.strip() else path.resolve().name


def _config(path: Path) -> dict[str, Any]:
    file = path / _CONFIG_FILE
    config = _read_json(file) if is_file(file) else {}
    if not isinstance(config, dict):
        raise ModelError(f"{file}: not a JSON object; copy the model again")
    return config


def _existing(file: Path) -> Path:
    if not is_file(file):
        raise ModelError(f"{file}: missing from the model; copy the model again")
    return file


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{file}: cannot be read as JSON ({first_line(error)}); copy the model again") from error


def _read_tokenizer(file: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises the bare class
        raise ModelError(
            f"{file}: not a tokenizer that this version of tokenizers reads ({first_line(error)}); "
            "copy the model again, or upgrade tokenizers"
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def first_line(error: BaseException) -> str:
    """What an error of another library says, cut to one line."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".:") if lines else type(error).__name__
