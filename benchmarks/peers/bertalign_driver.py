"""Runs a checkout of bertalign over documents with vectors that are there already.

    PYTHON bertalign_driver.py CHECKOUT FOLDER COUNT OVERLAPS

bertalign loads LaBSE when it is imported, and asks a web service for the language. Neither is wanted here, so both
modules are replaced by ones that answer from the folder; the aligner itself is untouched.
"""

import sys
import types
from pathlib import Path

import numpy as np
from stored import table


def main() -> None:
    """Align every document and write ladders."""
    checkout, folder, count, overlaps = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    stand_in(table(folder))
    sys.path.insert(0, checkout)
    from bertalign import aligner

    aligner.detect_lang = lambda _text: "en"
    for number in range(count):
        source, target = ((folder / f"{number}.{side}").read_text("utf-8") for side in ("src", "tgt"))
        found = aligner.Bertalign(source, target, max_align=overlaps + 1, is_split=True)
        found.align_sents()
        rows = (f"{list(map(int, bead[0]))}:{list(map(int, bead[1]))}\n" for bead in found.result)
        (folder / f"{number}.out").write_text("".join(rows))


def stand_in(known: dict[str, np.ndarray]) -> None:
    """Put modules in the place of those that would load a model and ask the web."""

    class SentenceTransformer:
        def __init__(self, _name: str) -> None:
            pass

        def encode(self, texts: list[str]) -> np.ndarray:
            empty = np.zeros_like(next(iter(known.values())))
            return np.array([known.get(text, empty) for text in texts])

    for name, content in (
        ("sentence_transformers", {"SentenceTransformer": SentenceTransformer}),
        ("googletrans", {"Translator": object}),
        ("sentence_splitter", {"SentenceSplitter": object}),
    ):
        module = types.ModuleType(name)
        module.__dict__.update(content)
        sys.modules[name] = module


if __name__ == "__main__":
    main()
