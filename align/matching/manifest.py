"""The manifest: a table of pairs that a person can check and ``align batch`` takes.

Tab-separated UTF-8, a header line, then a pair a line: source, target, source_lang, target_lang, confidence,
reason. Paths are relative to the manifest. A document without a translation has an empty field for it, so that a person
can fill it in. Lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.errors import FormatError
from corpora.errors import UnknownLanguageError
from corpora.language import normalize
from corpora.readers.decoding import decode
from corpora.readers.source import load_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.matching.matching import Match, Matching

COLUMNS: Final = ("source", "target", "source_lang", "target_lang", "confidence", "reason")
_REQUIRED: Final = COLUMNS[:2]
_MOST: Final = 1_000_000
"""Rows that a manifest may have."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of a manifest, or a document without a partner.

    Attributes:
        line: its line in the manifest, from 1.
        source: file of the source, or None.
        target: file of its translation, or None.
        source_lang: BCP 47 code, or None when it is to be detected.
        target_lang: the same of the target.
        confidence: how sure the pair is, in [0, 1], or None where the manifest does not say.
        reason: why it is a pair, for people.
    """

    line: int
    source: Path | None
    target: Path | None
    source_lang: str | None = None
    target_lang: str | None = None
    confidence: float | None = None
    reason: str = ""


def render_manifest(matching: Matching, folder: str | Path = ".") -> str:
    """The text of a manifest.

    Args:
        matching: what `match` found.
        folder: where the manifest is to lie; paths are relative to it.
    """
    langs = (matching.source_lang, matching.target_lang)
    lines = [f"# {matching.signature}", _line(COLUMNS)]
    for pair in matching.pairs:
        paths = (_relative(pair.source, folder), _relative(pair.target, folder))
        lines.append(_line((*paths, *langs, f"{pair.confidence:.3f}", _flat(explain(pair)))))
    notes = [f"# {_relative(skipped.path, folder)}: {_flat(skipped.reason)}" for skipped in matching.skipped]
    for single in matching.singles:
        path = _relative(single.path, folder)
        if single.lang == langs[0]:
            lines.append(_line((path, "", langs[0], "", "", _flat(single.reason))))
        elif single.lang == langs[1]:
            lines.append(_line(("", path, "", langs[1], "", _flat(single.reason))))
        else:
            notes.append(f"# {path}: {_flat(single.reason)}")
    return "\n".join([*lines, *notes, ""])


def explain(pair: Match) -> str:
    """Why two files are a pair, and what speaks against it, in one line."""
    told = "; ".join(pair.reasons) or "nothing better"
    return f"{told}; but {', '.join(pair.doubts)}" if pair.doubts else told


def read_manifest(path: str | os.PathLike[str]) -> list[Row]:
    """Read a manifest; one that a person wrote by hand or with a spreadsheet, too.

    A byte order mark, any line ends, blank lines, comments, a missing header, quoted fields and further columns are
    all right. Without a header the columns are those of `COLUMNS` in that order; two are enough.

    Raises:
        ReadError: the file cannot be read.
        FormatError: a line is no pair; names ``path:line``.
    """
    name = os.fspath(path)
    text, _ = decode(load_bytes(name), name, None)
    rows = list(_rows(text.splitlines(), name, Path(name).parent))
    if not rows:
        raise FormatError(f"{name}: no pair in it; give a line with two files, parted by a tab, for each")
    return rows


def _rows(lines: Sequence[str], name: str, folder: Path) -> Iterator[Row]:
    columns: Sequence[str] = COLUMNS
    first = True
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if number > _MOST:
            raise FormatError(f"{name}: more than {_MOST} lines; cut it into several manifests")
        fields = [_unquoted(field) for field in line.split("\t")]
        if first and set(_REQUIRED) <= {field.lower() for field in fields}:
            columns = [field.lower() for field in fields]
        else:
            yield _row(dict(zip(columns, fields, strict=False)), f"{name}:{number}", number, folder)
        first = False


def _row(fields: dict[str, str], where: str, number: int, folder: Path) -> Row:
    paths = [fields.get(column, "") for column in _REQUIRED]
    if not any(paths) or len(fields) < len(_REQUIRED):
        raise FormatError(f"{where}: no two files parted by a tab; write source, tab, target")
    if any("\0" in path for path in paths):
        raise FormatError(f"{where}: no file name: it holds a NUL character")
    source, target = (folder / path if path else None for path in paths)
    return Row(
        number,
        source,
        target,
        source_lang=_code(fields.get("source_lang", ""), where),
        target_lang=_code(fields.get("target_lang", ""), where),
        confidence=_number(fields.get("confidence", ""), where),
        reason=fields.get("reason", ""),
    )


def _code(code: str, where: str) -> str | None:
    try:
        return normalize(code) if code else None
    except UnknownLanguageError as error:
        raise FormatError(f"{where}: {error}") from None


def _number(field: str, where: str) -> float | None:
    if not field:
        return None
    try:
        value = float(field.replace(",", "."))  # as a spreadsheet of another country writes it
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise FormatError(f"{where}: confidence {field!r} is no number from 0 to 1")
    return value


def _unquoted(field: str) -> str:
    """A field without the quotes that spreadsheets put around some."""
    field = field.strip()
    if len(field) > 1 and field[0] == field[-1] == '"':
        return field[1:-1].replace('""', '"')
    return field


def _line(fields: Sequence[str]) -> str:
    return "\t".join(map(_quoted, fields))


def _quoted(field: str) -> str:
    return '"' + field.replace('"', '""') + '"' if field.startswith('"') else field


def _flat(text: str) -> str:
    return " ".join(text.split())


def _relative(path: Path, folder: str | Path) -> str:
    try:
        found = os.path.relpath(path, folder or ".")
    except ValueError:  # on another drive
        return str(path.resolve())
    return f"./{found}" if found.startswith(("#", '"')) or found.lower() == "source" else found
