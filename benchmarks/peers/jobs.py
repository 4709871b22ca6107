"""Documents to align, written where a program finds them, and what came back."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import FormatError
from align.evaluation import Annotated, evaluate, merged, read_annotated
from align.types import Bead, Score

if TYPE_CHECKING:
    from systems import System


@dataclass(frozen=True)
class Job:
    """One document pair with its gold."""

    gold: Annotated

    def write(self, folder: Path, number: int) -> None:
        """Write ``NUMBER.src`` and ``NUMBER.tgt``, one sentence a line; no line is blank, peers skip such lines."""
        for ending, sentences in (("src", self.gold.source), ("tgt", self.gold.target)):
            lines = (" ".join(sentence.split()) or "-" for sentence in sentences)
            (folder / f"{number}.{ending}").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@dataclass(frozen=True)
class Outcome:
    """What one system did on one set.

    Attributes:
        set: name of the set.
        system: name of the system.
        seconds: of processor time, children included: other work on the machine does not count.
        mebibytes: the most memory that one process had.
        scores: of each measure.
        documents: merged F1 of single documents.
        missing: documents that it wrote nothing for; they count as if no bead had been found.
        failed: why there are no scores, or empty.
    """

    set: str
    system: str
    seconds: float
    mebibytes: float
    scores: dict[str, Score] = field(default_factory=dict)
    documents: dict[str, float] = field(default_factory=dict)
    missing: int = 0
    failed: str = ""


def with_noise(jobs: list[Job], count: int) -> list[Job]:
    """The documents with `count` unrelated sentences in front of the source, taken from the others."""
    pool = [sentence for job in jobs for sentence in job.gold.source]
    noisy, at = [], 0
    for job in jobs:
        own = set(job.gold.source)
        extra: list[str] = []
        while len(extra) < count:
            at = (at + 1) % len(pool)
            extra += [pool[at]] if pool[at] not in own else []
        beads = tuple(Bead(tuple(each + count for each in bead.source), bead.target) for bead in job.gold.beads)
        noisy.append(Job(replace(job.gold, source=(*extra, *job.gold.source), beads=beads)))
    return noisy


def score(name: str, system: System, jobs: list[Job], folder: Path, limit: float) -> Outcome:
    """Run a system over documents and compare with the gold; it may take `limit` seconds on the wall."""
    for number, job in enumerate(jobs):
        job.write(folder, number)
    began = time.perf_counter()
    failed, seconds, mebibytes = "", 0.0, 0.0
    for command in system.commands(folder, len(jobs)):
        status, usage = run(command, folder, began + limit - time.perf_counter())
        seconds += usage.ru_utime + usage.ru_stime
        mebibytes = max(mebibytes, usage.ru_maxrss / 1024)
        if status:
            late = time.perf_counter() - began >= limit
            failed = f"over {limit:.0f} s" if late else f"exit status {status}"
            break
    if failed:
        return Outcome(name, system.name, seconds, mebibytes, failed=failed)
    answers = [answer(folder / f"{number}.out", system.format, job) for number, job in enumerate(jobs)]
    result = evaluate([job.gold for job in jobs], answers, samples=100)
    single = {
        job.gold.id: merged(job.gold.beads, found.beads).score("").f1 for job, found in zip(jobs, answers, strict=True)
    }
    missing = sum(not (folder / f"{number}.out").exists() for number in range(len(jobs)))
    return Outcome(name, system.name, seconds, mebibytes, result.measures, single, missing)


def answer(path: Path, format: str, job: Job) -> Annotated:  # noqa: A002  # as elsewhere
    """A system's beads; none where it wrote none."""
    try:
        return replace(read_annotated(path, format)[0], id=job.gold.id, source=(), target=())
    except FormatError:
        return Annotated(job.gold.id, name=path.name)


def run(command: list[str], folder: Path, limit: float) -> tuple[int, resource.struct_rusage]:
    """Exit status of a program and what it used, which is ended with its children after `limit` seconds."""
    with (folder / "log").open("ab") as log:
        child = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment(), start_new_session=True)
        watch = threading.Timer(max(limit, 0.0), os.killpg, (child.pid, signal.SIGKILL))
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        watch.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.stderr.write((folder / "log").read_text("utf-8", "replace")[-600:])
    return child.returncode, usage


def environment() -> dict[str, str]:
    """One thread for everybody, so that seconds compare."""
    root = Path(__file__).resolve().parents[2]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
