"""Dates as TMX wants them: ``YYYYMMDDThhmmssZ``, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

DATED: Final = ("creationdate", "changedate", "lastusagedate")
"""The attributes that hold a date."""

_GOOD: Final = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z")
_LOOSE: Final = re.compile(
    r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)


def is_date(text: str) -> bool:
    """Whether a text is a date as TMX wants it, and a day that there was."""
    found = _GOOD.fullmatch(text)
    return bool(found) and _moment(*(int(part) for part in found.groups())) is not None  # type: ignore[union-attr]


@lru_cache(maxsize=4096)
def repair_date(text: str) -> str | None:
    """A date in the form of TMX, from any form of ISO 8601; None where it cannot be told.

    >>> repair_date("2026-01-31T12:30:00+03:00")
    '20260131T093000Z'
    """
    found = _LOOSE.fullmatch(text.strip())
    if found is None:
        return None
    *parts, zone = found.groups()
    moment = _moment(*(int(part or 0) for part in parts))
    if moment is None:
        return None
    try:
        return f"{moment - _offset(zone):%Y%m%dT%H%M%SZ}"
    except OverflowError:
        return None


def _moment(*parts: int) -> datetime | None:
    try:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
