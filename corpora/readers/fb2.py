"""FictionBook 2 (.fb2, .fb2.zip, .fbz), with lxml: the bodies in order, notes last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpora.errors import ReadError
from corpora.readers.archive import Archive
from corpora.readers.blocks import Block, content, squeeze
from corpora.readers.markup import attribute, children, descendants, local, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.document import Kind
    from corpora.readers.content import Content

WHAT: Final = "a FictionBook"
_LINES: Final = frozenset({"p", "v", "subtitle", "text-author", "td", "th", "date"})
_NOTES: Final = frozenset({"notes", "footnotes", "comments"})


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of a FictionBook, packed or not; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, or there are several books in the archive.
    """
    if data.startswith(b"PK"):
        data = _unpacked(data, name)
    if encoding is not None:
        from corpora.readers.decoding import decode

        text, _ = decode(data, name, encoding)
        data = _without_declaration(text).encode("utf-8")
    root = parse(data, name, WHAT)
    description = next(children(root, "description"), None)
    title = "" if description is None else next(map(text_of, descendants(description, "book-title")), "")
    used = (root.getroottree().docinfo.encoding or "utf-8").lower()
    return content(_blocks(root), {"format": "fb2", "encoding": encoding or used, "title": squeeze(title)})


def _without_declaration(text: str) -> str:
    """Without the line that says the encoding, which is another one now."""
    return text.partition("?>")[2] if text.lstrip().startswith("<?xml") else text


def _unpacked(data: bytes, name: str) -> bytes:
    archive = Archive(data, name, f"{WHAT} in a ZIP archive")
    books = sorted(each for each in archive.names if each.lower().endswith(".fb2"))
    if len(books) != 1:
        raise ReadError(f"{name}: holds {len(books) or 'no'} books; unpack it and give one of them")
    return archive.read(books[0])


def _blocks(root: Any) -> Iterator[Block]:
    bodies = list(children(root, "body"))
    for body in sorted(bodies, key=lambda each: attribute(each, "name") in _NOTES):
        yield from _body(body, "footnote" if attribute(body, "name") in _NOTES else "body")


def _body(body: Any, kind: Kind) -> Iterator[Block]:
    """The lines of a body; the titles of notes are their numbers and are left out."""
    stack = [(iter(body), False)]
    while stack:
        lines, in_title = stack[-1]
        element = next(lines, None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name not in _LINES:
            if name != "title" or kind == "body":
                stack.append((iter(element), in_title or name == "title"))
            continue
        text = squeeze(_text(element))
        if in_title or name == "subtitle":
            yield Block(text, "title" if kind == "body" else kind, f"<{'title' if in_title else name}>")
        else:
            yield Block(text, kind, "note of the book" if kind == "footnote" else "")


def _text(element: Any) -> str:
    """The characters of a line but for the marks of its notes."""
    pieces = [element.text or ""]
    stack = [iter(element)]
    owners = [element]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            pieces.append((owners.pop().tail or "") if len(owners) > 1 else "")
            continue
        if local(child) == "a" and attribute(child, "type") == "note":
            pieces.append(child.tail or "")
            continue
        pieces.append(child.text or "")
        stack.append(iter(child))
        owners.append(child)
    return "".join(pieces)
