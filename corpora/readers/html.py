"""Web pages as a browser saves them (.html, .htm, .xhtml, .mht, .mhtml), with lxml.

The main text is read, not the page around it: see `corpora.readers.webpage`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import EmptyDocumentError, ReadError
from corpora.readers import decoding
from corpora.readers.blocks import content, squeeze
from corpora.readers.flow import blocks
from corpora.readers.webaddress import page_address, page_alternates
from corpora.readers.webpage import main_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.readers.content import Content

WHAT: Final = "a web page"
_HEAD: Final = 4096
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ASCII_LIKE: Final = frozenset({"ascii", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"})
"""A page whose ``meta`` could be read byte by byte is in none of these, whatever it says."""

_LATIN: Final = frozenset({"iso8859-1", "latin-1", "latin_1"})
"""What browsers take for windows-1252, as the HTML standard says."""


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of a saved page; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the bytes cannot be decoded, or there is no page in an archive of one.
        EmptyDocumentError: the page has no text.
    """
    form = "html"
    if is_archive(data):
        form = "mhtml"
        data, told = _page_of(data, name)
        encoding = encoding or told
    try:
        text, used = characters(data, name, encoding)
    except EmptyDocumentError:
        raise
    except ReadError:
        return _but_for_stray_bytes(data, name, form, encoding)
    return _main(text, name, form, used)


def _main(text: str, name: str, form: str, used: str) -> Content:
    root = tree(text, name)
    title = page_title(root)
    where = {"address": page_address(root, text), "alternates": page_alternates(root)}  # before the tree is pruned
    main = main_text(root, title)
    return content(main.blocks, {"format": form, "encoding": used, "title": title, "left_out": main.left_out, **where})


def _but_for_stray_bytes(data: bytes, name: str, form: str, encoding: str | None) -> Content:
    """Read a page that is put together from pieces in several encodings, if its main text is in one.

    Raises:
        ReadError: it is not.
    """
    used = encoding if encoding and decoding.is_known(encoding) else _declared(data) or "utf-8"
    found = _main(data.decode(used, errors="replace"), name, form, used)
    if "\ufffd" in found.text or not found.text:
        decoding.decode(data, name, encoding)  # says what is wrong
        raise ReadError(f"{name}: not {used} everywhere; give the right encoding with --encoding")
    return found


def characters(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Decode a page: what a person says, else a byte order mark, valid UTF-8, what the page says, a guess.

    A page says its encoding for the server that it came from; a program that saved it may have made
    UTF-8 of it. Text that is valid UTF-8 beyond ASCII is in no other encoding.

    Raises:
        ReadError: the bytes are in none of them.
        EmptyDocumentError: there are no characters.
    """
    declared = _declared(data)
    if encoding is None and declared and not data.startswith(decoding.BYTE_ORDER_MARKS) and not _is_utf8(data):
        try:
            return decoding.decode(data, name, declared)
        except EmptyDocumentError:
            raise
        except ReadError:  # it is not what it says
            pass
    return decoding.decode(data, name, encoding)


def _declared(data: bytes) -> str:
    """The encoding that a page says it is in; empty for none, or none that there is."""
    import codecs

    found = _XML_ENCODING.search(data[:_HEAD]) or _CHARSET.search(data[: 4 * _HEAD])
    if found is None:
        return ""
    try:
        known = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    if known in _LATIN:
        return "windows-1252"
    return "" if known in _ASCII_LIKE else known


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def tree(text: str, name: str) -> Any:
    """Parse HTML as forgivingly as browsers do; comments are gone.

    Raises:
        ReadError: it is nested absurdly deep, so that the parser gave up.
        EmptyDocumentError: there is no element in it.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, default_doctype=False
    )
    source = _XML_DECLARATION.sub("", text).encode("utf-8")
    try:
        root = etree.fromstring(source, parser) if source.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any("Excessive depth" in each.message for each in parser.error_log):
        raise ReadError(f"{name}: is a web page, but nested deeper than any browser shows; get a clean copy of it")
    if root is None:
        raise EmptyDocumentError(f"{name}: there is no text in it; give a document with text")
    return root


def page_title(root: Any) -> str:
    """What stands in the title bar of the browser."""
    found = root.find(".//title")
    return "" if found is None else squeeze("".join(found.itertext()))


def fragment(text: str, name: str) -> Iterator[Any]:
    """The paragraphs of a piece of HTML that is all text, as `corpora.readers.blocks.Block`.

    Raises:
        EmptyDocumentError: there is no element in it.
    """
    yield from blocks(tree(text, name))


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a page with its pictures in one file (MHTML, RFC 2557)."""
    head = data[:_HEAD].lower()
    return b"multipart/related" in head and bool(re.match(rb"\s*[a-z][a-z-]+:\s", head))


def _page_of(data: bytes, name: str) -> tuple[bytes, str | None]:
    """The page in an MHTML archive, and the encoding that its part says."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                charset = part.get_content_charset()
                return page, charset if charset and not _is_utf8(page) and decoding.is_known(charset) else None
    raise ReadError(f"{name}: is a saved page (MHTML), but there is no page in it; save it anew")
