"""Writing a file so that nobody ever sees half of it."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from align.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_writable(path: str | os.PathLike[str]) -> None:
    """Find out before the work whether `path` could be written after it.

    Creates nothing. A disk that fills up in between is found only by `replacing`.

    Raises:
        WriteError: the directory is missing or not writable, or the path is a directory or protected.
    """
    with _errors_of(path):
        _place_of(path)


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a stream whose bytes become the file `path` when the block ends without an exception.

    They are written beside their place and moved into it; on an exception the old file, if any, stays
    as it was. A symbolic link is followed and stays; an existing file keeps its permissions, a new one
    gets those of the umask. What is no regular file (``/dev/stdout``, a pipe) is written straight.

    Raises:
        WriteError: the file cannot be written.
    """
    with _errors_of(path):
        place = _place_of(path)
    writer = _straight(path) if place is None else _beside(place)
    with _errors_of(path), writer as stream:
        yield stream


@contextlib.contextmanager
def _straight(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    with Path(path).open("wb") as stream:
        yield stream


@contextlib.contextmanager
def _beside(place: Path) -> Iterator[BinaryIO]:
    # A short name of its own: the target's may already be as long as the file system allows.
    temporary = place.with_name(f".align-{os.urandom(6).hex()}.tmp")
    try:
        # Not tempfile, whose files nobody else may read: 0o666 lets the umask decide.
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:
            yield stream
        if place.exists():
            temporary.chmod(stat.S_IMODE(place.stat().st_mode))
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


_STREAMS: Final = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")
"""Names of open streams: what is behind them may be a regular file, but nobody can put another in its place."""


def _place_of(path: str | os.PathLike[str]) -> Path | None:
    """Where the file is to be, links followed; None for what is written straight.

    Raises:
        WriteError: it cannot be there.
        OSError: the path cannot even be looked at.
    """
    name = os.fspath(path)
    if not name or "\0" in name:
        raise WriteError(f"{name!r}: cannot write: not a file name")
    with contextlib.suppress(FileNotFoundError):
        mode = Path(name).stat().st_mode
        if stat.S_ISDIR(mode):
            raise WriteError(f"{name}: cannot write: is a directory")
        if not os.access(name, os.W_OK):
            raise WriteError(f"{name}: cannot write: the file is protected")
        if not stat.S_ISREG(mode) or name.startswith(_STREAMS):
            return None
    place = Path(os.path.realpath(name))
    if not place.parent.is_dir():
        raise WriteError(f"{name}: cannot write: no directory {place.parent}")
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise WriteError(f"{name}: cannot write: no permission in {place.parent}")
    return place


@contextlib.contextmanager
def _errors_of(path: str | os.PathLike[str]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"{os.fspath(path)}: cannot write: {reason[:1].lower()}{reason[1:]}") from error
