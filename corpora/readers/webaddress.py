"""Where a saved page came from, and where it is said to stand in other languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAVED: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S{1,2000}?)\s*-->", re.IGNORECASE)
"""What Internet Explorer, Chrome and Edge write at the top of a page that they save."""

_HEAD: Final = 4096
_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>]{1,2000}", re.IGNORECASE)
_MOST: Final = 60
"""Other languages of a page that are kept."""


def page_address(root: Any, text: str) -> str:
    """The address of a page: what it calls canonical, what it tells social networks, what the browser noted.

    Args:
        root: the page's tree.
        text: the page's source.

    Returns:
        ``https://…``, or an empty string.
    """
    told = [*_links(root, "canonical"), *_properties(root, "og:url")]
    saved = _SAVED.search(text[:_HEAD])
    return next(filter(_ADDRESS.fullmatch, [*told, *([saved[1]] if saved else [])]), "")


def page_alternates(root: Any) -> str:
    """The addresses of the page in other languages (``rel="alternate" hreflang``), parted by spaces."""
    found = [
        address
        for element in root.iter("link")
        if element.get("hreflang") and "alternate" in (element.get("rel") or "").lower().split()
        for address in [(element.get("href") or "").strip()]
        if _ADDRESS.fullmatch(address)
    ]
    return " ".join(dict.fromkeys(found[:_MOST]))


def _links(root: Any, relation: str) -> Iterator[str]:
    for element in root.iter("link"):
        if relation in (element.get("rel") or "").lower().split():
            yield (element.get("href") or "").strip()


def _properties(root: Any, name: str) -> Iterator[str]:
    for element in root.iter("meta"):
        if name in {element.get("property"), element.get("name")}:
            yield (element.get("content") or "").strip()
