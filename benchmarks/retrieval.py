"""How often the encoder finds the translation of a sentence: P@1 by margin, and among neighbours.

    python benchmarks/retrieval.py GOLD_DIRECTORY [--bitext DIRECTORY] [--model NAME]… [--joined N]

Reads the plain 1-1 beads of gold alignment sets (JSON lines, gzipped). Every figure is printed with
its set, its number of candidates and what it was measured with, beside baselines that know no model: TF-IDF over
character n-grams of the romanised text and, with --bitext, TF-IDF over the words of both sides brought to
English by a dictionary that is learnt from there. --model names any SentenceTransformer to compare with.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from baselines import PAIRS, Dictionary, by_spelling, by_words

from align.training.measure import NEIGHBOURS, SETS, Beads, Figure, figure, read_beads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Measure = Callable[[Beads, str], Figure]


def systems(names: Sequence[str | None], bitext: Path | None) -> Iterator[tuple[str, Measure]]:
    """The baselines, then each named model; the shipped one for None."""
    from align.encoder import load_encoder

    yield "TF-IDF of romanised n-grams", lambda beads, _pair: figure(beads, by_spelling)
    if bitext is not None:
        dictionary = Dictionary(bitext)
        title = f"TF-IDF of words by a dictionary (Dice, about {PAIRS} pairs a language)"
        yield title, lambda beads, pair: figure(dictionary.translated(beads, pair), by_words)
    for name in names:
        encoder = load_encoder(name, cache=True)
        yield encoder.name, partial(_measured, encode=encoder.encode)


def _measured(beads: Beads, _pair: str, *, encode: Callable[[Sequence[str]], object]) -> Figure:
    return figure(beads, encode)  # type: ignore[arg-type]


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
    parser.add_argument("--bitext", type=Path, help="directory of bitext, for the dictionary")
    parser.add_argument("--model", action="append", help="a model; the shipped one without")
    parser.add_argument("--joined", type=int, default=1, help="sentences joined into one text")
    options = parser.parse_args()
    for name, measure in systems(options.model or [None], options.bitext):
        print(f"{name} | ratio margin k={NEIGHBOURS} | 1-1 beads, {options.joined} joined")
        for path in (options.gold / f"{found}.jsonl.gz" for found in SETS):
            if not path.exists():
                continue
            for pair, beads in sorted(read_beads(path).items()):
                found = measure(joined(beads, options.joined), pair)
                near = f"{found.neighbours:.4f} by margin {found.by_margin:.4f}"
                label = f"{path.name.removesuffix('.jsonl.gz')} {pair}"
                print(f"  {label:22} {found.candidates:5} P@1 {found.first:.3f} near {near}", flush=True)


if __name__ == "__main__":
    main()
