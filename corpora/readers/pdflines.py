"""Letters at places, as a PDF has them, into lines."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIGATURES: Final = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""Glyphs of printed pages that no keyboard has; a segment with one would never match."""

_SYMBOL: Final = re.compile(r"[\ue000-\uf8ff](?=\s)")
"""A letter of a symbol font, which means nothing to anybody else: at the beginning of a line, a bullet."""

_SPACES: Final = re.compile(r"[ \t\r\f\v]+")
_BROKEN_HYPHEN: Final = frozenset({"\x02", "\ufffe"})
"""What pdfium gives for a hyphen at the end of a line and the line break after it."""

_BOLD: Final = 600
"""Weight of letters from which they are bold, as in CSS."""

_RAISED: Final = 0.8
"""Heights of a letter that it may stand above or below the others of its line."""

_CELL: Final = 4.0
"""Heights of a letter between two cells of a table, at least."""

_LEVEL: Final = 0.2
"""Heights of a letter within which two are at the same height, or one right behind the other."""

_NAME: Final = 128
"""Bytes of a font's name that are looked at."""


@dataclass(slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: its characters, white space squeezed.
        x: where it begins, in points from the left.
        y: its base line, in points from the bottom.
        right: where it ends, in points from the left.
        size: height of most of its letters, in points.
        bold: whether its first and last letters are bold.
        marks: small raised numbers in it: where in `text`, and which; they may be marks of footnotes.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    bold: bool = False
    marks: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character on a page that is held upright."""

    text: str
    x: float
    y: float
    right: float
    size: float
    turn: int
    index: int


def lines_of(raw: Any, page: Any) -> list[Line]:
    """The lines of a page, in the order in which they are drawn: column by column, as a rule.

    Args:
        raw: the module ``pypdfium2.raw``.
        page: a text page of pypdfium2.
    """
    letters = _letters(raw, page)
    turns = Counter(letter.turn for letter in letters if letter.turn >= 0)
    upright = turns.most_common(1)[0][0] if turns else 0
    rows = _rows([letter for letter in letters if letter.turn in {-1, upright}])  # no stamps, no watermarks
    found = (_line(raw, page, row) for row in rows)
    return [line for line in found if line is not None]


def _rows(letters: Sequence[_Letter]) -> list[list[_Letter]]:
    """Letters in lines: parted where pdfium says so, unless it goes on beside a raised number, and at wide gaps."""
    rows: list[list[_Letter]] = [[]]
    broken = False
    for letter in letters:
        if letter.text == "\n":
            broken = True
            continue
        if letter.turn >= 0 and rows[-1] and _is_apart(rows[-1], letter, broken=broken):
            rows.append([])
        elif broken and letter.turn < 0:
            continue  # a space after a line break
        broken = False
        rows[-1].append(letter)
        if letter.text in _BROKEN_HYPHEN:
            rows.append([])
    return rows


def _letters(raw: Any, page: Any) -> list[_Letter]:
    """The characters of a page; those that only part words or lines have a turn of -1."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    found = []
    for i in range(raw.FPDFText_CountChars(page)):
        text = chr(raw.FPDFText_GetUnicode(page, i))
        if text in "\r\n" or raw.FPDFText_IsGenerated(page, i):
            if text != "\r":
                found.append(_Letter(text, 0.0, 0.0, 0.0, 0.0, -1, i))
            continue
        raw.FPDFText_GetCharOrigin(page, i, x, y)
        raw.FPDFText_GetLooseCharBox(page, i, box)
        raw.FPDFText_GetMatrix(page, i, matrix)
        size = raw.FPDFText_GetFontSize(page, i) * math.hypot(matrix.c, matrix.d) or 1.0
        turn = round(raw.FPDFText_GetCharAngle(page, i) / (math.pi / 2)) % 4
        found.append(_Letter(text, *_upright(turn, x.value, y.value, box), size, turn, i))
    return found


def _upright(turn: int, x: float, y: float, box: Any) -> tuple[float, float, float]:
    """Left, base line and right of a letter, on the page as it is held to read it."""
    if turn == 0:
        return x, y, box.right
    if turn == 1:
        return -y, x, -box.bottom
    return (-x, -y, -box.left) if turn == 2 else (y, -x, box.top)  # noqa: PLR2004 - quarter turns


def _is_apart(row: Sequence[_Letter], letter: _Letter, *, broken: bool) -> bool:
    """Whether a letter begins another line.

    It does at quite another height (neither raised nor lowered), after a gap as wide as between the cells of
    a table, and after a line break, unless it goes on right behind at the same height.
    """
    placed = [each for each in row[-40:] if each.turn >= 0]
    if not placed:
        return broken
    main = max(placed, key=lambda each: each.size)
    size = max(main.size, letter.size)
    gap = letter.x - placed[-1].right
    if abs(main.y - letter.y) > _RAISED * size or gap > _CELL * size:
        return True
    return broken and not (abs(main.y - letter.y) < _LEVEL * size and -_LEVEL * size < gap < size)


def _line(raw: Any, page: Any, row: Sequence[_Letter]) -> Line | None:
    """Make a line of its letters; None when it is blank."""
    full = [letter for letter in row if letter.turn >= 0 and not letter.text.isspace()]
    if not full:
        return None
    size = Counter(round(letter.size, 1) for letter in full).most_common(1)[0][0]
    y = Counter(round(letter.y, 1) for letter in full if round(letter.size, 1) == size).most_common(1)[0][0]
    text, marks = _joined(row, size, y)
    if not text:
        return None
    bold = _is_bold(raw, page, full[0]) and _is_bold(raw, page, full[-1])
    right = max(letter.right for letter in full)
    return Line(text, min(letter.x for letter in full), y, right, size, bold, marks)


def _joined(row: Sequence[_Letter], size: float, y: float) -> tuple[str, list[tuple[int, str]]]:
    """The characters of a line, and the raised numbers among them."""
    text = ""
    marks: list[tuple[int, str]] = []
    end = -1
    for letter in row:
        part = "-" if letter.text in _BROKEN_HYPHEN else _SPACES.sub(" ", letter.text.translate(_LIGATURES))
        if part == " " and (text.endswith(" ") or not text):
            continue
        raised = letter.turn >= 0 and letter.size < 0.8 * size and letter.y > y + 0.1 * size
        if raised and text and part.isdigit():
            if marks and end == len(text):
                marks[-1] = (marks[-1][0], marks[-1][1] + part)
            else:
                marks.append((len(text), part))
            end = len(text) + 1
        text += part
    text = text.rstrip(" ").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return ("•" + text[1:] if _SYMBOL.match(text) else text), marks


def _is_bold(raw: Any, page: Any, letter: _Letter) -> bool:
    """Whether a letter is bold, by its weight or by what its font is called."""
    if raw.FPDFText_GetFontWeight(page, letter.index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(_NAME)
    raw.FPDFText_GetFontInfo(page, letter.index, name, _NAME, None)
    return b"bold" in name.raw.lower()
