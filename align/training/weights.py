"""Fit the aligner's weights on gold and write them: ``python -m align.training.weights --gold DIR --out FILE``.

Every other document is held back from the fit; on those the posteriors are calibrated and the scores reported. Nothing
is drawn by chance and nothing is taken from weights that there are, so that the same gold and model give the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click
import numpy as np

from align.aligner import Aligner
from align.aligner.local import Known, with_lexicon
from align.aligner.scoring import Weights
from align.aligner.search import known_of
from align.aligner.sides import both_sides
from align.aligner.survey import survey
from align.encoder import load_encoder
from align.encoder.protocol import Encoder
from align.encoder.static import StaticEncoder
from align.evaluation import Counts, lax, links, merged, strict
from align.training.aligner import Piece, calibrate, chapters, fit, pieces
from align.training.dimming import dimmed
from align.training.gold import GoldDocument, read_gold, statement_gold
from align.types import Bead
from corpora import statements


@dataclass(frozen=True, slots=True)
class GoldSet:
    """How much of a set is learnt from.

    Attributes:
        name: of the file, without ``.jsonl.gz``; ``statements`` are the project's own samples.
        pieces: most pieces of a document.
        weight: of a piece.
        longest: documents of more source sentences are left out.
        plain: pieces of each document without all that is not 1-1: a translation line by line, without a single null
            or split, is common too, and must be nothing unheard of; and as many of the same with a third of the lines
            lost on either side, which nobody splits or joins.
    """

    name: str
    pieces: int
    weight: float = 1.0
    longest: int = 2_000
    plain: int = 0


SETS: Final = (
    GoldSet("statements", 9, 3.0, plain=1),
    GoldSet("wmt21-omit", 3, 3.0, plain=1),
    GoldSet("bible-dev-omit", 10, plain=4),
    GoldSet("ntrex-omit", 2, 1.5, plain=1),
    GoldSet("textberg-dev", 15, 1.5),
    GoldSet("mac-dev", 12, 1.5),
    GoldSet("hunalign-hu-en", 15, plain=4),
    GoldSet("bilinguator-dev", 5, 1.5),
)
DIMMED: Final = (0.5, 0.75)
"""Shares of the tokens that say nothing, of two models that are read with besides (`align.training.dimming`)."""


def _seldom(thinned: float, natural: float) -> tuple[GoldSet, ...]:
    """Half of what else is learnt from, at a share of its weight."""
    return tuple(
        replace(each, pieces=(each.pieces + 1) // 2, weight=(thinned if each.plain else natural) * each.weight, plain=0)
        for each in SETS
    )


SELDOM: Final = (_seldom(0.4, 0.4), _seldom(0.15, 0.6))
"""What is learnt with those, in two ways. In the second least is learnt from sets out of which lines were taken for
testing, for a novel that the model does not understand must not seem full of gaps; that makes more of unknown
languages, and less of news of which the model knows little."""
CAUTIOUS: Final = frozenset({"nulls_by_splits"})
"""Cues that the second of two fits does without. Alone, they let documents run away that leave much out and split
nothing; with only half their weight, none does (tests/test_habits.py), and the rest is hardly worse."""


def documents(gold: Path, name: str) -> Iterator[GoldDocument]:
    """The documents of a set."""
    if name == "statements":
        yield from (statement_gold(statements.load(each)) for each in statements.names())
    else:
        yield from read_gold(gold / f"{name}.jsonl.gz")


def learnt_from(
    gold: Path, encoder: Encoder, before: Weights | None, parity: int = 0, sets: Sequence[GoldSet] = SETS
) -> list[Piece]:
    """The pieces of every other document of every set.

    Args:
        gold: directory of the sets.
        encoder: embeds the sentences.
        before: the weights of the first pass, which tells the documents' habits and lexicons; None for pieces of
            which nothing is known.
        parity: 0 for the first, third … document, 1 for the others.
        sets: what is learnt from.
    """
    parts: list[Piece] = []
    for each in sets:
        for number, document in enumerate(documents(gold, each.name)):
            if number % 2 == parity and len(document.source.sentences) <= each.longest:
                parts += _pieces(document, each.pieces, each.weight, encoder, before)
                if each.plain:
                    bare = plain(document)
                    parts += _pieces(bare, each.plain, each.weight, encoder, before)
                    parts += _pieces(thinned(bare), each.plain, each.weight * _RARELY, encoder, before)
        click.echo(f"{each.name}: {len(parts)} pieces so far", err=True)
    return parts


def _pieces(
    document: GoldDocument, most: int, weight: float, encoder: Encoder, before: Weights | None
) -> Iterator[Piece]:
    known = known_of(document.source, document.target, encoder, before, compiled=False) if before else Known()
    found = list(chapters(document))
    start = (0, 0)
    for chapter in found:
        pair, anchors = survey(*known.attuned(both_sides(chapter.source, chapter.target, encoder), start))
        if known.lexicon is not None:
            pair = with_lexicon(pair, known.lexicon, start)
        yield from pieces(chapter, (pair, anchors), known, -(-most // len(found)), weight)
        start = start[0] + len(chapter.source.sentences), start[1] + len(chapter.target.sentences)


def plain(document: GoldDocument) -> GoldDocument:
    """The document without the sentences of all beads that are not 1-1."""
    kept = [bead for bead in document.beads if len(bead.source) == len(bead.target) == 1]
    source, target = (
        replace(side, sentences=tuple(side.sentences[at] for at in indices))
        for side, indices in (
            (document.source, [bead.source[0] for bead in kept]),
            (document.target, [bead.target[0] for bead in kept]),
        )
    )
    beads = tuple(Bead((at,), (at,)) for at in range(len(kept)))
    return replace(document, source=source, target=target, beads=beads)


_LOST: Final = 3
"""One line of so many is lost."""
_RARELY: Final = 0.3
"""Weight of such documents: they must be possible, but are seldom met."""


def thinned(document: GoldDocument) -> GoldDocument:
    """A document of nothing but 1-1 with every third line lost, on the one side and on the other in turn."""
    lost = [at // _LOST % 2 if at % _LOST == 1 else None for at in range(len(document.beads))]
    source, target = (
        replace(side, sentences=tuple(text for text, gone in zip(side.sentences, lost, strict=True) if gone != number))
        for number, side in enumerate((document.source, document.target))
    )
    beads, row, column = [], 0, 0
    for gone in lost:
        beads.append(Bead((row,) * (gone != 0), (column,) * (gone != 1)))
        row, column = row + (gone != 0), column + (gone != 1)
    return replace(document, source=source, target=target, beads=tuple(beads))


@dataclass(frozen=True, slots=True)
class Measured:
    """What an aligner does on the documents that were held back.

    Attributes:
        probabilities: of all two-sided beads of sentence-grained gold.
        right: 1 where such a bead is right, else 0.
        scores: strict, lax and merged F1 by set.
    """

    probabilities: Sequence[float]
    right: Sequence[float]
    scores: dict[str, tuple[float, float, float]]

    def calibration_error(self, bins: int = 10) -> float:
        """Expected calibration error over equal bins of confidence (Naeini, Cooper & Hauskrecht 2015)."""
        probabilities, right = np.array(self.probabilities), np.array(self.right)
        bin_of = np.minimum((probabilities * bins).astype(int), bins - 1)
        gaps = [
            abs(probabilities[bin_of == at].mean() - right[bin_of == at].mean()) * (bin_of == at).mean()
            for at in range(bins)
            if (bin_of == at).any()
        ]
        return float(sum(gaps))


def measure(aligner: Aligner, gold: Path) -> Measured:
    """Align every document that was not learnt from."""
    probabilities: list[float] = []
    right: list[float] = []
    scores = {}
    for each in SETS:
        counts = [Counts(), Counts(), Counts()]
        for number, document in enumerate(documents(gold, each.name)):
            if number % 2 == 0 or len(document.source.sentences) > each.longest:
                continue
            beads = aligner.align(document.source, document.target).beads
            for at, count in enumerate((strict, lax, merged)):
                counts[at] += count(document.beads, beads)
            if not document.coarse:
                known = set(links(document.beads))
                for bead in beads:
                    if not bead.is_null:
                        probabilities.append(bead.confidence)
                        right.append(float((frozenset(bead.source), frozenset(bead.target)) in known))
        f1 = [count.score("").f1 for count in counts]
        scores[each.name] = (f1[0], f1[1], f1[2])
        click.echo(f"{each.name}: strict {f1[0]:.4f} lax {f1[1]:.4f} merged {f1[2]:.4f}", err=True)
    return Measured(probabilities, right, scores)


def learn(gold: Path, encoder: StaticEncoder, rounds: int) -> tuple[Weights, int]:
    """Weights of all cues, uncalibrated, and from how many pieces they were learnt.

    First those of a first pass that knows nothing of habits and words, then, with what that finds out, those that ask
    for all; and, with what these find out, two fits, one with all cues and one without those that are `CAUTIOUS`. The
    last two steps are done for either way of `SELDOM`, and the mean of the four fits is what comes out.

    Args:
        gold: directory of the sets.
        encoder: embeds the sentences.
        rounds: most iterations of L-BFGS of each fit.
    """
    first, loss = fit(learnt_from(gold, encoder, None), rounds=rounds)
    click.echo(f"first pass: {loss:.3f} nats a piece", err=True)
    found, count = [], 0
    for seldom in SELDOM:
        weights, loss = fit(_all_kinds(gold, encoder, first, seldom), start=first, rounds=rounds)
        click.echo(f"with what that finds out: {loss:.3f} nats a piece", err=True)
        parts = _all_kinds(gold, encoder, weights, seldom)
        for without in (frozenset[str](), CAUTIOUS):
            last, loss = fit(parts, start=weights, rounds=rounds, without=without)
            click.echo(f"{len(parts)} pieces, without {sorted(without)}: {loss:.3f} nats a piece", err=True)
            found.append(last)
        count = len(parts)
    return mean(found), count


def _all_kinds(gold: Path, encoder: StaticEncoder, before: Weights, seldom: Sequence[GoldSet]) -> list[Piece]:
    """What is learnt from as the model reads it, and as `DIMMED` ones do."""
    parts = learnt_from(gold, encoder, before)
    for share in DIMMED:
        parts += learnt_from(gold, dimmed(encoder, share, seed=round(100 * share)), before, sets=seldom)
    return parts


def mean(some: Sequence[Weights]) -> Weights:
    """The mean of several weights, cue by cue."""

    def of(kind: str) -> dict[str, float]:
        each = [getattr(weights, kind) for weights in some]
        return {name: sum(weights[name] for weights in each) / len(each) for name in each[0]}

    return Weights(of("pairs"), of("nulls"), dim_pairs=of("dim_pairs"), dim_nulls=of("dim_nulls"))


def as_json(weights: Weights) -> str:
    """What `Weights.read` reads."""
    stored = {
        "made": weights.made,
        "pairs": _rounded(weights.pairs),
        "nulls": _rounded(weights.nulls),
        "dim": {"pairs": _rounded(weights.dim_pairs), "nulls": _rounded(weights.dim_nulls)},
        "calibration": [round(value, 4) for value in weights.calibration],
    }
    return json.dumps(stored, indent=2) + "\n"


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in weights.items()}


@click.command()
@click.option("--gold", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--rounds", default=60, show_default=True, help="Most iterations of L-BFGS.")
def main(gold: Path, out: Path, rounds: int) -> None:
    """Fit the weights of the aligner's cues on human alignments."""
    encoder = load_encoder()
    if not isinstance(encoder, StaticEncoder):
        raise click.ClickException("weights are learnt with a static model")
    weights, pieces = learn(gold, encoder, rounds)
    raw = measure(Aligner(encoder, weights), gold)
    line = calibrate(np.array(raw.probabilities), np.array(raw.right))
    sets = ", ".join(each.name for each in SETS)
    made = f"model {encoder.name}; mean of four fits on {pieces} pieces of every other document of {sets}"
    out.write_text(as_json(replace(weights, calibration=line, made=made)), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
