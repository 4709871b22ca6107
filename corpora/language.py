"""Languages: which one a text is in, and what their codes look like.

Detection needs no download: scripts are counted, then languages that share a script are told apart by
their own letters and by the trigrams of their words (`corpora.trigrams`). Codes are BCP 47.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpora.alphabets import letter_costs
from corpora.codes import primary_language
from corpora.errors import UnknownLanguageError
from corpora.transliteration import to_cyrillic
from corpora.trigrams import load, trigrams

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "alphabet",
    "by_name",
    "conviction",
    "detect",
    "detect_or_none",
    "is_mostly",
    "normalize",
    "script_for",
    "script_of",
    "scripts_of",
    "surprisals",
]

_SAMPLE: Final = 1_600
"""How many characters of a long text are looked at, from its middle: the ends hold page furniture."""

_WEIGHT: Final[Mapping[str, float]] = {"Cyrl": 1.3, "Hani": 3.0, "Jpan": 2.0, "Hang": 2.5, "Arab": 1.2, "Hebr": 1.2}
"""How many letters of an alphabet a character of another script is worth."""

_SCRIPTS: Final[Mapping[str, re.Pattern[str]]] = {
    "Latn": re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+"),
    "Cyrl": re.compile(r"[\u0400-\u052f\u1c80-\u1c88]+"),
    "Arab": re.compile(r"[\u0621-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"),
    "Hani": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"),
    "Jpan": re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]+"),
    "Hang": re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+"),
    "Grek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+"),
    "Hebr": re.compile(r"[א-ת]+"),
    "Armn": re.compile(r"[Ա-և]+"),
    "Geor": re.compile(r"[Ⴀ-ჼᲐ-Ჿ]+"),
    "Deva": re.compile(r"[ऀ-ॿ]+"),
    "Beng": re.compile(r"[ঀ-৿]+"),
    "Taml": re.compile(r"[஀-௿]+"),
    "Telu": re.compile(r"[ఀ-౿]+"),
    "Thai": re.compile(r"[ก-๛]+"),
    "Laoo": re.compile(r"[ກ-ໝ]+"),
    "Mymr": re.compile(r"[က-႟]+"),
    "Khmr": re.compile(r"[ក-៹]+"),
    "Ethi": re.compile(r"[ሀ-᎟]+"),
}
_TABLES: Final = ("Latn", "Cyrl", "Arab")
"""Scripts of several languages that are told apart by trigrams."""

_SOME: Final = 0.2
"""Share of the letters of a page that the script of its language has at least."""

_LONG: Final = 80
"""Characters from which a line is no button."""

_ENOUGH: Final = 20
"""Letters by which a language can be told."""

_CLOSED: Final = re.compile(r"[.!?…。！？؟۔।][\"'»”’)\]」』]*\s*$")

_ONE_LANGUAGE: Final[Mapping[str, str]] = {
    "Hani": "zh", "Jpan": "ja", "Hang": "ko", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka",
    "Deva": "hi", "Beng": "bn", "Taml": "ta", "Telu": "te", "Thai": "th", "Laoo": "lo", "Mymr": "my",
    "Khmr": "km", "Ethi": "am",
}  # fmt: skip

_LETTERS: Final[Mapping[str, str]] = {
    "en": "", "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíîòóùú", "nl": "áéëïíóöüèĳ", "sv": "åäöé", "da": "æøåé", "fi": "äöåšž", "ca": "àçèéíïòóúü·",
    "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű", "cs": "áčďéěíňóřšťúůýž", "ro": "ăâîșțşţ", "tr": "âçğıİîöşüû",
}  # fmt: skip
"""Letters beyond ASCII of the languages whose old encodings are detected."""

_CYRILLIC_LOOKS: Final = "АВЕКМНОРСТУХаеорсухіјѕ"
_LATIN_LOOKS: Final = "ABEKMHOPCTYXaeopcyxijs"
_LOOKALIKES: Final[Mapping[str, dict[int, int]]] = {
    "Latn": str.maketrans(_CYRILLIC_LOOKS, _LATIN_LOOKS),
    "Cyrl": str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS),
}
_EITHER: Final = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0400-\u052f]+")
"""A word of Latin or Cyrillic letters or of both."""

_DOUBTFUL: Final = 10.6
"""Nats a trigram above which a text reads like no language: prose costs 7 to 10, random letters over 11."""

_UNLIKE_LATIN: Final = 8.0
"""Nats a trigram from which a text of Latin letters may be transliterated Russian; that costs 8.4 to 9.5."""

_SENTENCE: Final = 40
"""Trigrams from which it is worth looking."""

_BETTER: Final = 0.25
"""By how many nats it must read better in Cyrillic."""

_CONVINCING: Final = 9.2
_CONVINCING_SHORT: Final = 8.4
"""Nats a trigram below which a guess at an encoding is right; a few words must read better than a page."""

_FEW: Final = 20
"""How many trigrams a few words have."""


def detect(text: str) -> str:
    """Tell the language of a text from its letters and words.

    Args:
        text: a paragraph or more; a few words are enough when they are typical.

    Returns:
        A BCP 47 code, such as ``ru``.

    Raises:
        UnknownLanguageError: there are no letters, or they read like no language we know.
    """
    found = detect_or_none(text)
    if found is None:
        raise UnknownLanguageError("cannot tell the language of the text; give it, such as ru or en")
    return found


def detect_or_none(text: str) -> str | None:
    """As `detect`, with None where there is nothing to go by."""
    sample = _prose(_middle(text))
    script = script_of(_without_names(sample))
    if script is None:
        return None
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    found = _words(sample, script)
    words = " ".join(found)
    count = sum(map(len, found))  # of trigrams, edges of words being marked
    # Words in lower case twice, for names are of no language.
    costs = load(script).surprisal(trigrams(" ".join([*found, *filter(str.islower, found)])))
    if not costs:
        return None
    against = letter_costs(words, tuple(costs))
    best = min(costs, key=lambda lang: costs[lang] + against[lang] / count)
    if script == "Latn" and count >= _SENTENCE and _reads_as_russian(sample, costs[best]):
        return "ru-Latn"
    return best if costs[best] < _DOUBTFUL or script == "Arab" else None


def _reads_as_russian(text: str, nats: float) -> bool:
    """Whether a text of Latin letters reads clearly better as Russian that was transliterated than it does so."""
    if nats < _UNLIKE_LATIN:
        return False
    return surprisals(to_cyrillic(text), "Cyrl").get("ru", nats) < nats - _BETTER


def script_of(text: str) -> str | None:
    """The script of most letters of a text, ISO 15924, or None without letters.

    Kana among Han characters make it ``Jpan``. Latin is ``Latn``, Cyrillic ``Cyrl``, Han ``Hani``.
    """
    counts = _counts(text)
    if counts["Jpan"] * 10 > counts["Hani"]:
        counts["Jpan"] += counts["Hani"] if counts["Jpan"] else 0
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else None


def script_for(lang: str, text: str) -> str | None:
    """The script that a document in `lang` is written in: by its language, unless the text says otherwise.

    A short page can hold more letters of its furniture than of its text.
    """
    counts = _counts(text)
    likeliest = max(counts, key=counts.__getitem__)
    enough = _SOME * sum(counts.values())
    base = primary_language(lang)
    own = [script for script in _TABLES if base in load(script).languages]
    own += [script for script, only in _ONE_LANGUAGE.items() if only == base]
    if likeliest not in own:
        likeliest = next((script for script in own if counts[script] > enough), likeliest)
    return likeliest if counts[likeliest] else None


@cache
def scripts_of(lang: str) -> frozenset[str]:
    """The scripts that a language is written in, ISO 15924; empty for one that we know nothing of."""
    found = {script for script in _TABLES if lang in load(script).languages}
    found |= {script for script, only in _ONE_LANGUAGE.items() if only == lang}
    # A short Japanese or Korean text may be all in Chinese characters.
    return frozenset(found | {"Hani"} if found & {"Jpan", "Hang"} else found)


def is_mostly(text: str, script: str) -> bool:
    """Whether more than half of the characters of a text, spaces too, are letters of a script."""
    return 2 * sum(map(len, _SCRIPTS[script].findall(text))) > len(text)


def _counts(text: str) -> dict[str, float]:
    """Letters of each script, weighted by how much they say."""
    return {
        script: _WEIGHT.get(script, 1.0) * sum(map(len, pattern.findall(text))) for script, pattern in _SCRIPTS.items()
    }


def surprisals(text: str, script: str) -> dict[str, float]:
    """How unlike each language of a script a text reads, in nats a trigram; empty without evidence.

    Letters of the other script that only look right (a Cyrillic ``а`` in an English word) are read as
    what they look like.
    """
    return load(script).surprisal(trigrams(" ".join(_words(text, script))))


def conviction(text: str, script: str, lang: str | None = None) -> float:
    """How convincingly a decoded text reads as a language of `script`: nats below doubt, 0 for not at all.

    Args:
        text: what an encoding made of the bytes.
        script: ``Cyrl`` or ``Latn``.
        lang: the language that it must read like best; any one when None.
    """
    if script_of(text) != script:
        return 0.0
    costs = surprisals(text, script)
    if not costs or (lang is not None and min(costs, key=costs.__getitem__) != lang):
        return 0.0
    few = sum(trigrams(text).values()) < _FEW
    return max(0.0, (_CONVINCING_SHORT if few else _CONVINCING) - min(costs.values()))


def alphabet(lang: str) -> frozenset[str]:
    """Letters beyond ASCII of a language, lower and upper case; empty for one we have no list of."""
    letters = _LETTERS.get(lang, "")
    return frozenset(letters + letters.upper())


def _middle(text: str) -> str:
    """A stretch from the middle of a long text."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


def _prose(text: str) -> str:
    """The lines of a page that are sentences or long, where there are some: the others may be the browser's."""
    lines = text.splitlines()
    kept = [line for line in lines if len(line) >= _LONG or _CLOSED.search(line[-8:])]
    letters = sum(map(len, kept))
    return "\n".join(kept) if letters >= max(_ENOUGH, _SOME * len(text)) else text


def _without_names(text: str) -> str:
    """The words that do not begin with a capital, where they are enough: names may be of any script."""
    small = " ".join(word for word in text.split() if not word[0].isupper())
    return small if sum(map(str.isalpha, small)) >= _ENOUGH else text


def _words(text: str, script: str) -> list[str]:
    """The words of a script; a word of two scripts is read as the look-alike of one of them."""
    pattern, lookalike = _SCRIPTS[script], _LOOKALIKES.get(script)
    if lookalike is None:
        return pattern.findall(text)
    words = []
    for word in _EITHER.findall(text):
        if pattern.fullmatch(word):
            words.append(word)
        elif pattern.search(word):
            words.extend(pattern.findall(word.translate(lookalike)))
    return words


_SCRIPT: Final = re.compile(r"[A-Za-z]{4}")
_REGION: Final = re.compile(r"[A-Za-z]{2}")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{2,8})*")


@cache
def _names() -> dict[str, str]:
    """Code to its English and own names, all that ``data/languages.tsv`` lists."""
    rows = (Path(__file__).parent / "data" / "languages.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows)


def normalize(code: str) -> str:
    """Bring a language code to the canonical case of BCP 47.

    ``RU`` becomes ``ru``, ``en_gb`` becomes ``en-GB``, ``ZH-hant-tw`` becomes ``zh-Hant-TW``.

    Raises:
        UnknownLanguageError: it is no language code, or one that names no language.
    """
    tag = code.strip().replace("_", "-")
    if _TAG.fullmatch(tag):
        language, *rest = tag.split("-")
        if language.lower() in _names():
            return "-".join([language.lower(), *(_cased(part) for part in rest)])
    raise UnknownLanguageError(f"unknown language {code!r}{_hint(code)}")


def by_name(name: str) -> str | None:
    """The code of a language by its English or own name, such as ``Russian`` or ``русский``; None if unknown."""
    wanted = name.strip().lower()
    return next((code for code, row in _names().items() if wanted in row.lower().split("\t")), None)


def _cased(part: str) -> str:
    """Script ``Hant``, region ``GB``, anything else lower case."""
    if _SCRIPT.fullmatch(part):
        return part.title()
    return part.upper() if _REGION.fullmatch(part) else part.lower()


def _hint(code: str) -> str:
    """What the person may have meant, as the end of a sentence."""
    import difflib

    wanted = code.strip().lower()
    names = {name.lower(): key for key, row in _names().items() for name in row.split("\t") if name}
    close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.8)
    if close:
        return f"; did you mean {names[close[0]]}?"
    return "; give a BCP 47 code such as ru, en or pt-BR"
