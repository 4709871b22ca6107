"""Sentence splitting on hostile text: is the time linear?

``python benchmarks/hostile.py [--full]`` cuts each kind of text in two sizes, one ten times the other, and
prints the ratio of the times: about 10 is linear, 100 would be quadratic. ``--full`` uses a million
characters and more, and one line of 50 MB of prose.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from align.splitter import sentence_spans  # noqa: E402 -- runs from a checkout too

_PROSE: Final = "Г-н Вейл приехал в г. Порт-Ларн 4 мая 2014 г. утром. Он сказал: «Начнём». Все согласились. "
HOSTILE: Final[dict[str, Callable[[int], str]]] = {
    "full stops": lambda n: "." * n,
    "spaced full stops": lambda n: ". " * (n // 2),
    "one word": lambda n: "а" * n,
    "glued sentences": lambda n: "Да.Нет" * (n // 6),
    "glued small words": lambda n: "да.нет." * (n // 7),
    "short abbreviations": lambda n: "т. Е. " * (n // 6),
    "initials": lambda n: "А. " * (n // 3),
    "open brackets": lambda n: "(а. Б " * (n // 6),
    "open quotes": lambda n: "«а. Б " * (n // 6),
    "straight quotes": lambda n: '"а. Б ' * (n // 6),
    "closing quotes": lambda n: "а." + "»" * n,
    "closing brackets": lambda n: "а" + ")" * n + " Б",
    "emoji": lambda n: "😀" * n + "а Б",
    "joined emoji": lambda n: "😀\u200d" * (n // 2) + "а",
    "semicolons": lambda n: "; " * (n // 2) + "А",
    "white space": lambda n: "а." + " " * n + "Б",
    "line breaks": lambda n: "а.\n" * (n // 3),
    "bullets": lambda n: "• " * (n // 2),
    "dashes": lambda n: "— а? " * (n // 5),
    "list numbers": lambda n: "1. " * (n // 3),
    "dots in a word": lambda n: "a.b" * (n // 3),
    "prose in one line": lambda n: _PROSE * (n // len(_PROSE)),
}
LARGEST: Final = 50_000_000 // len(_PROSE.encode()) * len(_PROSE)
"""Characters of the prose that make 50 MB in UTF-8."""


def seconds(text: str, lang: str) -> float:
    """Time of this process to cut a text once."""
    begun = time.process_time()
    sentence_spans(text, lang)
    return time.process_time() - begun


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="a million characters and more, and 50 MB of prose")
    full = parser.parse_args().full
    size = 1_000_000 if full else 200_000
    for lang in ("ru", "en"):
        for name, make in HOSTILE.items():
            large = LARGEST if full and name == "prose in one line" else size
            small_text, text = make(large // 10), make(large)
            small = min(seconds(small_text, lang) for _ in range(3))
            took = seconds(text, lang)
            ratio = took / max(small, 1e-4)
            print(f"{lang}  {name:20} {len(text):>10} characters  {took:7.2f} s  {ratio:6.1f} times a tenth of it")


if __name__ == "__main__":
    main()
