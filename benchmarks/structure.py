"""How much real text is taken for page furniture.

    python benchmarks/structure.py GOLD_DIRECTORY

Every paragraph of the gold documents is text. They are read as they are, and cut into pages of 8 to 30 sentences, one
a line, which gives many heads and tails, and lines that are no paragraphs. Prints the share of furniture, a line a
set, and the
lines.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from align.training.gold import read_gold
from corpora import parse_text
from corpora.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.types import Segmented

SETS = ["wmt21", "ntrex-omit", "bible-dev", "bilinguator-dev", "mac-dev", "textberg-dev", "hunalign-hu-en"]
PAGE = (8, 30)


def pages(side: Segmented, *, short: bool) -> Iterator[str]:
    """The text of a document, or pages of its sentences."""
    if not short:
        yield side.document.text
        return
    chance = random.Random(1)  # noqa: S311 - no secret
    at = 0
    while at < len(side.sentences):
        count = chance.randint(*PAGE)
        yield "\n".join(" ".join(each.text.split()) for each in side.sentences[at : at + count])
        at += count


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    for name in SETS:
        for short in (False, True):
            paragraphs: Counter[str] = Counter()
            lost: Counter[str] = Counter()
            shown: list[str] = []
            for document in read_gold(options.gold / f"{name}.jsonl.gz"):
                for side in (document.source, document.target):
                    lang = side.document.lang
                    for page in pages(side, short=short):
                        try:
                            read = parse_text(page, lang=lang)
                        except ToolkitError:
                            continue  # a page of blank lines
                        paragraphs[lang] += len(read.paragraphs)
                        wrong = [each for each in read.paragraphs if each.kind == "furniture"]
                        lost[lang] += len(wrong)
                        shown += [f"    {each.reason}: {read.text[each.start : each.stop][:80]}" for each in wrong]
            shares = ", ".join(f"{lang} {lost[lang]}/{paragraphs[lang]}" for lang in sorted(paragraphs))
            print(f"{name:16} {'pages of lines' if short else 'as they are':15} {shares}", *shown, sep="\n")


if __name__ == "__main__":
    main()
