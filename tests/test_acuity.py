"""How much the vectors of a document tell, and what is made of them then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_aligner import WordEncoder
from test_parts import lines

from align import Aligner
from align.aligner.acuity import dimness
from align.aligner.aligner import from_sentences
from align.aligner.heard import Spans
from align.aligner.local import Known, look
from align.aligner.scoring import Weights, shipped_weights
from align.aligner.search import known_of
from align.aligner.sides import Side, both_sides
from align.encoder.static import StaticEncoder
from align.training.dimming import dimmed


class BlindEncoder(WordEncoder):
    """Whose vectors say nothing of what a sentence means: a different one on either side."""

    def encode_sums(self, texts: Sequence[str]) -> np.ndarray:
        """A random vector a text."""
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little") for text in texts]
        rows = [np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)


def sides_of(source: list[str], target: list[str], encoder: WordEncoder) -> tuple[Side, Side]:
    return both_sides(from_sentences(source, "s"), from_sentences(target, "t"), encoder)


def one_by_one(count: int) -> Spans:
    ends = np.stack([np.arange(count), np.arange(count) + 1], axis=1)
    return ends, ends


def test_vectors_that_find_the_translation_leave_everything_as_usual() -> None:
    sides = sides_of(lines(0, 200), lines(0, 200), WordEncoder())
    assert dimness([(sides, one_by_one(200))]) == 0.0


def test_vectors_that_say_nothing_are_dim() -> None:
    sides = sides_of(lines(0, 200), [f"other {line}" for line in lines(0, 200)], BlindEncoder())
    assert dimness([(sides, one_by_one(200))]) == 1.0


def test_between_the_two_it_is_by_how_many_are_found() -> None:
    target = [line if at % 5 else f"other {line}" for at, line in enumerate(lines(0, 400))]
    sides = sides_of(lines(0, 400), target, BlindEncoder())
    assert 0.1 < dimness([(sides, one_by_one(400))]) < 0.5


@pytest.mark.parametrize("count", [0, 1, 2])
def test_of_a_few_pairs_nothing_is_concluded(count: int) -> None:
    sides = sides_of(lines(0, 40), [f"other {line}" for line in lines(0, 40)], BlindEncoder())
    assert dimness([(sides, one_by_one(count))]) < 0.15


def test_nothing_heard_is_as_usual() -> None:
    assert dimness([]) == 0.0


def test_a_document_is_known_to_be_dim_after_it_was_heard() -> None:
    source, target = lines(0, 120), [f"{line} ja{at}" for at, line in enumerate(lines(0, 120))]
    documents = from_sentences(source, "s"), from_sentences(target, "t")
    assert known_of(*documents, WordEncoder(), shipped_weights()).dimness == 0.0
    assert known_of(*documents, BlindEncoder(), shipped_weights()).dimness > 0.5


def test_weights_go_from_the_usual_ones_to_those_for_dim_documents_in_a_line() -> None:
    weights = Weights(
        {"meaning": 2.0, "letters": 1.0}, {"null": -3.0}, dim_pairs={"meaning": -1.0}, dim_nulls={"null": -1.0}
    )
    assert weights.at(0.0) is weights
    half = weights.at(0.5)
    assert half.pairs == {"meaning": 1.5, "letters": 1.0}
    assert half.nulls == {"null": -3.5}
    assert weights.without("meaning").at(1.0).pairs == {"meaning": 0.0, "letters": 1.0}


def test_weights_without_dim_ones_are_the_same_for_all_documents(tmp_path: Path) -> None:
    shipped = shipped_weights()
    stored = {"made": "", "pairs": dict(shipped.pairs), "nulls": dict(shipped.nulls), "calibration": [1.0, 0.0]}
    (tmp_path / "weights.json").write_text(json.dumps(stored))
    read = Weights.read(tmp_path / "weights.json")
    assert read.at(1.0).pairs == shipped.pairs
    assert read.name == replace(shipped, calibration=(1.0, 0.0), dim_pairs={}, dim_nulls={}).name
    assert read.name != replace(read, dim_pairs={"meaning": 1.0}).name


def test_dim_weights_count_only_in_dim_documents() -> None:
    some = [sides_of(lines(0, 30), lines(0, 30), WordEncoder())]
    weights = replace(shipped_weights(), dim_pairs={"is_pair": -1e3}, dim_nulls={})
    looks = look(some, weights)
    assert len(looks.paths(Known(), [(0, 0)])[0].certain) == 30
    assert len(looks.paths(Known(dimness=1.0), [(0, 0)])[0].certain) != 30


def test_names_and_lengths_carry_a_document_that_the_vectors_do_not() -> None:
    source = [f"Token{at} {'ba ' * (at * 7 % 12)}item{at}." for at in range(90)]
    target = [f"Token{at} {'po ' * (at * 7 % 12)}." for at in range(90) if at % 13]
    found = {(bead.source, bead.target) for bead in Aligner(BlindEncoder()).align(source, target).beads}
    wanted = {((at,), (place,)) for place, at in enumerate(at for at in range(90) if at % 13)}
    assert len(found & wanted) / len(wanted) > 0.9


def test_a_dimmed_model_has_the_same_words_with_some_vectors_exchanged(shipped: StaticEncoder) -> None:
    tokens = np.arange(2_000)
    usual, dim = shipped.token_vectors(tokens), dimmed(shipped, 0.5, seed=1).token_vectors(tokens)
    assert 0.4 < (usual == dim).all(axis=1).mean() < 0.6
    again = dimmed(shipped, 0.5, seed=1).encode(["The meeting was useful."])
    np.testing.assert_array_equal(again, dimmed(shipped, 0.5, seed=1).encode(["The meeting was useful."]))
    np.testing.assert_array_equal(dimmed(shipped, 0.0, seed=1).token_vectors(tokens), usual)
