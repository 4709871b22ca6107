"""Which format an alignment is written in, and what reads it.

A file is known by how it begins; where that does not tell, a person names the format.
"""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from align.errors import FormatError
from align.evaluation import lines, markup, records
from align.evaluation.documents import Annotated

Reader = Callable[[str, str], list[Annotated]]
"""Makes documents of a file's text; its second argument is what errors call the file."""

FORMATS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "result": records.from_result,
        "records": records.from_records,
        "beads": lines.from_beads,
        "ladder": lines.from_ladder,
        "hunalign": lines.from_rungs,
        "links": lines.from_links,
        "samples": records.from_samples,
        "tmx": markup.from_tmx,
        "xces": markup.from_xces,
    }
)
"""Name of a format to what reads it."""

_HEAD: Final = 4096
_SIGNS: Final = (
    ("result", re.compile(r'\{\s*"format":\s*"align-result"')),
    ("records", re.compile(r"\{")),
    ("tmx", re.compile(r"(?:<\?xml[^>]*\?>)?\s*(?:<!(?:DOCTYPE\s[^>]*|--.*?--)>\s*)*<tmx\b", re.DOTALL)),
    ("xces", re.compile(r"<")),
    ("samples", re.compile(r"kind\tsource\ttarget\r?\n")),
    ("ladder", re.compile(r"\[")),
    ("links", re.compile(r"(?:omitted|[\d,]*)[^\S\n]*<=>")),
)


def read_annotated(path: str | Path, format: str | None = None) -> list[Annotated]:  # noqa: A002  # a caller's word
    """Read an alignment, by a person or by an aligner.

    Args:
        path: the file, packed with gzip or not; ``-`` is standard input.
        format: a name in `FORMATS`; None goes by the file. A hunalign ladder looks like beads and is told
            by the ending ``.ladder`` only.

    Returns:
        At least one document.

    Raises:
        FormatError: the file is missing, of an unknown format, broken or empty.
    """
    name = "standard input" if str(path) == "-" else str(path)
    if format is not None and format not in FORMATS:
        raise FormatError(f"unknown format {format!r}; known are {', '.join(FORMATS)}")
    text = _text(path, name)
    found = FORMATS[format or _format_of(text, str(path))](text, name)
    if not any(document.beads or document.units for document in found):
        raise FormatError(f"{name}: no bead in it")
    return [document if document.name else replace(document, name=Path(name).name) for document in found]


def _format_of(text: str, path: str) -> str:
    if Path(path).suffix == ".ladder":
        return "hunalign"
    head = text[:_HEAD].lstrip()
    return next((name for name, sign in _SIGNS if sign.match(head)), "beads")


def _text(path: str | Path, name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise FormatError(f"{name}: not UTF-8; alignments are read in UTF-8 and UTF-16") from None
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(f"{name}: cannot read: {reason[:1].lower()}{reason[1:]}") from None
