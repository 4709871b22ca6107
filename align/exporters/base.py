"""What every exporter is: a name, a suffix and one function that writes bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from align.types import Alignment, Omission

DEFAULT_MIN_CONFIDENCE: Final = 0.3
"""Beads below this confidence are kept out of a memory unless the caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may ask of any exporter; each takes what concerns it.

    Attributes:
        min_confidence: beads below are kept out of a memory, in [0, 1].
        created: the moment a file says it was made; None means ``SOURCE_DATE_EPOCH``, else now.
    """

    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    created: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what is no probability.

        Raises:
            ValueError: `min_confidence` is not in [0, 1].
        """
        if not 0.0 <= self.min_confidence <= 1.0:
            raise ValueError(f"min_confidence must be from 0 to 1, not {self.min_confidence}")


@dataclass(frozen=True, slots=True)
class Written:
    """What one exporter put into one stream.

    Attributes:
        units: units, rows or beads written.
        omissions: beads that the format leaves out, in document order, each with its reason.
    """

    units: int
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that an alignment can be written in.

    Attributes:
        name: what ``--to`` and ``format=`` call it.
        suffixes: file name endings, lower case with the dot; the first is the usual one.
        description: a line for help texts.
        write: writes an alignment into an open binary stream.
        binary: whether the bytes are no UTF-8 text, so that `render` cannot show them.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    write: Callable[[Alignment, BinaryIO, Options], Written]
    binary: bool = False


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What became of one `align.exporters.write`.

    Attributes:
        path: the file as the caller named it.
        format: the exporter's name.
        units: units, rows or beads in the file; 0 means a valid file that holds nothing.
        omissions: beads that the file leaves out, in document order, each with its reason.
    """

    path: Path
    format: str
    units: int
    omissions: tuple[Omission, ...] = ()
