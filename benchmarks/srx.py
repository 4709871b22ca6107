"""How far our rules, exported as SRX and cut by through ``--srx``, agree with the splitter itself.

``python benchmarks/srx.py [SET…]`` reads ``sbd/*.jsonl.gz`` in the shared gold (beside the checkout, or
``ALIGN_SHARED``) and the sample statements, and prints F1 of the ends of sentences (the splitter is the
reference), and how many characters a second each cuts.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from align.splitter import sentence_spans  # noqa: E402 -- runs from a checkout too
from align.splitter.srx import Cutter, cutter, export, parse_srx, render  # noqa: E402
from corpora import read_document, statements  # noqa: E402


@cache
def written(lang: str) -> Cutter:
    """The exported rules for a language, read back from the file that a user would get."""
    return cutter(parse_srx(render(export(), "ours.srx").encode(), "ours.srx"), lang)


def samples() -> Iterator[tuple[str, str, list[str]]]:
    """The sample statements: name, language, paragraphs."""
    for lang in ("ru", "en"):
        found = []
        for name in statements.names():
            sample = statements.load(name)
            document = read_document(sample.source_path if lang == "ru" else sample.target_path, lang=lang)
            found += [document.text[each.start : each.stop] for each in document.paragraphs]
        yield f"statements {lang}", lang, found


def gold() -> Iterator[tuple[str, str, list[str]]]:
    """The sets of sentence boundaries: name, language, paragraphs."""
    shared = Path(os.environ.get("ALIGN_SHARED") or ROOT.parent / "shared")
    for path in sorted((shared / "gold" / "sbd").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        paragraphs = [line for text in texts for line in text.split("\n") if line.strip()]
        yield path.name.removesuffix(".jsonl.gz"), path.name.split("-")[0], paragraphs


def timed(cut: Callable[[str], list[tuple[int, int]]], text: str) -> tuple[set[int], float]:
    """Where sentences end, and how long it took to find out."""
    begun = time.process_time()
    spans = cut(text)
    return {stop for _, stop in spans}, time.process_time() - begun


def measure(name: str, lang: str, paragraphs: list[str]) -> None:
    """Print a line for a set."""
    same = false = missed = 0
    seconds = [0.0, 0.0]
    for text in paragraphs:
        own, first = timed(lambda text: sentence_spans(text, lang), text)
        theirs, second = timed(written(lang).spans, text)
        seconds[0] += first
        seconds[1] += second
        same, false, missed = same + len(own & theirs), false + len(theirs - own), missed + len(own - theirs)
    characters = sum(map(len, paragraphs)) / 1e6
    speeds = "  ".join(f"{characters / max(each, 1e-9):5.2f}" for each in seconds)
    f1 = 2 * same / max(1, 2 * same + false + missed)
    print(f"{name:22} {f1:.4f}  {same:5} ends, {false} false, {missed} missed  Mchar/s: {speeds}")


def main() -> None:
    """Measure the sets named on the command line, or all."""
    warnings.simplefilter("ignore")
    for name, lang, paragraphs in [*samples(), *gold()]:
        if not sys.argv[1:] or name in sys.argv[1:]:
            measure(name, lang, paragraphs)


if __name__ == "__main__":
    main()
