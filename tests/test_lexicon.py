"""A lexicon learnt from the beads that the first pass is sure of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_aligner import WordEncoder

from align.aligner.aligner import from_sentences
from align.aligner.heard import Heard, Spans, Stems, once
from align.aligner.lexicon import BUCKETS, Lexicon
from align.aligner.local import with_lexicon
from align.aligner.scoring import shipped_weights
from align.aligner.search import known_of
from align.aligner.sides import both_sides
from align.aligner.stems import stems
from align.aligner.survey import survey
from align.aligner.words import Words

NAMES = ["anna", "boris", "clara", "david", "edgar", "fedor", "greta", "henry"]
FOREIGN = dict(zip(NAMES, ["qulo", "wemi", "ryta", "tupo", "yzel", "uxin", "ivek", "opaj"], strict=True))


def sentences(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Lines of names, and the same in words that share no letters with them in any regular way."""
    random = np.random.default_rng(seed)
    lines = [random.choice(NAMES, 3, replace=False).tolist() for _ in range(count)]
    return [" ".join(line) for line in lines], [" ".join(FOREIGN[name] for name in line) for line in lines]


def line_by_line(source: list[str], target: list[str], start: tuple[int, int] = (0, 0)) -> Heard:
    spans = np.stack([np.arange(len(source)), np.arange(len(source)) + 1], axis=1)
    return Heard((Words.of(source).stems, Words.of(target).stems), start, (spans, spans))


def learnt(heard: list[Heard]) -> Lexicon:
    lexicon = Lexicon.of(heard)
    assert lexicon is not None
    return lexicon


def test_endings_do_not_count_and_characters_stand_for_words_without_spaces() -> None:
    assert stems("Говорили,") == stems("«говорит»")
    assert stems("говорили") != stems("молчали")
    assert len(stems("老人与海")) == 4 + 3
    assert stems("…") == []


def test_words_that_stand_together_are_expected() -> None:
    source, target = sentences(80)
    lexicon = learnt([line_by_line(source, target)])
    strange = Words.of(["anna clara henry"]).stems
    expected = lexicon.expected(0, strange, 1, start=500)[0]
    told = [lexicon.told(1, Words.of([words]).stems, 1)[0] for words in ("qulo ryta opaj", "wemi tupo uxin")]
    right, wrong = (expected @ each / np.linalg.norm(expected) / np.linalg.norm(each) for each in told)
    assert right > 0.5
    assert wrong < 0.2


def test_too_few_beads_teach_nothing() -> None:
    source, target = sentences(19)
    assert Lexicon.of([line_by_line(source, target)]) is None
    assert Lexicon.of([]) is None
    none = np.zeros((0, 2), dtype=np.int64)
    assert Lexicon.of([Heard((Words.of([]).stems, Words.of([]).stems), (0, 0), (none, none))]) is None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 1))
def test_a_bead_has_no_say_about_its_own_sentences(seed: int, side: int) -> None:
    """What a sentence expects is reckoned by hand from all beads but its own."""
    random = np.random.default_rng(seed)
    sides = [[" ".join(random.choice(list(words), 4)) for _ in range(40)] for words in (NAMES, FOREIGN.values())]
    ends = np.cumsum(random.integers(1, 3, (2, 22)), axis=1).clip(max=40)
    spans = [np.stack([np.concatenate([[0], row[:-1]]), row], axis=1) for row in ends]
    kept = (spans[0][:, 0] < spans[0][:, 1]) & (spans[1][:, 0] < spans[1][:, 1])
    heard = Heard((Words.of(sides[0]).stems, Words.of(sides[1]).stems), (3, 5), (spans[0][kept], spans[1][kept]))
    if kept.sum() < 20:
        return
    lexicon = learnt([heard])
    found = lexicon.expected(side, heard.stems[side], 40, heard.start[side])
    np.testing.assert_allclose(found, by_hand(lexicon, heard, side), atol=1e-4)


def by_hand(lexicon: Lexicon, heard: Heard, side: int) -> np.ndarray:
    words = [[set(codes[owners == at].tolist()) for at in range(40)] for codes, owners in heard.stems]
    beads = [
        tuple(set().union(*words[at][spans[bead, 0] : spans[bead, 1]]) for at, spans in enumerate(heard.beads))
        for bead in range(len(heard.beads[0]))
    ]
    number = [{code: at for at, code in enumerate(known.tolist())} for known in lexicon.known]
    unit = np.eye(len(number[1 - side]))
    bags = lexicon._bags(1 - side, np.arange(len(unit)), np.arange(len(unit)), np.ones(len(unit)), len(unit))
    sums = np.zeros((40, BUCKETS))
    for at in range(40):
        own = [b for b, (low, high) in enumerate(heard.beads[side].tolist()) if low <= at < high]
        others = [bead for b, bead in enumerate(beads) if b not in own]
        for here in words[side][at] & number[side].keys():
            for there in number[1 - side]:
                together = sum(here in bead[side] and there in bead[1 - side] for bead in others)
                apart = sum(here in bead[side] for bead in others), sum(there in bead[1 - side] for bead in others)
                if own and there not in beads[own[0]][1 - side]:
                    apart = apart[0], sum(there in bead[1 - side] for bead in beads)
                share = (2 * together / (sum(apart) + 4)) ** 4 * np.sqrt(lexicon.rarity[side][number[side][here]])
                sums[at] += share * bags[number[1 - side][there]]
    return sums


def test_parts_that_overlap_count_once() -> None:
    source, target = sentences(90)
    whole = learnt([line_by_line(source, target)])
    halves = [line_by_line(source[:60], target[:60]), line_by_line(source[40:], target[40:], (40, 40))]
    assert sum(len(part.beads[0]) for part in once(halves)) == 90
    parts = learnt(halves)
    np.testing.assert_array_equal(parts.together, whole.together)
    later: Stems = Words.of(source[40:]).stems
    np.testing.assert_allclose(
        parts.expected(0, later, 50, 40), whole.expected(0, Words.of(source).stems, 90, 0)[40:], atol=1e-5
    )


def test_of_many_long_texts_evenly_spread_ones_are_learnt_from() -> None:
    """Four hundred texts of 110 words a side are five million pairs of words: every second will do."""
    texts = [" ".join(f"{chr(97 + at % 26)}{word}" for word in range(100, 210)) for at in range(400)]
    (found,) = once([line_by_line(texts, texts)])
    assert found.beads[0][:, 0].tolist() == list(range(0, 400, 2))
    assert len(learnt([line_by_line(texts, texts)]).beads[1]) == 200


def test_endless_sentences_are_not_learnt_from() -> None:
    source, target = sentences(60)
    long = " ".join(f"w{at}" for at in range(300))
    heard = line_by_line([*source, long], [*target, long])
    assert len(once([heard])[0].beads[0]) == 60
    assert len(learnt([heard]).beads[0]) == 60


def test_swapping_the_sides_swaps_the_lexicon() -> None:
    source, target = sentences(50)
    ahead, back = learnt([line_by_line(source, target)]), learnt([line_by_line(target, source)])
    first, second = Words.of(source).stems, Words.of(target).stems
    np.testing.assert_allclose(ahead.expected(0, first, 50, 0), back.expected(1, first, 50, 0), atol=1e-5)
    np.testing.assert_allclose(ahead.told(1, second, 50), back.told(0, second, 50), atol=1e-5)
    assert ahead.usual == pytest.approx(back.usual)


def test_the_first_pass_teaches_and_pairs_are_then_told() -> None:
    source, target = sentences(60)
    numbered = [[f"{line} {at}" for at, line in enumerate(lines)] for lines in (source, target)]
    sides = [from_sentences(lines, name) for lines, name in zip(numbered, "st", strict=True)]
    known = known_of(sides[0], sides[1], WordEncoder(), shipped_weights())
    assert known.lexicon is not None
    pair, _ = survey(*both_sides(sides[0], sides[1], WordEncoder()))
    told = with_lexicon(pair, known.lexicon, (0, 0)).lexical
    assert pair.lexical is None
    assert told is not None
    assert told.ahead[0].sums.shape == told.back[1].sums.shape == (60, BUCKETS)
    assert 0.1 < told.usual < 1.0


def test_what_is_usual_is_judged_by_others_and_chance_is_low() -> None:
    lines = np.random.default_rng(2).choice(100, (200, 3)) + 100
    source, target = ([" ".join(f"{sign}{at}" for at in line) for line in lines.tolist()] for sign in "ab")
    shuffled = [target[at] for at in np.random.default_rng(3).permutation(200)]
    assert learnt([line_by_line(source, target)]).usual > 0.6
    assert learnt([line_by_line(source, shuffled)]).usual < 0.4


def test_a_document_without_words_has_an_empty_lexicon() -> None:
    lines = ["…"] * 30
    lexicon = learnt([line_by_line(lines, lines)])
    assert not lexicon.expected(0, Words.of(lines).stems, 30, 0).any()
    spans: Spans = lexicon.beads
    assert len(spans[0]) == 30
