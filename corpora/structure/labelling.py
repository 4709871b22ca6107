"""Labels for the paragraphs of a document: each by itself, then all of them together."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from corpora.document import Kind, Paragraph
from corpora.language import script_for
from corpora.structure.foreign import is_name_like
from corpora.structure.furniture import (
    ANOTHER_LANGUAGE,
    ANOTHER_SCRIPT,
    ONE_WORD,
    WORDED,
    Place,
    Setting,
    furniture_reason,
    guessed_reason,
    is_closed,
    is_sentence,
    is_short,
    is_weak,
)
from corpora.structure.glance import Glance
from corpora.structure.metadata import number_reason, parse_moment, separator_reason
from corpora.structure.phrases import furniture_words
from corpora.structure.turns import is_full_name, speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Label = tuple[Kind, str]
"""A kind and the reason for it."""

_BODY: Final[Label] = ("body", "")
_FOOTNOTE: Final = re.compile(r"(?:\[\d{1,3}\]|[¹²³⁴-⁹⁰]+|\*{1,3}(?!\s*\*)|[†‡])\s*\S")
_BULLET: Final = re.compile(r"[-–—•·*▪●◦‣]\s|\(?\d{1,3}[.)]\s|\(?[^\W\d_][.)]\s")
_DIGIT: Final = re.compile(r"\d")
_WORD_LETTERS: Final = 4
"""Letters of a word that is no particle of a name: not ``von``, ``de``."""

_SCRIPT_SAMPLE: Final = 3_000
_LONG: Final = 160
"""Characters from which a paragraph is prose even without a full stop."""

_SOLID: Final = 25
"""Characters from which a line that ends like a sentence is prose that begins the text."""

_HEAD_LINES: Final = 12
"""How many paragraphs from the top a time or number line still belongs to the head."""

_MENU_WORDS: Final = 3
"""A line of so few words above the time line is no title, when a title follows."""

_BUTTON_WORDS: Final = 4
"""A longer line that no cue tells is no button."""

_NEAR: Final = 3
"""Lines within which furniture stands beside furniture."""

_EDGE: Final = 100
"""How many paragraphs at either end of a document can be page furniture without any text among them."""

_LONGEST_TITLE: Final = 500
_LONGEST_HEADING: Final = 200


def label(text: str, paragraphs: Sequence[Paragraph], lang: str) -> tuple[Paragraph, ...]:
    """Say what each paragraph is.

    Args:
        text: the document's text.
        paragraphs: its paragraphs; one that has a kind other than body already (a reader knew it) keeps it.
        lang: its language, BCP 47.

    Returns:
        The same paragraphs, offsets untouched, each with a kind and, but for plain body, a reason.
    """
    lines = [text[p.start : p.stop] for p in paragraphs]
    setting = Setting(lang, script_for(lang, text[:_SCRIPT_SAMPLE]))
    given: list[Label | None] = [(p.kind, p.reason) if p.kind != "body" else None for p in paragraphs]
    labels = _Page(lines, given, setting, Glance.at(text)).labels()
    return tuple(
        p if kind == p.kind and reason == p.reason else Paragraph(p.start, p.stop, kind, reason)
        for p, (kind, reason) in zip(paragraphs, labels, strict=True)
    )


class _Page:
    """The lines of one document while they are being labelled."""

    def __init__(self, lines: list[str], given: list[Label | None], setting: Setting, glance: Glance) -> None:
        self.lines = lines
        self.setting = setting
        self.prose = list(map(glance.is_prose, lines))
        """Which lines are surely none of all that a line by itself may be but a speaker's turn."""
        self.closed = list(map(is_closed, lines))
        self.found: list[Label | None] = [
            own or (None if prose else _own_label(line))
            for own, prose, line in zip(given, self.prose, lines, strict=True)
        ]

    def labels(self) -> list[Label]:
        """All labels, in the order of the lines."""
        self._speakers()
        self._dates()
        self._begin, self._first, self._last = self._bounds()
        self._furniture()
        self._rescue_title()
        self._runs()
        self._above_time()
        self._titles()
        return [found or _BODY for found in self.found]

    def _speakers(self) -> None:
        """A full name is a speaker's when it comes back or others speak too: not ``Minsk Agreements: …``."""
        named = {
            i: name
            for i, line in enumerate(self.lines)
            if (":" in line or "：" in line) and self._is_free(i) and (name := speaker(line))
        }
        counts = Counter(named.values())
        sure = sum(count for name, count in counts.items() if not is_full_name(name))
        for i, name in named.items():
            if not is_full_name(name) or sure or counts[name] > 1:
                self.found[i] = ("turn", f"speaker label {name!r}")

    def _is_free(self, i: int) -> bool:
        return self.found[i] is None

    def _dates(self) -> None:
        """A day without a clock is the page's before its text; several of them head a chronicle."""
        bare = []
        begin = next((i for i, line in enumerate(self.lines) if is_sentence(line)), len(self.lines))
        for i, line in enumerate(self.lines):
            moment = parse_moment(line) if not self.prose[i] and self._is_free(i) else None
            if moment is None:
                continue
            if moment.has_clock or i < begin:
                self.found[i] = ("time", "date or time of the page")
            else:
                bare.append((i, moment.has_year))
        for i, has_year in bare:
            if len(bare) > 1 or not has_year:
                self.found[i] = ("title", "date that heads a section")
            else:
                self.found[i] = ("time", "date of the page")

    def _bounds(self) -> tuple[int, int, int]:
        """Index after the head's time and number lines, of the first and of the last paragraph of prose."""
        marks = [i for i in range(min(_HEAD_LINES, len(self.lines))) if self._kind(i) in {"time", "number"}]
        begin = marks[-1] + 1 if marks else 0
        count = len(self.lines)
        down = range(begin, min(count, begin + _EDGE))
        up = range(max(begin, count - _EDGE), count)
        first = next((i for i in down if self._is_prose(i)), down.stop)
        last = next((i for i in reversed(up) if self._is_prose(i)), up.start if up.start > begin else count)
        return begin, first, last

    def _kind(self, i: int) -> Kind | None:
        found = self.found[i]
        return found[0] if found else None

    def _is_prose(self, i: int) -> bool:
        """Whether a paragraph is surely text: a turn, a footnote, a sentence that furniture has not."""
        if not self._is_free(i):
            return self._kind(i) in {"turn", "footnote"}
        line = self.lines[i]
        if len(line) >= _LONG or (is_closed(line) and not is_short(line)):
            return True
        return is_closed(line) and not furniture_reason(line, Place.TAIL, self.setting)

    def _place(self, i: int) -> Place:
        if i < self._first:
            return Place.HEAD
        if i <= self._last or (i > 0 and self.lines[i - 1].endswith((":", "："))):
            return Place.MIDST
        return Place.TAIL

    def _furniture(self) -> None:
        midst = range(self._first, self._last + 1)
        for i, line in enumerate(self.lines):
            if self.found[i] is not None or (self.prose[i] and self.closed[i] and i in midst):
                continue  # nearly every line: within the text what is closed is judged by its looks alone
            judge = guessed_reason if self.prose[i] else furniture_reason
            reason = judge(line, self._place(i), self.setting)
            if reason:
                self.found[i] = ("furniture", reason)
        for i in [i for i, found in enumerate(self.found) if found and self._is_unsupported(i, found)]:
            self.found[i] = None

    def _is_unsupported(self, i: int, found: Label) -> bool:
        """A foreign line alone after the text is a quotation or a signature, before it a motto or a title."""
        if found[0] != "furniture" or not is_weak(found[1]):
            return False
        if any(self._kind(j) == "furniture" for way in (-1, 1) for j in self._near(i, way)):
            return False
        foreign = found[1].startswith((ANOTHER_SCRIPT, ANOTHER_LANGUAGE))
        at_edge = self._place(i) is Place.TAIL or self._is_above_title(i)
        if foreign and at_edge and _is_wording(self.lines[i]):
            return False
        below_or_above = [self._kind(j) for j in (i - 1, i + 1) if 0 <= j < len(self.lines)]
        return not (i < self._begin and "time" in below_or_above and self._place(i) is Place.HEAD)

    def _is_above_title(self, i: int) -> bool:
        """The first line of a page, with a title between it and the time or number line."""
        marks = [j for j in range(1, self._begin) if self._kind(j) in {"time", "number"}]
        return i == 0 and bool(marks) and any(self._is_title(j) for j in range(1, marks[0]))

    def _near(self, i: int, way: int) -> Iterator[int]:
        """The next lines up or down, as far as a sentence."""
        for j in range(i + way, i + way * (_NEAR + 1), way):
            if not 0 <= j < len(self.lines):
                return
            yield j
            if is_sentence(self.lines[j]):
                return

    def _runs(self) -> None:
        """Once furniture has begun after the text, what follows is furniture."""
        begun = False
        for i in range(self._last + 1, len(self.lines)):
            begun = begun or self._kind(i) == "furniture" or self._is_above_furniture(i)
            if begun and self._is_free(i) and not is_sentence(self.lines[i]):
                self.found[i] = ("furniture", "among page furniture after the last paragraph")

    def _is_above_furniture(self, i: int) -> bool:
        """Whether a line below the text stands right above furniture, and reads like a button itself.

        ``Share on social networks`` above ``Print`` begins with a word of page furniture; ``Open data`` is
        a few words that are neither sentence, name nor item of a list.
        """
        if not is_short(self.lines[i]) or is_closed(self.lines[i]):
            return False
        is_next = i + 1 < len(self.lines) and self._kind(i + 1) == "furniture"
        if is_next and furniture_words(self.lines[i].split(None, 1)[0])[1] > 0:
            return True
        if self.lines[self._last].endswith((":", ";", ",")):  # the items of a list
            return False
        below = [j for j in self._near(i, 1) if self._kind(j) == "furniture"]
        return bool(below) and all(self._is_button(j) for j in range(i, below[0]))

    def _is_button(self, i: int) -> bool:
        """Whether a line is a few words, the first with a capital, and no name or item of a list."""
        line = self.lines[i]
        if not self._is_free(i) or _BULLET.match(line):
            return False
        brief = len(line.split()) <= _BUTTON_WORDS and "." not in line
        return brief and line[:1].isupper() and _is_wording(line) and not is_name_like(line)

    def _above_time(self) -> None:
        """``Press service`` above the time line is furniture when the title stands below it."""
        marks = [i for i in range(self._begin) if self._kind(i) in {"time", "number"}]
        # What ends like a sentence of the text is no title: then the one above the time line was it.
        below = range(marks[0], self._first) if marks else range(0)
        if not any(self._is_title(i) and not is_sentence(self.lines[i]) for i in below):
            return
        above = range(marks[0])
        furnished = any(self._kind(i) == "furniture" for i in above)
        for i in above:
            few = len(self.lines[i].split()) <= _MENU_WORDS
            if self._is_free(i) and is_short(self.lines[i]) and (furnished or few):
                self.found[i] = ("furniture", "above the time line of the page")

    def _rescue_title(self) -> None:
        """``COVID-19`` heads a Russian text: where no title is left, the longest line above the text was it."""
        marks = [i for i in range(self._begin) if self._kind(i) in {"time", "number"}]
        head = range(marks[0] if marks else 0, self._first)
        if any(self._is_title(i) for i in range(self._first)):
            return
        lost = [i for i in head if (self.found[i] or ("", ""))[1].startswith((ANOTHER_SCRIPT, WORDED, ONE_WORD))]
        if lost:
            self.found[max(lost, key=lambda i: len(self.lines[i]))] = None

    def _is_title(self, i: int) -> bool:
        """Whether a line may be the title: nobody's yet, and long enough to say something."""
        return self._is_free(i) and len(self.lines[i]) <= _LONGEST_TITLE

    def _titles(self) -> None:
        for i in range(len(self.lines)):
            if self.found[i] is not None or (i >= self._begin and self.closed[i]):
                continue
            if i < self._begin or i < self._first:
                self.found[i] = ("title", "at the head, before the text")
            elif self._is_heading(i):
                self.found[i] = ("title", "short line without a full stop before a paragraph")

    def _is_heading(self, i: int) -> bool:
        """``Three principles`` before a paragraph; not a list item, not an address, not a signature."""
        line = self.lines[i]
        if len(line) > _LONGEST_HEADING or _BULLET.match(line) or line[:1].islower():
            return False
        return i < self._last


def _is_wording(line: str) -> bool:
    """Whether a line is words and no name, date or sentence: ``Bild vergrößern``, ``关闭窗口``."""
    if is_closed(line) or _DIGIT.search(line):
        return False
    return any(len(word) >= _WORD_LETTERS or not word.isascii() for word in line.split() if not word[0].isupper())


def _own_label(line: str) -> Label | None:
    """What a line says of itself, whatever stands around it."""
    separator = separator_reason(line)
    if separator:
        return "separator", separator
    number = number_reason(line)
    if number:
        return "number", number
    if _FOOTNOTE.match(line):
        return "footnote", "begins with a footnote mark"
    return None
