"""Rich Text Format (RTF 1.9.1), without a library: those there are lose footnotes and headings.

Read are paragraphs, table cells, text boxes and footnotes; headings are told by their outline level or
style. Headers, footers, pictures, deleted and hidden text and the numbers of lists are left out.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpora.errors import ReadError
from corpora.readers.blocks import Block, content, squeeze, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpora.document import Kind
    from corpora.readers.content import Content

WHAT: Final = "an RTF document"
_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([\r\n]+)|([^\\{}\r\n]+)"
)
_SKIPPED: Final = words(
    "colortbl pict object header headerl headerr headerf footer footerl footerr footerf fldinst themedata "
    "colorschememapping datastore latentstyles listtable listoverridetable revtbl rsidtbl generator xmlnstbl "
    "nonshppict bkmkstart bkmkend annotation atnid atnauthor atnref atndate atnparent atnicn listtext pntext "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pgdsctbl operator author company keywords comment doccomm "
    "subject manager category hlinkbase creatim revtim printim buptim sp sn sv tc xe rxe txe filetbl private "
    "protusertbl userprops docvar mmathPr falt panose fontemb factoidname"
)
"""Destinations that hold no text of the document."""

_KNOWN_STARRED: Final = words("shppict shpinst ud footnote")
"""Destinations that older programs may skip (``\\*``) and we do not."""

_CHARACTERS: Final[Mapping[str, str]] = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "zwnj": "\u200c", "zwj": "\u200d", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS: Final[Mapping[bytes, str]] = {
    b"~": "\xa0", b"-": "\xad", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t",
}  # fmt: skip
_PARTS: Final = frozenset({"par", "sect", "page", "cell", "nestcell", "row", "nestrow", "column"})
_CHARSETS: Final[Mapping[int, str]] = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""The code page of each character set that a font may have (section Font Table)."""

_HEADING: Final = re.compile(
    r"(?:heading|заголовок|überschrift|titre|título|titolo|nagłówek)\s*\d|title|subtitle", re.IGNORECASE
)


@dataclass(slots=True)
class _State:
    """What a group inherits and its end undoes."""

    skipped: bool = False
    where: str = "text"
    unicode_skip: int = 1
    font: int = -1
    hidden: bool = False
    starred: bool = False


class _Parser:
    """Reads tokens and collects paragraphs."""

    def __init__(self, encoding: str | None) -> None:
        self.default = encoding or "cp1252"
        self.is_told = encoding is not None
        self.fonts: dict[int, str] = {}
        self.headings: dict[int, str] = {}
        self.state = _State()
        self.stack: list[_State] = []
        self.paragraph: tuple[Kind, str] = ("body", "")
        self.style = 0
        self.to_skip = 0
        self.raw = bytearray()
        self.page: dict[str, list[str]] = {"text": [], "footnote": [], "title": [], "style": []}
        self.blocks: list[Block] = []
        self.notes: list[Block] = []

    def read(self, data: bytes) -> bool:
        """Read a document; whether its outermost group was closed."""
        at = 0
        while (found := _TOKEN.match(data, at)) is not None:
            at = found.end()
            word, number, hexadecimal, symbol, brace, breaks, plain = found.groups()
            if word:
                at += self._word(word.decode("ascii"), None if number is None else int(number))
            elif hexadecimal:
                self._bytes(bytes([int(hexadecimal, 16)]))
            elif symbol:
                self._symbol(symbol)
            elif brace == b"{":
                self._flush()
                self.stack.append(replace(self.state, starred=False))
            elif brace:
                if not self._close():
                    return True
            elif plain and not breaks:
                self._bytes(plain)
        return False

    def _close(self) -> bool:
        """End a group; False when it was the outermost."""
        self._flush()
        ended = self.state
        if self.stack:
            self.state = self.stack.pop()
        if ended.where != self.state.where:
            self._leave(ended.where)
        self.to_skip = 0
        if not self.stack:
            self._end()
        return bool(self.stack)

    def _leave(self, where: str) -> None:
        """Take up what a destination held."""
        text = "".join(self.page.get(where, ()))
        if where == "footnote":
            self._end_note()
        elif where == "style":
            name = text.partition(";")[0].strip()
            if _HEADING.match(name):
                self.headings[self.style] = name
            self.page["style"].clear()

    def _word(self, word: str, number: int | None) -> int:
        """Do what a control word says; how many bytes after it to pass over."""
        if word == "u" and number is not None:
            self._character(number)
            return 0
        self._flush()
        if word == "bin":
            return max(number or 0, 0)
        unknown = self.state.starred and word not in _KNOWN_STARRED and self.state.where != "style"
        if word in _SKIPPED or unknown:
            self.state.skipped = True
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word in _PARTS:
            self._end() if self.state.where == "text" else self._end_note()
        else:
            self._property(word, number)
        self.state.starred = False
        return 0

    def _property(self, word: str, number: int | None) -> None:
        state = self.state
        if word == "uc":
            state.unicode_skip = max(number or 0, 0)
        elif word in {"f", "deff"}:
            state.font = number if number is not None else state.font
        elif word == "fcharset" and state.where == "fonts":
            self.fonts[state.font] = _CHARSETS.get(number or 0, "")
        elif word == "ansicpg" and not self.is_told:
            self.default = _codec(number)
        elif word in {"fonttbl", "stylesheet", "footnote", "title", "info"}:
            state.where = {"fonttbl": "fonts", "stylesheet": "style"}.get(word, word)
            state.skipped = False
        elif word in {"v", "deleted"}:
            state.hidden = number != 0
        elif word == "plain":
            state.hidden = False
        elif word == "upr":
            state.where = "upr" if state.where == "text" else state.where
        elif word == "ud":
            state.where = "text" if state.where == "upr" else state.where
        else:
            self._paragraph_property(word, number)

    def _paragraph_property(self, word: str, number: int | None) -> None:
        if word == "s":
            self.style = number or 0
            if self.state.where == "text" and self.style in self.headings:
                self.paragraph = "title", f"style {self.headings[self.style]!r}"
        elif word == "outlinelevel" and number is not None and number < 9 and self.state.where == "text":  # noqa: PLR2004
            self.paragraph = "title", "outline level"
        elif word == "outlinelevel" and number is not None and self.state.where == "style":
            self.headings.setdefault(self.style, f"level {number + 1}")
        elif word == "pard" and self.state.where == "text":
            self.paragraph = "body", ""

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.state.starred = True
            return
        if self.to_skip:
            self.to_skip -= 1
            return
        self._flush()
        if symbol in b"\r\n":
            self._end()
        elif symbol in _SYMBOLS:
            self._put(_SYMBOLS[symbol])

    def _bytes(self, plain: bytes) -> None:
        """Take characters of a code page, but for those that stand in for one of Unicode."""
        skip = min(self.to_skip, len(plain))
        self.to_skip -= skip
        if not self.state.skipped and not self.state.hidden:
            self.raw += plain[skip:]

    def _character(self, number: int) -> None:
        """Take a UTF-16 unit, which may be half of a character; the stand-ins after it are skipped."""
        self._flush()
        self._put(chr(number % 0x10000))
        self.to_skip = self.state.unicode_skip

    def _flush(self) -> None:
        """Decode what was collected, in the code page of the font."""
        if self.raw:
            codec = "" if self.is_told else self.fonts.get(self.state.font, "")
            self._put(bytes(self.raw).decode(codec or self.default, errors="replace"))
            self.raw.clear()

    def _put(self, text: str) -> None:
        if not self.state.skipped and not self.state.hidden and self.state.where in self.page:
            self.page[self.state.where].append(text)

    def _end(self) -> None:
        """End a paragraph of the text."""
        if self.state.where == "text" and self.page["text"]:
            self.blocks.append(Block(_whole("".join(self.page["text"])), *self.paragraph))
            self.page["text"].clear()

    def _end_note(self) -> None:
        self.notes.append(Block(_whole("".join(self.page["footnote"])), "footnote", "footnote"))
        self.page["footnote"].clear()


def _codec(number: int | None) -> str:
    """The name of a code page; that of Western Windows where there is no such a one."""
    name = "mac-roman" if number == 10000 else f"cp{number}"  # noqa: PLR2004 - Macintosh
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _whole(text: str) -> str:
    """Put halves of characters together that were written one by one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of an RTF document; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the file is cut off, or the encoding is unknown.
    """
    from corpora.readers.decoding import is_known

    if encoding is not None and not is_known(encoding):
        raise ReadError(f"{name}: unknown encoding {encoding!r}; try windows-1251 or windows-1252")
    parser = _Parser(encoding)
    if not parser.read(data):
        raise ReadError(f"{name}: is {WHAT}, but damaged or cut off; get it again or save it anew")
    title = squeeze(_whole("".join(parser.page["title"])))
    return content(parser.blocks + parser.notes, {"format": "rtf", "encoding": parser.default, "title": title})
