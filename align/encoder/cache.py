"""Vectors of slow models kept on disk, so that aligning again after an edit embeds only what is new.

One SQLite file in the user's cache directory. It holds hashes of texts and their vectors, never a text. Whatever
happens to it (damage, a full disk, another program's lock, a home that may not be written), the worst is that vectors
are computed again: every failure is taken as "not kept".
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from align.encoder.protocol import Vectors

OFF: Final = "ALIGN_NO_CACHE"
"""Environment variable that switches the cache off, when it is set to anything but nothing or 0."""

LARGEST: Final = 512 * 1024 * 1024
"""Bytes that the file may have; beyond, what was not asked for longest is forgotten."""

_FILE: Final = "vectors-1.sqlite3"
_PATIENCE: Final = 2.0
"""Seconds to wait for another process."""

_MANY: Final = 500
"""Texts asked for in one statement."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS models (identity BLOB PRIMARY KEY, name TEXT NOT NULL, dimension INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_use ON vectors (used);
"""
_DAY: Final = 86_400
_WIDEST: Final = 1 << 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a model.

    Attributes:
        name: for signatures.
        dimension: length of a vector.
    """

    name: str
    dimension: int


def directory() -> Path | None:
    """Where this machine keeps what can be made again; None where there is no such place.

    ``$XDG_CACHE_HOME`` (XDG Base Directory Specification) or ``~/.cache``; ``~/Library/Caches`` on macOS,
    ``%LOCALAPPDATA%`` on Windows.
    """
    place = os.environ.get("XDG_CACHE_HOME", "")
    if not Path(place).is_absolute():  # the specification: a relative path is to be ignored
        if sys.platform == "win32":
            place = os.environ.get("LOCALAPPDATA", "")
        else:
            home = os.environ.get("HOME", "")
            below = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
            place = str(Path(home, *below)) if Path(home).is_absolute() else ""
    return Path(place) / "translation-align" if Path(place).is_absolute() else None


def is_on() -> bool:
    """Whether the environment leaves the cache on."""
    return os.environ.get(OFF, "") in {"", "0"}


class VectorCache:
    """What is kept for one model."""

    def __init__(self, identity: str, *, place: Path | None = None, largest: int = LARGEST) -> None:
        """Open nothing yet.

        Args:
            identity: tells the model's files from those of any other model, and from its own other versions.
            place: directory of the cache; the usual one when None.
            largest: bytes that the file may have.
        """
        self._place = place or directory()
        self._largest = largest
        self._identity = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest()

    def known(self) -> Known | None:
        """What is remembered of the model; None for nothing."""
        return self._try(self._known, None)

    def remember(self, known: Known) -> None:
        """Remember the model itself."""
        row = (self._identity, known.name, known.dimension)
        self._try(lambda database: _write(database, "INSERT OR REPLACE INTO models VALUES (?, ?, ?)", [row]), False)

    def get(self, texts: Sequence[str], dimension: int) -> dict[str, Vectors]:
        """The vectors that are kept, by text."""
        keys = {self._key(text): text for text in texts}
        nothing: dict[bytes, bytes] = {}
        found = self._try(lambda database: dict(self._rows(database, list(keys))), nothing)
        vectors = {keys[key]: _vector(value, dimension) for key, value in found.items() if key in keys}
        return {text: vector for text, vector in vectors.items() if vector is not None}

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors; each of shape ``(dimension,)``, of unit length or zero."""
        today = int(time.time() // _DAY)
        rows = [(self._key(text), _bytes(vector), today) for text, vector in vectors.items()]
        statement = "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)"
        if not self._try(lambda database: _write(database, statement, rows), False):
            self._try(_forget, False)
            self._try(lambda database: _write(database, statement, rows), False)

    def _known(self, database: sqlite3.Connection) -> Known | None:
        row = database.execute("SELECT name, dimension FROM models WHERE identity = ?", (self._identity,)).fetchone()
        whole = row and isinstance(row[0], str) and isinstance(row[1], int) and row[0] and 0 < row[1] < _WIDEST
        return Known(*row) if whole else None

    def _rows(self, database: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        today = int(time.time() // _DAY)
        for start in range(0, len(keys), _MANY):
            asked = keys[start : start + _MANY]
            marks = ",".join("?" * len(asked))
            yield from database.execute(f"SELECT text, vector FROM vectors WHERE text IN ({marks})", asked)  # noqa: S608 - question marks
            with contextlib.suppress(sqlite3.Error):  # a file that can only be read
                touch = f"UPDATE vectors SET used = ? WHERE used < ? AND text IN ({marks})"  # noqa: S608 - the same
                database.execute(touch, (today, today, *asked))

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._identity + text.encode("utf-8", "surrogatepass")).digest()[:20]

    def _try(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do something with the database; `otherwise` where that cannot be done."""
        for last in (False, True):
            try:
                return self._do(action, otherwise)
            except sqlite3.OperationalError:  # locked, full, read-only
                break
            except sqlite3.DatabaseError:  # not a database, or a damaged one
                if last or not self._remove():
                    break
            except (OSError, ValueError, TypeError, OverflowError):
                break
        return otherwise

    def _do(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        if self._place is None:
            return otherwise
        with contextlib.closing(self._open(self._place)) as database, database:
            return action(database)

    def _open(self, place: Path) -> sqlite3.Connection:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = sqlite3.connect(place / _FILE, timeout=_PATIENCE)
        try:
            size = database.execute("PRAGMA page_size").fetchone()[0]
            database.execute(f"PRAGMA max_page_count = {self._largest // size}")
            database.execute("PRAGMA synchronous = OFF")  # after a loss of power it may be damaged, and is made anew
            database.executescript(_TABLES)
        except BaseException:
            database.close()
            raise
        return database

    def _remove(self) -> bool:
        if self._place is None:
            return False
        try:
            for suffix in ("", "-journal", "-wal", "-shm"):
                (self._place / f"{_FILE}{suffix}").unlink(missing_ok=True)
        except OSError:
            return False
        return True


def _write(database: sqlite3.Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> bool:
    database.executemany(statement, rows)
    return True


def _forget(database: sqlite3.Connection) -> bool:
    """Forget the half that was not asked for longest; the pages are used again."""
    half = database.execute("SELECT (count(*) + 1) / 2 FROM vectors").fetchone()[0]
    database.execute(
        "DELETE FROM vectors WHERE text IN (SELECT text FROM vectors ORDER BY used LIMIT ?)",
        (half,),
    )
    return True


def _bytes(vector: Vectors) -> bytes:
    """A vector as it is kept: little-endian float32, and a checksum."""
    numbers = vector.astype("<f4").tobytes()
    return numbers + zlib.crc32(numbers).to_bytes(4, "little")


def _vector(value: object, dimension: int) -> Vectors | None:
    """The vector that bytes hold; None for bytes that were not written by `_bytes`."""
    if not isinstance(value, bytes) or len(value) != 4 * dimension + 4:
        return None
    numbers, checksum = value[:-4], value[-4:]
    if zlib.crc32(numbers).to_bytes(4, "little") != checksum:
        return None
    return np.frombuffer(numbers, "<f4").astype(np.float32)
