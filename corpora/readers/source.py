"""Bytes of a file or of standard input, or one clear line about why not."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, Final

from corpora.errors import EmptyDocumentError, ReadError

STDIN: Final = "-"
"""The path that means standard input."""

MAX_BYTES: Final = 512 * 1024 * 1024
"""The largest file that is read: decoded text needs up to four times as much memory."""


def load_bytes(path: str | Path) -> bytes:
    """Read a whole file.

    Args:
        path: the file; ``-`` is standard input.

    Raises:
        ReadError: the file is missing, a directory, not permitted, too large, or fails while reading.
        EmptyDocumentError: the file has no bytes.
    """
    name = "standard input" if str(path) == STDIN else str(path)
    try:
        data = _load(path)
    except (OSError, ValueError) as error:
        raise ReadError(f"{name}: {_why(error)}") from None
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if not data:
        raise EmptyDocumentError(f"{name}: the file is empty; give a document with text")
    return data


def _load(path: str | Path) -> bytes:
    """Read from `path`, one byte more than is allowed at most."""
    if str(path) == STDIN:
        return _read(sys.stdin.buffer)
    with Path(path).open("rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise _too_large(str(path))
        return _read(file)


def _read(file: BinaryIO) -> bytes:
    """Read up to the limit and one byte, so that an endless device ends too."""
    return file.read(MAX_BYTES + 1)


def _too_large(name: str) -> ReadError:
    return ReadError(f"{name}: larger than {MAX_BYTES // 1024**2} MiB; cut it into smaller documents first")


def _why(error: OSError | ValueError) -> str:
    """Say what is wrong and what to do about it.

    A `ValueError` is a path with a NUL character in it.
    """
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, IsADirectoryError):
        return "is a directory; give a file in it"
    if isinstance(error, PermissionError):
        return "no permission to read it; check its access rights"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read: {error}"
