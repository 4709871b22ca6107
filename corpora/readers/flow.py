"""From HTML elements to paragraphs, as a browser lays them out.

Iterative, for a page may be nested as deep as it likes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from corpora.readers.blocks import Block, squeeze, words
from corpora.readers.markup import local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpora.document import Kind

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE: Final = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rbc rtc ruby s "
    "samp small span strike strong sub sup time tt u var wbr o:p picture img math"
)
"""Elements that do not begin a line of their own; any other does."""

SKIPPED: Final = words(
    "script style template noscript head title meta link base svg canvas iframe frame frameset noframes object "
    "embed applet audio video track source map area button select option optgroup datalist input textarea "
    "progress meter dialog rp rt"
)
"""Elements whose text is not read: code, pictures and the parts of forms."""

_FOOTNOTES: Final = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z*†‡])\s*[\])]?\s*")
_BACK: Final = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z*†‡^↑↩⏎\ufe0e\ufe0f]+)\s*[\])]?[.:]?\s*")
_PAUSE: Final = re.compile(r"[.!?…:;。！？：；؟*][\"'»”’)\]」』]*$")


class _Page:
    """Collects paragraphs while the elements are walked."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self.pieces: list[str] = []
        self.kinds: list[tuple[Kind, str]] = [("body", "")]

    def end(self) -> None:
        """Close the paragraph that is being written."""
        if not self.pieces:
            return
        kind, reason = self.kinds[-1]
        text = "".join(self.pieces)
        self.pieces.clear()
        lines = [squeeze(line) for line in text.split("\0")]
        if kind == "title":
            lines = [" ".join(filter(None, lines))]
        self.done.extend(Block(line, kind, reason) for line in _joined(lines) if line)


def blocks(root: Any, skip: Callable[[Any], bool] = lambda element: False) -> Iterator[Block]:  # noqa: ARG005
    """The paragraphs of an element, headings and footnotes marked.

    Args:
        root: an lxml element of an HTML tree.
        skip: tells which elements are left out, with all that is in them.
    """
    page = _Page()
    _enter(page, root)
    stack = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            _leave(page, element)
            stack.pop()
            if stack:
                _write(page, element.tail, element.getparent())
            continue
        name = local(child)
        if name == "br":
            page.pieces.append("\0")
        elif name not in SKIPPED and name and not _is_mark(page, child, name) and not skip(child):
            _enter(page, child)
            stack.append((child, iter(child)))
            continue
        elif name not in INLINE and name not in SKIPPED:
            page.end()
        _write(page, child.tail, element)
    page.end()
    yield from page.done


def _enter(page: _Page, element: Any) -> None:
    name = local(element)
    if name not in INLINE:
        page.end()
    page.kinds.append(_kind(element, name) or page.kinds[-1])
    _write(page, element.text, element)


def _leave(page: _Page, element: Any) -> None:
    if local(element) not in INLINE:
        page.end()
    page.kinds.pop()


def _write(page: _Page, text: str | None, inside: Any) -> None:
    """Take characters; in ``pre`` a line break is one."""
    if text:
        preformatted = "\n" in text and any(local(each) == "pre" for each in _lineage(inside))
        page.pieces.append(text.replace("\0", "").replace("\n", "\0") if preformatted else text.replace("\0", ""))


def _lineage(element: Any) -> Iterator[Any]:
    """An element and some of those around it."""
    for _ in range(6):
        if element is None:
            return
        yield element
        element = element.getparent()


def _kind(element: Any, name: str) -> tuple[Kind, str] | None:
    if name in HEADINGS or element.get("role") == "heading":
        return "title", f"heading <{name}>"
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    role = f"{element.get('role') or ''} {_epub_type(element)}"
    if name not in INLINE and (_FOOTNOTES.search(named) or _FOOTNOTES.search(role)):
        return "footnote", "marked as a footnote by the page"
    return None


def _epub_type(element: Any) -> str:
    return " ".join(
        str(value) for key, value in element.attrib.items() if str(key).endswith("type") and ":" in str(key)
    )


def _is_mark(page: _Page, element: Any, name: str) -> bool:
    """Whether an element is the mark of a footnote in the text, or the link back before the note itself."""
    if name == "a" and page.kinds[-1][0] == "footnote" and "#" in (element.get("href") or ""):
        return bool(_BACK.fullmatch("".join(element.itertext())))
    return is_reference(element, name)


def is_reference(element: Any, name: str) -> bool:
    """Whether an element is the mark of a footnote: a raised number that is a link."""
    if name == "sup":
        return any(local(each) == "a" for each in element.iter()) and bool(
            _REFERENCE.fullmatch("".join(element.itertext()))
        )
    if name == "a" and ("noteref" in (element.get("role") or "") or "noteref" in _epub_type(element)):
        return bool(_REFERENCE.fullmatch("".join(element.itertext())))
    return False


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines that line breaks parted: each a paragraph, but for one that clearly goes on in the next."""
    held = ""
    for line in lines:
        if held and line and line[:1].islower() and not _PAUSE.search(held):
            held = f"{held} {line}"
            continue
        yield held
        held = line
    yield held
