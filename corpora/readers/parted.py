"""Words parted by a hyphen at the end of a line: telling them from compounds, and making them whole."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from corpora.readers.blocks import words

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD_AT_END: Final = re.compile(r"([^\W\d_]+)[-\xad\u2010]$")
_WORD_AT_START: Final = re.compile(r"[^\W\d_]+")
_HYPHENATED: Final = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_COMPOUND: Final = re.compile(r"[а-яё]{4,}о-[а-яё]{6,}")
"""``торгово-экономический``"""

_SOME: Final = 3
_PARTED: Final = 0.03
"""How many lines, and which share of them, end with a hyphen at least in a text that parts words: one in
ten to thirty does there, and one in a hundred where only compounds do."""

_KEEP_BEFORE: Final = words(
    "self well non anti long short high low half multi vice cross quasi по из кое в во вице экс северо юго военно нано"
)
_KEEP_AFTER: Final = words("то либо нибудь ка таки за под based like related style")
_LISTED: Final = words("и или либо а and or to und oder bzw et ou y e o i ta або й")
"""What stands behind a hyphen that awaits the rest of its word: ``two- and three-storey``."""


def is_awaiting(following: str) -> bool:
    """Whether a line begins with a word that leaves the hyphen before it hanging."""
    word = _WORD_AT_START.match(following)
    return word is not None and word[0] in _LISTED


class Words:
    """The words of a document inside its lines, and whether it parts words at the ends of lines.

    Attributes:
        count: how often a word stands inside a line, in small letters.
        parts: whether so many lines end with a hyphen that words are parted.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Count the words of `lines`."""
        self.count = Counter[str]()
        ends = total = 0
        for line in lines:
            self.count.update(word.casefold() for word in _WORD.findall(line))
            self.count.update(word.casefold() for word in _HYPHENATED.findall(line))
            ends += bool(_WORD_AT_END.search(line))
            total += 1
        self.parts = ends >= _SOME and ends >= _PARTED * total

    def is_parted(self, text: str, following: str) -> bool:
        """Whether the hyphen at a line's end parts a word, and is none of its own.

        By what the document itself writes elsewhere; where it says nothing, by whether words are parted
        at all in it, and by the parts of compounds.

        Args:
            text: a line, to its last character, or its end.
            following: the next line, or its beginning.
        """
        if text[-1] == "\xad":
            return True
        left, right = _WORD_AT_END.search(text), _WORD_AT_START.match(following)
        if left is None or right is None or is_awaiting(following):
            return False
        head, tail = left[1].casefold(), right[0].casefold()
        whole, compound = self.count[head + tail], self.count[f"{head}-{tail}"]
        if whole or compound:
            return whole >= compound
        is_compound = head in _KEEP_BEFORE or tail in _KEEP_AFTER or _COMPOUND.fullmatch(f"{head}-{tail}")
        return self.parts and not is_compound
