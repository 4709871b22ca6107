"""Small writers of documents in the formats that are read: what the tests need of each, and no more."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "meta")
)


def packed(parts: Mapping[str, str | bytes], *, stored: Sequence[str] = ()) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this XML for a body; other parts of ``word/`` by name."""
    styles = (
        f"<w:styles {W}>"
        '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Own"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
        "</w:styles>"
    )
    files = {"[Content_Types].xml": "<Types/>", "word/styles.xml": styles}
    files["word/document.xml"] = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    files |= {f"word/{name}.xml": text for name, text in parts.items()}
    return packed(files)


def docx_paragraph(text: str, style: str = "") -> str:
    """One ``w:p``."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def odt(body: str) -> bytes:
    """An OpenDocument text with this XML for a body."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        },
        stored=["mimetype"],
    )


def epub(chapters: Sequence[str], *, title: str = "", **extra: str | bytes) -> bytes:
    """A book with these XHTML bodies as chapters, and a page of contents that the spine lists too."""
    items = "".join(
        f'<item id="c{i}" href="text/c%20{i}.xhtml" media-type="application/xhtml+xml"/>' for i in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="OEBPS/book.opf"/></container>',
        "OEBPS/book.opf": package,
        "OEBPS/nav.xhtml": xhtml("<nav><a href='x'>Contents of the book, which nobody aligns.</a></nav>"),
    }
    parts |= {f"OEBPS/text/c {i}.xhtml": xhtml(body) for i, body in enumerate(chapters)}
    return packed(parts | extra, stored=["mimetype"])


def xhtml(body: str) -> str:
    """A page of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def fb2(sections: str, *, notes: str = "", encoding: str = "utf-8") -> bytes:
    """A FictionBook with these sections."""
    body = f'<body name="notes">{notes}</body>' if notes else ""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        'xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><book-title>The Lake</book-title></title-info>'
        f"</description><body>{sections}</body>{body}</FictionBook>"
    ).encode(encoding)


def xlsx(rows: Iterable[Sequence[str]], *, inline: bool = False) -> bytes:
    """A workbook: an empty sheet, then one with these rows."""
    strings: list[str] = []
    lines = []
    for r, row in enumerate(rows, 1):
        cells = []
        for c, text in enumerate(row):
            place = f'r="{"ABCDEF"[c]}{r}"'
            if not text:
                continue
            if inline:
                cells.append(f'<c {place} t="inlineStr"><is><t>{escape(text)}</t></is></c>')
            elif text.isdigit():
                cells.append(f"<c {place}><v>{text}</v></c>")
            else:
                cells.append(f'<c {place} t="s"><v>{len(strings)}</v></c>')
                strings.append(f"<si><r><t>{escape(text[:3])}</t></r><r><t>{escape(text[3:])}</t></r></si>")
        lines.append(f'<row r="{r}">{"".join(cells)}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {main} {relation}><sheets><sheet name="A" sheetId="1" r:id="rId1"/>'
            '<sheet name="B" sheetId="2" r:id="rId2"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
            '<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
            "xl/sharedStrings.xml": f"<sst {main}>{''.join(strings)}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData/></worksheet>",
            "xl/worksheets/sheet2.xml": f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>",
        }
    )


def tmx(units: Iterable[Mapping[str, str]], *, source: str = "ru", doctype: str = "") -> bytes:
    """A memory; the texts are XML."""
    body = "".join(
        "<tu>" + "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in unit.items()) + "</tu>"
        for unit in units
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<tmx version="1.4"><header srclang="{source}"/>'
        f"<body>{body}</body></tmx>"
    ).encode()


def xliff1(pairs: Iterable[tuple[str, str]]) -> bytes:
    """An XLIFF 1.2 file, Russian to English; the texts are XML."""
    body = "".join(
        f'<trans-unit id="{i}"><source>{source}</source><target>{target}</target>'
        "<alt-trans><target>another</target></alt-trans></trans-unit>"
        for i, (source, target) in enumerate(pairs)
    )
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="ru" '
        f'target-language="en-GB" original="x" datatype="plaintext"><body>{body}</body></file></xliff>'
    ).encode()


def xliff2(pairs: Iterable[tuple[str, str]]) -> bytes:
    """An XLIFF 2.0 file, Russian to English; the texts are XML."""
    body = "".join(
        f'<unit id="{i}"><segment><source>{source}</source><target>{target}</target></segment></unit>'
        for i, (source, target) in enumerate(pairs)
    )
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="ru" trgLang="en">'
        f'<file id="f">{body}</file></xliff>'
    ).encode()


def pdf(pages: Iterable[Iterable[tuple[float, float, float, str]]], *, picture: bool = False) -> bytes:
    """A PDF of lines in Latin letters: where each begins, its height in points, its text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        drawn = [b"0 0 100 100 re f"] if picture else []
        for x, y, size, text in page:
            shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
            drawn.append(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, x, y, shown))
        stream = b"\n".join(drawn)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for i, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def column(
    lines: Iterable[str], *, top: float = 760, step: float = 14, size: float = 11
) -> list[tuple[float, float, float, str]]:
    """Lines below each other, for `pdf`."""
    return [(70, top - i * step, size, line) for i, line in enumerate(lines) if line]


def rtf(body: str, *, code_page: int = 1251) -> bytes:
    """An RTF document with a heading style and a font in Cyrillic."""
    head = (
        rf"{{\rtf1\ansi\ansicpg{code_page}\deff0{{\fonttbl{{\f0\fcharset204 Times;}}{{\f1\fcharset0 Arial;}}}}"
        r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"
        r"{\info{\title The Lake}{\author Nobody at all}}"
    )
    return head.encode("ascii") + body.encode("cp1251") + b"}"
