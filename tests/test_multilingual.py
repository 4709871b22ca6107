"""More than two languages: one pivot, groups that agree with every alignment, one memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from srx_samples import language, rule, srx

from align import Alignment, Bead, SameLanguageError, align_many, write_multilingual
from align.aligner.aligner import from_sentences
from align.cli import main
from align.multilingual import Group, MultiAlignment, multilingual_units, reconcile, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from align import Segmented

RU = """Министр прибыл в Женеву с рабочим визитом 12 марта.

Стороны обсудили поставки зерна, которые выросли на 17 процентов. Следующая встреча пройдёт в апреле.

Соглашение вступит в силу после ратификации. Мы ждём ответа от наших партнёров."""
EN = """The minister arrived in Geneva on a working visit on March 12.

The sides discussed grain deliveries. They have grown by 17 percent. The next meeting will be held in April.

The agreement will enter into force after ratification. We are waiting for an answer from our partners."""
FR = """Le ministre est arrivé à Genève pour une visite de travail le 12 mars.

Les parties ont discuté des livraisons de céréales, qui ont augmenté de 17 pour cent. La prochaine réunion aura \
lieu en avril.

Nous attendons une réponse de nos partenaires."""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"speech.{lang}.txt" for lang in ("ru", "en", "fr")]
    for path, text in zip(paths, (RU, EN, FR), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_join_in_one_language_holds_for_all() -> None:
    ru, en, fr = (from_sentences([f"{lang}{at}" for at in range(3)], lang, lang) for lang in ("ru", "en", "fr"))
    with_en = Alignment(ru, en, (Bead((0, 1), (0,), 0.8), Bead((2,), (1, 2), 0.9)))
    with_fr = Alignment(
        ru, fr, (Bead((0,), (0,), 0.5), Bead((1,), (1,), 0.5), Bead((), (2,), 0.9), Bead((2,), (), 0.7))
    )
    groups = list(reconcile([ru, en, fr], 0, {1: with_en, 2: with_fr}))
    assert [group.members for group in groups] == [((0, 1), (0,), (0, 1)), ((), (), (2,)), ((2,), (1, 2), ())]
    assert groups[0].confidences == (1.0, 0.8, 0.25)


def test_a_text_that_covers_only_a_part_is_not_sure() -> None:
    ru, en, fr = (from_sentences([f"{lang}{at}" for at in range(2)], lang, lang) for lang in ("ru", "en", "fr"))
    with_en = Alignment(ru, en, (Bead((0, 1), (0, 1)),))
    with_fr = Alignment(ru, fr, (Bead((0,), (), 0.9), Bead((1,), (0, 1), 0.9)))
    (group,) = reconcile([ru, en, fr], 0, {1: with_en, 2: with_fr})
    assert group.confidences[2] == 0.0
    units, left_out = multilingual_units(MultiAlignment((ru, en, fr), 0, (group,), "x"))
    assert list(units[0].variants) == ["ru", "en"]
    assert [(each.lang, each.code) for each in left_out] == [("fr", "confidence")]


def three(count: int) -> list[Segmented]:
    return [from_sentences([f"{lang}{at}" for at in range(count)], lang, lang) for lang in ("ru", "en", "fr")]


def test_sentences_that_the_pivot_lacks_stand_behind_what_they_follow_and_are_as_sure_as_their_bead() -> None:
    ru, en, fr = three(4)
    with_en = Alignment(ru, en, (Bead((0, 1), (0,)), Bead((), (1,), 0.6), Bead((2,), (2,)), Bead((3,), (3,))))
    with_fr = Alignment(ru, fr, (Bead((0,), (0,)), Bead((), (1,), 0.7), Bead((1,), (2,)), Bead((2, 3), (3,))))
    groups = list(reconcile([ru, en, fr], 0, {1: with_en, 2: with_fr}))
    assert [group.members for group in groups] == [
        ((0, 1), (0,), (0, 2)), ((), (), (1,)), ((), (1,), ()), ((2, 3), (2, 3), (3,)),
    ]  # fmt: skip
    assert [group.confidences for group in groups[1:3]] == [(1.0, 1.0, 0.7), (1.0, 0.6, 1.0)]


def test_a_run_of_sentences_that_a_language_lacks_joins_nothing() -> None:
    ru, en, fr = three(2)
    with_en = Alignment(ru, en, (Bead((0,), (0,)), Bead((1,), (1,))))
    with_fr = Alignment(ru, fr, (Bead((0, 1), ()), Bead((), (0,)), Bead((), (1,))))
    groups = list(reconcile([ru, en, fr], 0, {1: with_en, 2: with_fr}))
    assert [group.members for group in groups[:2]] == [((0,), (0,), ()), ((1,), (1,), ())]


def test_a_unit_is_as_sure_as_its_least_sure_language_and_the_least_that_is_asked_for_is_enough() -> None:
    ru, en, fr = three(1)
    group = Group(((0,), (0,), (0,)), (1.0, 0.9, 0.5))
    whole = MultiAlignment((ru, en, fr), 0, (group,), "x")
    (unit,), left_out = multilingual_units(whole, min_confidence=0.5)
    assert (unit.confidence, left_out) == (0.5, [])
    assert [each.lang for each in multilingual_units(whole, min_confidence=0.51)[1]] == ["fr"]


def test_the_same_words_in_another_region_of_the_pivots_language_are_no_copy() -> None:
    pt, br, fr = (from_sentences(["O lago."], lang, lang) for lang in ("pt", "pt-BR", "fr"))
    whole = MultiAlignment((pt, br, fr), 0, (Group(((0,), (0,), (0,)), (1.0, 1.0, 1.0)),), "x")
    (unit,), left_out = multilingual_units(whole)
    assert list(unit.variants) == ["pt", "pt-BR"]
    assert [(each.lang, each.code) for each in left_out] == [("fr", "identical")]


@pytest.mark.parametrize("pivot", [-1, 3])
def test_the_pivot_is_one_of_them(files: list[Path], pivot: int) -> None:
    with pytest.raises(ValueError, match="a pivot among them"):
        align_many(files, pivot=pivot)


@st.composite
def partitions(draw: st.DrawFn) -> tuple[int, int, tuple[Bead, ...]]:
    beads, i, j = [], 0, 0
    for a, b in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=8)):
        beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    return i, j, tuple(beads)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_sentence_is_in_one_group(data: st.DataObject) -> None:
    count, _, first = data.draw(partitions().filter(lambda each: each[0] > 0))
    alignments, sides = {}, [from_sentences([f"p{at}" for at in range(count)], "p", "ru")]
    for at, beads in enumerate((first, tuple(Bead((each,), (each,)) for each in range(count))), start=1):
        target = from_sentences([f"t{each}" for bead in beads for each in bead.target], "t", "en")
        sides.append(target)
        alignments[at] = Alignment(sides[0], target, beads)
    groups = list(reconcile(sides, 0, alignments))
    for at, each in enumerate(sides):
        held = [index for group in groups for index in group.members[at]]
        assert sorted(held) == list(range(len(each.sentences)))
    assert [index for group in groups for index in group.members[0]] == list(range(count))


def test_three_texts_make_one_memory(
    files: list[Path], tmp_path: Path, require_module: Callable[[str], ModuleType]
) -> None:
    result = align_many(files)
    report, left_out = write_multilingual(result, tmp_path / "m.tmx")
    units, _ = multilingual_units(result)
    assert report.units == len(units) == 5
    assert [set(unit.variants) for unit in units] == [
        {"ru", "en", "fr"}, {"ru", "en", "fr"}, {"ru", "en", "fr"}, {"ru", "en"}, {"ru", "en", "fr"},
    ]  # fmt: skip
    assert units[1].shape == "1-2-1"
    assert left_out == []
    tmx = require_module("translate.storage.tmx")
    with (tmp_path / "m.tmx").open("rb") as stream:
        read = tmx.tmxfile(stream, "ru", "fr").units
    assert [unit.target for unit in read if unit.target] == [
        unit.variants["fr"] for unit in units if "fr" in unit.variants
    ]


def test_the_pivot_may_be_any_of_them(files: list[Path]) -> None:
    for pivot in range(3):
        result = align_many(files, pivot=pivot)
        assert len(multilingual_units(result)[0]) >= 4
        assert len(list(table(result))) == len(result.groups) + 1
        assert f"pivot {('ru', 'en', 'fr')[pivot]}" in result.signature


def test_two_files_in_one_language_are_refused(files: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "other.txt"
    copy.write_text(EN, encoding="utf-8")
    with pytest.raises(SameLanguageError, match=r"speech.en.txt and .*other.txt"):
        align_many([*files, copy])
    with pytest.raises(ValueError, match="two or more"):
        align_many(files[:1])


def test_what_was_not_translated_stays_out_as_in_a_memory_of_two_languages() -> None:
    ru, en, fr = (from_sentences(texts, lang, lang) for lang, texts in (
        ("ru", ["84", "Озеро."]), ("en", ["84", "The lake."]), ("fr", ["84", "Озеро."]),
    ))  # fmt: skip
    beads = (Bead((0,), (0,), 1.0), Bead((1,), (1,), 1.0))
    groups = tuple(reconcile([ru, en, fr], 0, {1: Alignment(ru, en, beads), 2: Alignment(ru, fr, beads)}))
    units, left_out = multilingual_units(MultiAlignment((ru, en, fr), 0, groups, "test"))
    assert [unit.variants for unit in units] == [{"ru": "Озеро.", "en": "The lake."}]
    assert [(each.lang, each.code) for each in left_out] == [
        ("ru", "untranslated"), ("en", "identical"), ("fr", "identical"), ("fr", "identical"),
    ]  # fmt: skip


class TestCommand:
    def test_writes_a_memory_or_prints_a_table(self, files: list[Path], tmp_path: Path) -> None:
        names = list(map(str, files))
        done = CliRunner().invoke(main, ["many", *names, "-o", str(tmp_path / "m.tmx")])
        assert (done.exit_code, done.output) == (0, "")
        assert (tmp_path / "m.tmx").read_text(encoding="utf-8").count("<tuv") == 14
        done = CliRunner().invoke(main, ["many", *names])
        assert done.exit_code == 0
        assert done.stdout.split("\n")[0].startswith("ru\ten\tfr\tru_confidence")

    @pytest.mark.parametrize(
        ("arguments", "status"),
        [
            ([], 2),
            (["--pivot", "4"], 2),
            (["-l", "ru"], 2),
            (["-o", "m.xlsx"], 2),
            (["-o", "none/m.tmx"], 1),
            (["-l", "ru", "-l", "xx-bad", "-l", "fr"], 1),
        ],
    )
    def test_bad_input_is_told(self, files: list[Path], arguments: list[str], status: int) -> None:
        names = list(map(str, files)) if arguments else [str(files[0])]
        done = CliRunner().invoke(main, ["many", *names, *arguments])
        assert done.exit_code == status
        assert done.stdout == ""


def test_the_rules_of_an_srx_file_cut_all_of_them(files: list[Path], tmp_path: Path) -> None:
    rules = tmp_path / "never.srx"
    rules.write_text(srx([language("All", rule("never", " cut"))], [(".*", "All")]), "utf-8")
    for side in align_many(files, srx=rules).sides:
        assert len(side.sentences) == len(side.document.paragraphs)
