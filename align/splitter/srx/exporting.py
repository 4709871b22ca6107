"""Our own rules as an `Srx`, for CAT tools that should cut as we do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from align.errors import UnknownLanguageError
from align.splitter.language import GENERAL, available, data_name, load
from align.splitter.srx.expressions import Vocabulary
from align.splitter.srx.model import LanguageMap, Srx
from align.splitter.srx.ours import rules_of
from corpora.language import normalize

_OWN: Final = "ours"


def export(langs: Sequence[str] = ()) -> Srx:
    """Say our rules as SRX.

    Each code gets exactly one set, whatever a tool makes of ``cascade``.

    Args:
        langs: BCP 47 codes of the languages wanted; all that have rules, and general ones for every
            other language, when empty.

    Raises:
        UnknownLanguageError: a code is unknown, or we have no rules for it.
    """
    names = list(dict.fromkeys(map(_own_name, langs))) or sorted(available())
    maps = [LanguageMap(f"(?i){name}(?:[-_].*)?", name) for name in names]
    if not langs:
        names.append(GENERAL)
        maps.append(LanguageMap(f"(?i)(?!(?:{'|'.join(sorted(available()))})(?:[-_]|$)).*", GENERAL))
    rules = {name: rules_of(Vocabulary(load(name))) for name in names}
    return Srx(_OWN, _OWN, _digest(names), tuple(maps), rules)


def _own_name(lang: str) -> str:
    name = data_name(normalize(lang))
    if name == GENERAL:
        raise UnknownLanguageError(f"no rules of our own for {lang!r}; there are {', '.join(sorted(available()))}")
    return name


def _digest(names: Iterable[str]) -> str:
    versions = ",".join(f"{name}:{load(name).version}" for name in names)
    return hashlib.sha256(versions.encode()).hexdigest()[:8]
