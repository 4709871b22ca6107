"""How far a better encoder would carry the aligner: F1 against P@1, the encoder helped by the gold.

    python benchmarks/oracle.py GOLD_DIRECTORY [--set NAME]… [--share A]…

No larger model is needed for it. To each sentence's vector a code of its gold bead is appended, the same on both
sides: a random unit vector in axes of its own, whose square makes up A² of the sentence's. With A = 0 it is the shipped
model; with A = 1 translations would be equal and all else all but orthogonal. For each A the script prints how often
the nearest sentence by ratio margin is the translation (P@1 over the 1-1 beads, both directions averaged), and strict
and merged F1 of the aligner with the shipped weights, on documents that these were not learnt from.

It is not what any one encoder would give. The code knows where the gold cuts, also where that is a matter of taste;
half a bead is as like the other side as the whole; and the weights were learnt on vectors without it. Sentences with
the same text have the same vector, as with any encoder. What the gold leaves out stays as it is. There are no vectors
of tokens, as with most encoders, so that likeness stands in for coverage.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from align import Aligner, load_encoder
from align.evaluation import Counts, merged, strict
from align.training.measure import margins, precision_at_1
from align.training.weights import SETS, documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.training.gold import GoldDocument

AXES = 256
"""Of a code: two differ by chance by a cosine of a sixteenth."""
CANDIDATES = 2002
"""Sentences a side that P@1 is measured among, as in benchmarks/retrieval.py."""
SHARES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
NAMES = ("mac-dev", "textberg-dev", "hunalign-hu-en", "wmt21-omit", "bilinguator-dev")


@dataclass(frozen=True)
class Helped:
    """An encoder that is told of each sentence of one document which bead it belongs to.

    Attributes:
        inner: the encoder that is helped.
        gold: the document with its beads.
        share: A, from 0 to 1.
    """

    inner: Any
    gold: GoldDocument
    share: float

    @property
    def name(self) -> str:
        """The inner one's, and how much it was helped."""
        return f"{self.inner.name} helped by {self.share:g}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.inner.dimension) + AXES

    @cached_property
    def codes(self) -> dict[str, Any]:
        """The code of each text that stands in a bead; of one that stands in several, the mean of theirs."""
        found: dict[str, Any] = {}
        random = np.random.default_rng(len(self.gold.beads))
        for bead in self.gold.beads:
            code = random.standard_normal(AXES).astype(np.float32)
            for side, indices in ((self.gold.source, bead.source), (self.gold.target, bead.target)):
                for index in indices:
                    text = side.sentences[index].text
                    found[text] = found.get(text, 0) + code / np.linalg.norm(code)
        return {text: code / np.linalg.norm(code) for text, code in found.items()}

    def encode_sums(self, texts: Sequence[str]) -> Any:
        """The inner vectors with the codes behind them; lengths stay."""
        sums = np.asarray(self.inner.encode_sums(texts))
        codes = np.zeros((len(texts), AXES), dtype=np.float32)
        kept = np.ones(len(texts), dtype=np.float32)
        for at, text in enumerate(texts):
            if text in self.codes:
                codes[at], kept[at] = self.codes[text], np.sqrt(1 - self.share**2)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.hstack([kept[:, None] * sums, self.share * lengths * codes])

    def encode(self, texts: Sequence[str]) -> Any:
        """`encode_sums`, rows made unit length."""
        sums = self.encode_sums(texts)
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def held_back(gold: Path, name: str) -> list[GoldDocument]:
    """The documents of a set that the weights were not learnt from; where there is but one document, that.

    Those that are too long to be learnt from are left out, unless there are no others.
    """
    longest = next(each.longest for each in SETS if each.name == name)
    found = list(documents(gold, name))
    held = found[1::2] or found
    return [document for document in held if len(document.source.sentences) <= longest] or held


def measure(gold: Sequence[GoldDocument], inner: Any, share: float) -> tuple[float, float, float]:
    """P@1 by margin, strict and merged F1."""
    counts = [Counts(), Counts()]
    pairs: list[tuple[Any, Any]] = []
    for document in gold:
        helped = Helped(inner, document, share)
        beads = Aligner(helped).align(document.source, document.target).beads
        for at, count in enumerate((strict, merged)):
            counts[at] += count(document.beads, beads)
        single = [bead for bead in document.beads if len(bead.source) == len(bead.target) == 1]
        left = [document.source.sentences[bead.source[0]].text for bead in single]
        right = [document.target.sentences[bead.target[0]].text for bead in single]
        pairs.append((helped.encode(left), helped.encode(right)))
    source, target = (np.vstack(side)[:CANDIDATES] for side in zip(*pairs, strict=True))
    f1 = [count.score("").f1 for count in counts]
    return precision_at_1(margins(source, target)), f1[0], f1[1]


def main() -> None:
    """Print a line a set and share."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="directory of NAME.jsonl.gz")
    parser.add_argument("--set", dest="names", action="append", help="a set of gold; may be repeated")
    parser.add_argument("--share", dest="shares", type=float, action="append", help="A, from 0 to 1; may be repeated")
    arguments = parser.parse_args()
    inner = load_encoder()
    print(Aligner(inner).align(["a"], ["b"]).signature)
    for name in arguments.names or NAMES:
        gold = held_back(arguments.gold, name)
        for share in arguments.shares or SHARES:
            first, f1, joined = measure(gold, inner, share)
            print(f"{name:16} A {share:.1f}  P@1 {first:.3f}  strict {f1:.3f}  merged {joined:.3f}", flush=True)


if __name__ == "__main__":
    main()
