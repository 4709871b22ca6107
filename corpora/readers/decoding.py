"""Bytes to characters: what a person said, else a byte order mark, else UTF-8, else a sure guess.

A guess must be convincing: the old encodings decode any bytes whatever, so their result counts only
when it reads as a text in a language that was written in them. Everything else is an error that
names ``--encoding``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from corpora.errors import EmptyDocumentError, ReadError
from corpora.language import alphabet, conviction, detect_or_none
from corpora.readers.eastern import arabic, ideographic

_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark it begins with."""

BYTE_ORDER_MARKS: Final = tuple(mark for mark, _ in _MARKS)

_CYRILLIC: Final = ("windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "cp866")
_LATIN: Final[tuple[tuple[str, str], ...]] = (
    ("windows-1252", "en de fr es pt it nl sv da fi ca"),
    ("iso-8859-15", "fr de"),
    ("windows-1250", "pl hu cs ro"),
    ("iso-8859-2", "pl hu cs ro"),
    ("windows-1254", "tr"),
)
"""Old encodings of Latin script with the languages that were written in them."""

_SAMPLE: Final = 1 << 16
"""How many bytes a guess looks at."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_ASCII_LETTER: Final = re.compile(r"[A-Za-z]")
_NEARLY_ALL: Final = 0.9
_NEARLY_ALL_LETTERS: Final = 0.98
_FEWEST: Final = 4
"""How many letters beyond ASCII a guess needs at least."""

_SHOUTED: Final = 0.5
"""What a reading in capitals counts beside one in small letters: koi8-r and windows-1251 turn the case."""

_DISTINCT: Final = 3
"""How many letters beyond ASCII, all of one language, make up for words that are not typical of it."""

_ENOUGH: Final = 12
"""How many letters beyond ASCII tell something, in a text that is mostly ASCII."""

_SIGN_IN_WORD: Final = re.compile(r"[a-z][\xa1\xa7\xaa\xac\xb1-\xb6\xb9-\xbf][a-z]")
"""``by³a``: a sign inside a word, which is a letter in another encoding."""

_HIGH: Final = re.compile(rb"[\x80-\xff]")
_UTF8_PAIR: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_TYPOGRAPHY: Final = frozenset("‘’‚“”„«»‹›–—…•·§°№©®™€£¥†‡‰¹²³½¼¾±×\xa0\xad¿¡ªº´")


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Decode a whole file.

    Args:
        data: its bytes.
        name: what to call it in errors.
        encoding: what a person says it is; detected when None.

    Returns:
        The text without byte order mark, line ends untouched, and the name of the encoding.

    Raises:
        ReadError: the encoding is unknown, the bytes are not in it, or it cannot be told for sure.
        EmptyDocumentError: there are no characters.
    """
    name = "standard input" if name == "-" else name
    text, used = _decode(data, name, encoding)
    if not text or text.isspace():
        raise EmptyDocumentError(f"{name}: there is no text in it; give a document with text")
    return text, used


def _decode(data: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        return _as_told(data, name, encoding), encoding.lower()
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, marked, offset=len(mark)), marked
    if b"\x00" in data:
        return _without_mark(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, name, error)
    _refuse_binary(text, name)
    return text, "utf-8"


def is_known(encoding: str) -> bool:
    """Whether there is a text encoding of this name."""
    try:
        "".encode(codecs.lookup(encoding).name)  # the binary "codecs" of Python, such as zip, are no text encodings
    except (LookupError, ValueError):
        return False
    return True


def _as_told(data: bytes, name: str, encoding: str) -> str:
    """Decode by the encoding that a person named; a byte order mark is dropped all the same."""
    if not is_known(encoding):
        raise ReadError(f"{name}: unknown encoding {encoding!r}; try utf-8, windows-1251, koi8-r or iso-8859-1")
    return _strict(data, name, codecs.lookup(encoding).name).removeprefix("\ufeff")


def _strict(data: bytes, name: str, encoding: str, *, offset: int = 0) -> str:
    """Decode or say at which byte it fails."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: not {encoding} at byte {error.start + offset}; give the right one with --encoding"
        ) from None
    except (UnicodeError, ValueError) as error:
        raise ReadError(f"{name}: not {encoding} ({error}); give the right one with --encoding") from None
    _refuse_surrogates(text, name, encoding)
    return text


def _refuse_surrogates(text: str, name: str, encoding: str) -> None:
    """Some codecs (utf-7, unicode-escape) let half a character through, which nothing can write."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(
            f"{name}: half a character at position {error.start} as {encoding}; give the right --encoding"
        ) from None


def _refuse_binary(text: str, name: str) -> None:
    """A text has next to no control characters."""
    head = text[:_SAMPLE]
    if len(_CONTROL.findall(head)) > max(2, len(head) // 50):
        raise ReadError(f"{name}: looks like a binary file, not a text; save it as plain text (.txt) first")


def _without_mark(data: bytes, name: str) -> tuple[str, str]:
    """NUL bytes: UTF-16 that lost its byte order mark when it reads as text, else a binary file."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plain(text[:_SAMPLE]):
            return text, encoding
    raise ReadError(f"{name}: looks like a binary file, not a text; save it as plain text (.txt) first")


def _is_plain(text: str) -> bool:
    """Whether nearly all characters are white space, punctuation or of Latin and Cyrillic script."""
    plain = sum("\t" <= c < "\u0530" or "\u2000" <= c < "\u2200" for c in text)
    return "\x00" not in text and plain >= 0.98 * len(text)


def _guess(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """Decode what is not UTF-8 by an old encoding, if one of them is convincing.

    Raises:
        ReadError: none is.
    """
    if not _is_damaged_utf8(data):
        encoding = _told_by(data[:_SAMPLE], is_whole=len(data) <= _SAMPLE)
        if encoding is not None and not _is_mixed(data, encoding):
            return _strict(data, name, encoding), encoding
    raise ReadError(
        f"{name}: not UTF-8 at byte {error.start}, and the encoding cannot be told for sure; "
        "name it with --encoding, such as windows-1251"
    )


def _told_by(sample: bytes, *, is_whole: bool) -> str | None:
    """The old encoding in which a text reads well, if there is one."""
    found = _cyrillic(sample) or _latin(sample) or arabic(sample)
    return found or ideographic(sample, is_whole=is_whole)


def _is_mixed(data: bytes, encoding: str) -> bool:
    """Whether the middle or the end of a long file is in another encoding than its beginning."""
    starts = (len(data) // 2, len(data) - _SAMPLE) if len(data) > _SAMPLE else ()
    for start in starts:
        part = data[start : start + _SAMPLE]
        part = part[part.find(b"\n") + 1 :]  # from a whole character on
        if _HIGH.search(part) and (_is_damaged_utf8(part) or (_told_by(part, is_whole=False) or encoding) != encoding):
            return True
    return False


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most bytes beyond ASCII do form UTF-8 characters, so that the file is a broken UTF-8 one."""
    high = len(_HIGH.findall(data))
    return sum(len(pair) for pair in _UTF8_PAIR.findall(data) if _is_utf8(pair)) * 2 > high


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _cyrillic(sample: bytes) -> str | None:
    """The Cyrillic encoding in which `sample` reads best, if it reads as a Cyrillic language at all.

    koi8-r read as windows-1251 gives letters too, but in turned case (``оПХБЕР``) and no words.
    """
    best, best_score = None, 0.0
    for encoding in _CYRILLIC:
        text = _try(sample, encoding)
        if text is None or not _is_well_cased(text) or not _is_lettered(text):
            continue
        score = conviction(_beyond_ascii(text), "Cyrl") * (_SHOUTED if text.isupper() else 1.0)
        if score > best_score:
            best, best_score = encoding, score
    return best


def _is_lettered(text: str) -> bool:
    """Whether what is beyond ASCII is letters and quotation marks: the wrong encoding shows boxes too.

    A letter or three tell nothing, for in one of the encodings they make a word by chance.
    """
    beyond = [c for c in text if c >= "\x80"]
    letters = sum(map(str.isalpha, beyond))
    signs = sum(c in _TYPOGRAPHY for c in beyond)
    return letters >= _FEWEST and letters + signs >= _NEARLY_ALL_LETTERS * len(beyond) and letters > signs


def _beyond_ascii(text: str) -> str:
    """What tells a Cyrillic encoding in a text that is partly English: its words beyond ASCII.

    All of it where they hold ASCII letters as well, for then they are French words with accents.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    pure = [word for word in words if not _ASCII_LETTER.search(word)]
    letters = sum(map(len, pure))
    return " ".join(pure) if len(pure) >= _NEARLY_ALL * len(words) and letters >= _ENOUGH else text


def _latin(sample: bytes) -> str | None:
    """The Latin encoding whose characters beyond ASCII all belong to the language of the text.

    Of several, the one with the most letters among them: ``±`` in windows-1250 is ``ą`` in ISO 8859-2.
    """
    best, most = None, -1
    for encoding, languages in _LATIN:
        text = _try(sample, encoding)
        if text is None or _SIGN_IN_WORD.search(text):
            continue
        beyond = {c for c in text if c >= "\x80"}
        letters = beyond - _TYPOGRAPHY
        fits = any(letters <= alphabet(lang) and _reads_like(text, lang, letters) for lang in languages.split())
        if fits and len(letters) > most:
            best, most = encoding, len(letters)
    return best


def _reads_like(text: str, lang: str, letters: set[str]) -> bool:
    """Whether a text is convincingly in a language of Latin script, whose letters beyond ASCII it has."""
    if conviction(text, "Latn", lang) > 0:
        return True
    return len({letter.lower() for letter in letters}) >= _DISTINCT and detect_or_none(text) == lang


def _try(sample: bytes, encoding: str) -> str | None:
    """Decode, or None where a byte stands for nothing or for a control character."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = any(unicodedata.category(c) == "Cc" for c in set(text) - set("\t\n\r\f\v\x1a"))
    return None if controls else text


def _is_well_cased(text: str) -> bool:
    """Whether nearly all words beyond ASCII are lower case, Capitalised or UPPER CASE."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(word.islower() or word.istitle() or word.isupper() for word in words)
    return good >= 0.95 * len(words) and bool(words)
