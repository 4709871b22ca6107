"""Old encodings of Arabic, Chinese, Japanese and Korean: the one in which a text reads well, if any does."""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

from corpora.language import detect_or_none, script_of

_ARABIC: Final = ("windows-1256", "iso-8859-6")


class _Script(NamedTuple):
    """An encoding of many characters, and those that every text in its language is full of.

    Attributes:
        encoding: its name.
        common: the commonest characters.
        least: which share of the characters beyond ASCII they make up, at least; in prose about twice that.
    """

    encoding: str
    common: frozenset[str]
    least: float


_KANA: Final = frozenset(map(chr, range(0x3041, 0x30FF)))
_SCRIPTS: Final = (
    _Script("shift_jis", _KANA, 0.25),
    _Script("euc-jp", _KANA, 0.25),
    _Script("gb18030", frozenset("的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年，。、"), 0.12),
    _Script("big5", frozenset("的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年，。、"), 0.12),
    _Script("euc-kr", frozenset("이다는의을에가고하지한로은를도사기인서나시대어자리그해정"), 0.25),
)
_ENOUGH: Final = 8
"""How many characters beyond ASCII tell something."""


def arabic(sample: bytes) -> str | None:
    """The encoding in which a text reads like a language of Arabic script; None for none.

    Read in the wrong one, it has Latin letters or signs in the middle of its words.
    """
    for encoding in _ARABIC:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = [c for c in text if c >= "\x80" and c.isalpha()]
        if len(letters) >= _ENOUGH and all("\u0600" <= c <= "\u06ff" for c in letters):
            found = detect_or_none(text)
            if found is not None and script_of(text) == "Arab":
                return encoding
    return None


def ideographic(sample: bytes, *, is_whole: bool) -> str | None:
    """The encoding in which a text reads like Chinese, Japanese or Korean; None for none.

    Args:
        sample: the bytes, or the first of them.
        is_whole: whether that is all, so that no character can be cut off at the end.
    """
    best, best_score = None, 1.0
    for script in _SCRIPTS:
        try:
            text = codecs.getincrementaldecoder(script.encoding)().decode(sample, final=is_whole)
        except UnicodeDecodeError:
            continue
        beyond = [c for c in text if c >= "\x80"]
        if len(beyond) < max(_ENOUGH, sum(c.isalpha() for c in text if c < "\x80")):
            continue
        score = sum(c in script.common for c in beyond) / (script.least * len(beyond))
        if score > best_score:
            best, best_score = script.encoding, score
    return best
