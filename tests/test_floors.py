"""Accuracy does not fall below the floors of ``floors.toml``; each improvement raises them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from align import Aligner, align_files, units
from align.encoder.static import StaticEncoder
from align.evaluation import Counts, lax, links, merged, strict
from align.exporters import DEFAULT_MIN_CONFIDENCE, REVIEW_MIN_CONFIDENCE
from align.training.dimming import dimmed
from align.training.gold import GoldDocument, read_gold
from corpora import statements

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
MEASURES = {"strict": strict, "lax": lax, "merged": merged}


def one_line(text: str) -> str:
    return " ".join(text.split())


def unit_texts(name: str, least: float) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The texts of the units that the gold has, and of ours that are surer than `least`, from the raw files on."""
    statement = statements.load(name)
    gold = {
        (one_line(" ".join(bead.source)), one_line(" ".join(bead.target)))
        for bead in statement.beads
        if bead.source and bead.target and bead.kind not in {"time", "number", "separator", "furniture"}
    }
    made, _ = units(align_files(statement.source_path, statement.target_path), min_confidence=least)
    return gold, {tuple(map(one_line, unit.variants.values())) for unit in made}


@pytest.mark.parametrize(("least", "measure"), [(REVIEW_MIN_CONFIDENCE, "strict"), (DEFAULT_MIN_CONFIDENCE, "memory")])
def test_statements_from_raw_text_to_units(least: float, measure: str) -> None:
    counts = Counts()
    for name in statements.names():
        gold, ours = unit_texts(name, least)
        print(name, "missed", sorted(gold - ours), "wrong", sorted(ours - gold))  # noqa: T201  # shown on failure
        counts += Counts(len(gold & ours), len(ours), len(gold & ours), len(gold))
    floor = FLOORS["statements"]
    assert counts.score("").f1 >= floor[measure], floor["signature"]


def test_what_belongs_to_the_page_is_kept_out_of_the_memory() -> None:
    for name in statements.names():
        statement = statements.load(name)
        result = align_files(statement.source_path, statement.target_path)
        page = {
            one_line(text)
            for bead in statement.beads
            if bead.kind in {"time", "number", "separator", "furniture"}
            for text in (*bead.source, *bead.target)
        }
        made, left_out = units(result)
        assert not page & {one_line(text) for unit in made for text in unit.variants.values()}
        listed = {
            one_line(side.sentences[at].text)
            for omission in left_out
            for side, indices in ((result.source, omission.bead.source), (result.target, omission.bead.target))
            for at in indices
        }
        assert page <= listed


@pytest.mark.parametrize("name", sorted(FLOORS["dim"]))
def test_alignment_where_the_vectors_of_half_the_words_say_nothing(
    name: str, shared_dir: Path, shipped: StaticEncoder
) -> None:
    floor, count = FLOORS["dim"][name], Counts()
    aligner = Aligner(dimmed(shipped, 0.5, seed=0))
    for document in _some(read_gold(shared_dir / "gold" / f"{name}.jsonl.gz"), floor):
        count += strict(document.beads, aligner.align(document.source, document.target).beads)
    assert count.score("").f1 >= floor["strict"], floor["signature"]


@pytest.mark.parametrize("name", sorted(FLOORS["alignment"]))
def test_alignment_of_gold_sentences(name: str, shared_dir: Path) -> None:
    floor = FLOORS["alignment"][name]
    counts = {measure: Counts() for measure in floor if measure in MEASURES}
    aligner, kept = Aligner(), []
    for document in _some(read_gold(shared_dir / "gold" / f"{name}.jsonl.gz"), floor):
        beads = aligner.align(document.source, document.target).beads
        for measure in counts:
            counts[measure] += MEASURES[measure](document.beads, beads)
        gold = set(links(document.beads))
        sure = [bead for bead in beads if not bead.is_null and bead.confidence >= DEFAULT_MIN_CONFIDENCE]
        kept += [(frozenset(bead.source), frozenset(bead.target)) in gold for bead in sure]
    assert sum(kept) >= floor.get("kept", 0) * len(kept), floor["signature"]
    for measure, count in counts.items():
        assert count.score("").f1 >= floor[measure], f"{measure}; floor by {floor['signature']}"


def _some(documents: Iterator[GoldDocument], floor: dict[str, Any]) -> Iterator[GoldDocument]:
    """The documents that the floor is for: those that the weights were not learnt from, and not too long."""
    for number, document in enumerate(documents):
        held_back = number % 2 or not floor.get("odd")
        if held_back and len(document.source.sentences) <= floor.get("longest", 10_000):
            yield document
