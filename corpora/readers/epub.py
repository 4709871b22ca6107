"""EPUB books (2 and 3), with zipfile and lxml: the chapters in the order of the spine.

Tables of contents, covers and what the spine calls not linear are left out.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from corpora.errors import ReadError
from corpora.readers.archive import Archive
from corpora.readers.blocks import Block, content
from corpora.readers.flow import blocks
from corpora.readers.html import characters, tree
from corpora.readers.markup import EntityError, attribute, children, descendants, local, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.readers.content import Content

WHAT: Final = "an EPUB book"
_CONTAINER: Final = "META-INF/container.xml"
_RIGHTS: Final = "META-INF/encryption.xml"
_FONTS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of scrambling fonts, which readers of books undo; any other encryption protects the text."""

_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of a book; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is damaged, protected or far too large when unfolded.
    """
    archive = Archive(data, name, WHAT)
    _refuse_protected(archive, name)
    root = _package_path(archive, name)
    package = parse(archive.read(root), name, WHAT)
    found: list[Block] = []
    for part in _spine(package, posixpath.dirname(root), archive):
        found += _chapter(archive.read(part), name, encoding)
    title = next((text_of(each).strip() for each in descendants(package, "title")), "")
    return content(found, {"format": "epub", "title": title})


def _refuse_protected(archive: Archive, name: str) -> None:
    """A protected book can be opened and yet not read.

    Raises:
        ReadError: the text is encrypted.
    """
    if _RIGHTS not in archive.names:
        return
    for method in descendants(parse(archive.read(_RIGHTS), name, WHAT), "EncryptionMethod"):
        around = local(method.getparent())
        if around == "EncryptedData" and attribute(method, "Algorithm") not in _FONTS:
            raise ReadError(f"{name}: is a protected book (DRM); get it without protection")


def _package_path(archive: Archive, name: str) -> str:
    """The path of the package document, as the container says, or the only one there is."""
    if _CONTAINER in archive.names:
        for each in descendants(parse(archive.read(_CONTAINER), name, WHAT), "rootfile"):
            path = attribute(each, "full-path")
            if path in archive.names:
                return path
    found = sorted(each for each in archive.names if each.endswith(".opf"))
    if not found:
        raise archive.damaged()
    return found[0]


def _spine(package: Any, folder: str, archive: Archive) -> Iterator[str]:
    """The paths of the chapters in reading order."""
    items = {attribute(each, "id"): each for each in descendants(package, "item")}
    for reference in descendants(package, "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(reference, "linear") == "no":
            continue
        if "nav" in attribute(item, "properties").split() or attribute(item, "media-type") not in _PAGES:
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href")).partition("#")[0]))
        if path not in archive.names:
            raise archive.damaged()
        yield path


def _chapter(data: bytes, name: str, encoding: str | None) -> Iterator[Block]:
    """The paragraphs of a chapter: read as XML, which it should be, else as a browser would."""
    if not data.strip():
        return iter(())
    root = _well_formed(data, name)
    if root is None:
        text, _ = characters(data, name, encoding)
        root = tree(text, name)
    body = next(descendants(root, "body"), root)
    return blocks(body, _is_contents)


def _well_formed(data: bytes, name: str) -> Any:
    """The tree of a chapter that is proper XML without entities of HTML in it (``&nbsp;``); else None."""
    try:
        root = parse(data, name, WHAT)
    except EntityError:
        raise
    except ReadError:
        return None
    return None if any(not isinstance(each.tag, str) for each in root.iter()) else root


def _is_contents(element: Any) -> bool:
    """Whether an element is a table of contents or a list of pages."""
    return local(element) == "nav" or any(True for child in children(element, "navMap"))
