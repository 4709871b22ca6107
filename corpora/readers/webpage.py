"""The main text of a web page: what a reader came for, without the site around it.

In four steps: what the page itself says is navigation, footer, form or hidden goes, and so do rows of
teasers; the element that holds nearly all of what is left of its prose is the main part; the heading
above it is taken in, with the lines between; lists and lines of links go. Rather too much is kept than
too little: a menu that stays is labelled as furniture later, a paragraph that is lost cannot be aligned.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpora.readers.blocks import Block
from corpora.readers.flow import blocks
from corpora.readers.markup import local
from corpora.readers.webparts import (
    Weight,
    is_box,
    is_card,
    is_furniture,
    is_headed,
    is_link_list,
    is_surely_furniture,
    kind,
    text_in,
    weigh,
)
from corpora.structure.metadata import number_reason, parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST: Final = 0.5
"""An element with a larger share of the page's prose than this is no furniture, whatever its name."""

_LEAST: Final = 0.35
"""Share of the prose that names of classes may leave, at least."""

_NEARLY_ALL: Final = 0.88
"""Share of the prose that the main part holds at least."""

_SOME: Final = 0.3
"""Share of the page's prose that teasers hold at most: more of it is an article in points."""

_HEADED: Final = 0.7
"""The same for teasers whose links are headings, which points of an article are not."""

_SEVERAL: Final = 3
_MOSTLY: Final = 0.75
"""How many teasers there are in a row at least, and which share of their kind."""

_NEAR: Final = 300
"""Characters between the heading and the main part at most, where nothing else tells that it is the page's."""

_FEW: Final = 6
"""Elements that hold the date and number of a page, at most; a calendar has more."""

_SHORT: Final = 60
"""Characters of a line above the heading that may be the date of the page."""


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
    page = _cleared(body)
    found = tuple(_without_edges(page.flow(*page.part(title))))
    left = page.size - sum(len(block.text) for block in found)
    return Main(found, f"about {left} characters around the main text" if left > _SHORT else "")


def _cleared(body: Any) -> _Page:
    """A page without what is no part of the text.

    Names are only names: where they would take most of what is left after the sure ones, they mislead.
    """
    page = _Page(body)
    total = page.left()
    page.drop(surely=False)
    if page.left() >= _LEAST * total:
        return page
    sure = _Page(body)
    sure.drop(surely=True)
    return page if page.left() >= _LEAST * sure.left() else sure


class _Page:
    """A page while its parts are being weighed."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.weights = weigh(body)
        self.size = self.weights[body].size
        self.dropped: set[Any] = set()

    def left(self) -> int:
        """Characters of prose that are not dropped."""
        return self.weights[self.body].prose

    def drop(self, *, surely: bool) -> None:
        """Mark what is no part of the text, outermost first, and take its weight off what is around it.

        Args:
            surely: only what surely is none.
        """
        total = self.weights[self.body].prose
        stack = [self.body]
        while stack:
            parent = stack.pop()
            children = [child for child in parent if child in self.weights]
            teasers = set() if surely else self._teasers(children, total)
            for child in children:
                if child in teasers or self._is_outside(child, total, surely=surely):
                    self.dropped.add(child)
                else:
                    stack.append(child)
        for element in self.dropped:
            for around in element.iterancestors():
                if around not in self.weights:
                    break
                self.weights[around].add(self.weights[element], -1)

    def _is_outside(self, element: Any, total: int, *, surely: bool) -> bool:
        """Whether an element says of itself that it is no part of the text, and does not hold most of it."""
        name = local(element)
        if name == "a":
            return is_box(element)
        sure = is_surely_furniture(element, name)
        if not sure and (surely or not is_furniture(element, name)):
            return False
        return self.weights[element].prose <= (_NEARLY_ALL if sure else _MOST) * total

    def _teasers(self, children: Iterable[Any], total: int) -> set[Any]:
        """Those of some neighbours that are alike and, nearly all of them, head for other pages."""
        groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for child in children:
            groups[kind(child)].append(child)
        found: set[Any] = set()
        for alike in groups.values():
            if len(alike) < _SEVERAL:
                continue
            cards = [each for each in alike if is_card(each, self.weights[each])]
            if len(cards) >= max(_SEVERAL, _MOSTLY * len(alike)):
                most = _HEADED if all(map(is_headed, cards)) else _SOME
                if sum(self.weights[each].prose for each in alike) <= most * total:
                    found.update(alike)
        return found

    def part(self, title: str) -> tuple[Any, Any]:
        """The element of the main text, and the heading in it to begin at (None for its beginning)."""
        total = self.weights[self.body].prose
        if not total:
            return self.body, None
        part = self.body
        while local(part) != "article" and part.get("itemprop") != "articleBody":
            heavy = next((child for child in part if self._prose(child) >= _NEARLY_ALL * total), None)
            if heavy is None or not self._is_whole(heavy):
                break
            part = heavy
        heading = self._heading(part, title)
        if heading is None:
            return part, None
        above = set(heading.iterancestors())
        return next(each for each in (part, *part.iterancestors()) if each in above), heading

    def _prose(self, element: Any) -> int:
        return 0 if element in self.dropped or element not in self.weights else self.weights[element].prose

    def _is_whole(self, element: Any) -> bool:
        """Whether an element is more than one of several alike: a paragraph among others, a turn of a talk."""
        around = element.getparent()
        alike = sum(kind(each) == kind(element) and self._size(each) > 0 for each in around)
        return local(element) != "p" and (alike < _SEVERAL or any(self._prose(child) for child in element))

    def _size(self, element: Any) -> int:
        return 0 if element in self.dropped or element not in self.weights else self.weights[element].size

    def _heading(self, part: Any, title: str) -> Any:
        """The heading of the page, where it stands above the main part and not in it.

        The one that the window is called by, else the last ``h1``, else one that stands close.
        """
        before = []
        for each in self.body.iter("h1", "h2", "h3"):
            if self._is_dropped(each) or not text_in(each):
                continue
            if any(around is part for around in each.iterancestors()):
                if local(each) == "h1":
                    return None
            elif self._is_before(each, part):
                before.append(each)
        named = [each for each in before if len(text_in(each)) > 10 and text_in(each).lower() in title.lower()]  # noqa: PLR2004
        first = [each for each in before if local(each) == "h1"]
        near = [each for each in before[-1:] if self._distance(each, part) <= _NEAR]
        return (named[-1:] or first[-1:] or near or [None])[0]

    def _is_before(self, heading: Any, part: Any) -> bool:
        """Whether a heading stands before the main part."""
        for each in self.body.iter(heading.tag, part.tag):
            if each is heading or each is part:
                return each is heading
        return False

    def _distance(self, heading: Any, part: Any) -> int:
        """Characters that are read between a heading and the main part."""
        size = 0
        started = False
        for each in self.body.iter():
            if each is part:
                break
            started = started or each is heading
            if started and each in self.weights and not self._is_dropped(each):
                size += len((each.text or "").strip()) + len((each.tail or "").strip())
        return size

    def _is_dropped(self, element: Any) -> bool:
        return element in self.dropped or any(each in self.dropped for each in element.iterancestors())

    def flow(self, part: Any, first: Any) -> Iterator[Block]:
        """The paragraphs of the main part, from the heading on."""
        before: dict[Any, None] = {}
        if first is not None:
            above = set(first.iterancestors())
            for each in part.iter():
                if each is first:
                    break
                if each not in above:
                    before[each] = None
            for each in self._dates(before):
                before.pop(each, None)
        yield from blocks(part, lambda element: element in before or self._is_left_out(element))

    def _is_left_out(self, element: Any) -> bool:
        if element in self.dropped:
            return True
        weight = self.weights.get(element)
        return weight is not None and is_link_list(element, weight)

    def _dates(self, elements: Iterable[Any]) -> set[Any]:
        """Those that hold the date or the number of the document, with all that is around them and not text."""
        found: set[Any] = set()
        for element in reversed(list(elements)):
            if len(found) >= _FEW:
                break
            if 0 < self.weights.get(element, Weight()).size <= _SHORT and not self._is_dropped(element):
                text = text_in(element)
                if parse_moment(text) or number_reason(text):
                    found.update(element.iter())
        return found | {each for element in found for each in element.iterancestors() if self._only(each, found)}

    def _only(self, element: Any, found: set[Any]) -> bool:
        """Whether an element has no other text than that of some elements in it."""
        return all(each in found or not (each.text or "").strip() for each in element.iter())


def _without_edges(found: Iterator[Block]) -> Iterator[Block]:
    """Without headings that nothing follows: they stood over lists of links."""
    held: list[Block] = []
    for block in found:
        if block.kind == "title":
            held.append(block)
        else:
            yield from held
            held = []
            yield block
