"""Learning Punkt parameters for the sentence splitter from raw text.

``python -m align.training.splitter --lang pt -o punkt.pt.json FILE...`` reads plain text, one
sentence or paragraph a line. The result holds no sentence of the text: only abbreviations, pairs of
words that a full stop does not part, frequent sentence starters, and for frequent words the flags
that say in which case and position they were seen (``PunktParameters.ortho_context``).

Kiss and Strunk, "Unsupervised multilingual sentence boundary detection", Computational Linguistics
32 (2006).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS: Final = 3000
"""How many of the most frequent words keep their orthographic flags."""

_MIN_WORD: Final = 2

_ABBREVIATION: Final = re.compile(r"[^\W\d_]{1,6}(?:\.[^\W\d_]{1,3})*")
"""What a learnt abbreviation may look like: file names and version numbers are none."""

_SEEN_SMALL: Final = 1 << 4 | 1 << 5 | 1 << 6
"""Orthographic flags of Punkt for "seen in lower case": a starter that never was is a name."""


def learn(lines: Iterable[str], *, words: int = WORDS) -> dict[str, Any]:
    """Learn Punkt parameters.

    Args:
        lines: raw text, in lines.
        words: how many frequent words keep their orthographic flags.

    Returns:
        ``abbreviations``, ``collocations``, ``starters`` and ``orthography``, sorted, ready for JSON.
        The same lines give the same result.
    """
    from nltk.tokenize.punkt import PunktTrainer

    text = "\n".join(line.strip() for line in lines)
    trainer = PunktTrainer()
    trainer.train(text, finalize=True)
    learnt = trainer.get_params()
    frequent = _frequent_words(text, words)
    return {
        "abbreviations": sorted(word for word in learnt.abbrev_types if _ABBREVIATION.fullmatch(word)),
        "collocations": sorted(list(pair) for pair in learnt.collocations),
        "starters": sorted(word for word in learnt.sent_starters if learnt.ortho_context[word] & _SEEN_SMALL),
        "orthography": {word: flags for word, flags in learnt.ortho_context.items() if word in frequent},
    }


def _frequent_words(text: str, count: int) -> frozenset[str]:
    """The `count` most frequent words in lower case; ties are broken by the alphabet."""
    counts = Counter(word.strip(".,;:!?\"'()«»“”") for word in text.lower().split())
    words = [word for word in counts if len(word) >= _MIN_WORD and word.isalpha()]
    return frozenset(sorted(words, key=lambda word: (-counts[word], word))[:count])


def write(parameters: dict[str, Any], path: Path) -> None:
    """Write learnt parameters as JSON with sorted keys, so that a diff can be read."""
    path.write_text(json.dumps(parameters, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description="Learn Punkt parameters from plain text.")
    parser.add_argument("files", nargs="+", type=Path, help="plain text, UTF-8, one sentence or paragraph a line")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--words", type=int, default=WORDS)
    arguments = parser.parse_args()
    lines = [line for path in arguments.files for line in path.read_text(encoding="utf-8").splitlines()]
    write(learn(lines, words=arguments.words), arguments.output)


if __name__ == "__main__":
    main()
