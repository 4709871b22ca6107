"""What the splitter knows of a language: one TOML file each in ``data/``, read once.

Adding a language is adding a file; `LanguageData` says what it may hold.
"""

from __future__ import annotations

import tomllib
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from align.splitter.candidates import TAIL, candidate_pattern
from corpora.codes import primary_language
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    import re

Engine = Literal["rules", "punkt"]

_KINDS: Final = ("title", "number", "unit", "date", "final", "either")

DATA: Final = Path(__file__).with_name("data")
"""Where the data files lie."""

GENERAL: Final = "general"
"""Name of the data file for every language that has none of its own."""


@dataclass(frozen=True, slots=True)
class LanguageData:
    """What the rules know of one language.

    Abbreviations are written without their last full stop. One in lower case fits any case; one with
    a capital fits only as it is written or all in capitals (``No`` is not ``no``).

    Attributes:
        name: name of the data file: ``ru``, or ``general``.
        version: raised whenever a change of the file changes cuts.
        engine: ``rules``, or ``punkt`` for NLTK's Punkt with parameters learnt by us.
        terminators: the characters that may end a sentence.
        candidates: finds the points that the rules look at.
        title: abbreviations that something always follows: ``Mr``, ``ул``, ``e.g``.
        number: those that a number follows: ``No``, ``стр``.
        unit: those that follow a number, and may end a sentence: ``г``, ``p.m``.
        date: those that end a date, with or without a number: ``с.г``, ``н.э``.
        final: those that end a sentence whenever a capital follows: ``etc``, ``т.д``.
        either: those that end one only when a word of `starters` follows: ``U.S``, ``Inc``.
        lettered: words that a single letter may follow at the end of a sentence: ``plan B.``
        surnames: endings of surnames, so that initials may follow a name (``Петров В. В.``).
        pronouns: single letters that are words and may end a sentence: English ``I``, Russian ``я``.
        starters: words whose capital says that a sentence begins: pronouns, prepositions …
        months: names of months and days, and what else a number or a time of day may stand before.
        temporal: words that an opening phrase about time consists of: ``в``, ``начале``, ``мая``.
        ordinals: whether a number with a full stop is an ordinal (German ``am 3. Mai``).
        nouns: whether every noun has a capital, so that it tells little (German).
        determiners: words that stand before an ordinal (German ``der 1. FC Köln``).
        verb_final: whether a sentence seldom ends in a number, so that ``3.`` is an ordinal (Turkish).
        reporting: verbs that follow quoted speech: ``said``.
        particles: what may follow a quotation that ends in a mark and go on with the sentence (Japanese).
        guillemets: whether ``»`` always closes, and may have a space before it (French).
        semicolons: whether a capital after a semicolon begins an item of a list (Spanish, French).
        suspects: every spelling of every abbreviation.
        tails: the last letters of the longer ones among them, `TAIL` of each.
        spaced: whether white space stands between sentences.
    """

    name: str
    version: int
    engine: Engine
    terminators: str
    candidates: re.Pattern[str]
    title: frozenset[str]
    number: frozenset[str]
    unit: frozenset[str]
    date: frozenset[str]
    final: frozenset[str]
    either: frozenset[str]
    lettered: frozenset[str]
    surnames: tuple[str, ...]
    pronouns: frozenset[str]
    starters: frozenset[str]
    months: frozenset[str]
    temporal: frozenset[str]
    ordinals: bool
    nouns: bool
    determiners: frozenset[str]
    verb_final: bool
    reporting: frozenset[str]
    particles: frozenset[str]
    suspects: frozenset[str]
    tails: frozenset[str]
    spaced: bool
    semicolons: bool
    guillemets: bool

    def knows(self, kind: frozenset[str], token: str) -> bool:
        """Whether `token` is an abbreviation of `kind`, by the rule of case above."""
        if token in kind:
            return True
        if token.isupper() and ("." in token or len(token) == 1):  # initials: «Н. Э. Бауман» is not «н. э.»
            return False
        return token.lower() in kind or (token.isupper() and token.capitalize() in kind)


def _words(table: dict[str, object], key: str) -> frozenset[str]:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise TypeError(f"{key} must be a string of words")
    return frozenset(value.split())


def _parse(name: str, table: dict[str, object]) -> LanguageData:
    terminators = str(table.get("terminators", ".!?…"))
    abbreviations = table.get("abbreviations", {})
    if not isinstance(abbreviations, dict):
        raise TypeError("abbreviations must be a table")
    kinds = {key: _words(abbreviations, key) for key in _KINDS}
    suspects = _spellings(frozenset[str]().union(*kinds.values()))
    return LanguageData(
        name=name,
        version=int(str(table["version"])),
        engine="punkt" if table.get("engine") == "punkt" else "rules",
        terminators=terminators,
        candidates=candidate_pattern(
            terminators,
            spaced=bool(table.get("spaced", True)),
            guillemets=bool(table.get("guillemets", False)),
        ),
        lettered=_words(table, "lettered"),
        surnames=tuple(sorted(_words(table, "surnames"))),
        pronouns=_words(table, "pronouns"),
        starters=_words(table, "starters"),
        months=_words(table, "months"),
        temporal=_words(table, "temporal"),
        ordinals=bool(table.get("ordinals", False)),
        nouns=bool(table.get("nouns", False)),
        determiners=_words(table, "determiners"),
        verb_final=bool(table.get("verb_final", False)),
        reporting=_words(table, "reporting"),
        particles=_words(table, "particles"),
        spaced=bool(table.get("spaced", True)),
        semicolons=bool(table.get("semicolons", False)),
        guillemets=bool(table.get("guillemets", False)),
        suspects=suspects,
        tails=frozenset(word[-TAIL:] for word in suspects if len(word) >= TAIL),
        **kinds,
    )


def _spellings(abbreviations: frozenset[str]) -> frozenset[str]:
    """Every spelling that `LanguageData.knows` accepts, so that the fast path asks one set."""
    variants = {spelling for word in abbreviations for spelling in (word, word.capitalize(), word.upper())}
    return frozenset(variants)


@cache
def available() -> frozenset[str]:
    """Codes of the languages that have a data file of their own."""
    return frozenset(path.stem for path in DATA.glob("*.toml")) - {GENERAL}


def data_name(lang: str) -> str:
    """The name of the data file that serves `lang`, a BCP 47 code: by its primary subtag."""
    primary = primary_language(lang)
    return primary if primary in available() else GENERAL


@cache
def load(name: str) -> LanguageData:
    """Read the data file `name`, once a process."""
    return _parse(name, tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def language_data(lang: str) -> LanguageData:
    """What is known of `lang`; warns once when that is nothing but the general rules."""
    name = data_name(lang)
    if name == GENERAL:
        known = ", ".join(sorted(available()))
        message = f"no sentence rules for language {lang or 'unknown'!r}: general ones are used (own: {known})"
        warnings.warn(message, ToolkitWarning, stacklevel=4)
    return load(name)


def signature(lang: str) -> str:
    """What cuts `lang`, for signatures of results: ``ru:1``, or ``xx:general.1``, ``nl:punkt.1``."""
    name = data_name(lang)
    data = load(name)
    if data.engine == "punkt":
        return f"{name}:punkt.{data.version}"
    return f"{name}:{data.version}" if name != GENERAL else f"{lang or 'und'}:{GENERAL}.{data.version}"
