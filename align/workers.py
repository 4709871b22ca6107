"""Work for several processes: forked, so that they have the documents already, and gone when the work is done.

Only where that is safe: on Linux, from a process with a single thread. Elsewhere the work is done in this one.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from align.errors import ToolkitError
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

JOBS: Final = "ALIGN_JOBS"
"""Environment variable: how many processes may work on one document at once."""
_MOST: Final = 8
"""More processes than that are used only by who asks for them."""
_TOKENIZERS: Final = "TOKENIZERS_PARALLELISM"

Given = TypeVar("Given")
Made = TypeVar("Made")


def available() -> int:
    """How many processes may work at once: `JOBS`, or one a core that we may use; 1 where none can be forked."""
    if sys.platform != "linux" or threading.active_count() > 1 or _is_daemon():
        return 1
    asked = os.environ.get(JOBS, "").strip()
    if asked.isdecimal():
        return max(1, int(asked))
    return min(len(os.sched_getaffinity(0)), _MOST)


def _is_daemon() -> bool:
    """Whether this process may start none itself; one that was not started by multiprocessing never loads it."""
    started = sys.modules.get("multiprocessing.process")
    return started is not None and started.current_process().daemon


def spread(make: Callable[[Given], Made], wanted: Sequence[Given], count: int) -> Iterator[Made]:
    """What `make` gives for each, in order, made by `count` processes.

    They are forked, so that neither `make` nor what is wanted need be sent; what is made is (pickled).

    Raises:
        ToolkitError: a process died; and whatever `make` raises.
    """
    if count <= 1 or len(wanted) <= 1:
        yield from map(make, wanted)
        return
    workers: list[tuple[ForkProcess, Connection]] = []
    try:
        with _quiet_forks():
            for at in range(min(count, len(wanted))):
                workers.append(_started(make, wanted[at::count], workers))
        for at in range(len(wanted)):
            yield _received(*workers[at % count])
    finally:
        _end(workers)


@contextmanager
def ahead(make: Callable[[], Made]) -> Iterator[Callable[[], Made]]:
    """Begin to make something in another process; the function that is given waits for it.

    That raises `ToolkitError` when the process died, and whatever `make` raises. What it warns of is said here.
    """
    with _quiet_forks():
        process, connection = _started(partial(_with_warnings, make), [None], [])

    def made() -> Made:
        found, said = _received(process, connection)
        for message in said:
            warnings.warn(message, ToolkitWarning, stacklevel=2)
        result: Made = found
        return result

    try:
        yield made
    finally:
        _end([(process, connection)])


def _with_warnings(make: Callable[[], Made], _: None) -> tuple[Made, list[str]]:
    """What `make` gives, and what it warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", ToolkitWarning)
        found = make()
    return found, [str(each.message) for each in caught]


def _end(workers: Sequence[tuple[ForkProcess, Connection]]) -> None:
    for process, connection in workers:
        connection.close()
        process.kill()
    for process, _ in workers:
        process.join()


@contextmanager
def _quiet_forks() -> Iterator[None]:
    """Fork without the warnings of Python (for the threads of BLAS) and of tokenizers (for its own)."""
    before = os.environ.get(_TOKENIZERS)
    os.environ[_TOKENIZERS] = "false"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        if before is None:
            del os.environ[_TOKENIZERS]
        else:
            os.environ[_TOKENIZERS] = before


def _started(
    make: Callable[[Given], Made], wanted: Sequence[Given], others: Sequence[tuple[ForkProcess, Connection]]
) -> tuple[ForkProcess, Connection]:
    import multiprocessing  # a dozen milliseconds that short documents need not wait for

    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(make, wanted, sending, [receiving, *(pipe for _, pipe in others)]))
    process.start()
    sending.close()
    return process, receiving


def _work(
    make: Callable[[Given], Made], wanted: Sequence[Given], sending: Connection, others: Sequence[Connection]
) -> None:
    """Make and send all, in a process of its own."""
    gc.freeze()  # or looking for garbage would copy all that this process has from its parent
    for connection in others:
        connection.close()  # so that the end of one is seen by nobody but the parent
    try:
        for each in wanted:
            sending.send((True, make(each)))
    except (BrokenPipeError, KeyboardInterrupt):
        return  # nobody waits for it any more
    except BaseException as error:  # noqa: BLE001 - it is raised again where the work was asked for
        sending.send((False, error))


def _received(process: ForkProcess, connection: Connection) -> Any:
    """What came from a process, or what it raised."""
    try:
        fine, found = connection.recv()
    except EOFError:
        process.join()
        raise ToolkitError(
            "a process that worked on a part of the text ended without a word, perhaps for want of memory; "
            f"set {JOBS}=1 to work in one process"
        ) from None
    if not fine:
        raise found
    return found
