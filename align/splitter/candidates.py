"""One compiled pattern that finds every point of a paragraph where a sentence might end or begin.

It is linear on any input: a run of terminators is tried from its first character only (the
look-behind), and runs are taken whole without backtracking (the possessive quantifiers). It begins
with one set of characters, which lets the regular expression engine skip ahead fast.
"""

from __future__ import annotations

import re
from typing import Final

from align.splitter.point import CLOSING, EMOJI, LIST_BULLETS

TAIL: Final = 5
"""A word with so many small letters at its end is no abbreviation, but for a few that are known."""

_ALPHABETS: Final = [chr(code) for code in (*range(0x41, 0x250), *range(0x370, 0x590))]
_LOWER: Final = "".join(letter for letter in _ALPHABETS if letter.islower())
_UPPER: Final = "".join(letter for letter in _ALPHABETS if letter.isupper())
_FULL_WIDTH: Final = "。．！？｡"  # no white space follows these in any language
_SMILEY: Final = r"(?<=[:;=^-]\))"
_ITEM: Final = r"(?<=[\s(.]\w\))|(?<=[\s(.]\w\w\))|(?<=\w\.\))"
_FOOTNOTES: Final = r"(?:\[\d{1,3}\]|\*{1,3}+(?=\s)|[¹²³⁴-⁹⁰†‡]){0,4}+"
_ENTITIES: Final = r"(?:&(?:quot|#39|raquo|rdquo);){0,4}+"  # left over in carelessly saved pages


def candidate_pattern(terminators: str, *, spaced: bool, guillemets: bool = False) -> re.Pattern[str]:
    """The pattern for a language.

    A candidate is a run of terminators, a semicolon before a capital, a closing bracket (a smiley, or a
    list's ``2)``), an emoji or a bullet. The groups are 1: that run, 2: empty, and there only where a long
    word in small letters, one mark (a full stop perhaps with a closing quote), white space and a capital
    follow each other, 3: the white space after the run and its closing marks, which is empty only where the
    next sentence is glued on (``конец.Начало``).

    Args:
        terminators: the characters that may end a sentence.
        spaced: whether the language writes white space between sentences (Chinese does not).
        guillemets: whether ``»`` always closes, and may have a space before it (French).
    """
    marks = re.escape(terminators)
    marks_after = CLOSING if spaced else CLOSING.translate({ord(mark): None for mark in "“‘"})
    closing = f"[{re.escape(marks_after)}]*+{_ENTITIES}{_FOOTNOTES}"
    if guillemets:
        closing = rf"(?:\s?»)?+{closing}"
    white = rf"{closing}(?=\s)"
    glued = rf"(?=[{_UPPER}][{_LOWER}\s])(?<=[{_LOWER}\d.?!…][{marks}])"
    wide = rf"(?<=[{_FULL_WIDTH}]){closing}"
    after = rf"(?:{white}|{glued}|{wide})" if spaced else rf"{closing}"
    return re.compile(
        rf"([{marks};){EMOJI}{LIST_BULLETS}]"
        rf"(?:(?<=[{_LOWER}]{{{TAIL}}}[{marks}])(?=(?:(?<=\.)[”\"])?+\s++[{_UPPER}])()"
        rf"|(?<=[{marks}])(?<![{marks}][{marks}])[{marks}]*+"
        rf"|(?<=\))(?<!\)\))(?:(?=\))|{_SMILEY}|{_ITEM})\)*+(?=\s)"
        rf"|(?<=[{EMOJI}])(?<![{EMOJI}\u200d\ufe0f][{EMOJI}])[{EMOJI}\u200d\ufe0f]*+(?=\s)"
        rf"|(?<=\s[{LIST_BULLETS}])(?=\s)|(?<=;)(?=\s+[{_UPPER}])))"
        rf"(?:(?<![{marks}])|(?<=[{marks}]){after})(\s*+)"
    )
