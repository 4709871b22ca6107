"""Runs an installed Lingtrain aligner over documents with the vectors of our model.

    PYTHON lingtrain_driver.py FOLDER COUNT

Lingtrain takes any model with a method ``encode``; it gets ours. PYTHON can import lingtrain_aligner and what we need
ourselves (NumPy and tokenizers). What is done is what its author shows: batches of lines, then three rounds of
resolving conflicts, each with longer ones.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

import numpy as np

from align import load_encoder

BATCH, WINDOW, ROUNDS = 200, 40, 3
LONGEST_CONFLICT = 6
"""Sentences of a conflict that the first round resolves; each round adds as many."""


class Model:
    """Our encoder, called as a SentenceTransformer is."""

    def __init__(self) -> None:
        """Load our model."""
        self.encoder = load_encoder()

    def encode(self, lines: list[str], **_options: object) -> np.ndarray:
        """The vectors of lines, a row each."""
        return self.encoder.encode(list(lines))


def main() -> None:
    """Align every document and write ladders; a document that makes Lingtrain fail gets none."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    model = Model()
    for number in range(count):
        try:
            beads = align(folder, number, model)
        except Exception:  # noqa: BLE001  # what one document does to it is no reason to leave out the others
            traceback.print_exc()
            continue
        (folder / f"{number}.out").write_text("".join(f"{source}:{target}\n" for source, target in beads))


def align(folder: Path, number: int, model: Model) -> list[tuple[list[int], list[int]]]:
    """The beads of a document, sentences counted from 0."""
    from lingtrain_aligner import aligner, helper, resolver

    database = str(folder / f"{number}.db")
    source, target = ((folder / f"{number}.{side}").read_text("utf-8").split("\n")[:-1] for side in ("src", "tgt"))
    aligner.fill_db(database, "source", "target", source, target)
    aligner.align_db(database, "", BATCH, WINDOW, model=model)
    for step in range(1, ROUNDS + 1):
        conflicts, rest = resolver.get_all_conflicts(
            database,
            min_chain_length=step + 1,
            max_conflicts_len=LONGEST_CONFLICT * step,
            handle_start=True,
            handle_finish=True,
        )
        resolver.resolve_all_conflicts(database, conflicts, "", model=model)
        if not rest:
            break
    rows = helper.get_clear_flatten_doc_index(database)
    return [(sentences(row[1]), sentences(row[3])) for row in rows]


def sentences(ids: str) -> list[int]:
    """Numbers of sentences from 0, of a list in JSON that counts from 1."""
    return [each - 1 for each in json.loads(ids)]


if __name__ == "__main__":
    main()
