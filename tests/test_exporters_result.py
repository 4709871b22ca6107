"""The durable result: exact, and clear about anything broken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from exporter_samples import pairs, statement

from align.errors import FormatError
from align.exporters import read_result, render, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Lines = list[dict[str, Any]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "result.jsonl"
    write(statement(), file)
    return file


def test_a_result_is_read_back_equal(path: Path) -> None:
    again = read_result(path)
    assert again == statement()
    assert again.source.document.metadata == {"encoding": "utf-8"}
    assert type(again.beads[0].source) is tuple


def test_the_header_says_what_it_is_and_the_beads_show_their_texts(path: Path) -> None:
    header, *beads = [json.loads(line) for line in path.read_text().splitlines()]
    assert (header["format"], header["version"]) == ("align-result", 1)
    assert header["signature"] == "align test | model none"
    assert header["source"]["lang"] == "ru"
    assert beads[3] == {
        "source": [3, 4],
        "target": [3],
        "confidence": 0.875,
        "source_text": ["Она осталась.", "Потом ушла."],
        "target_text": ["She stayed, then left."],
    }


def test_russian_can_be_searched_for_in_a_result() -> None:
    assert "Она осталась." in render(statement(), "jsonl")


def test_a_lone_surrogate_survives(tmp_path: Path) -> None:
    odd = pairs(("а\ud800б", "\udfff"))
    write(odd, tmp_path / "odd.jsonl")
    assert read_result(tmp_path / "odd.jsonl") == odd


def test_a_split_surrogate_pair_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="surrogate pair as two characters"):
        write(pairs(("а\ud83d\ude00б", "b")), tmp_path / "odd.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_newline_at_the_end_or_a_byte_order_mark_does_no_harm(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\n\n")
    assert read_result(path) == statement()


def test_what_a_later_toolkit_adds_is_passed_over(path: Path) -> None:
    _change(path, lambda lines: [lines[0].update(model="x"), lines[1].update(cues=[1])])
    assert read_result(path) == statement()


def _change(path: Path, change: Callable[[Lines], object]) -> None:
    lines: Lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


BROKEN: dict[str, tuple[Callable[[Lines], object], str]] = {
    "another format": (lambda lines: lines[0].update(format="x"), ":1: no result of `align pair`"),
    "no format": (lambda lines: lines[0].pop("format"), ":1: no result of `align pair`"),
    "another version": (lambda lines: lines[0].update(version=2), ":1: version 2 of the result format"),
    "no version": (lambda lines: lines[0].pop("version"), ":1: version is missing or no int"),
    "no source": (lambda lines: lines[0].pop("source"), ":1: source is missing or no dict"),
    "a source that is a list": (lambda lines: lines[0].update(source=[]), ":1: source is missing or no dict"),
    "no text": (lambda lines: lines[0]["target"].pop("text"), ":1: target: text is missing or no str"),
    "a shorter text": (
        lambda lines: lines[0]["source"].update(text="а"),
        ":1: source: paragraph 0 lies outside",
    ),
    "an unknown kind": (
        lambda lines: lines[0]["source"]["paragraphs"][1].__setitem__(2, "poem"),
        ":1: source: paragraph 1 is not [start, stop, kind, reason]",
    ),
    "a true offset": (
        lambda lines: lines[0]["source"]["paragraphs"][1].__setitem__(0, True),
        ":1: source: paragraph 1 is not",
    ),
    "a sentence out of its paragraph": (
        lambda lines: lines[0]["source"]["sentences"][2].__setitem__(0, 0),
        ":1: source: sentence 2 lies outside its paragraph",
    ),
    "a sentence without paragraph": (
        lambda lines: lines[0]["source"]["sentences"][2].__setitem__(2, 99),
        ":1: source: sentence 2 is not [start, stop, paragraph]",
    ),
    "metadata that are no texts": (
        lambda lines: lines[0]["source"].update(metadata={"pages": 3}),
        ":1: source: metadata must be texts",
    ),
    "an index too high": (
        lambda lines: lines[3].update(source=[11]),
        ":4: source names a sentence that is not there",
    ),
    "an index below 0": (
        lambda lines: lines[3].update(source=[-1]),
        ":4: source names a sentence that is not there",
    ),
    "an index that is no number": (
        lambda lines: lines[3].update(target=["1"]),
        ":4: target is no ascending list",
    ),
    "an index that is a float": (
        lambda lines: lines[3].update(target=[1.0]),
        ":4: target is no ascending list",
    ),
    "descending indices": (lambda lines: lines[4].update(source=[4, 3]), ":5: source is no ascending list"),
    "an index twice": (lambda lines: lines[4].update(source=[3, 3]), ":5: source is no ascending list"),
    "no indices": (lambda lines: lines[4].pop("target"), ":5: target is missing or no list"),
    "no confidence": (lambda lines: lines[2].pop("confidence"), ":3: confidence is not a number"),
    "a confidence above 1": (
        lambda lines: lines[2].update(confidence=1.5),
        ":3: confidence 1.5 is not between",
    ),
    "a confidence that is NaN": (
        lambda lines: lines[2].update(confidence=float("nan")),
        ":3: confidence nan",
    ),
    "a confidence that is true": (
        lambda lines: lines[2].update(confidence=True),
        ":3: confidence is not a number",
    ),
    "a bead less": (lambda lines: lines.pop(), ":12: cut short: 11 of 12 beads are there"),
    "a bead more": (lambda lines: lines.append(lines[1]), ":14: too long: 13 of 12 beads are there"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_result_names_its_line(name: str, path: Path) -> None:
    change, message = BROKEN[name]
    _change(path, change)
    with pytest.raises(FormatError) as caught:
        read_result(path)
    assert str(caught.value).startswith(f"{path}{message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ": empty, so no result"),
        (b"\n\n", ": empty, so no result"),
        (b"Just a text.\n", ":1: not JSON"),
        (b"<?xml version='1.0'?>\n", ":1: not JSON, so no result of `align pair`; other memories"),
        (b"[1, 2]\n", ":1: not a JSON object"),
        (b"[" * 100_000, ":1: not JSON"),
        (b'{"format": "align-result", "version": 1' + b"1" * 5000 + b"}", ":1: not JSON"),
        (b'{"format": "align-result"}\n\xff\xfe\n', ":2: not UTF-8"),
    ],
)
def test_what_is_no_result_is_said_in_one_line(data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(data)
    with pytest.raises(FormatError) as caught:
        read_result(file)
    assert str(caught.value).startswith(f"{file}{message}")


def test_a_file_cut_anywhere_is_refused(path: Path) -> None:
    data = path.read_bytes()
    for length in range(0, len(data) - 1, 97):
        path.write_bytes(data[:length])
        with pytest.raises(FormatError, match=r"result\.jsonl"):
            read_result(path)


@pytest.mark.parametrize(
    ("name", "message"), [("absent", "no such file"), (".", "is a directory"), ("\0", "null byte")]
)
def test_a_file_that_cannot_be_read_is_said_in_one_line(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=f"cannot read: .*{message}"):
        read_result(f"{tmp_path}/{name}")
