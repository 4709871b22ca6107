"""The two texts side by side on a page of their own, to read, to print and to send.

One file without scripts and without anything fetched. Every cell says its language, so that a screen
reader changes its voice and a browser hyphenates and picks the right fonts; headings belong to their
columns and rows; a confidence is a number and a word before it is a colour. Texts have a contrast of at
least 7:1 with what is behind them (WCAG 2.2, level AAA).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from align.exporters.base import Exporter, Header, Options, creation_date
from align.exporters.markup import escape, is_right_to_left, plain
from align.exporters.table import Row, units_writer_of, writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1.5rem; max-width: 80rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; color: #444; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
caption { text-align: start; padding-bottom: .5rem; color: #444; }
th, td { padding: .45rem .6rem; border: 1px solid #c9c9c9; vertical-align: top; text-align: start;
  overflow-wrap: break-word; }
thead th { position: sticky; top: 0; background: #ececec; }
col.number { width: 3.5rem; } col.sure { width: 9rem; }
tbody th { font-weight: normal; color: #444; text-align: end; }
td.text { white-space: pre-wrap; hyphens: auto; }
td.sure { background: #e3f4e6; } td.look { background: #fff3cd; border-inline-start: 4px double #8a6d00; }
td.doubtful { background: #fde2e0; border-inline-start: 6px solid #a3201a; }
td.left-out { background: #ededed; border-inline-start: 4px dotted #555; }
tr.left-out td.text { color: #444; font-style: italic; }
small { display: block; color: #3a3a3a; }
@media print {
  body { padding: 0 1px; max-width: none; font-size: 9.5pt; }
  thead { display: table-header-group; } thead th { position: static; } tr { break-inside: avoid; }
  td, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@page { margin: 1.5cm; }
"""

_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="align">
<meta name="date" content="{date}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{signature}</p>
<table>
<caption>Each row is a pair; the last column says how sure it is, from 0 to 1, or why a memory leaves it out.</caption>
<colgroup><col class="number"><col><col><col class="sure"></colgroup>
<thead>
<tr><th scope="col">No.</th><th scope="col">{source}</th><th scope="col">{target}</th>\
<th scope="col">Confidence</th></tr>
</thead>
<tbody>
"""


def write_rows(stream: BinaryIO, rows: Iterable[Row], header: Header, _options: Options) -> int:
    """Write the page; returns how many rows."""
    count = 0
    stream.write(_head(header).encode("utf-8"))
    sides = [_attributes(lang) for lang in (header.source_lang, header.target_lang)]
    for row in rows:
        stream.write(_row(row, sides).encode("utf-8"))
        count += 1
    stream.write(b"</tbody>\n</table>\n</main>\n</body>\n</html>\n")
    return count


def _head(header: Header) -> str:
    names = [plain(name) for name in (header.source_name, header.target_name) if name]
    title = " – ".join(names) or f"{plain(header.source_lang)} – {plain(header.target_lang)}"
    return _PAGE.format(
        title=title,
        style=_STYLE,
        signature=plain(header.signature) or "Aligned texts",
        date=f"{creation_date(header.created):%Y-%m-%dT%H:%M:%SZ}",
        source=_heading("Source", header.source_name, header.source_lang),
        target=_heading("Target", header.target_name, header.target_lang),
    )


def _heading(side: str, name: str, lang: str) -> str:
    shown = f": {plain(name)}" if name else ""
    return f"{side} ({plain(lang) or 'und'}){shown}"


def _attributes(lang: str) -> str:
    """Language and direction of a cell; what has no known language goes by its own characters."""
    if lang in {"", "und"}:
        return 'lang="" dir="auto"'
    return f'lang="{plain(lang)}" dir="{"rtl" if is_right_to_left(lang) else "ltr"}"'


def _row(row: Row, sides: list[str]) -> str:
    source, target = sides
    word = row.judgement
    kind = word.replace(" ", "-")
    why = f"<small>{escape(row.left_out)}</small>" if row.left_out else ""
    out = ' class="left-out"' if row.left_out else ""
    return (
        f'<tr{out} id="r{row.number}"><th scope="row">{row.number}</th>'
        f'<td class="text" {source}>{escape(row.source)}</td><td class="text" {target}>{escape(row.target)}</td>'
        f'<td class="{kind}">{row.confidence:.3f} {word}{why}</td></tr>\n'
    )


EXPORTER = Exporter(
    name="html",
    suffixes=(".html", ".htm"),
    description="a page with both texts side by side, to read and to print",
    write=writer_of(write_rows),
    write_units=units_writer_of(write_rows),
)
