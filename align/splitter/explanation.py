"""Why a document is cut as it is: every candidate point, what was decided there, and by which rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.splitter.cutting import explain
from align.splitter.language import language_data
from align.splitter.point import Decision
from align.splitter.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.splitter.point import SplitPoint
    from corpora.document import Document

_LEFT: Final = 36
_RIGHT: Final = 24
_BREAK: Final = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_JOINED: Final = "~"


@dataclass(frozen=True, slots=True)
class Explained:
    """One candidate point of a document.

    Attributes:
        offset: where the sentence ends or would end, in characters of `Document.text`.
        next: where the next sentence begins or would begin.
        decision: what was decided.
        rule: name of the rule that decided.
    """

    offset: int
    next: int
    decision: Decision
    rule: str


def explain_document(document: Document) -> Iterator[Explained]:
    """Every candidate point of a document, paragraph by paragraph, in order.

    Paragraphs of metadata are never cut and have none; nor has the end of a paragraph, which always
    ends a sentence. A language cut by learnt data has no rules, and no points.

    Warns:
        ToolkitWarning: once for a language without a data file: general rules are used.
    """
    if language_data(document.lang).engine != "rules":
        return
    for paragraph in document.paragraphs:
        if paragraph.is_metadata:
            continue
        text = document.text[paragraph.start : paragraph.stop]
        for point, decision, rule in explain(text, document.lang):
            yield _explained(point, decision, rule, paragraph.start)


def _explained(point: SplitPoint, decision: Decision, rule: str, offset: int) -> Explained:
    if decision is not Decision.BEFORE:
        return Explained(offset + point.cut, offset + point.next, decision, rule)
    cut = len(point.text[: point.token_start].rstrip()) if point.token_start else 0
    return Explained(offset + cut, offset + point.token_start, decision, rule)


def show(document: Document, found: Sequence[Explained]) -> str:
    """Write points for a person, one a line, and below what the rules among them are about.

    A line holds the offset, the decision, the rule, and the place itself: ``г.~ ~Краснодар`` stays whole,
    ``Краснодар.| |Затем`` is cut.
    """
    width = max((len(one.rule) for one in found), default=0)
    lines = [
        f"{one.offset:>7}  {one.decision.value:6}  {one.rule:{width}}  {notation(document.text, one)}\n"
        for one in found
    ]
    used = {one.rule for one in found}
    notes = [f"{rule.__name__:{width}}  {_about(rule.__doc__)}\n" for rule in RULES if rule.__name__ in used]
    return "".join([*lines, "\n" if notes else "", *notes])


def notation(text: str, one: Explained) -> str:
    """The place of a point with what stands around it: ``Краснодар.| |Затем …``."""
    mark = _JOINED if one.decision is Decision.JOIN else "|"
    left, right = max(0, one.offset - _LEFT), min(len(text), one.next + _RIGHT)
    before = text[left : one.offset] if not left else "…" + text[left : one.offset]
    after = text[one.next : right] if right == len(text) else text[one.next : right] + "…"
    return _BREAK.sub(" ", f"{before}{mark}{text[one.offset : one.next]}{mark}{after}".rstrip())


def _about(doc: str | None) -> str:
    """The first line of a docstring."""
    return (doc or "").split("\n", 1)[0]
