"""What `align train model` gains on fields that the shipped model was not trained on, and what it loses elsewhere.

    python benchmarks/adaptation.py BITEXT_DIRECTORY GOLD_DIRECTORY [--field ru-en.gitman]…

Of each file one pair in five is judged on and never seen; the rest is the memory. The fields are sources
that were left out of the model for their licence (GPL, GFDL). Elsewhere: news and verse of the gold sets.
"""

from __future__ import annotations

import argparse
import lzma
import tempfile
import time
from pathlib import Path

from align.encoder import load_encoder
from align.training.adaptation import Settings
from align.training.measure import Beads, Figure, figure, read_beads
from align.training.model import train_model

FIELDS = ("ru-en.gitman", "ru-en.mateguide", "uk-en.mateguide", "de-en.mateguide", "zh-en.mateguide")
FIELDS += ("uk-en.gitman", "ru-en.pixeldungeon")
ELSEWHERE = {"wmt21": "ru-en", "bible-dev": "ru-en", "ntrex-omit": "de-en"}


def divided(path: Path) -> tuple[list[str], Beads]:
    """Lines of the memory, and pairs that share no text with them nor with each other."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    memory = [line for number, line in enumerate(lines) if number % 5]
    known = {text for line in memory for text in line.casefold().split("\t")}
    beads = Beads([], [], [])
    for line in lines[::5]:
        source, target = line.split("\t")
        if known.isdisjoint((source.casefold(), target.casefold())):
            known |= {source.casefold(), target.casefold()}
            beads.source.append(source)
            beads.target.append(target)
            beads.document.append(len(beads.document))
    return memory, beads


def measured(model: Path | None, beads: dict[str, Beads]) -> dict[str, Figure]:
    """The figures of a model on each set."""
    encoder = load_encoder(model)
    return {name: figure(found, encoder.encode) for name, found in beads.items()}


def main() -> None:
    """Print a line a field."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bitext", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--field", action="append", help="name of a file of the bitext, without .tsv.xz")
    parser.add_argument("--strength", type=float, default=Settings().strength)
    options = parser.parse_args()
    elsewhere = {
        f"{name} {pair}": read_beads(options.gold / f"{name}.jsonl.gz")[pair] for name, pair in ELSEWHERE.items()
    }
    before = measured(None, elsewhere)
    print("shipped: " + ", ".join(f"{name} {found.first:.3f}" for name, found in before.items()))
    for field in options.field or FIELDS:
        memory, beads = divided(options.bitext / f"{field}.tsv.xz")
        with tempfile.TemporaryDirectory() as scratch:
            table = Path(scratch) / "memory.tsv"
            table.write_text("".join(f"{line}\n" for line in memory), encoding="utf-8")
            began = time.perf_counter()
            settings = Settings(strength=options.strength)
            train_model([str(table)], Path(scratch) / "model", settings=settings)
            seconds = time.perf_counter() - began
            first = measured(None, {field: beads})[field]
            after = measured(Path(scratch) / "model", {field: beads, **elsewhere})
        error = (1 - after[field].first) / (1 - first.first)
        rest = ", ".join(f"{name} {after[name].first:.3f}" for name in elsewhere)
        print(
            f"{field:20} {len(memory):5} pairs, judged on {first.candidates:4}: P@1 {first.first:.3f} -> "
            f"{after[field].first:.3f}, errors x {error:.2f}, {seconds:.0f} s | {rest}"
        )


if __name__ == "__main__":
    main()
