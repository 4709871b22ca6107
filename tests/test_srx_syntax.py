"""Expressions of Java and ICU mean the same to us."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from align.splitter.srx.escapes import DEEPEST, SyntaxProblemError
from align.splitter.srx.model import Dialect
from align.splitter.srx.syntax import translate


def matches(pattern: str, text: str, dialect: Dialect = "icu") -> bool:
    compiled = regex.compile(translate(pattern, dialect).pattern, regex.VERSION1 | regex.DOTALL)
    return compiled.fullmatch(text) is not None


@pytest.mark.parametrize(
    ("pattern", "fits", "fails"),
    [
        (r"a.c", "a\nc", "ac"),
        (r"a{2,3}+b", "aab", "ab"),
        (r"a*+b", "aab", "aa"),
        (r"(?>a|ab)c", "ac", "abc"),
        (r"a??b", "ab", "aab"),
        (r"\p{Lu}\p{javaLowerCase}", "Да", "да"),
        (r"\p{javaUpperCase}\P{Lu}", "Да", "ДА"),
        (r"\pL\PL", "я1", "яя"),
        (r"\p{IsCyrillic}", "я", "z"),
        (r"\p{InCyrillic}", "я", "z"),
        (r"\p{IsLu}\p{IsAlphabetic}", "Яя", "яя"),
        (r"\p{script=Greek}\p{blk=Cyrillic}\p{gc=Lu}", "αяЯ", "яяЯ"),
        (r"\p{javaWhitespace}\p{javaLetterOrDigit}", "\u20035", "\xa05"),
        (r"\p{IsPunctuation}", "»", "я"),
        (r"\p{InLatin-1Supplement}", "é", "я"),
        (r"\p{^Lu}", "я", "Я"),
        (r"\h\H", "\u202fя", "\n "),
        (r"\v\V", "\u2028я", "\tя"),
        (r"а\Rб", "а\r\nб", "а б"),
        (r"\Q.*\E+", ".**", ".."),
        (r"\Q[a", "[a", "a"),
        (r"\u0451\x41\x{1F600}\e\a\t\cA\012", "ёA😀\x1b\x07\t\x01\n", "е"),
        (r"\ud83d\ude00", "😀", "😁"),
        (r"\N{EM DASH}", "—", "-"),
        (r"[a-z&&[^aeiou]]", "b", "a"),
        (r"[^a-z&&[aeiou]]", "b", "a"),
        (r"[a-z&&[^m-p]&&[^b]]", "c", "n"),
        (r"[\p{L}&&[^\p{Lu}]]", "я", "Я"),
        (r"[a[0-9]]", "5", "b"),
        (r"[]a]", "]", "b"),
        (r"[^]a]", "b", "]"),
        (r"[a-]", "-", "b"),
        (r"[\]\-\\]", "\\", "a"),
        (r"[\Q]-\E]", "-", "a"),
        (r"[\d-x]", "-", "a"),
        (r"[\t-\x20]", "\n", "!"),
        (r"[ -~]", "a", "я"),
        (r"[.?!]", "?", "a"),
        (r"[а-яё&]", "&", "z"),
        (r"(?i)да", "ДА", "ДО"),
        (r"(?i:д)а", "Да", "ДА"),
        (r"д(?i)а|н", "Н", "Да"),
        (r"(?x) д а # как в слове", "да", "д а"),
        (r"(?x)[ а ]\ ", "а ", "а"),
        (r"(?-s)а.", "аб", "а\n"),
        (r"(?<w>а)\k<w>", "аа", "аб"),
        (r"(['\"])а\1", "'а'", "'а\""),
        (r"(?#сказано)а", "а", "б"),
        (r"(?<=б.{0,3})?а", "а", "б"),
        (r"a|", "", "b"),
        (r"\.\-\_\/\<\»", ".-_/<»", "a"),
        (r"а\Z", "а", "б"),
        (r"#~&", "#~&", "#"),
        (r"}", "}", "{"),
    ],
)
def test_what_java_and_icu_share(pattern: str, fits: str, fails: str) -> None:
    for dialect in ("icu", "java"):
        assert matches(pattern, fits, dialect)
        assert not matches(pattern, fails, dialect)


@pytest.mark.parametrize(
    ("pattern", "text", "icu", "java"),
    [
        (r"\s", "\xa0", True, False),
        (r"\w", "я", True, False),
        (r"\d", "٣", True, False),
        (r"\S", "\xa0", False, True),
        (r"[\s\d]", "\u2003", True, False),
        (r"\p{Alpha}", "я", True, False),
        (r"\p{Punct}", "»", True, False),
        (r"(?U)\w", "я", True, True),
        (r"(?:(?U)\w)\w", "яя", True, False),
        (r"[[:Lu:]]", "Я", True, False),
        (r"[[а-я]--[б-я]]", "б", False, True),
        (r"[[а-я]-[б-я]]", "б", False, True),
        (r"[[а-я]&[а-б]]", "в", False, True),
    ],
)
def test_where_icu_and_java_differ(pattern: str, text: str, icu: bool, java: bool) -> None:  # noqa: FBT001
    assert matches(pattern, text, "icu") is icu
    assert matches(pattern, text, "java") is java


@pytest.mark.parametrize(
    "pattern",
    [
        "(", ")", "[", "[]", "[^]", "*", "a{", "a{,3}", "a{3", "a{2,1}", "\\", r"\y", r"\p", r"\p{}", r"\p{Nope}",
        r"\p{x=y}", r"\G", r"\b{g}", r"[\b]", r"\k", r"\x{110000}", r"\uZZZZ", r"\x1", r"\08", r"\N{NO SUCH}", "(?",
        "(?<", "(?P<a>b)", "(?(1)a|b)", "(?R)", "[z-a]", "[a&&]", "[&&a]", "(?#", "(?y)a", "a{99999}",
        "(((a{1000}){1000}){1000})", "(?:" * (DEEPEST + 1), "[a" * (DEEPEST + 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("dialect", ["icu", "java"])
def test_what_cannot_be_translated_is_refused(pattern: str, dialect: Dialect) -> None:
    with pytest.raises(SyntaxProblemError):
        translate(pattern, dialect)


def test_groups_are_forgotten_unless_something_refers_to_them() -> None:
    assert translate("(a)(?<n>b)", "icu").pattern == "(?:a)(?:b)"
    assert translate(r"(a)\1", "icu").captures


@given(st.text(alphabet="ab01[]()|*+?{}^$.\\-&,:<=!iPpLuQEdwsbx ", max_size=14), st.sampled_from(["icu", "java"]))
def test_an_expression_is_translated_or_refused_and_nothing_else(pattern: str, dialect: Dialect) -> None:
    try:
        written = translate(pattern, dialect).pattern
    except SyntaxProblemError:
        return
    try:
        regex.compile(written, regex.VERSION1 | regex.DOTALL)
    except regex.error:  # said by the engine, with the line
        return


@given(st.text(max_size=20))
def test_a_quoted_text_means_itself(text: str) -> None:
    quoted = text.replace("\\E", "")
    assert matches(f"\\Q{quoted}\\E", quoted)
