"""PDF with text, with pypdfium2 (extra ``pdf``): lines of the pages, joined to paragraphs again.

A PDF holds letters at places and no paragraphs. `corpora.readers.pdflines` puts letters into lines,
`corpora.readers.pdfpages` finds what belongs to the page, `corpora.readers.pdftext` joins the rest.
"""

from __future__ import annotations

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
_MOST_CHARACTERS: Final = 30_000_000
_PASSWORD: Final = 4
"""What pdfium calls the error of a document with a password (``FPDF_ERR_PASSWORD``)."""

_TAIL: Final = 4096
"""Bytes at the end of a file among which a whole PDF says that it is at its end."""

_FEW: Final = 12
"""Letters a page, on average, below which a document is pictures of pages."""

_STRANGE: Final = 0.15
"""Share of characters without a meaning above which the fonts cannot be read."""


def read(data: bytes, name: str, encoding: str | None = None) -> Content:  # noqa: ARG001 - a PDF has no encoding
    """Read the bytes of a PDF; a `corpora.readers.content.Reader`.

    Raises:
        MissingExtraError: pypdfium2 is not installed.
        ReadError: the file is damaged or password-protected, or there are only pictures in it.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError(f"{name}: reading PDF needs pypdfium2: {INSTALL_LINE}") from None
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        raise _damaged(name)
    try:
        pages, title = _pages(pypdfium2, data, name)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise ReadError(f"{name}: is password-protected; open it, remove the password and save it") from None
        raise _damaged(name) from None
    _refuse_pictures(pages, name)
    body, notes, left_out = split_off(pages)
    metadata = {"format": "pdf", "title": title, "pages": str(len(pages)), "left_out": left_out}
    return content(paragraphs(body, notes), metadata)


def _damaged(name: str) -> ReadError:
    return ReadError(f"{name}: is a PDF document, but damaged or cut off; get it again or save it anew")


def _pages(pypdfium2: Any, data: bytes, name: str) -> tuple[list[list[Line]], str]:
    """The lines of each page, and the title that the document gives itself."""
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > _MOST_PAGES:
            raise ReadError(f"{name}: has more than {_MOST_PAGES} pages; cut it into smaller documents first")
        pages: list[list[Line]] = []
        size = 0
        for page in document:
            text = page.get_textpage()
            size += text.count_chars()
            if size > _MOST_CHARACTERS:
                raise ReadError(f"{name}: unfolds to far more text than a document holds; get a clean copy of it")
            pages.append(lines_of(pypdfium2.raw, text.raw))
            text.close()
            page.close()
        return pages, squeeze(document.get_metadata_value("Title"))
    finally:
        document.close()


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
