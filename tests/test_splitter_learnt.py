"""Learning the splitter's data from raw text, and cutting by it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from align.cli import main
from align.errors import FormatError
from align.splitter import SentenceTokenizer, split
from align.splitter.punkt import PunktCutter, load_punkt
from corpora import parse_text

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["Silva", "Souza", "Prado", "Matos", "Lima", "Rocha"]
VERBS = ["chegou", "saiu", "falou", "dormiu", "cantou"]


def text_of(count: int = 400) -> str:
    """A made-up text in which one abbreviation is common."""
    return "".join(
        f"O dr. {NAMES[index % 6]} {VERBS[index % 5]} cedo. Ele {VERBS[(index + 1) % 5]} com o amigo.\n"
        for index in range(count)
    )


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data learnt from that text by the command."""
    place = tmp_path_factory.mktemp("learnt")
    (place / "text.txt").write_text(text_of(), encoding="utf-8")
    done = CliRunner().invoke(
        main, ["train", "splitter", str(place / "text.txt"), "-l", "pt", "-o", str(place / "pt.json")]
    )
    assert done.exit_code == 0, done.output
    return place / "pt.json"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments, stdin="": CliRunner().invoke(main, [str(each) for each in arguments], input=stdin)


def test_an_abbreviation_is_learnt_and_no_longer_ends_a_sentence(learnt: Path) -> None:
    assert "dr" in json.loads(learnt.read_text("utf-8"))["abbreviations"]
    text = "O dr. Silva chegou. Ele saiu."
    assert [text[a:b] for a, b in load_punkt(learnt)(text)] == ["O dr. Silva chegou.", "Ele saiu."]


def test_the_same_text_gives_the_same_bytes_and_the_card_names_them(
    learnt: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    assert run("train", "splitter", learnt.with_name("text.txt"), "-l", "pt", "-o", "pt.json").exit_code == 0
    again = tmp_path / "pt.json"
    assert again.read_bytes() == learnt.read_bytes()
    card = again.with_name("pt.card.md").read_text("utf-8")
    assert card == learnt.with_name("pt.card.md").read_text("utf-8")
    assert hashlib.sha256(again.read_bytes()).hexdigest() in card
    assert hashlib.sha256(text_of().encode()).hexdigest() in card
    assert "| text.txt |" in card
    assert "| language | pt |" in card
    assert "    align train splitter text.txt -l pt --words 3000 -o pt.json\n" in card


def test_the_card_and_the_data_hold_no_sentence_of_the_text(learnt: Path) -> None:
    for path in (learnt, learnt.with_name("pt.card.md")):
        assert not any(line in path.read_text("utf-8") for line in text_of().splitlines())


def test_split_cuts_by_learnt_data(learnt: Path, run: Callable[..., Result]) -> None:
    done = run("split", "-", "-l", "pt", "--punkt", learnt, stdin="O dr. Silva chegou. Ele saiu.")
    assert done.stdout == "O dr. Silva chegou.\nEle saiu.\n"


def test_the_library_cuts_a_document_by_learnt_data(learnt: Path) -> None:
    document = parse_text("O dr. Silva chegou. Ele saiu.\n\nA casa do dr. Lima caiu.", lang="pt")
    cut = split(document, load_punkt(learnt))
    assert [one.text for one in cut.sentences] == ["O dr. Silva chegou.", "Ele saiu.", "A casa do dr. Lima caiu."]


def test_learnt_data_is_named_by_its_content(learnt: Path) -> None:
    assert load_punkt(learnt).signature == f"punkt.{hashlib.sha256(learnt.read_bytes()).hexdigest()[:8]}"


def test_a_tokeniser_for_nltk_takes_learnt_data(learnt: Path) -> None:
    assert SentenceTokenizer("pt", load_punkt(learnt)).tokenize("O dr. Lima. Ele.") == ["O dr. Lima.", "Ele."]


def test_little_text_is_a_warning(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("train", "splitter", "-", "-o", "x.json", stdin="Um. Dois.")
    assert done.exit_code == 0
    assert done.stderr == "warning: 2 words are little to learn from; give 100000 or more\n"
    assert json.loads((tmp_path / "x.json").read_text())["about"]["sources"][0]["name"] == "standard input"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["none.txt", "-o", "x.json"], 1, "none.txt: no such file"),
        (["text.txt", "-o", "no/x.json"], 1, "no/x.json: cannot write: no directory"),
        (["text.txt", "-o", "text.txt"], 1, "text.txt: cannot write: it is an input"),
        (["empty.txt", "-o", "x.json"], 1, "empty.txt: the file is empty"),
        (["text.txt", "-l", "klingon?", "-o", "x.json"], 1, "klingon?"),
        (["text.txt"], 2, "Missing option '-o'"),
        (["-o", "x.json"], 2, "Missing argument 'FILE...'"),
        (["text.txt", "-o", "x.json", "--words", "-1"], 2, "--words"),
    ],
)
def test_what_cannot_be_learnt_is_one_line_and_leaves_nothing(
    arguments: list[str], status: int, message: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text("Um. Dois.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("train", "splitter", *arguments)
    assert done.exit_code == status
    assert message in done.stderr
    assert "Traceback" not in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.txt", "text.txt"]


BROKEN: dict[str, Any] = {
    "nothing": b"",
    "no JSON": b"{",
    "deep JSON": b"[" * 200_000,
    "a list": b"[]",
    "an object of something else": b'{"a": 1}',
    "words that are numbers": b'{"abbreviations": [1], "starters": [], "collocations": [], "orthography": {}}',
    "pairs of three": b'{"abbreviations": [], "starters": [], "collocations": [["a","b","c"]], "orthography": {}}',
    "flags that are words": b'{"abbreviations": [], "starters": [], "collocations": [], "orthography": {"a": "b"}}',
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_data_is_one_line(kind: str, run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(BROKEN[kind])
    done = run("split", "-", "-l", "pt", "--punkt", "x.json", stdin="Um. Dois.")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: x.json: ")
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_data_that_holds_something_else_says_how_to_make_it(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(FormatError, match="align train splitter"):
        load_punkt(tmp_path / "x.json")


def test_explaining_learnt_data_is_wrong_usage(learnt: Path, run: Callable[..., Result]) -> None:
    assert run("split", "-", "-l", "pt", "--punkt", learnt, "--explain", stdin="Um.").exit_code == 2


CUTTER = PunktCutter({"abbreviations": ["dr"], "collocations": [], "starters": [], "orthography": {}}, "punkt")
PORTUGUESE = st.lists(st.sampled_from(["O dr. ", "Silva chegou. ", "A casa", "!", " ", "\n", "é", "…", "Dr.", "."]))


@given(PORTUGUESE.map("".join))
@settings(max_examples=50, deadline=None)
def test_punkt_leaves_out_only_white_space(text: str) -> None:
    end = 0
    for start, stop in CUTTER(text):
        assert not text[end:start].strip()
        assert text[start:stop].strip() == text[start:stop] != ""
        end = stop
    assert not text[end:].strip()


def test_punkt_cuts_a_long_paragraph_like_a_short_one() -> None:
    text = "O dr. Silva chegou cedo. " * 1000
    spans = CUTTER(text)
    assert {text[start:stop] for start, stop in spans} == {"O dr. Silva chegou cedo."}
    assert len(spans) == 1000


@pytest.mark.parametrize("hostile", ["." * 100_000, ". " * 20_000, "а" * 100_000, " " * 100_000])
def test_punkt_survives_hostile_text(hostile: str) -> None:
    assert CUTTER(hostile + "Fim")[-1][1] == len(hostile) + 3
