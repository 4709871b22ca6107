"""Reading segmentation rules: SRX 2.0 and 1.0, and OmegaT's ``segmentation.conf``."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import Final

from align.errors import FormatError
from align.splitter.srx import beans
from align.splitter.srx.markup import Element, parse
from align.splitter.srx.model import Dialect, LanguageMap, Srx, SrxRule
from corpora.errors import EmptyDocumentError
from corpora.readers.source import load_bytes

OMEGAT: Final = "omegat"
"""The name of the built-in rules that cut as OmegaT does without rules of a person's own."""

LARGEST: Final = 8 * 1024 * 1024
"""The largest file of rules that is read, in bytes; the largest that people use have one tenth."""

_BUILT_IN: Final = Path(__file__).with_name("omegat.srx")
_OMEGAT_FILES: Final = frozenset({"segmentation.srx", "segmentation.conf"})
_YES: Final = {"yes": True, "no": False, "true": True, "false": False}


def read_srx(path: str | Path) -> Srx:
    """Read rules from a file, or the built-in ones.

    Args:
        path: an SRX file, or OmegaT's ``segmentation.conf``; or ``omegat``, which names the rules that
            repeat OmegaT's default behaviour.

    Raises:
        ReadError: the file cannot be read.
        FormatError: it is empty or no such file; the message is ``path:line: …``.
    """
    if str(path) == OMEGAT:
        return parse_srx(_BUILT_IN.read_bytes(), OMEGAT, dialect="java")
    try:
        data = load_bytes(path)
    except EmptyDocumentError:
        raise FormatError(f"{path}: the file is empty; give segmentation rules (SRX 2.0)") from None
    if len(data) > LARGEST:
        raise FormatError(f"{path}: larger than {LARGEST // 1024**2} MiB, so hardly a file of segmentation rules")
    own = PurePath(path).name.lower() in _OMEGAT_FILES
    return parse_srx(data, str(path), dialect="java" if own else "icu")


def parse_srx(data: bytes, path: str, *, dialect: Dialect = "icu") -> Srx:
    """Make rules of the bytes of a file.

    Args:
        data: what the file holds.
        path: what to call it in errors and signatures.
        dialect: whose regular expressions an SRX file holds; those of a segmentation.conf are Java's.

    Raises:
        FormatError: these are no segmentation rules; the message is ``path:line: …``.
    """
    root = parse(data, path)
    if root.tag == "java":
        maps, rules = beans.rules_of(root, path)
        return Srx(path, PurePath(path).name, _digest(data), maps, rules, cascade=True, dialect="java")
    if root.tag != "srx":
        raise FormatError(f"{path}:{root.line}: no SRX: it begins with <{root.tag}>, not <srx>")
    header = root.find("header")
    cascade = header is not None and _yes(header, "cascade", path, default=False)
    rules = _rules(root, path)
    maps = _maps(root, path)
    for each in maps:
        if each.name not in rules:
            raise FormatError(f"{path}:{each.line}: there is no <languagerule> called {each.name!r}")
    return Srx(path, PurePath(path).name, _digest(data), maps, rules, cascade=cascade, dialect=dialect)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def _rules(root: Element, path: str) -> dict[str, tuple[SrxRule, ...]]:
    rules: dict[str, tuple[SrxRule, ...]] = {}
    for each in root.walk("languagerule"):
        name = _attribute(each, "languagerulename", path)
        if name in rules:
            raise FormatError(f"{path}:{each.line}: a second <languagerule> called {name!r}")
        rules[name] = tuple(_rule(rule, path) for rule in each.walk("rule"))
    if not rules:
        raise FormatError(f"{path}:{root.line}: no segmentation rules: there is no <languagerule>")
    return rules


def _rule(element: Element, path: str) -> SrxRule:
    before, after = element.find("beforebreak"), element.find("afterbreak")
    return SrxRule(
        before.text if before else "",
        after.text if after else "",
        breaks=_yes(element, "break", path, default=True),
        line=element.line,
    )


def _maps(root: Element, path: str) -> tuple[LanguageMap, ...]:
    """The language maps; in SRX 1.0 they lie in named <maprule>s, of which the first counts."""
    holder = next(root.walk("maprule"), root)
    maps = tuple(
        LanguageMap(
            _attribute(each, "languagepattern", path),
            _attribute(each, "languagerulename", path),
            each.line,
        )
        for each in holder.walk("languagemap")
    )
    if not maps:
        raise FormatError(f"{path}:{root.line}: no <languagemap> says which rules are for which language")
    return maps


def _attribute(element: Element, name: str, path: str) -> str:
    value = element.attributes.get(name)
    if value is None:
        raise FormatError(f"{path}:{element.line}: <{element.tag}> has no {name}")
    return value


def _yes(element: Element, name: str, path: str, *, default: bool) -> bool:
    value = element.attributes.get(name)
    if value is None:
        return default
    if value.lower() not in _YES:
        raise FormatError(f"{path}:{element.line}: {name}={value!r} is neither yes nor no")
    return _YES[value.lower()]
