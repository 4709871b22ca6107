"""Runs Moore's bilingual sentence aligner (2002), Perl programs in a folder, over documents.

    python moore_driver.py FOLDER_OF_MOORE FOLDER COUNT

One lexicon is learnt from all documents, as its own program for several files does. Taken are all beads that it finds
more likely than not, not only the 1-1 that it writes in the end.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SIZES = {"match": (1, 1), "contract": (2, 1), "expand": (1, 2), "delete": (1, 0), "insert": (0, 1)}
SIDES = ("src", "tgt")


def main() -> None:
    """Align the documents and write ladders."""
    programs, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    place = folder / "moore"
    place.mkdir()
    for number in range(count):
        for side in SIDES:
            shutil.copy(folder / f"{number}.{side}", place / f"{number}_{side}.snt")
    # Perl lists the two languages in an order that is drawn anew in each process, unless it is told not to.
    settled = {**os.environ, "PERL_HASH_SEED": "0", "PERL_PERTURB_KEYS": "0"}
    subprocess.run(["perl", "align-sents-all-multi-file.pl", str(place)], cwd=programs, env=settled, check=True)
    for number in range(count):
        rows = (f"{source}:{target}:{likely}\n" for source, target, likely in beads(folder, place, number))
        (folder / f"{number}.out").write_text("".join(rows))


def beads(folder: Path, place: Path, number: int) -> Iterator[tuple[list[int], list[int], str]]:
    """The beads of a document with what makes them likely; either side may have come first."""
    counted = {side: list(lines(folder / f"{number}.{side}")) for side in SIDES}
    for first, second in (SIDES, SIDES[::-1]):
        path = place / f"{number}_{first}.snt.{number}_{second}.snt.backtrace"
        if path.exists():
            for row in path.read_text().splitlines():
                *starts, kind, likely = row.split()
                spans = zip((first, second), starts, SIZES[kind], strict=True)
                bead = {side: counted[side][int(start) : int(start) + size] for side, start, size in spans}
                yield bead["src"], bead["tgt"], likely


def lines(path: Path) -> Iterator[int]:
    """Numbers of the lines that Moore's programs count: those with a word that is not ``0``."""
    for number, line in enumerate(path.read_text("utf-8").split("\n")[:-1]):
        if any(word != "0" for word in re.findall(r"[^\s(\-_]+", line, re.ASCII)):
            yield number


if __name__ == "__main__":
    main()
