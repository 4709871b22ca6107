"""How fast the static encoder is, against the tokenizer that it cannot do without, in the same run.

    python benchmarks/encoding.py [--model DIR] [--texts FILE] [--sentences N] [--rounds N]

Ratios are what holds from one machine to another: time of `encode` over the time that tokenising the
same sentences takes by itself (target: at most 1.5), and time until the first vector over the time
that importing NumPy, tokenizers and `corpora` takes. Each is the best of some rounds that take turns.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from align.encoder import SHIPPED_MODEL
from align.encoder.static import StaticEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = ROOT / "corpora" / "statements"

START = "pass"
IMPORTS = "import numpy, tokenizers, corpora"
PARSE = f"{IMPORTS}; tokenizers.Tokenizer.from_file({{tokenizer!r}})"
FIRST_VECTOR = "from align.encoder import load_encoder; load_encoder({model!r}).encode(['Да.'])"
NAMED = "from align.encoder import load_encoder; load_encoder({model!r}).name"


def made_up_sentences(count: int) -> list[str]:
    """Sentences of 3 to 25 words drawn from the sample statements, so that hardly any two are alike."""
    words = " ".join(path.read_text(encoding="utf-8") for path in sorted(STATEMENTS.glob("*.txt"))).split()
    draw = random.Random(1)  # noqa: S311  # no secrets here
    return [" ".join(draw.choices(words, k=draw.randint(3, 25))) for _ in range(count)]


def best(rounds: int, *actions: Callable[[], object]) -> list[float]:
    """Seconds that each action takes at best, all taking turns."""
    times = [[timed(action) for action in actions] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def timed(action: Callable[[], object]) -> float:
    """Seconds on the wall clock."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def throughput(model: Path, texts: Sequence[str], rounds: int) -> None:
    """Print how long `encode` takes, on one core and on all."""
    encoder = StaticEncoder.load(model)
    tokenizer = encoder._layout.tokenizer  # noqa: SLF001  # the very tokenizer, without what is around it
    tokens = sum(map(len, tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)))
    print(f"{encoder.name}: {len(texts)} sentences of {tokens / len(texts):.1f} tokens, best of {rounds}")
    for parallel, cores in (("false", "one core"), ("true", f"{os.cpu_count()} cores")):
        os.environ["TOKENIZERS_PARALLELISM"] = parallel
        alone, whole = best(
            rounds,
            lambda: tokenizer.encode_batch_fast(list(texts), add_special_tokens=False),
            lambda: encoder.encode(texts),
        )
        print(
            f"  {cores}: encode / tokenizer alone {whole / alone:.2f} "
            f"({len(texts) / whole:,.0f} and {len(texts) / alone:,.0f} sentences a second, "
            f"pooling and the rest {(whole - alone) / tokens * 1e9:.0f} ns a token)"
        )


def cold_start(model: Path, rounds: int) -> None:
    """Print how long a fresh interpreter takes to its first vector, files in the disk cache."""
    names = {"model": str(model), "tokenizer": str(model / "tokenizer.json")}
    programs = [program.format(**names) for program in (START, IMPORTS, PARSE, FIRST_VECTOR, NAMED)]
    start, imports, parse, vector, named = best(
        rounds, *(lambda program=program: fresh(program) for program in programs)
    )
    print(f"cold start, best of {rounds}")
    print(f"  first vector / imports alone {vector / imports:.2f}")
    print(f"  first vector / the same imports and the tokenizer alone {vector / parse:.2f}")
    for label, seconds in (
        ("interpreter", start),
        ("+ import of numpy, tokenizers, corpora", imports - start),
        ("+ tokenizer", parse - imports),
        ("+ all the rest, to the first vector", vector - parse),
        ("the same, to the name with the weights' SHA-256", named - parse),
    ):
        print(f"  {label}: {seconds * 1e3:.0f} ms")


def fresh(program: str) -> None:
    """Run a program in an interpreter of its own."""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL, help="directory of a static model")
    parser.add_argument("--texts", type=Path, help="one sentence a line, instead of made-up ones")
    parser.add_argument("--sentences", type=int, default=20_000, help="how many")
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts")
    options = parser.parse_args()
    lines = options.texts.read_text(encoding="utf-8").splitlines() if options.texts else None
    texts = made_up_sentences(options.sentences) if lines is None else lines[: options.sentences]
    throughput(options.model, texts, options.rounds)
    cold_start(options.model, options.rounds)


if __name__ == "__main__":
    main()
