"""Which reader reads which file: the one place that lists them.

A format family is one module with a `Reader` called ``read``; to add one, add the module and a line
here. What a file holds counts for more than its name: `corpora.readers.magic` tells a format by its
bytes, and only what nothing tells (Markdown, a table) goes by its suffix. Modules are imported when
they are needed, for some bring lxml and more.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from corpora.errors import ReadError
from corpora.readers import magic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpora.readers.content import Reader


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read.

    Attributes:
        name: its short name, such as ``docx``.
        what: what such a file is, for people.
        suffixes: of file names, lower case.
        module: the module below `corpora.readers` that reads it.
        is_told: every file of this format is known by its bytes, so that one that is not must be
            something else, whatever its suffix says.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    module: str
    is_told: bool = True

    def reader(self) -> Reader:
        """Import what reads this format."""
        return cast("Reader", import_module(f"corpora.readers.{self.module}").read)


_ALL: Final = (
    Format("text", "plain text", (".txt", ".text"), "plain", is_told=False),
    Format("markdown", "a Markdown text", (".md", ".markdown", ".mdown", ".mkd"), "markdown", is_told=False),
    Format("html", "a web page", (".html", ".htm", ".xhtml", ".mht", ".mhtml"), "html", is_told=False),
    Format("docx", "a Word document (.docx)", (".docx", ".docm", ".dotx", ".dotm"), "docx"),
    Format("odt", "an OpenDocument text (.odt)", (".odt", ".ott", ".fodt"), "odt"),
    Format("rtf", "an RTF document", (".rtf",), "rtf"),
    Format("pdf", "a PDF document", (".pdf",), "pdf"),
    Format("epub", "an EPUB book", (".epub",), "epub"),
    Format("fb2", "a FictionBook", (".fb2", ".fbz"), "fb2"),
    Format("subtitles", "subtitles", (".srt", ".vtt"), "subtitles"),
    Format("xlsx", "an Excel workbook (.xlsx)", (".xlsx", ".xlsm"), "xlsx"),
    Format("table", "a table", (".csv", ".tsv", ".tab"), "table", is_told=False),
    Format("tmx", "a translation memory (TMX)", (".tmx",), "tmx"),
    Format("xliff", "an XLIFF file", (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff"), "xliff"),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({each.name: each for each in _ALL})
"""Name of a format to what it is and what reads it."""

_SUFFIXES: Final[Mapping[str, Format]] = MappingProxyType({suffix: each for each in _ALL for suffix in each.suffixes})


_HEAD: Final = 4096


def _is_table(data: bytes) -> bool:
    from corpora.readers.table import is_bilingual

    return is_bilingual(data)


def format_of(path: str | PurePath, data: bytes) -> Format:
    """Tell the format of a file: by its bytes, else by its suffix, else it is plain text.

    Args:
        path: the file's name; ``-`` is standard input.
        data: its bytes.

    Raises:
        ReadError: the bytes are of a format that is not read, or not of the one that the suffix says.
    """
    name = "standard input" if str(path) == "-" else str(path)
    found = magic.sniff(data)
    if found is not None and found.form is None:
        raise ReadError(f"{name}: is {found.what}; {found.advice}")
    if found is not None and found.form is not None:
        return FORMATS[found.form]
    if str(path) == "-" and b"\t" in data[:_HEAD] and _is_table(data):
        return FORMATS["table"]
    named = _SUFFIXES.get(PurePath(path).suffix.lower(), FORMATS["text"])
    if named.is_told:
        raise ReadError(f"{name}: is not {named.what}, though its name says so; give it the right suffix (.txt?)")
    return named
