"""Cues against a plain twin, and the symmetry that all of them owe."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from test_aligner import WordEncoder

from align.aligner.aligner import from_sentences
from align.aligner.block import Block
from align.aligner.cues import CUES, LEXICAL, SHAPELESS
from align.aligner.lattice import SHAPES, Band
from align.aligner.pair import Lexical, Pair
from align.aligner.sides import both_sides
from align.aligner.survey import survey

SOURCE = [
    "Вопрос: что решили 16 участников встречи?", "Мы договорились о многом.", "— Да.", "«Нет», — сказал он.",
    "Всего пришло 2017 человек, в том числе 40 из Самары:", "XVI съезд открылся", "Спасибо!", "И вот ещё что…",
]  # fmt: skip
TARGET = [
    "Question: what did the 16 participants decide?", "We agreed on much. That is all.", "Yes.", "“No,” he said.",
    "2017 people came:", "40 of them from Samara.", "The 16th congress has opened", "Thank you!",
]  # fmt: skip


def pair_of(source: list[str], target: list[str]) -> Pair:
    pair = survey(*both_sides(from_sentences(source, "s"), from_sentences(target, "t"), WordEncoder()))[0]
    first, second = pair.sides()
    # Any channels will do for what a lexicon says.
    return replace(pair, lexical=Lexical((first.letters, second.letters), (first.numbers, second.numbers), 0.4))


def whole(pair: Pair) -> Block:
    return Block.rectangle(pair, (0, len(pair.source) + 1), (0, len(pair.target) + 1))


def squared(block: Block, values: np.ndarray | float) -> np.ndarray:
    """Values of the cells of a rectangle, as a table of rows and columns."""
    rows, columns = len(set(block.row.tolist())), len(set(block.column.tolist()))
    return np.broadcast_to(values, rows * columns).reshape(rows, columns)


@pytest.mark.parametrize("name", CUES)
def test_swapping_the_sides_swaps_every_cue(name: str) -> None:
    ahead, back = whole(pair_of(SOURCE, TARGET)), whole(pair_of(TARGET, SOURCE))
    for a, b in SHAPES:
        first = squared(ahead, CUES[name](ahead, a, b))[a:, b:]
        second = squared(back, CUES[name](back, b, a))[b:, a:]
        np.testing.assert_allclose(first, second.T, atol=1e-5)


@pytest.mark.parametrize("name", CUES)
def test_a_crooked_band_has_the_same_cues_as_the_whole(name: str) -> None:
    pair = pair_of(SOURCE, TARGET)
    first, width = np.array([0, 0, 0, 1, 1, 4, 4, 5, 7]), np.array([2, 3, 9, 2, 6, 2, 5, 4, 2])
    band = Band(first, width, len(TARGET) + 1)
    for start, stop in [(0, 9), (0, 4), (3, 8)]:
        part = Block(pair, band, start, stop)
        for a, b in SHAPES:
            expected = squared(whole(pair), CUES[name](whole(pair), a, b))[part.row, part.column]
            found = np.broadcast_to(CUES[name](part, a, b), len(part.row))
            fits = part.possible(a, b)
            np.testing.assert_allclose(found[fits], expected[fits], atol=1e-5)


@pytest.mark.parametrize("name", CUES)
def test_a_part_of_the_lattice_has_the_same_cues_as_the_whole(name: str) -> None:
    pair = pair_of(SOURCE, TARGET)
    part = Block.rectangle(pair, (3, 6), (2, 7))
    for a, b in SHAPES:
        expected = squared(whole(pair), CUES[name](whole(pair), a, b))[3:6, 2:7]
        found = squared(part, CUES[name](part, a, b))
        fits = squared(part, part.possible(a, b))
        np.testing.assert_allclose(found[fits], expected[fits], atol=1e-5)


def test_likeness_is_what_the_paper_says() -> None:
    pair = pair_of(SOURCE, TARGET)
    encoder = WordEncoder()
    for a, b in [(1, 1), (1, 2), (3, 2)]:
        found = squared(whole(pair), whole(pair).likeness(a, b))
        for i in range(a, len(SOURCE) + 1):
            for j in range(b, len(TARGET) + 1):
                left, right = (encoder.encode([" ".join(texts)])[0] for texts in (SOURCE[i - a : i], TARGET[j - b : j]))
                usual_left = np.mean([left @ v for v in encoder.encode(_spans(TARGET, b))])
                usual_right = np.mean([right @ v for v in encoder.encode(_spans(SOURCE, a))])
                usual = min((usual_left + usual_right) / 2, 0.9)
                expected = (1 - (1 - left @ right) / (1 - usual)) / pair.scale
                assert found[i, j] == pytest.approx(expected, abs=1e-3)


def _spans(texts: list[str], size: int) -> list[str]:
    return [" ".join(texts[at : at + size]) for at in range(len(texts) - size + 1)]


def test_without_a_lexicon_its_cues_are_silent() -> None:
    block = whole(replace(pair_of(SOURCE, TARGET), lexical=None))
    assert all(CUES[name](block, a, b) == 0.0 for name in LEXICAL for a, b in SHAPES)


def test_numbers_are_counted_over_spans() -> None:
    block = whole(pair_of(SOURCE, TARGET))
    shared, lone = (squared(block, values) for values in block.number_overlap(1, 2))
    assert shared[5, 6] > 1.5
    assert lone[5, 6] < 0.5
    assert lone[5, 3] > 1.0


def test_a_time_line_pairs_only_with_a_time_line() -> None:
    from align.types import Document, Paragraph, Segmented, Sentence

    def side(name: str, lines: list[str]) -> Segmented:
        text, at, paragraphs, sentences = "\n".join(lines), 0, [], []
        for number, line in enumerate(lines):
            kind = "time" if line.endswith("45") else "body"
            paragraphs.append(Paragraph(at, at + len(line), kind))  # type: ignore[arg-type]
            sentences.append(Sentence(at, at + len(line), number, line))
            at += len(line) + 1
        return Segmented(Document(name, "en", text, tuple(paragraphs)), tuple(sentences))

    pair = survey(*both_sides(side("s", ["13:45", "alpha", "beta"]), side("t", ["alpha", "13:45"]), WordEncoder()))[0]
    block = whole(pair)
    possible = squared(block, block.possible(1, 1))
    assert possible[1, 2]
    assert not possible[1, 1]
    assert possible[2, 1]
    assert not squared(block, block.possible(2, 1))[2, 1]


@pytest.mark.parametrize("name", sorted(SHAPELESS))
def test_cues_that_are_computed_once_are_alike_for_all_shapes(name: str) -> None:
    block = whole(pair_of(SOURCE, TARGET))
    for a, b in SHAPES:
        np.testing.assert_array_equal(CUES[name](block, a, b), CUES[name](block, 1, 1))
