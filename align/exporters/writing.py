"""From an alignment, or a stream of units, to files: all of them or none."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from align.errors import FormatError, UnknownLanguageError, WriteError
from align.exporters.base import Exporter, Header, Options, WriteReport
from align.exporters.files import check_writable, replacing
from align.exporters.selection import header_of, judge_by, units_of
from align.exporters.table import LIKELY, SURE
from corpora.language import normalize

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from align.types import Alignment, TranslationUnit


def write_alignment(
    alignment: Alignment, outputs: Sequence[tuple[str | os.PathLike[str], Exporter]], options: Options
) -> list[WriteReport]:
    """Write an alignment to every output; a report each, in order.

    Raises:
        FormatError: a format cannot hold this alignment.
        WriteError: a file cannot be written.
    """
    with contextlib.ExitStack() as stack:
        # All are written beside their places before the first is moved into its own.
        wanted = suited([exporter for _, exporter in outputs], options)
        return [
            _write(alignment, path, exporter, each, stack)
            for (path, exporter), each in zip(outputs, wanted, strict=True)
        ]


def suited(exporters: Sequence[Exporter], options: Options) -> list[Options]:
    """The options of each format where several are written at once.

    What lists omissions lists those of the strictest memory beside it, so that the two account for every bead.
    """
    wanted = [exporter.suited(options) for exporter in exporters]
    memories = [each.least for exporter, each in zip(exporters, wanted, strict=True) if exporter.what == "units"]
    strictest = max(memories, default=None)
    return [
        replace(each, min_confidence=strictest) if exporter.reports and strictest is not None else each
        for exporter, each in zip(exporters, wanted, strict=True)
    ]


def write_stream(
    units: Iterable[TranslationUnit],
    output: tuple[str | os.PathLike[str], Exporter],
    header: Header,
    options: Options,
) -> WriteReport:
    """Write units to one output as they come.

    Raises:
        FormatError: the format cannot hold units, or not these.
        WriteError: a file cannot be written.
    """
    path, exporter = output
    with contextlib.ExitStack() as stack:
        if exporter.write_sides is not None:
            places, streams = _open_sides(path, exporter, header, stack)
            count = exporter.write_sides(streams, units, header, options)
            return WriteReport(Path(path), exporter.name, count, files=places)
        if exporter.write_units is None:
            raise FormatError(f"{exporter.name} is no format for a stream of units; it keeps the documents too")
        count = exporter.write_units(stack.enter_context(replacing(path)), units, header, options)
        return WriteReport(Path(path), exporter.name, count)


def side_places(path: str | os.PathLike[str], exporter: Exporter, languages: tuple[str, str]) -> tuple[Path, Path]:
    """Where a format of two files puts them: the name without the format's ending, and each language.

    Raises:
        FormatError: the languages are one and the same, and so the files would be.
    """
    if languages[0].lower() == languages[1].lower():
        raise FormatError(f"{exporter.name} names its files by their languages, and both sides are in {languages[0]!r}")
    return _side_place(path, exporter, languages[0]), _side_place(path, exporter, languages[1])


def is_side_of(path: str | os.PathLike[str], exporter: Exporter, name: str | os.PathLike[str]) -> bool:
    """Whether a format of two files, asked for as `path`, might write `name`: its ending is a language."""
    lang = Path(name).suffix.removeprefix(".")
    try:
        normalize(lang)
    except UnknownLanguageError:
        return False
    return _side_place(path, exporter, lang).absolute() == Path(name).absolute()


def _side_place(path: str | os.PathLike[str], exporter: Exporter, lang: str) -> Path:
    prefix = Path(path)
    if prefix.suffix.lower() in exporter.suffixes:
        prefix = prefix.with_suffix("")
    return prefix.with_name(f"{prefix.name}.{lang}")


PENALTIES: Final = ((SURE, 0), (LIKELY, 10), (0.0, 30))
"""From which confidence on a unit costs how many points of its match, in OmegaT's ``penalty-NN`` folders."""


def penalty_place(path: str | os.PathLike[str], points: int) -> Path:
    """Where the part of a memory goes that costs `points`: into a folder that OmegaT knows by its name.

    ``tm/auto`` and ``tm/enforce`` fill segments without looking at penalties, so the folder stands beside them.
    """
    place = Path(path)
    if not points:
        return place
    folder = place.parent.parent if place.parent.name in {"auto", "enforce"} else place.parent
    return folder / f"penalty-{points}" / place.name


def check_penalty_places(path: str | os.PathLike[str]) -> None:
    """Find out before the work whether the parts of a memory could be written after it; creates nothing.

    Raises:
        WriteError: one could not.
    """
    for _, points in PENALTIES:
        place = penalty_place(path, points)
        if place.parent.exists():
            check_writable(place)


def _write(
    alignment: Alignment,
    path: str | os.PathLike[str],
    exporter: Exporter,
    options: Options,
    stack: contextlib.ExitStack,
) -> WriteReport:
    if exporter.write_sides is not None or (options.penalties and exporter.penalties):
        return _write_parts(alignment, path, exporter, options, stack)
    written = exporter.write(alignment, stack.enter_context(replacing(path)), options)
    return WriteReport(Path(path), exporter.name, written.units, written.omissions, min_confidence=options.least)


def _write_parts(
    alignment: Alignment,
    path: str | os.PathLike[str],
    exporter: Exporter,
    options: Options,
    stack: contextlib.ExitStack,
) -> WriteReport:
    header = header_of(alignment, options)
    verdicts = judge_by(alignment, options)
    units = list(units_of(verdicts, alignment))
    places: tuple[Path, ...]
    if exporter.write_sides is not None:
        places, streams = _open_sides(path, exporter, header, stack)
        exporter.write_sides(streams, units, header, options)
    else:
        places = _write_penalties(units, path, exporter, (header, options), stack)
    omissions = tuple(verdict.omission for verdict in verdicts if verdict.omission)
    return WriteReport(Path(path), exporter.name, len(units), omissions, places, options.least)


def _open_sides(
    path: str | os.PathLike[str], exporter: Exporter, header: Header, stack: contextlib.ExitStack
) -> tuple[tuple[Path, Path], tuple[BinaryIO, BinaryIO]]:
    places = side_places(path, exporter, (header.source_lang, header.target_lang))
    source, target = (stack.enter_context(replacing(place)) for place in places)
    return places, (source, target)


def _write_penalties(
    units: Sequence[TranslationUnit],
    path: str | os.PathLike[str],
    exporter: Exporter,
    wanted: tuple[Header, Options],
    stack: contextlib.ExitStack,
) -> tuple[Path, ...]:
    """Write each unit into the memory of its penalty; all are written, for an old one would go on being used."""
    if exporter.write_units is None:
        raise FormatError(f"{exporter.name} knows no penalties")
    places, most = [], 2.0
    for least, points in PENALTIES:
        place = penalty_place(path, points)
        _make_folder(place.parent, stack)
        part = (unit for unit in units if least <= unit.confidence < most)
        exporter.write_units(stack.enter_context(replacing(place)), part, *wanted)
        places.append(place)
        most = least
    return tuple(places)


def _make_folder(folder: Path, stack: contextlib.ExitStack) -> None:
    """Make a folder, which goes again if what is to be in it cannot be written."""
    if folder.is_dir() or not folder.parent.is_dir():
        return  # what is missing above was named by a person, and `replacing` says so

    def forget() -> None:
        with contextlib.suppress(OSError):
            folder.rmdir()  # only when it is still empty

    stack.callback(forget)
    try:
        folder.mkdir()
    except OSError as error:
        raise WriteError(f"{folder}: cannot make the folder: {error.strerror or error}") from error
