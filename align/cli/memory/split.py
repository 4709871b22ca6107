"""``align memory split``: one memory in several files."""

from __future__ import annotations

import re
from pathlib import Path

import click

from align.cli.console import emit
from align.cli.memory.inputs import warn_of
from align.cli.memory.progress import progress
from align.errors import WriteError

_SIZE = re.compile(r"(\d+)([kMG]?)B?")
_UNITS = {"": 1, "k": 1_000, "M": 1_000_000, "G": 1_000_000_000}


def _bytes(_ctx: click.Context, _option: click.Parameter, value: str | None) -> int:
    """Bytes of ``500k`` or ``20M``."""
    if value is None:
        return 0
    found = _SIZE.fullmatch(value.strip())
    if found is None or int(found[1]) == 0:
        raise click.BadParameter("give bytes such as 500k, 20M or 1G")
    return int(found[1]) * _UNITS[found[2]]


@click.command(name="split", short_help="One memory in several files: by units, size or languages.")
@click.argument("file", type=click.Path(readable=False))
@click.option("-d", "--directory", metavar="DIR", default=".", help="Where the files go; here by default.")
@click.option("--units", type=click.IntRange(1), metavar="N", help="At most N units a file.")
@click.option("--size", callback=_bytes, metavar="BYTES", help="At most so many bytes a file, such as 20M.")
@click.option("--languages", is_flag=True, help="A file for each pair of languages.")
@click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors.")
def command(*, file: str, directory: str, units: int | None, size: int, languages: bool, quiet: bool) -> None:
    """Write FILE as several memories, and print their names.

    The files are called after FILE: memory-001.tmx and so on, or memory.ru.en.tmx for a pair.

    \b
    align memory split memory.tmx --units 10000 -d parts
    """  # noqa: D301  # \b is how click is told to keep lines
    if sum((units is not None, size > 0, languages)) == 0 or (languages and (units or size)):
        raise click.UsageError("say how: --units N, --size BYTES or both, or --languages")
    from align.memory import open_memory, part_by_languages, part_by_size

    folder = _folder(directory)
    stem = "memory" if file == "-" else Path(file).name.removesuffix(".gz").removesuffix(".tmx")
    with progress(file, quiet=quiet) as told, open_memory(file, progress=told) as memory:
        if languages:
            parts = part_by_languages(memory.header, memory.entries, folder, stem)
        else:
            parts = part_by_size(memory.header, memory.entries, folder, stem, units=units or 0, size=size)
    warn_of(memory)
    emit("".join(f"{part.path}: {part.units:,} units\n" for part in parts))


def _folder(directory: str) -> Path:
    try:
        Path(directory).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WriteError(f"{directory}: cannot make this directory: {reason}") from error
    return Path(directory)
