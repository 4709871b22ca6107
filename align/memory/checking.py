"""`check`: whether every tool would take a memory as it is and fill from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.memory.decoding import Source, opened
from align.memory.inspection import Inspection
from align.memory.ledger import Ledger, fingerprint
from align.memory.reader import Reader
from align.memory.rules import Findings
from corpora.codes import primary_language

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from align.memory.entries import Entry

_UNKNOWN_ENCODING: Final = 18
"""XML_ERROR_UNKNOWN_ENCODING of expat, which knows fewer encodings than other parsers."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found.

    Attributes:
        name: the file as it was named.
        units: how many units could be read.
        findings: what is wrong; all counted, the first of each kind kept.
    """

    name: str
    units: int
    findings: Findings

    @property
    def ok(self) -> bool:
        """Whether every tool takes the memory and fills from it."""
        return not self.findings.total("error")


def check(
    path: str | os.PathLike[str],
    *,
    project: tuple[str, ...] = (),
    limit: int = 10,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Judge a memory by the DTD of TMX 1.4 and by what tools make of it.

    Args:
        path: the file; ``-`` is standard input.
        project: languages of the project that is to be filled from it.
        limit: findings kept of each kind; 0 for all.
        progress: is told how many bytes of the file have been read, now and then.

    Raises:
        ReadError: the file cannot be opened.
    """
    name = "standard input" if str(path) == "-" else str(path)
    with opened(path) as stream:
        return check_stream(stream, name, project=project, limit=limit, progress=progress)


def check_stream(
    stream: BinaryIO,
    name: str,
    *,
    project: tuple[str, ...] = (),
    limit: int = 10,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """`check`, for an open stream."""
    return survey(stream, name, project=project, limit=limit, progress=progress)[0]


@dataclass(frozen=True, slots=True)
class Known:
    """What one pass over a memory tells about it as a whole.

    Attributes:
        first: how many entries begin with a language, by its code as it is.
        languages: how many entries have a language, by its code in lower case.
        repeated: numbers, from 0, of the entries whose tuid came before.
    """

    first: Mapping[str, int]
    languages: Mapping[str, int]
    repeated: frozenset[int]


def survey(
    stream: BinaryIO,
    name: str,
    *,
    project: tuple[str, ...] = (),
    limit: int = 10,
    progress: Callable[[int], None] | None = None,
) -> tuple[Report, Known]:
    """Judge a memory, and tell what a repair must know beforehand."""
    findings, parser = Findings(limit), StrictParser()
    source = Source(stream, findings, parser.feed)
    reader = Reader(source, strict=True)
    inspection: Inspection | None = None
    with Ledger() as pairs, Ledger() as names:
        for number, entry in enumerate(reader.entries()):
            if inspection is None:
                inspection = _begin(reader, project)
            inspection.entry(entry)
            _enter(number, entry, reader, pairs, names)
            if progress:
                progress(source.size)
        inspection = inspection or _begin(reader, project)
        inspection.finish()
        repeated = frozenset(_names(names, findings))
        _compare(pairs, findings)
    parser.finish(findings)
    known = Known(inspection.first, inspection.languages, repeated)
    return Report(name, inspection.units, findings), known


def _begin(reader: Reader, project: tuple[str, ...]) -> Inspection:
    inspection = Inspection(reader.findings, reader.header, project)
    inspection.look_at_header(reader.version)
    return inspection


def _enter(number: int, entry: Entry, reader: Reader, pairs: Ledger, names: Ledger) -> None:
    """Write down what must not come twice."""
    if "tuid" in entry.attributes:
        names.add(fingerprint(entry.attributes["tuid"]), entry.line, number)
    if len(entry.variants) < 2:  # noqa: PLR2004
        return
    source = entry.variant(reader.header.srclang) or entry.variants[0]
    text = source.text.strip()
    for target in entry.variants:
        if target is not source:
            key = f"{primary_language(source.lang)}\t{target.lang.lower()}\t{text}"
            pairs.add(fingerprint(key), fingerprint(target.text.strip()), entry.line)


def _names(names: Ledger, findings: Findings) -> Iterator[int]:
    for group in names.groups():
        for _, line, number in group[1:].tolist():
            findings.add(line, "tuid", f"as in line {group[0][1]}")
            yield number


def _compare(pairs: Ledger, findings: Findings) -> None:
    for group in pairs.groups():
        seen = {int(group[0][1])}
        for _, value, line in group[1:].tolist():
            findings.add(line, "double" if value in seen else "conflict", f"as in line {group[0][2]}")
            seen.add(value)


class StrictParser:
    """A second opinion: what a parser that stops at the first mistake says of the same bytes (expat)."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        from xml.parsers import expat

        self._error: type[Exception] = expat.ExpatError
        self._parser = expat.ParserCreate()
        self._found: tuple[int, str] | None = None
        self._mute = self._fed = False

    def feed(self, data: bytes) -> None:
        """Take more bytes."""
        self._fed = True
        self._parse(data, last=False)

    def _parse(self, data: bytes, *, last: bool) -> None:
        if self._mute or self._found:
            return
        try:
            self._parser.Parse(data, last)
        except self._error as error:
            if getattr(error, "code", 0) == _UNKNOWN_ENCODING:
                self._mute = True
            else:
                self._found = (getattr(error, "lineno", 0), str(error).partition(":")[0])
        except (ValueError, LookupError):
            # Encodings of several bytes a character, which expat does not read.
            self._mute = True

    def finish(self, findings: Findings) -> None:
        """Say what it found, unless the reader has said already why the file is no XML."""
        if self._fed:
            self._parse(b"", last=True)
        if self._found and not findings.is_broken():
            findings.add(self._found[0], "not-xml", self._found[1])

    @property
    def refused(self) -> bool:
        """Whether the parser refused the file."""
        return self._found is not None
