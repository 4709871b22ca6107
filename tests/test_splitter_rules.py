"""The examples in the rules' docstrings are true, and each rule decides in its own examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from align.splitter import explain, sentence_spans
from align.splitter.rules import RULES

if TYPE_CHECKING:
    from align.splitter.rules import Rule

EXAMPLE = re.compile(r"^\s*([a-z]{2}): `(.+)`$", re.MULTILINE)


def examples(rule: Rule) -> list[tuple[str, str]]:
    """Language and notation of every example in a rule's docstring."""
    return EXAMPLE.findall(rule.__doc__ or "")


def notation(text: str, lang: str) -> str:
    """Cut `text` and write it as ``one.| |two.``"""
    written, end = "", 0
    for start, stop in sentence_spans(text, lang):
        written += f"|{text[end:start]}|" if end else text[:start]
        written += text[start:stop]
        end = stop
    return written + text[end:]


CASES = [(rule.__name__, lang, example) for rule in RULES for lang, example in examples(rule)]


@pytest.mark.parametrize(("rule", "lang", "example"), CASES)
def test_an_example_is_cut_as_its_docstring_says(rule: str, lang: str, example: str) -> None:
    assert notation(example.replace("|", ""), lang) == example, rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_decides_in_one_of_its_examples(rule: Rule) -> None:
    deciders = {name for lang, example in examples(rule) for _, _, name in explain(example.replace("|", ""), lang)}
    assert rule.__name__ in deciders
