"""What names documents, compared: number, file name, address, date. No content is looked at here."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpora.identity import address_keys
from corpora.naming import name_identifiers, name_keys, named_languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.matching.collecting import Entry

_NUMBER: Final = 9.0
_LATE_NUMBER: Final = 4.5
"""At the end of a text the number of another document may stand."""
_NUMBERS_DIFFER: Final = -4.0
_NAME: Final = 6.5
_NAMED_OTHERWISE: Final = -2.0
_WRONG_LANGUAGE: Final = -1.0
_ADDRESS: Final = 6.0
_IDENTIFIER: Final = 4.0
_DATE: Final = 3.0
"""The most that a date is worth; less where several documents are of that day."""
_DATES_DIFFER: Final = -1.5
_DATES_CLOSE: Final = -0.3
_CLOSE: Final = 7
"""Days within which a translation usually follows."""
_CROWD: Final = 20
"""So many pairs that share one key say nothing of each other."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence.

    Attributes:
        nats: logarithm of how much likelier it is in a translation than in another pair; below 0 it speaks against.
        words: what it is, for people.
    """

    nats: float
    words: str


class Keys:
    """Which documents share a key, such as a file name without its language."""

    def __init__(self, source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> None:
        """Index the keys of each document of both sides."""
        self._keys = source, target
        self._owners: tuple[dict[str, list[int]], dict[str, list[int]]] = (defaultdict(list), defaultdict(list))
        for keys, owners in zip(self._keys, self._owners, strict=True):
            for at, found in enumerate(keys):
                for key in sorted(found):
                    owners[key].append(at)

    def shared(self, one: int, other: int) -> list[str]:
        """Keys that a pair shares, rarest first, then longest."""
        both = self._keys[0][one] & self._keys[1][other]
        return sorted(both, key=lambda key: (self.crowd(key), -len(key), key))

    def crowd(self, key: str) -> int:
        """How many pairs share a key."""
        return len(self._owners[0].get(key, ())) * len(self._owners[1].get(key, ()))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs that share a key which few others share."""
        for key, ones in self._owners[0].items():
            if 0 < self.crowd(key) <= _CROWD:
                yield from ((one, other) for one in ones for other in self._owners[1][key])


class Identities:
    """What names the documents of two sides."""

    def __init__(self, source: Sequence[Entry], target: Sequence[Entry], langs: tuple[str, str]) -> None:
        """Look at the names of all documents once.

        Args:
            source: the documents of one language.
            target: those of the other.
            langs: both languages.
        """
        self._sides = source, target
        self._langs = langs
        self._numbers, self._names, self._addresses, self._identifiers = (
            Keys([of(entry) for entry in source], [of(entry) for entry in target])
            for of in (_number, self._name, self._address, _identifiers)
        )
        self._days = tuple(Counter(entry.day for entry in side if entry.day) for side in self._sides)
        self._wrong = [
            {at for at, entry in enumerate(side) if named_languages(entry.name, langs) == {other}}
            for side, other in ((source, langs[1]), (target, langs[0]))
        ]
        self._named = [defaultdict(list), defaultdict(list)]  # type: ignore[var-annotated]
        for one, other in sorted(set(self._names.pairs())):
            self._named[0][one].append(other)
            self._named[1][other].append(one)

    def pairs(self) -> set[tuple[int, int]]:
        """All pairs that anything but a date speaks for, and few others share it."""
        kinds = (self._numbers, self._names, self._addresses, self._identifiers)
        return {pair for keys in kinds for pair in keys.pairs()}

    def signs(self, one: int, other: int) -> list[Sign]:
        """What names say of a pair, the most trusted first."""
        found = (self._by_number, self._by_name, self._by_language, self._by_address, self._by_date)
        return [sign for look in found if (sign := look(one, other)) is not None]

    def _by_number(self, one: int, other: int) -> Sign | None:
        first, second = self._sides[0][one].number, self._sides[1][other].number
        if first is None or second is None:
            return None
        if first != second:
            return Sign(_NUMBERS_DIFFER, f"the document numbers differ ({first}, {second})")
        late = self._sides[0][one].number_late or self._sides[1][other].number_late
        worth = (_LATE_NUMBER if late else _NUMBER) - math.log(self._numbers.crowd(first))
        return Sign(worth, f"document number {first}" + (", at the end" if late else ""))

    def _by_name(self, one: int, other: int) -> Sign | None:
        shared = self._names.shared(one, other)
        if shared:
            worth = _NAME - math.log(self._names.crowd(shared[0]))
            called = shared[0] or self._langs[0] + "/" + self._langs[1]
            return Sign(worth, f"file name “{called}”") if worth > 0 else None
        elsewhere = self._named[0].get(one) or self._named[1].get(other)
        if not elsewhere:
            return None
        side = 1 if self._named[0].get(one) else 0
        return Sign(_NAMED_OTHERWISE, f"by its name it belongs to {self._sides[side][elsewhere[0]].name}")

    def _by_language(self, one: int, other: int) -> Sign | None:
        for side, index, wrong in ((self._sides[0], one, self._wrong[0]), (self._sides[1], other, self._wrong[1])):
            if index in wrong:
                return Sign(_WRONG_LANGUAGE, f"{side[index].name} is in {side[index].lang}, not as its name says")
        return None

    def _by_address(self, one: int, other: int) -> Sign | None:
        shared = self._addresses.shared(one, other)
        if shared:
            return Sign(_ADDRESS - math.log(self._addresses.crowd(shared[0])), f"address {shared[0]}")
        shared = self._identifiers.shared(one, other)
        if shared:
            return Sign(_IDENTIFIER - math.log(self._identifiers.crowd(shared[0])), f"identifier {shared[0]}")
        return None

    def _by_date(self, one: int, other: int) -> Sign | None:
        first, second = self._sides[0][one].day, self._sides[1][other].day
        if first is None or second is None:
            return None
        if first != second:
            near = abs((first - second).days) <= _CLOSE
            return Sign(_DATES_CLOSE if near else _DATES_DIFFER, f"the dates differ ({first}, {second})")
        rarest = max(len(side) / days[first] for side, days in zip(self._sides, self._days, strict=True))
        return Sign(min(_DATE, 0.5 + math.log(rarest)), f"date {first}")

    def _name(self, entry: Entry) -> frozenset[str]:
        return name_keys(entry.name, self._langs)

    def _address(self, entry: Entry) -> frozenset[str]:
        addresses = (*filter(None, [entry.address]), *entry.alternates)
        own = address_keys(entry.address, self._langs) if entry.address else frozenset()
        return own | {address.rstrip("/") for address in addresses}


def _number(entry: Entry) -> frozenset[str]:
    return frozenset({entry.number} if entry.number else ())


def _identifiers(entry: Entry) -> frozenset[str]:
    return name_identifiers(entry.name)
