"""Which document is whose translation: identity first, content by the encoder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.encoder import load_encoder
from align.errors import SameLanguageError, UnknownLanguageError
from align.matching.assignment import assign
from align.matching.collecting import find_files, read_entries
from align.matching.content import compare
from align.matching.evidence import content_nats, content_sign, weigh
from align.matching.identities import Identities
from align.matching.vectors import both_sides
from align.version import version
from corpora.codes import primary_language, same_language
from corpora.errors import EmptyDocumentError
from corpora.language import normalize
from corpora.naming import named_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from align.encoder.protocol import Encoder
    from align.matching.collecting import Entry, Skipped
    from align.matching.evidence import Evidence

VERSION: Final = 1
"""Grows whenever the same files may give other pairs; part of signatures."""

LEAST: Final = 0.5
"""Pairs less sure than this are not proposed."""


_COPIES: Final = 20
"""Copies of one text that may each find a partner of their own."""


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal: two files that seem to be one text in two languages.

    Attributes:
        source: file of the source.
        target: file of its translation.
        confidence: probability in [0, 1] that it is.
        reasons: what speaks for it, the most trusted first.
        doubts: what speaks against it.
    """

    source: Path
    target: Path
    confidence: float
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Single:
    """A document that no translation was found for.

    Attributes:
        path: its file.
        lang: its language, BCP 47.
        reason: what is known of why.
    """

    path: Path
    lang: str
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """What `match` found.

    Attributes:
        source_lang: BCP 47 code of the sources.
        target_lang: BCP 47 code of the targets.
        pairs: in the order of the source files.
        singles: documents without a partner, also those in a third language.
        skipped: files that could not be read.
        signature: one line that says what made it.
    """

    source_lang: str
    target_lang: str
    pairs: tuple[Match, ...]
    singles: tuple[Single, ...]
    skipped: tuple[Skipped, ...]
    signature: str


def match(
    places: Iterable[str | Path],
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    encoder: Encoder | None = None,
    min_confidence: float = LEAST,
    watch: Callable[[int, int], None] | None = None,
) -> Matching:
    """Propose which files in directories translate each other.

    Args:
        places: directories, searched with all below them; files may be given too.
        source_lang: BCP 47 code of the sources. When None, of the two languages of most documents the one that
            is not English is the source; of two others the commoner one.
        target_lang: BCP 47 code of the targets; when None, see `source_lang`.
        encoder: embeds sentences; the shipped model if not given.
        min_confidence: pairs less sure than this are not proposed, from 0 to 1.
        watch: is told after each file how many are read, of how many.

    Returns:
        Each document in at most one pair; what is in none is listed with the reason.

    Raises:
        ReadError: a directory is missing or cannot be listed.
        EmptyDocumentError: there is no document that can be read.
        SameLanguageError: all documents are in one language.
        UnknownLanguageError: a code is unknown, or no document is in that language.
        ModelError: the encoder cannot be used.
    """
    wanted = [None if code is None else normalize(code) for code in (source_lang, target_lang)]
    entries, skipped = read_entries(find_files(places), watch)
    if not entries:
        raise EmptyDocumentError(f"no document that can be read{_first(skipped)}; give directories with documents")
    langs = choose_languages(Counter(primary_language(entry.lang) for entry in entries), wanted[0], wanted[1])
    sides = tuple([entry for entry in entries if same_language(entry.lang, lang)] for lang in langs)
    encoder = encoder or load_encoder()
    chosen = [each for each in _pairs(sides[0], sides[1], langs, encoder) if each[1] >= min_confidence]
    chosen.sort(key=lambda each: each[0].source)
    return Matching(
        *langs,
        pairs=tuple(_match(evidence, sides[0], sides[1], sure) for evidence, sure in chosen),
        singles=tuple(_singles(entries, (sides[0], sides[1]), langs, [evidence for evidence, _ in chosen])),
        skipped=tuple(skipped),
        signature=f"align {version()} | match {VERSION} | model {encoder.name}",
    )


def choose_languages(counts: Counter[str], source: str | None, target: str | None) -> tuple[str, str]:
    """Choose the two languages to match, where they are not given.

    Args:
        counts: language to how many documents are in it.
        source: BCP 47 code that a person gave, or None.
        target: the same of the other side.

    Raises:
        SameLanguageError: there are not two languages, or the same is given twice.
        UnknownLanguageError: no document is in a language that was given.
    """
    found = ", ".join(f"{count} in {lang}" for lang, count in counts.most_common())
    for lang in filter(None, (source, target)):
        if primary_language(lang) not in counts:
            raise UnknownLanguageError(f"no document is in {lang!r} ({found}); give other languages with -s and -t")
    others = [lang for lang, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    if source and target:
        pair = source, target
    elif source or target:
        rest = [lang for lang in others if lang != primary_language(source or target or "")]
        pair = (source or rest[0], target or rest[0]) if rest else (others[0], others[0])
    else:
        first, second = others[0], others[min(1, len(others) - 1)]
        pair = (second, first) if first == "en" else (first, second)
    if same_language(pair[0], pair[1]):
        raise SameLanguageError(f"all documents are in one language ({found}); give directories with two")
    return pair


def _pairs(
    source: Sequence[Entry], target: Sequence[Entry], langs: tuple[str, str], encoder: Encoder
) -> list[tuple[Evidence, float]]:
    """The chosen pairs of two sides, with how sure each is; documents of the same text are compared once."""
    identities = Identities(source, target, langs)
    texts = _unique(source), _unique(target)
    places = [{entry.digest: at for at, entry in enumerate(side)} for side in texts]
    also = {(places[0][source[one].digest], places[1][target[other].digest]) for one, other in identities.pairs()}
    first, second = both_sides([entry.text for entry in texts[0]], [entry.text for entry in texts[1]], encoder)
    likeness = compare(first, second, also)
    copies = [_copies(side) for side in (source, target)]
    evidence = [
        weigh(one, other, identities.signs(one, other), content_sign(nats))
        for left, right, nats in zip(
            likeness.source.tolist(), likeness.target.tolist(), content_nats(likeness).tolist(), strict=True
        )
        for one in copies[0][texts[0][left].digest][:_COPIES]
        for other in copies[1][texts[1][right].digest][:_COPIES]
    ]
    return assign(evidence, ([entry.digest for entry in source], [entry.digest for entry in target]))


def _unique(side: Sequence[Entry]) -> list[Entry]:
    return list({entry.digest: entry for entry in reversed(side)}.values())[::-1]


def _copies(side: Sequence[Entry]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, entry in enumerate(side):
        found.setdefault(entry.digest, []).append(at)
    return found


def _match(evidence: Evidence, source: Sequence[Entry], target: Sequence[Entry], sure: float) -> Match:
    paths = source[evidence.source].path, target[evidence.target].path
    return Match(*paths, sure, evidence.reasons, evidence.doubts)


def _singles(
    entries: Sequence[Entry],
    sides: tuple[Sequence[Entry], Sequence[Entry]],
    langs: tuple[str, str],
    chosen: Sequence[Evidence],
) -> list[Single]:
    """The documents that are in no pair, in the order of their files, with what is known of why."""
    paired = [{each.source for each in chosen}, {each.target for each in chosen}]
    done = {id(sides[at][index]) for at in (0, 1) for index in paired[at]}
    seen = {sides[at][index].digest: sides[at][index].name for at in (0, 1) for index in paired[at]}
    found = []
    for entry in entries:
        if id(entry) in done:
            continue
        other = named_languages(entry.name, langs) - {entry.lang}
        if primary_language(entry.lang) not in map(primary_language, langs):
            reason = f"is in {entry.lang}"
        elif entry.digest in seen:
            reason = f"same text as {seen[entry.digest]}"
        elif len(other) == 1:
            reason = f"is in {entry.lang}, though its name says {min(other)}"
        else:
            reason = "no translation found"
        found.append(Single(entry.path, entry.lang, reason))
    return found


def _first(skipped: Sequence[Skipped]) -> str:
    """The first file that could not be read, as part of a sentence."""
    return f" ({skipped[0].path}: {skipped[0].reason})" if skipped else ""
