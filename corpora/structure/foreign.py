"""Lines in another language than the document: the browser's language shows in its furniture."""

from __future__ import annotations

import re
from typing import Final

from corpora.codes import primary_language
from corpora.language import is_mostly, script_of, surprisals
from corpora.trigrams import trigrams

_SHARED_SCRIPTS: Final = frozenset({"Latn", "Cyrl", "Arab"})
_WORD: Final = re.compile(r"[^\W\d_]+")

_CLEAR: Final = 16.0
"""Nats by which a line must read more like another language: e^16 to one."""

_CLEAR_FOR_NAMES: Final = 25.0
"""The same where every word is capitalised: ``Gerhard Schröder`` is no German furniture."""

_LONGEST: Final = 200

_NUMERAL: Final = re.compile(r"[\W\d_]*(?:[IVXLCDMivxlcdm]+|[^\W\d_])[\W\d_]*")
"""``XIV.``, ``A)``: a number or a letter of a list is of no language."""

_ACRONYM: Final = re.compile(r"[\W\d_]*(?:[A-Z][\W\d_]*){1,8}")
"""``COVID-19``, ``UNESCO`` stand so in a Russian text."""

_SOME: Final = 8
"""Letters of words in lower case that tell the language of a line more surely than its names do."""

_CAPITALS: Final = 0.6
"""Share of capitalised words from which a line is made of names."""


def foreign_language(line: str, lang: str, script: str | None) -> str:
    """The language of a line that is clearly not in the document's language, or an empty string.

    Args:
        line: one line.
        lang: language of the document.
        script: script of the document (ISO 15924).

    Returns:
        A BCP 47 code, or ``another script`` when the letters are of another script than the document's.
    """
    if len(line) > _LONGEST or _NUMERAL.fullmatch(line):
        return ""
    own = script if script and is_mostly(line, script) else script_of(line)
    if own is None or {own, script} <= {"Hani", "Jpan"}:
        return ""
    if own != script:
        return "" if _ACRONYM.fullmatch(line) else "another script"
    return _of_one_script(line, lang, own) if own in _SHARED_SCRIPTS else ""


def _of_one_script(line: str, lang: str, own: str) -> str:
    """The language of a line that is clearly another than `lang`, where both share a script."""
    base = primary_language(lang)
    other, nats = _rival(line, base, own)
    if nats < (_CLEAR_FOR_NAMES if is_name_like(line) else _CLEAR):
        return ""
    small = " ".join(word for word in _WORD.findall(line) if word[0].islower())
    return other if len(small) < _SOME or leaning(small, base, other) > 0 else ""


def is_name_like(line: str) -> bool:
    """Whether most words begin with a capital: names, or German nouns."""
    words = _WORD.findall(line)
    return bool(words) and sum(word[0].isupper() for word in words) >= _CAPITALS * len(words)


def leaning(line: str, lang: str, other: str) -> float:
    """Nats by which a line reads more like `other` than like `lang`; 0 where they cannot be compared."""
    own = script_of(line)
    if own not in _SHARED_SCRIPTS:
        return 0.0
    costs = surprisals(line, own)
    base = primary_language(lang)
    if base not in costs or other not in costs:
        return 0.0
    return (costs[base] - costs[other]) * sum(trigrams(line).values())


def _rival(line: str, lang: str, script: str) -> tuple[str, float]:
    """The language that a line reads most like, and by how many nats more than like `lang`."""
    costs = surprisals(line, script)
    if lang not in costs:
        return "", 0.0
    best = min(costs, key=costs.__getitem__)
    return best, (costs[lang] - costs[best]) * sum(trigrams(line).values())
