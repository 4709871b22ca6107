"""Small alignments built by hand, for the tests of the exporters."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from align.types import Alignment, Bead, Document, Kind, Paragraph, Segmented, Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = str | tuple[str, Kind, str]
"""A sentence that is a paragraph of its own: body text, or text, kind and reason."""


def side(lang: str, lines: Sequence[Line], *, gap: str = "\n\n") -> Segmented:
    """A document of one sentence a paragraph."""
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    text = ""
    for number, line in enumerate(lines):
        words, kind, reason = _plain(line) if isinstance(line, str) else line
        start, stop = len(text), len(text) + len(words)
        paragraphs.append(Paragraph(start, stop, kind, reason))
        sentences.append(Sentence(start, stop, number, words))
        text += words + gap
    document = Document(f"sample.{lang}.txt", lang, text, tuple(paragraphs), {"encoding": "utf-8"})
    return Segmented(document, tuple(sentences))


def _plain(text: str) -> tuple[str, Kind, str]:
    return text, "body", ""


def aligned(
    source: Sequence[Line],
    target: Sequence[Line],
    beads: Sequence[Bead],
    *,
    langs: tuple[str, str] = ("ru", "en"),
) -> Alignment:
    """An alignment of two such documents."""
    return Alignment(side(langs[0], source), side(langs[1], target), tuple(beads), "align test | model none")


def pairs(*texts: tuple[str, str], langs: tuple[str, str] = ("ru", "en")) -> Alignment:
    """One 1-1 bead a pair of texts."""
    beads = [Bead((number,), (number,), 0.9) for number in range(len(texts))]
    return aligned([s for s, _ in texts], [t for _, t in texts], beads, langs=langs)


def statement() -> Alignment:
    """A little of everything: metadata, merged, dropped and added sentences, doubles, hard characters."""
    source: list[Line] = [
        ("13:45", "time", "a time of day alone"),
        ("О\xa0встрече\n  с послом", "title", "short, first"),
        "Он сказал: «Да\xa0— и\xa0нет» & ушёл.",
        "Она осталась.",
        "Потом ушла.",
        "Этого нет в переводе.",
        "* * *",
        "Спасибо.",
        "Спасибо.",
        "Спасибо.",
        "Вопрос о т.к. <b>XVI</b> ]]> веке?",
    ]
    target: list[Line] = [
        ("13:45", "time", "a time of day alone"),
        ("Meeting with the Ambassador", "title", "short, first"),
        'He said, "Yes\xa0– and\tno," & left.',
        "She stayed, then left.",
        "This was added.",
        ("* * *", "separator", "asterisks"),
        "Thank you.",
        "Thanks.",
        "Thank you.",
        "What about the <b>16th</b> ]]> century?\u200e",
        ("Advanced settings", "furniture", "form label"),
    ]
    beads = [
        Bead((0,), (0,), 0.999),
        Bead((1,), (1,), 0.9),
        Bead((2,), (2,), 0.98125),
        Bead((3, 4), (3,), 0.875),
        Bead((5,), (), 0.7),
        Bead((), (4,), 0.7),
        Bead((6,), (5,), 1.0),
        Bead((7,), (6,), 0.91),
        Bead((8,), (7,), 0.99),
        Bead((9,), (8,), 0.9),
        Bead((10,), (9,), 0.31),
        Bead((), (10,), 1.0),
    ]
    return aligned(source, target, beads)


# A busy machine is slow at drawing and at running; that says nothing about what is tested.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)

# The contract of all formats runs as often as one likes: ALIGN_ROUND_TRIPS=8000 gives 100,000 and more in all.
many = settings(unhurried, max_examples=int(os.environ.get("ALIGN_ROUND_TRIPS", "40")))

# Text in which anything may happen, lone surrogates and controls included, and what hurts most oftener.
_nasty = st.sampled_from(
    [
        *"\0\x07\x0b\x0c\x1b\x1c\x7f\x85\xa0\xad\u2028\u2029\u200e\u202e\ufeff\ufffe\uffff\ud800\udfff\U0001fffe",
        *["\t", "\n", "\r", "\r\n", " ", "]]>", "<b>", "&amp;", "&", '"', "'", "ё", "е\u0308", "’", "«", "»"],
        *[
            "عربي",
            "שלום",
            "👩‍👩‍👧‍👦",
            "a\u0430",
            "=1+1",
            "+7",
            "-",
            "@SUM(A1)",
            "'",
            "_x000D_",
            "\\",
            "\\n",
            "\\u0041",
            "|",
        ],
    ]
)
any_text = st.lists(st.one_of(st.text(max_size=8), _nasty), max_size=5).map("".join)
# Mostly body text: a bead with one metadata sentence stays out of a memory.
kinds: st.SearchStrategy[Kind] = st.sampled_from(
    [*["body"] * 20, "title", "turn", "footnote", "time", "number", "separator", "furniture"]
)


def holds_a_split_pair(text: str) -> bool:
    """Whether two lone surrogates stand side by side that JSON would read back as one character."""
    return any("\ud800" <= a <= "\udbff" and "\udc00" <= b <= "\udfff" for a, b in pairwise(text))


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Any alignment: a partition in order of two documents with any text, kinds and confidences."""
    line = st.tuples(any_text.filter(lambda text: not holds_a_split_pair(text)), kinds, any_text.map(ascii))
    beads: list[Bead] = []
    sizes = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)
    at = [0, 0]
    for size in draw(st.lists(sizes, max_size=6)):
        left, right = (tuple(range(start, start + length)) for start, length in zip(at, size, strict=True))
        beads.append(Bead(left, right, draw(st.floats(0, 1))))
        at = [start + length for start, length in zip(at, size, strict=True)]
    source, target = ([*draw(st.lists(line, min_size=length, max_size=length))] for length in at)
    return aligned(source, target, beads)
