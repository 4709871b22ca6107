"""Alignments written out: one module a format, one registry.

To add a format, write a module with an `Exporter` named ``EXPORTER``, list it in `_ALL`, and give
``tests/test_exporters.py`` a function that reads it back: the contract tests then run over it too.
"""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from align.exporters import beads, jsonl, tmx, tsv
from align.exporters.base import DEFAULT_MIN_CONFIDENCE, Exporter, Options, WriteReport
from align.exporters.files import check_writable, replacing
from align.exporters.jsonl import parse_result, read_result
from align.exporters.selection import Verdict, judge, units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from align.types import Alignment

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "FORMATS",
    "Exporter",
    "Verdict",
    "WriteReport",
    "check_writable",
    "exporter",
    "format_of",
    "judge",
    "parse_result",
    "read_result",
    "render",
    "replacing",
    "units",
    "write",
    "write_all",
]

_ALL: Final = (tmx.EXPORTER, tsv.EXPORTER, jsonl.EXPORTER, beads.EXPORTER)

FORMATS: Final[Mapping[str, Exporter]] = MappingProxyType({each.name: each for each in _ALL})
"""Every format by its name, in the order that help texts list them."""


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format that the ending of `path` asks for.

    Raises:
        FormatError: no format has that ending.
    """
    suffix = Path(path).suffix.lower()
    for each in FORMATS.values():
        if suffix in each.suffixes:
            return each.name
    known = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
    shown = f"the ending {suffix!r}" if suffix else "no ending"
    raise FormatError(f"{os.fspath(path)}: no format for {shown}; known are {known}")


def render(
    alignment: Alignment,
    format: str,  # noqa: A002  # the word a caller expects
    *,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    created: datetime | None = None,
) -> str:
    """The text that `write` would put into a file.

    Args:
        alignment: what to write.
        format: a name in `FORMATS`.
        min_confidence: beads below are kept out of a memory, in [0, 1].
        created: see `Options.created`.

    Raises:
        FormatError: the format is unknown or no text, or cannot hold this alignment.
    """
    chosen = exporter(format)
    if chosen.binary:
        raise FormatError(f"{format} is no text format; write it to a file")
    stream = io.BytesIO()
    chosen.write(alignment, stream, Options(min_confidence, created))
    return stream.getvalue().decode("utf-8")


def write(
    alignment: Alignment,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word a caller expects
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    created: datetime | None = None,
) -> WriteReport:
    """Write an alignment to a file, whole or not at all.

    Args:
        alignment: what to write.
        path: the file; an existing one is replaced.
        format: a name in `FORMATS`; None goes by the ending of `path`.
        min_confidence: beads below are kept out of a memory, in [0, 1].
        created: see `Options.created`.

    Returns:
        How many units the file holds, and what it leaves out and why.

    Raises:
        FormatError: the format is unknown, or cannot hold this alignment.
        WriteError: the file cannot be written.
    """
    name = format_of(path) if format is None else format
    return write_all(alignment, [(path, name)], min_confidence=min_confidence, created=created)[0]


def write_all(
    alignment: Alignment,
    outputs: Sequence[tuple[str | os.PathLike[str], str]],
    *,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    created: datetime | None = None,
) -> list[WriteReport]:
    """Write an alignment to several files, all of them or none.

    Args:
        alignment: what to write.
        outputs: each file with the name of its format.
        min_confidence: beads below are kept out of a memory, in [0, 1].
        created: see `Options.created`.

    Returns:
        A report a file, in order.

    Raises:
        FormatError: a format is unknown, or cannot hold this alignment.
        WriteError: a file cannot be written.
    """
    options = Options(min_confidence, created)
    chosen = [(path, exporter(name)) for path, name in outputs]
    with contextlib.ExitStack() as stack:
        # All are written beside their places before the first is moved into its own.
        written = [each.write(alignment, stack.enter_context(replacing(path)), options) for path, each in chosen]
    return [
        WriteReport(Path(path), each.name, done.units, done.omissions)
        for (path, each), done in zip(chosen, written, strict=True)
    ]


def exporter(name: str) -> Exporter:
    """The exporter of a name.

    Raises:
        FormatError: no format has that name.
    """
    if name not in FORMATS:
        raise FormatError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")
    return FORMATS[name]
