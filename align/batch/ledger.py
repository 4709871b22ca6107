"""What is done already: a small record a job, written after its files are in place.

A job is done when its record says that the same inputs were made into the same files by the same means, and those
files are still there, byte for byte. Anything else (a crash, a new version, an edited text) means doing it again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align import splitter
from align.errors import ReadError, WriteError
from align.exporters.files import replacing

if TYPE_CHECKING:
    from align.batch.jobs import Job, Task

FOLDER: Final = ".align-batch"
MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest document that is aligned as one of many."""

_PIECE: Final = 1 << 20


def record_place(task: Task, job: Job) -> Path:
    """Where the record of a job is kept."""
    return task.folder / FOLDER / f"{job.name}.json"


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        ReadError: the file cannot be read, or is larger than `MAX_BYTES`.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > MAX_BYTES:
                    limit = MAX_BYTES // 1024**2
                    raise ReadError(f"{path}: larger than {limit} MiB; align it by itself with align pair")
                digest.update(piece)
    except OSError as error:
        why = "no such file; check the manifest" if isinstance(error, FileNotFoundError) else error.strerror
        raise ReadError(f"{path}: {why}") from None
    return digest.hexdigest()


def wanted(job: Job, task: Task, means: str, inputs: tuple[str, str]) -> dict[str, Any]:
    """What a record says of how a job was done, but for the languages that were detected.

    Args:
        job: the job.
        task: what is asked for.
        means: signature of aligner and model.
        inputs: fingerprints of source and target.
    """
    return {
        "inputs": list(inputs),
        "languages given": [job.source_lang, job.target_lang],
        "formats": list(task.formats),
        "min_confidence": [task.least(name) for _, name in task.outputs(job.name)],
        "keep": sorted(task.keep),
        "means": means,
    }


def write_record(job: Job, task: Task, how: dict[str, Any], done: dict[str, Any]) -> None:
    """Note that a job is done.

    Args:
        job: the job.
        task: what was asked for.
        how: what `wanted` said.
        done: ``languages``, ``units``, ``omissions`` and ``unsure`` of the result and ``files``, names with
            fingerprints.

    Raises:
        WriteError: the record cannot be written.
    """
    place = record_place(task, job)
    try:
        place.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise WriteError(f"{place.parent}: cannot write: {error.strerror}") from error
    cuts = [splitter.signature(lang) for lang in done["languages"]]
    with replacing(place) as stream:
        stream.write(json.dumps({**how, **done, "cuts": cuts}, ensure_ascii=False, indent=1).encode("utf-8"))


def done_already(job: Job, task: Task, how: dict[str, Any]) -> dict[str, Any] | None:
    """The record of a job that need not be done again, or None."""
    try:
        record = json.loads(record_place(task, job).read_text("utf-8"))
        same = {key: record[key] for key in how} == how
        cuts = [splitter.signature(lang) for lang in record["languages"]]
        files = {name: fingerprint_result(task.folder / name) for name in record["files"]}
        numbers = all(isinstance(each, int) for each in (record["units"], record["omissions"], *record["unsure"]))
        numbers = numbers and len(record["unsure"]) == 2  # noqa: PLR2004  # all of them, and those of a review
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    good = same and numbers and cuts == record["cuts"] and files == record["files"]
    return record if good and files else None


def fingerprint_result(path: Path) -> str:
    """SHA-256 of a result, however large.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
