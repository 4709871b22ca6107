"""Which file is whose translation: identity first, content by the encoder."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import EmptyDocumentError, FormatError, ReadError, SameLanguageError, UnknownLanguageError
from align.matching import match, read_manifest, render_manifest
from align.matching.assignment import assign
from align.matching.evidence import Evidence
from align.matching.matching import choose_languages
from align.training.gold import read_gold

if TYPE_CHECKING:
    from conftest import Ran, Statement

    from align.matching import Match, Matching

LAKES = (
    "Озеро замёрзло раньше обычного. Рыбаки вышли на лёд с сетями и фонарями. К вечеру поднялся сильный ветер.",
    (
        "The lake froze earlier than usual. The fishermen went out on the ice with nets and lanterns. "
        "Towards evening a strong wind rose."
    ),
)
BREAD = (
    "Пекарь встаёт в четыре часа утра. Он замешивает тесто и растапливает печь. К семи часам хлеб готов.",
    "The baker gets up at four in the morning. He kneads the dough and heats the oven. By seven the bread is ready.",
)
TRAIN = (
    "Поезд опоздал на два часа. Пассажиры пили чай и жаловались на погоду. Начальник станции молчал.",
    (
        "The train was two hours late. The passengers drank tea and complained about the weather. "
        "The station master said nothing."
    ),
)


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def paired(found: Matching) -> set[tuple[str, str]]:
    return {(pair.source.name, pair.target.name) for pair in found.pairs}


def only(found: Matching) -> Match:
    assert len(found.pairs) == 1
    return found.pairs[0]


@pytest.fixture(scope="module")
def nameless(statements: list[Statement], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample statements without numbers, dates and names that would tell."""
    folder = tmp_path_factory.mktemp("nameless")
    for at, statement in enumerate(statements):
        for name, path in ((f"a{at}.txt", statement.source), (f"b{(at + 3) % 6}.txt", statement.target)):
            lines = path.read_text("utf-8").splitlines()
            kept = (line for line in lines if not re.fullmatch(r"\s*[\d:. -]+\s*|.*\b(19|20)\d\d\d\d:\d\d\s*", line))
            (folder / name).write_text("\n".join(kept), "utf-8")
    return folder


def test_documents_without_names_are_paired_by_content(nameless: Path) -> None:
    found = match([nameless])
    assert paired(found) == {(f"a{at}.txt", f"b{(at + 3) % 6}.txt") for at in range(6)}
    assert (found.source_lang, found.target_lang) == ("ru", "en")
    assert not found.singles
    assert all(pair.confidence > 0.9 and pair.reasons[-1].startswith("content") for pair in found.pairs)


def test_a_document_without_a_translation_stays_alone(nameless: Path, tmp_path: Path) -> None:
    texts = {path.name: path.read_text("utf-8") for path in nameless.iterdir()}
    del texts["b2.txt"]  # the translation of a5
    found = match([put(tmp_path, texts)])
    assert len(found.pairs) == 5
    assert [(single.path.name, single.reason) for single in found.singles] == [("a5.txt", "no translation found")]


def test_a_truncated_translation_is_still_found(nameless: Path, tmp_path: Path) -> None:
    texts = {path.name: path.read_text("utf-8") for path in nameless.iterdir()}
    texts["b0.txt"] = texts["b0.txt"][: len(texts["b0.txt"]) // 2]
    assert ("a3.txt", "b0.txt") in paired(match([put(tmp_path, texts)]))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("a.ru.txt", "a.en.txt"),
        ("ru/a.txt", "en/a.txt"),
        ("a_RU.txt", "a_EN.txt"),
        ("rus/a.txt", "eng/a.txt"),
        ("a-ru-RU.txt", "a-en-US.txt"),
        ("a (Russian).txt", "a (English).txt"),
        ("a (русский).txt", "a (английский).txt"),
        ("a.ru", "a.en"),
        ("a.txt", "a_en.txt"),
        ("ru.txt", "en.txt"),
    ],
)
def test_file_names_that_differ_in_their_language_make_a_pair(source: str, target: str, tmp_path: Path) -> None:
    put(tmp_path, {source: BREAD[0], target: BREAD[1], "one.txt": LAKES[0], "other.txt": LAKES[1]})
    pair = next(pair for pair in match([tmp_path]).pairs if pair.source == tmp_path / source)
    assert pair.target == tmp_path / target
    assert pair.reasons[0].startswith("file name")
    assert pair.confidence > 0.99


def test_the_same_name_in_two_directories_makes_a_pair(tmp_path: Path) -> None:
    put(tmp_path, {"left/x.txt": TRAIN[0], "right/x.txt": TRAIN[1], "left/y.txt": BREAD[0], "right/y.txt": BREAD[1]})
    found = match([tmp_path / "left", tmp_path / "right"])
    assert paired(found) == {("x.txt", "x.txt"), ("y.txt", "y.txt")}
    assert all(pair.reasons[0].startswith("file name") for pair in found.pairs)


def test_the_document_number_counts_most(tmp_path: Path) -> None:
    put(tmp_path, {"p.txt": f"1865-04-10-2017\n{LAKES[0]}", "q.txt": f"1865-04-10-2017\n{LAKES[1]}"})
    pair = only(match([tmp_path]))
    assert pair.reasons[0] == "document number 1865-04-10-2017"
    assert pair.confidence > 0.99


def test_a_number_in_the_text_of_another_document_pairs_nothing(tmp_path: Path) -> None:
    files = {
        "p.txt": f"1865-04-10-2017\n{LAKES[0]}",
        "q.txt": f"1865-04-10-2017\n{LAKES[1]}",
        "r.txt": f"{BREAD[1]} See also our comment 1865-04-10-2017 of last year.",
        "s.txt": f"{BREAD[0]} См. также комментарий 1865-04-10-2017 за прошлый год.",
    }
    assert paired(match([put(tmp_path, files)])) == {("p.txt", "q.txt"), ("s.txt", "r.txt")}


def test_two_documents_of_one_day_are_told_apart_by_content(tmp_path: Path) -> None:
    files = {
        "p.txt": f"4 октября 2017 года\n{LAKES[0]}",
        "q.txt": f"4 October 2017\n{BREAD[1]}",
        "r.txt": f"4 октября 2017 года\n{BREAD[0]}",
        "s.txt": f"4 October 2017\n{LAKES[1]}",
    }
    found = match([put(tmp_path, files)])
    assert paired(found) == {("p.txt", "s.txt"), ("r.txt", "q.txt")}
    assert all("date 2017-10-04" in pair.reasons for pair in found.pairs)


def test_content_that_contradicts_the_names_is_said_and_lowers_the_confidence(tmp_path: Path) -> None:
    agreeing = only(match([put(tmp_path / "1", {"a.ru.txt": LAKES[0] * 3, "a.en.txt": LAKES[1] * 3})]))
    files = {"a.ru.txt": LAKES[0] + TRAIN[0], "a.en.txt": BREAD[1] * 2}
    contradicted = only(match([put(tmp_path / "2", files)]))
    assert not agreeing.doubts
    assert any(doubt.startswith("content") for doubt in contradicted.doubts)
    assert contradicted.confidence < agreeing.confidence - 0.05


def test_swapped_names_are_found_out_by_content(tmp_path: Path) -> None:
    files = {"a.ru.txt": LAKES[0], "a.en.txt": BREAD[1], "b.ru.txt": BREAD[0], "b.en.txt": LAKES[1]}
    found = match([put(tmp_path, files)])
    assert paired(found) == {("a.ru.txt", "b.en.txt"), ("b.ru.txt", "a.en.txt")}
    assert all(any("by its name it belongs to" in doubt for doubt in pair.doubts) for pair in found.pairs)


def test_addresses_pair_pages(tmp_path: Path) -> None:
    files = {
        "p.txt": f"https://www.example.org/ru/news/2895398\n{TRAIN[0]}",
        "q.txt": f"https://www.example.org/en/news/2895398\n{TRAIN[1]}",
    }
    assert any(reason.startswith("address example.org") for reason in only(match([put(tmp_path, files)])).reasons)


def page(head: str, text: str) -> str:
    return f"<html><head><title>x</title>{head}</head><body><main><p>{text}</p></main></body></html>"


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        (
            '<link rel="canonical" href="https://example.org/ru/news/2895398">',
            '<link rel="canonical" href="https://example.org/en/news/2895398">',
        ),
        (
            (
                '<link rel="canonical" href="https://example.org/novosti/ozero">'
                '<link rel="alternate" hreflang="en" href="https://example.org/news/lake">'
            ),
            '<meta property="og:url" content="https://example.org/news/lake">',
        ),
        (
            "<!-- saved from url=(0040)https://ru.example.org/?document=71234 -->",
            "<!-- saved from url=(0040)https://en.example.org/?document=71234 -->",
        ),
    ],
    ids=["canonical", "alternate", "saved-from"],
)
def test_saved_pages_are_paired_by_the_addresses_that_they_tell(russian: str, english: str, tmp_path: Path) -> None:
    files = {"1.html": page(russian, LAKES[0]), "2.html": page(english, LAKES[1]), "3.html": page("", TRAIN[1])}
    pair = only(match([put(tmp_path, files)]))
    assert (pair.source.name, pair.target.name) == ("1.html", "2.html")
    assert any(reason.startswith("address ") for reason in pair.reasons)


def test_the_number_of_another_document_at_the_end_of_a_text_counts_for_little(tmp_path: Path) -> None:
    body = "\n".join(TRAIN[1].replace(". ", ".\n") for _ in range(4))
    files = {"p.txt": f"1865-04-10-2017\n{LAKES[0]}", "q.txt": f"{body}\n1865-04-10-2017"}
    assert not match([put(tmp_path, files)]).pairs


def test_a_copy_stays_alone_and_says_of_what(tmp_path: Path) -> None:
    files = {"a.txt": LAKES[0], "b.txt": LAKES[1], "copy of b.txt": LAKES[1] + "\n"}
    found = match([put(tmp_path, files)])
    assert paired(found) == {("a.txt", "b.txt")}
    assert [single.reason for single in found.singles] == ["same text as b.txt"]


def test_a_file_in_the_language_that_its_name_denies_is_said_so(tmp_path: Path) -> None:
    files = {"a.ru.txt": LAKES[0], "a.en.txt": LAKES[1], "b.ru.txt": BREAD[0], "b.en.txt": TRAIN[0]}
    found = match([put(tmp_path, files)])
    reasons = {single.path.name: single.reason for single in found.singles}
    assert reasons["b.en.txt"] == "is in ru, though its name says en"


def test_of_three_languages_the_commonest_two_are_matched_and_others_can_be_chosen(tmp_path: Path) -> None:
    german = "Der Zug kam zwei Stunden zu spät. Die Reisenden tranken Tee und klagten über das Wetter."
    files = {"a.txt": LAKES[0], "b.txt": LAKES[1], "c.txt": TRAIN[0], "d.txt": TRAIN[1], "e.txt": german}
    put(tmp_path, files)
    found = match([tmp_path])
    assert paired(found) == {("a.txt", "b.txt"), ("c.txt", "d.txt")}
    assert [(single.path.name, single.reason) for single in found.singles] == [("e.txt", "is in de")]
    other = match([tmp_path], source_lang="de", target_lang="en")
    assert paired(other) == {("e.txt", "d.txt")}


def test_languages_are_chosen_by_how_many_documents_are_in_them() -> None:
    counts = Counter({"en": 9, "ru": 8, "de": 8, "fr": 1})
    assert choose_languages(counts, None, None) == ("de", "en")
    assert choose_languages(counts, "ru", None) == ("ru", "en")
    assert choose_languages(counts, None, "fr") == ("en", "fr")
    with pytest.raises(UnknownLanguageError, match="no document is in 'zh'"):
        choose_languages(counts, "zh", "en")
    with pytest.raises(SameLanguageError, match="one language"):
        choose_languages(Counter({"ru": 2}), None, None)


def test_what_cannot_be_read_is_listed_and_hidden_files_and_memories_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": LAKES[0], "b.txt": LAKES[1], "empty.txt": " ", ".hidden.txt": "x", "m.tmx": "<tmx/>"})
    put(tmp_path, {"__pycache__/a.cpython-311.pyc": "x", ".git/config": "x"})
    (tmp_path / "p.bin").write_bytes(bytes(range(256)) * 4)
    found = match([tmp_path])
    assert {skipped.path.name for skipped in found.skipped} == {"empty.txt", "p.bin"}
    assert len(found.pairs) == 1


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": LAKES[0], "b.txt": LAKES[1]})
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(3 * 1024**3)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = match([tmp_path])
    assert [(skipped.path.name, skipped.reason) for skipped in found.skipped] == [
        ("huge.txt", "larger than 64 MiB; pair it by hand")
    ]
    assert len(found.pairs) == 1


@pytest.mark.parametrize("places", [["missing"], ["empty"]])
def test_nothing_to_match_is_one_line(places: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises((ReadError, EmptyDocumentError)) as error:
        match([tmp_path / place for place in places])
    assert "\n" not in str(error.value)


def test_news_without_names_is_paired_as_well_as_ever(shared_dir: Path, tmp_path: Path) -> None:
    floor = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["matching"]["wmt21"]
    gold = list(read_gold(shared_dir / "gold" / "wmt21.jsonl.gz"))[:60]
    for at, document in enumerate(gold):
        for name, side in ((f"{at * 7 % 61}x.txt", document.source), (f"{at * 11 % 61}y.txt", document.target)):
            if at % 5 or side is document.source:
                lines = [sentence.text for sentence in side.sentences]
                (tmp_path / name).write_text("\n".join(lines), "utf-8")
    told = {(pair.source.name, pair.target.name) for pair in match([tmp_path]).pairs}
    right = {(f"{at * 7 % 61}x.txt", f"{at * 11 % 61}y.txt") for at in range(len(gold)) if at % 5}
    assert 2 * len(told & right) / (len(told) + len(right)) >= floor


def test_the_order_of_the_files_does_not_matter(nameless: Path) -> None:
    paths = sorted(nameless.iterdir())
    usual = {(pair.source, pair.target) for pair in match(paths).pairs}
    paths.reverse()
    assert {(pair.source, pair.target) for pair in match(paths).pairs} == usual


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.floats(-8, 12), max_size=30))
def test_an_assignment_is_one_to_one_and_greedy_and_its_confidences_are_probabilities(
    nats: dict[tuple[int, int], float],
) -> None:
    names = [str(at) for at in range(7)]
    chosen = assign([Evidence(*pair, value) for pair, value in nats.items()], (names, names))
    assert len({each.source for each, _ in chosen}) == len({each.target for each, _ in chosen}) == len(chosen)
    assert all(0.0 <= sure <= 1.0 for _, sure in chosen)
    if nats:
        assert chosen[0][0].nats == max(nats.values())


def test_the_manifest_is_read_as_it_was_written(nameless: Path, tmp_path: Path) -> None:
    found = match([nameless, *put(tmp_path, {"alone.txt": BREAD[0], "z.txt": "  "}).glob("*.txt")])
    manifest = tmp_path / "pairs.tsv"
    manifest.write_text(render_manifest(found, tmp_path), "utf-8")
    rows = read_manifest(manifest)
    pairs = [row for row in rows if row.source and row.target]
    assert [(row.source and row.source.resolve(), row.target and row.target.resolve()) for row in pairs] == [
        (pair.source.resolve(), pair.target.resolve()) for pair in found.pairs
    ]
    assert all((row.source_lang, row.target_lang) == ("ru", "en") and row.confidence for row in pairs)
    assert [row.source and row.source.name for row in rows if not row.target] == ["alone.txt"]
    assert "# z.txt: there is no text in it" in manifest.read_text("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"a.txt\tb.txt\n",
        b"\xef\xbb\xbfa.txt\tb.txt",
        b"source\ttarget\r\na.txt\tb.txt\r\n",
        b'# made by hand\n\n"a.txt"\tb.txt\t\n',
        b"Target\tnote\tSource\nb.txt\tx\ta.txt\n",
        "source\ttarget\na.txt\tb.txt\n".encode("utf-16"),
    ],
    ids=["bare", "bom", "crlf", "comments", "other-columns", "utf-16"],
)
def test_a_manifest_of_any_make_is_read(data: bytes, tmp_path: Path) -> None:
    manifest = tmp_path / "m.tsv"
    manifest.write_bytes(data)
    rows = read_manifest(manifest)
    assert [(row.source, row.target) for row in rows] == [(tmp_path / "a.txt", tmp_path / "b.txt")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a.txt\n", "m.tsv:1: no two files"),
        ("source\ttarget\na\tb\n\nx\n", "m.tsv:4: no two files"),
        ("# nothing\n", "no pair in it"),
        ("a\tb\txx\ten\n", "m.tsv:1: unknown language 'xx'"),
        ("a\tb\tru\ten\tsure\n", "m.tsv:1: confidence 'sure' is no number"),
    ],
)
def test_a_broken_manifest_is_one_line_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    manifest = tmp_path / "m.tsv"
    manifest.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=re.escape(message)):
        read_manifest(manifest)


def test_the_command_prints_a_manifest_or_writes_it_and_prints_why(
    nameless: Path, tmp_path: Path, align_command: object
) -> None:
    run: Ran = align_command("match", nameless)  # type: ignore[operator]
    assert run.status == 0
    assert run.stdout.splitlines()[1] == "source\ttarget\tsource_lang\ttarget_lang\tconfidence\treason"
    assert not run.stderr
    run = align_command("match", nameless, "-s", "en", "-o", tmp_path / "m.tsv", "--report")  # type: ignore[operator]
    assert len(read_manifest(tmp_path / "m.tsv")) == len(run.stdout.splitlines()) == 6
    assert "6 pairs en-ru" in run.stderr
    assert "content" in run.stdout


def test_the_command_says_what_is_alone_and_what_is_wrong(tmp_path: Path, align_command: object) -> None:
    put(tmp_path, {"a.txt": LAKES[0], "b.txt": LAKES[1], "c.txt": BREAD[0], "e.txt": ""})
    run: Ran = align_command("match", tmp_path, "--report")  # type: ignore[operator]
    assert f"alone: {tmp_path / 'c.txt'}: no translation found" in run.stderr
    assert "warning: " in run.stderr
    run = align_command("match", tmp_path / "nowhere")  # type: ignore[operator]
    assert (run.status, run.stdout, len(run.stderr.splitlines())) == (1, "", 1)
    run = align_command("match", tmp_path, "--min-confidence", "nan")  # type: ignore[operator]
    assert run.status == 2
