"""Subtitles (.srt, .vtt): each cue is a paragraph, and its time is kept.

The times are the metadata ``timing``: one line for each paragraph, ``00:00:01.000 --> 00:00:02.500``.
Formatting (``<i>``, ``{an8}``) is left out, and so are the notes and styles of WebVTT.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from corpora.errors import ReadError
from corpora.readers.blocks import Block, clean, content
from corpora.readers.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora.readers.content import Content

_TIMES: Final = re.compile(
    r"[ \t]*((?:\d{1,4}:)?\d{1,2}:\d{2}[,.]\d{1,3})[ \t]*-->[ \t]*((?:\d{1,4}:)?\d{1,2}:\d{2}[,.]\d{1,3})(?:[ \t].*)?"
)
_TAGS: Final = re.compile(r"</?[A-Za-z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}")


class _Cue(NamedTuple):
    start: str
    stop: str
    text: str


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """Read the bytes of subtitles; a `corpora.readers.content.Reader`.

    Raises:
        ReadError: the bytes cannot be decoded, or there is no cue in them.
        EmptyDocumentError: there is no text.
    """
    text, used = decode(data, name, encoding)
    is_web = text.startswith("WEBVTT")
    cues = [cue for cue in _cues(text, is_web=is_web) if cue.text]
    if "-->" not in text:
        raise ReadError(f"{name}: there is no cue (00:00:01,000 --> 00:00:02,000) in it; is it plain text (.txt)?")
    timing = "\n".join(f"{cue.start} --> {cue.stop}" for cue in cues)
    form = "vtt" if is_web else "srt"
    metadata = {"format": form, "encoding": used, "timing": timing}
    return content((Block(cue.text) for cue in cues), metadata, is_labelled=True)


def _cues(text: str, *, is_web: bool) -> Iterator[_Cue]:
    """The cues in order: a line of times, then lines of text up to the next blank one or number."""
    lines = text.splitlines()
    marks = [(i, found) for i, line in enumerate(lines) if (found := _TIMES.fullmatch(line))]
    for at, (i, times) in enumerate(marks):
        end = marks[at + 1][0] if at + 1 < len(marks) else len(lines)
        said = lines[i + 1 : end]
        if at + 1 < len(marks):
            said = _without_name(said)
        if is_web:
            said = _up_to_blank(said)
        yield _Cue(_time(times[1]), _time(times[2]), _plain(said, is_web=is_web))


def _without_name(lines: list[str]) -> list[str]:
    """Without the number or name of the next cue: the last line, where a blank one or nothing precedes it."""
    if lines and lines[-1].strip() and (len(lines) == 1 or not lines[-2].strip()):
        is_name = len(lines) > 1 or lines[-1].strip().isdigit()
        return lines[:-1] if is_name else lines
    return lines[:-1] if lines and lines[-1].strip().isdigit() and len(lines) > 1 else lines


def _up_to_blank(lines: list[str]) -> list[str]:
    return lines[: next((i for i, line in enumerate(lines) if not line.strip()), len(lines))]


def _plain(lines: list[str], *, is_web: bool) -> str:
    """What is shown of a cue; its line breaks stay."""
    text = _TAGS.sub("", "\n".join(line.strip() for line in lines if line.strip()))
    return clean(html.unescape(text) if is_web else text).strip()


def _time(text: str) -> str:
    """A time as WebVTT writes it, with hours."""
    text = text.replace(",", ".")
    return text if text.count(":") == 2 else f"00:{text}"  # noqa: PLR2004 - hours and minutes
