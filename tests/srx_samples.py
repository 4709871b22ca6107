"""SRX files for tests, written for this project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.splitter.srx import Srx, cutter, parse_srx

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rule(before: str, after: str, *, breaks: str = "yes") -> str:
    return f'<rule break="{breaks}"><beforebreak>{before}</beforebreak><afterbreak>{after}</afterbreak></rule>'


def language(name: str, *rules: str) -> str:
    inside = "\n".join(rules)
    return f'<languagerule languagerulename="{name}">\n{inside}\n</languagerule>'


def srx(languages: Iterable[str], maps: Iterable[tuple[str, str]], cascade: str = "no") -> str:
    mapped = "\n".join(
        f'<languagemap languagepattern="{pattern}" languagerulename="{name}"/>' for pattern, name in maps
    )
    return (
        f'{HEAD}<srx xmlns="http://www.lisa.org/srx20" version="2.0">\n'
        f'<header segmentsubflows="yes" cascade="{cascade}"/>\n'
        f"<body><languagerules>\n{chr(10).join(languages)}\n</languagerules>\n<maprules>\n{mapped}\n</maprules></body></srx>\n"
    )


def rules(*each: str) -> Srx:
    """Rules for every language, as one set."""
    return parse_srx(srx([language("All", *each)], [(".*", "All")]).encode(), "test.srx")


def cut(rules: Srx, text: str, lang: str = "ru") -> list[str]:
    return [text[start:stop] for start, stop in cutter(rules, lang).spans(text)]


STOP = rule(r"[.?!]+", r"\s")
"""Every mark before white space ends a sentence."""
