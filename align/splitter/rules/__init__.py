"""The rules, in the order in which they are asked; the first that answers decides.

Each is a small function over a `SplitPoint` and is explained by the examples it exists for, which
are run as tests. ``a.| |b`` is a cut with the white space that lies in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from align.splitter.point import LIST_BULLETS, Decision, SplitPoint
from align.splitter.rules.abbreviations import (
    abbreviation_before_number,
    abbreviation_by_shape,
    abbreviation_either,
    abbreviation_final,
    abbreviation_title,
    is_abbreviation,
    unit_after_number,
)
from align.splitter.rules.context import (
    capital_or_number,
    continued_lower,
    in_brackets,
    item_follows,
    lower_after_word,
    nothing_but_marks,
    punctuation_follows,
    spaced_ellipsis,
    stutter,
    unspaced_ellipsis,
)
from align.splitter.rules.glued import glued_sentence
from align.splitter.rules.lists import bullet, emoji, first_item, list_marker, next_item, semicolon, smiley
from align.splitter.rules.names import initials, lettered_noun
from align.splitter.rules.numbers import date_in_parts, decimal, ordinal
from align.splitter.rules.quotes import (
    attribution,
    in_quotation,
    in_title_marks,
    mark_in_brackets,
    title_with_year,
    unspaced_attribution,
    unspaced_quotation,
)

Rule = Callable[[SplitPoint], Decision | None]

RULES: Final[tuple[Rule, ...]] = (
    nothing_but_marks,
    bullet,
    semicolon,
    next_item,
    first_item,
    smiley,
    emoji,
    glued_sentence,
    item_follows,
    lower_after_word,
    continued_lower,
    punctuation_follows,
    spaced_ellipsis,
    stutter,
    unspaced_ellipsis,
    mark_in_brackets,
    attribution,
    unspaced_attribution,
    unspaced_quotation,
    title_with_year,
    list_marker,
    date_in_parts,
    decimal,
    ordinal,
    lettered_noun,
    abbreviation_before_number,
    unit_after_number,
    abbreviation_title,
    abbreviation_final,
    abbreviation_either,
    initials,
    abbreviation_by_shape,
    in_brackets,
    in_quotation,
    in_title_marks,
    capital_or_number,
)


_MARKS: Final[dict[Rule, str]] = {
    bullet: LIST_BULLETS,
    semicolon: ";",
    next_item: ".)",
    first_item: ".",
    smiley: ")",
    spaced_ellipsis: ".",
    stutter: ".…",
    unspaced_ellipsis: "…",
    date_in_parts: ".",
    decimal: "．",
    ordinal: ".",
    lettered_noun: ".",
    initials: ".",
    abbreviation_by_shape: ".",
}
"""Rules that say nothing unless the terminator begins with one of these."""

_ABBREVIATED: Final = (
    abbreviation_before_number,
    unit_after_number,
    abbreviation_title,
    abbreviation_final,
    abbreviation_either,
)
"""Rules that say nothing unless an abbreviation of some list stands before a full stop."""

_UNSPACED: Final = (unspaced_attribution, unspaced_quotation, unspaced_ellipsis, decimal)
"""Rules that say nothing in a language that writes white space between sentences."""


@cache
def _asked(mark: str, *, abbreviated: bool, spaced: bool) -> tuple[Rule, ...]:
    """The rules that may say something where a terminator begins with `mark`."""
    return tuple(
        rule
        for rule in RULES
        if mark in _MARKS.get(rule, mark)
        and (abbreviated or rule not in _ABBREVIATED)
        and not (spaced and rule in _UNSPACED)
    )


def decide(point: SplitPoint) -> tuple[Decision, str]:
    """Ask the rules in order, but for those that are known to say nothing here.

    Returns:
        The decision, and the name of the rule that made it.
    """
    mark = point.terminator[0]
    abbreviated = mark == "." and is_abbreviation(point)
    for rule in _asked(mark, abbreviated=abbreviated, spaced=point.data.spaced):
        decision = rule(point)
        if decision is not None:
            return decision, rule.__name__
    return Decision.SPLIT, "default"
