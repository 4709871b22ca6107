"""What every exporter is: a name, endings, and functions that write an alignment or a stream of units."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TypedDict, get_args

from align.errors import FormatError
from align.types import OmissionCode, Segtype

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from align.types import Alignment, Omission, TranslationUnit

DEFAULT_MIN_CONFIDENCE: Final = 0.7
"""Beads below are kept out of a memory that is used unseen: in news and the Bible .99 of the rest is right, in novels
less (docs/aligner.md, *Confidence*)."""

REVIEW_MIN_CONFIDENCE: Final = 0.5
"""Beads below are kept out of what people review, where the doubtful ones are marked and must not be hidden."""

DEFAULT_MAX_LENGTH: Final = 5000
"""Beads with a longer side, in characters, are kept out of a memory: no tool cuts such a segment."""

Flavour = Literal["plain", "omegat", "trados", "memoq"]
"""The CAT tool that a memory is made for; see docs/tmx.md for what differs."""

NEVER_KEPT: Final[frozenset[OmissionCode]] = frozenset({"untranslated", "empty", "language"})
"""Reasons that nobody can wave aside: a unit needs a text in each of two languages."""

KEEPABLE: Final[tuple[OmissionCode, ...]] = tuple(code for code in get_args(OmissionCode) if code not in NEVER_KEPT)
"""Reasons that ``keep`` brings back into a memory."""


class Wanted(TypedDict, total=False):
    """The fields of `Options` as keyword arguments."""

    min_confidence: float | None
    created: datetime | None
    keep: Collection[OmissionCode]
    max_length: int
    flavour: Flavour
    segtype: Segtype
    penalties: bool


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may ask of any exporter; each takes what concerns it.

    Attributes:
        min_confidence: beads below are kept out of a memory, in [0, 1]; None leaves it to each format.
        created: the moment a file says it was made; None means ``SOURCE_DATE_EPOCH``, else now.
        keep: kinds of beads that a memory would leave out and is to hold all the same, of `KEEPABLE`.
        max_length: beads with a longer side are kept out of a memory, in characters.
        flavour: the CAT tool that a memory is made for.
        segtype: how long a unit is to be: as aligned, by whole paragraphs, or by stretches of paragraphs.
        penalties: write less sure units into OmegaT's ``penalty-NN`` folders beside the memory.
    """

    min_confidence: float | None = None
    created: datetime | None = None
    keep: Collection[OmissionCode] = field(default=())
    max_length: int = DEFAULT_MAX_LENGTH
    flavour: Flavour = "plain"
    segtype: Segtype = "sentence"
    penalties: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ValueError: `min_confidence` is not in [0, 1], `max_length` is not positive, or a word is unknown.
        """
        if not 0.0 <= self.least <= 1.0:
            raise ValueError(f"min_confidence must be from 0 to 1, not {self.min_confidence}")
        if self.max_length < 1:
            raise ValueError(f"max_length must be at least 1, not {self.max_length}")
        _refuse_unknown("flavour", self.flavour, get_args(Flavour))
        _refuse_unknown("segtype", self.segtype, get_args(Segtype))
        for code in self.keep:
            _refuse_unknown("keep", code, KEEPABLE)

    @property
    def least(self) -> float:
        """The least confidence of what is kept; where nobody says, that of a memory that is used unseen."""
        return DEFAULT_MIN_CONFIDENCE if self.min_confidence is None else self.min_confidence


def _refuse_unknown(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Header:
    """What a file of translation units says of itself, and which languages its units are in.

    Attributes:
        source_lang: BCP 47 code of the source language, the same as on the units.
        target_lang: BCP 47 code of the target language; formats that hold more write the others too.
        created: when the file was made; None means ``SOURCE_DATE_EPOCH``, else now.
        signature: what made the alignment, or empty.
        source_name: names the source document, for people, or empty.
        target_name: names the target document, or empty.
    """

    source_lang: str
    target_lang: str
    created: datetime | None = None
    signature: str = ""
    source_name: str = ""
    target_name: str = ""

    def pair(self, unit: TranslationUnit) -> tuple[str, str]:
        """The texts of a unit in the two languages of the file.

        Raises:
            FormatError: the unit has no text in one of them.
        """
        try:
            return unit.variants[self.source_lang], unit.variants[self.target_lang]
        except KeyError as error:
            raise FormatError(f"unit {unit.id} has no text in {error.args[0]!r}") from None


def creation_date(given: datetime | None = None) -> datetime:
    """The moment to write into a file: `given`, else ``SOURCE_DATE_EPOCH``, else now; in UTC.

    Raises:
        FormatError: ``SOURCE_DATE_EPOCH`` is set but no number of seconds.
    """
    if given is not None:
        return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise FormatError(f"SOURCE_DATE_EPOCH is no number of seconds since 1970: {epoch!r}") from None


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
        write_units: writes units as they come, in constant memory, and says how many; None for formats
            that need to know the documents (`beads`, `jsonl`). `align.exporters.write_units` calls it.
        write_sides: the same into two streams, one a language, for formats that are two files; such a
            format's `write` and `write_units` only raise.
        what: what the format counts: ``rows`` or ``units``.
        penalties: whether `Options.penalties` means anything to it.
        min_confidence: beads below are left out where the caller says nothing else. The lower one is for formats that
            people review or that mark doubtful pairs; what programs take unseen holds only what is sure enough.
        reports: whether it lists what the memories beside it leave out.
        needs: a module that must be installed, and the extra that installs it.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    write: Callable[[Alignment, BinaryIO, Options], Written]
    binary: bool = False
    write_units: Callable[[BinaryIO, Iterable[TranslationUnit], Header, Options], int] | None = None
    write_sides: Callable[[tuple[BinaryIO, BinaryIO], Iterable[TranslationUnit], Header, Options], int] | None = None
    what: Literal["rows", "units"] = "rows"
    penalties: bool = False
    min_confidence: float = REVIEW_MIN_CONFIDENCE
    reports: bool = False
    needs: tuple[str, str] | None = None

    def suited(self, options: Options) -> Options:
        """`options` with the least confidence that this format has where the caller names none.

        OmegaT's penalties mark what is doubtful, so that a memory with them leaves out no more than a review.
        """
        if options.min_confidence is not None:
            return options
        marked = options.penalties and self.penalties
        return replace(options, min_confidence=REVIEW_MIN_CONFIDENCE if marked else self.min_confidence)


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What became of one `align.exporters.write`.

    Attributes:
        path: the file as the caller named it.
        format: the exporter's name.
        units: units, rows or beads in the file; 0 means a valid file that holds nothing.
        omissions: beads that the file leaves out, in document order, each with its reason.
        files: the files that were written, where they are not just `path`.
        min_confidence: beads below were left out, in [0, 1]; 0 where nothing was judged.
    """

    path: Path
    format: str
    units: int
    omissions: tuple[Omission, ...] = ()
    files: tuple[Path, ...] = ()
    min_confidence: float = 0.0
