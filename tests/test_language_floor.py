"""How well languages are told must not get worse: ``floors.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from align.training.languages import confusions, sentences_by_language

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["language"]


@pytest.fixture(scope="module")
def sentences(shared_dir: Path) -> dict[str, list[str]]:
    return sentences_by_language([shared_dir / "gold" / f"{name}.jsonl.gz" for name in ("wmt21", "ntrex-omit")])


@pytest.mark.parametrize("lang", FLOORS)
def test_languages_of_short_pieces_are_told_as_well_as_ever(lang: str, sentences: dict[str, list[str]]) -> None:
    for size, floor in zip((20, 50, 100, 200), FLOORS[lang], strict=True):
        assert confusions(sentences[lang], size, 300)[lang] / 300 >= floor, size
