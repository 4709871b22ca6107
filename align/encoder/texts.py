"""Getting texts into the shape that tokenizers accept; on a copy, for scoring only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_TEXTS: Final = 4096
MAX_CHARACTERS: Final = 1_000_000


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
