"""OpenDocument texts (.odt, .ott, .fodt): ISO/IEC 26300, with zipfile and lxml.

Read are headings, paragraphs, list items and table cells in order, then the notes. Tracked deletions,
comments, hidden text and tables of contents are left out or marked as furniture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import ReadError
from corpora.readers.archive import Archive
from corpora.readers.blocks import Block, content
from corpora.readers.markup import attribute, descendants, local, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.readers.content import Content

WHAT: Final = "an OpenDocument text (.odt)"
_LEFT_OUT: Final = frozenset(
    {"tracked-changes", "annotation", "note-citation", "hidden-text", "hidden-paragraph", "sequence-decls",
     "variable-decls", "user-field-decls", "forms", "ruby-text", "object", "object-ole", "desc", "script"}
)  # fmt: skip
_INDEXES: Final = frozenset(
    {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index", "object-index"}
)
_MOST_SPACES: Final = 1000


def read(data: bytes, name: str, encoding: str | None = None) -> Content:  # noqa: ARG001 - XML says its encoding
    """Read the bytes of an OpenDocument text, packed or flat; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, password-protected or far too large when unfolded.
    """
    if not data.startswith(b"PK"):
        root = parse(data, name, WHAT)
        return content(_blocks(root), {"format": "odt", "title": _title(root)})
    archive = Archive(data, name, WHAT)
    refuse_encrypted(archive, name)
    meta = archive.read("meta.xml") if "meta.xml" in archive.names else b""
    blocks = _blocks(parse(archive.read("content.xml"), name, WHAT))
    return content(blocks, {"format": "odt", "title": _title(parse(meta, name, WHAT)) if meta else ""})


def refuse_encrypted(archive: Archive, name: str) -> None:
    """Say so when the parts of an OpenDocument file are encrypted.

    Raises:
        ReadError: they are.
    """
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.names else b""
    if b"encryption-data" in manifest or "encrypted-package" in archive.names:
        raise ReadError(f"{name}: is password-protected; open it, remove the password and save it")


def _title(root: Any) -> str:
    meta = next(descendants(root, "meta"), None)
    return "" if meta is None else next((text_of(each).strip() for each in descendants(meta, "title")), "")


def _blocks(root: Any) -> Iterator[Block]:
    """All paragraphs of the body, then the notes."""
    body = next(descendants(root, "body"), None)
    notes: list[Any] = []
    if body is not None:
        yield from _paragraphs(body, notes)
    for note in notes:
        more: list[Any] = []
        for block in _paragraphs(note, more):
            yield Block(block.text, "footnote", attribute(note, "note-class") or "footnote")


def _paragraphs(root: Any, notes: list[Any]) -> Iterator[Block]:
    """The paragraphs below an element; those of a frame come after the paragraph that it is tied to."""
    for element, in_index in _outer(root, notes):
        inner: list[Any] = []
        text = _text(element, notes, inner)
        if in_index:
            yield Block(text, "furniture", "table of contents")
        elif local(element) == "h":
            yield Block(text, "title", f"heading of level {attribute(element, 'outline-level') or 1}")
        else:
            yield Block(text)
        for frame in inner:
            yield from _paragraphs(frame, notes)


def _outer(root: Any, notes: list[Any]) -> Iterator[tuple[Any, bool]]:
    """Headings and paragraphs that are in no other, in order, and whether each is in an index."""
    stack = [(iter(root), False)]
    while stack:
        children, in_index = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name in {"p", "h"}:
            yield element, in_index
        elif name == "note":
            notes.append(element)
        elif name not in _LEFT_OUT and name:
            stack.append((iter(element), in_index or name in _INDEXES))


def _text(paragraph: Any, notes: list[Any], frames: list[Any]) -> str:
    """The characters of a paragraph; its notes and frames are put into `notes` and `frames`.

    White space is collapsed as the standard says (section 6.1.2): a space that counts is a ``text:s``.
    """
    pieces = [paragraph.text or ""]
    stack = [(iter(paragraph), paragraph)]
    while stack:
        children, owner = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            pieces.append((owner.tail or "") if stack else "")
            continue
        name = local(child)
        if name == "note":
            notes.append(child)
        elif name in _FRAMES:
            frames.append(child)
        elif name in _SPECIAL:
            pieces.append(_SPECIAL[name] * _count(child))
        elif name and name not in _LEFT_OUT:
            pieces.append(child.text or "")
            stack.append((iter(child), child))
            continue
        pieces.append(child.tail or "")
    return _collapsed("".join(pieces))


def _collapsed(text: str) -> str:
    """Runs of white space as one space, then the white space that counts as what it is."""
    text = _SPACES.sub(" ", text)
    return text.replace(_SPACE, " ").replace(_TAB, "\t").replace(_BREAK, "\n")


_SPACES: Final = re.compile(r"[ \t\r\n]+")
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"  # what no XML can hold stands for the white space that counts
_FRAMES: Final = frozenset({"frame", "custom-shape", "rect", "text-box"})
_SPECIAL: Final = {"s": _SPACE, "tab": _TAB, "line-break": _BREAK}


def _count(element: Any) -> int:
    """How many spaces a ``text:s`` stands for."""
    count = attribute(element, "c") if local(element) == "s" else ""
    return min(int(count), _MOST_SPACES) if count.isdigit() else 1
