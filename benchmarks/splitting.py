"""Sentence splitting: our rules beside other splitters, on gold boundaries.

``python benchmarks/splitting.py [SET…] [--errors]`` reads ``sbd/*.jsonl.gz`` in the shared gold (beside
the checkout, or ``ALIGN_SHARED``) and prints precision, recall and F1 of the sentence ends, and speed.
Paragraphs are given: each line of a record's text is cut by itself. A peer that is not installed is
left out: ``pip install razdel pysbd syntok sentence-splitter blingfire nltk``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from align.splitter import sentence_spans  # noqa: E402 -- runs from a checkout too
from corpora.errors import ToolkitWarning  # noqa: E402

Cutter = Callable[[str], list[tuple[int, int]]]
"""Cuts one paragraph: (start, stop) of each sentence."""


@dataclass(frozen=True, slots=True)
class Record:
    """A gold text: its language, its characters, where its sentences end."""

    lang: str
    text: str
    ends: frozenset[int]


@dataclass(slots=True)
class Result:
    """What a splitter did on a set."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    characters: int = 0
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of our ends that are gold."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of gold ends that are ours."""
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


def shared() -> Path:
    """The folder of gold that is no part of the project."""
    return Path(os.environ.get("ALIGN_SHARED") or ROOT.parent / "shared")


def read_set(path: Path) -> list[Record]:
    """Read one gold set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        Record(one["lang"].split("-")[0], one["text"], frozenset(stop for _, stop in one["sentences"]))
        for one in records
    ]


def measure(records: Sequence[Record], cutter: Cutter) -> Result:
    """Cut every paragraph of every record and compare the ends."""
    result = Result()
    for record in records:
        begun = time.perf_counter()
        ends = frozenset(_ends(record.text, cutter))
        result.seconds += time.perf_counter() - begun
        result.characters += len(record.text)
        result.hits += len(ends & record.ends)
        result.false += len(ends - record.ends)
        result.missed += len(record.ends - ends)
        for end in sorted(ends ^ record.ends):
            kind = _kind(record.text, end, missed=end in record.ends)
            result.kinds[kind] += 1
            before, after = record.text[max(0, end - 60) : end], record.text[end : end + 40]
            result.errors.append(f"{kind:32} {before}|{after}".replace("\n", "⏎"))
    return result


def _ends(text: str, cutter: Cutter) -> Iterator[int]:
    """Where sentences end, as offsets into the text, without white space after them."""
    for line in re.finditer(r"[^\n]+", text):
        for start, stop in cutter(line.group()):
            body = line.group()[start:stop].rstrip()
            if body:
                yield line.start() + start + len(body)


def _kind(text: str, end: int, *, missed: bool) -> str:
    """A few words on an error, by the characters around it."""
    before, after = text[end - 1], text[end:].lstrip()[:1]
    if missed and before in ":;,":
        what = f"after {before!r}"
    elif missed and before not in ".!?…»”\"'’)。！？":
        what = "no mark (heading, caption, verse)"
    elif after.islower():
        what = "lower case follows"
    elif after in tuple("«“„\"'(—–-"):
        what = f"before {after!r}"
    else:
        what = f"after {before!r}"
    return f"{'missed' if missed else 'false'}: {what}"


def cutters(lang: str) -> Iterator[tuple[str, Cutter]]:
    """Our splitter, then every peer that is installed and knows the language."""
    yield "align", lambda text: sentence_spans(text, lang)
    for name, module, make in _PEERS:
        if importlib.util.find_spec(module) is None:
            continue
        try:
            yield name, make(lang)
        except Exception as error:  # noqa: BLE001 -- a peer may raise anything
            print(f"    {name}: no {lang} ({type(error).__name__})", file=sys.stderr)


def _located(text: str, sentences: Sequence[str]) -> list[tuple[int, int]]:
    """Offsets of sentences that a peer gives as strings."""
    spans, position = [], 0
    for sentence in map(str.strip, sentences):
        found = text.find(sentence, position)
        if sentence and found >= 0:
            position = found + len(sentence)
            spans.append((found, position))
    return spans


def _razdel(_: str) -> Cutter:
    import razdel

    return lambda text: [(part.start, part.stop) for part in razdel.sentenize(text)]


def _pysbd(lang: str) -> Cutter:
    import pysbd

    segmenter: Any = pysbd.Segmenter(language=lang, clean=False)
    return lambda text: _located(text, segmenter.segment(text))


def _syntok(_: str) -> Cutter:
    from syntok import segmenter

    def cut(text: str) -> list[tuple[int, int]]:
        sentences = [list(sentence) for paragraph in segmenter.process(text) for sentence in paragraph]
        return [(one[0].offset, one[-1].offset + len(one[-1].value)) for one in sentences]

    return cut


def _sentence_splitter(lang: str) -> Cutter:
    from sentence_splitter import SentenceSplitter

    splitter = SentenceSplitter(language=lang)
    return lambda text: _located(text, splitter.split(text))


def _blingfire(_: str) -> Cutter:
    import blingfire

    return lambda text: list(blingfire.text_to_sentences_and_offsets(text)[1])


_PEERS: Final[tuple[tuple[str, str, Callable[[str], Cutter]], ...]] = (
    ("razdel", "razdel", _razdel),
    ("blingfire", "blingfire", _blingfire),
    ("syntok", "syntok", _syntok),
    ("sentence-splitter", "sentence_splitter", _sentence_splitter),
    ("pysbd", "pysbd", _pysbd),
)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", help="names of sets, such as ru-gsd-dev; all when left out")
    parser.add_argument("--errors", action="store_true", help="print our errors, by kind")
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", ToolkitWarning)
    paths = sorted((shared() / "gold" / "sbd").glob("*.jsonl.gz"))
    for path in paths:
        name = path.name.removesuffix(".jsonl.gz")
        if arguments.sets and name not in arguments.sets:
            continue
        records = read_set(path)
        print(f"{name} ({sum(len(record.ends) for record in records)} sentences)")
        for splitter, cutter in cutters(records[0].lang):
            if arguments.alone and splitter != "align":
                break
            _report(splitter, measure(records, cutter), errors=arguments.errors and splitter == "align")


def _report(splitter: str, result: Result, *, errors: bool) -> None:
    speed = result.characters / max(result.seconds, 1e-9) / 1e6
    print(
        f"    {splitter:18} P {result.precision:.4f}  R {result.recall:.4f}  F1 {result.f1:.4f}"
        f"  false {result.false:4}  missed {result.missed:4}  {speed:6.2f} M characters/s"
    )
    if errors:
        for kind, count in result.kinds.most_common():
            print(f"        {count:5}  {kind}")
        for line in sorted(result.errors):
            print(f"        {line}")


if __name__ == "__main__":
    main()
