"""Formats of one bead a line, as aligners print them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from align.errors import FormatError
from align.evaluation.documents import Annotated
from align.types import Bead

_LADDER: Final = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*\S+)?")
_LINK: Final = re.compile(r"(omitted|[\d,\s]*)\s*<=>\s*(omitted|[\d,\s]*)", re.IGNORECASE)
_INDICES: Final = re.compile(r"\s*(?:\d+\s*(?:,\s*\d+\s*)*,?\s*)?")
_RUNG: Final = re.compile(r"(\d+)\t(\d+)(?:\t(\S*))?")
_MOST: Final = 100_000_000
"""No document has so many sentences; a larger number is no index."""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.rstrip("\r")
        if stripped.strip() and not stripped.startswith("#"):
            yield number, stripped


def from_beads(text: str, name: str) -> list[Annotated]:
    """``3,4<TAB>3<TAB>0.981``, as ``--to beads`` prints; the confidence may be absent.

    Raises:
        FormatError: a line is no such bead; ``path:line``.
    """
    beads, sure = [], True
    for number, line in numbered(text):
        fields = line.split("\t")
        if len(fields) not in {2, 3}:
            raise FormatError(
                f"{name}:{number}: expected source indices, target indices and confidence, parted by tabs"
            )
        sure = sure and len(fields) == 3  # noqa: PLR2004  # the third is the confidence
        where = f"{name}:{number}"
        confidence = _confidence(fields[2], where) if sure else 1.0
        beads.append(Bead(indices(fields[0], where), indices(fields[1], where), confidence))
    return [Annotated("", tuple(beads), sure=sure and bool(beads))]


def from_ladder(text: str, name: str) -> list[Annotated]:
    """``[0, 1]:[0]:0.123``, as vecalign and bertalign print; what follows the second colon is a cost of theirs.

    Raises:
        FormatError: a line is no such bead; ``path:line``.
    """
    return [Annotated("", tuple(_matched(text, name, _LADDER, "[0, 1]:[0]", first=0)))]


def from_links(text: str, name: str) -> list[Annotated]:
    """``1,2 <=> 1``, as Champollion prints, from 1; ``omitted`` stands for an empty side.

    Raises:
        FormatError: a line is no such bead; ``path:line``.
    """
    return [Annotated("", tuple(_matched(text, name, _LINK, "1,2 <=> 1", first=1)))]


def from_rungs(text: str, name: str) -> list[Annotated]:
    """A ladder of hunalign's: each line is a cut through both texts, and a bead lies between two cuts.

    Raises:
        FormatError: a line is no rung, or they go down; ``path:line``.
    """
    rungs: list[tuple[int, int, int]] = []
    for number, line in numbered(text):
        found = _RUNG.fullmatch(line)
        if not found:
            raise FormatError(f"{name}:{number}: expected a rung of a hunalign ladder: two numbers and a score")
        rungs.append((number, _index(found[1], f"{name}:{number}"), _index(found[2], f"{name}:{number}")))
    beads = []
    for (_, i, j), (number, below, after) in pairwise(rungs):
        if below < i or after < j:
            raise FormatError(f"{name}:{number}: the ladder goes back: {below}, {after} after {i}, {j}")
        beads.append(Bead(tuple(range(i, below)), tuple(range(j, after))))
    return [Annotated("", tuple(bead for bead in beads if bead.source or bead.target))]


def _matched(text: str, name: str, pattern: re.Pattern[str], like: str, first: int) -> Iterator[Bead]:
    for number, line in numbered(text):
        found = pattern.fullmatch(line.strip())
        if not found:
            raise FormatError(f"{name}:{number}: expected a bead like {like}")
        where = f"{name}:{number}"
        source, target = (indices(side, where, first) for side in found.groups())
        yield Bead(source, target)


def indices(field: str, where: str, first: int = 0) -> tuple[int, ...]:
    """Comma-separated sentence numbers that begin at `first`, as indices from 0.

    Raises:
        FormatError: they are no ascending numbers.
    """
    if field.strip().casefold() == "omitted":
        return ()
    if not _INDICES.fullmatch(field):
        raise FormatError(f"{where}: {field!r} is no comma-separated list of sentence numbers")
    found = [_index(digits, where) - first for digits in re.findall(r"\d+", field)]
    if sorted(set(found)) != found or (found and found[0] < 0):
        raise FormatError(f"{where}: the sentence numbers {field!r} do not rise from {first} on")
    return tuple(found)


def _index(digits: str, where: str) -> int:
    if len(digits) > len(str(_MOST)):
        raise FormatError(f"{where}: {digits[:20]}… is too large for the number of a sentence")
    return int(digits)


def _confidence(field: str, where: str) -> float:
    try:
        value = float(field)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= 1.0:
        raise FormatError(f"{where}: {field!r} is no confidence from 0 to 1")
    return value
