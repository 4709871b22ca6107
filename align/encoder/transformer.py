"""Any SentenceTransformer as an encoder, by path or by name; needs the extra `transformers`."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from align.encoder.layout import first_line, is_directory
from align.encoder.texts import readable, well_formed
from align.encoder.vectors import normalise
from align.errors import MissingExtraError, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.encoder.protocol import Vectors

INSTALL_LINE: Final = 'pip install "translation-align[transformers]"'

_TALKATIVE: Final = ("sentence_transformers", "transformers", "huggingface_hub")

_PATIENCE: Final = 10.0
"""Seconds to wait for the model hub's first answer. Left alone, its client retries for over a minute."""


class TransformerEncoder:
    """Wraps a SentenceTransformer: one in a directory, in the local cache, or (by name) to be downloaded.

    A model that is on this machine is opened without asking the network for anything. One that is not
    is downloaded, unless `download` is false or the environment variable ``HF_HUB_OFFLINE`` is set.
    No code that comes with a model is ever run.
    """

    def __init__(
        self,
        name: str | os.PathLike[str],
        *,
        batch_size: int = 32,
        device: str | None = None,
        progress: bool = False,
        download: bool = True,
    ) -> None:
        """Load the model.

        Args:
            name: a directory, or a model's name such as ``sentence-transformers/LaBSE``.
            batch_size: texts in one pass through the model.
            device: ``cpu``, ``cuda:1``, ``mps`` …; None for the best there is.
            progress: show bars on stderr while loading and encoding.
            download: whether a model that is not on this machine may be downloaded.

        Raises:
            MissingExtraError: sentence-transformers is not installed.
            ModelError: the model cannot be had or loaded.
        """
        self._source = os.fspath(name)
        self._batch_size = batch_size
        self._progress = progress
        _require_extra(self._source)
        with _quiet(not progress):
            self._model = _load(self._source, device, download=download)

    @cached_property
    def name(self) -> str:
        """The model's name, and eight hexadecimal digits of the SHA-256 of its weights as loaded."""
        import torch

        digest = hashlib.sha256()
        for _, tensor in sorted(self._model.state_dict().items()):
            digest.update(tensor.detach().cpu().reshape(-1).contiguous().view(torch.uint8).numpy())
        stem = Path(self._source).resolve().name if is_directory(self._source) else self._source
        return f"{stem}@{digest.hexdigest()[:8]}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        model = self._model
        # The longer name is the only one before sentence-transformers 5.4, and going away after it.
        get = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(get() or self._run(["."]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`; what a model cannot take in at once, it cuts off.

        Returns:
            An array of shape ``(len(texts), dimension)`` of float32; rows have unit length, and are
            all zero for an empty or blank text. Always finite.

        Raises:
            ModelError: the model fails, or answers with a NaN or an infinity.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        filled = [index for index, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = self._run([well_formed(readable(texts[index])) for index in filled])
        return vectors

    def _run(self, texts: list[str]) -> Vectors:
        try:
            raw = self._model.encode(texts, batch_size=self._batch_size, show_progress_bar=self._progress)
            vectors = np.asarray(raw, np.float32)
        except Exception as error:  # whatever torch or the model's own modules raise
            raise ModelError(f"{self._source}: the model fails ({first_line(error)})") from error
        if not np.isfinite(vectors).all():
            broken = texts[int(np.argmin(np.isfinite(vectors).all(axis=1)))]
            raise ModelError(f"{self._source}: the model answers {broken[:40]!r} with a vector that is not finite")
        # Not left to the model: in half precision its unit length is one only to three digits.
        return normalise(vectors)


def _require_extra(source: str) -> None:
    try:
        import sentence_transformers  # noqa: F401  # only to see whether it is there
    except ImportError as error:
        found = "" if is_directory(source) else "no such directory; "
        raise MissingExtraError(f"{source}: {found}to run it as a SentenceTransformer, {INSTALL_LINE}") from error


def _load(source: str, device: str | None, *, download: bool) -> Any:
    """Open a model where it is on this machine, else download it."""
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(source, device=device, local_files_only=True)
    except Exception as error:  # OSError when it is not here; anything when it is broken
        if is_directory(source) or not isinstance(error, OSError):
            raise _unloadable(source, error) from error
    _reach(source, download=download)
    try:
        return SentenceTransformer(source, device=device)
    except Exception as error:  # no such model, a connection lost half-way, a full disk …
        raise _unloadable(source, error) from error


def _unloadable(source: str, error: Exception) -> ModelError:
    return ModelError(f"{source}: cannot be loaded as a SentenceTransformer ({first_line(error)})")


def _reach(source: str, *, download: bool) -> None:
    """Make sure that the hub answers at all, with one request, before its patient client is let loose.

    Raises:
        ModelError: it does not, or must not be asked.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    missing = f"{source}: neither a directory nor a model kept on this machine, and"
    if not download:
        raise ModelError(f"{missing} downloading is switched off; give the path of a model")
    try:
        HfApi().model_info(source, timeout=_PATIENCE)
    except HfHubHTTPError:
        return  # an answer; what it means, loading will say
    except Exception as error:  # no network, no such host, HF_HUB_OFFLINE …
        raise ModelError(
            f"{missing} it cannot be downloaded ({first_line(error)}); "
            "give the path of a model, or try again when online"
        ) from error


@contextmanager
def _quiet(really: bool) -> Iterator[None]:  # noqa: FBT001  # private, and reads as a sentence
    """Keep the libraries from drawing bars and giving advice on stderr while they load a model."""
    from transformers.utils import logging as transformers_logging

    bars: Any = transformers_logging  # not annotated
    loggers = [logging.getLogger(name) for name in _TALKATIVE] if really else []
    levels = [logger.level for logger in loggers]
    had_bars = bars.is_progress_bar_enabled()
    try:
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        if really:
            bars.disable_progress_bar()
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if really and had_bars:
            bars.enable_progress_bar()
