"""The durable result: JSON Lines that every other format can be made from later.

The first line is the header with both documents and their cut; then a line a bead, with the texts
beside the indices for people and for grep. `read_result` gives back an equal `Alignment`.
"""

from __future__ import annotations

import json
import math
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn, cast, get_args

from align.errors import FormatError
from align.exporters.base import Exporter, Options, Written
from align.types import Alignment, Bead, Document, Kind, Paragraph, Segmented, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT: Final = "align-result"
VERSION: Final = 1

_KINDS: Final = frozenset(get_args(Kind))
# Escaped though JSON allows them bare: other languages' line readers, and terminals, take them amiss.
# Lone surrogates have no UTF-8.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SPLIT_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _write(alignment: Alignment, stream: BinaryIO, _options: Options) -> Written:
    header = {
        "format": FORMAT,
        "version": VERSION,
        "signature": alignment.signature,
        "beads": len(alignment.beads),
        "source": _side(alignment.source),
        "target": _side(alignment.target),
    }
    stream.write(_dump(header))
    stream.writelines(_dump(_bead(bead, alignment)) for bead in alignment.beads)
    return Written(len(alignment.beads))


def _side(side: Segmented) -> dict[str, object]:
    """A document and its cut; the sentences' texts are left out, for the offsets give them."""
    document = side.document
    for number, sentence in enumerate(side.sentences):
        if document.text[sentence.start : sentence.stop] != sentence.text:
            raise FormatError(f"{document.id}: the offsets of sentence {number} do not give its text")
    return {
        "id": document.id,
        "lang": document.lang,
        "metadata": dict(document.metadata),
        "text": document.text,
        "paragraphs": [[p.start, p.stop, p.kind, p.reason] for p in document.paragraphs],
        "sentences": [[s.start, s.stop, s.paragraph] for s in side.sentences],
    }


def _bead(bead: Bead, alignment: Alignment) -> dict[str, object]:
    return {
        "source": bead.source,
        "target": bead.target,
        "confidence": bead.confidence,
        **({"moved": True} if bead.moved else {}),
        "source_text": [alignment.source.sentences[index].text for index in bead.source],
        "target_text": [alignment.target.sentences[index].text for index in bead.target],
    }


def _dump(record: Mapping[str, object]) -> bytes:
    try:
        text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise FormatError("a confidence is not a number; such a result cannot be written") from None
    if _SPLIT_PAIR.search(text):
        # JSON would read the two halves back as one character and every offset after it would be wrong.
        raise FormatError("a text holds a surrogate pair as two characters; decode it as UTF-16 again")
    return (_ESCAPED.sub(_escape, text) + "\n").encode("utf-8")


def _escape(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


def read_result(path: str | Path) -> Alignment:
    """Read a result that the `jsonl` exporter wrote.

    Args:
        path: the file, or ``-`` for standard input.

    Returns:
        An alignment equal to the one that was written.

    Raises:
        FormatError: the file is missing, unreadable or no whole result; the message is ``path:line: …``.
    """
    name = "standard input" if str(path) == "-" else str(path)
    return parse_result(_text(path, name), name)


def parse_result(text: str, name: str) -> Alignment:
    """Read a result from a string, as `read_result` does from a file that errors call `name`.

    Raises:
        FormatError: the text is no whole result; the message is ``name:line: …``.
    """
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise FormatError(f"{name}: empty, so no result of `align pair`")
    if not lines[0].lstrip().startswith(("{", "[")):
        raise FormatError(
            f"{name}:1: not JSON, so no result of `align pair`; other memories and tables: align memory convert"
        )
    return _parse(lines, name)


def _text(path: str | Path, name: str) -> str:
    try:
        if str(path) == "-" and sys.stdin is None:
            raise FormatError("standard input is closed; name a file")
        data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FormatError(f"{name}:{line}: not UTF-8, so no result of `align pair`") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(f"{name}: cannot read: {reason[:1].lower()}{reason[1:]}") from error


def _parse(lines: list[str], name: str) -> Alignment:
    header = _Record.of(lines[0], name, 1)
    _check_version(header)
    source, target = _segmented(header.record("source")), _segmented(header.record("target"))
    expected, found = header.integer("beads"), len(lines) - 1
    beads = tuple(
        _read_bead(_Record.of(line, name, number), source, target)
        for number, line in enumerate(lines[1 : expected + 1], start=2)
    )
    if found != expected:
        what = "cut short" if found < expected else "too long"
        raise FormatError(f"{name}:{len(lines)}: {what}: {found} of {expected} beads are there")
    return Alignment(source, target, beads, header.text("signature"))


def _check_version(header: _Record) -> None:
    if header.values.get("format") != FORMAT:
        header.fail(f'no result of `align pair`: its header has no "format": "{FORMAT}"')
    version = header.integer("version")
    if version != VERSION:
        header.fail(f"version {version} of the result format; this toolkit reads version {VERSION}")


def _segmented(record: _Record) -> Segmented:
    text = record.text("text")
    paragraphs = tuple(_paragraphs(record, len(text)))
    metadata = record.value("metadata", dict)
    if not all(isinstance(value, str) for value in metadata.values()):
        record.fail("metadata must be texts")
    document = Document(record.text("id"), record.text("lang"), text, paragraphs, metadata)
    return Segmented(document, tuple(_sentences(record, document)))


def _paragraphs(record: _Record, length: int) -> Iterator[Paragraph]:
    for number, row in enumerate(record.value("paragraphs", list)):
        match row:
            case [start, stop, str(kind), str(reason)] if _are_integers(start, stop) and kind in _KINDS:
                if not 0 <= start <= stop <= length:
                    record.fail(f"paragraph {number} lies outside the text: {start} to {stop} of {length}")
                yield Paragraph(start, stop, cast("Kind", kind), reason)
            case _:
                record.fail(f"paragraph {number} is not [start, stop, kind, reason]")


def _sentences(record: _Record, document: Document) -> Iterator[Sentence]:
    for number, row in enumerate(record.value("sentences", list)):
        match row:
            case [start, stop, paragraph] if _are_integers(start, stop, paragraph) and 0 <= paragraph < len(
                document.paragraphs
            ):
                around = document.paragraphs[paragraph]
                if not around.start <= start <= stop <= around.stop:
                    record.fail(f"sentence {number} lies outside its paragraph: {start} to {stop}")
                yield Sentence(start, stop, paragraph, document.text[start:stop])
            case _:
                record.fail(f"sentence {number} is not [start, stop, paragraph]")


def _read_bead(record: _Record, source: Segmented, target: Segmented) -> Bead:
    confidence = record.values.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        record.fail("confidence is not a number")
    if not (math.isfinite(confidence) and 0 <= confidence <= 1):
        record.fail(f"confidence {confidence} is not between 0 and 1")
    return Bead(
        _indices(record, "source", len(source.sentences)),
        _indices(record, "target", len(target.sentences)),
        confidence,
        record.values.get("moved") is True,
    )


def _indices(record: _Record, key: str, count: int) -> tuple[int, ...]:
    indices = record.value(key, list)
    if not _are_integers(*indices) or sorted(set(indices)) != indices:
        record.fail(f"{key} is no ascending list of sentence numbers")
    if indices and not 0 <= indices[0] <= indices[-1] < count:
        record.fail(f"{key} names a sentence that is not there: {indices[-1]} of {count}, counted from 0")
    return tuple(indices)


def _are_integers(*values: object) -> bool:
    """Whether all are whole numbers; ``true`` is not one, though Python takes it for 1."""
    return all(type(value) is int for value in values)


@dataclass(frozen=True, slots=True)
class _Record:
    """One JSON object of the file, which knows where it stands so that errors can say it."""

    values: Mapping[str, Any]
    where: str

    @classmethod
    def of(cls, line: str, name: str, number: int) -> _Record:
        where = f"{name}:{number}"
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested or too large"
            raise FormatError(f"{where}: not JSON ({reason}); is the file cut short?") from None
        if not isinstance(values, dict):
            raise FormatError(f"{where}: not a JSON object, so no result of `align pair`")
        return cls(values, where)

    def value(self, key: str, kind: type) -> Any:
        value = self.values.get(key)
        if type(value) is not kind:
            self.fail(f"{key} is missing or no {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        return str(self.value(key, str))

    def integer(self, key: str) -> int:
        return int(self.value(key, int))

    def record(self, key: str) -> _Record:
        return _Record(self.value(key, dict), f"{self.where}: {key}")

    def fail(self, reason: str) -> NoReturn:
        raise FormatError(f"{self.where}: {reason}")


EXPORTER = Exporter(
    name="jsonl",
    suffixes=(".jsonl",),
    description="the whole result, to keep: every other format can be made from it later",
    write=_write,
)
