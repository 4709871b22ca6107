"""What each group of cues is worth: the aligner's weights learnt anew without it.

    python benchmarks/ablation.py GOLD_DIRECTORY [--each] [--rounds 10] [--set NAME]… [--longest N] [--pieces N]

Weights are learnt on every other document of each set, from the shipped ones on and without the cues of a group, and
the table says by how many nats a piece (about 32 sentences) that makes human alignments of the *other* documents
less probable: what the group adds beyond all others. ``--each`` leaves single cues out instead. ``--set``,
``--longest`` (sentences a document) and ``--pieces`` (a half, evenly spread) make the run shorter.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from align import load_encoder
from align.aligner.cues import COVERING, CUES, LEXICAL
from align.aligner.scoring import shipped_weights
from align.training.aligner import NULL_NAMES, PAIR_NAMES, fit, nats
from align.training.weights import SETS, learnt_from

if TYPE_CHECKING:
    from align.training.aligner import Piece

GROUPS = {
    "likeness of meaning": {"meaning", "meaning_of_all", "meaning_below_par", "meaning_unusual"},
    "margin to other sentences": {"lead"},
    "comparison with smaller and larger beads": {"gain_over_smaller", "loss_to_larger", "weakest_member"},
    "length": {"length_surprise", "length_ratio", "length_unusual"},
    "numbers": {"shared_numbers", "lone_numbers"},
    "names and cognates": {"letters", "letters_of_all"},
    "the document's lexicon": set(LEXICAL),
    "coverage by words": set(COVERING),
    "closing and opening punctuation": {
        *("question", "exclamation", "colon", "unfinished", "opening_quote", "opening_dash")
    },
    "sentences that go on": {"small_start", "small_inside", "open_end", "open_inside"},
    "open quotes": {"quotes"},
    "paragraphs": {"paragraph_start", "paragraph_inside"},
    "turns and titles": {"turn"},
    "the document's habits": {name for name in (*PAIR_NAMES, *NULL_NAMES) if "_by_" in name},
    "cues of nulls": {"null_best", "null_unusual", "null_size"},
    "runs of nulls": {"null_run"},
}


def spread(pieces: list[Piece], most: int | None) -> list[Piece]:
    """At most so many of the pieces, evenly spread."""
    if most is None or len(pieces) <= most:
        return pieces
    return [pieces[at * len(pieces) // most] for at in range(most)]


def main() -> None:
    """Print a line a group, or a line a cue."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="directory of NAME.jsonl.gz")
    parser.add_argument("--each", action="store_true", help="single cues instead of groups")
    parser.add_argument("--rounds", type=int, default=10, help="most iterations of L-BFGS")
    parser.add_argument("--set", dest="names", action="append", help="learn from this set only; may be repeated")
    parser.add_argument("--longest", type=int, default=2_000, help="leave out documents of more source sentences")
    parser.add_argument("--pieces", type=int, help="use at most so many pieces to learn from, and as many to measure")
    arguments = parser.parse_args()
    shipped, encoder = shipped_weights(), load_encoder()
    sets = [
        replace(each, longest=min(each.longest, arguments.longest))
        for each in SETS
        if each.name in (arguments.names or [every.name for every in SETS])
    ]
    learning, held = (
        spread(learnt_from(arguments.gold, encoder, shipped, parity, sets), arguments.pieces) for parity in (0, 1)
    )
    print(f"{len(learning)} pieces to learn from, weights {shipped.name}", flush=True)
    groups = {name: {name} for name in (*CUES, *NULL_NAMES)} if arguments.each else GROUPS
    start, _ = fit(learning, start=shipped, rounds=arguments.rounds)
    whole = nats(held, start)
    print(f"all: {whole:.3f} nats a piece on {len(held)} pieces of documents that were not learnt from", flush=True)
    for name, cues in groups.items():
        less, _ = fit(learning, start=start, rounds=arguments.rounds, without=cues)
        print(f"{name:42} {nats(held, less) - whole:+.3f}", flush=True)


if __name__ == "__main__":
    main()
