"""What a file's name tells: its language, what it is called without it, dates and identifiers.

``speech.ru.txt`` and ``speech.en.txt``, ``ru/speech.txt`` and ``en/speech.txt``, ``speech_RU.docx`` and
``speech (English).docx`` are each one speech in two languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from corpora.codes import primary_language
from corpora.structure.dates import find_date

_TOKEN: Final = re.compile(r"[^\W_]+")
_REGION: Final = re.compile(r"[-_][A-Za-z]{2}(?![A-Za-z0-9])")
"""What follows a language in a locale: ``ru-RU``, ``en_US``."""

_ISO_639_2: Final = {
    "ar": "ara", "be": "bel", "bg": "bul", "cs": "ces cze", "da": "dan", "de": "deu ger", "el": "ell gre",
    "en": "eng", "es": "spa", "et": "est", "fa": "fas per", "fi": "fin", "fr": "fra fre", "he": "heb",
    "hi": "hin", "hu": "hun", "hy": "hye arm", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat geo",
    "kk": "kaz", "ko": "kor", "lt": "lit", "lv": "lav", "nb": "nob nor no", "nl": "nld dut", "pl": "pol",
    "pt": "por", "ro": "ron rum", "ru": "rus", "sk": "slk slo", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr ua",
    "uz": "uzb", "vi": "vie", "zh": "zho chi cn",
}  # fmt: skip
"""Codes of three letters, and those of two that people use for them."""

_RUSSIAN_NAMES: Final = {
    "ru": "рус русский русск", "en": "анг англ английский", "de": "нем немецкий", "fr": "фр франц французский",
    "es": "исп испанский", "uk": "укр украинский", "zh": "кит китайский", "ar": "араб арабский",
    "it": "итал итальянский", "pt": "порт португальский", "pl": "польск польский", "kk": "каз казахский",
    "ja": "яп японский", "tr": "тур турецкий",
}  # fmt: skip

_COMPACT: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_DASHED: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-._]([01]?\d)[-._]([0-3]?\d)(?!\d)")
_TURNED: Final = re.compile(r"(?<!\d)([0-3]?\d)[-._]([01]?\d)[-._]((?:19|20)\d\d)(?!\d)")
_IDENTIFIER: Final = re.compile(r"(?<!\d)\d{5,}(?!\d)")


@cache
def language_tokens(lang: str) -> frozenset[str]:
    """What a file name calls a language: ``ru``, ``rus``, ``russian``, ``русский``; lower case.

    Args:
        lang: BCP 47 code; script and region are ignored.
    """
    base = primary_language(lang)
    tokens = {base, *_ISO_639_2.get(base, "").split(), *_RUSSIAN_NAMES.get(base, "").split()}
    rows = (Path(__file__).parent / "data" / "languages.tsv").read_text("utf-8").splitlines()
    for row in rows:
        code, *names = row.split("\t")
        if code == base:
            tokens.update(name.lower() for name in names if _TOKEN.fullmatch(name))
    return frozenset(tokens)


def named_languages(name: str, langs: Iterable[str]) -> frozenset[str]:
    """Which of some languages a path names: ``{"ru"}`` for ``talks/speech_RU.docx``.

    Args:
        name: path of a file, as text, with ``/`` between its parts.
        langs: BCP 47 codes to look for; in a name like ``de_la_paix`` others would be found by chance.
    """
    tokens = {token.lower() for token in _TOKEN.findall(_stem(name))}
    return frozenset(lang for lang in langs if tokens & language_tokens(lang))


def name_keys(name: str, langs: Iterable[str]) -> frozenset[str]:
    """What a file is called apart from its language; files that translate each other share a key.

    Args:
        name: path of a file below the directory that was searched, with ``/`` between its parts.
        langs: BCP 47 codes whose names are taken out, one at a time.

    Returns:
        The path without its suffix, and once for each place where it names a language the path without
        that. Lower case, any punctuation as one space; parts of the path stay parted by ``/``.
    """
    stem = _stem(name)
    tokens = frozenset().union(*map(language_tokens, langs))
    keys = {_folded(stem)}
    for token in _TOKEN.finditer(stem):
        if token[0].lower() in tokens:
            region = _REGION.match(stem, token.end())
            keys.add(_folded(stem[: token.start()] + stem[region.end() if region else token.end() :]))
    return frozenset(keys)


def name_date(name: str) -> date | None:
    """The day in a file's name, if it names one: ``2017-10-04``, ``20171004``, ``04.10.2017``."""
    base = name.rsplit("/", maxsplit=1)[-1]
    for pattern in (_DASHED, _COMPACT):
        if found := pattern.search(base):
            return _day(*found.groups())
    if found := _TURNED.search(base):
        return _day(*reversed(found.groups()))
    return find_date(_stem(base))


def name_identifiers(name: str) -> frozenset[str]:
    """Long numbers in a file's name that are no dates: ``2895398`` in ``content_id_2895398.html``."""
    base = _stem(name.rsplit("/", maxsplit=1)[-1])
    return frozenset(number for number in _IDENTIFIER.findall(base) if not _COMPACT.fullmatch(number))


def _stem(name: str) -> str:
    """A path without the suffix of its last part; ``speech.ru`` keeps its ``ru``."""
    head, dot, suffix = name.rpartition(".")
    return head if dot and head and "/" not in suffix and suffix.lower() not in _codes() else name


@cache
def _codes() -> frozenset[str]:
    """Codes of languages that may end a name like a suffix: ``speech.ru``, ``speech.rus``."""
    return frozenset(_ISO_639_2).union(*(codes.split() for codes in _ISO_639_2.values()))


def _folded(stem: str) -> str:
    parts = (" ".join(_TOKEN.findall(part.lower())) for part in stem.split("/"))
    return "/".join(part for part in parts if part)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
