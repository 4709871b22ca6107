"""Runs a checkout of SentAlign over documents with vectors that are there already.

    PYTHON sentalign_driver.py CHECKOUT FOLDER COUNT OVERLAPS CUTOFF

SentAlign loads LaBSE with transformers. That module is replaced by one that answers from the folder; the aligner
itself is untouched, and runs with its own settings but for the likeness that it wants of a bead (CUTOFF). PYTHON has
what the rest of it imports: NumPy, PyTorch, and Cython before 3 with a C compiler.
"""

from __future__ import annotations

import re
import runpy
import shutil
import sys
import traceback
import types
from pathlib import Path

import numpy as np
from stored import table

LONGEST = 10_000
"""Characters of a text that SentAlign embeds."""


def main() -> None:
    """Align every document and write ladders; a document that makes SentAlign fail gets none."""
    checkout, folder, count, (overlaps, cutoff) = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    stand_in({key(text): row for text, row in table(folder).items()})
    place = folder / "sentalign"
    lay_out(folder, place, count)
    sys.path.insert(0, checkout)
    options = ["-device", "cpu", "-proc", "1", "-concats", overlaps, "-cutoff", cutoff]
    sys.argv = ["sentAlign.py", "-dir", str(place), "-sl", "src", "-tl", "tgt", *options]
    while len(begun := (place / "filesdone.txt").read_text().split()) < count:
        try:
            runpy.run_path(str(Path(checkout) / "sentAlign.py"), run_name="__main__")
        except Exception:  # what one document does to it is no reason to leave out the others
            traceback.print_exc()
            if (place / "filesdone.txt").read_text().split() == begun:
                raise
    for number in range(count):
        path = place / "output" / f"{number}.path"
        if path.exists():
            shutil.copy(path, folder / f"{number}.out")


def key(text: str) -> str:
    """A text as SentAlign hands it to its model."""
    return re.sub("_+", "_", text[:LONGEST].strip())


def lay_out(folder: Path, place: Path, count: int) -> None:
    """The directories and lists that SentAlign works from."""
    for side in ("src", "tgt"):
        (place / side).mkdir(parents=True)
        for number in range(count):
            shutil.copy(folder / f"{number}.{side}", place / side / str(number))
    (place / "files2align.txt").write_text("".join(f"{number}\n" for number in range(count)))
    (place / "filesdone.txt").write_text("")


def stand_in(known: dict[str, np.ndarray]) -> None:
    """Replace transformers by a tokenizer that passes texts on and a model that looks their vectors up."""
    import torch

    empty = np.zeros_like(next(iter(known.values())))

    class Texts(dict[str, list[str]]):
        def to(self, _device: str) -> Texts:
            return self

    class BertTokenizerFast:
        @classmethod
        def from_pretrained(cls, _name: str) -> BertTokenizerFast:
            return cls()

        def __call__(self, texts: list[str], **_options: object) -> Texts:
            return Texts(texts=texts)

    class BertModel:
        @classmethod
        def from_pretrained(cls, _name: str) -> BertModel:
            return cls()

        def eval(self) -> BertModel:
            return self

        def to(self, _device: str) -> None:
            pass

        def __call__(self, texts: list[str]) -> types.SimpleNamespace:
            rows = np.array([known.get(key(text), empty) for text in texts])
            return types.SimpleNamespace(pooler_output=torch.from_numpy(rows))

    module = types.ModuleType("transformers")
    module.__dict__.update(BertTokenizerFast=BertTokenizerFast, BertModel=BertModel)
    sys.modules["transformers"] = module


if __name__ == "__main__":
    main()
