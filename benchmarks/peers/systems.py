"""How each aligner is run over numbered documents in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
VECALIGN_LARGEST = 8
"""Sentences of both sides of a bead: what vecalign's authors use for books."""
BERTALIGN_OVERLAPS = 4
SENTALIGN_OVERLAPS = 4
"""Most sentences a side, as the defaults of both have it."""

SENTALIGN_CUTOFF = 0.4
"""The likeness of vectors that SentAlign wants of a bead, as its defaults have it; they are made for LaBSE."""

Commands = Callable[[Path, int], Iterator[list[str]]]


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
    commands: Commands


@dataclass(frozen=True)
class Places:
    """Where aligners are installed; those that are not named take no part.

    Attributes:
        hunalign: its program.
        vecalign: the Python that can import it.
        bertalign: ``PYTHON:CHECKOUT``.
        sentalign: ``PYTHON:CHECKOUT``.
        lingtrain: the Python that can import it.
        moore: the folder of its Perl programs.
        cutoffs: what SentAlign wants of a bead; it takes part with each.
    """

    hunalign: Path | None = None
    vecalign: Path | None = None
    bertalign: str | None = None
    sentalign: str | None = None
    lingtrain: Path | None = None
    moore: Path | None = None
    cutoffs: tuple[float, ...] = (SENTALIGN_CUTOFF,)


def installed(places: Places) -> list[System]:
    """The systems that are there, ours first."""
    systems = [System("align", "beads", _ours), System("Gale-Church (NLTK)", "ladder", _gale_church)]
    if places.hunalign:
        program = str(places.hunalign.resolve())
        systems.append(System("hunalign, no dictionary", "hunalign", partial(_hunalign, program)))
    if places.moore:
        programs = str(places.moore.resolve())
        systems.append(System("Moore", "ladder", partial(_moore, programs)))
    if places.vecalign:
        # The link is kept: an interpreter of a virtual environment is known by it.
        python = str(places.vecalign.absolute())
        systems.append(System("vecalign, our vectors", "ladder", partial(_vecalign, python)))
    if places.bertalign:
        systems.append(System("bertalign, our vectors", "ladder", partial(_bertalign, *_checkout(places.bertalign))))
    if places.sentalign:
        for cutoff in places.cutoffs:
            name = "SentAlign" if cutoff == SENTALIGN_CUTOFF else f"SentAlign from {cutoff} on"
            commands = partial(_sentalign, *_checkout(places.sentalign), cutoff)
            systems.append(System(f"{name}, our vectors", "ladder", commands))
    if places.lingtrain:
        python = str(places.lingtrain.absolute())
        systems.append(System("Lingtrain, our vectors", "ladder", partial(_lingtrain, python)))
    return systems


def _checkout(named: str) -> tuple[str, str]:
    """The interpreter and the folder of ``PYTHON:FOLDER``."""
    python, _, folder = named.partition(":")
    return str(Path(python).absolute()), str(Path(folder).resolve())


def _ours(folder: Path, count: int) -> Iterator[list[str]]:
    yield [sys.executable, str(HERE / "drivers.py"), "align", str(folder), str(count)]


def _gale_church(folder: Path, count: int) -> Iterator[list[str]]:
    yield [sys.executable, str(HERE / "drivers.py"), "gale-church", str(folder), str(count)]


def _hunalign(program: str, folder: Path, count: int) -> Iterator[list[str]]:
    (folder / "empty.dic").write_text("")
    jobs = "".join(f"{number}.src\t{number}.tgt\t{number}.out\n" for number in range(count))
    (folder / "jobs").write_text(jobs)
    yield [program, "-batch", "-realign", "empty.dic", "jobs"]


def _moore(programs: str, folder: Path, count: int) -> Iterator[list[str]]:
    yield [sys.executable, str(HERE / "moore_driver.py"), programs, str(folder), str(count)]


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


def _sentalign(python: str, checkout: str, cutoff: float, folder: Path, count: int) -> Iterator[list[str]]:
    yield _vectors(folder, count, SENTALIGN_OVERLAPS)
    driver, overlaps = str(HERE / "sentalign_driver.py"), str(SENTALIGN_OVERLAPS)
    yield [python, driver, checkout, str(folder), str(count), overlaps, str(cutoff)]


def _lingtrain(python: str, folder: Path, count: int) -> Iterator[list[str]]:
    yield [python, str(HERE / "lingtrain_driver.py"), str(folder), str(count)]
