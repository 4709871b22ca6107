"""Letters at places, as a PDF has them, into lines."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIGATURES: Final = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""Glyphs of printed pages that no keyboard has; a segment with one would never match."""

_BULLETS: Final = "".join(map(chr, range(0xE000, 0xF900))) + " "
"""Letters of symbol fonts, which mean nothing to anybody else: at the beginning of a line, a bullet."""

_SPACES: Final = re.compile(r"[ \t\r\f\v]+")
_NARROW: Final = frozenset("iljtfrI.,:;'’‘!|()[]/ -\xa0")
_WIDE: Final = frozenset("mwMWжшщюфымЖШЩЮФЫМД@—%…")
_CJK: Final = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")


@dataclass(slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: its characters, white space squeezed.
        x: where it begins, in points from the left.
        y: its base line, in points from the bottom.
        size: height of most of its letters, in points.
        bold: whether all of them are bold.
        marks: small raised numbers in it: where in `text`, and which; they may be marks of footnotes.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    marks: list[tuple[int, str]] = field(default_factory=list)

    @property
    def right(self) -> float:
        """Where it ends, about: the widths of letters are guessed."""
        return self.x + width(self.text) * self.size


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    x: float
    y: float
    size: float
    bold: bool


def width(text: str) -> float:
    """About how wide a text is set, in multiples of the height of its letters."""
    total = 0.0
    for character in text:
        if character in _NARROW:
            total += 0.29
        elif character in _WIDE:
            total += 0.8
        elif character.isupper():
            total += 0.66
        else:
            total += 1.0 if _CJK.match(character) else 0.5
    return total


def lines_of(page: Any) -> list[Line]:
    """The lines of a page, in the order in which they are drawn: column by column, as a rule."""
    rows: list[list[_Piece]] = [[]]

    def take(text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        matrix = _product(inner, outer)
        if abs(matrix[1]) > abs(matrix[0]):  # turned: a stamp in the margin, a watermark
            return
        height = abs(size) * math.hypot(matrix[2], matrix[3]) or 1.0
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        for i, part in enumerate(text.split("\n")):
            if i and rows[-1]:
                rows.append([])
            if part:
                _put(rows, _Piece(part, matrix[4], matrix[5], height, bold))

    page.extract_text(visitor_text=take)
    return [line for row in rows if (line := _line(row)) is not None]


def _put(rows: list[list[_Piece]], piece: _Piece) -> None:
    """Put a piece into the line that is being drawn, or begin another at another height."""
    row = [each for each in rows[-1] if not each.text.isspace()]
    if piece.text.isspace():
        rows[-1].append(piece)
        return
    if row:
        main = max(row, key=lambda each: each.size)
        if abs(main.y - piece.y) > 0.55 * max(main.size, piece.size):
            rows.append([piece])
            return
        last = row[-1]
        if last.text == piece.text and abs(last.x - piece.x) < 0.2 * piece.size:
            return  # drawn twice, to look bold
    rows[-1].append(piece)


def _line(row: Sequence[_Piece]) -> Line | None:
    """Make a line of its pieces; None when it is blank."""
    full = [piece for piece in row if not piece.text.isspace()]
    if not full:
        return None
    sizes = Counter[float]()
    for piece in full:
        sizes[round(piece.size, 1)] += len(piece.text)
    size = sizes.most_common(1)[0][0]
    base = Counter[float]()
    for piece in full:
        base[round(piece.y, 1)] += len(piece.text)
    y = base.most_common(1)[0][0]
    text, marks = _joined(row, size, y)
    text = text.lstrip(_BULLETS)
    if not text:
        return None
    return Line(text, full[0].x, y, size, all(piece.bold for piece in full), marks)


def _joined(row: Sequence[_Piece], size: float, y: float) -> tuple[str, list[tuple[int, str]]]:
    """The characters of a line, and the raised numbers among them."""
    text = ""
    marks = []
    for piece in row:
        part = _SPACES.sub(" ", piece.text.translate(_LIGATURES))
        if text.endswith(" ") or not text:
            part = part.lstrip(" ")
        is_raised = piece.size < 0.8 * size and piece.y > y + 0.1 * size
        if is_raised and text and part.strip().isdigit():
            marks.append((len(text), part.strip()))
        text += part
    return text.rstrip(" "), marks


def _product(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    """The matrix that does first `a`, then `b` (PDF 32000-1, section 8.3.4)."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )
