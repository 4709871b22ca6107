"""What is left out can be brought back, units can be longer than a sentence, and less sure ones cost points."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from exporter_samples import Line, aligned, alignments, pairs, statement, unhurried
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from align.errors import FormatError, WriteError
from align.exporters import KEEPABLE, Header, judge, render, units, write, write_units
from align.exporters.joining import join
from align.exporters.writing import penalty_place
from align.types import Alignment, Bead, Document, Paragraph, Segmented, Sentence, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence


def codes(alignment: Alignment, **wanted: Any) -> list[str]:
    return [omission.code for omission in units(alignment, **wanted)[1]]


def texts(alignment: Alignment, **wanted: Any) -> list[tuple[str, ...]]:
    return [tuple(unit.variants.values()) for unit in units(alignment, **wanted)[0]]


class TestIdentical:
    def test_the_same_text_on_both_sides_was_not_translated(self) -> None:
        alignment = pairs(("NATO", "NATO"), ("Да.", "Yes."))
        assert [omission.reason for omission in units(alignment)[1]] == ["identical on both sides: not translated"]
        assert texts(alignment, keep=["identical"]) == [("NATO", "NATO"), ("Да.", "Yes.")]

    def test_composed_and_decomposed_letters_are_the_same_text(self) -> None:
        assert codes(pairs(("Ещё", "Еще\u0308"))) == ["identical"]

    def test_between_regions_of_a_language_the_same_text_is_a_translation(self) -> None:
        assert codes(pairs(("The colour.", "The colour."), langs=("en-GB", "en-AU"))) == []


class TestLong:
    def test_a_text_that_no_tool_cuts_so_is_left_out(self) -> None:
        alignment = pairs(("а" * 5001, "Yes."), ("б" * 5000, "No."))
        assert [omission.reason for omission in units(alignment)[1]] == ["too long: 5001 characters, more than 5000"]
        assert codes(alignment, keep=["long"]) == []
        assert codes(alignment, max_length=3) == ["long", "long"]


class TestKeep:
    def test_every_kind_comes_back_when_asked_for(self) -> None:
        everything = {"min_confidence": 0.5}
        left_out = codes(statement(), **everything)
        for code in set(left_out) - {"untranslated"}:
            left = codes(statement(), keep=[code], **everything)
            # A null among the metadata is told as untranslated then: no memory can hold it.
            assert code not in left
            assert len(left) <= len(left_out)

    def test_a_null_of_the_page_stays_out_for_it_has_no_counterpart(self) -> None:
        furniture: Line = ("Advanced settings", "furniture", "form label")
        alignment = aligned([], [furniture], [Bead((), (0,))])
        assert codes(alignment) == ["furniture"]
        assert codes(alignment, keep=["furniture"]) == ["untranslated"]

    @pytest.mark.parametrize(
        ("keep", "expected"),
        [
            ([], ["Yes."]),
            (["double"], ["Yes.", "Yes."]),
            (["conflict"], ["Yeah.", "Yes."]),
            (["double", "conflict"], ["Yeah.", "Yes.", "Yes."]),
        ],
    )
    def test_doubles_and_conflicts_come_back_each_for_itself(self, keep: Sequence[str], expected: list[str]) -> None:
        alignment = pairs(("Да.", "Yeah."), ("Да.", "Yes."), ("Да.", "Yes."))
        assert [target for _, target in texts(alignment, keep=keep)] == expected

    def test_low_confidence_comes_back(self) -> None:
        assert codes(aligned(["Да."], ["Yes."], [Bead((0,), (0,), 0.01)]), keep=["confidence"]) == []

    @pytest.mark.parametrize("code", ["untranslated", "empty", "language", "nonsense"])
    def test_what_no_memory_can_hold_is_refused(self, code: str) -> None:
        with pytest.raises(ValueError, match=f"keep must be one of .*, not '{code}'"):
            units(statement(), keep=[code])

    @unhurried
    @given(alignment=alignments(), keep=st.sets(st.sampled_from(KEEPABLE)))
    def test_every_bead_is_a_unit_or_an_omission_whatever_is_kept(self, alignment: Alignment, keep: set[Any]) -> None:
        verdicts = judge(alignment, keep=keep)
        assert len(verdicts) == len(alignment.beads)
        assert [v.number for v in verdicts if v.number] == list(range(1, sum(not v.omission for v in verdicts) + 1))
        assert all(bool(v.number) != bool(v.omission) for v in verdicts)
        assert keep.isdisjoint(v.omission.code for v in verdicts if v.omission)

    def test_the_report_lists_exactly_what_the_memory_of_the_same_call_leaves_out(self) -> None:
        rows = render(statement(), "omitted", keep=["conflict"], min_confidence=0.5).splitlines()
        assert [row.split("\t")[0] for row in rows[1:]] == codes(statement(), keep=["conflict"], min_confidence=0.5)


def prose(lang: str, *paragraphs: Sequence[str]) -> Segmented:
    """A document of paragraphs of several sentences."""
    text, found, sentences = "", [], []
    for number, lines in enumerate(paragraphs):
        start = len(text)
        for line in lines:
            sentences.append(Sentence(len(text), len(text) + len(line), number, line))
            text += line + " "
        text = text[:-1]
        found.append(Paragraph(start, len(text)))
        text += "\n\n"
    return Segmented(Document(f"prose.{lang}", lang, text, tuple(found)), tuple(sentences))


def story() -> Alignment:
    """Four corresponding stretches: 1-1 paragraphs, with a null inside, 1-1 sentences, 1-2 paragraphs."""
    source = prose("ru", ["А.", "Б.", "В."], ["Г.", "Д."], ["Е."], ["Ж.", "З."])
    target = prose("en", ["A.", "B-C."], ["D."], ["E."], ["F."], ["G."])
    beads = (
        Bead((0,), (0,), 0.9),
        Bead((1, 2), (1,), 0.8),
        Bead((3,), (2,), 0.9),
        Bead((4,), (), 0.9),
        Bead((5,), (3,), 0.9),
        Bead((6,), (4,), 0.9),
        Bead((7,), (5,), 0.82),
    )
    return Alignment(source, target, beads, "align test")


class TestJoining:
    def test_paragraphs_are_joined_where_both_sides_have_one_and_nothing_is_missing(self) -> None:
        chosen, omissions = units(story(), segtype="paragraph")
        assert [(*unit.variants.values(), unit.segtype, unit.shape, unit.confidence) for unit in chosen] == [
            ("А. Б. В.", "A. B-C.", "paragraph", "3-2", 0.8),
            ("Г.", "D.", "sentence", "1-1", 0.9),
            ("Е.", "E.", "paragraph", "1-1", 0.9),
            ("Ж.", "F.", "sentence", "1-1", 0.9),
            ("З.", "G.", "sentence", "1-1", 0.82),
        ]
        assert [omission.code for omission in omissions] == ["untranslated"]

    def test_blocks_are_joined_to_the_next_end_of_a_paragraph_on_both_sides(self) -> None:
        chosen, _ = units(story(), segtype="block")
        assert [(*unit.variants.values(), unit.segtype) for unit in chosen][-1] == ("Ж. З.", "F. G.", "block")
        assert len(chosen) == 4

    def test_sentences_are_left_as_they_are(self) -> None:
        alignment = story()
        assert join(alignment, "sentence", min_confidence=0.3) is alignment
        assert [unit.segtype for unit in units(story())[0]] == ["sentence", "block", *["sentence"] * 4]

    def test_what_is_unsure_is_not_hidden_in_a_paragraph(self) -> None:
        chosen, omissions = units(story(), segtype="paragraph", min_confidence=0.85)
        assert [unit.variants["ru"] for unit in chosen] == ["А.", "Г.", "Е.", "Ж."]
        assert [omission.code for omission in omissions] == ["confidence", "untranslated", "confidence"]

    def test_page_furniture_is_not_joined_with_text(self) -> None:
        lines: list[Line] = [("13:45", "time", ""), "Да."]
        alignment = aligned(lines, ["13:45 Yes."], [Bead((0,), ()), Bead((1,), (0,))])
        assert [len(verdict.bead.source) for verdict in judge(alignment, segtype="block")] == [1, 1]

    @unhurried
    @given(alignment=alignments(), segtype=st.sampled_from(["paragraph", "block"]))
    def test_joining_loses_no_sentence(self, alignment: Alignment, segtype: Any) -> None:
        joined = join(alignment, segtype, min_confidence=0.3)
        for side in ("source", "target"):
            indices = [index for bead in alignment.beads for index in getattr(bead, side)]
            assert [index for bead in joined.beads for index in getattr(bead, side)] == indices

    @unhurried
    @given(alignment=alignments())
    def test_nothing_is_joined_to_fewer_units_than_paragraphs(self, alignment: Alignment) -> None:
        one_a_paragraph = join(alignment, "paragraph", min_confidence=0.0)
        assert one_a_paragraph.beads == alignment.beads

    def test_the_memory_says_how_its_units_are_cut(self) -> None:
        root = etree.fromstring(render(story(), "tmx", segtype="paragraph").encode())
        assert root.find("header").get("segtype") == "paragraph"
        assert [unit.get("segtype") for unit in root.iter("tu")] == [None, "sentence", None, "sentence", "sentence"]

    def test_the_durable_result_stays_as_aligned(self) -> None:
        assert render(story(), "jsonl", segtype="block") == render(story(), "jsonl")
        assert len(render(story(), "tsv", segtype="block").splitlines()) == 1 + len(
            join(story(), "block", min_confidence=0.3).beads
        )


def graded() -> Alignment:
    beads = [Bead((number,), (number,), sure) for number, sure in enumerate((0.95, 0.7, 0.4, 0.9))]
    return aligned([*"абвг"], [*"abcd"], beads)


class TestPenalties:
    def test_less_sure_units_go_into_folders_that_cost_points(self, tmp_path: Path) -> None:
        report = write(graded(), tmp_path / "m.tmx", penalties=True, min_confidence=0.3)
        assert report.units == 4
        assert [path.relative_to(tmp_path).as_posix() for path in report.files] == [
            "m.tmx",
            "penalty-10/m.tmx",
            "penalty-30/m.tmx",
        ]
        held = [[seg.text for seg in etree.parse(path).iterfind(".//tuv[1]/seg")] for path in report.files]
        assert held == [["а", "г"], ["б"], ["в"]]

    @pytest.mark.parametrize(
        ("path", "points", "expected"),
        [
            ("tm/m.tmx", 0, "tm/m.tmx"),
            ("tm/m.tmx", 10, "tm/penalty-10/m.tmx"),
            ("p/tm/auto/m.tmx", 30, "p/tm/penalty-30/m.tmx"),
            ("p/tm/enforce/m.tmx", 10, "p/tm/penalty-10/m.tmx"),
            ("p/tm/auto/m.tmx", 0, "p/tm/auto/m.tmx"),
        ],
    )
    def test_they_stand_where_nothing_fills_by_itself(self, path: str, points: int, expected: str) -> None:
        assert penalty_place(path, points) == Path(expected)

    def test_an_old_memory_of_that_name_is_replaced_even_by_an_empty_one(self, tmp_path: Path) -> None:
        write(graded(), tmp_path / "m.tmx", penalties=True)
        write(pairs(("Да.", "Yes.")), tmp_path / "m.tmx", penalties=True)
        assert b"<tu>" not in (tmp_path / "penalty-10" / "m.tmx").read_bytes()

    def test_other_formats_know_none(self, tmp_path: Path) -> None:
        write(graded(), tmp_path / "m.tsv", penalties=True)
        assert [path.name for path in tmp_path.iterdir()] == ["m.tsv"]

    def test_folders_go_again_when_the_memory_cannot_be_written(self, tmp_path: Path) -> None:
        alignment = pairs(("Да.", "Yes."), langs=("russian", "en"))
        with pytest.raises(FormatError, match="no language code"):
            write(alignment, tmp_path / "m.tmx", penalties=True)
        assert list(tmp_path.iterdir()) == []

    def test_a_file_in_the_way_of_a_folder_is_said_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "penalty-10").touch()
        with pytest.raises(WriteError, match="penalty-10"):
            write(graded(), tmp_path / "m.tmx", penalties=True)
        assert [path.name for path in tmp_path.iterdir()] == ["penalty-10"]


class TestMoses:
    def test_is_two_files_by_the_languages(self, tmp_path: Path) -> None:
        report = write(pairs(("Да.", "Yes."), langs=("ru-RU", "en")), tmp_path / "my.corpus.moses")
        assert [path.name for path in report.files] == ["my.corpus.ru-RU", "my.corpus.en"]
        assert (tmp_path / "my.corpus.en").read_text() == "Yes.\n"

    def test_a_name_without_the_ending_is_taken_whole(self, tmp_path: Path) -> None:
        write(pairs(("Да.", "Yes.")), tmp_path / "corpus.v2", format="moses")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.v2.en", "corpus.v2.ru"]

    def test_both_sides_appear_or_none(self, tmp_path: Path) -> None:
        unit = TranslationUnit("1", {"ru": "Да."})
        with pytest.raises(FormatError, match="no text in 'en'"):
            write_units([unit], tmp_path / "c.moses", Header("ru", "en"))
        assert list(tmp_path.iterdir()) == []

    def test_two_sides_in_one_language_would_be_one_file(self, tmp_path: Path) -> None:
        with pytest.raises(FormatError, match="both sides are in 'ru'"):
            write(pairs(("Да.", "Да."), langs=("ru", "RU")), tmp_path / "c.moses")
        assert list(tmp_path.iterdir()) == []
