"""A Word document with the two texts in the columns of one table, to read, comment and print.

Written by hand: the few parts that a document must have (ECMA-376, transitional), row by row into the
archive, so that a book takes no memory and the same input gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from align.exporters.base import Exporter, Header, Options, creation_date
from align.exporters.markup import escape, is_right_to_left, plain
from align.exporters.table import COLOURS, Row, units_writer_of, writer_of
from corpora.codes import primary_language

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_TYPES: Final = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
_ROOT: Final = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
_PARTS: Final = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/>
</Relationships>"""
_STYLES: Final = f"""<w:styles xmlns:w="{_WORD}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Arial"/>\
<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:qFormat/>\
<w:pPr><w:keepNext/><w:spacing w:after="120"/><w:outlineLvl w:val="0"/></w:pPr>\
<w:rPr><w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
</w:styles>"""

# Twentieths of a point: an A4 page on its side, less its margins, is 15138 wide.
_WIDTHS: Final = (700, 6369, 6369, 1700)
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_OPENING: Final = (
    f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr><w:tblGrid>"
    + "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    + "</w:tblGrid>\n"
)
_CLOSING: Final = (
    '</w:tbl><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>\n"
)


def write_rows(stream: BinaryIO, rows: Iterable[Row], header: Header, _options: Options) -> int:
    """Write the document; returns how many rows."""
    import zipfile

    count = 0
    languages = ("", header.source_lang, header.target_lang, "en")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _small_parts(header):
            archive.writestr(_entry(name), (_DECLARATION + text).encode("utf-8"))
        with archive.open(_entry("word/document.xml"), "w", force_zip64=True) as part:
            part.write((_DECLARATION + _opening(header)).encode("utf-8"))
            for row in rows:
                part.write(_row(row, languages).encode("utf-8"))
                count += 1
            part.write(_CLOSING.encode("utf-8"))
    return count


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a date of its own, the earliest that an archive knows: the same bytes each time."""
    import zipfile

    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _small_parts(header: Header) -> tuple[tuple[str, str], ...]:
    date = f"{creation_date(header.created):%Y-%m-%dT%H:%M:%SZ}"
    core = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_title(header)}</dc:title><dc:creator>align</dc:creator>"
        f"<dc:description>{plain(header.signature)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created></cp:coreProperties>'
    )
    return (
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", _ROOT),
        ("word/_rels/document.xml.rels", _PARTS),
        ("word/styles.xml", _STYLES),
        ("docProps/core.xml", core),
    )


def _title(header: Header) -> str:
    names = [name for name in (header.source_name, header.target_name) if name]
    return plain(" – ".join(names) or f"{header.source_lang} – {header.target_lang}")


def _opening(header: Header) -> str:
    heads = ("No.", f"Source ({header.source_lang})", f"Target ({header.target_lang})", "Confidence")
    cells = "".join(
        _cell(plain(head), width, bold=True, fill="ECECEC") for head, width in zip(heads, _WIDTHS, strict=True)
    )
    return (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
        f"<w:r><w:t>{_title(header)}</w:t></w:r></w:p>{_OPENING}"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>\n"
    )


def _row(row: Row, languages: tuple[str, str, str, str]) -> str:
    why = f": {row.left_out}" if row.left_out else ""
    sure = f"{row.confidence:.3f} {row.judgement}{why}"
    texts = (str(row.number), row.source, row.target, sure)
    fills = ("", "", "", COLOURS[row.judgement])
    cells = "".join(
        _cell(_tabbed(escape(text)), width, lang=lang, fill=fill)
        for text, width, lang, fill in zip(texts, _WIDTHS, languages, fills, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>\n"


def _cell(text: str, width: int, *, lang: str = "", fill: str = "", bold: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    rtl = is_right_to_left(lang)
    weight = "<w:b/><w:bCs/>" if bold else ""
    run = f"<w:rPr>{weight}{'<w:rtl/>' if rtl else ''}{_language(lang, rtl=rtl)}</w:rPr>"
    paragraph = "<w:pPr><w:bidi/></w:pPr>" if rtl else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p>{paragraph}<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'
    )


def _language(lang: str, *, rtl: bool) -> str:
    """The language of a run, by the kind of script that Word files it under."""
    if lang in {"", "und"}:
        return ""
    kind = "bidi" if rtl else "eastAsia" if primary_language(lang) in {"zh", "ja", "ko"} else "val"
    return f'<w:lang w:{kind}="{plain(lang)}"/>'


def _tabbed(text: str) -> str:
    return text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')


EXPORTER = Exporter(
    name="docx",
    suffixes=(".docx",),
    description="a Word document with both texts in a table",
    write=writer_of(write_rows),
    binary=True,
    write_units=units_writer_of(write_rows),
)
