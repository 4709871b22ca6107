"""What a memory holds, and that everything else is listed with its reason."""

from __future__ import annotations

import pytest
from exporter_samples import aligned, alignments, pairs, statement, unhurried
from hypothesis import given
from hypothesis import strategies as st

from align.errors import FormatError
from align.exporters import units
from align.exporters.text import clean, clean_cell
from align.types import Alignment, Bead, Kind, Omission


def _omitted(alignment: Alignment, **options: float) -> list[tuple[str, str]]:
    return [(omission.code, omission.reason) for omission in units(alignment, **options)[1]]


def test_a_statement_gives_its_sentences_and_lists_the_rest() -> None:
    chosen, omissions = units(statement(), min_confidence=0.5)
    assert [tuple(unit.variants.values()) for unit in chosen] == [
        ("О\xa0встрече с послом", "Meeting with the Ambassador"),
        ("Он сказал: «Да\xa0— и\xa0нет» & ушёл.", 'He said, "Yes\xa0– and\tno," & left.'),
        ("Она осталась. Потом ушла.", "She stayed, then left."),
        ("Спасибо.", "Thank you."),
    ]
    assert [unit.id for unit in chosen] == ["1", "2", "3", "4"]
    assert [list(unit.variants) for unit in chosen] == [["ru", "en"]] * 4
    assert [unit.confidence for unit in chosen] == [0.9, 0.98125, 0.875, 0.91]
    assert [(omission.code, omission.reason) for omission in omissions] == [
        ("time", "time line"),
        ("untranslated", "untranslated: no counterpart"),
        ("untranslated", "untranslated: no counterpart"),
        ("separator", "separator"),
        ("conflict", "same source as unit 4, other target"),
        ("double", "same as unit 4"),
        ("confidence", "confidence 0.31 below 0.50"),
        ("furniture", "page furniture: form label"),
    ]


@unhurried
@given(alignment=alignments(), least=st.floats(0, 1))
def test_every_bead_is_a_unit_or_an_omission(alignment: Alignment, least: float) -> None:
    chosen, omissions = units(alignment, min_confidence=least)
    assert len(chosen) + len(omissions) == len(alignment.beads)
    assert all(unit.confidence >= least for unit in chosen)
    assert len({unit.variants["ru"] for unit in chosen}) == len(chosen)
    assert all(text and text == text.strip() for unit in chosen for text in unit.variants.values())


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("time", "time line"),
        ("number", "document number"),
        ("separator", "separator"),
        ("furniture", "page furniture: a form label"),
    ],
)
def test_metadata_on_either_side_keeps_a_bead_out(kind: Kind, reason: str) -> None:
    line = ("Текст", kind, "a form label")
    assert _omitted(aligned([line], ["Text"], [Bead((0,), (0,))])) == [(kind, reason)]
    assert _omitted(aligned(["Текст"], [line], [Bead((0,), (0,))])) == [(kind, reason)]
    assert _omitted(aligned(["Первое.", line], ["One."], [Bead((0, 1), (0,))])) == [(kind, reason)]
    assert _omitted(aligned([line], [], [Bead((0,), ())])) == [(kind, reason)]


@pytest.mark.parametrize("kind", ["body", "title", "turn", "footnote"])
def test_text_of_every_other_kind_is_kept(kind: Kind) -> None:
    chosen, omissions = units(aligned([("Текст", kind, "why")], ["Text"], [Bead((0,), (0,))]))
    assert (len(chosen), omissions) == (1, [])


@pytest.mark.parametrize(("source", "target"), [("", "Text"), ("Текст", " \n\xa0"), ("\x07", "Text")])
def test_a_side_without_text_keeps_a_bead_out(source: str, target: str) -> None:
    assert _omitted(pairs((source, target))) == [("empty", "no text on a side")]


def test_a_reason_never_says_that_a_number_is_below_itself() -> None:
    barely = aligned(["Да."], ["Yes."], [Bead((0,), (0,), 0.4999)])
    assert _omitted(barely, min_confidence=0.5) == [("confidence", "confidence 0.49 below 0.50")]
    assert _omitted(barely, min_confidence=0.4999) == []


def test_exact_doubles_stand_in_a_memory_once_and_the_surest_stays() -> None:
    beads = [Bead((0,), (0,), 0.8), Bead((1,), (1,), 0.9), Bead((2,), (2,), 0.9)]
    chosen, omissions = units(aligned(["Да."] * 3, ["Yes."] * 3, beads))
    assert [unit.confidence for unit in chosen] == [0.9]
    assert omissions == [
        Omission(beads[0], "same as unit 1", "double"),
        Omission(beads[2], "same as unit 1", "double"),
    ]


def test_of_several_targets_the_commonest_stays() -> None:
    chosen, _ = units(pairs(("Да.", "Yeah."), ("Да.", "Yes."), ("Да.", "Yes.")))
    assert [unit.variants["en"] for unit in chosen] == ["Yes."]


def test_of_equally_common_targets_the_surest_stays_then_the_first() -> None:
    beads = [Bead((0,), (0,), 0.8), Bead((1,), (1,), 0.9)]
    chosen, omissions = units(aligned(["Да.", "Да."], ["Yeah.", "Yes."], beads))
    assert [unit.variants["en"] for unit in chosen] == ["Yes."]
    assert omissions == [Omission(beads[0], "same source as unit 1, other target", "conflict")]
    chosen, _ = units(pairs(("Да.", "Yeah."), ("Да.", "Yes.")))
    assert [unit.variants["en"] for unit in chosen] == ["Yeah."]


def test_what_is_left_out_for_low_confidence_does_not_vote() -> None:
    beads = [Bead((0,), (0,), 0.1), Bead((1,), (1,), 0.1), Bead((2,), (2,), 0.9)]
    chosen, _ = units(aligned(["Да."] * 3, ["Yeah.", "Yeah.", "Yes."], beads), min_confidence=0.5)
    assert [unit.variants["en"] for unit in chosen] == ["Yes."]


def test_a_composed_and_a_decomposed_letter_are_the_same_source() -> None:
    chosen, omissions = units(pairs(("Ещё.", "More."), ("Еще\u0308.", "Again.")))
    assert [unit.variants["ru"] for unit in chosen] == ["Ещё."]
    assert [omission.code for omission in omissions] == ["conflict"]


def test_the_same_target_for_two_sources_is_no_double() -> None:
    assert _omitted(pairs(("Спасибо.", "Thank you."), ("Благодарю.", "Thank you."))) == []


@pytest.mark.parametrize(
    ("langs", "message"),
    [
        (("", "en"), "language of each side"),
        (("ru", "und"), "language of each side"),
    ],
)
def test_a_memory_needs_known_languages(langs: tuple[str, str], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        units(pairs(("Да.", "Yes."), langs=langs))


def test_a_memory_of_one_language_holds_nothing_and_says_so() -> None:
    assert _omitted(pairs(("Да.", "Да."), langs=("ru", "RU"))) == [("language", "both sides are in one language")]


def test_two_regions_of_a_language_are_two_languages() -> None:
    chosen, _ = units(pairs(("Color.", "Colour."), langs=("en-US", "en-GB")))
    assert chosen[0].variants == {"en-US": "Color.", "en-GB": "Colour."}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Он\n  приехал. ", "Он приехал."),
        ("Он \r\n\t приехал.", "Он приехал."),
        ("перед\x0cразрывом\x0bстрок", "перед разрывом строк"),
        ("две  и\tтаб", "две  и\tтаб"),
        ("\xa0в\xa01968\xa0г.\xa0", "в\xa01968\xa0г."),
        ("ё е\u0308 ’ «» “” a\u0430 \u200b\xad\ufeff.", "ё е\u0308 ’ «» “” a\u0430 \u200b\xad\ufeff."),
        ("\0а\x07б\x1bв\ud800г\ufffeд\uffff", "абвгд"),
        ("👩‍👩‍👧 עברית", "👩‍👩‍👧 עברית"),
        ("\x07 край \x07", "край"),
    ],
)
def test_a_text_keeps_its_characters_on_one_line(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_cell_has_nothing_that_ends_a_row_or_a_field() -> None:
    assert clean_cell("а\tб\u2028в\x85г\x1cд\u2029") == "а б в гд"


@unhurried
@given(text=st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_cell(clean_cell(text)) == clean_cell(text)


def test_a_million_blanks_are_cleaned_in_a_moment() -> None:
    assert clean("а" + " " * 1_000_000 + "б\nв") == "а" + " " * 1_000_000 + "б в"
