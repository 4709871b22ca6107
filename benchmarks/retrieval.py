"""How often the encoder finds the translation of a sentence: P@1 by margin, and among neighbours.

    python benchmarks/retrieval.py GOLD_DIRECTORY [--model NAME]… [--joined N]

Reads the plain 1-1 beads of gold alignment sets (JSON lines, gzipped). Every figure is printed with
its set, its number of candidates and what it was measured with, beside a baseline that knows no
words: TF-IDF over character n-grams of the romanised text.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from align.training.features import grams
from align.training.measure import NEIGHBOURS, SETS, Beads, Vectors, figure, read_beads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.training.measure import Embed

BUCKETS = 1 << 15


def by_spelling(texts: Sequence[str]) -> Vectors:
    """TF-IDF vectors over hashed n-grams of romanised words: the baseline."""
    counts = np.zeros((len(texts), BUCKETS), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().replace("ё", "е").split():
            for gram in grams(word.strip(".,;:!?«»“”\"'()…—")):
                counts[row, crc32(gram.encode()) % BUCKETS] += 1
    weight = np.log(len(texts) / (1 + np.count_nonzero(counts, axis=0))).clip(min=0)
    vectors = np.sqrt(counts) * weight.astype(np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))


def encoders(names: Sequence[str | None]) -> Iterator[tuple[str, Embed]]:
    """The baseline, then each named model; the shipped one for None."""
    from align.encoder import load_encoder

    yield "TF-IDF of romanised n-grams", by_spelling
    for name in names:
        encoder = load_encoder(name)
        yield encoder.name, encoder.encode


def joined(beads: Beads, count: int) -> Beads:
    """`beads` as overlaps of `count` sentences that follow each other in a document."""
    starts = [
        at for at in range(len(beads.document) - count + 1) if beads.document[at] == beads.document[at + count - 1]
    ]
    return Beads(
        [" ".join(beads.source[at : at + count]) for at in starts],
        [" ".join(beads.target[at : at + count]) for at in starts],
        [beads.document[at] for at in starts],
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", action="append", help="a model; the shipped one without")
    parser.add_argument("--joined", type=int, default=1, help="sentences joined into one text")
    options = parser.parse_args()
    for name, embed in encoders(options.model or [None]):
        print(f"{name} | ratio margin k={NEIGHBOURS} | 1-1 beads, {options.joined} joined")
        for path in (options.gold / f"{found}.jsonl.gz" for found in SETS):
            if not path.exists():
                continue
            for pair, beads in sorted(read_beads(path).items()):
                found = figure(joined(beads, options.joined), embed)
                near = f"{found.neighbours:.4f} by margin {found.by_margin:.4f}"
                label = f"{path.name.removesuffix('.jsonl.gz')} {pair}"
                print(f"  {label:22} {found.candidates:5} P@1 {found.first:.3f} near {near}")


if __name__ == "__main__":
    main()
