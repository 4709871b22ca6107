"""Errors of aligning and exporting, under the one base of `corpora.errors`."""

from __future__ import annotations

from corpora.errors import (
    EmptyDocumentError,
    MissingExtraError,
    ReadError,
    ToolkitError,
    UnknownLanguageError,
)

__all__ = [
    "EmptyDocumentError",
    "FormatError",
    "MissingExtraError",
    "ModelError",
    "PinError",
    "ReadError",
    "SameLanguageError",
    "ToolkitError",
    "UnknownLanguageError",
    "WriteError",
]


class SameLanguageError(ToolkitError):
    """Both sides are in one language, so there is nothing to align."""


class ModelError(ToolkitError):
    """A model cannot be found, loaded or used."""


class PinError(ToolkitError):
    """Pinned beads cannot all hold: they cross, overlap, or name sentences that are not there."""


class FormatError(ToolkitError):
    """A file format is unknown, or a result file is broken; names ``path:line`` where it can."""


class WriteError(ToolkitError):
    """An output file cannot be written."""
