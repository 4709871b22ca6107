"""What goes into a translation memory and what is left out, each with its reason."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Unpack

from align.errors import FormatError
from align.exporters.base import Header, Options, Wanted
from align.exporters.joining import join, paragraphs
from align.exporters.text import clean
from align.types import (
    Alignment,
    Bead,
    Document,
    Omission,
    OmissionCode,
    Paragraph,
    Segmented,
    Segtype,
    TranslationUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_METADATA: Final[dict[str, tuple[OmissionCode, str]]] = {
    "time": ("time", "time line"),
    "number": ("number", "document number"),
    "separator": ("separator", "separator"),
    "furniture": ("furniture", "page furniture"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of one bead.

    Attributes:
        bead: the bead.
        source: its source text on one line, may be empty.
        target: its target text on one line, may be empty.
        number: the number of its unit in the memory, from 1; 0 when it is left out.
        omission: why it is left out, or None.
        segtype: how it is cut.
    """

    bead: Bead
    source: str
    target: str
    number: int = 0
    omission: Omission | None = None
    segtype: Segtype = "sentence"

    @property
    def shape(self) -> str:
        """The number of sentences on each side, such as ``2-1``."""
        return f"{len(self.bead.source)}-{len(self.bead.target)}"


def units(alignment: Alignment, **wanted: Unpack[Wanted]) -> tuple[list[TranslationUnit], list[Omission]]:
    """Choose what a translation memory of `alignment` holds.

    Left out are all beads of two sides in one language, metadata paragraphs, nulls, beads without text on a
    side, with a very long text or with the same text on both sides, beads below ``min_confidence``, exact
    doubles, and all but one target of a source that was translated in several ways: a memory that holds two
    answers gives a different one in each tool. Kept is the commonest, then the surest.

    Args:
        alignment: beads between two documents in different languages.
        wanted: fields of `align.exporters.base.Options`; ``keep`` brings kinds of beads back.

    Returns:
        The units in document order, numbered from 1, and the omissions in document order; together
        they account for every bead.

    Raises:
        FormatError: the language of a side is unknown.
    """
    header_of(alignment)
    verdicts = judge(alignment, **wanted)
    chosen = list(units_of(verdicts, alignment))
    return chosen, [verdict.omission for verdict in verdicts if verdict.omission is not None]


def header_of(alignment: Alignment, options: Options | None = None) -> Header:
    """What a file of the units of `alignment` says of itself.

    Raises:
        FormatError: the language of a side is unknown.
    """
    source, target = alignment.source.document, alignment.target.document
    for document in (source, target):
        # "und" is BCP 47 for undetermined; no tool would ever look such a unit up.
        if document.lang in {"", "und"}:
            raise FormatError(
                f"{document.id}: a memory needs the language of each side; name it (-s, -t, source_lang, target_lang)"
            )
    created = options.created if options else None
    return Header(source.lang, target.lang, created, alignment.signature, name_of(source), name_of(target))


def name_of(document: Document) -> str:
    """What a file calls a document: without the folders, which are nobody else's business."""
    return document.id.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or document.id


def units_of(verdicts: Sequence[Verdict], alignment: Alignment) -> Iterator[TranslationUnit]:
    """The translation units of the beads that are kept."""
    languages = alignment.source.document.lang, alignment.target.document.lang
    for verdict in verdicts:
        if verdict.omission is None:
            yield TranslationUnit(
                id=str(verdict.number),
                variants=dict(zip(languages, (verdict.source, verdict.target), strict=True)),
                confidence=verdict.bead.confidence,
                segtype=verdict.segtype,
                shape=verdict.shape,
                note="moved: stands elsewhere in the translation" if verdict.bead.moved else "",
            )


def judge(alignment: Alignment, **wanted: Unpack[Wanted]) -> list[Verdict]:
    """Decide about every bead, in order; see `units` for the rules."""
    return judge_by(alignment, Options(**wanted))


def judge_by(alignment: Alignment, options: Options) -> list[Verdict]:
    """`judge`, by options that are made already."""
    joined = join(alignment, options.segtype, min_confidence=options.min_confidence)
    return _without_doubles([_judge_alone(bead, joined, options) for bead in joined.beads], options)


def _judge_alone(bead: Bead, alignment: Alignment, options: Options) -> Verdict:
    """Decide about a bead by what it is, without looking at the others."""
    source = clean(alignment.source.span(bead.source))
    target = clean(alignment.target.span(bead.target))
    reasons = _reasons(bead, alignment, source, target, options)
    omission = next((reason for reason in reasons if reason.code not in options.keep), None)
    return Verdict(bead, source, target, omission=omission, segtype=_segtype(bead, alignment, options.segtype))


def _segtype(bead: Bead, alignment: Alignment, wanted: Segtype) -> Segtype:
    if wanted != "sentence" and paragraphs(bead, alignment) == (1, 1):
        return "paragraph"
    return "sentence" if len(bead.source) == len(bead.target) == 1 else "block"


def _reasons(bead: Bead, alignment: Alignment, source: str, target: str, options: Options) -> Iterator[Omission]:
    """Everything that speaks against a bead, the weightiest first."""
    found = (
        _metadata(bead, alignment),
        _one_language(bead, alignment),
        _untranslated(bead),
        _empty(bead, source, target),
        _long(bead, source, target, options.max_length),
        _identical(bead, alignment, source, target),
        _unsure(bead, options.min_confidence),
    )
    return (omission for omission in found if omission is not None)


def _metadata(bead: Bead, alignment: Alignment) -> Omission | None:
    """A bead is about the page when any sentence in it is."""
    for side, indices in ((alignment.source, bead.source), (alignment.target, bead.target)):
        for index in indices:
            paragraph = _paragraph(side, index)
            if paragraph.is_metadata:
                code, reason = _METADATA[paragraph.kind]
                why = paragraph.reason.removeprefix("known page furniture").strip() if code == "furniture" else ""
                glue = " " if why.startswith("(") else ": "
                return Omission(bead, f"{reason}{glue}{why}" if why else reason, code)
    return None


def _paragraph(side: Segmented, index: int) -> Paragraph:
    return side.document.paragraphs[side.sentences[index].paragraph]


def _one_language(bead: Bead, alignment: Alignment) -> Omission | None:
    """A memory translates from one language into another: `und` is nobody's, so it is let through here."""
    source, target = alignment.source.document.lang.lower(), alignment.target.document.lang.lower()
    if source != target or source in {"", "und"}:
        return None
    return Omission(bead, "both sides are in one language", "language")


def _untranslated(bead: Bead) -> Omission | None:
    return Omission(bead, "untranslated: no counterpart", "untranslated") if bead.is_null else None


def _empty(bead: Bead, source: str, target: str) -> Omission | None:
    """An empty side must not reach a memory: a CAT tool would fill the segment with nothing."""
    return None if source and target else Omission(bead, "no text on a side", "empty")


def _long(bead: Bead, source: str, target: str, most: int) -> Omission | None:
    length = max(len(source), len(target))
    return Omission(bead, f"too long: {length} characters, more than {most}", "long") if length > most else None


def _identical(bead: Bead, alignment: Alignment, source: str, target: str) -> Omission | None:
    """The same text on both sides was not translated.

    Between regions of one language it may well be right, and a time line that somebody keeps is the same by nature.
    """
    if _metadata(bead, alignment):
        return None
    languages = {side.document.lang.lower().partition("-")[0] for side in (alignment.source, alignment.target)}
    if len(languages) == 1 or _key(source) != _key(target):
        return None
    return Omission(bead, "identical on both sides: not translated", "identical")


def _unsure(bead: Bead, least: float) -> Omission | None:
    if bead.confidence >= least:
        return None
    # Rounded down, so that no reason ever reads "0.50 below 0.50".
    shown = math.floor(bead.confidence * 100 + 1e-9) / 100
    return Omission(bead, f"confidence {shown:.2f} below {least:.2f}", "confidence")


def _without_doubles(verdicts: Sequence[Verdict], options: Options) -> list[Verdict]:
    """Keep one verdict a source text, number what is kept and give the rest their reasons."""
    best = _best(verdicts)
    codes = [_double(index, verdict, verdicts, best) for index, verdict in enumerate(verdicts)]
    kept = [
        index
        for index, (verdict, found) in enumerate(zip(verdicts, codes, strict=True))
        if verdict.omission is None and all(code in options.keep for code, _ in found)
    ]
    numbers = {index: number for number, index in enumerate(kept, start=1)}
    return [
        replace(verdict, number=numbers[index])
        if index in numbers
        else _refused(verdict, codes[index], numbers, options)
        for index, verdict in enumerate(verdicts)
    ]


def _best(verdicts: Sequence[Verdict]) -> dict[tuple[str, ...], int]:
    """The verdict that stays, by source text and by both texts: that of the commonest target, surest, first."""
    kept = [(index, verdict) for index, verdict in enumerate(verdicts) if verdict.omission is None]
    count = Counter(_pair(verdict) for _, verdict in kept)
    best: dict[tuple[str, ...], tuple[tuple[int, float], int]] = {}
    for index, verdict in kept:
        pair = _pair(verdict)
        rank = (count[pair], verdict.bead.confidence)
        for key in (pair, pair[:1]):
            if key not in best or rank > best[key][0]:
                best[key] = (rank, index)
    return {key: index for key, (_, index) in best.items()}


def _double(
    index: int, verdict: Verdict, verdicts: Sequence[Verdict], best: dict[tuple[str, ...], int]
) -> list[tuple[OmissionCode, int]]:
    """Why a verdict is one too many: each reason with the index of the verdict that stays instead of it."""
    if verdict.omission is not None:
        return []
    pair, found = _pair(verdict), list[tuple[OmissionCode, int]]()
    winner = best[pair[:1]]
    if _pair(verdicts[winner]) != pair:
        found.append(("conflict", winner))
    if best[pair] != index:
        found.append(("double", best[pair]))
    return found


def _refused(
    verdict: Verdict, found: list[tuple[OmissionCode, int]], numbers: dict[int, int], options: Options
) -> Verdict:
    """A verdict that is one too many, with the first reason that nobody waved aside."""
    if verdict.omission is not None:
        return verdict
    code, winner = next((code, winner) for code, winner in found if code not in options.keep)
    reason = f"same as unit {numbers[winner]}"
    if code == "conflict":
        reason = f"same source as unit {numbers[winner]}, other target"
    return replace(verdict, omission=Omission(verdict.bead, reason, code))


def _pair(verdict: Verdict) -> tuple[str, str]:
    return _key(verdict.source), _key(verdict.target)


def _key(text: str) -> str:
    """What makes two texts the same: OmegaT compares after composing (NFC), so ``й`` twice is one."""
    return unicodedata.normalize("NFC", text)
