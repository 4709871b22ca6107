"""What goes into a translation memory and what is left out, each with its reason."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Unpack

from align.errors import FormatError
from align.exporters.base import Header, Options, Wanted
from align.exporters.doubles import key, winners
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
from corpora.codes import same_language

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
        source, target = len(self.bead.source), len(self.bead.target)
        return "1-1" if source == target == 1 else f"{source}-{target}"


def units(alignment: Alignment, **wanted: Unpack[Wanted]) -> tuple[list[TranslationUnit], list[Omission]]:
    """Choose what a translation memory of `alignment` holds.

    Left out are all beads of two sides in one language, metadata paragraphs, nulls, beads without text on a
    side, with a very long text or with the same text on both sides, beads below ``min_confidence``, exact
    doubles, and all but one target of a source that was translated in several ways: a memory that holds two
    answers gives a different one in each tool. Kept is the commonest, then the surest.

    Args:
        alignment: beads between two documents in different languages.
        wanted: fields of `align.exporters.base.Options`; ``keep`` brings kinds of beads back. Without
            ``min_confidence`` it is a memory that is used unseen, as TMX is (`DEFAULT_MIN_CONFIDENCE`).

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
    first, second = alignment.source.document.lang, alignment.target.document.lang
    for verdict in verdicts:
        if verdict.omission is None:
            yield TranslationUnit(
                str(verdict.number),
                {first: verdict.source, second: verdict.target},
                verdict.bead.confidence,
                "moved: stands elsewhere in the translation" if verdict.bead.moved else "",
                verdict.segtype,
                verdict.shape,
            )


def judge(alignment: Alignment, **wanted: Unpack[Wanted]) -> list[Verdict]:
    """Decide about every bead, in order; see `units` for the rules."""
    return judge_by(alignment, Options(**wanted))


def judge_by(alignment: Alignment, options: Options) -> list[Verdict]:
    """`judge`, by options that are made already."""
    joined = join(alignment, options.segtype, min_confidence=options.least)
    grounds = _Grounds.of(joined, options)
    judged = [_judge_alone(bead, joined, grounds) for bead in joined.beads]
    numbers = _without_doubles(joined.beads, judged, options)
    return [
        Verdict(bead, source, target, number, omission, _segtype(bead, joined, options.segtype))
        for bead, (source, target, omission), number in zip(joined.beads, judged, numbers, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What is the same for all beads of an alignment, or looked up for each.

    Attributes:
        options: what the caller asked for.
        metadata: sentences of each side that belong to the page.
        one_language: both sides are in the same language.
        regional: they are in the same language but for the region, or in the same.
    """

    options: Options
    metadata: tuple[frozenset[int], frozenset[int]]
    one_language: bool
    regional: bool

    @classmethod
    def of(cls, alignment: Alignment, options: Options) -> _Grounds:
        sides = alignment.source, alignment.target
        source, target = (side.document.lang.lower() for side in sides)
        page = [{at for at, each in enumerate(side.document.paragraphs) if each.is_metadata} for side in sides]
        first, second = (
            frozenset(at for at, sentence in enumerate(side.sentences) if sentence.paragraph in about)
            if about
            else frozenset[int]()
            for side, about in zip(sides, page, strict=True)
        )
        # A memory translates from one language into another: `und` is nobody's, so it is let through here.
        one = source == target and source not in {"", "und"}
        return cls(options, (first, second), one, same_language(source, target))

    def are_fine(self, bead: Bead, source: str, target: str) -> bool:
        """Whether nothing speaks against a bead: soon told of nearly every one."""
        most = self.options.max_length
        return (
            bead.confidence >= self.options.least
            and 0 < len(source) <= most
            and 0 < len(target) <= most
            and not self.one_language
            and (self.regional or key(source) != key(target))
            and not self.is_about_the_page(bead)
        )

    def is_about_the_page(self, bead: Bead) -> bool:
        """Whether any sentence of a bead belongs to the page."""
        source, target = self.metadata
        return not (source.isdisjoint(bead.source) and target.isdisjoint(bead.target))


_Judged = tuple[str, str, Omission | None]
"""Both texts of a bead, each on one line, and what speaks against it."""


def _judge_alone(bead: Bead, alignment: Alignment, grounds: _Grounds) -> _Judged:
    """Decide about a bead by what it is, without looking at the others."""
    source = clean(alignment.source.span(bead.source))
    target = clean(alignment.target.span(bead.target))
    if grounds.are_fine(bead, source, target):
        return source, target, None
    reasons = _reasons(bead, alignment, (source, target), grounds)
    return source, target, next((reason for reason in reasons if reason.code not in grounds.options.keep), None)


def _segtype(bead: Bead, alignment: Alignment, wanted: Segtype) -> Segtype:
    if wanted != "sentence" and paragraphs(bead, alignment) == (1, 1):
        return "paragraph"
    return "sentence" if len(bead.source) == len(bead.target) == 1 else "block"


def _reasons(bead: Bead, alignment: Alignment, texts: tuple[str, str], grounds: _Grounds) -> Iterator[Omission]:
    """Everything that speaks against a bead, the weightiest first."""
    (source, target), options = texts, grounds.options
    about = grounds.is_about_the_page(bead)
    if about:
        yield _metadata(bead, alignment)
    if grounds.one_language:
        yield Omission(bead, "both sides are in one language", "language")
    if bead.is_null:
        yield Omission(bead, "untranslated: no counterpart", "untranslated")
    if not source or not target:
        # An empty side must not reach a memory: a CAT tool would fill the segment with nothing.
        yield Omission(bead, "no text on a side", "empty")
    length, most = max(len(source), len(target)), options.max_length
    if length > most:
        yield Omission(bead, f"too long: {length} characters, more than {most}", "long")
    # The same text on both sides was not translated. Between regions of one language it may well be right, and a time
    # line that somebody keeps is the same by nature.
    if not about and not grounds.regional and key(source) == key(target):
        yield Omission(bead, "identical on both sides: not translated", "identical")
    if bead.confidence < options.least:
        yield _unsure(bead, options.least)


def _metadata(bead: Bead, alignment: Alignment) -> Omission:
    """A bead is about the page when any sentence in it is."""
    sides = (alignment.source, bead.source), (alignment.target, bead.target)
    found = (_paragraph(side, index) for side, indices in sides for index in indices)
    paragraph = next(each for each in found if each.is_metadata)
    code, reason = _METADATA[paragraph.kind]
    why = paragraph.reason.removeprefix("known page furniture").strip() if code == "furniture" else ""
    glue = " " if why.startswith("(") else ": "
    return Omission(bead, f"{reason}{glue}{why}" if why else reason, code)


def _paragraph(side: Segmented, index: int) -> Paragraph:
    return side.document.paragraphs[side.sentences[index].paragraph]


def _unsure(bead: Bead, least: float) -> Omission:
    # Rounded down, so that no reason ever reads "0.50 below 0.50".
    shown = math.floor(bead.confidence * 100 + 1e-9) / 100
    return Omission(bead, f"confidence {shown:.2f} below {least:.2f}", "confidence")


def _without_doubles(beads: Sequence[Bead], judged: list[_Judged], options: Options) -> list[int]:
    """Keep one pair a source text and give the rest their reasons, in place.

    Returns:
        The number of each pair that is kept, from 1; 0 of the others.
    """
    left = [at for at, (_, _, omission) in enumerate(judged) if omission is None]
    sure = [beads[at].confidence for at in left]
    by_source, by_pair = winners([judged[at][0] for at in left], [judged[at][1] for at in left], sure)
    reasons: list[tuple[int, OmissionCode, int]] = []
    number, numbers = 0, [0] * len(judged)
    for at, index in enumerate(left):
        if by_source[at] != at or by_pair[at] != at:
            found = _double(at, by_source, by_pair)
            refused = next(((code, winner) for code, winner in found if code not in options.keep), None)
            if refused is not None:
                reasons.append((index, *refused))
                continue
        number += 1
        numbers[index] = number
    for index, code, winner in reasons:
        source, target, _ = judged[index]
        judged[index] = source, target, _refusal(beads[index], code, numbers[left[winner]])
    return numbers


def _double(at: int, by_source: Sequence[int], by_pair: Sequence[int]) -> Iterator[tuple[OmissionCode, int]]:
    """Why a verdict is one too many: each reason with the place of the verdict that stays instead of it."""
    winner = by_source[at]
    if by_pair[winner] != by_pair[at]:
        yield "conflict", winner
    if by_pair[at] != at:
        yield "double", by_pair[at]


def _refusal(bead: Bead, code: OmissionCode, unit: int) -> Omission:
    """Why a pair is one too many."""
    reason = f"same source as unit {unit}, other target" if code == "conflict" else f"same as unit {unit}"
    return Omission(bead, reason, code)
