"""What goes to those who train models: Parquet as `datasets` reads it, and NLTK's aligned sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet
import pytest
from exporter_samples import pairs, statement

import align
from align.errors import FormatError
from align.exporters import Header, units, write, write_units
from align.types import TranslationUnit

if TYPE_CHECKING:
    from pathlib import Path


def test_parquet_has_the_columns_and_the_features_of_a_translation(tmp_path: Path) -> None:
    write(statement(), tmp_path / "x.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "x.parquet")
    assert table.column_names == ["id", "translation", "confidence", "alignment"]
    assert table.schema.field("translation").type == pyarrow.struct(
        [("en", pyarrow.string()), ("ru", pyarrow.string())]
    )
    features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    assert features["confidence"] == {"dtype": "float64", "_type": "Value"}
    assert table.column("alignment").to_pylist()[2] == "2-1"
    assert table.schema.metadata[b"signature"] == b"align test | model none"


def test_parquet_is_written_group_by_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.exporters.parquet._GROUP", 2)
    stream = (TranslationUnit(str(number), {"ru": f"Раз {number}", "en": f"Once {number}"}) for number in range(5))
    assert write_units(stream, tmp_path / "x.parquet", Header("ru", "en")).units == 5
    assert pyarrow.parquet.ParquetFile(tmp_path / "x.parquet").num_row_groups == 3


def test_nltk_gets_target_words_source_words_and_links_of_what_is_the_same() -> None:
    first, second = align.to_nltk(
        pairs(("В 1812 году, 7 и 7.", "In 1812, 7 or 8."), ("Microsoft — да.", "Microsoft, yes."))
    )
    assert first.words == ["In", "1812", ",", "7", "or", "8", "."]
    assert first.mots == ["В", "1812", "году", ",", "7", "и", "7", "."]
    assert sorted(first.alignment) == [(1, 1)]  # 7 stands twice on one side
    assert sorted(second.alignment) == [(0, 0)]


def test_nltk_gets_the_units_of_a_memory() -> None:
    sentences = align.to_nltk(statement(), tokenize=str.split)
    expected = [(unit.variants["en"].split(), unit.variants["ru"].split()) for unit in units(statement())[0]]
    assert [(each.words, each.mots) for each in sentences] == expected
    assert len(align.to_nltk(statement(), min_confidence=0.9)) < len(sentences)


def test_nltk_inverts_and_prints_them() -> None:
    (sentence,) = align.to_nltk(pairs(("Дом 7", "House 7")))
    assert sentence.invert().words == ["Дом", "7"]
    assert str(sentence.alignment) == "1-1"


def test_nltk_needs_known_languages() -> None:
    with pytest.raises(FormatError, match="language of each side"):
        align.to_nltk(pairs(("Да.", "Yes."), langs=("ru", "und")))
