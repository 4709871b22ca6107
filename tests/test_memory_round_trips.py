"""Nothing is lost between writing, reading and fixing; and any damage whatever is survived.

``ALIGN_EXAMPLES=100000 pytest tests/test_memory_round_trips.py`` runs each property that often.
"""

from __future__ import annotations

import io
import os
import random
import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from exporter_samples import any_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_samples import SAMPLES

from align.exporters.base import Header, Options
from align.exporters.text import clean
from align.exporters.tmx import write_units
from align.memory.checking import check_stream, survey
from align.memory.cleaning import DEFAULTS
from align.memory.decoding import Source
from align.memory.entries import MARK, Code, Entry, MemoryHeader, Property, Variant
from align.memory.fixing import rewrite
from align.memory.reader import Reader
from align.memory.rules import Findings
from align.memory.writing import write_memory
from align.types import TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

often = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    max_examples=int(os.environ.get("ALIGN_EXAMPLES", "150")),
)

texts = any_text.map(clean).filter(bool)
codes = st.builds(
    Code,
    name=st.sampled_from(["ph", "ut"]),
    attributes=st.just({}) | st.builds(lambda x: {"x": x}, texts),
    text=any_text.map(clean),
)
langs = st.sampled_from(["ru", "en", "en-GB", "de", "zh-Hans", "pt-BR"])
names = st.sampled_from(["x-a", "x-confidence", "client", "x-Ж"])
properties = st.lists(
    st.builds(Property, any_text.map(clean), names) | st.builds(Property, any_text.map(clean), name=st.just("note")),
    max_size=2,
).map(tuple)
dates = st.datetimes().map(lambda each: f"{each:%Y%m%dT%H%M%SZ}".zfill(16))


@st.composite
def variants(draw: st.DrawFn, lang: str) -> Variant:
    pieces, inside = [draw(texts)], []
    for code in draw(st.lists(codes, max_size=2)):
        inside.append(code)
        pieces += [MARK, draw(texts)]
    attributes = draw(st.dictionaries(st.sampled_from(["changeid", "creationid"]), texts, max_size=1))
    return Variant(lang, "".join(pieces), tuple(inside), attributes, draw(properties))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    chosen = draw(st.lists(langs, min_size=2, max_size=3, unique=True))
    attributes = draw(st.dictionaries(st.sampled_from(["tuid", "creationid", "usagecount"]), texts, max_size=2))
    if draw(st.booleans()):
        attributes["creationdate"] = draw(dates)
    return Entry(tuple(draw(variants(lang)) for lang in chosen), attributes, draw(properties))


def header(source: str) -> MemoryHeader:
    return MemoryHeader({**DEFAULTS, "creationtoolversion": "1", "srclang": source, "segtype": "block"})


def read(data: bytes) -> tuple[list[Entry], Reader]:
    reader = Reader(Source(io.BytesIO(data), Findings()))
    return list(reader.entries()), reader


def fixed(data: bytes) -> bytes:
    report, known = survey(io.BytesIO(data), "x")
    out = io.BytesIO()
    rewrite(io.BytesIO(data), out, known, report)
    return out.getvalue()


@often
@given(made=st.lists(entries(), max_size=4), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_what_is_read_is_what_was_written(made: list[Entry], encoding: str) -> None:
    stream = io.BytesIO()
    assert write_memory(stream, header("ru"), made) == len(made)
    data = stream.getvalue().decode().replace('"UTF-8"', f'"{encoding[:6].rstrip("-")}"').encode(encoding)
    found, reader = read(data)
    assert found == made
    assert not reader.findings.counts
    assert reader.header.attributes == header("ru").attributes or not made


@often
@given(made=st.lists(entries(), min_size=1, max_size=4))
def test_fix_keeps_what_was_right(made: list[Entry]) -> None:
    stream = io.BytesIO()
    write_memory(stream, header(made[0].variants[0].lang), made)
    found, _ = read(fixed(stream.getvalue()))
    assert [in_any_order(each) for each in found] == [in_any_order(each) for each in first_names(made)]


def in_any_order(entry: Entry) -> tuple[Mapping[str, str], tuple[Property, ...], list[Variant]]:
    """The source language comes first after `fix`."""
    return entry.attributes, entry.properties, sorted(entry.variants, key=lambda each: each.lang)


def first_names(made: list[Entry]) -> list[Entry]:
    """A tuid that came before is dropped."""
    seen: set[str] = set()
    found = []
    for each in made:
        attributes = dict(each.attributes)
        if attributes.get("tuid") in seen:
            del attributes["tuid"]
        seen.add(each.attributes.get("tuid", ""))
        found.append(Entry(each.variants, attributes, each.properties))
    return found


@often
@given(pairs=st.lists(st.tuples(any_text, any_text), max_size=5))
def test_fix_keeps_every_unit_that_we_write(pairs: list[tuple[str, str]]) -> None:
    kept = [(clean(a), clean(b)) for a, b in pairs if clean(a) and clean(b)]
    units = [TranslationUnit(str(n), {"ru": a, "en": b}) for n, (a, b) in enumerate(kept)]
    stream = io.BytesIO()
    write_units(stream, units, Header("ru", "en"), Options())
    data = stream.getvalue()
    assert check_stream(io.BytesIO(data), "x").findings.total("error") <= (not kept) + data.count(b"segtype")
    found, _ = read(fixed(data))
    assert [tuple(each.text for each in entry.variants) for entry in found] == kept


NASTY = [
    *"\t\n\r <>&\"'\xa0\xad\x85\u2028\u200e\u202e\ufeff\ufffd\ue000\U0001f44b\0\x0b\x1f\ufffe",
    *[
        "]]>",
        "&amp;",
        "&#11;",
        "<seg>",
        "</tu>",
        "<!--",
        "<ph/>",
        "е\u0308",
        "عربي",
        "עברית",
        "中文",
        "ёж",
        "a\u0430",
        "!" * 50,
    ],
]


def random_text(chance: random.Random) -> str:
    """A text of words, with anything in between that hurts."""
    pieces = chance.choices(["раз", "two", " ", "3", *NASTY], k=chance.randint(1, 12))
    return clean("".join(pieces)) or "x"


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=int(os.environ.get("ALIGN_SEEDS", "5")))
@given(seed=st.integers(0, 2**64))
def test_a_hundred_random_units_at_a_time_come_back(seed: int) -> None:
    """``ALIGN_SEEDS=1000`` makes 100,000 round trips of it."""
    chance = random.Random(seed)  # noqa: S311  # a seed is what is wanted
    pairs = [(random_text(chance), random_text(chance)) for _ in range(100)]
    made = [
        Entry(
            (Variant("ru", a), Variant("en", b, attributes={"changeid": a})),
            {"tuid": str(number), "creationid": b},
            (Property(b, "x-a"), Property(a, name="note")),
        )
        for number, (a, b) in enumerate(pairs)
    ]
    stream = io.BytesIO()
    write_memory(stream, header("ru"), made)
    found, reader = read(stream.getvalue())
    assert found == made
    assert not reader.findings.counts
    again, _ = read(fixed(stream.getvalue()))
    assert again == made


good = [sample.data for sample in SAMPLES if sample.ok and len(sample.data) < 5_000 and b"\0" not in sample.data]
bits = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b'"',
        b"'",
        b"/",
        b"<tu>",
        b"</tu>",
        b"</tuv>",
        b"<seg>",
        b"</seg>",
        b"<!--",
        b"-->",
        b"]]>",
        b"<![CDATA[",
        b"\xff",
        b"\xd0",
        b"\x00",
        b"\x0b",
        b"&#0;",
        b"&nbsp;",
        b"&#x41;",
        b" lang=",
        b"<b>",
        b"<?",
        b"\n",
        b"<!DOCTYPE tmx [",
        b"<!ENTITY a 'b'>",
        b"</body>",
        b"</tmx>",
        b"<tmx",
        b"=",
        b"<hi>",
        b'<bpt i="1">',
        b"</bpt>",
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good memory with pieces cut out, doubled, or put in."""
    data = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.integers(0, 40))
        data = data[:at] + draw(bits | st.just(b"")) + data[at + gone * draw(st.booleans()) :]
    return data


def refuses(data: bytes) -> bool:
    """Whether a parser that stops at the first mistake does so."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error.code != 18  # an encoding that expat does not know
    except (ValueError, LookupError):
        return False
    return False


@often
@given(data=damaged())
def test_after_any_damage_fix_makes_a_memory_that_is_right(data: bytes) -> None:
    first = check_stream(io.BytesIO(data), "x")
    after = fixed(data)
    report = check_stream(io.BytesIO(after), "x")
    assert not refuses(after)
    left = {code for code in report.findings.counts if code in {"no-units", "language", "segtype"}}
    assert report.ok or left, report.findings.kept
    assert fixed(after) == after
    if refuses(data):
        assert not first.ok


@often
@given(data=damaged())
def test_what_is_called_broken_is_what_parsers_refuse(data: bytes) -> None:
    report = check_stream(io.BytesIO(data), "x")
    if report.findings.is_broken() and not set(report.findings.counts) & {"no-tmx", "encoding", "unknown-encoding"}:
        # A unit in a unit is no error of XML, but the reader cannot know before the end.
        nested = re.search(
            rb"<(tu|tuv|seg|prop|note)\b[^>]*>((?!</\1>).)*<(tu|body|tuv|seg|prop|note)\b", data, re.DOTALL
        )
        assert refuses(data) or nested, report.findings.kept
