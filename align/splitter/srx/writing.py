"""Writing segmentation rules as SRX 2.0, or as OmegaT before 6.1 wants them."""

from __future__ import annotations

from pathlib import PurePath

from align.splitter.srx import beans
from align.splitter.srx.markup import escape
from align.splitter.srx.model import LanguageMap, Srx, SrxRule


def render(srx: Srx, path: str) -> str:
    """The text of a file with the rules: OmegaT's own form if `path` ends in ``.conf``, else SRX 2.0."""
    return beans.written(srx) if PurePath(path).suffix.lower() == ".conf" else _srx(srx)


def _srx(srx: Srx) -> str:
    rules = "".join(_language(name, rules) for name, rules in srx.rules.items())
    maps = "".join(map(_map, srx.maps))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<srx xmlns="http://www.lisa.org/srx20" version="2.0">\n'
        f'<header segmentsubflows="yes" cascade="{_yes(srx.cascade)}">\n'
        '<formathandle type="start" include="no"/>\n'
        '<formathandle type="end" include="yes"/>\n'
        '<formathandle type="isolated" include="no"/>\n'
        "</header>\n<body>\n"
        f"<languagerules>\n{rules}</languagerules>\n"
        f"<maprules>\n{maps}</maprules>\n"
        "</body>\n</srx>\n"
    )


def _language(name: str, rules: tuple[SrxRule, ...]) -> str:
    inside = "".join(map(_rule, rules))
    return f'<languagerule languagerulename="{escape(name)}">\n{inside}</languagerule>\n'


def _rule(rule: SrxRule) -> str:
    before = f"<beforebreak>{escape(rule.before)}</beforebreak>"
    after = f"<afterbreak>{escape(rule.after)}</afterbreak>"
    return f'<rule break="{_yes(rule.breaks)}">{before}{after}</rule>\n'


def _map(each: LanguageMap) -> str:
    return f'<languagemap languagepattern="{escape(each.pattern)}" languagerulename="{escape(each.name)}"/>\n'


def _yes(value: bool) -> str:  # noqa: FBT001 -- a word for a value
    return "yes" if value else "no"
