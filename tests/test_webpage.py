"""Saved pages: all of the main text, nothing of the site around it, whatever the site is built with."""

from __future__ import annotations

import email.message
import email.policy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_pages import EN, PAGES, RU

from corpora import EmptyDocumentError, ReadError, read_document
from corpora.readers import html

if TYPE_CHECKING:
    from pathlib import Path

    from corpora.readers.content import Content


def lines(content: Content) -> list[str]:
    return [content.text[p.start : p.stop] for p in content.paragraphs]


def of(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", PAGES)
def test_the_main_text_is_read_and_nothing_else(name: str) -> None:
    page = PAGES[name]
    found = [of(line) for line in lines(html.read(page.html.encode(page.encoding), "a.html"))]
    optional = {of(line[1:]) for line in page.lines if line.startswith("?")}
    assert [line for line in found if line not in optional] == [of(x) for x in page.lines if not x.startswith("?")]


@pytest.mark.parametrize("name", PAGES)
def test_an_archive_of_a_page_is_the_page(name: str) -> None:
    page = PAGES[name]
    message = email.message.EmailMessage(policy=email.policy.default)
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "A page"
    message.set_content(
        page.html.replace(page.encoding, "utf-8"), subtype="html", charset="utf-8", cte="quoted-printable"
    )
    message.add_related(b"GIF89a", "image", "gif", cid="<x>")
    found = html.read(message.as_bytes(), "a.mhtml")
    assert lines(found) == lines(html.read(page.html.encode(page.encoding), "a.html"))
    assert found.metadata["format"] == "mhtml"


def test_headings_are_titles_and_the_reader_says_what_it_left_out() -> None:
    found = html.read(PAGES["news"].html.encode(), "a.html")
    titles = [found.text[p.start : p.stop] for p in found.paragraphs if p.kind == "title"]
    assert titles == ["Ministers agree on ferries", "What comes next"]
    assert found.metadata["title"] == "Ministers agree on ferries | Lake Times"
    assert "characters around" in found.metadata["left_out"]


PAGE = "<html><head><meta charset={0}></head><body><p>{1}</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "stored"),
    [
        ("windows-1251", "windows-1251"),
        ("koi8-r", "koi8-r"),
        ("utf-8", "utf-8"),
        ("windows-1251", "utf-8"),  # saved by a program that made UTF-8 of it
        ("utf-8", "windows-1251"),  # declared by a person who did not know
        ("no-such-thing", "windows-1251"),
        ("utf-16", "utf-8"),
        ("utf-8", "utf-16"),
    ],
)
def test_the_encoding_is_what_the_page_is_in(declared: str, stored: str) -> None:
    found = html.read(PAGE.format(declared, RU[0]).encode(stored), "a.html")
    assert lines(found) == [RU[0]]


def test_an_encoding_that_a_person_names_wins() -> None:
    data = PAGE.format("utf-8", "Ångström café, Malmö.").encode("iso-8859-1")
    assert lines(html.read(data, "a.html", "iso-8859-1")) == ["Ångström café, Malmö."]


def test_a_stray_byte_outside_the_main_text_does_no_harm_and_inside_it_does() -> None:
    page = "<html><body><div class=footer>{}</div><p>" + RU[0] + "</p><p>{}</p></body></html>"
    outside = page.replace("{}", "©", 1).replace("{}", "").encode().replace("©".encode(), b"\xa9")
    assert lines(html.read(outside, "a.html")) == [RU[0]]
    inside = (
        page.replace("{}", "", 1).replace("{}", RU[1]).encode().replace("Стороны".encode(), "Стороны".encode("cp1251"))
    )
    with pytest.raises(ReadError, match="--encoding"):
        html.read(inside, "a.html")


def test_line_breaks_part_paragraphs_but_for_those_inside_a_sentence() -> None:
    data = f"<p>{EN[0]}<br>{EN[1]}<br><br>The name of the<br>lake is Ilma.</p><h1>A title<br>in two lines</h1><p>x</p>"
    assert lines(html.read(data.encode(), "a.html")) == [
        EN[0], EN[1], "The name of the lake is Ilma.", "A title in two lines", "x",
    ]  # fmt: skip


def test_no_break_spaces_stay_and_other_white_space_is_what_a_browser_shows() -> None:
    data = "<p>  On\xa017\n\n  September   we <b> met</b>.</p><pre>one\ntwo</pre>"
    assert lines(html.read(data.encode(), "a.html")) == ["On\xa017 September we met.", "one two"]


def test_a_page_of_nothing_but_links_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><ul><li><a href=x>One</a><li><a href=y>Two</a></ul></body></html>")
    with pytest.raises(EmptyDocumentError):
        read_document(tmp_path / "a.html")


def test_a_page_without_prose_is_read_as_it_stands() -> None:
    assert lines(html.read(b"<html><body><p>Yes.</p><p>No.</p></body></html>", "a.html")) == ["Yes.", "No."]


@pytest.mark.parametrize(
    "piece",
    ["<div>{}", "<p>{}</p>", "<li class=x><h3><a href=1>A headline of some length</a></h3>{}</li>", "<b>{}", "<td>{}"],
)
def test_a_page_of_very_many_parts_is_read(piece: str) -> None:
    data = f"<html><body>{piece.format(EN[0]) * 5000}</body></html>".encode()
    try:
        found = html.read(data, "a.html")
    except ReadError as error:
        assert "nested deeper" in str(error)  # noqa: PT017 - only some of the pages
        return
    assert found.text.count(EN[0]) == 5000


TAGS = (
    "p",
    "div",
    "a",
    "b",
    "br",
    "ul",
    "li",
    "table",
    "td",
    "h1",
    "article",
    "nav",
    "script",
    "sup",
    "pre",
    "/p",
    "/div",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"), st.text(max_size=30), st.just(EN[0]))))
def test_any_soup_is_read_or_is_an_error_of_ours(pieces: list[str]) -> None:
    try:
        found = html.read("".join(pieces).encode("utf-8", "ignore"), "a.html")
    except ReadError:
        return
    for before, after in zip(found.paragraphs, found.paragraphs[1:], strict=False):
        assert found.text[before.stop : after.start].isspace()
