"""JSON lines: a result of ``align pair``, or an object a pair as data sets have them."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from align.errors import FormatError
from align.exporters import REVIEW_MIN_CONFIDENCE, parse_result, units
from align.memory.formats.base import Row, probability
from align.memory.languages import judge_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory.formats.base import Rows

_RESULT: Final = '"format": "align-result"'


def read(rows: Rows) -> Iterator[Row]:
    """Pairs of ``{"source": …, "target": …}``, ``{"ru": …, "en": …}`` or ``{"translation": {"ru": …, "en": …}}``.

    A result of ``align pair`` gives the units that a review of it would show, each with its confidence; it is
    read whole.

    Raises:
        FormatError: a line is no such object.
    """
    lines = rows.lines()
    first = next(lines, "")
    if _RESULT in first[:200]:
        yield from _result("".join(chain([first], lines)), rows.name)
        return
    for number, line in enumerate(chain([first], lines), start=1):
        if line.strip():
            yield _row(_object(line, f"{rows.name}:{number}"), number, rows.name)


def _result(text: str, name: str) -> Iterator[Row]:
    alignment = parse_result(text, name)
    for unit in units(alignment, min_confidence=REVIEW_MIN_CONFIDENCE)[0]:
        (first, source), (second, target) = unit.variants.items()
        yield Row(source, target, unit.confidence, unit.note, languages=(first, second))


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise FormatError(f"{where}: not JSON; give a file with an object a line") from None
    if not isinstance(found, dict):
        raise FormatError(f"{where}: not a JSON object; give a file with an object a line")
    return found


def _row(found: dict[str, Any], line: int, name: str) -> Row:
    confidence = probability(found.get("confidence", found.get("score", "")))
    note, own_id = str(found.get("note") or ""), str(found.get("id") or "")
    pair = found.get("translation") if isinstance(found.get("translation"), dict) else found
    if isinstance(pair.get("source"), str) and isinstance(pair.get("target"), str):  # type: ignore[union-attr]
        languages = (str(found.get("source_lang") or ""), str(found.get("target_lang") or ""))
        return Row(found["source"], found["target"], confidence, note, own_id, languages, line)
    texts = {
        key: value
        for key, value in pair.items()  # type: ignore[union-attr]
        if isinstance(value, str) and key not in {"id", "note"} and judge_language(key) != "bad"
    }
    if len(texts) < 2:  # noqa: PLR2004
        raise FormatError(f'{name}:{line}: no pair in it; an object has "source" and "target", or two language codes')
    (first, source), (second, target) = list(texts.items())[:2]
    return Row(source, target, confidence, note, own_id, (first, second), line)
