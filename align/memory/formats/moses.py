"""Two files of lines that belong together, a language each, as Moses and OPUS have them."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from itertools import zip_longest
from pathlib import PurePath
from typing import TYPE_CHECKING

from align.errors import FormatError
from align.memory.decoding import opened
from align.memory.formats.base import Row, Rows
from align.memory.languages import judge_language
from align.memory.memories import named

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence


@contextmanager
def opened_sides(paths: Sequence[str | os.PathLike[str]]) -> Iterator[tuple[Rows, Rows]]:
    """Open both files.

    Raises:
        FormatError: they are not two.
        ReadError: one cannot be opened.
    """
    if len(paths) != 2:  # noqa: PLR2004
        raise FormatError(f"{named(paths[0])}: the format moses is two files of lines, one a language; name both")
    with ExitStack() as stack:
        first, second = (Rows(stack.enter_context(opened(path)), named(path)) for path in paths)
        yield first, second


def read(sides: tuple[Rows, Rows]) -> Iterator[Row]:
    """Pairs of lines.

    Raises:
        FormatError: one file has more lines than the other.
    """
    languages = (_ending(sides[0].name), _ending(sides[1].name))
    for line, (source, target) in enumerate(zip_longest(sides[0].lines(), sides[1].lines()), start=1):
        if source is None or target is None:
            shorter, longer = sides if source is None else sides[::-1]
            raise FormatError(
                f"{shorter.name}: {line - 1} lines, and {longer.name} has more; they do not belong together"
            )
        yield Row(source, target, languages=languages, line=line)


def _ending(name: str) -> str:
    """The language that the ending of a file names, or empty."""
    code = PurePath(name).suffix.lstrip(".")
    return code if judge_language(code) != "bad" else ""
