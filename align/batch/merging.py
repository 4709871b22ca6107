"""One memory of many results."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.errors import FormatError
from align.exporters import Header, format_of, read_result, units, write_units

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from align.batch.jobs import Job, Task
    from align.types import TranslationUnit

_Key = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merged memory holds.

    Attributes:
        path: the memory.
        units: units in it.
        doubles: units of single results that it does without: the same again, or a rarer translation of the same.
    """

    path: Path
    units: int
    doubles: int


def merge(jobs: Sequence[Job], task: Task, path: str | os.PathLike[str], *, to: str | None = None) -> Merged:
    """Put the units of the results of jobs into one file, in the order of the jobs.

    Of the same source text translated in several ways the commonest translation is kept, then the surest, then the
    first, as within one memory. Results are read twice and one at a time, so that only fingerprints are held.

    Args:
        jobs: jobs that are done.
        task: as they were done.
        path: the file.
        to: name of its format; by its ending when None.

    Raises:
        FormatError: the results are in several pairs of languages, or the format holds no units.
        WriteError: the file cannot be written.
    """
    least = task.least(format_of(path) if to is None else to)
    count: Counter[_Key] = Counter()
    surest: dict[_Key, tuple[float, int]] = {}
    langs: Counter[tuple[str, str]] = Counter()
    for at, (pair, unit) in enumerate(_units(jobs, task, least)):
        key = _key(pair, unit)
        count[key] += 1
        surest[key] = max(surest.get(key, (0.0, 0)), (unit.confidence, -at))
        langs[pair] += 1
    pair = _one(langs)
    best: dict[bytes, _Key] = {}
    for key, sure in surest.items():
        rival = best.get(key[0])
        if rival is None or (count[key], sure) > (count[rival], surest[rival]):
            best[key[0]] = key
    first = {key: -surest[key][1] for key in best.values()}
    kept = (unit for at, (pair, unit) in enumerate(_units(jobs, task, least)) if first.get(_key(pair, unit)) == at)
    numbered = (replace(unit, id=str(number)) for number, unit in enumerate(kept, start=1))
    report = write_units(numbered, path, Header(*pair), format=to)
    return Merged(report.path, report.units, count.total() - report.units)


def _units(jobs: Sequence[Job], task: Task, least: float) -> Iterator[tuple[tuple[str, str], TranslationUnit]]:
    """The units of all results with their languages, one result in memory at a time."""
    for job in jobs:
        result = read_result(task.outputs(job.name)[0][0])
        pair = (result.source.document.lang, result.target.document.lang)
        chosen, _ = units(result, min_confidence=least, keep=task.keep)
        yield from ((pair, unit) for unit in chosen)


def _key(pair: tuple[str, str], unit: TranslationUnit) -> _Key:
    source, target = (_digest(unit.variants[lang]) for lang in pair)
    return source, target


def _digest(text: str) -> bytes:
    return hashlib.blake2b(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _one(langs: Counter[tuple[str, str]]) -> tuple[str, str]:
    if not langs:
        raise FormatError("no pair is left to merge; see what failed or was left out")
    if len(langs) > 1:
        shown = ", ".join(f"{source}-{target}" for source, target in sorted(langs))
        raise FormatError(f"the results are in several pairs of languages ({shown}); merge each with its own manifest")
    return next(iter(langs))
