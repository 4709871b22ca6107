"""PDF with text, with pypdf (extra ``pdf``): lines of the pages, joined to paragraphs again.

A PDF holds letters at places and no paragraphs. `corpora.readers.pdflines` puts letters into lines,
`corpora.readers.pdfpages` finds what belongs to the page, `corpora.readers.pdftext` joins the rest.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import MissingExtraError, ReadError
from corpora.readers.blocks import content, squeeze
from corpora.readers.pdflines import Line, lines_of
from corpora.readers.pdfpages import split_off
from corpora.readers.pdftext import paragraphs

if TYPE_CHECKING:
    from corpora.readers.content import Content

INSTALL_LINE: Final = 'pip install "translation-align[pdf]"'
_MOST_PAGES: Final = 5000
_MOST_CHARACTERS: Final = 50_000_000
_FEW: Final = 12
"""Letters a page, on average, below which a document is pictures of pages."""

_STRANGE: Final = 0.15
"""Share of characters without a meaning above which the fonts cannot be read."""


def read(data: bytes, name: str, encoding: str | None = None) -> Content:  # noqa: ARG001 - a PDF has no encoding
    """Read the bytes of a PDF; a `corpora.readers.content.Reader`.

    Raises:
        MissingExtraError: pypdf is not installed.
        ReadError: the file is damaged or password-protected, or there are only pictures in it.
    """
    try:
        import pypdf
    except ImportError:
        raise MissingExtraError(f"{name}: reading PDF needs pypdf: {INSTALL_LINE}") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every odd object
    try:
        pages, title = _pages(pypdf, data, name)
    except (ReadError, MissingExtraError):
        raise
    except Exception:  # noqa: BLE001 - pypdf raises whatever a damaged file makes it stumble over
        raise ReadError(f"{name}: is a PDF document, but damaged or cut off; get it again or save it anew") from None
    _refuse_pictures(pages, name)
    body, notes, left_out = split_off(pages)
    metadata = {"format": "pdf", "title": title, "pages": str(len(pages)), "left_out": left_out}
    return content(paragraphs(body, notes), metadata)


def _pages(pypdf: Any, data: bytes, name: str) -> tuple[list[list[Line]], str]:
    """The lines of each page, and the title that the document gives itself."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        _unlock(pypdf, reader, name)
    if len(reader.pages) > _MOST_PAGES:
        raise ReadError(f"{name}: has more than {_MOST_PAGES} pages; cut it into smaller documents first")
    pages = []
    size = 0
    for page in reader.pages:
        pages.append(lines_of(page))
        size += sum(len(line.text) for line in pages[-1])
        if size > _MOST_CHARACTERS:
            raise ReadError(f"{name}: unfolds to far more text than a document holds; get a clean copy of it")
    return pages, _title(reader)


def _title(reader: Any) -> str:
    title = reader.metadata.title if reader.metadata else None
    return squeeze(str(title)) if title else ""


def _unlock(pypdf: Any, reader: Any, name: str) -> None:
    """Open a document that anybody may read, though not print or change; it has an empty password.

    Raises:
        ReadError: it has a real one.
        MissingExtraError: opening it needs a library that is not there.
    """
    try:
        opened = reader.decrypt("")
    except pypdf.errors.DependencyError:
        raise MissingExtraError(f"{name}: reading an encrypted PDF needs cryptography: {INSTALL_LINE}") from None
    if not opened:
        raise ReadError(f"{name}: is password-protected; open it, remove the password and save it")


def _refuse_pictures(pages: list[list[Line]], name: str) -> None:
    """Say so when there is no text in a document, or none that means anything.

    Raises:
        ReadError: there is none.
    """
    text = "".join(line.text for page in pages for line in page)
    letters = sum(map(str.isalpha, text))
    if letters < min(_FEW * len(pages), 500) or not letters:  # some pages of a short text may be empty
        raise ReadError(f"{name}: holds pictures of pages and next to no text; recognise the text in it (OCR) first")
    strange = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < "\t" for c in text)
    if strange > _STRANGE * len(text):
        raise ReadError(f"{name}: its fonts do not say which letters they draw; recognise the text in it (OCR) first")
