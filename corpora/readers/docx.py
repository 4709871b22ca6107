"""Word documents (.docx): Office Open XML, ISO/IEC 29500, with zipfile and lxml.

Read are the paragraphs of the main part in order, those of tables (cell by cell) and text boxes too,
then foot- and endnotes. Tracked changes are read as accepted. Headers, footers, comments, field codes,
hidden text and the numbers of lists, which Word makes up itself, are left out.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, Final

from corpora.readers.archive import Archive
from corpora.readers.blocks import Block, content
from corpora.readers.markup import attribute, children, descendants, local, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpora.document import Kind
    from corpora.readers.content import Content

WHAT: Final = "a Word document (.docx)"
_LEFT_OUT: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sdtPr", "rt", "pict"}
)
_CHARACTERS: Final[Mapping[str, str]] = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad", "ptab": "\t",
}  # fmt: skip
_HEADINGS: Final = ("heading", "title", "subtitle", "заголовок")
_LISTS_OF: Final = ("toc ", "toc heading", "table of figures", "index ")


def read(data: bytes, name: str, encoding: str | None = None) -> Content:  # noqa: ARG001 - XML says its encoding
    """Read the bytes of a Word document; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, password-protected or far too large when unfolded.
    """
    archive = Archive(data, name, WHAT)
    main = _main_part(archive, name)
    folder = posixpath.dirname(main)
    body = parse(archive.read(main), name, WHAT)
    styles = _styles(archive, f"{folder}/styles.xml", name)
    blocks = list(_paragraphs(body, styles))
    for part, of in (("footnotes", "footnote"), ("endnotes", "endnote")):
        if f"{folder}/{part}.xml" in archive.names:
            notes = parse(archive.read(f"{folder}/{part}.xml"), name, WHAT)
            blocks += _notes(notes, of)
    return content(blocks, {"format": "docx", "title": title(archive, name)})


def title(archive: Archive, name: str) -> str:
    """The title in the core properties of an Office document; empty where there is none."""
    if "docProps/core.xml" not in archive.names:
        return ""
    core = parse(archive.read("docProps/core.xml"), name, WHAT)
    return next((text_of(each).strip() for each in descendants(core, "title")), "")


def _main_part(archive: Archive, name: str) -> str:
    """The path of the part that holds the text, as the relations of the package say."""
    if "_rels/.rels" in archive.names:
        for relation in descendants(parse(archive.read("_rels/.rels"), name, WHAT), "Relationship"):
            target = attribute(relation, "Target").lstrip("/")
            if attribute(relation, "Type").endswith("/officeDocument") and target in archive.names:
                return target
    return "word/document.xml"


def _styles(archive: Archive, part: str, name: str) -> dict[str, tuple[Kind, str]]:
    """Style id to the kind of its paragraphs, where that is not plain body."""
    if part not in archive.names:
        return {}
    styles = {attribute(each, "styleId"): each for each in children(parse(archive.read(part), name, WHAT), "style")}
    kinds = {key: _style_kind(key, styles) for key in styles}
    return {key: kind for key, kind in kinds.items() if kind is not None}


def _style_kind(key: str, styles: Mapping[str, Any]) -> tuple[Kind, str] | None:
    """What a style makes of a paragraph, by its name, its outline level or the style it is based on."""
    seen = set()
    while key in styles and key not in seen:
        seen.add(key)
        style = styles[key]
        called = _value(style, "name").lower()
        if called.startswith(_LISTS_OF):
            return "furniture", "table of contents"
        if called.startswith(_HEADINGS) or _outline(style):
            return "title", f"style {_value(style, 'name')!r}"
        key = _value(style, "basedOn")
    return None


def _value(element: Any, name: str) -> str:
    """The ``w:val`` of a child; empty when it is not there."""
    return next((attribute(child, "val") for child in children(element, name)), "")


def _outline(element: Any) -> bool:
    """Whether a style or paragraph has the outline level of a heading (9 is body text)."""
    levels = [_value(properties, "outlineLvl") for properties in children(element, "pPr")]
    return any(level.isdigit() and int(level) < 9 for level in levels)  # noqa: PLR2004 - named above


def _paragraphs(root: Any, styles: Mapping[str, tuple[Kind, str]]) -> Iterator[Block]:
    """The paragraphs below an element; those of a text box come after the paragraph that it is tied to."""
    for paragraph in _outer(root):
        inner: list[Any] = []
        text = _text(paragraph, inner)
        kind, reason = _kind(paragraph, styles)
        yield Block(text, kind, reason)
        for box in inner:
            yield from _paragraphs(box, styles)


def _outer(root: Any) -> Iterator[Any]:
    """Paragraphs that are in no other paragraph and in nothing that is left out, in order."""
    stack = [iter(root)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif local(element) == "p":
            yield element
        elif local(element) not in _LEFT_OUT:
            stack.append(iter(element))


def _kind(paragraph: Any, styles: Mapping[str, tuple[Kind, str]]) -> tuple[Kind, str]:
    if _outline(paragraph):
        return "title", "outline level"
    for properties in children(paragraph, "pPr"):
        return styles.get(_value(properties, "pStyle"), ("body", ""))
    return "body", ""


def _text(element: Any, boxes: list[Any]) -> str:
    """The characters of a paragraph; text boxes in it are put into `boxes`."""
    pieces = []
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _CHARACTERS:
            pieces.append("" if attribute(child, "type") in {"page", "column"} else _CHARACTERS[name])
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "pict":  # an old text box, or a picture
            boxes.extend(descendants(child, "txbxContent"))
        elif name not in _LEFT_OUT and not (name == "r" and _is_hidden(child)):
            stack.append(iter(child))
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    """Whether a run is set not to be shown."""
    return any(
        attribute(each, "val") not in {"0", "false", "off"}
        for properties in children(run, "rPr")
        for each in children(properties, "vanish")
    )


def _notes(root: Any, of: str) -> Iterator[Block]:
    """Foot- or endnotes in order; the lines that Word draws above them are notes too, with a type."""
    for note in children(root, of):
        if attribute(note, "type") in {"", "normal"}:
            for block in _paragraphs(note, {}):
                yield Block(block.text, "footnote", f"{of} {attribute(note, 'id')}".strip())
