"""The library as its users meet it: the names of `align`, from two texts to a memory."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Statement

    from align.encoder.protocol import Vectors

ROOT = Path(__file__).resolve().parent.parent
RU = "Мы встретились вчера вечером. Погода была хорошая.\n\nДо свидания, друзья."
EN = "We met yesterday evening. The weather was good.\n\nGoodbye, friends."


def test_every_public_name_is_there() -> None:
    for name in align.__all__:
        assert getattr(align, name) is not None
    assert set(align.__all__) <= set(dir(align))


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse((ROOT / "align" / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        (node.module, alias.name) for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert seen == {(room, name) for name, room in align._HOMES.items()}
    assert {name for _, name in seen} | {"__version__"} == set(align.__all__)


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="align_flies"):
        align.align_flies  # noqa: B018  # type: ignore[attr-defined]


def test_import_loads_nothing_but_the_front_door() -> None:
    program = (
        "import sys, align; print([name for name in sys.modules if name.startswith(('align', 'corpora', 'numpy'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT, text=True)
    assert done.stdout.strip() == "['align']"


def test_files_become_an_alignment_of_every_sentence(statement: Statement) -> None:
    result = align.align_files(statement.source, statement.target)
    assert (result.source.document.lang, result.target.document.lang) == ("ru", "en")
    assert result.source.document.id == str(statement.source)
    for side, indices in (
        (result.source, [index for bead in result.beads for index in bead.source]),
        (result.target, [index for bead in result.beads for index in bead.target]),
    ):
        assert indices == list(range(len(side.sentences)))
    assert "model" in result.signature


def test_paths_may_be_strings(statement: Statement) -> None:
    assert align.align_files(str(statement.source), str(statement.target)) == align.align_files(
        statement.source, statement.target
    )


def test_texts_become_an_alignment() -> None:
    result = align.align_texts(RU, EN, source_lang="ru", target_lang="en")
    assert [(bead.source, bead.target) for bead in result.beads] == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    assert all(0 <= bead.confidence <= 1 for bead in result.beads)


def test_what_is_written_is_read_back_equal(tmp_path: Path, statement: Statement) -> None:
    result = align.align_files(statement.source, statement.target)
    report = align.write(result, tmp_path / "kept.jsonl")
    assert report.units == len(result.beads)
    assert align.read_result(tmp_path / "kept.jsonl") == result


def test_a_memory_and_what_it_leaves_out_account_for_every_bead(statement: Statement) -> None:
    result = align.align_files(statement.source, statement.target)
    units, omissions = align.units(result)
    assert len(units) + len(omissions) == len(result.beads)
    assert {"time", "number"} <= {omission.code for omission in omissions}


class Marked:
    """An encoder for tests: a vector by the sentence's first character, the same for both languages."""

    name = "marked"
    dimension = 16

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, int(text[0]) if text[:1].isdigit() else 15] = 1
        return vectors


def test_any_encoder_will_do() -> None:
    assert isinstance(Marked(), align.Encoder)
    source = ["1 раз", "2 два", "3 три", "4 четыре"]
    target = ["1 one", "3 three", "4 four"]
    result = align.Aligner(encoder=Marked()).align(source, target)
    assert sorted(index for bead in result.beads for index in bead.source) == [0, 1, 2, 3]
    assert "marked" in result.signature


def test_both_sides_in_one_language_is_an_error() -> None:
    with pytest.raises(align.SameLanguageError, match="both in 'en'"):
        align.align_texts(EN, EN.upper(), source_lang="en", target_lang="en")


def test_one_text_twice_is_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", align.ToolkitWarning)
        with pytest.raises(align.ToolkitWarning, match="same text"):
            align.align_texts(RU, RU, source_lang="ru", target_lang="en")


@pytest.mark.parametrize(
    ("langs", "names"),
    [(("en", "ru"), ["source", "target"]), (("ru-RU", "fr"), []), (("sr", "en"), []), (("ru-Latn", "en"), [])],
)
def test_languages_that_were_mixed_up_are_told(langs: tuple[str, str], names: list[str]) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", align.ToolkitWarning)
        align.align_texts(RU, EN, source_lang=langs[0], target_lang=langs[1])
    told = [str(each.message) for each in caught if "letters" in str(each.message)]
    assert [message.partition(":")[0] for message in told] == names
    assert all("is it the right one?" in message for message in told)


def test_all_errors_have_one_base() -> None:
    names = [name for name in align.__all__ if name.endswith("Error")]
    assert len(names) == 10
    assert all(issubclass(getattr(align, name), align.ToolkitError) for name in names)
