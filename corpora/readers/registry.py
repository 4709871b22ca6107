"""Which reader reads which file: the one place that lists them.

A format family is one module with a `Reader`; to add it, add the module and a line here. What a file
holds counts for more than its name: `magic` tells a format by its first bytes.
"""

from __future__ import annotations

from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from corpora.errors import ReadError
from corpora.readers import magic, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpora.readers.content import Reader

FORMATS: Final[Mapping[str, Reader]] = MappingProxyType({"text": plain.read})
"""Name of a format to what reads it."""

_SUFFIXES: Final[Mapping[str, str]] = MappingProxyType({".txt": "text", ".text": "text"})
"""File suffix, lower case, to the name of its format; any other suffix is read as plain text."""


def reader_for(path: str | PurePath, data: bytes) -> Reader:
    """Choose the reader of a file.

    Args:
        path: the file's name.
        data: its bytes.

    Raises:
        ReadError: the bytes are of a format that is not read.
    """
    found = magic.sniff(data)
    if found is not None:
        name = "standard input" if str(path) == "-" else str(path)
        raise ReadError(f"{name}: is {found}, which is not read yet; save it as plain text (.txt) first")
    return FORMATS[_SUFFIXES.get(PurePath(path).suffix.lower(), "text")]
