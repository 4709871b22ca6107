"""Work spread over forked processes is the work done in one, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import align_files, workers
from align.aligner import search as searching
from align.aligner.aligner import from_sentences
from align.aligner.scoring import shipped_weights
from align.aligner.sentences import Sentences
from align.cli.process import make_ready
from align.encoder import load_encoder
from align.errors import ModelError, SameLanguageError, ToolkitError
from align.splitter import split
from align.splitter.packing import pack, unpack
from align.types import Paragraph, Segmented, Sentence
from corpora import parse_text, statements
from corpora.errors import ToolkitWarning

_SIDES: Final = ("source", "target")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture(autouse=True)
def alone() -> None:
    """Stop threads that watch progress bars, which other tests leave behind: nothing is forked beside a thread."""
    for thread in threading.enumerate():
        if thread.name == "tqdm_monitor":
            thread.exit()  # type: ignore[attr-defined]


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_all_is_done_in_order(count: int) -> None:
    assert list(workers.spread(square, range(9), count)) == [at * at for at in range(9)]
    assert list(workers.spread(square, [], count)) == []


def test_more_is_done_than_a_pipe_has_room_for() -> None:
    assert list(workers.spread(square, range(10_001), 3)) == [at * at for at in range(10_001)]


def test_who_is_done_takes_what_is_next() -> None:
    waiting = multiprocessing.get_context("fork").Event()

    def wait_or_tell(at: int) -> int:
        if at == 0:
            assert waiting.wait(60)  # for the last, which the other process makes meanwhile
        elif at == 9:
            waiting.set()
        return os.getpid()

    first, *rest = workers.spread(wait_or_tell, range(10), 2)
    assert first not in rest
    assert len(set(rest)) == 1


def test_what_is_wanted_need_not_be_sent() -> None:
    secret = threading.Lock()  # nothing that could be pickled
    assert list(workers.spread(lambda at: at + secret.locked(), [1, 2, 3], 2)) == [1, 2, 3]


def test_an_error_is_raised_where_the_work_was_asked_for() -> None:
    def fail(at: int) -> int:
        if at == 2:
            raise ModelError("two is too many")
        return at

    with pytest.raises(ModelError, match="two is too many"):
        list(workers.spread(fail, [0, 1, 2, 3], 2))
    assert not multiprocessing.active_children()


def test_a_process_that_dies_is_a_clear_error_and_leaves_nothing_behind() -> None:
    def die(at: int) -> int:
        if at == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return at

    with pytest.raises(ToolkitError, match=r"ended without a word.*ALIGN_JOBS=1"):
        list(workers.spread(die, [0, 1, 2, 3], 2))
    assert not multiprocessing.active_children()


def test_who_stops_listening_leaves_nothing_behind() -> None:
    found = workers.spread(lambda at: bytes((1 << 20) + at), range(20), 2)
    assert len(next(found)) == 1 << 20
    found.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


class TestAvailable:
    def test_the_environment_says_how_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(workers.JOBS, "3")
        assert workers.available() == 3
        monkeypatch.setenv(workers.JOBS, "0")
        assert workers.available() == 1

    def test_nonsense_is_as_if_nothing_was_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(workers.JOBS, raising=False)
        usual = workers.available()
        monkeypatch.setenv(workers.JOBS, "many")
        assert workers.available() == usual == min(len(os.sched_getaffinity(0)), 8)

    def test_a_process_with_threads_is_not_forked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(workers.JOBS, "3")
        done = threading.Event()
        other = threading.Thread(target=done.wait)
        other.start()
        assert workers.available() == 1
        done.set()
        other.join()

    def test_elsewhere_nothing_is_forked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workers.sys, "platform", "darwin")
        assert workers.available() == 1


def lines(side: str) -> list[str]:
    words = ("north", "river", "stone", "market", "letter", "winter", "garden", "silver", "teacher", "bridge")
    spelled = (f"{words[at % 10]} {words[at // 10 % 10]} {words[at // 100 % 10]} {at}" for at in range(900))
    return [f"{side} {line}" for line in spelled]


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Documents of few parts are worth a process, too; how many processes were asked for."""
    asked: list[int] = []

    def spread(make: Any, wanted: Sequence[Any], count: int) -> Any:
        asked.append(count)
        return workers.spread(make, wanted, count)

    monkeypatch.setattr("align.aligner.parts.PART", 40)
    monkeypatch.setattr(searching, "_FORKING", 1)
    monkeypatch.setattr(searching, "spread", spread)
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "false")
    return asked


def test_the_alignment_is_the_same_however_many_work(forked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = lines("a"), lines("b")
    del left[300:310], right[500:503]
    sides = from_sentences(left, "s"), from_sentences(right, "t")
    found = []
    for count in ("1", "2", "3"):
        monkeypatch.setenv(workers.JOBS, count)
        path, _ = searching.search(*sides, load_encoder(), shipped_weights())
        found.append((list(path.cells), list(path.certain)))
    assert forked == [2, 3]
    assert found[0] == found[1] == found[2]


class TestSentences:
    def test_they_are_what_the_document_says(self) -> None:
        side = from_sentences(["Да.", "", "Нет, нет."], "s")
        sentences = Sentences.of(side)
        assert sentences.texts() == ["Да.", "", "Нет, нет."]
        assert sentences.part(1, 3).texts() == ["", "Нет, нет."]
        assert sentences.chosen([2, 0]) == ["Нет, нет.", "Да."]
        assert sentences.lengths().tolist() == [3, 0, 9]
        assert np.shares_memory(sentences.starts, sentences.part(1, 3).starts)

    def test_a_sentence_that_says_something_else_is_believed(self) -> None:
        side = from_sentences(["Да.", "Нет, нет."], "s")
        hidden = Sentence(0, 3, 2, "")
        paragraphs = (*side.document.paragraphs, Paragraph(0, 0, "turn", "pinned"))
        document = type(side.document)("s", "ru", side.document.text, paragraphs)
        sentences = Sentences.of(Segmented(document, (hidden, side.sentences[1])))
        assert sentences.texts() == ["", "Нет, нет."]
        assert sentences.paragraphs.tolist() == [2, 1]


class TestAhead:
    def test_what_is_made_ahead_is_waited_for(self) -> None:
        with workers.ahead(os.getpid) as made:
            assert made() != os.getpid()
        assert not multiprocessing.active_children()

    def test_what_it_warns_of_is_said_here(self) -> None:
        def warn() -> int:
            warnings.warn("mind the gap", ToolkitWarning, stacklevel=1)
            return 1

        with workers.ahead(warn) as made, pytest.warns(ToolkitWarning, match="mind the gap"):
            assert made() == 1

    def test_its_error_is_raised_when_it_is_waited_for(self) -> None:
        def fail() -> int:
            raise ModelError("no")

        with workers.ahead(fail) as made, pytest.raises(ModelError, match="no"):
            made()

    def test_what_is_not_waited_for_is_stopped(self) -> None:
        with pytest.raises(KeyError), workers.ahead(threading.Event().wait):
            raise KeyError
        assert not multiprocessing.active_children()


class TestFiles:
    @pytest.fixture
    def files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
        """A sample statement as two text files, which are large enough for two processes."""
        monkeypatch.setattr("align.pipeline._LARGE", 10)
        monkeypatch.setenv(workers.JOBS, "2")
        statement = statements.load(statements.names()[0])
        sides = (list(chain.from_iterable(getattr(bead, side) for bead in statement.beads)) for side in _SIDES)
        paths = tmp_path / "a.ru.txt", tmp_path / "a.en.txt"
        for path, sentences in zip(paths, sides, strict=True):
            path.write_text("Вопрос: да?\n\n" * 2 + "\n".join(sentences), encoding="utf-8")
        return paths

    def test_the_target_that_was_read_elsewhere_is_the_same(
        self, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun, start = [], workers.ahead

        def ahead(make: Any) -> Any:
            begun.append(make)
            return start(make)

        monkeypatch.setattr(workers, "ahead", ahead)
        both = align_files(*files, source_lang="ru", target_lang="en")
        assert len(begun) == 1
        monkeypatch.setenv(workers.JOBS, "1")
        alone = align_files(*files, source_lang="ru", target_lang="en")
        assert both == alone
        assert both.target.document.metadata == alone.target.document.metadata

    def test_two_sides_in_one_language_are_refused(self, files: tuple[Path, Path]) -> None:
        files[1].write_bytes(files[0].read_bytes() + "Конец.".encode())
        with pytest.raises(SameLanguageError):
            align_files(*files)

    def test_a_target_that_cannot_be_read_is_named(self, files: tuple[Path, Path]) -> None:
        files[1].write_text(" \n" * 50, encoding="utf-8")
        with pytest.raises(ToolkitError, match=r"a\.en\.txt"):
            align_files(*files, source_lang="ru", target_lang="en")
        assert not multiprocessing.active_children()


@given(text=st.text(alphabet="Да. Yes?\n\r*-:12«»", max_size=80).filter(lambda text: text.strip()))
def test_a_document_is_the_same_after_packing(text: str) -> None:
    cut = split(parse_text(text, id="a", lang="ru"))
    again = unpack(pickle.loads(pickle.dumps(pack(cut))))  # noqa: S301  # our own
    assert again == cut
    assert (again.splitter, again.document.metadata) == (cut.splitter, cut.document.metadata)


def test_aligning_commands_keep_linear_algebra_to_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    make_ready()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    make_ready()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"
