"""Lines that say when: ``13:45``, ``15 May 201921:30``, ``4 октября 2017 года 13:45``.

The browser may have spoken any language, so month and weekday names of twenty languages are known
(``data/calendar.tsv``, names as in the Unicode CLDR). A line is a time line only when every word of it
says when; ``Moscow, 15 May 2019`` is text that somebody translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpora.structure.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA: Final = Path(__file__).parent.parent / "data"
LONGEST: Final = 80
"""A longer line is no time line."""

_CLOCK: Final = re.compile(
    r"(?<![\d.:])(?:[01]?\d|2[0-3])(?::[0-5]\d){1,2}(?![\d:]|\.\d)\s*(?:[ap]\.?\s?m\b\.?)?"
    r"|(?<![\d.])(?:[01]?\d|2[0-3])\s?(?:h|Uhr|час(?:а|ов)?|ч)\b\.?\s?(?:[0-5]\d(?:\s?мин\.?)?)?(?!\w)"
    r"|(?<![\d.])(?:[01]?\d|2[0-3])h[0-5]\d(?!\w)"
    r"|(?<![\d.])1?\d\s?[ap]\.?\s?m\b\.?",
    re.IGNORECASE,
)
_AMERICAN: Final = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
"""With a clock of twelve hours, ``10/4/2017`` is the fourth of October."""

_GLUED: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=(?:[01]?\d|2[0-3]):[0-5]\d)")
"""Where a year and a clock time were glued together: ``2019|21:30``."""

_NUMERIC: Final = re.compile(
    r"(?<!\d)(?:(?P<d>[0-3]?\d)(?P<sep>[./-])(?P<m>[01]?\d)(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<sep2>[./-])(?P<m2>[01]?\d)(?P=sep2)(?P<d2>[0-3]?\d))(?!\d)"
)
_EAST: Final = re.compile(r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>1?\d)\s*月\s*(?:(?P<d>[1-3]?\d)\s*日)?")
_ZONE: Final = re.compile(
    r"\b(?:moscow|local|standard|universal) time\b|(?:по )?московско(?:му|е) врем(?:ени|я)|время московское",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_TAKEN: Final = words("a am p pm m h uhr час часа часов ч мин 年 月 日 moscow local standard universal time по время")
"""What is taken away before the words of a line are looked at, as far as it is letters."""

_YEAR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"\d\d?")
_DIGIT: Final = re.compile(r"\d")
_MONTHS: Final = 12
_DAYS: Final = 31
_CENTURY: Final = 2000
_GLUE: Final = words(
    """года год г року р r рік жылы жыл г. в у о об от at on in of the th st nd rd de del da do des den
    der um am a à le la el il lo los las às ore ora dnia roku godz saat tarihinde yılı гадзін година
    часа годзе er erstellt msk мск gmt utc cet cest est edt uhr h ч час часов updated published
    posted date опубликовано обновлено дата публикации обновления создания на й го е ое ого
    veröffentlicht aktualisiert stand publié mis jour publicado actualizado fecha data pubblicato
    aggiornato opublikowano yayınlandı güncellendi t z 星期一 星期二 星期三 星期四 星期五 星期六
    星期日 发布时间 时间 日期 更新 上午 下午 午前 午後 分 时 点 م ص من في الساعة بتاريخ"""
)
"""Words that may stand in a time line besides numbers, months and weekdays."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a time line says.

    Attributes:
        day: the calendar day, where day, month and year are given.
        has_clock: whether there is a time of day.
        has_year: whether there is a year.
    """

    day: date | None
    has_clock: bool
    has_year: bool


@cache
def _calendar() -> tuple[Mapping[str, int], frozenset[str]]:
    """Month names to their numbers, and weekday names; lower case, without full stops."""
    months: dict[str, int] = {}
    weekdays: set[str] = set()
    for row in (_DATA / "calendar.tsv").read_text("utf-8").splitlines():
        _, names, days = row.split("\t")
        for number, forms in enumerate(names.split(" "), start=1):
            months.update(dict.fromkeys(forms.split("|"), number))
        weekdays.update(form for day in days.split(" ") for form in day.split("|"))
    return months, frozenset(weekdays)


def parse_moment(line: str) -> Moment | None:
    """Read a line that says when and nothing else, or None when it says anything else.

    ``13:45``, ``15 May 201921:30``, ``Mittwoch, 4. Oktober 2017``, ``04.10.2017 13:45``, ``2017年10月4日``.
    """
    if len(line) > LONGEST or not _DIGIT.search(line):
        return None
    if _says_more(line):
        return None
    rest, clocks = _CLOCK.subn(" ", _GLUED.sub(r"\1 ", _ZONE.sub(" ", line)))
    numeric = _EAST.search(rest) or _NUMERIC.search(rest)
    if numeric:
        rest = rest[: numeric.start()] + " " + rest[numeric.end() :]
    tokens = _TOKEN.findall(rest.lower().replace("ʼ", "'").replace("’", "'"))
    if not numeric:
        return _spelt(tokens, clocks)
    year, month, day = _fields(numeric, american=bool(_AMERICAN.search(line)))
    return _moment(year, month, day, clocks) if _is_glue(tokens) else None


def _says_more(line: str) -> bool:
    """Whether any word says that a line is no time line: nearly every line, found out in a fraction of the time."""
    small = line.casefold()
    # Patterns that ignore case take ı and İ for an i, and what they take away may be part of a word in Russian.
    if "ı" in small or "\u0307" in small or "московск" in small:
        return False
    # Letters are looked for before case is folded, which makes a letter of a mark (U+0345 becomes an iota), and
    # without the apostrophe that counts as one (U+02BC).
    return not _known().issuperset(map(str.casefold, _LETTERS.findall(line.replace("ʼ", "'"))))


@cache
def _known() -> frozenset[str]:
    """All words of time lines, those of clocks and zones among them; hyphens and apostrophes part words."""
    months, weekdays = _calendar()
    every = (*months, *weekdays, *_GLUE, *_TAKEN)
    return frozenset(piece for word in every for piece in _LETTERS.findall(word.casefold()))


def find_date(line: str) -> date | None:
    """The calendar day that a time line names, if it names one."""
    moment = parse_moment(line)
    return moment.day if moment else None


def _fields(match: re.Match[str], *, american: bool) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of a numeric date."""
    found = match.groupdict()
    year, month, day = (_number(found.get(key) or found.get(f"{key}2")) for key in ("y", "m", "d"))
    if american and found.get("sep") == "/":
        month, day = day, month
    return year, month, day


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _is_glue(tokens: list[str]) -> bool:
    weekdays = _calendar()[1]
    return all(token in _GLUE or token in weekdays for token in tokens)


def _spelt(tokens: list[str], clocks: int) -> Moment | None:
    """A date whose month is a name, or a time of day alone."""
    months, _ = _calendar()
    names = [token for token in tokens if token in months]
    years = [token for token in tokens if _YEAR.fullmatch(token)]
    days = [token for token in tokens if _DAY.fullmatch(token)]
    others = [token for token in tokens if token not in months and token not in years and token not in days]
    if not _is_glue(others) or max(len(names), len(years), len(days)) > 1:
        return None
    if not names:
        return Moment(None, has_clock=True, has_year=False) if clocks and not years and not days else None
    if not years and not days:
        return None
    return _moment(_number("".join(years)), months[names[0]], _number("".join(days)), clocks)


def _moment(year: int | None, month: int | None, day: int | None, clocks: int) -> Moment | None:
    """A `Moment`, or None where the numbers are no date."""
    if not month or month > _MONTHS or (day is not None and not 0 < day <= _DAYS):
        return None
    whole = None
    if year and day:
        try:
            whole = date(year + (_CENTURY if year < 100 else 0), month, day)  # noqa: PLR2004 - a short year
        except ValueError:
            return None
    return Moment(whole, has_clock=clocks > 0, has_year=year is not None)
