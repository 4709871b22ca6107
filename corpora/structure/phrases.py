"""What web pages say around a text, in every language a browser may speak: ``data/furniture.txt``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA: Final = Path(__file__).parent.parent / "data" / "furniture.txt"
_EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_OPENING: Final = re.compile(r"[\W\d_]*([^\W\d_]*)[\W\d_]*([^\W\d_]*)")
_SPACES: Final = re.compile(r"[\s\d]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NO_SPACES: Final = ("ja", "zh")
_SHORT_WORD: Final = 3
"""Words of up to so many letters say little of what a line is about."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The furniture of web pages.

    Attributes:
        certain: folded phrase to its languages; furniture wherever it stands alone.
        likely: folded phrase to its languages; furniture only before or after the text.
        words: language to its words of page furniture: whole words, and beginnings of words.
        first: the first words of all phrases, folded.
        openings: the first two words of all phrases, folded, the second empty where there is but one.
    """

    certain: Mapping[str, tuple[str, ...]]
    likely: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[frozenset[str], tuple[str, ...]]]
    first: frozenset[str]
    openings: frozenset[tuple[str, str]]

    def languages(self, line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The languages in which a line is certainly furniture, and those in which it may be."""
        if not self.may_hold(line):  # as nearly every line: to fold it takes ten times as long
            return (), ()
        folded = fold(line)
        return self.certain.get(folded, ()), self.likely.get(folded, ())

    def may_hold(self, line: str) -> bool:
        """Whether a phrase begins with the first two words of a line."""
        return _opening(line.casefold()) in self.openings


LONGEST: Final = 120
"""No phrase is longer; a longer line is not looked up."""


def fold(line: str) -> str:
    """A line as phrases are compared: ``» Print version (2)`` is ``print version``."""
    return _SPACES.sub(" ", _EDGES.sub("", line.casefold())).replace("’", "'").strip()


@cache
def phrases() -> Phrases:
    """Load the phrases that the package ships."""
    certain: dict[str, tuple[str, ...]] = {}
    likely: dict[str, tuple[str, ...]] = {}
    words: dict[str, list[str]] = {}
    lang = ""
    for row in _DATA.read_text("utf-8").splitlines():
        mark, _, rest = row.partition(" ")
        if mark.startswith("["):
            lang = mark[1:-1]
        elif mark in {"=", "~"}:
            known = certain if mark == "=" else likely
            known.update({phrase: (*known.get(phrase, ()), lang) for phrase in map(fold, rest.split("|"))})
        elif mark == "+":
            words.setdefault(lang, []).extend(rest.casefold().split())
    openings = frozenset(map(_opening, (*certain, *likely)))
    first = frozenset(word for word, _ in openings)
    return Phrases(certain, likely, {lang: _split(found) for lang, found in words.items()}, first, openings)


def _opening(folded: str) -> tuple[str, str]:
    """The first two words of a line, letters only; empty where there are fewer."""
    found = _OPENING.match(folded)
    if found is None:  # the pattern matches the empty string
        raise AssertionError
    return found[1], found[2]


def _split(words: list[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings, which end in an asterisk in the file."""
    whole = frozenset(word for word in words if not word.endswith("*"))
    return whole, tuple(word[:-1] for word in words if word.endswith("*"))


def furniture_words(line: str) -> tuple[float, int, str]:
    """How much of a line is words of page furniture, in the language where it is most.

    Short words are not counted unless they are such words: *You have entered an invalid date range* is
    4 of 5.

    Returns:
        Their share in [0, 1], how many they are, and the language; ``(0.0, 0, "")`` when there are none.
    """
    best = (0.0, 0, "")
    tokens = _WORD.findall(line.casefold())
    owners = [_languages_with(token) for token in tokens]
    langs: frozenset[str] = frozenset().union(*owners)
    long = [len(token) > _SHORT_WORD for token in tokens] if langs else []
    for lang in sorted(langs):
        hits = sum(lang in found for found in owners)
        weighty = sum(weight or lang in found for weight, found in zip(long, owners, strict=True))
        best = max(best, (hits / weighty, hits, lang), key=lambda found: found[:2])
    for lang in _NO_SPACES if _is_unspaced(line) else ():
        best = max(best, (*_covered(line, phrases().words[lang][0]), lang), key=lambda found: found[:2])
    return best


@lru_cache(maxsize=8192)
def _languages_with(token: str) -> frozenset[str]:
    """The languages in which a word is a word of page furniture."""
    whole, beginnings, lengths = _owners()
    nobody: frozenset[str] = frozenset()
    found = whole.get(token, nobody)
    for length in lengths:
        found |= beginnings.get(token[:length], nobody)
    return found


@cache
def _owners() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], tuple[int, ...]]:
    """The languages of each whole word, those of each beginning, and how long beginnings are."""
    whole: dict[str, frozenset[str]] = {}
    beginnings: dict[str, frozenset[str]] = {}
    for lang, both in phrases().words.items():
        if lang not in _NO_SPACES:
            for known, some in zip((whole, beginnings), both, strict=True):
                known.update({word: known.get(word, frozenset()) | {lang} for word in some})
    return whole, beginnings, tuple(sorted(set(map(len, beginnings))))


def _is_unspaced(line: str) -> bool:
    """Whether a line holds Chinese or Japanese characters."""
    return not line.isascii() and max(line) >= "\u3040" and _unspaced().search(line) is not None


@cache
def _unspaced() -> re.Pattern[str]:
    """They are so many that the set takes milliseconds to compile, and most texts hold none."""
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def _covered(line: str, words: frozenset[str]) -> tuple[float, int]:
    """Share of the characters of an unspaced line that furniture words cover, and how many words."""
    hits = [word for word in words if word in line]
    return min(1.0, sum(map(len, hits)) / max(len(line), 1)), len(hits)
