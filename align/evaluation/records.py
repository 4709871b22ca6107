"""Formats that hold the sentences beside the beads: our result, gold records, the samples' gold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from align.errors import FormatError
from align.evaluation.documents import Annotated
from align.evaluation.lines import numbered
from align.exporters import parse_result
from align.types import METADATA_KINDS, Alignment, Bead


def from_result(text: str, name: str) -> list[Annotated]:
    """The ``.jsonl`` that ``align pair`` writes; beads of what belongs to the page are left out.

    Raises:
        FormatError: it is broken; ``path:line``.
    """
    result = parse_result(text, name)
    source, target = (tuple(sentence.text for sentence in side.sentences) for side in (result.source, result.target))
    beads = tuple(bead for bead in result.beads if not _of_the_page(result, bead))
    return [Annotated("", beads, False, source, target, sure=True, name=result.signature)]


def _of_the_page(result: Alignment, bead: Bead) -> bool:
    kinds = {result.source.kind(at) for at in bead.source} | {result.target.kind(at) for at in bead.target}
    return not kinds.isdisjoint(METADATA_KINDS)


def from_records(text: str, name: str) -> list[Annotated]:
    """One JSON document a line: ``{"id", "beads": [[[0], [0]], …]}``, and in gold ``source``, ``target``, ``grain``.

    Raises:
        FormatError: a line is no such record; ``path:line``.
    """
    return [_record(line, f"{name}:{number}") for number, line in numbered(text)]


def _record(line: str, where: str) -> Annotated:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise FormatError(f"{where}: not JSON; is the file cut short?") from None
    if not isinstance(record, dict) or not isinstance(record.get("beads"), list):
        raise FormatError(f'{where}: expected {{"id": …, "beads": [[[0], [0]], …]}}')
    source, target = (_sentences(record.get(side), where) for side in ("source", "target"))
    coarse = record.get("grain") == "group"
    return Annotated(str(record.get("id", "")), tuple(_beads(record["beads"], where)), coarse, source, target)


def _sentences(side: Any, where: str) -> tuple[str, ...]:
    found = side.get("sentences", ()) if isinstance(side, dict) else ()
    if not isinstance(found, Sequence) or not all(isinstance(each, str) for each in found):
        raise FormatError(f"{where}: the sentences of a side must be a list of texts")
    return tuple(found)


def _beads(rows: list[Any], where: str) -> Iterator[Bead]:
    for row in rows:
        match row:
            case [list(source), list(target), *_] if all(type(at) is int and at >= 0 for at in source + target):
                yield Bead(tuple(sorted(set(source))), tuple(sorted(set(target))))
            case _:
                raise FormatError(f"{where}: a bead is two lists of sentence numbers, not {str(row)[:40]}")


def from_samples(text: str, name: str) -> list[Annotated]:
    """The gold of the sample statements: ``kind<TAB>source<TAB>target``, sentences parted by ``¦``.

    Raises:
        FormatError: a line has other fields; ``path:line``.
    """
    sides: tuple[list[str], list[str]] = ([], [])
    beads = []
    for number, line in list(numbered(text))[1:]:
        fields = line.split("\t")
        if len(fields) != 3:  # noqa: PLR2004  # kind, source, target
            raise FormatError(f"{name}:{number}: expected kind, source and target, parted by tabs")
        source, target = (_added(side, field) for side, field in zip(sides, fields[1:], strict=True))
        if fields[0] not in METADATA_KINDS:
            beads.append(Bead(source, target))
    return [Annotated("", tuple(beads), False, tuple(sides[0]), tuple(sides[1]))]


def _added(side: list[str], field: str) -> tuple[int, ...]:
    """Append the sentences of a field; their indices."""
    start = len(side)
    side.extend(field.split(" ¦ ") if field else ())
    return tuple(range(start, len(side)))
