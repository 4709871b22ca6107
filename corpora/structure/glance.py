"""A first glance at a line: a few tests of whole strings that tell prose from what has to be looked at closely.

Nearly all lines of a long text are prose. Asking each of them everything that a line of a page may be took a sixth of
the time of a long document. What is dismissed here has no shape of page furniture, holds no phrase of it, and is no
date, number, separator or footnote; tests hold this module to those that it stands in for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpora.structure.dates import LONGEST as LONGEST_MOMENT
from corpora.structure.phrases import LONGEST as LONGEST_PHRASE
from corpora.structure.phrases import phrases
from corpora.structure.shapes import COOKIE_LENGTH, LONGEST, first_word, may_count

_MARKS: Final = re.compile(r"[>»›→|≫/•·@]")
"""What paths and addresses are told by."""

_TELLING: Final = re.compile(r"[\d>»›→|≫/•·@]")
"""The same with what dates and numbers are told by."""

_ADDRESS: Final = re.compile(r"\.(?:ru|com|org|net|int|eu)")
_COOKIE: Final = re.compile(r"[cCкК](?:[oO]{2}[kK\u212a][iIıİ][eE]|[уУ][кК][иИ])")
"""``cookie`` and ``куки``, whatever their case, in a form that is searched for fast."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What is looked for in the lines of one text.

    Attributes:
        cookies: whether the text speaks of cookies anywhere.
    """

    cookies: bool

    @classmethod
    def at(cls, text: str) -> Glance:
        """Look over the whole text once."""
        return cls(_COOKIE.search(text) is not None)

    def is_prose(self, line: str) -> bool:
        """Whether a line is surely none of all that can be told by the line itself; no word is said of speakers.

        False says nothing.
        """
        word = first_word(line)
        size = len(line)
        if not word or (size <= LONGEST_PHRASE and word in phrases().first and phrases().may_hold(line)):
            return False
        if self.cookies and size <= COOKIE_LENGTH and _COOKIE.search(line):
            return False
        if size > LONGEST:
            return True
        telling = _TELLING.search(line) if size <= LONGEST_MOMENT else _MARKS.search(line) or may_count(line)
        return not (telling or "::" in line or "www." in line or _ADDRESS.search(line))
