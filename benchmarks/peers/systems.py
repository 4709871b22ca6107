"""How each aligner is run over numbered documents in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
VECALIGN_LARGEST = 8
"""Sentences of both sides of a bead: what vecalign's authors use for books."""
BERTALIGN_OVERLAPS = 4
"""Most sentences a side, as bertalign's defaults have it."""


@dataclass(frozen=True)
class System:
    """An aligner.

    Attributes:
        name: for the table.
        format: of what it writes into ``NUMBER.out``.
        commands: programs to run, given the folder and the number of documents.
    """

    name: str
    format: str
    commands: Callable[[Path, int], Iterator[list[str]]]


def installed(hunalign: Path | None, vecalign: Path | None, bertalign: str | None) -> list[System]:
    """The systems that are there, ours first."""
    systems = [System("align", "beads", _ours), System("Gale-Church (NLTK)", "ladder", _gale_church)]
    if hunalign:
        program = str(hunalign.resolve())
        systems.append(
            System("hunalign, no dictionary", "hunalign", lambda folder, count: _hunalign(program, folder, count))
        )
    if vecalign:
        program_ = str(vecalign.absolute())
        systems.append(
            System("vecalign, our vectors", "ladder", lambda folder, count: _vecalign(program_, folder, count))
        )
    if bertalign:
        python, _, checkout = bertalign.partition(":")
        where = str(Path(python).absolute()), str(Path(checkout).resolve())
        systems.append(
            System("bertalign, our vectors", "ladder", lambda folder, count: _bertalign(*where, folder, count))
        )
    return systems


def _ours(folder: Path, count: int) -> Iterator[list[str]]:
    yield [sys.executable, str(HERE / "drivers.py"), "align", str(folder), str(count)]


def _gale_church(folder: Path, count: int) -> Iterator[list[str]]:
    yield [sys.executable, str(HERE / "drivers.py"), "gale-church", str(folder), str(count)]


def _hunalign(program: str, folder: Path, count: int) -> Iterator[list[str]]:
    (folder / "empty.dic").write_text("")
    jobs = "".join(f"{number}.src\t{number}.tgt\t{number}.out\n" for number in range(count))
    (folder / "jobs").write_text(jobs)
    yield [program, "-batch", "-realign", "empty.dic", "jobs"]


def _vectors(folder: Path, count: int, overlaps: int) -> list[str]:
    return [sys.executable, str(HERE / "drivers.py"), "vectors", str(folder), str(count), str(overlaps)]


def _vecalign(python: str, folder: Path, count: int) -> Iterator[list[str]]:
    yield _vectors(folder, count, VECALIGN_LARGEST - 1)
    for number in range(count):
        sides = [f"{number}.src", f"{number}.tgt"]
        embedded = [
            part for side in ("src", "tgt") for part in (f"--{side}_embed", f"{side}.overlaps", f"{side}.vectors")
        ]
        program = "import sys; sys.stdout = open(sys.argv.pop(1), 'w'); from vecalign.vecalign import main; main()"
        size = ["-a", str(VECALIGN_LARGEST)]
        yield [python, "-c", program, f"{number}.out", *size, "-s", sides[0], "-t", sides[1], *embedded]


def _bertalign(python: str, checkout: str, folder: Path, count: int) -> Iterator[list[str]]:
    yield _vectors(folder, count, BERTALIGN_OVERLAPS)
    yield [python, str(HERE / "bertalign_driver.py"), checkout, str(folder), str(count), str(BERTALIGN_OVERLAPS)]
