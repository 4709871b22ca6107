"""More than two languages: every text aligned to a pivot, and the alignments reconciled into one.

Each alignment with the pivot cuts the pivot's sentences into beads. Where one language joins two pivot sentences
and another does not, the larger group holds for all of them (the join of the partitions), so that each sentence of
each language is in exactly one group and the groups agree with every single alignment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.errors import SameLanguageError
from align.exporters import DEFAULT_MIN_CONFIDENCE, Header, WriteReport, write_units
from align.exporters.doubles import key
from align.exporters.text import clean, clean_cell
from align.pipeline import splitter_for
from align.types import METADATA_KINDS, Alignment, OmissionCode, Segmented, TranslationUnit
from corpora import read_document
from corpora.codes import same_language

if TYPE_CHECKING:
    from align.encoder.protocol import Encoder
    from align.splitter.srx import Srx

_METADATA: Final[dict[str, OmissionCode]] = {
    "time": "time", "number": "number", "separator": "separator", "furniture": "furniture",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of several languages that translate each other.

    Attributes:
        members: indices of sentences of each document, ascending; empty where a language lacks them.
        confidences: of each document, the probability in [0, 1] that its sentences are just those that
            translate the pivot's; 1 for the pivot.
    """

    members: tuple[tuple[int, ...], ...]
    confidences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MultiAlignment:
    """Several documents and the groups between them.

    Attributes:
        sides: the documents and their cuts.
        pivot: index of the one that the others were aligned to.
        groups: every sentence of every document in exactly one of them; in order of the pivot.
        signature: one line that says what made this.
    """

    sides: tuple[Segmented, ...]
    pivot: int
    groups: tuple[Group, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text that is not in the memory, and why.

    Attributes:
        lang: of the text.
        text: on one line.
        reason: a short phrase for people.
        code: the kind of reason, to group by.
    """

    lang: str
    text: str
    reason: str
    code: OmissionCode


def align_many(
    paths: Sequence[str | Path],
    *,
    langs: Sequence[str | None] = (),
    pivot: int = 0,
    encoder: Encoder | None = None,
    encoding: str | None = None,
    srx: Srx | str | Path | None = None,
) -> MultiAlignment:
    """Align several files that translate each other.

    Args:
        paths: two or more texts in different languages.
        langs: BCP 47 code of each, or None where it is to be detected; empty for all of them.
        pivot: index of the text that the others are aligned to: best the one that they were translated from.
        encoder: what embeds the sentences; the shipped model when None.
        encoding: of all files; detected when None.
        srx: segmentation rules to cut all files by instead of ours: an SRX file, or ``omegat``.

    Raises:
        ValueError: there are fewer than two files, a pivot that is none of them, or codes for fewer.
        ReadError: a file cannot be read.
        EmptyDocumentError: a file holds no text.
        UnknownLanguageError: a code is unknown, or a language cannot be detected.
        SameLanguageError: two files are in one language.
        ModelError: the encoder cannot be loaded or used.
        FormatError: the SRX file holds no rules, or some that cannot be used; names ``path:line``.
    """
    if len(paths) < 2 or not 0 <= pivot < len(paths) or len(langs) not in {0, len(paths)}:  # noqa: PLR2004
        raise ValueError("align_many takes two or more files, a pivot among them, and a language for each or none")
    cut = splitter_for(srx)
    codes = langs or [None] * len(paths)
    documents = [read_document(path, lang=lang, encoding=encoding) for path, lang in zip(paths, codes, strict=True)]
    _check_languages([document.lang for document in documents], paths)
    return align_segmented([cut(document) for document in documents], pivot=pivot, encoder=encoder)


def align_segmented(sides: Sequence[Segmented], *, pivot: int = 0, encoder: Encoder | None = None) -> MultiAlignment:
    """Align several documents that are cut already; as `align_many`."""
    from align.aligner import Aligner  # NumPy comes with it

    aligner = Aligner(encoder)
    others = [at for at in range(len(sides)) if at != pivot]
    alignments = {at: aligner.align(sides[pivot], sides[at]) for at in others}
    cuts = ",".join(side.document.lang for side in sides)
    signature = f"{alignments[others[0]].signature} | many {cuts}, pivot {sides[pivot].document.lang}"
    return MultiAlignment(tuple(sides), pivot, tuple(reconcile(sides, pivot, alignments)), signature)


def _check_languages(langs: Sequence[str], paths: Sequence[str | Path]) -> None:
    twice = [lang for lang, count in Counter(langs).items() if count > 1]
    if twice:
        named = " and ".join(str(path) for path, lang in zip(paths, langs, strict=True) if lang == twice[0])
        raise SameLanguageError(f"{named} are all in {twice[0]!r}; if not, give a language for each file (-l)")


def reconcile(sides: Sequence[Segmented], pivot: int, alignments: dict[int, Alignment]) -> Iterator[Group]:
    """The groups that agree with every alignment of the pivot.

    Args:
        sides: all documents.
        pivot: index of the pivot among them.
        alignments: of the pivot with each other document, by its index; partitions, in order.

    Yields:
        Groups in order of the pivot; what the pivot lacks stands where it stands in its own document.
    """
    count = len(sides[pivot].sentences)
    starts = _boundaries(count, alignments)
    found: list[tuple[float, int, Group]] = []
    for start, stop in pairwise(starts):
        found.append((float(start), -1, _group(len(sides), pivot, range(start, stop), alignments)))
    for at, alignment in alignments.items():
        found += [(place, at, group) for place, group in _lone(len(sides), at, alignment)]
    yield from (group for _, _, group in sorted(found, key=lambda each: each[:2]))


def _boundaries(count: int, alignments: dict[int, Alignment]) -> list[int]:
    """Where no bead of any alignment reaches across, from 0 to `count`."""
    joined = {
        place
        for alignment in alignments.values()
        for bead in alignment.beads
        for place in bead.source[1:]
        if not bead.is_null
    }
    return [place for place in range(count + 1) if place not in joined]


def _group(count: int, pivot: int, span: range, alignments: dict[int, Alignment]) -> Group:
    members: list[tuple[int, ...]] = [()] * count
    confidences = [1.0] * count
    members[pivot] = tuple(span)
    for at, alignment in alignments.items():
        inside = [bead for bead in alignment.beads if bead.source and bead.source[0] in span]
        members[at] = tuple(index for bead in inside for index in bead.target)
        for bead in inside:
            # A pivot sentence that this language lacks beside one that it has: the text is only a part.
            confidences[at] *= 0.0 if bead.is_null and members[at] else bead.confidence
    return Group(tuple(members), tuple(confidences))


def _lone(count: int, at: int, alignment: Alignment) -> Iterator[tuple[float, Group]]:
    """Sentences that the pivot lacks, each with its place among the pivot's."""
    place = -0.5
    for bead in alignment.beads:
        if bead.source:
            place = bead.source[-1] + 0.5
            continue
        members: list[tuple[int, ...]] = [()] * count
        members[at] = bead.target
        yield place, Group(tuple(members), tuple(bead.confidence if side == at else 1.0 for side in range(count)))


def multilingual_units(
    alignment: MultiAlignment, *, min_confidence: float = DEFAULT_MIN_CONFIDENCE
) -> tuple[list[TranslationUnit], list[LeftOut]]:
    """What a multilingual memory holds and what it leaves out.

    A unit holds the pivot and every language that is sure enough; one that only the pivot has is left out.
    Of units with the same pivot text the first is kept.

    Args:
        alignment: the documents and their groups.
        min_confidence: the least confidence of a language in a unit, in [0, 1].
    """
    chosen: list[TranslationUnit] = []
    left_out: list[LeftOut] = []
    seen: set[str] = set()
    for group in alignment.groups:
        texts, omitted = _texts(alignment, group, min_confidence)
        pivot = texts.get(alignment.sides[alignment.pivot].document.lang, "")
        code: tuple[str, OmissionCode] | None = None
        if len(texts) < 2 or not pivot:  # noqa: PLR2004  # a unit pairs two languages at least
            code = ("untranslated: no counterpart", "untranslated")
        elif pivot in seen:
            code = ("the same source again", "double")
        if code is not None:
            left_out += [LeftOut(lang, text, *code) for lang, text in texts.items()]
        else:
            seen.add(pivot)
            chosen.append(_unit(alignment, group, texts, len(chosen) + 1))
        left_out += omitted
    return chosen, left_out


def _texts(alignment: MultiAlignment, group: Group, least: float) -> tuple[dict[str, str], list[LeftOut]]:
    """The texts of a group by language, pivot first, and what it must not hold."""
    order = [alignment.pivot, *(at for at in range(len(alignment.sides)) if at != alignment.pivot)]
    pivot = alignment.sides[alignment.pivot].document.lang
    texts: dict[str, str] = {}
    omitted = []
    for at in order:
        side, indices = alignment.sides[at], group.members[at]
        text, lang = clean(side.span(indices)), side.document.lang
        kinds = {side.kind(index) for index in indices} & METADATA_KINDS
        if kinds:
            kind = min(kinds)
            omitted.append(
                LeftOut(lang, text, "page furniture" if kind == "furniture" else f"{kind} line", _METADATA[kind])
            )
        elif text and _is_copy(text, lang, texts, pivot):
            omitted.append(LeftOut(lang, text, "identical to the pivot: not translated", "identical"))
        elif text and group.confidences[at] < least:
            omitted.append(
                LeftOut(lang, text, f"confidence {group.confidences[at]:.2f} below {least:.2f}", "confidence")
            )
        elif text:
            texts[lang] = text
    return texts, omitted


def _is_copy(text: str, lang: str, texts: Mapping[str, str], pivot: str) -> bool:
    """Whether a text was not translated; between regions of one language the same words may be right."""
    same = pivot in texts and key(text) == key(texts[pivot])
    return same and not same_language(lang, pivot)


def _unit(alignment: MultiAlignment, group: Group, texts: dict[str, str], number: int) -> TranslationUnit:
    kept = [at for at, side in enumerate(alignment.sides) if side.document.lang in texts]
    shape = "-".join(str(len(group.members[at])) for at in kept)
    single = all(len(group.members[at]) == 1 for at in kept)
    confidence = min(group.confidences[at] for at in kept)
    return TranslationUnit(str(number), texts, confidence, segtype="sentence" if single else "block", shape=shape)


def write_multilingual(
    alignment: MultiAlignment, path: str | Path, *, min_confidence: float = DEFAULT_MIN_CONFIDENCE
) -> tuple[WriteReport, list[LeftOut]]:
    """Write a TMX with a variant for each language in every unit.

    Args:
        alignment: the documents and their groups.
        path: the file; an existing one is replaced.
        min_confidence: the least confidence of a language in a unit, in [0, 1].

    Returns:
        What was written, and what was left out and why.

    Raises:
        WriteError: the file cannot be written.
    """
    units, left_out = multilingual_units(alignment, min_confidence=min_confidence)
    langs = [side.document.lang for side in alignment.sides]
    source = langs[alignment.pivot]
    target = next(lang for lang in langs if lang != source)
    header = Header(source, target, signature=alignment.signature)
    return write_units(units, path, header, format="tmx", min_confidence=min_confidence), left_out


def table(alignment: MultiAlignment) -> Iterator[str]:
    """Rows of a TSV for people: a column a language, then the confidence of each, then the indices of each.

    All groups are in it, also those that a memory leaves out.
    """
    langs = [side.document.lang for side in alignment.sides]
    yield "\t".join([*langs, *(f"{lang}_confidence" for lang in langs), *(f"{lang}_indices" for lang in langs)]) + "\n"
    for group in alignment.groups:
        texts = [clean_cell(side.span(each)) for side, each in zip(alignment.sides, group.members, strict=True)]
        sure = [f"{each:.3f}" for each in group.confidences]
        indices = [",".join(map(str, each)) for each in group.members]
        yield "\t".join([*texts, *sure, *indices]) + "\n"
