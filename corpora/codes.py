"""What a language code says, without asking which languages there are (`corpora.language` knows them)."""

from __future__ import annotations

__all__ = ["primary_language", "same_language"]


def primary_language(code: str) -> str:
    """The language that a code names, without script, region and variant: the primary subtag of BCP 47, in lower case.

    ``en-GB`` is ``en`` and ``zh-Hant-TW`` is ``zh``; ``pt_BR``, as POSIX has it, is ``pt``. An empty code stays empty.
    """
    return code.replace("_", "-").partition("-")[0].lower()


def same_language(one: str, other: str) -> bool:
    """Whether two codes name one language, in whatever scripts and regions: ``pt`` and ``pt-BR`` do."""
    return primary_language(one) == primary_language(other)
