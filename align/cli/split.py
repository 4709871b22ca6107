"""``align split``: cut one document into sentences."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import click

from align.cli.console import emit
from align.cli.rules import export_rules, read_rules, srx_option
from align.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.splitter.punkt import PunktCutter
    from align.types import Segmented
    from corpora.document import Document

_NOT_BARE: Final = re.compile("[\x85\u2028\u2029]")
"""What JSON allows bare, though line readers of other languages take it for a line's end."""
_LINE_BREAKS: Final = re.compile(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def _lines(cut: Segmented) -> str:
    """One sentence a line; a line break inside a sentence becomes a space."""
    return "".join(_LINE_BREAKS.sub(" ", sentence.text) + "\n" for sentence in cut.sentences)


def _offsets(cut: Segmented) -> str:
    """``start TAB stop`` a line, in characters of the text as read."""
    return "".join(f"{sentence.start}\t{sentence.stop}\n" for sentence in cut.sentences)


def _jsonl(cut: Segmented) -> str:
    """One JSON object a line: offsets, paragraph and its kind, text."""
    rows = (
        {
            "start": sentence.start,
            "stop": sentence.stop,
            "paragraph": sentence.paragraph,
            "kind": cut.kind(index),
            "text": sentence.text,
        }
        for index, sentence in enumerate(cut.sentences)
    )
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _NOT_BARE.sub(lambda found: f"\\u{ord(found[0]):04x}", "".join(lines))


FORMATS: Final[dict[str, Callable[[Segmented], str]]] = {
    "lines": _lines,
    "offsets": _offsets,
    "jsonl": _jsonl,
}


@click.command(name="split", short_help="Cut a document into sentences.")
@click.argument("file", type=click.Path(readable=False), required=False)
@click.option(
    "-l", "--lang", "langs", metavar="LANG", multiple=True, help="Language of the text (BCP 47); detected by default."
)
@click.option(
    "--to",
    "to",
    metavar="FORMAT",
    default="lines",
    show_default=True,
    help=f"What to print: {', '.join(FORMATS)}.",
)
@click.option("--explain", is_flag=True, help="Print every place that might be cut, and the rule that decided.")
@click.option(
    "--punkt",
    type=click.Path(readable=False),
    metavar="FILE",
    help="Cut by data from align train splitter, not by our rules.",
)
@srx_option
@click.option(
    "--export-srx",
    "export",
    type=click.Path(readable=False),
    metavar="FILE",
    help="Write our rules as SRX 2.0, so that a CAT tool cuts as we do; for all languages, or those of -l.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the file; detected when not given.")
def command(
    *,
    file: str | None,
    langs: tuple[str, ...],
    to: str,
    explain: bool,
    punkt: str | None,
    srx: str | None,
    export: str | None,
    encoding: str | None,
) -> None:
    """Cut FILE into sentences and print them; - is standard input.

    \b
    lines    one sentence a line
    offsets  start TAB stop, in characters of the text as read
    jsonl    start, stop, paragraph, kind and text

    --explain shows where a sentence was cut, as in "Krasnodar.| |Then", and where it might have been, as in
    "Mr.~ ~Vale".

    --export-srx takes no FILE to cut. It writes SRX 2.0; a file called segmentation.conf as OmegaT before 6.1
    wants it; and both into a folder, such as the one called omegat in a project.
    """  # noqa: D301  # \b is how click is told to keep lines
    if to not in FORMATS:
        raise FormatError(f"unknown format {to!r}; there are {', '.join(FORMATS)}")
    _check_usage(file, langs, explain=explain, punkt=punkt, srx=srx, export=export)
    if export is not None:
        export_rules(export, langs, srx)
        return

    from align.splitter import split
    from corpora import read_document
    from corpora.language import normalize

    cutter = None if punkt is None else _learnt(punkt)
    rules = None if srx is None else read_rules(srx)
    document = read_document(str(file), lang=normalize(langs[0]) if langs else None, encoding=encoding)
    emit(_explanation(document) if explain else FORMATS[to](split(document, cutter, srx=rules)))


def _check_usage(
    file: str | None,
    langs: tuple[str, ...],
    *,
    explain: bool,
    punkt: str | None,
    srx: str | None,
    export: str | None,
) -> None:
    """Refuse options that exclude each other.

    Raises:
        click.UsageError: two of them do, or FILE is missing.
    """
    if explain and punkt is not None:
        raise click.UsageError("--explain names our rules, and learnt data has none: leave out --explain or --punkt")
    if srx is not None and (explain or punkt is not None):
        raise click.UsageError("--srx cuts by the rules of a file: leave it out, or --explain and --punkt")
    if export is not None and (file is not None or explain or punkt is not None):
        raise click.UsageError("--export-srx writes rules and cuts nothing: leave out FILE, --explain and --punkt")
    if export is None and file is None:
        raise click.UsageError("Missing argument 'FILE'.")
    if export is not None and srx is not None and langs:
        raise click.UsageError("--srx is written as it is, for all its languages: leave out -l")
    if export is None and len(langs) > 1:
        raise click.UsageError("a text has one language: give -l once")


def _learnt(path: str) -> PunktCutter:
    """The learnt data in a file."""
    from align.splitter.punkt import load_punkt

    return load_punkt(path)


def _explanation(document: Document) -> str:
    """Every place of a document that might be cut, for a person to read."""
    from align.splitter.explanation import explain_document, show

    return show(document, tuple(explain_document(document)))
