"""Segmentation rules as data: what an SRX file says, whatever it was written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Dialect = Literal["icu", "java"]
r"""Whose expressions a file holds: ICU's, where ``\s`` and ``\w`` are Unicode, or Java's, where they are ASCII."""


@dataclass(frozen=True, slots=True)
class SrxRule:
    """One rule: it speaks of a place whose left ends with `before` and whose right starts with `after`.

    Attributes:
        before: regular expression for the text before the place; empty fits anything.
        after: regular expression for the text after it.
        breaks: whether the text is cut there; if not, the rule is an exception.
        line: the line of the file that the rule stands on; 0 where there is no file.
    """

    before: str
    after: str
    breaks: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class LanguageMap:
    """Which codes a set of rules is for.

    Attributes:
        pattern: regular expression that must match the whole language code.
        name: a key of `Srx.rules`.
        line: the line of the file that it stands on; 0 where there is no file.
    """

    pattern: str
    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Srx:
    """Segmentation rules for any number of languages, as SRX 2.0 has them.

    Attributes:
        path: the file as the caller named it, for errors.
        name: a short name, for signatures.
        digest: eight hexadecimal digits that change with any byte of the file.
        maps: which rules are for which code, in order.
        rules: rules in order, by the name of their set.
        cascade: whether a code gets the rules of all maps that fit it, one after the other, and not
            of the first alone.
        dialect: whose regular expressions they are.
    """

    path: str
    name: str
    digest: str
    maps: tuple[LanguageMap, ...]
    rules: Mapping[str, tuple[SrxRule, ...]] = field(hash=False)
    cascade: bool = False
    dialect: Dialect = "icu"

    @property
    def signature(self) -> str:
        """What names the rules in a signature: ``srx:mine.srx@1a2b3c4d``."""
        return f"srx:{self.name}@{self.digest}"
