"""Markdown (CommonMark and tables), with markdown-it: what a reader of the page would see.

Headings are titles, list items and table cells are paragraphs; links and emphasis are their text.
Code blocks are kept as furniture, front matter (YAML) is left out but for its title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpora.readers.blocks import Block, content, squeeze
from corpora.readers.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from corpora.document import Kind
    from corpora.readers.content import Content

_FRONT: Final = re.compile(r"\A(?:---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:---|\+\+\+)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TITLE: Final = re.compile(r"^title[ \t]*[:=][ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_NOTE: Final = re.compile(r"\A\[\^[^\]\s]{1,40}\]:[ \t]*")
_NOTE_MARK: Final = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_ANCHOR: Final = re.compile(r"[ \t]*\{#[^{}\s]+\}[ \t]*\Z")


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of a Markdown text; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the bytes cannot be decoded.
        EmptyDocumentError: there is no text.
    """
    from markdown_it import MarkdownIt

    text, used = decode(data, name, encoding)
    front = _FRONT.match(text)
    title = _TITLE.search(front[1]) if front else None
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    metadata = {"format": "markdown", "encoding": used, "title": title[1] if title else ""}
    return content(_blocks(tokens, name), metadata)


def _blocks(tokens: Sequence[Token], name: str) -> Iterator[Block]:
    """The paragraphs of a parsed text."""
    within = ""
    for token in tokens:
        if token.type.endswith("_open"):
            within = token.type
        elif token.type == "inline":
            yield from _paragraph(token.children or (), within)
        elif token.type in {"fence", "code_block"}:
            yield Block(token.content.rstrip("\n"), "furniture", "block of code")
        elif token.type == "html_block":
            yield from _html(token.content, name)


def _paragraph(tokens: Sequence[Token], within: str) -> Iterator[Block]:
    """A heading, a paragraph, or one for each line that a hard break ends."""
    kind, reason = _kind(within)
    for line in "".join(_characters(tokens)).split("\0"):
        text = _NOTE_MARK.sub("", squeeze(line))
        if _NOTE.match(text):
            yield Block(_NOTE.sub("", text), "footnote", "Markdown footnote")
        else:
            yield Block(_ANCHOR.sub("", text) if kind == "title" else text, kind, reason)


def _kind(within: str) -> tuple[Kind, str]:
    return ("title", "Markdown heading") if within == "heading_open" else ("body", "")


def _characters(tokens: Sequence[Token]) -> Iterator[str]:
    """The characters that are shown; a hard break is a NUL."""
    for token in tokens:
        if token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield "\0"
        elif token.type in {"text", "code_inline"}:
            yield token.content
        elif token.type == "image":
            yield "".join(_characters(token.children or ()))


def _html(source: str, name: str) -> Iterator[Block]:
    """The text of a block of HTML; comments have none."""
    from corpora.errors import EmptyDocumentError
    from corpora.readers.html import fragment

    try:
        yield from fragment(source, name)
    except EmptyDocumentError:
        return
