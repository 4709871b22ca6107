"""Adding a language is adding a file, as CONTRIBUTING shows it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_splitter_cases import CASES, notation

from align.splitter import cutting, language, sentence_spans, signature

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SECTION = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Adding a language", 1)[1].split("\n## ", 1)[0]
TOML = re.findall(r"^```toml\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)[0]
SHOWN = re.findall(r"^```text\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)[0].splitlines()


def forget() -> None:
    for cached in (language.available, language.load, language.language_data, cutting._learnt):
        cached.cache_clear()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of data files to which one may be added."""
    shutil.copytree(language.DATA, tmp_path / "data")
    monkeypatch.setattr(language, "DATA", tmp_path / "data")
    monkeypatch.setattr(cutting, "DATA", tmp_path / "data")
    forget()
    yield tmp_path / "data"
    forget()


def test_the_file_that_contributing_shows_cuts_what_it_shows(data: Path) -> None:
    (data / "nl.toml").write_text(TOML, encoding="utf-8")
    assert len(SHOWN) >= 5
    assert [notation(line.replace("|", ""), "nl") for line in SHOWN] == SHOWN
    assert signature("nl-BE") == "nl:1"


def test_learnt_data_can_be_shipped_with_a_file_that_says_so(data: Path) -> None:
    learnt = {"abbreviations": ["dhr"], "collocations": [], "starters": [], "orthography": {}}
    (data / "punkt.nl.json").write_text(json.dumps(learnt), encoding="utf-8")
    (data / "nl.toml").write_text('version = 3\nengine = "punkt"\n', encoding="utf-8")
    assert notation("Dhr. Jansen sprak. Het was laat.", "nl") == "Dhr. Jansen sprak.| |Het was laat."
    assert signature("nl") == "nl:punkt.3"


@pytest.mark.parametrize("lang", ["ru", "en", "de", "fr", "es", "pt", "it", "pl", "uk", "zh", "ja", "ar", "tr", "kk"])
def test_a_promised_language_has_rules_and_a_dozen_hard_cases(lang: str) -> None:
    assert language.load(lang).engine == "rules"
    assert sum(1 for code, _ in CASES if code == lang) >= 12


@pytest.mark.parametrize("lang", sorted(language.available()))
def test_starters_begin_with_a_capital_and_no_word_is_listed_as_title_and_final(lang: str) -> None:
    data = language.load(lang)
    assert all(word[0].isupper() for word in data.starters)
    assert not data.title & data.final
    assert not any(word.endswith(".") for word in data.suspects)


def test_a_language_without_words_for_anything_is_cut_at_its_marks(data: Path) -> None:
    (data / "xx.toml").write_text("version = 1\n", encoding="utf-8")
    assert sentence_spans("Abcd efgh. Ijkl mnop!", "xx") == [(0, 10), (11, 21)]
