"""Packages that some formats need and the everyday path does not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from align.errors import MissingExtraError

if TYPE_CHECKING:
    from align.exporters.base import Exporter


def check_extra(exporter: Exporter) -> None:
    """Find out before the work whether a format's package is there.

    Raises:
        MissingExtraError: it is not; the message says what to install.
    """
    if exporter.needs is not None and find_spec(exporter.needs[0]) is None:
        raise _missing(exporter.name, *exporter.needs)


def load(name: str, module: str, extra: str) -> Any:
    """Import a module that the format `name` needs, from the packages of `extra`.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise _missing(name, module, extra) from error


def _missing(name: str, module: str, extra: str) -> MissingExtraError:
    package = module.partition(".")[0]
    return MissingExtraError(f'{name} needs the package {package}: pip install "translation-align[{extra}]"')
