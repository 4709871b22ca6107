"""Doing the jobs: in this process, or in a few others; one that fails does not stop the rest."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

from align.aligner import Aligner
from align.batch.ledger import done_already, fingerprint, fingerprint_result, wanted, write_record
from align.encoder import load_encoder
from align.errors import ToolkitError, WriteError
from align.exporters import REVIEW_MIN_CONFIDENCE, units, write_all
from align.pipeline import align_files
from align.workers import JOBS
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.batch.jobs import Job, Task
    from align.encoder.protocol import Encoder
    from align.splitter.srx import Srx

_AHEAD: Final = 2
"""Jobs a worker that are handed out before one is done."""

_DIED: Final = "its process ended without a word, perhaps for want of memory; align it by itself with align pair"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        job: the job.
        error: why it failed, in one line; empty when it is done.
        kept: it was done before, and nothing has changed since.
        units: how many units a memory of it holds.
        omissions: how many beads such a memory leaves out.
        unsure: how many of them for their confidence, and how many of those a review would show.
        warnings: what a person should know, a line each.
    """

    job: Job
    error: str = ""
    kept: bool = False
    units: int = 0
    omissions: int = 0
    unsure: tuple[int, int] = (0, 0)
    warnings: tuple[str, ...] = ()


def run(jobs: Sequence[Job], task: Task, *, workers: int = 1, again: bool = False) -> Iterator[Outcome]:
    """Do all jobs that are not done.

    Args:
        jobs: from `align.batch.plan`.
        task: what is asked for of each.
        workers: how many processes work; with 1 it is this one.
        again: do also what is done.

    Yields:
        An outcome a job, as they end; the files do not depend on that order.

    Raises:
        WriteError: the folder cannot be made.
        ModelError: the encoder cannot be loaded.
        ReadError: the segmentation rules cannot be read.
        FormatError: a format is unknown, or the segmentation rules cannot be used.
    """
    _prepare(task)
    means = _means(task)
    todo = [(job, task, means, again) for job in jobs]
    if min(workers, len(jobs)) <= 1:
        yield from (_do(*each) for each in todo)
        return
    yield from _spread(todo, workers)


def _prepare(task: Task) -> None:
    """Find out before the work what would fail after it."""
    task.outputs("name")
    try:
        task.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{task.folder}: cannot write: {(error.strerror or str(error)).lower()}") from error
    if not os.access(task.folder, os.W_OK | os.X_OK):
        raise WriteError(f"{task.folder}: cannot write: no permission in it")


def _means(task: Task) -> str:
    """What makes the results: the signature of a tiny alignment, and the segmentation rules if they are not ours."""
    made = Aligner(_encoder(task.model, task.device, task.cache)).align(["a"], ["b"]).signature
    rules = _rules(task.srx)
    return made if rules is None else f"{made} | {rules.signature}"


@cache  # one a process: a worker does many jobs
def _encoder(model: str | None, device: str | None, keep: bool) -> Encoder:  # noqa: FBT001 - to be cached by it
    return load_encoder(model, device=device, cache=keep)


@cache
def _rules(path: str | None) -> Srx | None:
    if path is None:
        return None
    from align.splitter.srx import read_srx

    return read_srx(path)


_Todo = tuple["Job", "Task", str, bool]


def _spread(todo: Sequence[_Todo], workers: int) -> Iterator[Outcome]:
    """Do jobs in several processes; when one dies, what was in hand is done again one by one, to find the culprit."""
    left = iter(todo)
    while batch := list(islice(left, len(todo))):
        suspects: list[_Todo] = []
        waiting = iter(batch)
        yield from _pool(waiting, suspects, workers)
        for each in suspects:
            alone: list[_Todo] = []
            yield from _pool(iter([each]), alone, 1)
            if alone:
                yield Outcome(each[0], error=f"{each[0].source}: {_DIED}")
        left = waiting


def _pool(todo: Iterator[_Todo], lost: list[_Todo], workers: int) -> Iterator[Outcome]:
    """Do jobs until all are done or a process dies; then `lost` holds those that were in hand."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)
    running: dict[Future[Outcome], _Todo] = {}
    try:
        while True:
            for each in islice(todo, workers * _AHEAD - len(running)):
                running[pool.submit(_do, *each)] = each
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                each = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(each)
            if lost:
                lost.extend(running.values())
                return
    except BrokenProcessPool:  # on handing out the next one
        lost.extend([*running.values(), each])
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Make ready a worker: one core each, and Ctrl-C is for the one who started it."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ[JOBS] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(job: Job, task: Task, means: str, again: bool) -> Outcome:  # noqa: FBT001 - handed to another process
    """Do one job, unless it is done."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", ToolkitWarning)
        try:
            how = wanted(job, task, means, (fingerprint(job.source), fingerprint(job.target)))
            record = None if again else done_already(job, task, how)
            kept = record is not None
            record = record or _make(job, task, how)
        except ToolkitError as error:
            return Outcome(job, error=" ".join(str(error).split()))
        except (MemoryError, RecursionError) as error:
            return Outcome(job, error=f"{job.source}: too much for this machine ({type(error).__name__})")
    said = tuple(dict.fromkeys(" ".join(str(each.message).split()) for each in caught))
    count, back = record["unsure"]
    return Outcome(job, "", kept, record["units"], record["omissions"], (count, back), said)


def _make(job: Job, task: Task, how: dict[str, Any]) -> dict[str, Any]:
    """Align a pair, write its files, and note that it is done."""
    result = align_files(
        job.source,
        job.target,
        source_lang=job.source_lang,
        target_lang=job.target_lang,
        encoder=_encoder(task.model, task.device, task.cache),
        srx=_rules(task.srx),
    )
    reports = write_all(result, task.outputs(job.name), min_confidence=task.min_confidence, keep=task.keep)
    chosen, omitted = units(result, min_confidence=task.memory_least, keep=task.keep)
    unsure = [each.bead.confidence for each in omitted if each.code == "confidence"]
    places = [place for report in reports for place in (report.files or (report.path,))]
    done = {
        "languages": [result.source.document.lang, result.target.document.lang],
        "units": len(chosen),
        "omissions": len(omitted),
        "unsure": [len(unsure), sum(confidence >= REVIEW_MIN_CONFIDENCE for confidence in unsure)],
        "files": {os.path.relpath(place, task.folder): fingerprint_result(place) for place in places},
    }
    write_record(job, task, how, done)
    return done
