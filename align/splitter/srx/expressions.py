r"""The vocabulary of our own rules as regular expressions that Java, ICU and the `regex` package all take.

Plain syntax only: no ``\w``, ``\d`` or ``\b``, which mean different things in each; no possessive quantifiers;
every look-behind has a greatest length. OmegaT looks for all matches of an expression that do not overlap, so what
begins far before a place stands in a look-behind, and longer words stand before shorter ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from align.splitter.language import LanguageData
from align.splitter.point import BULLETS, CLOSING, DASHES, LIST_BULLETS, OPENING

_WHITE: Final = r"\s\u0085\p{Z}"
S: Final = f"[{_WHITE}]"
"""White space, as Python's ``str.isspace``: spelt so, it is the same where ``\\s`` is ASCII."""

NS: Final = f"[^{_WHITE}]"
WORD: Final = r"[\p{L}\p{N}_]"
NO_WORD: Final = f"(?!{WORD})"
NUMERAL: Final = "[IVXLCDMХ]"
_LONG_ABBREVIATION: Final = 4  # a shorter word is taken for no end anyway
_SPACED_PREFIX: Final = 3  # an abbreviation is joined to what stands before it if that has no more letters
_SPECIAL: Final = re.compile(r"[\\\[\](){}^$.*+?|&~#-]")


def quoted(text: str) -> str:
    """A text that means itself, in a set or outside."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def one_of(characters: str) -> str:
    """A set of characters."""
    return f"[{quoted(characters)}]"


OPEN: Final = one_of(OPENING)
CLOSE: Final = one_of(CLOSING)
DASH: Final = one_of(DASHES)
STRIP: Final = one_of(OPENING + DASHES + "…*_/")
BULLET: Final = one_of(LIST_BULLETS)
ANY_BULLET: Final = one_of(BULLETS)
LEAD: Final = f"{OPEN}*(?:{DASH}+{S}*)?{OPEN}*"
"""Quotes, brackets and a dash before the first word of a sentence."""

TOKEN: Final = f"(?<!{NS}){STRIP}*"
"""Where a token begins, and what opens it."""

# What may stand before an abbreviation in its token: l'art., Lt.-Gen.; of don't, the t is none.
_PREFIX: Final = rf"(?:\p{{L}}{{1,12}}['’](?={NS}{{3}})|\p{{L}}{{1,4}}\.-)?"


def any_of(words: Iterable[str]) -> str:
    """One of some words; nothing fits if there are none."""
    return _grouped({word: quoted(word) for word in words})


def in_any_case(words: Iterable[str]) -> str:
    """One of some words, small, with a capital or in capitals; in Java, ``(?i)`` alone is for ASCII letters."""
    return any_of({form for word in words for form in (word, word.capitalize(), word.upper())})


def _grouped(written: Mapping[str, str]) -> str:
    """One of some words, as they are written in an expression, by their first letters: far fewer are tried then.

    A longer one is tried first, or a search would stop at ``т`` in ``т.д``.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(written, key=lambda word: (-len(word), word)):
        first = quoted(word[0])
        groups.setdefault(first, []).append(written[word].removeprefix(first))
    branches = (f"{first}{_alternatives(rests)}" for first, rests in sorted(groups.items()))
    return f"(?:{'|'.join(branches)})" if groups else "(?!)"


def _alternatives(rests: Sequence[str]) -> str:
    return rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})"


def spellings(words: Iterable[str]) -> set[str]:
    """What `LanguageData.knows` accepts for abbreviations, each with its first letter small and large."""
    found: set[str] = set()
    for word in words:
        forms = {word, word.upper()} if word != word.lower() else {word, word.capitalize(), word.upper()}
        found |= {form for form in forms if form == word or not _is_initials(form)}
    return found


def _is_initials(token: str) -> bool:
    return token.isupper() and ("." in token or len(token) == 1)


def abbreviations(words: Iterable[str]) -> str:
    """One of some abbreviations, without the last full stop; a space may follow a stop inside (``т. д``)."""
    return _grouped({word: _with_spaces(word) for word in spellings(words)})


def _with_spaces(word: str) -> str:
    head, *rest = word.split(".")
    written = quoted(head)
    for before, part in zip([head, *rest], rest, strict=False):
        written += rf"\.[ \u00A0]?{quoted(part)}" if len(before) <= _SPACED_PREFIX and part else rf"\.{quoted(part)}"
    return written


@dataclass(frozen=True)
class Vocabulary:
    """The expressions that depend on the language."""

    data: LanguageData

    @cached_property
    def mark(self) -> str:
        """One terminator."""
        return one_of(self.data.terminators)

    @cached_property
    def closer(self) -> str:
        """One closing quote or bracket."""
        return one_of(CLOSING if self.data.spaced else CLOSING.translate({ord(mark): None for mark in "“‘"}))

    @cached_property
    def close(self) -> str:
        """Closing quotes and brackets, and footnotes, after the terminators."""
        guillemet = f"(?:{S}?»)?" if self.data.guillemets else ""
        return rf"{guillemet}{self.closer}*(?:&(?:quot|#39|raquo|rdquo);){{0,4}}(?:\[[0-9]{{1,3}}\]){{0,4}}"

    @cached_property
    def end(self) -> str:
        """What stands before a place: terminators and closing marks."""
        return f"{self.mark}+{self.close}"

    @cached_property
    def gap(self) -> str:
        """What lies between two sentences."""
        return f"{S}+" if self.data.spaced else f"(?!{self.mark}|{self.closer}){S}*"

    @cached_property
    def starter(self) -> str:
        """A word whose capital can only begin a sentence, with what may open it."""
        return f"{LEAD}{self.bare_starter}"

    @cached_property
    def bare_starter(self) -> str:
        """Such a word alone."""
        return rf"{any_of(self.data.starters)}(?!\.|{WORD}|[’'-]{WORD})"

    @cached_property
    def month(self) -> str:
        """A name of a month, or what else a number may stand before."""
        return f"{any_of(self.data.months)}(?!{WORD}|[’'-]{WORD})"

    @cached_property
    def begin(self) -> str:
        """Where a sentence seems to begin: the paragraph does, or a sure end stands before; no width."""
        closed = f"{CLOSE}{{0,3}}{S}{{1,2}}"
        # Not after an abbreviation: the number of «para. 3.» marks no item of a list.
        short = any_of(word for word in self.data.suspects if len(word) >= _LONG_ABBREVIATION and word.isalpha())
        sure = r"(?:\p{L}{4,8}|[0-9]{3,8}|[)»”\"%])"
        ended = rf"(?<=[!?…]{closed})|(?<={sure}\.{closed})(?<!{short}\.{closed})|(?<=\.{closed})(?={self.starter})"
        return f"(?<!{NS})(?:^{S}*|{ended})"

    @cached_property
    def suspect(self) -> str:
        """A token that is an abbreviation of any kind, with its stop."""
        kinds = (
            self.data.title | self.data.number | self.data.unit | self.data.date | self.data.final | self.data.either
        )
        # All spellings, also those of which `LanguageData.knows` thinks otherwise.
        forms = {form for word in kinds for form in (word, word.capitalize(), word.upper())}
        return rf"{TOKEN}{_PREFIX}{_grouped({form: _with_spaces(form) for form in forms})}\."

    def abbreviation(self, kind: Iterable[str]) -> str:
        """A token that is an abbreviation of a kind, with its stop."""
        return rf"{TOKEN}{_PREFIX}{abbreviations(kind)}\."
