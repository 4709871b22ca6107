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
    from collections.abc import Collection, Iterable, Iterator, Mapping

UNKNOWN = "[UNK]"
CONTINUATION = "##"
LONGEST_WORD = 64
"""Characters of a word; longer ones (a broken line, base64) become unknown."""

_INVISIBLE = "[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
"""Marks left after composition (stress, Arabic vowels), kashida, soft hyphens, directions."""

_ALPHABET = 6000
_MERGED = 0.41
_RAREST = 3
_WORD = re.compile(r"[^\W\d_]+")
_HIDDEN = re.compile(_INVISIBLE)
HAN = re.compile("[\u3400-\u9fff]")
_HANS = re.compile(f"{HAN.pattern}+")
_LONGEST_CHINESE = 6
_SEEN_CHINESE = 5
_SEEN_LETTER = 2
_SEEN_STEM = 8
ARTICLE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})")
"""Arabic words for "and", "in", "like", "to" and "the", which are written as one with the word after them."""


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


def learn(texts: Iterable[str], words: Mapping[str, float], size: int, certain: Iterable[str] = ()) -> Tokenizer:
    """Learn a tokeniser with at most `size` pieces; the unknown piece is number 0.

    Two in five pieces are learnt as WordPiece does, by merging frequent pairs, so that any word can be
    put together. The rest are those that are `certain` and whole words, the heaviest first. Longest match
    makes of them stems for words that were not seen: a new ``министрами`` is cut after ``министра``.

    Args:
        texts: what merges are learnt from.
        words: how much each word weighs, see `count`.
        size: number of pieces.
        certain: pieces that go before words.
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
    for piece in certain:
        if len(pieces) < size:
            pieces.setdefault(piece, len(pieces))
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
    return Counter({word: number for word, number in found.items() if not HAN.search(word)})


def chinese(texts: Iterable[str], lexicon: Collection[str]) -> list[str]:
    """Chinese words to be pieces, both at the start of a run of characters and within it.

    Texts are cut as WordPiece will cut them: the longest word first. A word must be seen five times, a single
    character twice.

    Args:
        texts: that the words are counted in.
        lexicon: all words that may be taken.
    """
    longest = min(max(map(len, lexicon), default=1), _LONGEST_CHINESE)
    found: Counter[str] = Counter()
    for text in texts:
        for run in _HANS.findall(_fold(text)):
            found.update(_cut(run, lexicon, longest))
    least = {word: _SEEN_LETTER if len(word) == 1 else _SEEN_CHINESE for word in found}
    words = (word for word in sorted(found, key=lambda word: (-found[word], word)) if found[word] >= least[word])
    return [piece for word in words for piece in (word, CONTINUATION + word)]


def _cut(run: str, lexicon: Collection[str], longest: int) -> Iterator[str]:
    start = 0
    while start < len(run):
        stops = range(min(len(run), start + longest), start + 1, -1)
        stop = next((stop for stop in stops if run[start:stop] in lexicon), start + 1)
        yield run[start:stop]
        start = stop


def arabic(words: Mapping[str, float]) -> list[str]:
    """Arabic articles with what is written as one with them, and the ends of words that stand behind them."""
    articles: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    for word, number in words.items():
        article = ARTICLE.match(word)
        if article:
            articles[article.group()] += int(number)
            stems[word[article.end() :]] += int(number)
    ends = [stem for stem in sorted(stems, key=lambda stem: (-stems[stem], stem)) if stems[stem] >= _SEEN_STEM]
    return [*sorted(articles), *(CONTINUATION + stem for stem in ends)]
