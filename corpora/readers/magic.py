"""Formats told by their bytes, so that a wrong suffix or none at all does no harm."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Found(NamedTuple):
    """What the bytes of a file tell.

    Attributes:
        form: the name of a format in `corpora.readers.registry`; None for one that is not read.
        what: what such a file is, for people.
        advice: what to do about it when it is not read.
    """

    form: str | None
    what: str
    advice: str = ""


_AS_TEXT: Final = "it is not read; save it as plain text (.txt) first"
_UNPACK: Final = "unpack it and give a document in it"
_OCR: Final = "it is a picture, not a text; recognise the text in it (OCR) first"

_OTHERS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"\x1f\x8b\x08", "a gzip archive", _UNPACK),
    (b"BZh91AY&SY", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _OCR),
    (b"\xff\xd8\xff", "a JPEG picture", _OCR),
    (b"GIF87a", "a GIF picture", _OCR),
    (b"GIF89a", "a GIF picture", _OCR),
    (b"II*\x00", "a TIFF picture", _OCR),
    (b"MM\x00*", "a TIFF picture", _OCR),
    (b"AT&TFORM", "a DjVu document", "it is not read; save it as PDF or plain text (.txt) first"),
    (b"\x7fELF", "a program", "give a document"),
    (b"SQLite format 3\x00", "an SQLite database", _AS_TEXT),
    (b"%!PS-Adobe", "a PostScript document", "it is not read; save it as PDF or plain text (.txt) first"),
)

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final[tuple[tuple[str, str, str], ...]] = (
    ("EncryptedPackage", "a password-protected Office document", "open it, remove the password and save it"),
    ("WordDocument", "an old Word document (.doc)", "it is not read; save it as .docx or .odt"),
    ("Workbook", "an old Excel workbook (.xls)", "it is not read; save it as .xlsx or .csv"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", _AS_TEXT),
)

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ZIPPED: Final[tuple[tuple[bytes, Found], ...]] = (
    (b"mimetypeapplication/epub+zip", Found("epub", "an EPUB book")),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", Found("odt", "an OpenDocument text")),
    (b"mimetypeapplication/vnd.oasis.opendocument", Found(None, "an OpenDocument file", _AS_TEXT)),
    (b"META-INF/container.xml", Found("epub", "an EPUB book")),
    (b"word/", Found("docx", "a Word document")),
    (b"xl/", Found("xlsx", "an Excel workbook")),
    (b"ppt/", Found(None, "a PowerPoint presentation (.pptx)", _AS_TEXT)),
    (b".fb2", Found("fb2", "a FictionBook")),
    (b"EncryptedPackage", Found(None, "a password-protected document", "open it, remove the password and save it")),
)

_HEAD: Final = 4096
"""How many bytes are looked at; the names of the first parts of a ZIP archive are among them."""

_ROOTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("tmx", "tmx", "a translation memory (TMX)"),
    ("xliff", "xliff", "an XLIFF file"),
    ("FictionBook", "fb2", "a FictionBook"),
    ("html", "html", "a web page"),
    ("document", "odt", "an OpenDocument text"),
)
_ROOT: Final = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?[^>]*\?>\s*)*(?:<!DOCTYPE\s+([\w:.-]+)|<([\w:.-]+)([^>]*))",
    re.DOTALL,
)
_CUE: Final = re.compile(
    r"\A\s*\d{1,6}[ \t]*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->[ \t]*\d{1,3}:\d\d:\d\d[,.]\d{1,3}"
)
_WEB_CUE: Final = re.compile(r"\AWEBVTT(?:[ \t\r\n]|\Z)")
_MIME: Final = re.compile(rb"\A\s*(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.ASCII)


def sniff(data: bytes) -> Found | None:
    """Say what format `data` is in, or None when its bytes tell of none."""
    head = data[:_HEAD]
    if head.startswith(_ZIP):
        return _zipped(data)
    if head.startswith(_OLE):
        return _ole(data)
    other = next((Found(None, what, advice) for mark, what, advice in _OTHERS if head.startswith(mark)), None)
    return other or _printed(head) or _marked(_characters(head))


def _printed(head: bytes) -> Found | None:
    """A format that is told by its first characters, in ASCII."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return Found("pdf", "a PDF document")
    if start.startswith(b"{\\rtf"):
        return Found("rtf", "an RTF document")
    headers = _MIME.match(head)
    return Found("html", "a web page") if headers and b"multipart/related" in headers[0].lower() else None


def _characters(head: bytes) -> str:
    """The first characters, read so that markup shows whatever the encoding."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, errors="replace")
    if head[1:2] == b"\x00":
        return head.decode("utf-16-le", errors="replace")
    if head[:1] == b"\x00":
        return head.decode("utf-16-be", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _marked(text: str) -> Found | None:
    """A format of text, by its first element or line."""
    if _WEB_CUE.match(text) or _CUE.match(text):
        return Found("subtitles", "subtitles")
    root = _ROOT.match(text)
    if root is None:
        return None
    name = (root[1] or root[2]).rpartition(":")[2]
    for each, form, what in _ROOTS:
        if name == each or (each == "html" and name.lower() in {"html", "head", "body"}):
            if each == "document" and "opendocument" not in text:
                continue
            return Found(form, what)
    return None


def _zipped(data: bytes) -> Found:
    """What a ZIP archive holds: by its first part, by the names of all, or, if cut off, by what is left."""
    head = data[:_HEAD]
    names = b"\n".join(_names(data))
    for place in (head[:200], names or head + data[-_HEAD:]):
        for mark, found in _ZIPPED:
            if mark in place and (place is not names or mark != b"META-INF/container.xml" or b".opf" in names):
                return found
    if b"META-INF/manifest.xml" in names and b"content.xml" in names:  # it should begin with its type, but does not
        return Found("odt", "an OpenDocument text")
    return Found(None, "a ZIP archive", _UNPACK)


def _names(data: bytes) -> list[bytes]:
    """The names of the parts of an archive; none when it is cut off."""
    from corpora.errors import ReadError
    from corpora.readers.archive import Archive

    try:
        return [name.encode("utf-8", "replace") for name in sorted(Archive(data, "").names)]
    except ReadError:
        return []


def _ole(data: bytes) -> Found:
    """What an old Office document is, by the names of the streams in it."""
    for stream, what, advice in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return Found(None, what, advice)
    return Found(None, "an old Microsoft Office document (.doc, .xls, .ppt)", _AS_TEXT)
