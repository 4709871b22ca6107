"""`compare`: which units two memories do not share, whatever their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from align.memory.bits import Bits
from align.memory.doubles import keys
from align.memory.ledger import Ledger
from align.memory.memories import open_memory

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Container, Iterator

    from align.memory.entries import Entry

_MOST: Final = 100_000


@dataclass(slots=True)
class Difference:
    """What two memories do not share.

    Attributes:
        same: units that both have.
        added: numbers of units that only the second has, and whose source the first does not have.
        removed: numbers of units that only the first has, and whose source the second does not have.
        changed: number in the first to number in the second of units with one source and two targets.
    """

    same: int = 0
    added: Bits = field(default_factory=Bits)
    removed: Bits = field(default_factory=Bits)
    changed: dict[int, int] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether both hold the same units."""
        return not (self.added or self.removed or self.changed)


def compare(
    first: str | os.PathLike[str],
    second: str | os.PathLike[str],
    *,
    progress: Callable[[int], None] | None = None,
) -> Difference:
    """Compare two memories unit by unit: languages and texts, composed (NFC); not properties, not the order.

    A unit that comes twice in one and once in the other is a difference.

    Raises:
        ReadError: a file cannot be opened.
    """
    found = Difference()
    with Ledger(width=4) as ledger:
        for side, path in enumerate((first, second)):
            with open_memory(path, progress=progress) as memory:
                for number, entry in enumerate(memory.entries):
                    ledger.add(*keys(entry, memory.header.srclang), side, number)
        for group in ledger.groups(single=True):
            _judge(group.tolist(), found)
    return found


def _judge(group: list[list[int]], found: Difference) -> None:
    """Rows of one source: value, side and number of each."""
    left: dict[int, list[int]] = {}
    right: dict[int, list[int]] = {}
    for _, value, side, number in group:
        (right if side else left).setdefault(value, []).append(number)
    gone, new = [], []
    for value in {**left, **right}:
        mine, others = left.get(value, []), right.get(value, [])
        shared = min(len(mine), len(others))
        found.same += shared
        gone += mine[shared:]
        new += others[shared:]
    gone.sort()
    new.sort()
    # Beyond so many that nobody reads them, a change is a removal and an addition.
    both = min(len(gone), len(new)) if len(found.changed) < _MOST else 0
    found.changed.update(zip(gone[:both], new[:both], strict=True))
    for number in gone[both:]:
        found.removed.add(number)
    for number in new[both:]:
        found.added.add(number)


def differing(path: str | os.PathLike[str], numbers: Container[int]) -> Iterator[tuple[int, Entry]]:
    """The entries of a memory with these numbers, in order."""
    with open_memory(path) as memory:
        for number, entry in enumerate(memory.entries):
            if number in numbers:
                yield number, entry
