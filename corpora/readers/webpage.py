"""The main text of a web page: what a reader came for, without the site around it.

In four steps: what the page itself says is navigation, footer, form or hidden goes; the element that
holds nearly all of what is left of its prose is the main part; the heading above it is taken in, with
the lines between; lists and lines of links go. Rather too much is kept than too little: a menu that
stays is labelled as furniture later, a paragraph that is lost cannot be aligned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpora.readers.blocks import Block, squeeze, words
from corpora.readers.flow import INLINE, SKIPPED, blocks
from corpora.readers.markup import local

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER: Final = frozenset({"nav", "menu"})
_OUTSIDE: Final = frozenset({"footer", "aside", "header"})
_ROLES: Final = words(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tablist "
    "doc-toc directory status alert tooltip"
)
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_FURNITURE: Final = words(
    "nav navbar navigation menu menus submenu topmenu mainmenu breadcrumb breadcrumbs crumbs crumb cookie cookies "
    "consent gdpr footer foot sidebar aside share sharing shares social socials socialmedia sharebar addthis addtoany "
    "likes related similar recommend recommended recommendations recirculation readmore seealso popular trending "
    "mostread comment comments disqus respond promo promotion advert adverts advertisement ads adv banner banners "
    "sponsor sponsored subscribe subscription newsletter signup login signin register pagination pager paginator "
    "skip skiplink toolbar toolbox tools tags tag taglist rating ratings popup modal overlay lightbox tooltip "
    "outbrain taboola widget widgets masthead topbar bottombar langswitch languages langs locale accessibility "
    "hidden noprint print printable screenreader sronly copyright legal byline authorbox avatar"
)
_CONTENT: Final = words(
    "article content body text main story entry post page news statement document speech detail details"
)
_HIDDEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?…。！？؟۔।:;][\"'»”’)\]」』]*(?:\s|$)|[,،、，]")
_MOST: Final = 0.5
"""An element with a larger share of the page's prose than this is no furniture, whatever its name."""

_NEARLY_ALL: Final = 0.88
"""Share of the prose that the main part holds at least."""

_PROSE: Final = 60
"""Characters that a paragraph of prose has at least, links not counted."""

_LINKED: Final = 0.6
"""Share of the characters in links from which a list, table or line is one of links."""


@dataclass(frozen=True, slots=True)
class Main:
    """The main text of a page.

    Attributes:
        blocks: its paragraphs.
        left_out: how much of the page is not among them, for people; empty for nothing.
    """

    blocks: tuple[Block, ...]
    left_out: str


def main_text(root: Any, title: str = "") -> Main:
    """Find the main text of a page.

    Args:
        root: the page, an lxml tree of HTML.
        title: what stands in the title bar; tells a heading from others.
    """
    body = root.find(".//body")
    body = root if body is None else body
    everything = sum(len(block.text) for block in blocks(body))
    page = _Page(body)
    page.drop()
    part, first = page.part(title)
    found = tuple(_without_edges(page.flow(part, first)))
    left = everything - sum(len(block.text) for block in found)
    return Main(found, f"{left} characters around the main text" if left > 0 else "")


class _Page:
    """A page while its parts are being weighed."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.prose: dict[Any, int] = {}
        self.dropped: set[Any] = set()
        self._weigh()

    def _weigh(self) -> None:
        """Characters of prose in each element that has some, its descendants counted in."""
        own: dict[Any, int] = {}
        for element in self.body.iter():
            name = local(element)
            if name and name not in INLINE and name not in SKIPPED:
                size = _prose(element)
                if size:
                    own[element] = size
        self.prose = {}
        for element, size in own.items():
            each = element
            while each is not None:
                self.prose[each] = self.prose.get(each, 0) + size
                if each is self.body:
                    break
                each = each.getparent()

    def drop(self) -> None:
        """Mark what is no part of the text, outermost first, and weigh what is left."""
        total = self.prose.get(self.body, 0)
        stack = [self.body]
        while stack:
            for child in stack.pop():
                name = local(child)
                if not name or name in SKIPPED:
                    continue
                if _is_furniture(child, name) and self.prose.get(child, 0) <= _MOST * total:
                    self.dropped.add(child)
                else:
                    stack.append(child)
        for element in self.dropped:
            size = self.prose.get(element, 0)
            each = element.getparent() if size else None
            while each is not None and each in self.prose:
                self.prose[each] -= size
                each = None if each is self.body else each.getparent()

    def part(self, title: str) -> tuple[Any, Any]:
        """The element of the main text, and the heading in it to begin at (None for its beginning)."""
        total = self.prose.get(self.body, 0)
        if not total:
            return self.body, None
        part = self.body
        while True:
            heavy = [child for child in part if self._weight(child) >= _NEARLY_ALL * total]
            if not heavy or local(part) == "article" or part.get("itemprop") == "articleBody":
                break
            part = heavy[0]
        heading = self._heading(part, title)
        if heading is None:
            return part, None
        above = set(heading.iterancestors())
        return next(each for each in (part, *part.iterancestors()) if each in above), heading

    def _weight(self, element: Any) -> int:
        return 0 if element in self.dropped else self.prose.get(element, 0)

    def _heading(self, part: Any, title: str) -> Any:
        """The heading of the page, where it stands above the main part and not in it."""
        found = [each for each in self.body.iter("h1", "h2") if not self._is_dropped(each) and _text(each)]
        inside = {each for each in found if each is part or part in each.iterancestors()}
        if any(local(each) == "h1" for each in inside):
            return None
        before = []
        for each in self.body.iter():
            if each is part:
                break
            if each in found:
                before.append(each)
        named = [each for each in before if len(_text(each)) > 10 and _text(each).lower() in title.lower()]  # noqa: PLR2004
        first = [each for each in before if local(each) == "h1"]
        return (named or first or [None])[-1]

    def _is_dropped(self, element: Any) -> bool:
        return element in self.dropped or any(each in self.dropped for each in element.iterancestors())

    def flow(self, part: Any, first: Any) -> Iterator[Block]:
        """The paragraphs of the main part, from the heading on."""
        before = set()
        if first is not None:
            above = set(first.iterancestors())
            for each in part.iter():
                if each is first:
                    break
                if each not in above:
                    before.add(each)
            before -= self._times_above(first)
        yield from blocks(part, lambda element: element in self.dropped or element in before or _is_link_list(element))

    def _times_above(self, first: Any) -> set[Any]:
        """What stands right above the heading in the same box: often the date."""
        box = first.getparent()
        if box is None or len(_text(box)) > 3 * len(_text(first)) + 100:
            return set()
        return {each for sibling in first.itersiblings(preceding=True) for each in sibling.iter()}


def _is_furniture(element: Any, name: str) -> bool:
    """Whether an element says of itself that it is no part of the text."""
    if name in _NEVER or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if name in _OUTSIDE:
        return name != "header" or not _in_article(element)
    if name in {"body", "main", "article", "html"}:
        return False
    return _is_named_so(element)


def _is_named_so(element: Any) -> bool:
    """Whether the class or id says furniture, and does not say text as well (``share-news-body``)."""
    for names in (element.get("class") or "", element.get("id") or ""):
        for each in names.split():
            words = [word.lower() for word in _WORD.findall(each)]
            if _FURNITURE.intersection(words) and not (_CONTENT.intersection(words[-1:]) or words[:1] in _PREFIXES):
                return True
    return False


_PREFIXES: Final = (["has"], ["with"], ["no"], ["is"])
"""What a class begins with that only says what the element is beside: ``has-sidebar``."""


def _in_article(element: Any) -> bool:
    return any(
        local(each) in {"article", "main"} or each.get("role") in {"main", "article"}
        for each in element.iterancestors()
    )


def _prose(element: Any) -> int:
    """Characters of the element's own paragraphs that read like prose and are not links."""
    pieces = [element.text or ""]
    linked = 0
    for child in element:
        name = local(child)
        if name in INLINE:
            inner = "".join(child.itertext())
            pieces.append(inner)
            linked += len(inner) if name == "a" else sum(len(_text(each)) for each in child.iter("a"))
        elif name == "br":
            pieces.append(" ")
        pieces.append(child.tail or "")
    text = squeeze("".join(pieces))
    size = len(text) - linked
    return size if size >= _PROSE and linked < _LINKED * len(text) and _SENTENCE.search(text) else 0


def _text(element: Any) -> str:
    return squeeze("".join(str(piece) for piece in element.itertext()))


def _is_link_list(element: Any) -> bool:
    """Whether a list, table or box holds little but links, several of them or one that is all."""
    name = local(element)
    if name in INLINE or name in {"h1", "h2", "h3", "h4", "h5", "h6", "body", "main", "article", "blockquote"}:
        return False
    links = list(element.iter("a"))
    if not links:
        return False
    text = _text(element)
    linked = sum(len(_text(link)) for link in links)
    if len(links) == 1:
        return name in {"div", "section", "li"} and linked == len(text) < 2 * _PROSE
    return linked >= _LINKED * len(text) and not _SENTENCE.search(text.rstrip(" .…")[-200:] if name == "p" else "")


def _without_edges(found: Iterator[Block]) -> Iterator[Block]:
    """Without a heading that nothing follows: it stood over a list of links."""
    held: list[Block] = []
    for block in found:
        if block.kind == "title":
            held.append(block)
        else:
            yield from held
            held = []
            yield block
