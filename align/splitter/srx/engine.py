"""Cutting by SRX rules.

A place is decided by the first rule that fits it: its `before` matches text that ends there, its `after`
text that starts there. The places that a rule of break="yes" fits are found in one scan a run of such
rules; each is then put to the exceptions that stand earlier. Neighbouring rules of one kind are compiled
as one expression.

Time is bounded, whatever the rules: a paragraph longer than `STRETCH` is looked at stretch by stretch,
with `MARGIN` characters on both sides in sight, and all matching of one document shares a `Clock`, which
the `regex` package asks while it matches.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Final, NoReturn

from align.errors import FormatError
from align.splitter.srx.escapes import SyntaxProblemError
from align.splitter.srx.model import LanguageMap, Srx, SrxRule
from align.splitter.srx.syntax import Translated, translate
from corpora.errors import ToolkitWarning

if TYPE_CHECKING:
    import regex

STRETCH: Final = 16_384
"""Characters of a paragraph that are searched at once."""

MARGIN: Final = 1_024
"""Characters before and after a stretch that its rules see too."""

_START_SECONDS: Final = 10.0
_SECONDS_A_CHARACTER: Final = 2e-4  # a hundred times what a large set of rules takes
_BLAME_SECONDS: Final = 1.0
_SHOWN: Final = 60


class Clock:
    """How long the matching of one document may still take, in time of the processor.

    The `regex` package counts that too; a busy machine so makes no rule slow.
    """

    def __init__(self, characters: int) -> None:
        """Start the clock for a document of that many characters."""
        self._end = time.process_time() + _START_SECONDS + characters * _SECONDS_A_CHARACTER

    def remaining(self) -> float:
        """Seconds, always more than none, for `regex` takes no other."""
        return max(self._end - time.process_time(), 1e-3)


@dataclass(frozen=True, slots=True)
class Step:
    """Neighbouring rules of one kind, as one expression.

    Attributes:
        breaks: whether they cut.
        pattern: matches the empty string at the places they fit.
        parts: the line and the expression of each rule, for errors.
    """

    breaks: bool
    pattern: regex.Pattern[str]
    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of a paragraph with what its rules may see around it.

    Attributes:
        text: what they see.
        offset: where `text` begins in the paragraph.
        start: first place in `text` that is searched.
        stop: the place after the last.
    """

    text: str
    offset: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Cutter:
    """The rules for one language, ready to cut.

    Attributes:
        path: the file they came from.
        steps: in the order in which a place is put to them.
    """

    path: str
    steps: tuple[Step, ...]

    def spans(self, text: str, clock: Clock | None = None) -> list[tuple[int, int]]:
        """Cut one paragraph.

        Args:
            text: the paragraph.
            clock: shared by the paragraphs of a document; one of its own when None.

        Returns:
            ``(start, stop)`` offsets into `text`, in order, with nothing but white space outside.

        Raises:
            FormatError: a rule takes too long; the message names its line.
        """
        clock = clock or Clock(len(text))
        places = sorted({place for view in _views(text) for place in self._breaks(view, clock)})
        bounds = zip([0, *places], [*places, len(text)], strict=True)
        return [span for start, stop in bounds if (span := _trimmed(text, start, stop))]

    def _breaks(self, view: View, clock: Clock) -> Iterator[int]:
        """Places of a view where the text is cut, as offsets into the paragraph."""
        exceptions: list[Step] = []
        decided: set[int] = set()  # the first run of breaks that fits a place settles it, one way or the other
        for step in self.steps:
            if not step.breaks:
                exceptions.append(step)
                continue
            fresh = [place for place in self._places(step, view, clock) if place not in decided]
            decided.update(fresh)
            for place in fresh:
                if not any(self._fits(earlier, view, place, clock) for earlier in exceptions):
                    yield view.offset + place

    def _places(self, step: Step, view: View, clock: Clock) -> list[int]:
        try:
            found = step.pattern.finditer(view.text, view.start, timeout=clock.remaining())
            return list(takewhile(view.stop.__gt__, (match.start() for match in found)))
        except TimeoutError:
            self._blame(step, view)

    def _fits(self, step: Step, view: View, place: int, clock: Clock) -> bool:
        try:
            return step.pattern.match(view.text, place, timeout=clock.remaining()) is not None
        except TimeoutError:
            self._blame(step, view)

    def _blame(self, step: Step, view: View) -> NoReturn:
        """Find the rule of a step that takes too long.

        Raises:
            FormatError: always; it names the line.
        """
        end = time.process_time() + _START_SECONDS
        guilty = step.parts[0][0]
        for line, source in step.parts:
            if time.process_time() > end:
                break
            if _is_slow(source, view):
                guilty = line
                break
        raise FormatError(f"{self.path}:{guilty}: the rule takes too long on this text; make it simpler")


def _is_slow(source: str, view: View) -> bool:
    try:
        for _ in _compiled(source).finditer(view.text, timeout=_BLAME_SECONDS):
            pass
    except TimeoutError:
        return True
    return False


def _views(text: str) -> Iterator[View]:
    """The whole paragraph, or its stretches when it is long."""
    for begin in range(0, len(text), STRETCH):
        left, right = max(0, begin - MARGIN), min(len(text), begin + STRETCH + MARGIN)
        stop = min(begin + STRETCH, len(text))
        yield View(text[left:right], left, max(begin, 1) - left, stop - left)


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """A span without the white space at its ends; None if nothing is left."""
    body = text[start:stop]
    left = len(body) - len(body.lstrip())
    return (start + left, start + len(body.rstrip())) if left < len(body) else None


@lru_cache(maxsize=64)
def cutter(srx: Srx, lang: str) -> Cutter:
    """Make the rules of `srx` for one language ready.

    Args:
        srx: rules for any number of languages.
        lang: BCP 47 code; patterns are matched against it in any case, with ``-`` and with ``_``.

    Raises:
        FormatError: an expression cannot be translated; the message is ``path:line: …``.

    Warns:
        ToolkitWarning: no map fits the language, so that its paragraphs stay whole.
    """
    maps = [each for each in srx.maps if _is_for(each, lang, srx)]
    if not maps:
        known = ", ".join(dict.fromkeys(each.pattern for each in srx.maps))
        message = f"{srx.path}: no rules for language {lang!r}: its paragraphs are not cut (there are: {known})"
        warnings.warn(message, ToolkitWarning, stacklevel=3)
    chosen = maps if srx.cascade else maps[:1]
    rules = [rule for each in chosen for rule in srx.rules[each.name]]
    return Cutter(srx.path, tuple(_steps(rules, srx)))


def _is_for(each: LanguageMap, lang: str, srx: Srx) -> bool:
    source = f"(?i:{_translated(each.pattern, each.line, srx).pattern})"
    pattern = _checked(source, each.line, srx)
    try:
        codes = (lang, lang.replace("-", "_"))
        return any(pattern.fullmatch(code, timeout=_BLAME_SECONDS) for code in codes)
    except TimeoutError:
        raise FormatError(f"{srx.path}:{each.line}: the languagepattern takes too long; make it simpler") from None


def _steps(rules: Sequence[SrxRule], srx: Srx) -> Iterator[Step]:
    parts = [(rule.breaks, rule.line, *_joined(rule, srx)) for rule in rules]
    for (breaks, _), group in groupby(enumerate(parts), key=_kind):
        sources = tuple((line, source) for _, (_, line, source, _) in group)
        yield Step(breaks, _together(sources, srx), sources)


def _kind(numbered: tuple[int, tuple[bool, int, str, bool]]) -> tuple[bool, int]:
    """What neighbours must share to be one step; a rule that refers back to its groups is one by itself."""
    number, (breaks, _, _, captures) = numbered
    return breaks, number if captures else -1


def _together(sources: tuple[tuple[int, str], ...], srx: Srx) -> regex.Pattern[str]:
    try:
        return _compiled("|".join(source for _, source in sources))
    except _problems():
        for line, source in sources:
            _checked(source, line, srx)
        raise FormatError(f"{srx.path}:{sources[0][0]}: too many rules to compile at once") from None


def _joined(rule: SrxRule, srx: Srx) -> tuple[str, bool]:
    """One expression for both sides of a rule, and whether it refers back to groups."""
    before, after = (_translated(pattern, rule.line, srx) for pattern in (rule.before, rule.after))
    if before.captures:
        raise FormatError(f"{srx.path}:{rule.line}: a reference to a group in <beforebreak> cannot be translated")
    sides = [f"(?<={before.pattern})" if rule.before else "", f"(?={after.pattern})" if rule.after else ""]
    return "".join(sorted(sides, key=len)), after.captures  # the shorter one first: it says no sooner


def _translated(pattern: str, line: int, srx: Srx) -> Translated:
    try:
        return translate(pattern, srx.dialect)
    except SyntaxProblemError as error:
        raise FormatError(f"{srx.path}:{line}: {error}, in {_shown(pattern)}") from None


def _checked(source: str, line: int, srx: Srx) -> regex.Pattern[str]:
    try:
        return _compiled(source)
    except _problems() as error:
        raise FormatError(f"{srx.path}:{line}: the rule cannot be compiled: {error}") from None


def _compiled(source: str) -> regex.Pattern[str]:
    import regex

    return regex.compile(source, regex.VERSION1 | regex.DOTALL)


def _problems() -> tuple[type[BaseException], ...]:
    import regex

    return regex.error, RecursionError, OverflowError, MemoryError


def _shown(pattern: str) -> str:
    short = " ".join(pattern.split())
    return short if len(short) <= _SHOWN else f"{short[:_SHOWN]}…"
