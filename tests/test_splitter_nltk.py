"""The splitter wherever NLTK takes a sentence tokeniser."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from align import SentenceTokenizer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

TEXT = "  Mr. Vale left.\nHe was tired.\n\nWas it late? “No,”\nhe said. \r\n \r\nThe end"
SENTENCES = ["Mr. Vale left.", "He was tired.", "Was it late?", "“No,”\nhe said.", "The end"]


@pytest.fixture
def nltk(require_module: Callable[[str], ModuleType]) -> ModuleType:
    return require_module("nltk")


def test_sentences_do_not_cross_blank_lines() -> None:
    tokenizer = SentenceTokenizer("en")
    assert tokenizer.tokenize(TEXT) == SENTENCES
    assert tokenizer.sentences_from_text(TEXT) == SENTENCES
    assert [TEXT[start:stop] for start, stop in tokenizer.span_tokenize(TEXT)] == SENTENCES


def test_many_texts_are_cut_each_by_itself() -> None:
    tokenizer = SentenceTokenizer("en")
    assert tokenizer.tokenize_sents(["He sat.", "He sat. I ate.", ""]) == [["He sat."], ["He sat.", "I ate."], []]
    assert list(tokenizer.span_tokenize_sents(["He sat.", "He sat. I ate."])) == [[(0, 7)], [(0, 7), (8, 14)]]


def test_a_corpus_reader_of_nltk_takes_it(nltk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nltk.corpus.reader import PlaintextCorpusReader

    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])  # it reads from nowhere else
    (tmp_path / "a.txt").write_text("Mr. Vale met Dr. Korven.  They spoke.\n\nMrs. Vale left.", encoding="utf-8")
    reader = PlaintextCorpusReader(str(tmp_path), ".*[.]txt", sent_tokenizer=SentenceTokenizer("en"))
    assert [" ".join(words) for words in reader.sents()] == [
        "Mr . Vale met Dr . Korven .",
        "They spoke .",
        "Mrs . Vale left .",
    ]
    assert [len(paragraph) for paragraph in reader.paras()] == [2, 1]
    assert nltk.__version__


def test_it_has_what_a_tokeniser_of_nltk_has(nltk: ModuleType) -> None:
    from nltk.tokenize.api import TokenizerI
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    public = {name for name in dir(TokenizerI) if not name.startswith("_")} | {"sentences_from_text"}
    assert public <= set(dir(SentenceTokenizer("en")))
    ours, theirs = SentenceTokenizer("en"), PunktSentenceTokenizer()
    for name in sorted(public - {"tokenize_sents", "span_tokenize_sents"}):
        text = "One two. Three four."
        assert list(getattr(ours, name)(text)) == list(getattr(theirs, name)(text)), name
    assert ours.tokenize("One two.", realign_boundaries=False) == ["One two."]
    assert nltk.__version__


def test_it_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(SentenceTokenizer("en"))) == SentenceTokenizer("en")  # noqa: S301


def test_it_does_not_import_nltk() -> None:
    code = (
        "import sys; from align import SentenceTokenizer; SentenceTokenizer('ru').tokenize('Раз. Два.');"
        "sys.exit('nltk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
