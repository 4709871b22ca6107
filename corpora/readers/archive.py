"""ZIP archives that documents come in, opened with care.

An archive may claim anything: a few kilobytes can unfold to gigabytes, sizes can be false, parts
encrypted or cut off. All reading goes through `Archive`, which counts what it unfolds.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import IO, Final

from corpora.errors import ReadError

_MOST: Final = 192 * 1024 * 1024
"""Bytes that the parts of one archive may unfold to, all together; a long novel has two million."""

_RATIO: Final = 150
_RATIO_FROM: Final = 8 * 1024 * 1024
"""How many times its packed size a part may unfold to, once it is larger than this; prose packs 3 to 10
times, the markup around it up to some 40."""

_DIRECTORY: Final = 16 * 1024 * 1024
"""Bytes of the list of parts at most: it is read whole, into objects much larger than itself."""

_END: Final = b"PK\x05\x06"
_CHUNK: Final = 1 << 20
_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    UnicodeError,
)


class Archive:
    """The parts of a ZIP archive.

    Attributes:
        names: the names of its parts.
    """

    def __init__(self, data: bytes, name: str, what: str = "a ZIP archive") -> None:
        """Open an archive.

        Args:
            data: its bytes.
            name: what to call the file in errors.
            what: what the file is, in errors.

        Raises:
            ReadError: it is damaged, or not a ZIP archive.
        """
        self._name, self._what = name, what
        self._left = _MOST
        if _directory_size(data) > _DIRECTORY:
            raise ReadError(f"{name}: lists far too many parts for {what}; get a clean copy of the document")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_BROKEN, NotImplementedError, RuntimeError):
            raise self.damaged() from None
        self.names: frozenset[str] = frozenset(self._zip.namelist())

    def damaged(self) -> ReadError:
        """An error that says that the file is cut off or broken."""
        return ReadError(f"{self._name}: is {self._what}, but damaged or cut off; get it again or save it anew")

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            ReadError: there is no such part, it is encrypted or damaged, or unfolds to far too much.
        """
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            raise self.damaged() from None
        if info.flag_bits & 0x1:
            raise ReadError(f"{self._name}: is password-protected; open it, remove the password and save it")
        try:
            with self._zip.open(info) as file:
                return self._unfold(file, info)
        except NotImplementedError:
            raise ReadError(f"{self._name}: is packed in a way that is not read; save it anew") from None
        except RuntimeError:
            raise ReadError(f"{self._name}: is password-protected; open it, remove the password and save it") from None
        except _BROKEN:
            raise self.damaged() from None

    def _unfold(self, file: IO[bytes], info: zipfile.ZipInfo) -> bytes:
        """Read piece by piece, and stop when it becomes too much."""
        pieces = []
        size = 0
        while piece := file.read(_CHUNK):
            size += len(piece)
            self._left -= len(piece)
            if self._left < 0 or (size > _RATIO_FROM and size > _RATIO * max(info.compress_size, 1)):
                raise ReadError(
                    f"{self._name}: unfolds to far more than a document holds (a zip bomb?); get a clean copy of it"
                )
            pieces.append(piece)
        return b"".join(pieces)


def _directory_size(data: bytes) -> int:
    """How large the archive says that its list of parts is, in bytes; 0 where it says nothing."""
    at = data.rfind(_END, max(0, len(data) - 66_000))
    if at < 0 or at + 16 > len(data):
        return 0
    size: int = struct.unpack_from("<I", data, at + 12)[0]
    return size
