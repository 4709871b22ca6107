"""Two texts side by side in a terminal, wrapped between words."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHOUT_TERMINAL: Final = 100
_WIDEST: Final = 160
_NARROWEST: Final = 40
_LABEL: Final = 6
_BAR: Final = " │ "


def terminal_width() -> int:
    """Columns to fill: of the terminal (or ``COLUMNS``), 100 where there is none."""
    import shutil

    columns = shutil.get_terminal_size((_WITHOUT_TERMINAL, 24)).columns
    return max(_NARROWEST, min(columns, _WIDEST))


def side_by_side(label: str, left: str, right: str, width: int) -> Iterator[str]:
    """The lines of one pair: label, left text, right text.

    Args:
        label: at most five columns, on the first line only.
        left: wrapped into the left half.
        right: wrapped into the right half.
        width: columns of the whole, at least 40.

    Yields:
        Lines without line ends, none wider than `width`.
    """
    column = (width - _LABEL - len(_BAR)) // 2
    for number, (one, other) in enumerate(zip_longest(wrap(left, column), wrap(right, column), fillvalue="")):
        padding = " " * (column - display_width(one))
        yield f"{label if number == 0 else '':<{_LABEL}}{one}{padding}{_BAR}{other}".rstrip()


def wrap(text: str, width: int) -> list[str]:
    """Break `text` at spaces into lines of at most `width` columns; longer words are cut."""
    lines, line = [], ""
    for word in _words(text, width):
        if line and display_width(line) + 1 + display_width(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def clip(text: str, width: int) -> str:
    """The beginning of `text` that fits into `width` columns, with an ellipsis where some is missing."""
    if display_width(text) <= width:
        return text
    return next(_pieces(text, width - 1)).rstrip() + "…"


def display_width(text: str) -> int:
    """Columns that a terminal takes for `text`: two for wide characters, none for combining ones."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _words(text: str, width: int) -> Iterator[str]:
    # Not str.split(): a no-break space is no place to break.
    for word in text.replace("\n", " ").replace("\t", " ").split(" "):
        if word:
            yield from _pieces(word, width)


def _pieces(word: str, width: int) -> Iterator[str]:
    """Cut a word that is wider than a line."""
    piece, taken = "", 0
    for character in word:
        if taken + _columns(character) > width:
            yield piece
            piece, taken = "", 0
        piece += character
        taken += _columns(character)
    yield piece
