"""Little helpers of the formats that are written as XML or HTML."""

from __future__ import annotations

import re
from typing import Final

from align.exporters.text import clean
from corpora.codes import primary_language

_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS: Final = re.compile(r"-(Arab|Hebr|Syrc|Thaa|Nkoo)\b", re.IGNORECASE)


def escape(text: str) -> str:
    """Escape for text and for attributes in double quotes; ``>`` too, because of ``]]>``."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def plain(text: str) -> str:
    """A name or a signature, whatever is in it, for text or an attribute: on one line, escaped."""
    return escape(clean(text))


def is_right_to_left(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return primary_language(lang) in _RIGHT_TO_LEFT or bool(_RIGHT_TO_LEFT_SCRIPTS.search(lang))
