"""The parts of a web page: what an element says of itself, and how much prose and how many links it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpora.readers.blocks import squeeze, words
from corpora.readers.flow import HEADINGS, INLINE, SKIPPED
from corpora.readers.markup import local

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER: Final = frozenset({"nav", "menu"})
_OUTSIDE: Final = frozenset({"footer", "aside", "header"})
_PARTS: Final = frozenset({"html", "body", "main", "article"})
_ROLES: Final = words(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tablist doc-toc "
    "directory status alert tooltip"
)
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_FURNITURE: Final = words(
    "nav navbar navigation menu menus submenu topmenu mainmenu breadcrumb breadcrumbs crumbs crumb cookie cookies "
    "consent gdpr footer foot sidebar aside share sharing shares social socials socialmedia sharebar sharedaddy "
    "addthis addtoany likes related relatedposts similar recommend recommended recommendations recirculation "
    "readmore seealso popular trending mostread comment comments disqus respond promo promotion advert adverts "
    "advertisement ad ads adv banner banners sponsor sponsored subscribe subscription newsletter signup login "
    "signin register pagination pager paginator skip skiplink toolbar toolbox tools tags tag taglist rating "
    "ratings popup modal overlay lightbox tooltip outbrain taboola widget widgets masthead rail topbar bottombar "
    "langswitch languages langs locale accessibility print printable copyright "
    "legal yarpp license licence relatedlinks author authors byline authorbox avatar editsection calendar"
)
_SURE: Final = words("footer cookie cookies consent gdpr navbar breadcrumbs comments modal popup")
_CONTENT: Final = words(
    "article content body text main story entry post page news statement document speech detail details"
)
_PREFIXES: Final = words("has with no is tag category term status format type post page field")
"""What a class begins with that says something else: ``has-sidebar``, ``tag-comments``, ``field--label-hidden``."""

_POSTS: Final = words(
    "post hentry h-entry entry article story news-item news-detail type-post article-body entry-content"
)
"""Classes of the text itself, whatever stands beside them (``post tag-comments``)."""

_UNSEEN: Final = words("hidden d-none visually-hidden visuallyhidden sr-only screen-reader-text noprint hide")

_HIDDEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.!?…。！？؟۔।:;][\"'»”’)\]」』]*(?:\s|$)|[,،、，]")

_LABELLED: Final = re.compile(r"[^:.!?]{4,30}:\s")
"""``Read more: …``, when what follows is a link."""

_PROSE: Final = 60
"""Characters that a paragraph of prose has at least, links not counted."""

_LINKED: Final = 0.6
"""Share of the characters in links from which a list, table or line is one of links."""

_CARD: Final = 420
"""Characters of a teaser at most."""

_HEADLINE: Final = 15
"""Characters of its link at least."""


@dataclass(slots=True)
class Weight:
    """What an element holds, with all that is in it.

    Attributes:
        prose: characters of paragraphs of prose.
        size: characters.
        linked: characters in links.
        links: how many links.
    """

    prose: int = 0
    size: int = 0
    linked: int = 0
    links: int = 0

    def add(self, other: Weight, sign: int = 1) -> None:
        """Add what another element holds, or take it away."""
        self.prose += sign * other.prose
        self.size += sign * other.size
        self.linked += sign * other.linked
        self.links += sign * other.links


def weigh(body: Any) -> dict[Any, Weight]:
    """What each element of a page holds; those that are not read hold nothing.

    One pass from the leaves up, so that a page of any depth takes time by its size only.
    """
    order = list(_elements(body))
    weights = {element: Weight(_prose(element)) for element in order}
    for element in reversed(order):
        weight = weights[element]
        weight.size += _length(element.text)
        name = local(element)
        if name == "a":
            weight.linked, weight.links = weight.size, 1
            weight.prose = 0
        parent = weights.get(element.getparent())
        if parent is not None and element is not body:
            parent.add(weight)
            parent.size += _length(element.tail)
    return weights


def _length(text: str | None) -> int:
    return len(squeeze(text)) if text else 0


def _elements(body: Any) -> Iterator[Any]:
    """The elements that are read, in order."""
    stack = [body]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(child for child in reversed(element) if local(child) and local(child) not in SKIPPED)


def _prose(element: Any) -> int:
    """Characters of the element's own paragraphs that read like prose and are not links."""
    if local(element) in INLINE:
        return 0
    pieces = [element.text or ""]
    linked = 0
    for child in element:
        name = local(child)
        if name in INLINE:
            inner = "".join(child.itertext())
            pieces.append(inner)
            linked += len(inner) if name == "a" else sum(len(text_in(each)) for each in child.iter("a"))
        elif name == "br":
            pieces.append(" ")
        pieces.append(child.tail or "")
    text = "".join(pieces)
    if len(text) < _PROSE:
        return 0
    text = squeeze(text)
    size = len(text) - linked
    return size if size >= _PROSE and linked < _LINKED * len(text) and _SENTENCE.search(text) else 0


def text_in(element: Any) -> str:
    """The characters in an element, white space squeezed."""
    return squeeze("".join(str(piece) for piece in element.itertext()))


def is_furniture(element: Any, name: str) -> bool:
    """Whether an element says of itself that it is no part of the text."""
    if name in _NEVER or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if name in {"form", "fieldset"}:
        return True
    if name in _OUTSIDE:
        return name != "header" or not _in_article(element)
    return name not in _PARTS and _is_named_so(element)


def is_surely_furniture(element: Any, name: str) -> bool:
    """Whether it is a footer, menu or banner however much of a short page it is."""
    if name in {"nav", "menu", "footer"} or element.get("role") in _ROLES:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return not _SURE.isdisjoint(word.lower() for word in _WORD.findall(named)) and element.find(".//h1") is None


def _is_named_so(element: Any) -> bool:
    """Whether the class or id says furniture, and does not say text as well (``share-news-body``)."""
    classes = (element.get("class") or "").split()
    if not _POSTS.isdisjoint(each.lower() for each in classes):
        return False
    return any(_says_furniture(each) for each in (*classes, *(element.get("id") or "").split()))


def _says_furniture(name: str) -> bool:
    """Whether a class or id begins or ends with a word of page furniture: ``share-bar``, ``main-menu``."""
    if name.lower() in _UNSEEN:
        return True
    parts = [word.lower() for word in _WORD.findall(name)]
    if not parts or parts[-1] in _CONTENT or parts[0] in _PREFIXES:
        return False
    return parts[0] in _FURNITURE or parts[-1] in _FURNITURE


def _in_article(element: Any) -> bool:
    return any(
        local(each) in {"article", "main"} or each.get("role") in {"main", "article"}
        for each in element.iterancestors()
    )


def is_box(link: Any) -> bool:
    """Whether a link holds headings or paragraphs: it is a teaser of another page."""
    return any(local(each) not in INLINE and local(each) not in SKIPPED for each in link)


def kind(element: Any) -> tuple[str, str]:
    """What an element looks like among its neighbours: its name and its first class."""
    return local(element), (element.get("class") or "").partition(" ")[0]


def is_card(element: Any, weight: Weight) -> bool:
    """Whether an element is a headline that is a link, and little more."""
    name, first_class = kind(element)
    if not weight.links or weight.size > _CARD or name in {"tr", "td", "dd", "blockquote", *INLINE}:
        return False
    if name == "p" and not first_class:
        return False
    text = text_in(element)
    for link in element.iter("a"):
        shown = text_in(link)
        if len(shown) >= _HEADLINE:
            return _is_in_heading(link) or is_box(link) or text.startswith(shown)
    return False


def is_headed(card: Any) -> bool:
    """Whether a card has a heading that is a link, or is a link as a whole."""
    return any(is_box(link) or _is_in_heading(link) for link in card.iter("a"))


def _is_in_heading(link: Any) -> bool:
    """Whether a link is a heading, holds one or is the whole of one."""
    around = link.getparent()
    above = around.getparent() if around is not None else None
    return any(each is not None and local(each) in HEADINGS for each in (around, above, *link))


def is_link_list(element: Any, weight: Weight) -> bool:
    """Whether a list, table or box without prose holds little but links, several of them or one that is all."""
    name = local(element)
    if weight.prose or not weight.links or name in INLINE or name in {*HEADINGS, *_PARTS, "blockquote"}:
        return False
    if weight.links == 1 and name == "p":
        return weight.linked >= _LINKED * weight.size and bool(_LABELLED.match(text_in(element)))
    if weight.links == 1:
        return name in {"div", "section", "li"} and weight.linked == weight.size < 2 * _PROSE
    return weight.linked >= _LINKED * weight.size
