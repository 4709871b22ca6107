"""Choosing one language of a file that holds several."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from corpora.codes import same_language
from corpora.document import Paragraph
from corpora.errors import ReadError
from corpora.readers.content import Content, Side, Sides

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART = "\n"


def choose(sides: Sides, lang: str | None, other: str | None, name: str) -> Side:
    """The side in a language, or the first that is not in the other one.

    Args:
        sides: all languages of the file.
        lang: the language wanted, BCP 47; None for any. Regions count only where they tell two sides
            apart.
        other: the language that is not wanted; None for none.
        name: what to call the file in errors.

    Raises:
        ReadError: there is no such side.
    """
    if lang is not None:
        wanted = [side for side in sides.sides if side.lang.lower() == lang.lower()]
        wanted += [side for side in sides.sides if side.lang and same_language(side.lang, lang)]
        wanted += [side for side in sides.sides if not side.lang]
    else:
        wanted = [side for side in sides.sides if other is None or not same_language(side.lang, other)]
    if not wanted:
        langs = ", ".join(side.lang for side in sides.sides)
        raise ReadError(f"{name}: holds {langs} and nothing else; give one of them with -s, -t or -l")
    return wanted[0]


def listed(side: Side, sides: Sides, *, blank: bool) -> Content:
    """One side as a text with a paragraph for each row.

    Args:
        side: the side.
        sides: what it is a side of.
        blank: whether a row that is empty in this language is a paragraph too, an empty one.
    """
    rows = side.rows if blank else tuple(filter(None, side.rows))
    metadata = {**sides.metadata, "languages": " ".join(filter(None, (each.lang for each in sides.sides)))}
    return Content(_PART.join(rows), tuple(_spans(rows)), MappingProxyType(metadata), is_labelled=True)


def _spans(rows: Iterable[str]) -> Iterable[Paragraph]:
    at = 0
    for row in rows:
        yield Paragraph(at, at + len(row))
        at += len(row) + len(_PART)
