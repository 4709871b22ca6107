"""Programs that the comparison runs: our aligner, NLTK's Gale-Church, and our vectors for the others.

python drivers.py align FOLDER COUNT
python drivers.py gale-church FOLDER COUNT
python drivers.py vectors FOLDER COUNT OVERLAPS
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from align import Aligner, load_encoder
from align.exporters import render


def lines(folder: Path, number: int, side: str) -> list[str]:
    """The sentences of a side."""
    return (folder / f"{number}.{side}").read_text("utf-8").split("\n")[:-1]


def align(folder: Path, count: int) -> None:
    """Align each document and write its beads."""
    aligner = Aligner(load_encoder())
    for number in range(count):
        result = aligner.align(lines(folder, number, "src"), lines(folder, number, "tgt"))
        (folder / f"{number}.out").write_text(render(result, "beads"))


def gale_church(folder: Path, count: int) -> None:
    """Align each document by lengths (Gale & Church 1993) with NLTK."""
    from nltk.translate.gale_church import align_blocks

    for number in range(count):
        sizes = [[len(line) for line in lines(folder, number, side)] for side in ("src", "tgt")]
        links = sorted(align_blocks(*sizes))
        rows = (f"{list(source)}:{list(target)}\n" for source, target in groups(links))
        (folder / f"{number}.out").write_text("".join(rows))


def groups(links: list[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Links that share a sentence, as one bead."""
    source: set[int] = set()
    target: set[int] = set()
    for i, j in links:
        if source and i not in source and j not in target:
            yield sorted(source), sorted(target)
            source, target = set(), set()
        source.add(i)
        target.add(j)
    if source:
        yield sorted(source), sorted(target)


def vectors(folder: Path, count: int, overlaps: int) -> None:
    """Write every run of up to `overlaps` lines of all documents, each once, with its vector.

    The runs are written as vecalign wants them: joined by a space, one a line, and float32 rows beside them.
    """
    encoder = load_encoder()
    for side in ("src", "tgt"):
        texts: dict[str, None] = {}
        for number in range(count):
            sentences = lines(folder, number, side)
            for size in range(1, overlaps + 1):
                texts.update(dict.fromkeys(" ".join(sentences[at : at + size]) for at in range(len(sentences))))
                # Runs that reach over the beginning are padded by vecalign.
                texts.update(dict.fromkeys("PAD" for _ in range(1)))
        (folder / f"{side}.overlaps").write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        encoder.encode(list(texts)).astype(np.float32).tofile(folder / f"{side}.vectors")


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    {"align": align, "gale-church": gale_church, "vectors": vectors}[what](Path(where), *map(int, numbers))
