"""From translation memories to a model directory of one's own: ``align train model``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Final

import numpy as np
from safetensors import SafetensorError

from align.encoder import SHIPPED_MODEL
from align.encoder.layout import has_modules, read_layout
from align.encoder.static import StaticEncoder
from align.encoder.table import TokenTable
from align.errors import ModelError, WriteError
from align.training import adaptation, saving
from align.training.measure import NEIGHBOURS, Beads, Figure, figure
from align.training.memories import read_memories
from align.training.pooling import Embedder
from corpora import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.encoder.layout import StaticLayout
    from align.training.pooling import Rows

CARD: Final = "MODEL_CARD.md"

MEMORY: Final = "held out of the memory"
ELSEWHERE: Final = "sample statements"

_SAID: Final = ("title", "body", "turn", "footnote")
"""Kinds of paragraphs in the sample statements that are language, not page furniture."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was measured on one set with the model as it was, and as it is now."""

    name: str
    before: Figure
    after: Figure


@dataclass(frozen=True, slots=True)
class Adapted:
    """What came out.

    Attributes:
        path: the model's directory.
        name: of the model, with part of the SHA-256 of its weights, as in signatures.
        base: the name of the model that it was made from.
        pairs: how many were learnt from.
        epochs: passes over them whose result was kept.
        compared: figures before and after, on the held-out part and on the sample statements.
    """

    path: Path
    name: str
    base: str
    pairs: int
    epochs: int
    compared: tuple[Compared, ...]

    def table(self) -> str:
        """The figures, a line a set, for a person."""
        rows = [
            f"{found.name:24} {found.before.candidates:5}   "
            f"{found.before.first:.3f} {found.after.first:.3f}   "
            f"{found.before.neighbours:.3f} {found.after.neighbours:.3f}   "
            f"{found.before.by_margin:.3f} {found.after.by_margin:.3f}"
            for found in self.compared
        ]
        heads = [
            f"{'':30}   P@1 of all    neighbours    by margin",
            f"{'':24} {'pairs':>5}   before after  before after  before after",
        ]
        return "\n".join(line.rstrip() for line in [*heads, *rows]) + "\n"


def train_model(
    memories: Sequence[str],
    out: str | Path,
    *,
    model: str | Path | None = None,
    settings: adaptation.Settings | None = None,
    report: Callable[[adaptation.Progress], None] = lambda _progress: None,
) -> Adapted:
    """Adapt a static model to translation memories, and write it as a SentenceTransformer directory.

    Args:
        memories: TMX files, or tables of source TAB target.
        out: the directory to write; a model that is there already is replaced.
        model: directory of the static model to begin with; the shipped one when None.
        settings: how to adapt.
        report: called before the first pass over the pairs and after each.

    Raises:
        ReadError: a memory cannot be read, or holds no pairs.
        SameLanguageError: both sides of a memory are in one language.
        ModelError: the model is no static one, the pairs are too few, or nothing was gained by them.
        WriteError: the directory cannot be written.
    """
    settings = settings or adaptation.Settings()
    base, place = Path(model or SHIPPED_MODEL), Path(out)
    check_place(place, base)
    layout = read_layout(base)
    before = _table(layout)
    parts = adaptation.divide(read_memories(memories))
    after, epochs = adaptation.adapt(layout.tokenizer, before, parts, settings, report)
    if not epochs:
        raise ModelError(
            f"nothing gained on the {len(parts.choose.source)} held-out pairs, so no model was written; "
            f"keep {layout.model_name}, or give more pairs"
        )
    name = f"{layout.model_name}+{place.resolve().name}"
    _save(place, layout, after, name)
    adapted = Adapted(
        path=place,
        name=StaticEncoder.load(place).name,
        base=StaticEncoder(layout).name,
        pairs=len(parts.train),
        epochs=epochs,
        compared=compare(layout, before, after, parts.judge),
    )
    _write_card(adapted, memories, settings)
    return adapted


def check_place(place: Path, base: Path) -> None:
    """Find out before the work whether a model may be written there.

    Raises:
        WriteError: it may not.
    """
    if place.exists() and base.exists() and place.samefile(base):
        raise WriteError(f"{place}: cannot write: it is the model to begin with; choose another directory")
    if place.is_file():
        raise WriteError(f"{place}: cannot write: is a file; give a directory")
    try:
        if place.is_dir() and not has_modules(place) and any(place.iterdir()):
            raise WriteError(f"{place}: cannot write: the directory holds something else than a model; choose another")
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{place}: cannot write: {error.strerror or error}") from error


def compare(layout: StaticLayout, before: Rows, after: Rows, held_out: Beads) -> tuple[Compared, ...]:
    """Measure both tables on the held-out part of a memory, and on the sample statements."""
    was, now = (Embedder(layout.tokenizer, _rounded(table)) for table in (before, after))
    sets = {MEMORY: held_out, ELSEWHERE: sample_beads()}
    return tuple(Compared(name, figure(beads, was), figure(beads, now)) for name, beads in sets.items())


def sample_beads() -> Beads:
    """The 1-1 beads of the sample statements that are language."""
    beads = Beads([], [], [])
    for number, name in enumerate(statements.names()):
        for bead in statements.load(name).beads:
            if bead.kind in _SAID and len(bead.source) == len(bead.target) == 1:
                beads.source.append(bead.source[0])
                beads.target.append(bead.target[0])
                beads.document.append(number)
    return beads


def _table(layout: StaticLayout) -> Rows:
    """The whole table as float32, a row a token."""
    table = TokenTable.open(layout.weights)
    rows = table.rows if table.mapping is None else table.rows[table.mapping]
    found = rows.astype(np.float32) * table.scales[:, np.newaxis]
    size = layout.tokenizer.get_vocab_size()
    if size > len(found):
        raise ModelError(f"{layout.path}: the tokenizer knows {size} tokens, the table {len(found)}")
    return np.asarray(found[:size], np.float32)


def _rounded(table: Rows) -> Rows:
    numbers, factor = saving.quantise(table)
    return np.asarray(numbers * factor[:, np.newaxis], np.float32)


def _save(place: Path, layout: StaticLayout, table: Rows, name: str) -> None:
    try:
        saving.save(place, layout.tokenizer, table, name)
    except (OSError, SafetensorError) as error:
        raise WriteError(f"{place}: cannot write the model: {error}") from error


def _write_card(adapted: Adapted, memories: Sequence[str], settings: adaptation.Settings) -> None:
    files = "\n".join(f"- `{Path(path).name}`" for path in memories)
    text = f"""\
---
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [static-embedding, sentence-alignment, bitext]
---

# {adapted.name}

`{adapted.base}`, adapted by `align train model` to {adapted.pairs} pairs of these translation memories:

{files}

What the texts of the memories may be used for is for their owners to say, and holds for this model as well.

`align pair --model {adapted.path.name}/` uses it; so does `SentenceTransformer`. Settings: strength
{settings.strength}, passes {adapted.epochs}, seed {settings.seed}.

## Before and after

Neither the pairs held out of the memory nor the sample statements were trained on. P@1: the best partner
by ratio margin (k = {NEIGHBOURS}) among all is the right one. Neighbours: the right one is told apart
from the ten around it, by cosine and by margin (for a memory that is not in the order of a text, this
says little).

{indent(adapted.table(), " " * 4)}"""
    try:
        (adapted.path / CARD).write_text(text, encoding="utf-8")
    except OSError as error:
        raise WriteError(f"{adapted.path / CARD}: cannot write: {error.strerror or error}") from error
