"""Sentence splitting: our rules beside other splitters, on gold boundaries.

``python benchmarks/splitting.py [SET…] [--errors]`` reads ``sbd/*.jsonl.gz`` in the shared gold (beside
the checkout, or ``ALIGN_SHARED``), the sample statements and the hard cases of the tests, and prints
precision, recall and F1 of the sentence ends. Paragraphs are given: each line of a record's text is cut by
itself. ``--speed ru en`` measures the speed instead. What the peers are, and how to get them:
`sentence_peers.py`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corpora.codes import primary_language

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

sys.path.insert(0, str(ROOT / "benchmarks"))

from sentence_peers import Cutter, peers  # noqa: E402 -- runs from a checkout too

from align.splitter import sentence_spans  # noqa: E402
from corpora import read_document  # noqa: E402
from corpora.document import Document  # noqa: E402
from corpora.errors import ToolkitWarning  # noqa: E402

OURS: Final = "align"
_ENOUGH: Final = 2_000_000
_SHORTEST: Final = 20
_NOT_AT_MARKS: Final = {
    "missed: after ':'",
    "missed: after ';'",
    "missed: after ','",
    "missed: no mark (heading, caption, verse)",
    "missed: lower case follows",
}
_CASES: Final = ("-cases", "-pragmatic")
_FAST: Final = {OURS, "razdel", "blingfire"}
"""Those that are timed on the whole text; the others on a twentieth of it."""


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
    def at_marks(self) -> int:
        """Errors at a terminator that no small letter follows: the others are of layout, or of the annotation."""
        return sum(count for kind, count in self.kinds.items() if kind not in _NOT_AT_MARKS)

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
        Record(primary_language(one["lang"]), one["text"], frozenset(stop for _, stop in one["sentences"]))
        for one in records
    ]


def measure(records: Sequence[Record], cutter: Cutter) -> Result:
    """Cut every paragraph of every record and compare the ends."""
    result = Result()
    for record in records:
        ends = frozenset(_ends(record.text, cutter))
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


def cutters(lang: str, *, alone: bool) -> Iterator[tuple[str, Cutter]]:
    """Our splitter, then the peers."""
    yield OURS, lambda text: sentence_spans(text, lang)
    if not alone:
        yield from peers(lang)


def sets(names: Sequence[str]) -> Iterator[tuple[str, list[Record]]]:
    """Gold sets, then ours: the sample statements and the hard cases of the tests."""
    for path in sorted((shared() / "gold" / "sbd").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        if not names or name in names:
            yield name, read_set(path)
    for name, records in (*statement_sets(), *case_sets()):
        if not names or name in names:
            yield name, records


def statement_sets() -> Iterator[tuple[str, list[Record]]]:
    """The sample statements: official prose with our own gold, every paragraph a line."""
    folder = ROOT / "corpora" / "statements"
    for side, lang in ((1, "ru"), (2, "en")):
        records = []
        for gold in sorted(folder.glob("*.gold.tsv")):
            document = read_document(folder / gold.name.replace(".gold.tsv", f".{lang}.txt"), lang=lang)
            rows = [line.split("\t") for line in gold.read_text("utf-8").splitlines()[1:]]
            sentences = [one for row in rows for one in row[side].split(" ¦ ") if one]
            records.append(_statement(lang, document, sentences))
        yield f"{lang}-statements", records


def _statement(lang: str, document: Document, sentences: Sequence[str]) -> Record:
    """A statement as a record: its paragraphs of prose as lines, and where its gold sentences end."""
    prose = [one for one in document.paragraphs if not one.is_metadata]
    lines = [re.sub(r"\s*\n\s*", " ", document.text[one.start : one.stop]) for one in prose]
    text, ends, position = "\n".join(lines), set(), 0
    for sentence in sentences:
        found = text.find(sentence, position)
        if found >= 0:  # metadata is not among the lines
            position = found + len(sentence)
            ends.add(position)
    return Record(lang, text, frozenset(ends))


def case_sets() -> Iterator[tuple[str, list[Record]]]:
    """The hard cases of the tests, which we wrote and therefore cut: a check of the peers, not of us."""
    for path in sorted((ROOT / "tests" / "splitter_cases").glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        yield f"{path.stem}-cases", [_case(path.stem, line) for line in lines]


def _case(lang: str, line: str) -> Record:
    """A case in the notation ``one.| |two.`` as a record."""
    ends, length = set(), 0
    for number, part in enumerate(line.split("|")):
        length += len(part)
        if number % 2 == 0:
            ends.add(length)
    return Record(lang, line.replace("|", ""), frozenset(ends))


def summary(results: dict[str, dict[str, Result]]) -> None:
    """Print F1 of ours and of the best peer on every set, and our share of its errors."""
    print("\nset                   ours    best peer                  our errors, its errors (of these at marks)")
    for name, found in results.items():
        others = {peer: result for peer, result in found.items() if peer != OURS}
        if others:
            best = max(others, key=lambda peer: others[peer].f1)
            ours, theirs = found[OURS], others[best]
            mark = "" if ours.f1 >= theirs.f1 else "   below"
            errors = " ".join(f"{one.false + one.missed:6} ({one.at_marks})" for one in (ours, theirs))
            print(f"{name:20} {ours.f1:7.4f}  {theirs.f1:7.4f} {best:18} {errors}{mark}")


def speed(langs: Sequence[str], *, alone: bool) -> None:
    """Print the speed on about two million characters of each language's gold prose, paragraph by paragraph."""
    for lang in langs:
        prose = [records for name, records in sets(()) if name.startswith(f"{lang}-") and not name.endswith(_CASES)]
        texts = [record.text for records in prose for record in records]
        lines = [line for text in texts for line in text.split("\n") if line and len(line) > _SHORTEST]
        lines *= max(1, _ENOUGH // max(1, sum(map(len, lines))))
        total = sum(len(line.encode()) for line in lines) / 1e6
        print(f"\nspeed, {lang}, {total:.1f} MB in {len(lines)} paragraphs")
        for name, cutter in cutters(lang, alone=alone):
            fast = lines if name in _FAST else lines[: len(lines) // 20]
            share = total * sum(map(len, fast)) / sum(map(len, lines))
            print(f"    {name:18} {share / min(_seconds(fast, cutter) for _ in range(3)):7.2f} MB/s")


def _seconds(lines: Sequence[str], cutter: Cutter) -> float:
    """Time of this process to cut all lines once."""
    begun = time.process_time()
    for line in lines:
        cutter(line)
    return time.process_time() - begun


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", help="names of sets, such as ru-gsd-dev; all when left out")
    parser.add_argument("--errors", action="store_true", help="print our errors, by kind")
    parser.add_argument("--alone", action="store_true", help="leave the peers out")
    parser.add_argument("--speed", nargs="+", metavar="LANG", help="measure the speed on these languages only")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", ToolkitWarning)
    if arguments.speed:
        speed(arguments.speed, alone=arguments.alone)
        return
    results: dict[str, dict[str, Result]] = {}
    for name, records in sets(arguments.sets):
        print(f"{name} ({sum(len(record.ends) for record in records)} sentences)")
        results[name] = {}
        for splitter, cutter in cutters(records[0].lang, alone=arguments.alone):
            results[name][splitter] = measure(records, cutter)
            _report(splitter, results[name][splitter], errors=arguments.errors and splitter == OURS)
    summary(results)


def _report(splitter: str, result: Result, *, errors: bool) -> None:
    print(
        f"    {splitter:18} P {result.precision:.4f}  R {result.recall:.4f}  F1 {result.f1:.4f}"
        f"  false {result.false:4}  missed {result.missed:4}"
    )
    if errors:
        for kind, count in result.kinds.most_common():
            print(f"        {count:5}  {kind}")
        for line in sorted(result.errors):
            print(f"        {line}")


if __name__ == "__main__":
    main()
