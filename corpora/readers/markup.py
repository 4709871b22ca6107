"""XML, parsed with care: nothing is fetched, no entity is expanded, and a bomb is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpora.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator


class EntityError(ReadError):
    """An XML document declares entities of its own."""


def parse(data: bytes, name: str, what: str = "an XML document", *, recover: bool = False) -> Any:
    """Parse XML.

    Args:
        data: the bytes; they say their encoding themselves.
        name: what to call the file in errors.
        what: what the file is, in errors.
        recover: take what can be read of markup that is not well-formed.

    Returns:
        The root, an lxml element; comments and processing instructions are gone.

    Raises:
        ReadError: it is not well-formed.
        EntityError: it declares entities of its own, as bombs do.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!ENTITY" in data[:_HEAD]:
            raise _entities(name) from None
        where = f" in line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise ReadError(f"{name}: is {what}, but damaged{where}; get it again or save it anew") from None
    if root is None:
        raise ReadError(f"{name}: is {what}, but damaged; get it again or save it anew")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise _entities(name)
    return root


_HEAD: Final = 1 << 16


def _entities(name: str) -> EntityError:
    return EntityError(f"{name}: declares XML entities of its own, which may be a trap; save it without a DOCTYPE")


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element (an entity)."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag.startswith("{") else tag


def children(element: Any, name: str) -> Iterator[Any]:
    """The children with a local name."""
    return (child for child in element if local(child) == name)


def descendants(element: Any, name: str) -> Iterator[Any]:
    """The elements below, in order, with a local name."""
    return (each for each in element.iter() if local(each) == name)


def attribute(element: Any, name: str) -> str:
    """The value of an attribute by its local name; empty when it is not there."""
    if name in element.attrib:
        return str(element.attrib[name])
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def text_of(element: Any) -> str:
    """All characters inside an element."""
    return "".join(str(piece) for piece in element.itertext())
