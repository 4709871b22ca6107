"""What a piece's row is made of while training: a row of its own and rows for its spelling."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.training.ragged import Ragged
from align.training.vocabulary import ARTICLE, CONTINUATION, HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers = npt.NDArray[np.int64]

SIZES = (3, 4, 5)
"""Lengths of n-grams."""

_CYRILLIC = dict(zip("абвгґдезиіїйклмнопрстуфхцыьэ", "abvggdeziiijklmnoprstufhcy'e", strict=True)) | {
    "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "є": "ye",
}  # fmt: skip
_ARABIC = dict(zip("ابتثجحدذرزسشصضطظعغفقكلمنهوي", "abttjhddrzsssdtz'gfqklmnhuy", strict=True)) | {
    "ة": "a", "ى": "a", "أ": "a", "إ": "i", "آ": "a", "ء": "", "ؤ": "u", "ئ": "y", "ع": "a",
}  # fmt: skip
_LATIN = dict(zip("äöüáàâãåéèêëíìîïóòôõúùûñçšžčý", "aouaaaaaeeeeiiiioooouuuncszcy", strict=True)) | {"ß": "ss"}
_ROMAN = _CYRILLIC | _ARABIC | _LATIN
_SOUND = str.maketrans({"c": "k", "q": "k", "y": "i", "j": "i", "w": "v", "x": "k", "z": "s"})
_VOWELS = str.maketrans("", "", "aeiou'")


@dataclass(frozen=True, slots=True)
class Features:
    """Rows that each piece's row is the weighted sum of.

    Attributes:
        pieces: number of pieces; rows ``0 … pieces-1`` are their own.
        count: number of rows altogether.
        own: number of the own row of each piece, shape ``(pieces,)``: another piece's where both are the same word.
        spelling: numbers of the spelling rows of each piece.
    """

    pieces: int
    count: int
    own: Numbers
    spelling: Ragged

    def of(self, pieces: Numbers, weight: float) -> tuple[Numbers, Numbers, npt.NDArray[np.float32]]:
        """What the rows of `pieces` are made of.

        Returns:
            Position in `pieces`, row number, and weight, one entry a term. A piece's own row counts
            1, its spelling rows `weight` over the square root of their number.
        """
        position, row = self.spelling.rows(pieces)
        number = np.bincount(position, minlength=len(pieces))
        share = (weight / np.sqrt(np.maximum(number, 1))).astype(np.float32)
        return (
            np.concatenate([np.arange(len(pieces)), position]),
            np.concatenate([self.own[pieces], row.astype(np.int64)]),
            np.concatenate([np.ones(len(pieces), np.float32), share[position]]),
        )


def spell(pieces: Sequence[str], buckets: int) -> Features:
    """Find the spelling rows of each of `pieces`: hashed n-grams, `buckets` of them at most."""
    rows = []
    for piece in pieces:
        numbers = {zlib.crc32(gram.encode()) % buckets for gram in grams(piece)}
        rows.append(sorted(len(pieces) + number for number in numbers))
    return Features(len(pieces), len(pieces) + buckets, _own(pieces), Ragged.of(rows))


def _own(pieces: Sequence[str]) -> Numbers:
    """A Chinese word is the same wherever it stands in a run of characters, which has no spaces."""
    number = {piece: at for at, piece in enumerate(pieces)}
    words = (piece.removeprefix(CONTINUATION) if HAN.search(piece) else piece for piece in pieces)
    return np.array([number.get(word, at) for at, word in enumerate(words)], dtype=np.int64)


def grams(piece: str) -> list[str]:
    """The n-grams that a piece is spelt with: of its romanised letters, and of its consonants."""
    text = piece.removeprefix(CONTINUATION)
    if not any(letter.isalpha() for letter in text):
        return [f"={text}"]
    if HAN.search(text):
        return [f"={text}", *(text[at : at + size] for size in (1, 2) for at in range(len(text) - size + 1))]
    roman = romanise(text)
    whole = roman if piece.startswith(CONTINUATION) else f"<{roman}"
    found = [whole[at : at + size] for size in SIZES for at in range(len(whole) - size + 1)]
    sound = roman.translate(_SOUND).translate(_VOWELS)
    stem = romanise(ARTICLE.sub("", text))
    found += [f"={stem}"] if stem != roman else []
    if not roman.isascii():
        return [f"={text}", *text, *found]
    return [f"={roman}", *found, *([f"~{sound}"] if len(sound) > 2 else [])]  # noqa: PLR2004


def romanise(text: str) -> str:
    """`text` in Latin letters without marks, as far as we have letters for it."""
    return "".join(_ROMAN.get(letter, letter) for letter in text)
