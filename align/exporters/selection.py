"""What goes into a translation memory and what is left out, each with its reason."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from align.errors import FormatError
from align.exporters.base import DEFAULT_MIN_CONFIDENCE
from align.exporters.text import clean
from align.types import Alignment, Bead, Omission, OmissionCode, Paragraph, Segmented, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

_METADATA: Final[dict[str, tuple[OmissionCode, str]]] = {
    "time": ("time", "time line"),
    "number": ("number", "document number"),
    "separator": ("separator", "separator"),
    "furniture": ("furniture", "page furniture"),
}

Segtype = Literal["sentence", "block"]
"""TMX's word for how a unit is cut: one sentence on both sides, or more than one on a side."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of one bead.

    Attributes:
        bead: the bead.
        source: its source text on one line, may be empty.
        target: its target text on one line, may be empty.
        number: the number of its unit in the memory, from 1; 0 when it is left out.
        omission: why it is left out, or None.
    """

    bead: Bead
    source: str
    target: str
    number: int = 0
    omission: Omission | None = None

    @property
    def segtype(self) -> Segtype:
        """`sentence` when both sides are single sentences."""
        return "sentence" if len(self.bead.source) == len(self.bead.target) == 1 else "block"


def units(
    alignment: Alignment, *, min_confidence: float = DEFAULT_MIN_CONFIDENCE
) -> tuple[list[TranslationUnit], list[Omission]]:
    """Choose what a translation memory of `alignment` holds.

    Left out are all beads of two sides in one language, metadata paragraphs, nulls, beads without text on a
    side, beads below `min_confidence`, exact doubles, and all but one target of a source that was translated
    in several ways: a memory that holds two answers gives a different one in each tool. Kept is the
    commonest, then the surest.

    Args:
        alignment: beads between two documents in different languages.
        min_confidence: the least confidence that a unit may have, in [0, 1].

    Returns:
        The units in document order, numbered from 1, and the omissions in document order; together
        they account for every bead.

    Raises:
        FormatError: the language of a side is unknown.
    """
    languages = languages_of(alignment)
    verdicts = judge(alignment, min_confidence=min_confidence)
    chosen = [unit_of(verdict, languages) for verdict in verdicts if verdict.omission is None]
    return chosen, [verdict.omission for verdict in verdicts if verdict.omission is not None]


def languages_of(alignment: Alignment) -> tuple[str, str]:
    """The language codes of both sides.

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
    return source.lang, target.lang


def unit_of(verdict: Verdict, languages: tuple[str, str]) -> TranslationUnit:
    """The translation unit of a bead that is kept."""
    variants = dict(zip(languages, (verdict.source, verdict.target), strict=True))
    return TranslationUnit(id=str(verdict.number), variants=variants, confidence=verdict.bead.confidence)


def judge(alignment: Alignment, *, min_confidence: float = DEFAULT_MIN_CONFIDENCE) -> list[Verdict]:
    """Decide about every bead, in order; see `units` for the rules."""
    first = [_judge_alone(bead, alignment, min_confidence) for bead in alignment.beads]
    return _without_doubles(first)


def _judge_alone(bead: Bead, alignment: Alignment, min_confidence: float) -> Verdict:
    """Decide about a bead by what it is, without looking at the others."""
    source = clean(alignment.source.span(bead.source))
    target = clean(alignment.target.span(bead.target))
    omission = (
        _metadata(bead, alignment)
        or _one_language(bead, alignment)
        or _untranslated(bead)
        or _empty(bead, source, target)
        or _unsure(bead, min_confidence)
    )
    return Verdict(bead, source, target, omission=omission)


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


def _unsure(bead: Bead, least: float) -> Omission | None:
    if bead.confidence >= least:
        return None
    # Rounded down, so that no reason ever reads "0.50 below 0.50".
    shown = math.floor(bead.confidence * 100 + 1e-9) / 100
    return Omission(bead, f"confidence {shown:.2f} below {least:.2f}", "confidence")


def _without_doubles(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Keep one verdict a source text, number what is kept and give the rest their reasons."""
    winners = _winners(verdicts)
    numbers = {index: number for number, index in enumerate(sorted(winners.values()), start=1)}
    return [
        replace(verdict, number=numbers[index]) if index in numbers else _double(verdict, verdicts, winners, numbers)
        for index, verdict in enumerate(verdicts)
    ]


def _winners(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """For each source text which verdict is kept: that of the commonest target, then surest, then first."""
    kept = [(index, verdict) for index, verdict in enumerate(verdicts) if verdict.omission is None]
    count = Counter((_key(verdict.source), _key(verdict.target)) for _, verdict in kept)
    best: dict[str, tuple[tuple[int, float], int]] = {}
    for index, verdict in kept:
        source = _key(verdict.source)
        rank = (count[source, _key(verdict.target)], verdict.bead.confidence)
        if source not in best or rank > best[source][0]:
            best[source] = (rank, index)
    return {source: index for source, (_, index) in best.items()}


def _double(verdict: Verdict, verdicts: Sequence[Verdict], winners: dict[str, int], numbers: dict[int, int]) -> Verdict:
    if verdict.omission is not None:
        return verdict
    winner = winners[_key(verdict.source)]
    same = _key(verdicts[winner].target) == _key(verdict.target)
    reason = f"same as unit {numbers[winner]}" if same else f"same source as unit {numbers[winner]}, other target"
    return replace(verdict, omission=Omission(verdict.bead, reason, "double" if same else "conflict"))


def _key(text: str) -> str:
    """What makes two texts the same: OmegaT compares after composing (NFC), so ``й`` twice is one."""
    return unicodedata.normalize("NFC", text)
