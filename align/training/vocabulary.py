"""Learns the tokeniser: a normaliser, a cut into words, and WordPiece over learnt pieces.

WordPiece matches the longest piece first, so its file holds no merges and loads several times
faster than BPE of the same size, which counts at every start of the command line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN = "[UNK]"
CONTINUATION = "##"
LONGEST_WORD = 64
"""Characters of a word; longer ones (a broken line, base64) become unknown."""

_INVISIBLE = "[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
"""Marks left after composition (stress, Arabic vowels), kashida, soft hyphens, directions."""

_ALPHABET = 6000
_MERGED = 0.5
_RAREST = 3
_WORD = re.compile(r"[^\W\d_]+")
_HIDDEN = re.compile(_INVISIBLE)
_HAN = re.compile("[\u3400-\u9fff]")


def new_tokenizer() -> Tokenizer:
    """A tokeniser without pieces: what it does to a text before it looks pieces up."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=LONGEST_WORD))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace("ё", "е"),
            normalizers.Replace(Regex(_INVISIBLE), ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(individual_digits=False)]
    )
    return tokenizer


def learn(texts: Iterable[str], words: Mapping[str, float], size: int) -> Tokenizer:
    """Learn a tokeniser with at most `size` pieces; the unknown piece is number 0.

    Half of the pieces are learnt as WordPiece does, by merging frequent pairs, so that any word can be
    put together. The rest are whole words, the heaviest first. Longest match makes of them stems for
    words that were not seen: a new ``министрами`` is cut after ``министра``.

    Args:
        texts: what merges are learnt from.
        words: how much each word weighs, see `count`.
        size: number of pieces.
    """
    texts = list(texts)
    alphabet = _alphabet(texts)
    trainer = trainers.WordPieceTrainer(
        vocab_size=int(size * _MERGED),
        min_frequency=_RAREST,
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        # Numbered beforehand, because the trainer would number them as its hash table has them, and
        # breaks ties by number: the same texts would give another vocabulary each time.
        special_tokens=[UNKNOWN, *alphabet, *(CONTINUATION + letter for letter in alphabet)],
        continuing_subword_prefix=CONTINUATION,
        show_progress=False,
    )
    merging = new_tokenizer()
    merging.train_from_iterator(texts, trainer)
    tokenizer = new_tokenizer()
    pieces = dict(sorted(merging.get_vocab().items(), key=lambda item: item[1]))
    for word in sorted(words, key=lambda word: (-words[word], word)):
        if len(pieces) >= size or words[word] < _RAREST:
            break
        pieces.setdefault(word, len(pieces))
    tokenizer.model = models.WordPiece(
        pieces,
        unk_token=UNKNOWN,
        max_input_chars_per_word=LONGEST_WORD,
        continuing_subword_prefix=CONTINUATION,
    )
    return tokenizer


def _alphabet(texts: Iterable[str]) -> list[str]:
    """The most frequent characters, as the normaliser leaves them."""
    letters = Counter(letter for text in texts for letter in _fold(text) if not letter.isspace())
    return sorted(sorted(letters, key=lambda letter: (-letters[letter], letter))[:_ALPHABET])


def _fold(text: str) -> str:
    """What the tokeniser's normaliser does, many times faster."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return _HIDDEN.sub("", folded)


def count(texts: Iterable[str]) -> Counter[str]:
    """Count the words of `texts`, spelt as the tokeniser's normaliser does.

    Runs of Chinese characters are no words and are left to merging.
    """
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_WORD.findall(_fold(text)))
    return Counter({word: number for word, number in found.items() if not _HAN.search(word)})
