"""Reads pairs to learn from out of translation memories: TMX in any state, or tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.errors import ReadError, SameLanguageError
from align.memory.decoding import Source, opened
from align.memory.reader import Reader
from align.memory.rules import Findings
from corpora.codes import primary_language
from corpora.language import detect_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

TSV_HEADER: Final = ("source", "target")
"""How the header of a table begins that has one; a column `LEFT_OUT` may follow."""

LEFT_OUT: Final = "left_out"
"""Column that says why a memory leaves a row out; such rows are not learnt from."""

_TABLES: Final = (".tsv", ".tab", ".txt")
_SAMPLE: Final = 300
"""Pairs that are enough to tell the language of a side by."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that translate each other."""

    source: str
    target: str


def read_memories(paths: Sequence[str]) -> list[Pair]:
    """Read all pairs of some memories, in their order, each pair once.

    Left out is what nobody can learn from: a side without letters, both sides the same, both sides in
    one language.

    Args:
        paths: files; one whose name ends in .tsv, .tab or .txt is a table, source TAB target, all else TMX.

    Raises:
        ReadError: a file cannot be read, or holds no pairs.
        SameLanguageError: both sides of a file are in one language.
    """
    found: dict[Pair, None] = {}
    for path in paths:
        found |= dict.fromkeys(_read(path))
    return list(found)


def _read(path: str) -> list[Pair]:
    table = path.lower().endswith(_TABLES)
    with opened(path) as stream:
        pairs = list(_rows(path, stream)) if table else _units(path, stream)
    useful = [pair for pair in pairs if _teaches(pair)]
    if not useful:
        raise ReadError(f"{path}: no pairs in it ({_why_none(len(pairs), table=table)}); give another memory")
    _check_languages(path, useful)
    return useful


def _why_none(pairs: int, *, table: bool) -> str:
    if pairs:
        return f"{pairs} of them have no letters, or the same text on both sides"
    return "no row with two texts parted by a tab" if table else "no unit with two languages"


def _teaches(pair: Pair) -> bool:
    return pair.source != pair.target and _has_letters(pair.source) and _has_letters(pair.target)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _units(path: str, stream: BinaryIO) -> list[Pair]:
    """The first language of each unit with each of its others."""
    pairs: list[Pair] = []
    languages: Counter[str] = Counter()
    for entry in Reader(Source(stream, Findings())).entries():
        texts: dict[str, str] = {}
        for variant in entry.variants:
            texts.setdefault(primary_language(variant.lang), " ".join(variant.text.split()))
        languages.update(texts)
        first, *others = filter(None, texts.values()) if any(texts.values()) else [""]
        pairs.extend(Pair(first, other) for other in others)
    if not pairs and len(languages) == 1:
        raise SameLanguageError(f"{path}: only {next(iter(languages)) or 'und'!r} in it; a memory needs two languages")
    return pairs


def _rows(path: str, stream: BinaryIO) -> Iterator[Pair]:
    """The first two columns; without the header, and without rows that were left out of a memory."""
    left_out: int | None = None
    for number, line in enumerate(_lines(path, stream)):
        cells = [cell.strip() for cell in line.split("\t")]
        if number == 0 and tuple(cell.lower() for cell in cells[:2]) == TSV_HEADER:
            left_out = cells.index(LEFT_OUT) if LEFT_OUT in cells else None
        elif len(cells) > 1 and cells[0] and cells[1] and not (left_out and cells[left_out : left_out + 1] > [""]):
            yield Pair(cells[0], cells[1])


def _lines(path: str, stream: BinaryIO) -> Iterable[str]:
    from corpora.readers.decoding import decode

    text, _ = decode(stream.read(), path)
    return text.replace("\r", "").split("\n")


def _check_languages(path: str, pairs: Sequence[Pair]) -> None:
    step = max(1, len(pairs) // _SAMPLE)
    source = detect_or_none("\n".join(pair.source for pair in pairs[::step]))
    target = detect_or_none("\n".join(pair.target for pair in pairs[::step]))
    if source is not None and source == target:
        raise SameLanguageError(f"{path}: both sides are in {source!r}; a memory needs two languages")
