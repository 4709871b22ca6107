"""Which letters a language has, and how usual the language is: what trigrams alone do not tell of a few words.

``ы`` is no letter of Bulgarian or Ukrainian, ``ў`` is Belarusian, ``ң`` with ``қ`` Kazakh, ``ñ`` no Portuguese letter.
Names bring
foreign letters into any text, so that a letter only counts against a language, never decides.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_RUSSIAN: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_ARABIC: Final = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"

_LETTERS: Final[Mapping[str, str]] = {
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "kk": _RUSSIAN + "әғқңөұүһі",
    "ky": _RUSSIAN + "ңөү",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "mn": _RUSSIAN + "өү",
    "ru": _RUSSIAN,
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "tg": _RUSSIAN + "ғӣқӯҳҷ",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ar": _ARABIC,
    "fa": _ARABIC + "پچژگکی",
    "ur": _ARABIC + "پچژگکیٹڈڑںےہھۓ",
    **{
        lang: _LATIN + more
        for lang, more in {
            "az": "çəğıöşüi̇", "ca": "àçèéíïòóúü", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "en": "",
            "eo": "ĉĝĥĵŝŭ", "es": "áéíñóúü", "et": "äõöüšž", "fi": "äöåšž", "fr": "àâæçéèêëîïôœùûüÿ", "hr": "čćđšž",
            "hu": "áéíóöőúüű", "id": "", "it": "àèéìíîòóùú", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "nb": "æøåéòô",
            "nl": "áéëïíóöüè", "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõúü", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž",
            "sl": "čšž", "sq": "çë", "sv": "åäöé", "tr": "âçğıîöşûüi̇",
        }.items()
    },
}  # fmt: skip
"""Lower-case letters of languages; one that is not listed may have any."""

_STRANGE: Final = 3.0
"""Nats that a letter costs which the language does not have."""

_FEW: Final = 6
"""No more such letters are counted, for they may all be of one name."""

_USUAL: Final[Mapping[str, float]] = {"en": 0.0, "ru": 0.0} | dict.fromkeys(
    ("ar", "de", "es", "fr", "it", "kk", "pl", "pt", "tr", "uk"), 1.0
)
_RARE: Final = 4.0
"""Nats by which a text is less likely to be in a language that is none of the usual ones."""

_LETTER: Final = re.compile(r"[^\W\d_]")


def letter_costs(text: str, langs: tuple[str, ...]) -> dict[str, float]:
    """What letters and usage say against each of some languages, in nats for the whole text.

    Args:
        text: any text.
        langs: BCP 47 codes.
    """
    counts = Counter(_LETTER.findall(text.lower()))
    return {lang: _USUAL.get(lang, _RARE) + _STRANGE * min(_FEW, _strange(counts, lang)) for lang in langs}


def _strange(counts: Counter[str], lang: str) -> int:
    own = _own(lang)
    return sum(count for letter, count in counts.items() if letter not in own) if own else 0


@cache
def _own(lang: str) -> frozenset[str]:
    return frozenset(_LETTERS.get(lang, ""))
