"""Alignments written out: one module a format, one registry.

To add a format, write a module with an `Exporter` named ``EXPORTER``, list it in `_ALL`, and give
``tests/test_exporters.py`` a function that reads it back: the contract tests then run over it too.
"""

from __future__ import annotations

import io
import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Unpack

from align.errors import FormatError
from align.exporters import beads, csv, docx, html, jsonl, moses, omitted, parquet, po, tmx, tsv, xliff, xlsx
from align.exporters.base import (
    DEFAULT_MIN_CONFIDENCE,
    KEEPABLE,
    REVIEW_MIN_CONFIDENCE,
    Exporter,
    Flavour,
    Header,
    Options,
    Wanted,
    WriteReport,
)
from align.exporters.extras import check_extra
from align.exporters.files import check_writable, replacing
from align.exporters.jsonl import parse_result, read_result
from align.exporters.selection import Verdict, judge, units
from align.exporters.writing import check_penalty_places, is_side_of, write_alignment, write_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.types import Alignment, TranslationUnit

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "FORMATS",
    "KEEPABLE",
    "REVIEW_MIN_CONFIDENCE",
    "Exporter",
    "Flavour",
    "Header",
    "Options",
    "Verdict",
    "Wanted",
    "WriteReport",
    "check_extra",
    "check_penalty_places",
    "check_writable",
    "exporter",
    "format_of",
    "is_side_of",
    "judge",
    "parse_result",
    "read_result",
    "render",
    "replacing",
    "units",
    "write",
    "write_all",
    "write_units",
]

_ALL: Final = (
    tmx.EXPORTER,
    tsv.EXPORTER,
    csv.EXPORTER,
    xlsx.EXPORTER,
    docx.EXPORTER,
    html.EXPORTER,
    xliff.EXPORTER_1,
    xliff.EXPORTER_2,
    po.EXPORTER,
    moses.EXPORTER,
    parquet.EXPORTER,
    omitted.EXPORTER,
    jsonl.EXPORTER,
    beads.EXPORTER,
)

FORMATS: Final[Mapping[str, Exporter]] = MappingProxyType({each.name: each for each in _ALL})
"""Every format by its name, in the order that help texts list them."""


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format that the ending of `path` asks for; of several endings the longest counts.

    Raises:
        FormatError: no format has that ending.
    """
    name = os.path.basename(os.fspath(path)).lower()  # noqa: PTH119  # pathlib knows only the last of two endings
    endings = {suffix: each.name for each in FORMATS.values() for suffix in each.suffixes}
    # ".tmx" alone is a hidden file without an ending.
    found = [suffix for suffix in endings if name.endswith(suffix) and name != suffix]
    if found:
        return endings[max(found, key=len)]
    suffix = os.path.splitext(name)[1]  # noqa: PTH122  # the same
    shown = f"the ending {suffix!r}" if suffix else "no ending"
    raise FormatError(f"{os.fspath(path)}: no format for {shown}; known are {', '.join(endings)}")


def render(alignment: Alignment, format: str, **wanted: Unpack[Wanted]) -> str:  # noqa: A002  # the word expected
    """The text that `write` would put into a file.

    Args:
        alignment: what to write.
        format: a name in `FORMATS`.
        wanted: fields of `Options`.

    Raises:
        FormatError: the format is unknown or no text, or cannot hold this alignment.
    """
    chosen = exporter(format)
    if chosen.binary:
        raise FormatError(f"{format} is no text format; write it to a file")
    stream = io.BytesIO()
    chosen.write(alignment, stream, chosen.suited(Options(**wanted)))
    return stream.getvalue().decode("utf-8")


def write(
    alignment: Alignment,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the word a caller expects
    **wanted: Unpack[Wanted],
) -> WriteReport:
    """Write an alignment to a file, whole or not at all.

    Args:
        alignment: what to write.
        path: the file; an existing one is replaced.
        format: a name in `FORMATS`; None goes by the ending of `path`.
        wanted: fields of `Options`, such as ``min_confidence=0.5`` or ``keep=["double"]``.

    Returns:
        How many units the file holds, and what it leaves out and why.

    Raises:
        FormatError: the format is unknown, or cannot hold this alignment.
        MissingExtraError: the format needs a package that is not installed.
        WriteError: the file cannot be written.
    """
    name = format_of(path) if format is None else format
    return write_all(alignment, [(path, name)], **wanted)[0]


def write_all(
    alignment: Alignment, outputs: Sequence[tuple[str | os.PathLike[str], str]], **wanted: Unpack[Wanted]
) -> list[WriteReport]:
    """Write an alignment to several files, all of them or none.

    Args:
        alignment: what to write.
        outputs: each file with the name of its format.
        wanted: fields of `Options`; without ``min_confidence`` each format goes by its own
            (`Exporter.min_confidence`), and a report of omissions by the strictest of the memories beside it.

    Returns:
        A report a file, in order.

    Raises:
        FormatError: a format is unknown, or cannot hold this alignment.
        MissingExtraError: a format needs a package that is not installed.
        WriteError: a file cannot be written.
    """
    return write_alignment(alignment, [(path, exporter(name)) for path, name in outputs], Options(**wanted))


def write_units(
    units: Iterable[TranslationUnit],
    path: str | os.PathLike[str],
    header: Header,
    *,
    format: str | None = None,  # noqa: A002  # the word a caller expects
    **wanted: Unpack[Wanted],
) -> WriteReport:
    """Write translation units as they come, in constant memory, into a file, whole or not at all.

    Nothing is judged and nothing left out: what the units say is what the file says.

    Args:
        units: each with plain text on one line in both languages of `header`, numbered by its `id`.
        path: the file; an existing one is replaced.
        header: the languages, and what the file says of itself.
        format: a name in `FORMATS`; None goes by the ending of `path`.
        wanted: fields of `Options`; those that choose units have no effect.

    Raises:
        FormatError: the format is unknown or cannot hold units, or a unit lacks one of the languages.
        MissingExtraError: the format needs a package that is not installed.
        WriteError: the file cannot be written.
    """
    name = format_of(path) if format is None else format
    return write_stream(units, (path, exporter(name)), header, Options(**wanted))


def exporter(name: str) -> Exporter:
    """The exporter of a name.

    Raises:
        FormatError: no format has that name.
    """
    if name not in FORMATS:
        raise FormatError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")
    return FORMATS[name]
