"""Sample statements in Russian and English with sentence-level gold, written for this project.

Each sample NAME is three files beside this module: ``NAME.ru.txt`` and ``NAME.en.txt``, as saved from a
browser, and ``NAME.gold.tsv``, the beads. README.md in this folder describes the format.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from corpora.document import Kind
from corpora.errors import ReadError

__all__ = ["GoldBead", "Statement", "load", "names"]

_FOLDER: Final = Path(__file__).parent
_GOLD: Final = ".gold.tsv"
_HEADER: Final = "kind\tsource\ttarget"
_CUT: Final = " ¦ "
_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}


@dataclass(frozen=True, slots=True)
class GoldBead:
    """One group of sentences that translate each other, as a person would pair them.

    Attributes:
        kind: what the sentences are; the source side decides where the two sides differ.
        source: Russian sentences with the file's own characters; empty for an addition.
        target: English sentences likewise; empty for an omission.
    """

    kind: Kind
    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A pair of sample files and their gold.

    Attributes:
        name: what `load` is given, such as ``01-comment``.
        source_path: the Russian file.
        target_path: the English file.
        beads: in document order; every sentence of both files is in exactly one.
    """

    name: str
    source_path: Path
    target_path: Path
    beads: tuple[GoldBead, ...]


def names() -> tuple[str, ...]:
    """The samples' names, in order."""
    return tuple(sorted(path.name.removesuffix(_GOLD) for path in _FOLDER.glob(f"*{_GOLD}")))


def load(name: str) -> Statement:
    """Read one sample.

    Args:
        name: one of `names`.

    Returns:
        The paths of the two texts, and the gold beads.

    Raises:
        ReadError: there is no such sample, or its gold breaks the format.
    """
    if name not in names():
        raise ReadError(f"no sample statement is called {name!r}; there are: {', '.join(names())}")
    return Statement(
        name=name,
        source_path=_FOLDER / f"{name}.ru.txt",
        target_path=_FOLDER / f"{name}.en.txt",
        beads=_read_gold(_FOLDER / f"{name}{_GOLD}"),
    )


def _read_gold(path: Path) -> tuple[GoldBead, ...]:
    # Not splitlines(): a sentence may hold a character that it takes for a line break.
    header, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if header != _HEADER:
        raise ReadError(f"{path}:1: the header must be kind, source, target, parted by tabs")
    return tuple(_read_bead(line, f"{path}:{number}") for number, line in enumerate(lines, start=2))


def _read_bead(line: str, where: str) -> GoldBead:
    fields = line.split("\t")
    if len(fields) != 3:  # noqa: PLR2004 - kind, source, target
        raise ReadError(f"{where}: expected three fields parted by tabs, found {len(fields)}")
    kind, source, target = fields
    if kind not in _KINDS:
        raise ReadError(f"{where}: unknown kind {kind!r}; use one of: {', '.join(_KINDS)}")
    if not source and not target:
        raise ReadError(f"{where}: a bead needs a sentence on at least one side")
    return GoldBead(_KINDS[kind], _sentences(source), _sentences(target))


def _sentences(field: str) -> tuple[str, ...]:
    return tuple(field.split(_CUT)) if field else ()
