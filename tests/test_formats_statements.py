"""The sample statements in every format: cut into the same sentences as from plain text, so aligned the same."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import document_samples as make
import pytest

from align import align_files, units
from align.splitter import split
from corpora import read_document
from corpora.readers import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Statement

_SPECIAL = re.compile(r"([\\`*_\[\]<>#+\-.!|&(){}])")


def _html(lines: Sequence[str]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def _rtf(lines: Sequence[str]) -> bytes:
    units = (f"\\u{int.from_bytes(pair, 'little', signed=True)}?" for line in lines for pair in _halves(f"{line}\0"))
    return make.rtf("".join(units).replace("\\u0?", r"\par "))


def _halves(text: str) -> list[bytes]:
    data = text.encode("utf-16-le")
    return [data[i : i + 2] for i in range(0, len(data), 2)]


WRITERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": lambda lines: make.docx("".join(map(make.docx_paragraph, lines))),
    "odt": lambda lines: make.odt("".join(f"<text:p>{escape(line)}</text:p>" for line in lines)),
    "rtf": _rtf,
    "html": _html,
    "md": lambda lines: "\n\n".join(_SPECIAL.sub(r"\\\1", line) for line in lines).encode(),
    "epub": lambda lines: make.epub(["".join(f"<p>{escape(line)}</p>" for line in lines)]),
    "fb2": lambda lines: make.fb2("<section>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</section>"),
}


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a statement, those that are wrapped as one line each."""
    text = path.read_text("utf-8")
    return [" ".join(text[p.start : p.stop].split("\n")) for p in plain.paragraphs(text)]


def sentences(path: Path, lang: str) -> list[tuple[str, str]]:
    """Kind and text of every sentence; where a line ended is a space."""
    cut = split(read_document(path, lang=lang))
    return [(cut.kind(i), sentence.text.replace("\n", " ")) for i, sentence in enumerate(cut.sentences)]


@pytest.mark.parametrize("form", WRITERS)
def test_the_sentences_are_those_of_the_plain_text(tmp_path: Path, statements: list[Statement], form: str) -> None:
    for statement in statements:
        for path, lang in ((statement.source, "ru"), (statement.target, "en")):
            copy = tmp_path / f"a.{form}"
            copy.write_bytes(WRITERS[form](paragraphs(path)))
            assert sentences(copy, lang) == sentences(path, lang)


@pytest.mark.parametrize("form", ["docx", "html"])
def test_the_memory_is_that_of_the_plain_text(tmp_path: Path, statement: Statement, form: str) -> None:
    pair = []
    for path in (statement.source, statement.target):
        pair.append(tmp_path / f"{path.stem}.{form}")
        pair[-1].write_bytes(WRITERS[form](paragraphs(path)))
    found = [unit.variants for unit in units(align_files(*pair))[0]]
    plain_pair = (tmp_path / "a.txt", tmp_path / "b.txt")
    for path, copy in zip((statement.source, statement.target), plain_pair, strict=True):
        copy.write_text("\n".join(paragraphs(path)), "utf-8")
    assert found == [unit.variants for unit in units(align_files(*plain_pair))[0]]
