"""Work for several processes: forked, so that they have the documents already, and gone when the work is done.

Only where that is safe: on Linux, from a process with a single thread. Elsewhere the work is done in this one.
"""

from __future__ import annotations

import gc
import os
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from align.errors import ToolkitError
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    Worker = tuple[ForkProcess, Connection]

JOBS: Final = "ALIGN_JOBS"
"""Environment variable: how many processes may work on one document at once."""
_MOST: Final = 8
"""More processes than that are used only by who asks for them."""
_MOST_TICKETS: Final = 512
_TICKET: Final = struct.Struct("<II")
"""From which place to before which a process is to make things."""
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

    They are forked, so that neither `make` nor what is wanted need be sent; what is made is (pickled). Each takes
    what is next when it is done with the last, so that none waits while another has much to do.

    Raises:
        ToolkitError: a process died; and whatever `make` raises.
    """
    if count <= 1 or len(wanted) <= 1:
        yield from map(make, wanted)
        return
    workers: list[Worker] = []
    try:
        with _quiet_forks(), _tickets(len(wanted)) as tickets:
            for _ in range(min(count, len(wanted))):
                workers.append(_started(make, wanted, tickets, workers))
        coming = _as_they_come(workers)
        early: dict[int, Made] = {}
        for at in range(len(wanted)):
            while at not in early:
                place, found = next(coming)
                early[place] = found
            yield early.pop(at)
    finally:
        _end(workers)


@contextmanager
def _tickets(count: int) -> Iterator[int]:
    """A pipe that holds ``0, 1, 2, …``, of which each process draws the next; it is closed here at the end.

    A few bytes that lie in a pipe are read by one process or by another, and never in pieces.
    """
    receiving, sending = os.pipe()
    try:
        # A pipe surely has room for 4 KiB: where that is too little, each ticket is for several.
        step = -(-count // _MOST_TICKETS)
        os.write(sending, b"".join(_TICKET.pack(at, min(at + step, count)) for at in range(0, count, step)))
        os.close(sending)
        yield receiving
    finally:
        os.close(receiving)


def _drawn(tickets: int) -> Iterator[int]:
    """Places of what a process is to make next, until all are drawn."""
    while ticket := os.read(tickets, _TICKET.size):
        yield from range(*_TICKET.unpack(ticket))


@contextmanager
def ahead(make: Callable[[], Made]) -> Iterator[Callable[[], Made]]:
    """Begin to make something in another process; the function that is given waits for it.

    That raises `ToolkitError` when the process died, and whatever `make` raises. What it warns of is said here.
    """
    with _quiet_forks():
        worker = _started(partial(_with_warnings, make), [None], None, [])

    def made() -> Made:
        _, (found, said) = next(_as_they_come([worker]))
        for message in said:
            warnings.warn(message, ToolkitWarning, stacklevel=2)
        result: Made = found
        return result

    try:
        yield made
    finally:
        _end([worker])


def _with_warnings(make: Callable[[], Made], _: None) -> tuple[Made, list[str]]:
    """What `make` gives, and what it warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", ToolkitWarning)
        found = make()
    return found, [str(each.message) for each in caught]


def _end(workers: Sequence[Worker]) -> None:
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
    make: Callable[[Given], Made], wanted: Sequence[Given], tickets: int | None, others: Sequence[Worker]
) -> Worker:
    """A process that makes what it draws tickets for, or all."""
    import multiprocessing  # a dozen milliseconds that short documents need not wait for

    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    places = iter(range(len(wanted))) if tickets is None else _drawn(tickets)
    unused = [receiving, *(pipe for _, pipe in others)]
    process = context.Process(target=_work, args=(make, wanted, places, sending, unused))
    process.start()
    sending.close()
    return process, receiving


def _work(
    make: Callable[[Given], Made],
    wanted: Sequence[Given],
    places: Iterator[int],
    sending: Connection,
    unused: Sequence[Connection],
) -> None:
    """Make and send what is at some places, in a process of its own."""
    gc.freeze()  # or looking for garbage would copy all that this process has from its parent
    for connection in unused:
        connection.close()  # so that the end of one is seen by nobody but the parent
    try:
        for at in places:
            sending.send((at, True, make(wanted[at])))
        sending.send(None)
    except (BrokenPipeError, KeyboardInterrupt):
        return  # nobody waits for it any more
    except BaseException as error:  # noqa: BLE001 - it is raised again where the work was asked for
        sending.send((0, False, error))


def _as_they_come(workers: Sequence[Worker]) -> Iterator[tuple[int, Any]]:
    """What comes from some processes, each with its place; or what one of them raised."""
    from multiprocessing.connection import wait

    running = {connection: process for process, connection in workers}
    while running:
        for ready in wait(list(running)):
            connection = cast("Connection", ready)
            try:
                message: Any = connection.recv()
            except EOFError:
                running[connection].join()
                raise ToolkitError(
                    "a process that worked on a part of the text ended without a word, perhaps for want of memory; "
                    f"set {JOBS}=1 to work in one process"
                ) from None
            if message is None:
                del running[connection]
                continue
            at, fine, found = message
            if not fine:
                raise found
            yield at, found
