"""How many planted bad units ``align memory score`` finds, on gold that its weights were not learnt from.

    python benchmarks/memory_scoring.py GOLD_DIRECTORY

Each memory is the 1-1 beads of held-out documents of a set, with 5 % misaligned units planted (half of them
exchanged with any other unit, half with the neighbour) and, in another copy, 5 % partial ones (half of the words
missing, or the next target appended). Printed: recall at the threshold where 95 % of those found are bad, then
recall and precision at the threshold that ships. The last lines pool the memories.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from align.encoder import load_encoder
from align.encoder.protocol import SpanEncoder
from align.memory.scoring.judging import shipped_judge
from align.training.judge import FOREIGN, MISALIGNED, PARTIAL, cues_of, good_memories, plant, recall_at

SEEDS = (101, 102, 103)


def main() -> None:
    """Print a line a memory and kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="directory of NAME.jsonl.gz")
    arguments = parser.parse_args()
    encoder, judge = load_encoder(), shipped_judge()
    assert isinstance(encoder, SpanEncoder)  # noqa: S101  # the shipped model is
    pooled: dict[tuple[str, str], list[tuple[np.ndarray, np.ndarray]]] = {}
    for memory in good_memories(arguments.gold):
        if memory.learnt:
            continue
        group = "languages unknown to the model" if FOREIGN & {*memory.languages} else "all others"
        for label, kinds, head in (("misaligned", MISALIGNED, judge.misaligned), ("partial", PARTIAL, judge.partial)):
            chances, bad = [], []
            for seed in SEEDS:
                made, marks = plant(memory.pairs, sorted(kinds), 0.05, seed)
                usual = judge.usual(cues_of(made, encoder))
                chances.append(1 / (1 + np.exp(-(head.bias + head.terms(usual).sum(axis=1)))))
                bad.append(np.array([mark is not None for mark in marks]))
            found = (np.concatenate(chances), np.concatenate(bad))
            pooled.setdefault((label, group), []).append(found)
            show(f"{memory.name}, {label}", *found, head.threshold)
    for (label, group), parts in pooled.items():
        head = judge.misaligned if label == "misaligned" else judge.partial
        show(f"POOLED {group}, {label}", *(np.concatenate(each) for each in zip(*parts, strict=True)), head.threshold)
    print(f"judge {judge.name} | {judge.made}")


def show(name: str, chance: np.ndarray, bad: np.ndarray, threshold: float) -> None:
    """One line of figures."""
    recall, _ = recall_at(chance, bad)
    found = chance >= threshold
    precision = bad[found].mean() if found.any() else 0.0
    print(
        f"{name:52} {int(bad.sum()):5} planted: R at P=0.95 {recall:.3f} | "
        f"shipped threshold R {found[bad].mean():.3f} P {precision:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
