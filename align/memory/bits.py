"""A set of whole numbers that are close together, a bit each."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Bits:
    """Numbers from 0 up; ten million need little more than a megabyte.

    Attributes:
        count: how many there are.
    """

    count: int = 0
    _bytes: bytearray = field(default_factory=bytearray)

    def add(self, number: int) -> None:
        """Put a number in."""
        missing = (number >> 3) + 1 - len(self._bytes)
        if missing > 0:
            self._bytes.extend(bytes(missing))
        self.count += number not in self
        self._bytes[number >> 3] |= 1 << (number & 7)

    def __contains__(self, number: object) -> bool:
        """Whether a number is in."""
        if not isinstance(number, int) or number >> 3 >= len(self._bytes):
            return False
        return bool(self._bytes[number >> 3] & 1 << (number & 7))

    def __len__(self) -> int:
        """How many there are."""
        return self.count
