"""What must be known of a WordPiece tokenizer to do its work elsewhere: its vocabulary, and what it does to characters.

Only of tokenizers that look at characters one by one: a normaliser after which most characters are one each, and a
pre-tokenizer that sets punctuation and digits apart. What each character becomes is asked of the tokenizer itself,
once; a text with a character that becomes none or several, or may join with its neighbour, is left to it.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Final

import numpy as np
from tokenizers.models import WordPiece

from align.encoder.sorting import distinct

if TYPE_CHECKING:
    import numpy.typing as npt
    from tokenizers import Tokenizer

CHARACTERS: Final = 1 << 16
"""Characters that are known, those of the basic plane."""
LETTER, PUNCTUATION, DIGIT, OTHER, UNKNOWN = range(5)
"""Kinds of characters: what stands together; what stands alone; what stands together, apart from letters; what is left
to the tokenizer; and what nobody has asked for."""

_CUTTERS: Final = (
    [{"type": "BertPreTokenizer"}],
    [{"type": "BertPreTokenizer"}, {"type": "Digits", "individual_digits": False}],
)
_SAFE: Final = ((0x0000, 0x0900), (0x1E00, 0x3000), (0x3000, 0xD7A4))
"""Where no character joins with the one before it (Unicode's NFC_Quick_Check) but for those that combine."""


class WordPieces:
    """A WordPiece tokenizer whose work can be done elsewhere.

    Attributes:
        into: what each character of the basic plane becomes.
        kinds: its kind; `UNKNOWN` before `ask`.
        prefix: what tokens begin with that go on with a word.
        unknown: token of a word that cannot be made of others.
        longest: characters of a word; a longer one is `unknown`.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take a tokenizer that is `is_word_pieces`."""
        self._tokenizer = tokenizer
        self.into = np.zeros(CHARACTERS, dtype=np.int32)
        self.kinds = np.full(CHARACTERS, UNKNOWN, dtype=np.int8)
        self.prefix: str = tokenizer.model.continuing_subword_prefix
        self.unknown = tokenizer.token_to_id(tokenizer.model.unk_token) or 0
        self.longest: int = tokenizer.model.max_input_chars_per_word

    def vocabulary(self) -> dict[str, int]:
        """The tokens and their numbers, made anew: they take memory."""
        found: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=False)
        return found

    def ask(self, points: npt.NDArray[np.uint32]) -> None:
        """Find out what becomes of some characters."""
        known = points[points < CHARACTERS]
        for point in distinct(known[self.kinds[known] == UNKNOWN]).tolist():
            self.into[point], self.kinds[point] = self._of(point)

    def _of(self, point: int) -> tuple[int, int]:
        normalizer = self._tokenizer.normalizer
        if not _is_safe(point):
            return point, OTHER
        found = normalizer.normalize_str(chr(point)) if normalizer is not None else chr(point)
        if len(found) != 1 or not _is_safe(ord(found)):
            return point, OTHER
        return ord(found), self._kind(found)

    def _kind(self, character: str) -> int:
        pieces = [piece for piece, _ in self._tokenizer.pre_tokenizer.pre_tokenize_str(f"a{character * 2}a")]
        kinds = {
            (f"a{character * 2}a",): LETTER,
            ("a", character, character, "a"): PUNCTUATION,
            ("a", character * 2, "a"): DIGIT,
        }
        return kinds.get(tuple(pieces), OTHER)


def _is_safe(point: int) -> bool:
    """Whether a character of the basic plane neither joins with one before it nor is half of a pair."""
    return any(first <= point < last for first, last in _SAFE) and not unicodedata.combining(chr(point))


def is_word_pieces(tokenizer: Tokenizer) -> bool:
    """Whether a tokenizer is one of those that `WordPieces` knows."""
    model = tokenizer.model
    if not isinstance(model, WordPiece) or tokenizer.pre_tokenizer is None or tokenizer.get_added_tokens_decoder():
        return False
    try:
        state = json.loads(tokenizer.pre_tokenizer.__getstate__())
    except (TypeError, ValueError):  # one that a program made and no file can hold
        return False
    cutters = state.get("pretokenizers", []) if state.get("type") == "Sequence" else [state]
    return cutters in _CUTTERS and tokenizer.token_to_id(model.unk_token) is not None


__all__ = ["CHARACTERS", "DIGIT", "LETTER", "OTHER", "PUNCTUATION", "UNKNOWN", "WordPieces", "is_word_pieces"]
