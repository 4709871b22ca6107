"""What is to be done: a job a pair, each with the name of its results."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.exporters import Options, exporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.matching import Row
    from align.types import OmissionCode

RESULT: Final = "jsonl"
"""The format that is always written: everything else can be made from it."""

_LONGEST: Final = 120
"""Characters of a result's name; file systems allow 255 bytes, endings included."""


@dataclass(frozen=True, slots=True)
class Job:
    """One pair to align.

    Attributes:
        name: what its results are called, without an ending; no two jobs share it, whatever the case.
        line: the line of the manifest that it comes from.
        source: file of the source.
        target: file of its translation.
        source_lang: BCP 47 code, or None when it is to be detected.
        target_lang: the same of the target.
    """

    name: str
    line: int
    source: Path
    target: Path
    source_lang: str | None = None
    target_lang: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked for of every pair.

    Attributes:
        folder: where the results go.
        formats: names of formats to write besides the result (``jsonl``).
        model: an encoder to load instead of the shipped one, or None.
        min_confidence: beads below are kept out of a memory, in [0, 1]; None leaves it to each format.
        keep: kinds of beads that a memory would leave out and is to hold all the same.
        device: where a model that is not static computes; None for the best there is.
        cache: whether the vectors of such a model are kept on disk, see `align.encoder.load_encoder`.
        srx: segmentation rules to cut by instead of ours: an SRX file, or ``omegat``.
    """

    folder: Path
    formats: tuple[str, ...] = ()
    model: str | None = None
    min_confidence: float | None = None
    keep: tuple[OmissionCode, ...] = ()
    device: str | None = None
    cache: bool = True
    srx: str | None = None

    def outputs(self, name: str) -> list[tuple[Path, str]]:
        """The files of a job with their formats, the result first.

        Raises:
            FormatError: a format is unknown.
        """
        formats = dict.fromkeys((RESULT, *self.formats))
        return [(self.folder / f"{name}{_ending(each)}", each) for each in formats]

    def least(self, name: str) -> float:
        """The least confidence of what a file of a format holds.

        Raises:
            FormatError: the format is unknown.
        """
        return exporter(name).suited(Options(min_confidence=self.min_confidence)).least

    @property
    def memory_least(self) -> float:
        """That of the strictest memory among the formats; where there is none, of one that is used unseen."""
        memories = [self.least(name) for name in self.formats if exporter(name).what == "units"]
        return max(memories, default=Options(min_confidence=self.min_confidence).least)


def plan(rows: Iterable[Row]) -> list[Job]:
    """Make jobs of the rows that have both sides; a pair that is listed twice is done once.

    A result is called after its source file. Where several would be called the same, the directories are put before
    it, and if that does not help a number behind it, so that the names do not depend on other rows more than they must.
    """
    pairs: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row.source is not None and row.target is not None:
            pairs.setdefault((os.path.realpath(row.source), os.path.realpath(row.target)), row)
    chosen = list(pairs.values())
    names = _names([row.source for row in chosen if row.source is not None])
    return [
        Job(name, row.line, row.source, row.target, row.source_lang, row.target_lang)
        for name, row in zip(names, chosen, strict=True)
        if row.source is not None and row.target is not None
    ]


def _names(paths: Sequence[Path]) -> list[str]:
    parts = [Path(os.path.realpath(path)).with_suffix("").parts for path in paths]
    names = [part[-1] for part in parts]
    for depth in range(2, max(map(len, parts), default=0)):
        taken = Counter(name.lower() for name in names)
        if max(taken.values()) == 1:
            break
        names = [
            "-".join(part[-depth:]) if taken[name.lower()] > 1 and len(part) > depth else name
            for name, part in zip(names, parts, strict=True)
        ]
    return _numbered([name[-_LONGEST:] for name in names])


def _numbered(names: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    found = []
    for name in names:
        unique, number = name, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique.lower())
        found.append(unique)
    return found


def _ending(name: str) -> str:
    suffixes = exporter(name).suffixes
    return suffixes[0] if suffixes else f".{name}"
