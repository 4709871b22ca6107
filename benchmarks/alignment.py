"""Strict, lax and merged F1 on gold alignments, and the cold start of ``align pair``.

    python benchmarks/alignment.py GOLD_DIRECTORY

Only documents that the aligner's weights were not learnt from are aligned (every other one of each set). The
cold start is given as a ratio to starting Python with NumPy and tokenizers, in the same run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from align import Aligner, load_encoder
from align.training.weights import measure

STATEMENTS = Path(__file__).resolve().parent.parent / "corpora" / "statements"
RUNS = 5


def seconds(*command: str) -> float:
    """Shortest wall time of a command over some runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Print a line a set, and the cold start."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="directory of NAME.jsonl.gz")
    arguments = parser.parse_args()
    aligner = Aligner(load_encoder())
    measured = measure(aligner, arguments.gold)
    signature = aligner.align(["a"], ["b"]).signature
    for name, (strict, lax, merged) in measured.scores.items():
        print(f"{name:16} strict {strict:.4f}  lax {lax:.4f}  merged {merged:.4f}")
    print(f"expected calibration error {measured.calibration_error():.4f} over {len(measured.right)} beads")
    print(signature)
    floor = seconds("-c", "import numpy, tokenizers")
    pair = [str(STATEMENTS / f"02-interview.{lang}.txt") for lang in ("ru", "en")]
    whole = seconds("-m", "align.cli", "pair", *pair, "--to", "beads")
    print(f"align pair on a statement, cold: {whole:.2f} s, {whole / floor:.1f} times importing NumPy and tokenizers")


if __name__ == "__main__":
    main()
