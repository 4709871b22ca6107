"""Dictionaries become pairs: on entries made up for the purpose."""

from __future__ import annotations

import gzip
import hashlib
import lzma
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.training import dictionaries
from corpora.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

CEDICT = """\
# a comment
花園 花园 [hua1 yuan2] /garden/CL:座[zuo4]/to stroll (idiom); to idle/
李 李 [Li3] /surname Li/plum/
花兒 花儿 [hua1 r5] /erhua variant of 花[hua1]/fig. a beauty (of sb's own)/
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def pairs_of(path: Path) -> list[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def test_cedict_gives_each_sense_for_both_spellings_and_no_pointers(tmp_path: Path) -> None:
    found = list(dictionaries.clean(dictionaries.read_cedict(write(tmp_path / "c.u8", CEDICT)), frozenset()))
    assert found == [
        ("花园", "garden"),
        ("花園", "garden"),
        ("花园", "stroll; idle"),
        ("花園", "stroll; idle"),
        ("李", "Li"),
        ("李", "plum"),
        ("花儿", "a beauty"),
        ("花兒", "a beauty"),
    ]


def test_cedict_may_be_gzipped(tmp_path: Path) -> None:
    path = tmp_path / "c.txt.gz"
    path.write_bytes(gzip.compress(CEDICT.encode()))
    assert ("李", "plum") in list(dictionaries.read_cedict(path))


@pytest.mark.parametrize("name", ["missing.u8", "broken.gz", "latin.u8", "other.u8"])
def test_what_is_no_cedict_is_named_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b\x08 no more")
    (tmp_path / "latin.u8").write_bytes("größe".encode("latin-1"))
    write(tmp_path / "other.u8", "some text\n")
    with pytest.raises(ReadError, match=name.replace(".", r"\.")) as caught:
        list(dictionaries.read_cedict(tmp_path / name))
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60))
def test_a_gloss_holds_no_chinese_and_no_brackets_that_close(sense: str) -> None:
    found = dictionaries.gloss(sense)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in found)
    assert "\0" not in found or "\0" in sense


def princeton(folder: Path) -> Path:
    folder.mkdir()
    for kind in ("noun", "verb", "adj", "adv"):
        write(folder / f"data.{kind}", "  1 licence\n")
    with (folder / "data.noun").open("a", encoding="utf-8") as lines:
        lines.write("00000042 06 n 02 big_dog 0 hound 0 001 @ 00000001 n 0000 | barks\n")
    with (folder / "data.adj").open("a", encoding="utf-8") as lines:
        lines.write("00000007 00 a 01 asleep(p) 0 000 | sleeping\n")
    return folder


def test_wordnet_pairs_words_with_the_synonyms_of_their_number(tmp_path: Path) -> None:
    table = write(
        tmp_path / "t.tab",
        "# heading\n00000042-n\tlemma\tгромадный_пёс\n00000007-a\trus:lemma\tспящий\n"
        "00000007-a\trus:def\t0\tне бодрствует\n99999999-n\tlemma\tнечто\n",
    )
    english = dictionaries.read_princeton(princeton(tmp_path / "wn"))
    assert list(dictionaries.read_wordnet(table, english)) == [
        ("громадный пёс", "big dog, hound"),
        ("спящий", "asleep"),
    ]


def test_a_folder_that_is_not_princeton_wordnet_is_an_error(tmp_path: Path) -> None:
    folder = princeton(tmp_path / "wn")
    write(folder / "data.verb", "run: to move fast\n")
    with pytest.raises(ReadError, match=r"data\.verb: not a data file"):
        dictionaries.read_princeton(folder)


def test_openrussian_pairs_the_forms_too(tmp_path: Path) -> None:
    table = write(
        tmp_path / "nouns.csv",
        "bare\taccented\ttranslations_en\tgender\tsg_nom\tsg_inst\tpl_nom\n"
        "лодка\tло'дка\tboat, skiff; (rare) punt\tf\tло'дка\tло'дкой, ло'дкою\tло́дки\n"
        "пусто\tпу'сто\t\t\t\t\t\n",
    )
    found = list(dictionaries.read_openrussian(table))
    assert {foreign for foreign, _ in found} == {"лодка", "лодкой", "лодкою", "лодки"}
    assert {english for _, english in found} == {"boat, skiff", "punt"}


def test_a_table_without_translations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="translations_en"):
        list(dictionaries.read_openrussian(write(tmp_path / "x.csv", "word\tmeaning\nа\tb\n")))


def test_cleaning_leaves_out_repeats_what_is_alike_too_long_or_held_out() -> None:
    mark = hashlib.sha256(b"theseweremarkedasheldout").hexdigest()[:16]
    pairs = [("дом", "house"), ("дом ", "house."), ("ok", "ok"), ("а", "b" * 401), ("", "nothing")]
    pairs.append(("отмечено", "These were marked as held out."))
    assert list(dictionaries.clean(pairs, {mark})) == [("дом", "house")]


def test_the_command_writes_a_file_of_bitext(tmp_path: Path) -> None:
    out = tmp_path / "zh-en.cedict.tsv.xz"
    dictionaries.main(["cedict", str(write(tmp_path / "c.u8", CEDICT)), "--out", str(out)])
    assert ["花园", "garden"] in pairs_of(out)


def test_wordnet_without_its_english_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        dictionaries.main(["wordnet", "x.tab", "--out", str(tmp_path / "x.tsv.xz")])
    assert caught.value.code == 2
