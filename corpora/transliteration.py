"""Russian in Latin letters, told from the Slavic languages that are written so."""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ju": "ю", "iu": "ю",
    "ya": "я", "ja": "я", "ia": "я", "yo": "ё", "jo": "ё", "yy": "ый", "iy": "ий", "ye": "е", "a": "а", "b": "б",
    "v": "в", "w": "в", "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "j": "й", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф", "h": "х", "x": "х", "c": "ц",
    "'": "ь", "’": "ь", "ʹ": "ь", "č": "ч", "š": "ш", "ž": "ж",
}  # fmt: skip
_PIECE: Final = re.compile("|".join(sorted(map(re.escape, _PAIRS), key=len, reverse=True)))
_HARD_I: Final = re.compile(r"y(?=[bvgdzklmnprstfhc]|j?\b)")
"""``vy``, ``sily``: the y that is ы; the one before a vowel is й."""


def to_cyrillic(text: str) -> str:
    """Undo the common ways of writing Russian in Latin letters (GOST, BGN, ISO 9, passports), roughly.

    >>> to_cyrillic("My obsudili polozhenie v regione i dogovorilis' prodolzhit' konsultatsii")
    'мы обсудили положение в регионе и договорились продолжить консультации'
    """
    lowered = _HARD_I.sub("ы", text.lower())
    return _PIECE.sub(lambda found: _PAIRS[found[0]], lowered).replace("y", "й")
