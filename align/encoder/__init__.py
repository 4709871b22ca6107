"""Sentence encoders: the shipped model, any other static model, any SentenceTransformer.

Importing this package imports neither NumPy nor any model's machinery; `load_encoder` imports what it needs.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.encoder.layout import (
    has_modules,
    is_directory,
    is_file,
    read_layout,
    read_modules,
    why_not_static,
)
from align.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.encoder.protocol import Encoder

__all__ = ["SHIPPED_MODEL", "load_encoder", "load_encoder_ahead"]

SHIPPED_MODEL: Final = Path(__file__).parents[1] / "model"
"""The directory of the model that comes with the toolkit."""

_HUB_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{,95}(?:/[\w.-]{1,96})?", re.ASCII)


def load_encoder(
    name: str | os.PathLike[str] | None = None,
    *,
    device: str | None = None,
    cache: bool = False,
    progress: bool = False,
) -> Encoder:
    """Open an encoder.

    Args:
        name: the directory of a model, static or any other SentenceTransformer; or the name of a
            SentenceTransformer, which is taken from the local cache or downloaded. None for the
            shipped model, which is opened once and kept.
        device: where a model that is not static computes: ``cpu``, ``cuda:1``, ``mps`` …; None for the best there is.
        cache: keep the vectors of a model that is not static on disk, and take them from there. The model is then
            opened only when it is needed, and what is wrong with it is raised only then. The environment
            variable ``ALIGN_NO_CACHE`` switches this off.
        progress: show bars on stderr while such a model is loaded and runs.

    Raises:
        ModelError: there is no such model, or it is broken.
        MissingExtraError: it needs sentence-transformers, which is not installed.
    """
    if name is None:
        return _shipped()
    source = os.fspath(name)
    path = Path(source).expanduser()
    run = partial(_run, device=device, cache=cache, progress=progress)
    if is_directory(path):
        return _open(path, run)
    if is_file(path):
        raise ModelError(f"{source}: a file; give the directory of a SentenceTransformer model")
    if not _HUB_NAME.fullmatch(source):
        raise ModelError(f"{source}: no such directory; give that of a model, or a SentenceTransformer's name")
    return run(source)


def load_encoder_ahead(name: str | os.PathLike[str] | None = None) -> Callable[[], Encoder]:
    """Begin to load an encoder in the background, for instance while documents are being read.

    The longest part by far, parsing the tokenizer, needs a core to itself but not Python's global lock.

    Returns:
        A function that waits for the encoder and returns it, or raises what `load_encoder` raised.
    """
    from threading import Thread  # concurrent.futures would bring logging, some milliseconds more

    done: list[Encoder | BaseException] = []

    def load() -> None:
        try:
            done.append(prepared())
        except BaseException as error:  # noqa: BLE001 - it is raised where the encoder is asked for
            done.append(error)

    def prepared() -> Encoder:
        encoder = load_encoder(name)
        _ = encoder.name  # remembered; hashing the weights for it is best done here, too
        if name is None:
            _ = getattr(encoder, "main_axes", None)  # the same
        return encoder

    thread = Thread(target=load, name="load-encoder")
    thread.start()

    def loaded() -> Encoder:
        thread.join()
        if isinstance(done[0], BaseException):
            raise done[0]
        return done[0]

    return loaded


@lru_cache(maxsize=1)  # immutable and mapped from one file, so that a loop over documents need not parse it each time
def _shipped() -> Encoder:
    if not has_modules(SHIPPED_MODEL):
        raise ModelError(f"{SHIPPED_MODEL}: the shipped model is missing; install translation-align again")
    return _static(SHIPPED_MODEL)


def _open(path: Path, run: Callable[[str], Encoder]) -> Encoder:
    """Open the model in a directory by the runtime that it needs; `run` is for what is not static."""
    if has_modules(path):
        return run(str(path)) if why_not_static(path, read_modules(path)) else _static(path)
    if is_file(path / "config.json"):
        return run(str(path))
    raise ModelError(f"{path}: no model in it (neither modules.json nor config.json); give another directory")


def _static(path: Path) -> Encoder:
    # The tokenizer first: it is parsed while another thread may be busy importing NumPy.
    layout = read_layout(path)
    from align.encoder.static import StaticEncoder

    return StaticEncoder(layout)


def _run(source: str, *, device: str | None, cache: bool, progress: bool) -> Encoder:
    def load() -> Encoder:
        from align.encoder.transformer import TransformerEncoder

        return TransformerEncoder(source, device=device, progress=progress)

    if not cache:
        return load()
    from align.encoder.cache import is_on
    from align.encoder.cached import CachedEncoder

    return CachedEncoder(source, load, cache=is_on())
