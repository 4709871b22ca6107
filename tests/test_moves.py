"""A block that stands elsewhere in the translation is told, and paired where that is wanted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from align import Aligner, Bead, read_result, write
from align.aligner import with_moves
from align.aligner.likeness import Likeness
from align.cli import main
from align.encoder import load_encoder
from corpora import statements


def texts() -> tuple[list[str], list[str]]:
    """The 1-1 beads of the longest sample, as two lists."""
    longest = max((statements.load(name) for name in statements.names()), key=lambda each: len(each.beads))
    plain = [bead for bead in longest.beads if len(bead.source) == len(bead.target) == 1 and bead.kind == "body"]
    return [bead.source[0] for bead in plain], [bead.target[0] for bead in plain]


def moved(sentences: list[str]) -> list[str]:
    """The same with sentences 5 to 10 at the end."""
    return [*sentences[:5], *sentences[11:], *sentences[5:11]]


def test_a_moved_block_is_found() -> None:
    ru, en = texts()
    aligner = Aligner()
    (move,) = aligner.moves(aligner.align(ru, moved(en)))
    assert move.source == (5, 11)
    assert move.target == (len(en) - 6, len(en))
    assert [(bead.source, bead.target) for bead in move.beads] == [((5 + at,), (len(en) - 6 + at,)) for at in range(6)]


def test_nothing_has_moved_in_texts_in_order() -> None:
    ru, en = texts()
    aligner = Aligner()
    assert aligner.moves(aligner.align(ru, en)) == ()
    assert aligner.moves(aligner.align(ru[5:], en[:-5])) == ()


def test_with_moves_every_sentence_is_still_in_one_bead(tmp_path: Path) -> None:
    ru, en = texts()
    aligner = Aligner()
    plain = aligner.align(ru, moved(en))
    result = with_moves(plain, aligner.moves(plain))
    assert sorted(at for bead in result.beads for at in bead.source) == list(range(len(ru)))
    assert sorted(at for bead in result.beads for at in bead.target) == list(range(len(en)))
    assert [at for bead in result.beads for at in bead.source] == list(range(len(ru)))
    flagged = [bead for bead in result.beads if bead.moved]
    assert [bead.source for bead in flagged] == [(at,) for at in range(5, 11)]
    write(result, tmp_path / "r.jsonl")
    assert read_result(tmp_path / "r.jsonl") == result


def test_a_bead_that_reaches_into_a_moved_block_is_taken_apart() -> None:
    from align.aligner.moves import Move

    ru, en = [f"r{at}" for at in range(6)], [f"e{at}" for at in range(6)]
    plain = Aligner().align(ru, en, pins=[Bead((0, 1), (0,)), Bead((5,), (4,)), Bead((), (5,))])
    result = with_moves(plain, [Move((1, 2), (5, 6), (Bead((1,), (5,), 0.9),))])
    assert sorted(at for bead in result.beads for at in bead.source) == list(range(6))
    assert sorted(at for bead in result.beads for at in bead.target) == list(range(6))


def losses() -> tuple[list[str], list[str]]:
    """A long text that lacks three sentences here and there, now on one side and now on the other."""
    plain = [
        (bead.source[0], bead.target[0])
        for name in statements.names()
        for bead in statements.load(name).beads
        if len(bead.source) == len(bead.target) == 1 and bead.kind == "body"
    ]
    ru = [pair[0] for at, pair in enumerate(plain) if at % 20 not in {0, 1, 2}]
    en = [pair[1] for at, pair in enumerate(plain) if at % 20 not in {10, 11, 12}]
    return ru, en


def test_what_was_lost_here_and_there_did_not_move() -> None:
    ru, en = losses()
    assert len(ru) > 130
    aligner = Aligner()
    result = aligner.align(ru, en)
    assert sum(bead.is_null for bead in result.beads) > 50
    assert aligner.moves(result) == ()


def test_a_block_is_found_among_what_was_lost() -> None:
    ru, en = losses()
    block = slice(103, 111)
    en = [*en[: block.start], *en[block.stop :], *en[block]]
    aligner = Aligner()
    (move,) = aligner.moves(aligner.align(ru, en))
    assert len(en) - 8 <= move.target[0] < move.target[1] - 4 < move.target[1] <= len(en)


def test_texts_that_are_no_translations_have_no_moves() -> None:
    (ru, _), (_, en) = losses(), texts()
    aligner = Aligner()
    assert aligner.moves(aligner.align(ru[:150], en)) == ()


def test_likeness_tells_translations_from_strangers() -> None:
    ru, en = losses()
    encoder = load_encoder()
    likeness = Likeness.of(Aligner(encoder).align(ru, en), encoder)
    assert likeness.translations > 0.5
    assert abs(likeness.strangers[0]) < 0.1
    assert likeness.surprise(np.full(4, likeness.translations)) > 5
    assert likeness.surprise(np.full(4, likeness.strangers[0])) == pytest.approx(0)


def test_likeness_of_texts_without_a_sure_bead_is_what_is_usual() -> None:
    encoder = load_encoder()
    sides = Aligner(encoder).align(["Да."], ["Carrots grow."])
    doubtful = replace(sides, beads=(Bead((0,), ()), Bead((), (0,))))
    likeness = Likeness.of(doubtful, encoder)
    assert (likeness.translations, likeness.strangers[0]) == (pytest.approx(0.55), 0)
    assert likeness.strangers[1] > 0


class TestCommand:
    @pytest.fixture
    def files(self, tmp_path: Path) -> list[str]:
        ru, en = texts()
        paths = [tmp_path / "a.ru.txt", tmp_path / "a.en.txt"]
        for path, sentences in zip(paths, (ru, moved(en)), strict=True):
            path.write_text("".join(f"{sentence}\n" for sentence in sentences), encoding="utf-8")
        return list(map(str, paths))

    def test_a_move_is_told_and_not_paired(self, files: list[str]) -> None:
        done = CliRunner().invoke(main, ["pair", "--sentences", *files, "-s", "ru", "-t", "en", "--to", "beads"])
        assert done.exit_code == 0
        assert "sentences 6–11 seem to be sentences" in done.stderr
        assert "--allow-moves" in done.stderr
        assert "5\t\t" in done.stdout

    def test_allow_moves_pairs_and_marks_the_units(self, files: list[str], tmp_path: Path) -> None:
        options = ["-s", "ru", "-t", "en", "--allow-moves", "-o", str(tmp_path / "m.tmx")]
        done = CliRunner().invoke(main, ["pair", "--sentences", *files, *options])
        assert (done.exit_code, done.stderr) == (0, "")
        assert (tmp_path / "m.tmx").read_text(encoding="utf-8").count("moved: stands elsewhere") == 6
