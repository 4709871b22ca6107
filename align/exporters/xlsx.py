"""A spreadsheet to review an alignment in: both texts, confidence in numbers, words and colours.

A text is always a text: one that begins like a formula is stored as a string, and marked (as Excel does
for a leading apostrophe) so that it stays one when somebody edits the cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from align.errors import FormatError
from align.exporters.base import Exporter, Header, Options, creation_date
from align.exporters.extras import load
from align.exporters.markup import is_right_to_left
from align.exporters.table import COLOURS, Row, units_writer_of, writer_of
from align.exporters.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

NEEDS: Final = ("xlsxwriter", "office")

MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
"""What Excel takes in a sheet and, in UTF-16 code units, in a cell."""

HEADS: Final = ("No.", "Source", "Target", "Confidence", "Judgement", "Left out because", "Source sentences")
HEADS_AFTER: Final = ("Target sentences", "Comment")
_WIDTHS: Final = (6, 60, 60, 11, 11, 24, 11, 11, 30)
_TALLEST: Final = 405.0
_LIKE_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "'")


def write_rows(stream: BinaryIO, rows: Iterable[Row], header: Header, _options: Options) -> int:
    """Write a workbook of one sheet; returns how many rows.

    Raises:
        FormatError: there are more rows, or longer texts, than a sheet takes.
        MissingExtraError: XlsxWriter is not installed.
    """
    import tempfile

    module = load("xlsx", *NEEDS)
    # The rows wait in files until the end; a folder of ours goes also when something fails.
    with tempfile.TemporaryDirectory(prefix="align-", ignore_cleanup_errors=True) as folder:
        book = module.Workbook(stream, {"constant_memory": True, "strings_to_urls": False, "tmpdir": folder})
        count = _fill(book, rows, header)
        book.close()
    return count


def _fill(book: Any, rows: Iterable[Row], header: Header) -> int:
    book.set_properties(
        {"title": _title(header), "comments": clean(header.signature), "created": creation_date(header.created)}
    )
    sheet, formats = book.add_worksheet("Pairs"), _Formats(book, header)
    _set_up(sheet, formats, header)
    count = 0
    for row in rows:
        count += 1
        _write_row(sheet, formats, row, count)
    sheet.autofilter(0, 0, max(count, 1), len(_WIDTHS) - 1)
    return count


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any, header: Header) -> None:
        usual = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self.head = book.add_format({**usual, "bold": True, "bg_color": "#ECECEC", "text_wrap": True})
        self.number = book.add_format({**usual, "align": "center"})
        self.note = book.add_format({**usual, "text_wrap": True})
        self.judged = {
            word: book.add_format({**usual, "align": "center", "bg_color": f"#{colour}", "num_format": "0.000"})
            for word, colour in COLOURS.items()
        }
        # Reading order 2 is from right to left. What would be a formula is marked as text for good.
        self.texts = [
            [
                book.add_format(
                    {**usual, "text_wrap": True, "reading_order": 2 if is_right_to_left(lang) else 1, **quoted}
                )
                for quoted in ({}, {"quote_prefix": True})
            ]
            for lang in (header.source_lang, header.target_lang)
        ]


def _title(header: Header) -> str:
    names = [clean(name) for name in (header.source_name, header.target_name) if name]
    return " – ".join(names)[:255]


def _set_up(sheet: Any, formats: _Formats, header: Header) -> None:
    """Widths, the header row that stays in sight and on every page, and paper on its side."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    languages = {"Source": header.source_lang, "Target": header.target_lang}
    for column, head in enumerate(HEADS + HEADS_AFTER):
        shown = f"{head} ({clean(languages[head])})" if head in languages else head
        sheet.write_string(0, column, shown, formats.head)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_row(sheet: Any, formats: _Formats, row: Row, at: int) -> None:
    if at >= MOST_ROWS:
        raise FormatError(f"a sheet holds {MOST_ROWS - 1:,} pairs and these are more; write .tsv or .parquet")
    judged = formats.judged[row.judgement]
    sheet.set_row(at, _height(row))
    sheet.write_number(at, 0, row.number, formats.number)
    for column, text in ((1, row.source), (2, row.target)):
        _write_text(sheet, at, column, text, formats.texts[column - 1])
    sheet.write_number(at, 3, row.confidence, judged)
    sheet.write_string(at, 4, row.judgement, judged)
    for column, text in ((5, row.left_out), (6, row.source_indices), (7, row.target_indices), (8, "")):
        _write_text(sheet, at, column, text, [formats.note, formats.note])


def _height(row: Row) -> float:
    """A height in points in which both texts fit: Excel finds it by itself, LibreOffice shows one line."""
    lines = max(_lines(row.source, _WIDTHS[1]), _lines(row.target, _WIDTHS[2]), _lines(row.left_out, _WIDTHS[5]))
    return min(15.0 * lines, _TALLEST)


def _lines(text: str, width: int) -> int:
    """About how many lines a text fills; ideographs are twice as wide as letters."""
    return -(-sum(2 if char >= "\u2e80" else 1 for char in text) // (width - 4)) or 1


def _write_text(sheet: Any, at: int, column: int, text: str, formats: list[Any]) -> None:
    length = len(text.encode("utf-16-le")) // 2
    if length > MOST_CHARACTERS:
        raise FormatError(
            f"row {at}: a text of {length:,} characters, and a cell holds {MOST_CHARACTERS:,}; write .tsv or .html"
        )
    if text:
        sheet.write_string(at, column, text, formats[text.startswith(_LIKE_A_FORMULA)])
    else:
        sheet.write_blank(at, column, None, formats[0])


EXPORTER = Exporter(
    name="xlsx",
    suffixes=(".xlsx",),
    description="a spreadsheet to review, with the confidence in numbers, words and colours",
    write=writer_of(write_rows),
    binary=True,
    write_units=units_writer_of(write_rows),
    needs=NEEDS,
)
