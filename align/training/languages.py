"""How often the language of a piece of text is told right, by the length of the piece."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from align.training.gold import read_gold
from corpora.language import detect_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def sentences_by_language(paths: Sequence[Path]) -> dict[str, list[str]]:
    """The sentences of gold alignments, by their language."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for document in read_gold(path):
            for side in (document.source, document.target):
                found.setdefault(side.document.lang, []).extend(each.text for each in side.sentences)
    return found


def pieces(sentences: Sequence[str], size: int, count: int, seed: int = 0) -> Iterator[str]:
    """Pieces of at most `size` characters, cut at a space: a sentence's beginning, or it and those after it."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        at = chance.randrange(len(sentences))
        text = sentences[at]
        while len(text) < size and at + 1 < len(sentences):
            at += 1
            text = f"{text} {sentences[at]}"
        cut = text[:size]
        yield cut[: cut.rfind(" ")] if len(text) > size and " " in cut[size // 2 :] else cut


def confusions(sentences: Sequence[str], size: int, count: int) -> Counter[str | None]:
    """What pieces of so many characters are taken for."""
    return Counter(map(detect_or_none, pieces(sentences, size, count)))
