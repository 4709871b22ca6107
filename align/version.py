"""The version of the installed package, the one place that knows it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

DISTRIBUTION: Final = "translation-align"


@lru_cache(maxsize=1)
def version() -> str:
    """The installed version, or ``0`` in a checkout that was never installed."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0"
