"""Hard places, one file a language in ``splitter_cases``, in the notation of the rules: ``one.| |two.``"""

from __future__ import annotations

from pathlib import Path

import pytest

from align.splitter import sentence_spans

CASES = [
    (path.stem, line)
    for path in sorted((Path(__file__).parent / "splitter_cases").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def notation(text: str, lang: str) -> str:
    """Cut `text` and write it as ``one.| |two.``"""
    written, end = "", 0
    for start, stop in sentence_spans(text, lang):
        written += f"|{text[end:start]}|" if end else text[:start]
        written += text[start:stop]
        end = stop
    return written + text[end:]


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_a_hard_place_is_cut_as_written(lang: str, case: str) -> None:
    assert notation(case.replace("|", ""), lang) == case


@pytest.mark.parametrize(("lang", "case"), [pair for pair in CASES if pair[0] in {"ru", "en"}])
def test_a_no_break_space_cuts_like_a_space(lang: str, case: str) -> None:
    spaced = case.replace(" ", "\N{NO-BREAK SPACE}")
    assert notation(spaced.replace("|", ""), lang) == spaced
