"""`sift`: which entries of a memory stay, by confidence, languages, lengths, numbers and what the texts read like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from align.aligner.numbers import numbers
from corpora.codes import primary_language
from corpora.language import detect_or_none, script_of, scripts_of, surprisals
from corpora.trigrams import trigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from align.memory.entries import Entry, Variant

Reason = Literal["confidence", "language", "length", "ratio", "numbers", "untranslated", "wrong-language"]
"""Why an entry is left out."""

_WIDE: Final[dict[str, float]] = {"zh": 2.8, "ja": 2.2, "ko": 1.8, "th": 1.1}
"""Letters of an alphabet that a character of these languages stands for, about."""
_SMOOTH: Final = 15.0
"""Letters added to both sides, so that the ratio of short texts is not judged by one word."""
_ENOUGH: Final = 12
"""Letters that a text of one script must have before it is believed to be in it."""
_TRIGRAMS: Final = 30
_CLEARLY: Final = 0.9
"""Nats a trigram by which another language must read better than the one that is said."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an entry must be to stay.

    Attributes:
        min_confidence: entries that say they are less sure are left out; those that do not say stay.
        languages: variants in other languages are dropped; an entry of one language is left out.
        max_ratio: how many times longer than its source a target may be, or shorter.
        min_length: characters that each text has at least.
        max_length: characters that each text has at most; 0 for any number.
        numbers: leave out entries whose numbers differ.
        untranslated: leave out entries whose target is the source.
        wrong_language: leave out entries with a text that reads like another language than it says.
    """

    min_confidence: float = 0.0
    languages: tuple[str, ...] = ()
    max_ratio: float = 0.0
    min_length: int = 0
    max_length: int = 0
    numbers: bool = False
    untranslated: bool = False
    wrong_language: bool = False


@dataclass(slots=True)
class Sieve:
    """Lets entries through, and counts those that stay behind.

    Attributes:
        wanted: what lets an entry through.
        counts: how many entries were left out, by reason.
        rejected: is given each entry that is left out.
    """

    wanted: Wanted
    counts: Counter[Reason] = field(default_factory=Counter)
    rejected: Callable[[Entry], None] | None = None

    def sift(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries that stay."""
        for entry in entries:
            kept = self._languages(entry)
            reason: Reason | None = "language" if kept is None else next(self._reasons(kept), None)
            if kept is not None and reason is None:
                yield kept
            elif reason is not None:
                self.counts[reason] += 1
                if self.rejected:
                    self.rejected(entry)

    def _languages(self, entry: Entry) -> Entry | None:
        if not self.wanted.languages:
            return entry
        chosen = [entry.variant(lang) for lang in self.wanted.languages]
        kept = tuple(each for each in entry.variants if any(each is one for one in chosen))
        if len(kept) == len(entry.variants):
            return entry
        return replace(entry, variants=kept) if len(kept) > 1 else None

    def _reasons(self, entry: Entry) -> Iterator[Reason]:
        """Why an entry is to be left out; the cheap reasons first."""
        wanted, (source, *targets) = self.wanted, entry.variants
        confidence = entry.confidence
        if confidence is not None and confidence < wanted.min_confidence:
            yield "confidence"
        if not _fit(entry, wanted):
            yield "length"
        if wanted.untranslated and any(same_text(source, each) for each in targets):
            yield "untranslated"
        if wanted.max_ratio and any(length_ratio(source, each) > wanted.max_ratio for each in targets):
            yield "ratio"
        if wanted.numbers and any(numbers_differ(source.text, each.text) for each in targets):
            yield "numbers"
        if wanted.wrong_language and any(reads_wrong(each.text, each.lang) for each in entry.variants):
            yield "wrong-language"


def _fit(entry: Entry, wanted: Wanted) -> bool:
    lengths = [len(each.text) for each in entry.variants]
    return min(lengths) >= wanted.min_length and (not wanted.max_length or max(lengths) <= wanted.max_length)


def same_text(source: Variant, target: Variant) -> bool:
    """Whether two texts are the same but for case and white space, and hold a word at all."""
    first, second = ("".join(each.text.split()).casefold() for each in (source, target))
    return first == second and any(map(str.isalpha, first))


def length_ratio(source: Variant, target: Variant) -> float:
    """How many times longer one text is than the other, at least 1; Chinese characters count as several letters."""
    sizes = [len(each.text) * _WIDE.get(primary_language(each.lang), 1.0) + _SMOOTH for each in (source, target)]
    return max(sizes) / min(sizes)


def numbers_differ(source: str, target: str) -> bool:
    """Whether a number in digits stands on one side only; spelled, Roman and grouped ones count as their value.

    A number word without a counterpart is none: ``one of them`` need not be a number in the translation.
    """
    first, second = numbers(source), numbers(target)
    if sorted(first) == sorted(second):
        return False
    return bool(_in_digits(source) - Counter(second)) or bool(_in_digits(target) - Counter(first))


def _in_digits(text: str) -> Counter[str]:
    """The numbers that a text has in digits."""
    plain = "".join(c if not c.isalpha() else "·" for c in text)
    return Counter(numbers(plain)) & Counter(numbers(text))


def reads_wrong(text: str, lang: str) -> bool:
    """Whether a text reads clearly like another language than `lang`; a few words or names are no evidence."""
    base = primary_language(lang)
    script, usual = script_of(text), scripts_of(base)
    if script is None or not usual:
        return False
    if script not in usual:
        letters = sum(map(str.isalpha, text))
        return letters >= _ENOUGH and not _mostly_names(text)
    costs = surprisals(text, script)
    if base not in costs or sum(trigrams(text).values()) < _TRIGRAMS:
        return False
    best = min(costs, key=costs.__getitem__)
    return best != base and costs[base] - costs[best] > _CLEARLY and detect_or_none(text) == best


def _mostly_names(text: str) -> bool:
    """Whether most words begin with a capital or hold a digit or point, as names, titles and addresses do."""
    words = text.split()
    plain = sum(word[:1].islower() and word.strip(".,;:!?()\"'").isalpha() for word in words)
    return plain * 2 < len(words)
