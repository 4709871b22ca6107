"""Baselines of retrieval that know no model: the spelling of words, and a dictionary learnt from bitext."""

from __future__ import annotations

import lzma
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from scipy import sparse

from align.training.bitext import read_sources
from align.training.features import grams
from align.training.measure import Beads, Vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

BUCKETS = 1 << 15
PAIRS = 60_000
"""Pairs of a language that its dictionary is learnt from."""

FEWEST = 2
_WORD = re.compile(r"[㐀-鿿]|[^\W\d_㐀-鿿]+|\d+")


def by_spelling(texts: Sequence[str]) -> Vectors:
    """TF-IDF vectors over hashed n-grams of romanised words."""
    return tf_idf([[gram for word in _words(text) for gram in grams(word)] for text in texts])


def by_words(texts: Sequence[str]) -> Vectors:
    """TF-IDF vectors over hashed words."""
    return tf_idf([_words(text) for text in texts])


def tf_idf(bags: Sequence[Sequence[str]]) -> Vectors:
    """Square roots of counts times the logarithm of inverse document frequency, at unit length."""
    counts = np.zeros((len(bags), BUCKETS), np.float32)
    for row, bag in enumerate(bags):
        for item in bag:
            counts[row, crc32(item.encode()) % BUCKETS] += 1
    weight = np.log(len(bags) / (1 + np.count_nonzero(counts, axis=0))).clip(min=0)
    vectors = np.sqrt(counts) * weight.astype(np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))


def _words(text: str) -> list[str]:
    """Words and numbers in lower case; each Chinese character for itself."""
    return _WORD.findall(text.lower().replace("ё", "е"))


class Dictionary:
    """For each foreign word its English one: the pair with the highest Dice coefficient (Dice 1945)."""

    def __init__(self, directory: Path) -> None:
        """Learn from the free bitext in a directory; languages when they are asked for."""
        self._directory = directory
        self._known: dict[str, Mapping[str, str]] = {"en": {}}

    def translated(self, beads: Beads, pair: str) -> Beads:
        """Both sides of `beads` word by word in English; unknown words stay."""
        source, target = (self._of(lang) for lang in pair.split("-"))
        return Beads(
            [_translated(text, source) for text in beads.source],
            [_translated(text, target) for text in beads.target],
            beads.document,
        )

    def _of(self, lang: str) -> Mapping[str, str]:
        if lang not in self._known:
            self._known[lang] = _learn(list(self._pairs(lang)))
        return self._known[lang]

    def _pairs(self, lang: str) -> Iterator[tuple[list[str], list[str]]]:
        sources = [found for found in read_sources(self._directory) if found.is_free and found.lang == lang]
        for source in sorted(sources, key=lambda found: found.tier):
            with lzma.open(self._directory / source.file, "rt", encoding="utf-8") as lines:
                for _, line in zip(range(PAIRS // max(1, len(sources)) * 3), lines, strict=False):
                    foreign, english = line.rstrip("\n").split("\t")
                    yield _words(foreign), _words(english)


def _translated(text: str, dictionary: Mapping[str, str]) -> str:
    return " ".join(dictionary.get(word, word) for word in _words(text))


def _learn(pairs: Sequence[tuple[list[str], list[str]]]) -> dict[str, str]:
    if not pairs:
        return {}
    foreign, names = _incidence([pair[0] for pair in pairs])
    english, words = _incidence([pair[1] for pair in pairs])
    together = (foreign.T @ english).tocoo()
    often = together.data >= FEWEST
    row, column, count = together.row[often], together.col[often], together.data[often]
    totals = np.asarray(foreign.sum(axis=0)).ravel(), np.asarray(english.sum(axis=0)).ravel()
    dice = 2 * count / (totals[0][row] + totals[1][column])
    best = dict(zip(row[order := np.argsort(dice)], column[order], strict=True))  # the last of a row is its best
    return {names[at]: words[to] for at, to in best.items()}


def _incidence(bags: Sequence[list[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    """Which text has which word, words met often enough only."""
    counts = Counter(word for bag in bags for word in set(bag))
    number: dict[str, int] = defaultdict()
    for word, count in counts.items():
        if count >= FEWEST:
            number[word] = len(number)
    rows = [(row, number[word]) for row, bag in enumerate(bags) for word in set(bag) if word in number]
    row, column = np.array(rows).T
    matrix = sparse.csr_matrix((np.ones(len(row), np.float32), (row, column)), (len(bags), len(number)))
    return matrix, list(number)
