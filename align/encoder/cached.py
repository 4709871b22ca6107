"""An encoder that opens its slow model only for texts that it has not met before."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from align.encoder.cache import Known, VectorCache
from align.encoder.layout import is_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.encoder.protocol import Encoder, Vectors

_PORTION: Final = 1024
"""Texts after which vectors are kept, so that little is lost when the work is stopped."""


class CachedEncoder:
    """What a slow encoder says, remembered.

    Implements `align.encoder.protocol.Encoder`. The model is opened when a text comes whose vector is not kept, or
    when its name is not; so a document that was edited costs what is new in it, and one that was not, nothing.
    """

    def __init__(self, source: str, load: Callable[[], Encoder], *, cache: bool = True) -> None:
        """Open nothing yet.

        Args:
            source: the model's directory, or its name on the hub.
            load: opens it.
            cache: whether vectors are kept on disk, and taken from there.
        """
        self._source = source
        self._load = load
        self._wanted = cache

    @cached_property
    def _encoder(self) -> Encoder:
        encoder = self._load()
        self.__dict__.pop("_cache", None)  # now that it was downloaded, its files may be known
        if self._cache is not None:
            self._cache.remember(Known(encoder.name, encoder.dimension))
        return encoder

    @cached_property
    def _cache(self) -> VectorCache | None:
        found = identity(self._source) if self._wanted else None
        return None if found is None else VectorCache(found)

    @cached_property
    def _known(self) -> Known:
        known = self._cache.known() if self._cache is not None and "_encoder" not in self.__dict__ else None
        return known or Known(self._encoder.name, self._encoder.dimension)

    @property
    def name(self) -> str:
        """The model's name and part of a hash of its weights."""
        return self._known.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._known.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, those that are kept without the model.

        Raises:
            ModelError: the model is needed and cannot be opened, or fails.
            MissingExtraError: it is needed, and sentence-transformers is not installed.
        """
        found = self._kept(texts)
        missing = list(dict.fromkeys(text for text in texts if text not in found))
        for start in range(0, len(missing), _PORTION):
            portion = missing[start : start + _PORTION]
            vectors = dict(zip(portion, self._encoder.encode(portion), strict=True))
            found |= vectors
            if self._cache is not None:
                self._cache.put(vectors)
        rows = [found[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def _kept(self, texts: Sequence[str]) -> dict[str, Vectors]:
        known = self._cache.known() if self._cache is not None else None
        if known is None or self._cache is None:
            return {}
        return self._cache.get(list(dict.fromkeys(texts)), known.dimension)


def identity(source: str) -> str | None:
    """What tells a model's files from any others, without reading them; None where that cannot be said.

    For a directory: its place, and the name, size and time of change of each file. For a name on the hub: the commit
    that the local copy is of.
    """
    try:
        if is_directory(source):
            root = Path(source).resolve()
            files = (path for path in sorted(root.rglob("*")) if path.is_file())
            seen = ((str(path.relative_to(root)), path.stat()) for path in files)
            marks = [f"{name} {found.st_size} {found.st_mtime_ns}" for name, found in seen]
            return "\n".join([str(root), *marks])
        return _on_hub(source)
    except (OSError, ValueError):
        return None


def _on_hub(name: str) -> str | None:
    """The commit of a model that the hub's client keeps on this machine."""
    whole = name if "/" in name else f"sentence-transformers/{name}"
    for known in dict.fromkeys((name, whole)):
        reference = _hub() / f"models--{known.replace('/', '--')}" / "refs" / "main"
        if reference.is_file():
            return f"{known} {reference.read_text(encoding='utf-8').strip()}"
    return None


def _hub() -> Path:
    """Where the hub's client keeps models, by its own rules."""
    if place := os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE"):
        return Path(place).expanduser()
    if home := os.environ.get("HF_HOME"):
        return Path(home).expanduser() / "hub"
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "huggingface" / "hub"
