"""Bytes of a memory to characters, chunk by chunk: any encoding, also where the file says a wrong one."""

from __future__ import annotations

import codecs
import io
import re
import sys
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from align.errors import ReadError
from corpora.readers.decoding import decode

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from align.memory.rules import Findings

CHUNK: Final = 1 << 18
"""Bytes read at once."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark it begins with."""
_DECLARED: Final = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']")
_USUAL: Final = re.compile(
    r"utf-(8|16(le|be)?)|us-ascii|iso-8859-\d+|windows-(125\d|874)|koi8-[ru]|gb(k|2312|18030)|big5"
    r"|shift_jis|euc-(jp|kr)|iso-2022-jp|ibm866|cp(866|125\d)|utf8|latin1",
    re.IGNORECASE,
)
_UTF8_LETTER: Final = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_NO_TEXT: Final = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})
_PIECE: Final = re.compile(rb"[^<>\n]*[<>\n]|[^<>\n]+")
_GZIP: Final = b"\x1f\x8b"
_TRIES: Final = 20
_SURE: Final = 8
"""How many letters beyond ASCII must read as UTF-8 before a file that says otherwise is not believed."""


@dataclass(slots=True)
class Source:
    """The characters of one memory.

    Attributes:
        stream: its bytes.
        findings: takes down what is wrong with them.
        tap: is given the bytes as they are read, uncompressed.
        encoding: what is decoded by, once `chunks` runs.
        size: bytes read so far, for progress.
    """

    stream: BinaryIO
    findings: Findings
    tap: Callable[[bytes], None] | None = None
    encoding: str = "utf-8"
    size: int = 0
    _line: int = 1
    _fallback: str | None = None
    _tries: int = 0
    _latin: bool = False
    _newlines: io.IncrementalNewlineDecoder = field(default_factory=lambda: io.IncrementalNewlineDecoder(None, True))

    def chunks(self) -> Iterator[str]:
        r"""The text in pieces, without byte order mark, with ``\n`` as the only line end."""
        raw = self._raw()
        data = next(raw, b"")
        if not data:
            self.findings.add(1, "empty")
            return
        decoder = codecs.getincrementaldecoder(self._detect(data))("strict")
        first, carry = True, b""
        for following in self._ahead(raw):
            text, carry = self._decode(decoder, carry + data, final=following is None)
            text = self._newlines.decode(text.removeprefix("\ufeff") if first else text, final=following is None)
            self._line += text.count("\n")
            first = False
            yield text
            data = following or b""

    @staticmethod
    def _ahead(raw: Iterator[bytes]) -> Iterator[bytes | None]:
        """What comes after each chunk; None after the last."""
        yield from raw
        yield None

    def _raw(self) -> Iterator[bytes]:
        blocks = self._blocks()
        head = next(blocks, b"")
        if head.startswith(_GZIP):
            self.findings.add(1, "compressed")
            blocks = self._inflated(head, blocks)
            head = next(blocks, b"")
        for data in _with(head, blocks) if head else ():
            if self.tap:
                self.tap(data)
            yield data

    def _blocks(self) -> Iterator[bytes]:
        while data := self.stream.read(CHUNK):
            self.size = self._position(len(data))
            yield data

    def _inflated(self, head: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """Unpack gzip, also several members on end, a bounded piece at a time."""
        unpacker = zlib.decompressobj(31)
        for block in _with(head, blocks):
            data = block
            while data:
                try:
                    made = unpacker.decompress(data, CHUNK)
                except zlib.error:
                    self.findings.add(self._line, "cut-short", "the compressed data are damaged")
                    return
                if made:
                    yield made
                data = unpacker.unconsumed_tail
                if unpacker.eof:
                    data = unpacker.unused_data
                    unpacker = zlib.decompressobj(31)
                    data = data if data.startswith(_GZIP[: len(data)]) else b""

    def _position(self, read: int) -> int:
        """How far the file is read; in bytes of the file, compressed or not."""
        try:
            return self.stream.tell()
        except OSError:
            return self.size + read

    def _detect(self, head: bytes) -> str:
        """The encoding: by the mark, by the shape of the first bytes, by what is declared."""
        declared = _declared(head)
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), None) or _by_shape(head)
        known = _lookup(declared) if declared else "utf-8"
        if known is None:
            self.findings.add(1, "unknown-encoding", declared or "")
        elif declared and not _USUAL.fullmatch(declared):
            self.findings.add(1, "rare-encoding", declared)
        if marked:
            if declared and known and not _agrees(marked, known):
                self.findings.add(1, "encoding", f"declared {declared}, but it is {marked}")
            self.encoding = marked
        else:
            self.encoding = self._believe(known or "utf-8", declared, head)
        return self.encoding

    def _believe(self, known: str, declared: str | None, head: bytes) -> str:
        """What is declared, unless the bytes say otherwise."""
        if known.startswith(("utf-16", "utf-32")):
            self.findings.add(1, "encoding", f"declared {declared}, but it is not")
            return "utf-8"
        if known not in {"utf-8", "ascii"} and _reads_as_utf8(head):
            self.findings.add(1, "encoding", f"declared {declared}, but it is utf-8")
            return "utf-8"
        self._latin = known == "iso8859-1"
        return "utf-8" if known == "ascii" else known

    def _decode(self, decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool) -> tuple[str, bytes]:
        """Decode a chunk; bytes at its end that need more are kept by the decoder, or given back."""
        try:
            text = decoder.decode(data, final)
        except UnicodeDecodeError as error:
            whole = bytes(error.object)
            decoder.reset()
        else:
            return (self._windows(text) if self._latin else text), b""
        if self.encoding.startswith(("utf-16", "utf-32")):
            self.findings.add(self._line, "encoding", f"not {self.encoding}")
            return whole.decode(self.encoding, "replace"), b""
        return self._piecewise(whole, final=final)

    def _windows(self, text: str) -> str:
        """C1 controls in ISO 8859-1 are the punctuation of windows-1252, as browsers know."""
        if not re.search("[\x80-\x9f]", text):
            return text
        line = self._line + text.count("\n", 0, re.search("[\x80-\x9f]", text).start())  # type: ignore[union-attr]
        self.findings.add(line, "encoding", "declared iso-8859-1, but it is windows-1252")
        return re.sub("[\x80-\x9f]", lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)

    def _piecewise(self, data: bytes, *, final: bool) -> tuple[str, bytes]:
        """Decode stretches between tags one by one, those that fail by another encoding."""
        pieces = _PIECE.findall(data)
        carry = pieces.pop() if not final and pieces and pieces[-1][-1:] not in b"<>\n" else b""
        bad = [piece for piece in pieces if not _decodes(piece, self.encoding)]
        self._guess(bad)
        line, texts = self._line, []
        failed = set(bad)
        for piece in pieces:
            if piece in failed:
                self.findings.add(line, "encoding", f"not {self.encoding}" + self._as())
                texts.append(self._mend(piece))
            else:
                texts.append(piece.decode(self.encoding))
            line += piece.count(b"\n")
        return "".join(texts), carry

    def _as(self) -> str:
        return f", taken for {self._fallback}" if self._fallback else ""

    def _mend(self, piece: bytes) -> str:
        return piece.decode(self._fallback or self.encoding, "replace")

    def _guess(self, bad: list[bytes]) -> None:
        """Find out what the failing bytes are, if they are all of one kind."""
        if self._fallback or not bad or self._tries >= _TRIES:
            return
        self._tries += 1
        try:
            _, self._fallback = decode(b"\n".join(bad)[: 1 << 16], "memory")
        except ReadError:
            return


def _with(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _declared(head: bytes) -> str | None:
    """What the XML declaration says, read through any encoding that has ASCII in it."""
    found = _DECLARED.search(head[:2048].replace(b"\0", b""))
    return found[1].decode("ascii", "replace").strip() if found else None


def _by_shape(head: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark show by the zeros beside their first bracket."""
    at = head.find(b"<")
    if at < 0 or head[:at].strip(b" \t\r\n\0"):
        return None
    before, after = head[max(0, at - 3) : at], head[at + 1 : at + 4]
    for name, zeros, found in (("utf-32-be", 3, before), ("utf-32-le", 3, after)):
        if found == b"\0" * zeros:
            return name
    if before[-1:] == b"\0" and at % 2:
        return "utf-16-be"
    return "utf-16-le" if after[:1] == b"\0" else None


def _lookup(name: str) -> str | None:
    """Python's name of a text encoding, or None."""
    try:
        known = codecs.lookup(name)
        "".encode(known.name)
    except (LookupError, ValueError):
        return None
    return None if known.name in _NO_TEXT else known.name


def _agrees(marked: str, known: str) -> bool:
    return marked.startswith(known.removesuffix("-sig")) or known.startswith(marked)


def _reads_as_utf8(head: bytes) -> bool:
    """Whether bytes of a file that says otherwise are UTF-8 beyond doubt."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return False
    return len(_UTF8_LETTER.findall(head)) >= _SURE


def _decodes(piece: bytes, encoding: str) -> bool:
    try:
        piece.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a memory to read its bytes; ``-`` is standard input.

    Raises:
        ReadError: there is no such file, or it cannot be read.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise ReadError("standard input is closed; name a file")
        yield sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: cannot read: {reason[:1].lower()}{reason[1:]}") from error
