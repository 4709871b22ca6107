"""Is a line of a saved page its text or its furniture? The cues, and how much they prove where.

What a cue proves depends on where the line stands. In the midst of the text only what cannot be text
is furniture; before the title and after the last paragraph, weaker cues are enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from corpora.codes import primary_language
from corpora.structure.foreign import foreign_language, leaning
from corpora.structure.phrases import LONGEST, fold, furniture_words, phrases
from corpora.structure.shapes import shape_reason

_PAUSES: Final = ".!?…:;,。！？：；،؛؟"
_QUOTES: Final = "\"'»”’)]」』"
_CLOSED: Final = re.compile(f"[{_PAUSES}][{re.escape(_QUOTES)}]*$")
_MAY_CLOSE: Final = frozenset(_QUOTES + "\n")
"""What may stand behind a pause at the end of a line."""

_FULL_STOP: Final = re.compile(r"[.!?…。！？؟][\"'»”’)\]」』]*$")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FEW_WORDS: Final = 12
_MOSTLY: Final = 0.5
"""Share of furniture words that makes a short line at the edge of a page furniture."""

_NEARLY_ALL: Final = 0.75
"""The same where the line reads like a sentence, or holds a single such word."""

_SEVERAL: Final = 2
"""So many words of furniture of another language, within the text, are no chance."""

_SOME_LEANING: Final = 6.0
"""Nats towards another language that are enough for a line that is made of its furniture words."""


ANOTHER_SCRIPT: Final = "line in another script"
"""How the reason for a line begins that is told by its letters alone."""

ANOTHER_LANGUAGE: Final = "line in another language"
"""How the reason begins for a line that is told by its trigrams."""

WORDED: Final = "words of page furniture"
"""How the reason begins for a line that is made of such words."""

ONE_WORD: Final = "a word of page furniture"
"""How it begins for a line of one such word, which may be a heading as well."""


class Place(Enum):
    """Where a line stands on the page."""

    HEAD = "before the text"
    MIDST = "within the text"
    TAIL = "after the last paragraph"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says about each of its lines.

    Attributes:
        lang: its language, BCP 47.
        script: its script, ISO 15924, or None when it has no letters.
    """

    lang: str
    script: str | None


def is_closed(line: str) -> bool:
    """Whether a line ends as prose does: with a full stop, a question mark, a colon or a comma."""
    last = line[-1:]
    return bool(last) and (last in _PAUSES or (last in _MAY_CLOSE and _CLOSED.search(line[-8:]) is not None))


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_FULL_STOP.search(line[-8:]))


def is_short(line: str) -> bool:
    """Whether a line is short enough for a button or a heading of a menu."""
    return len(line) <= 100 and len(line.split()) <= _FEW_WORDS  # noqa: PLR2004 - characters of a menu line


def furniture_reason(line: str, place: Place, setting: Setting) -> str:
    """Why a line is page furniture, or an empty string when it is not.

    Args:
        line: the paragraph's text.
        place: where it stands.
        setting: the document's language and script.
    """
    return known_reason(line, place, setting) or guessed_reason(line, place, setting)


def guessed_reason(line: str, place: Place, setting: Setting) -> str:
    """Furniture by its words or by its language, of a line that holds no phrase and has no shape that we know."""
    if place is Place.MIDST:
        return "" if is_closed(line) or not is_short(line) else _foreign_furniture(line, setting)
    return _worded(line, place, setting) or _foreign(line, place, setting)


def known_reason(line: str, place: Place, setting: Setting) -> str:
    """Furniture by a phrase that we know or a shape that text does not have."""
    if len(line) > LONGEST:
        return shape_reason(line)
    certain, likely = phrases().languages(line)
    if not certain and not likely:
        return shape_reason(line)
    sentence = is_sentence(line)
    own = primary_language(setting.lang)
    # What may be a heading in the document's own language is one, though it be a button in another.
    if certain and not (sentence and " " not in fold(line)) and (own in certain or own not in likely):
        return f"known page furniture ({_named(own, certain)})"
    if likely and not sentence and (place is not Place.MIDST or own not in likely):
        return f"known page furniture ({_named(own, likely)}) {place.value}"
    return shape_reason(line)


def _named(own: str, langs: tuple[str, ...]) -> str:
    """The language to name for a phrase that several have."""
    return own if own in langs else langs[-1]


def _is_other(lang: str, setting: Setting) -> bool:
    return lang != primary_language(setting.lang)


def _worded(line: str, place: Place, setting: Setting) -> str:
    """A short line made of words of page furniture: ``Filter settings``, ``Suchfilter löschen``."""
    if not is_short(line):
        return ""
    share, count, lang = furniture_words(line)
    single = count == 1 and len(line.split()) > 1
    if single and (is_closed(line) or (place is Place.HEAD and not _is_other(lang, setting))):
        return ""
    if share < (_NEARLY_ALL if single or is_closed(line) else _MOSTLY):
        return ""
    return f"{ONE_WORD if count == 1 else WORDED} ({lang}) {place.value}"


def is_weak(reason: str) -> bool:
    """Whether a reason needs another piece of furniture beside the line: a lone foreign line may be a quotation."""
    return reason.startswith((ANOTHER_SCRIPT, ANOTHER_LANGUAGE, ONE_WORD))


def _foreign(line: str, place: Place, setting: Setting) -> str:
    """A short line in another language than the document, before or after the text."""
    if len(line.split()) > 2 * _FEW_WORDS:
        return ""
    lang = foreign_language(line, setting.lang, setting.script)
    if not lang:
        return ""
    told = ANOTHER_SCRIPT if lang == "another script" else f"{ANOTHER_LANGUAGE} ({lang})"
    return f"{told} {place.value}"


def _foreign_furniture(line: str, setting: Setting) -> str:
    """Within the text: another language and words of page furniture of that language."""
    share, count, lang = furniture_words(line)
    if share < _MOSTLY or count < _SEVERAL or not _is_other(lang, setting):
        return ""
    other = foreign_language(line, setting.lang, setting.script)
    if other != "another script" and leaning(line, setting.lang, lang) < _SOME_LEANING:
        return ""
    return f"{WORDED} ({lang}) within a text in {setting.lang}"
