"""Getting texts into the shape that tokenizers accept; on a copy, for scoring only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_TEXTS: Final = 4096
MAX_CHARACTERS: Final = 1_000_000

_LATIN: Final = "[\u00c0-\u00ff]"
_FIRST: Final = "[РСÐÑ]"
"""What the first byte of a Cyrillic letter in UTF-8 looks like in windows-1251, and in windows-1252 or Latin-1."""
_SECOND: Final = (
    "[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u0401-\u040f\u0451-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122]"
)
"""What the second byte looks like."""

# Written out, not with {3}: so they begin with a set of characters, which is looked for several times faster.
_READ_AS_LATIN: Final = re.compile(_LATIN + _LATIN + _LATIN + _LATIN)
_READ_AS_BYTES: Final = re.compile(_FIRST + _SECOND + _FIRST + _SECOND + _FIRST + _SECOND)
_CYRILLIC: Final = {
    code: letter for code in range(0xA1, 0x100) if (letter := bytes([code]).decode("cp1251")).isalpha() or letter == "№"
}
"""What the characters of Latin-1 are in windows-1251, as far as those are letters."""

_MOST: Final = 0.6
"""Share of the letters that are beyond ASCII in Cyrillic that was read as Latin-1; languages have half as many."""


def readable(text: str) -> str:
    """Set Cyrillic right that was read in a wrong encoding, such as ``Ìèð`` or ``РњРёСЂ``; else, `text` itself.

    Old pages and corpora hold whole documents of it. Nothing in them could be compared with a translation.
    """
    if text.isascii():
        return text
    if _READ_AS_BYTES.search(text):
        return _from_bytes(text)
    if _READ_AS_LATIN.search(text):
        letters = [letter for letter in text if letter.isalpha()]
        if sum("\u00c0" <= letter <= "\u00ff" for letter in letters) >= _MOST * len(letters):
            return text.translate(_CYRILLIC)
    return text


def all_readable(texts: Sequence[str]) -> list[str]:
    """The same of several texts: they are looked through together, for hardly any has anything to set right."""
    whole = "\n".join(texts)
    if whole.isascii() or not (_READ_AS_BYTES.search(whole) or _READ_AS_LATIN.search(whole)):
        return list(texts)
    return list(map(readable, texts))


def are_odd(pieces: Sequence[str]) -> list[bool]:
    """Whether `readable` may change a text that has such a piece between its spaces: no others are looked at."""
    whole = "\n".join(pieces)
    if whole.isascii() or not (_READ_AS_BYTES.search(whole) or _READ_AS_LATIN.search(whole)):
        return [False] * len(pieces)
    return [bool(_READ_AS_BYTES.search(piece) or _READ_AS_LATIN.search(piece)) for piece in pieces]


def _from_bytes(text: str) -> str:
    for encoding in ("cp1251", "cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def well_formed(text: str) -> str:
    """Join surrogate pairs and replace lone surrogates by U+FFFD, since tokenizers refuse both."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def batches(texts: Sequence[str]) -> Iterator[slice]:
    """Cut `texts` into runs small enough that what a tokenizer says of them fits into memory.

    Yields:
        Slices that cover `texts` in order, of at most `MAX_TEXTS` texts, and of at most
        `MAX_CHARACTERS` characters unless a single text is longer.
    """
    start = characters = 0
    for index, text in enumerate(texts):
        characters += len(text)
        if index > start and (index - start >= MAX_TEXTS or characters > MAX_CHARACTERS):
            yield slice(start, index)
            start, characters = index, len(text)
    if start < len(texts):
        yield slice(start, len(texts))
