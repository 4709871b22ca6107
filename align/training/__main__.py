"""Trains the shipped model: ``python -m align.training --bitext DIR --held-out FILE --out DIR``."""

from __future__ import annotations

import argparse
import logging
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from align.training.build import build
from align.training.static import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

THREADS = 1
"""Of PyTorch: with more of them sums are rounded otherwise, and the same data would give another table."""

EXPLAINED = {
    "dimension": "length of a vector",
    "batch": "pairs in a step",
    "epochs": "passes over the pairs",
    "rate": "first step size",
    "scale": "inverse temperature of the softmax",
    "dropout": "share of pieces left out",
    "joined": "extra pairs joined on to others, as a share of the batch",
    "spelling": "weight of n-gram rows",
    "mixed": "epochs of batches of any pairs; later ones are of pairs that are alike",
    "polish": "passes over the pairs with the table alone, after those with n-gram rows",
    "polish_rate": "first step size in these",
    "polish_batch": "pairs in a step of these",
    "seed": "of everything random",
}


def parser() -> argparse.ArgumentParser:
    """The command line; the settings' defaults are those of the shipped model."""
    found = argparse.ArgumentParser(prog="python -m align.training", description=__doc__)
    found.add_argument("--bitext", type=Path, required=True, help="directory of pairs with SOURCES.tsv")
    found.add_argument(
        "--extra",
        type=Path,
        action="append",
        default=[],
        help="one more such directory, of dictionaries (tier D) perhaps; may be given again",
    )
    found.add_argument("--held-out", type=Path, help="marks of sentences not to train on, gzipped")
    found.add_argument("--gold", type=Path, help="directory of gold sets to measure on at the end")
    found.add_argument("--out", type=Path, required=True, help="where the model directory is written")
    found.add_argument("--tokeniser", type=Path, help="a tokenizer.json to use instead of learning one")
    found.add_argument("--pieces", type=int, default=102_000, help="pieces in the vocabulary")
    found.add_argument("--device", default="cpu", help="where torch computes: cpu, cuda")
    for field in fields(Settings):
        kind = type(field.default)
        found.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=kind,
            default=field.default,
            help=f"{EXPLAINED[field.name]} (%(default)s)",
        )
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, save, and measure; progress goes to stderr."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    options = parser().parse_args(arguments)
    torch.set_num_threads(THREADS)
    settings = Settings(**{field.name: getattr(options, field.name) for field in fields(Settings)})
    build(
        [options.bitext, *options.extra],
        options.out,
        settings,
        pieces=options.pieces,
        held_out=options.held_out,
        gold=options.gold,
        tokeniser=options.tokeniser,
        device=options.device,
    )


if __name__ == "__main__":
    main()
