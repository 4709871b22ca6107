"""An alignment as NLTK's `AlignedSent`, for NLTK's own translation models and measures."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Unpack

from align.exporters.base import Wanted
from align.exporters.selection import units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.types import Alignment

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")


def words_of(text: str) -> list[str]:
    """Words, each with its inner hyphens and apostrophes, and single marks of punctuation.

    >>> words_of("Из-за дождя, мы остались.")
    ['Из-за', 'дождя', ',', 'мы', 'остались', '.']
    """
    return _WORD.findall(text)


def to_nltk(
    alignment: Alignment, *, tokenize: Callable[[str], Sequence[str]] = words_of, **wanted: Unpack[Wanted]
) -> list[Any]:
    """The units that a memory would hold, as NLTK's aligned sentences.

    Words that stand once on each side and are the same there (numbers, names in one script) are linked: we
    align sentences, and know no more of words. NLTK's IBM models fill in the rest.

    Args:
        alignment: between two documents in known languages.
        tokenize: a text to its words.
        wanted: fields of `align.exporters.base.Options`; they choose the units.

    Returns:
        `nltk.translate.AlignedSent`, target words first as NLTK has them: ``words`` is the target,
        ``mots`` the source, and a link is a target index, then a source index.

    Raises:
        FormatError: the language of a side is unknown.
    """
    from nltk.translate.api import AlignedSent
    from nltk.translate.api import Alignment as Links

    chosen, _ = units(alignment, **wanted)
    pairs = [[list(tokenize(text)) for text in unit.variants.values()] for unit in chosen]
    return [AlignedSent(target, source, Links(_links(target, source))) for source, target in pairs]


def _links(target: Sequence[str], source: Sequence[str]) -> list[tuple[int, int]]:
    once = [word for word, count in Counter(target).items() if count == 1 and any(map(str.isalnum, word))]
    places = {word: index for index, word in enumerate(source)}
    counts = Counter(source)
    return [(target.index(word), places[word]) for word in once if counts[word] == 1]
