"""Which of several pairs with the same source, or with the same texts, stays in a memory."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def winners(sources: Sequence[str], targets: Sequence[str], sure: Sequence[float]) -> tuple[list[int], list[int]]:
    """The pair that stays instead of each: that of the commonest target, then the surest, then the first.

    Args:
        sources: source text of each pair.
        targets: target text of each.
        sure: confidence of each.

    Returns:
        For each pair the index of the one that stays for its source, and of the one that stays for both its texts.
    """
    by_source, by_pair = list(range(len(sources))), list(range(len(sources)))
    for members in _repeated(sources):
        pairs: dict[str, list[int]] = {}
        for at in members:
            pairs.setdefault(key(targets[at]), []).append(at)
        for same in pairs.values():
            winner = max(same, key=sure.__getitem__)  # the first of several
            for at in same:
                by_pair[at] = winner
        count = {at: len(same) for same in pairs.values() for at in same}
        winner = max(members, key=lambda at: (count[at], sure[at]))
        for at in members:
            by_source[at] = winner
    return by_source, by_pair


def _repeated(texts: Sequence[str]) -> Iterable[list[int]]:
    """The places of each text that comes more than once; most come once, and nothing is made for those."""
    first: dict[str, int] = {}
    again: dict[int, list[int]] = {}
    for at, text in enumerate(texts):
        before = first.setdefault(key(text), at)
        if before != at:
            again.setdefault(before, [before]).append(at)
    return again.values()


def key(text: str) -> str:
    """What makes two texts the same: OmegaT compares after composing (NFC), so ``й`` twice is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
