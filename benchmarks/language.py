"""How often the language of a piece of text is told right, by the length of the piece.

    python benchmarks/language.py GOLD_DIRECTORY [BITEXT_DIRECTORY]

Pieces of 20, 50, 100 and 200 characters of gold sentences, and of the foreign side of bitext. Prints the share that is
told right and the commonest confusions, a line a language.
"""

from __future__ import annotations

import argparse
import lzma
from pathlib import Path

from align.training.languages import confusions, sentences_by_language

SIZES = (20, 50, 100, 200)
COUNT = 400
GOLD = ("wmt21", "ntrex-omit", "bible-dev", "bilinguator-dev", "mac-dev", "textberg-dev", "hunalign-hu-en")
BITEXT = "tatoeba"


def report(name: str, found: dict[str, list[str]]) -> None:
    """Print a line a language."""
    for lang, sentences in sorted(found.items()):
        shares, wrong = [], []
        for size in SIZES:
            counts = confusions(sentences, size, COUNT)
            shares.append(f"{counts[lang] / COUNT:.3f}")
            wrong += [f"{size}:{other}×{count}" for other, count in counts.most_common(3) if other != lang]
        print(f"{name:16} {lang:3} {' '.join(shares)}  {' '.join(wrong)}")


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("bitext", type=Path, nargs="?")
    options = parser.parse_args()
    for name in GOLD:
        report(name, sentences_by_language([options.gold / f"{name}.jsonl.gz"]))
    for path in sorted(options.bitext.glob(f"*.{BITEXT}.tsv.xz")) if options.bitext else ():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            report(BITEXT, {path.name[:2]: [line.split("\t")[0] for line in lines]})


if __name__ == "__main__":
    main()
