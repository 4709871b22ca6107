"""Units that come more than once, in one memory or in several; found without holding a memory in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from align.memory.bits import Bits
from align.memory.ledger import Ledger, fingerprint
from align.memory.rules import Finding
from corpora.codes import primary_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from align.memory.entries import Entry

Choice = Literal["commonest", "surest", "newest", "first", "last", "all"]
"""Which of several targets of one source stays: ties go to the surest, then to the first."""
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)

_SHOWN: Final = 10
_DATES: Final = ("changedate", "creationdate")


@dataclass(slots=True)
class Doubles:
    """Which entries to leave out, by their number from 0 over all memories.

    Attributes:
        gone: their numbers.
        doubles: how many are the same as one that stays.
        conflicts: how many have the source of one that stays, and another target.
        shown: the first of both, with the line where they stand.
    """

    gone: Bits = field(default_factory=Bits)
    doubles: int = 0
    conflicts: int = 0
    shown: list[Finding] = field(default_factory=list)

    def drop(self, number: int, line: int, code: str) -> None:
        """Leave an entry out."""
        self.gone.add(number)
        if code == "double":
            self.doubles += 1
        else:
            self.conflicts += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(Finding(line, code))


def find_doubles(entries: Iterable[Entry], source: str, choice: Choice = "commonest") -> Doubles:
    """Find entries that are the same as another, and those with the same source and another target.

    Args:
        entries: clean ones, of one memory or of several on end.
        source: the source language.
        choice: which of several targets of one source stays; ``all`` keeps one of each.

    Returns:
        The entries to leave out. Texts are compared composed (NFC), as OmegaT does.
    """
    found = Doubles()
    with Ledger(width=5) as ledger:
        for number, entry in enumerate(entries):
            ledger.add(*keys(entry, source), rank_of(entry, choice), entry.line, number)
        for group in ledger.groups():
            _judge(group.tolist(), choice, found)
    return found


def keys(entry: Entry, source: str) -> tuple[int, int]:
    """What stands for the source with the languages, and what for the targets."""
    first = entry.variant(source) or entry.variants[0]
    others = sorted((each.lang.lower(), each.text) for each in entry.variants if each is not first)
    languages = " ".join(lang for lang, _ in others)
    key = fingerprint(f"{primary_language(first.lang)}\t{languages}\t{first.text}")
    return key, fingerprint("\t".join(text for _, text in others))


def rank_of(entry: Entry, choice: Choice) -> int:
    """A number that grows with how much an entry is to be preferred."""
    if choice in {"first", "last"}:
        return 0
    if choice == "newest":
        dates = (
            attributes.get(name, "")
            for attributes in (entry.attributes, *(each.attributes for each in entry.variants))
            for name in _DATES
        )
        return max((int(date[:8] + date[9:15]) for date in dates if date), default=0)
    confidence = entry.confidence
    return round((1.0 if confidence is None else confidence) * 1_000_000)


def _judge(group: list[list[int]], choice: Choice, found: Doubles) -> None:
    """Rows of one source: value, rank, line and number of each."""
    best: dict[int, list[int]] = {}
    for row in group:
        kept = best.get(row[1])
        # Of equal units the surest (or newest) stays, and of those the first.
        if kept is None or row[2] > kept[2]:
            best[row[1]] = row
    winner = None if choice == "all" else _winner(group, best, choice)
    for row in group:
        if winner is not None and row[1] != winner:
            found.drop(row[4], row[3], "conflict")
        elif best[row[1]] is not row:
            found.drop(row[4], row[3], "double")


def _winner(group: list[list[int]], best: dict[int, list[int]], choice: Choice) -> int:
    if choice in {"first", "last"}:
        return group[0 if choice == "first" else -1][1]
    counts = Counter(row[1] for row in group) if choice == "commonest" else Counter[int]()
    preferred: Callable[[int], tuple[int, int, int]] = lambda value: (  # noqa: E731
        counts[value],
        best[value][2],
        -best[value][4],
    )
    return max(best, key=preferred)


def without(entries: Iterable[Entry], found: Doubles) -> Iterator[Entry]:
    """The entries that stay."""
    return (entry for number, entry in enumerate(entries) if number not in found.gone)
