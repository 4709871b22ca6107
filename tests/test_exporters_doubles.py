"""Which of several pairs stays is what asking for each pair would give."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from align.exporters.doubles import key, winners

WORDS = st.sampled_from(["a", "b", "c", "й", "и\u0306"])
PAIRS = st.lists(st.tuples(WORDS, WORDS, st.sampled_from([0.1, 0.5, 0.9])), max_size=12)


@given(rows=PAIRS)
def test_the_commonest_then_surest_then_first_stays(rows: list[tuple[str, str, float]]) -> None:
    pairs = [(unicodedata.normalize("NFC", a), unicodedata.normalize("NFC", b)) for a, b, _ in rows]
    count = Counter(pairs)

    def best(places: list[int]) -> int:
        return min(places, key=lambda at: (-count[pairs[at]], -rows[at][2], at))

    by_source, by_pair = winners(*([row[at] for row in rows] for at in range(3)))  # type: ignore[arg-type]
    assert by_source == [best([o for o, other in enumerate(pairs) if other[0] == pair[0]]) for pair in pairs]
    assert by_pair == [best([o for o, other in enumerate(pairs) if other == pair]) for pair in pairs]


@given(text=st.text())
def test_texts_are_compared_composed(text: str) -> None:
    assert key(text) == unicodedata.normalize("NFC", text)
