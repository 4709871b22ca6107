"""Alignments are read as others write them, and a broken file is one line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from align import Aligner, Bead, FormatError, align_files, write
from align.evaluation import Annotated, Counts, read_annotated, strict
from align.evaluation.placing import placed
from corpora import statements

BEADS = (Bead((0,), (0,)), Bead((1, 2), (1,)), Bead((), (2,)), Bead((3,), ()), Bead((4,), (3, 4)))

AS_LINES = {
    "beads": "0\t0\n1,2\t1\n\t2\n3\t\n4\t3,4\n",
    "ladder": "[0]:[0]:0.1\n[1, 2]:[1]:0.4\n[]:[2]:0.0\n[3]:[]:0.0\n[4]:[3, 4]:0.3\n",
    "links": "1 <=> 1\n2,3 <=> 2\nomitted <=> 3\n4 <=> omitted\n5 <=> 4,5\n",
    "records": json.dumps({"id": "x", "beads": [[[0], [0]], [[1, 2], [1]], [[], [2]], [[3], []], [[4], [3, 4]]]})
    + "\n",
    "xces": (
        '<?xml version="1.0"?><cesAlign><linkGrp fromDoc="a" toDoc="b"><link xtargets="s1;s1"/>'
        '<link xtargets="s2 s3;s2"/><link xtargets=";s3"/><link xtargets="s4;"/><link xtargets="s10;s4 s11"/>'
        "</linkGrp></cesAlign>"
    ),
}


@pytest.mark.parametrize("name", AS_LINES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_format_is_told_by_how_it_begins(name: str, end: str, tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(AS_LINES[name].replace("\n", end).encode())
    assert read_annotated(path)[0].beads == BEADS


def test_gzip_is_unpacked_and_utf16_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(AS_LINES["ladder"].encode()))
    (tmp_path / "b").write_bytes(AS_LINES["ladder"].encode("utf-16"))
    assert read_annotated(tmp_path / "a")[0].beads == read_annotated(tmp_path / "b")[0].beads == BEADS


def test_a_hunalign_ladder_is_cuts_and_its_beads_lie_between(tmp_path: Path) -> None:
    path = tmp_path / "a.ladder"
    path.write_text("0\t0\t0.5\n1\t1\t0.6\n3\t2\t0.2\n3\t3\t-0.3\n5\t5\t0\n")
    assert read_annotated(path)[0].beads == (
        Bead((0,), (0,)),
        Bead((1, 2), (1,)),
        Bead((), (2,)),
        Bead((3, 4), (3, 4)),
    )


def test_confidences_of_beads_are_kept_and_those_of_costs_are_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("0\t0\t0.25\n")
    (tmp_path / "b").write_text("[0]:[0]:0.25\n")
    ours, theirs = (read_annotated(tmp_path / name)[0] for name in "ab")
    assert (ours.sure, ours.beads[0].confidence) == (True, 0.25)
    assert (theirs.sure, theirs.beads[0].confidence) == (False, 1.0)


def test_a_result_and_a_memory_are_placed_on_the_sentences_of_the_gold(tmp_path: Path) -> None:
    name = statements.names()[0]
    statement = statements.load(name)
    result = align_files(statement.source_path, statement.target_path)
    write(result, tmp_path / "m.tmx", min_confidence=0)
    write(result, tmp_path / "m.jsonl")
    gold = read_annotated(statement.source_path.with_name(f"{name}.gold.tsv"))[0]
    first, second = (
        {
            (bead.source, bead.target)
            for bead in placed(read_annotated(tmp_path / each)[0], gold).beads
            if bead.source and bead.target
        }
        for each in ("m.tmx", "m.jsonl")
    )
    assert len(first) > 20
    assert first <= second
    assert gold.beads
    assert all(gold.source[at] for bead in gold.beads for at in bead.source)


def test_a_text_that_comes_again_is_taken_where_it_comes_next() -> None:
    gold = Annotated("", (), False, ("Да.", "Нет.", "Да."), ("Yes.", "No.", "Yes."))
    system = Annotated("", units=(("Да.", "Yes.", 1.0), ("Нет.", "No.", 1.0), ("Да.", "Yes.", 1.0)))
    assert [bead.source for bead in placed(system, gold).beads] == [(0,), (1,), (2,)]


def test_a_unit_that_is_no_run_of_sentences_counts_and_is_never_right() -> None:
    gold = Annotated("", (Bead((0,), (0,)),), False, ("Да.",), ("Yes.",))
    beads = placed(Annotated("", units=(("Да", "Yes.", 1.0),)), gold).beads
    assert len(beads) == 1
    assert beads[0] not in gold.beads


def test_units_that_are_no_run_of_sentences_are_each_one_of_ours() -> None:
    gold = Annotated("", (Bead((0,), (0,)),), False, ("Да.",), ("Yes.",))
    system = Annotated("", units=(("Да, да.", "Yes, yes.", 1.0), ("Нет, нет.", "No, no.", 1.0)))
    assert strict(gold.beads, placed(system, gold).beads) == Counts(right=0, ours=2, found=0, gold=1)


def test_sentences_joined_across_lines_are_found() -> None:
    gold = Annotated("", (), False, ("Да, я.", "Он."), ("Yes,\nme. ", "He."))
    system = Annotated("", units=(("Да, я. Он.", "Yes, me. He.", 0.5),))
    assert placed(system, gold).beads == (Bead((0, 1), (0, 1), 0.5),)


def test_line_breaks_inside_sentences_make_no_other_cut() -> None:
    gold = Annotated("", (), False, ("Да, я.", "Он."), ("Yes, me.", "He."))
    ours = Annotated("", (Bead((0,), ()), Bead((1,), (0, 1))), False, ("Да,\nя.", "Он."), ("Yes, me.", "He."))
    assert placed(ours, gold) is ours


def test_a_result_of_lists_is_read_as_it_was_written(tmp_path: Path) -> None:
    result = Aligner().align(["Добрый день.", "Спасибо."], ["Good afternoon.", "Thank you."])
    write(result, tmp_path / "a.jsonl")
    found = read_annotated(tmp_path / "a.jsonl")[0]
    assert (found.beads, found.name) == (result.beads, result.signature)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("0\t0\nx\t1\n", ":2"),
        ("0\t0\t0.5\t7\n", ":1"),
        ("0\t0\t1.5\n", ":1"),
        ("0\t0\tnan\n", ":1"),
        ("2,1\t0\n", ":1"),
        ("-1\t0\n", ":1"),
        ("[0]:[0]\n[1]-[1]\n", ":2"),
        ("1 <=> 1\n0 <=> 2\n", ":2"),
        ('{"id": 1, "beads": [[[0], "x"]]}\n', ":1"),
        ('{"id": 1, "beads": [[[0], [0]]]}\n{"id"', ":2"),
        ("<cesAlign><link xtargets='s1'/></cesAlign>", ":1"),
        ("<tmx>\n<tu>\n", ":3"),
        ("kind\tsource\ttarget\nbody\tone\n", ":2"),
        ("9" * 30 + "\t0\n", ":1"),
        ("", "no bead"),
    ],
)
def test_a_broken_file_is_told_with_its_line(text: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / "broken"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=where) as told:
        read_annotated(path)
    assert "broken" in str(told.value)


@pytest.mark.parametrize("rung", ["1\t2\t0", "2\t1\t0"])
def test_a_ladder_that_goes_back_on_either_side_is_told(rung: str, tmp_path: Path) -> None:
    (tmp_path / "broken").write_text(f"0\t0\t0\n2\t2\t0\n{rung}\n")
    with pytest.raises(FormatError, match=r"broken:3: the ladder goes back"):
        read_annotated(tmp_path / "broken", "hunalign")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x80\x81\x82")
    (tmp_path / "b").write_bytes(b"\x1f\x8b broken")
    for name in ("a", "b", "missing", "."):
        with pytest.raises(FormatError):
            read_annotated(tmp_path / name)
    with pytest.raises(FormatError, match="unknown format"):
        read_annotated(tmp_path / "a", "sgml")
