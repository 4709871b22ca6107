"""`align memory convert`: from every format and to every format."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from exporter_samples import any_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_samples import memory, three, tu

import align
from align.cli import main
from align.exporters import FORMATS, Header, Options, exporter
from align.exporters.text import clean, clean_cell
from align.memory import open_memory
from align.memory.formats import READERS
from align.memory.formats.base import Rows, turned
from align.types import TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Callable

BOTH_WAYS = ("tsv", "csv", "xliff", "xliff2", "xlsx", "po", "html", "docx", "parquet")
UNITS = [
    ("Он сказал: «Да — и нет» & <b>ушёл</b> 👋.", 'He said, "Yes – and no" & <b>left</b>.'),
    ("=1+1", "- минус"),
    ("ёж; е\u0308ж, «'»", "a\xa0b ]]> c"),
    ("עברית", "\u200eعربي"),
    ("a \\n b", "C:\\temp\\new"),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``align memory convert …`` inside this process, in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(main, ["memory", "convert", *map(str, arguments)], input=stdin)

    return invoke


def units_of(pairs: list[tuple[str, str]]) -> list[TranslationUnit]:
    # Surer than what a PO file would call fuzzy.
    return [TranslationUnit(str(n), {"ru": a, "en": b}, 0.95) for n, (a, b) in enumerate(pairs, start=1)]


def pairs(path: str | Path) -> list[tuple[str, ...]]:
    with open_memory(path) as opened:
        return [tuple(each.text for each in entry.variants) for entry in opened.entries]


def written(name: str, pairs: list[tuple[str, str]]) -> bytes:
    stream = io.BytesIO()
    write = exporter(name).write_units
    assert write is not None
    write(stream, units_of(pairs), Header("ru", "en"), Options())
    return stream.getvalue()


def read_back(name: str, data: bytes) -> list[tuple[str, str]]:
    reader = READERS["xliff" if name == "xliff2" else name]
    rows = [turned(row, "ru") for row in reader(Rows(io.BytesIO(data), "x"))]
    return [(row.source, row.target) for row in rows]


def test_every_format_that_holds_units_is_read_too() -> None:
    holding = {name for name, each in FORMATS.items() if each.write_units is not None}
    assert holding - {*BOTH_WAYS, "tmx", "moses", "omitted"} == set()


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_what_is_written_is_read_back(name: str) -> None:
    assert read_back(name, written(name, UNITS)) == UNITS


@pytest.mark.parametrize("name", [name for name in BOTH_WAYS if name not in {"xlsx", "docx"}])
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)
@given(made=st.lists(st.tuples(any_text, any_text), max_size=4))
def test_any_text_is_read_back(name: str, made: list[tuple[str, str]]) -> None:
    tidy = clean_cell if name in {"tsv", "po"} else clean
    whole = [(tidy(a), tidy(b)) for a, b in made if tidy(a) and tidy(b)]
    # Gettext has one translation of a message.
    whole = list({a: (a, b) for a, b in reversed(whole)}.values())
    assert sorted(read_back(name, written(name, whole)) if whole else []) == sorted(whole)


@pytest.mark.parametrize("name", [*BOTH_WAYS, "moses"])
def test_a_memory_goes_there_and_back(run: Callable[..., Result], name: str) -> None:
    Path("a.tmx").write_text(memory(1, tu("R &amp; D отдел", "R &amp; D &lt;dept&gt;")), encoding="utf-8")
    suffix = FORMATS[name].suffixes[0]
    result = run("a.tmx", "-o", f"b{suffix}", "--report")
    assert (result.exit_code, result.stderr) == (0, f"wrote b{suffix}: 3 units\n")
    files = ["b.ru", "b.en"] if name == "moses" else [f"b{suffix}"]
    result = run(*files, "-o", "c.tmx", *(["-s", "ru", "-t", "en"] if name in {"po", "parquet"} else []))
    assert (result.exit_code, result.stderr) == (0, "")
    assert pairs("c.tmx") == pairs("a.tmx")


def test_confidence_and_notes_come_along(run: Callable[..., Result]) -> None:
    inside = '<note>look</note><prop type="x-confidence">0.250</prop>'
    Path("a.tmx").write_text(memory(1, tu("Раз", "Once", "", inside)), encoding="utf-8")
    run("a.tmx", "-o", "b.csv")
    run("b.csv", "-o", "c.tmx")
    text = Path("c.tmx").read_text(encoding="utf-8")
    assert text.count("x-confidence") == 1
    assert '<prop type="x-confidence">0.250</prop>' in text


def test_a_result_of_align_pair_is_a_memory_of_what_it_would_hold(run: Callable[..., Result]) -> None:
    text = ["Мы встретились вчера.", "Погода была хорошая."], ["We met yesterday.", "The weather was good."]
    alignment = align.align_texts("\n\n".join(text[0]), "\n\n".join(text[1]), source_lang="ru", target_lang="en")
    align.write(alignment, "a.jsonl")
    assert run("a.jsonl", "-o", "b.tmx").exit_code == 0
    assert pairs("b.tmx") == list(zip(*text, strict=True))


@pytest.mark.parametrize(
    "record",
    [
        {"source": "Привет, мир", "target": "Hello, world", "source_lang": "ru", "target_lang": "en"},
        {"ru": "Привет, мир", "en": "Hello, world"},
        {"translation": {"ru": "Привет, мир", "en": "Hello, world"}, "id": "1"},
    ],
)
def test_json_lines_of_data_sets(run: Callable[..., Result], record: dict[str, object]) -> None:
    Path("a.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    assert run("a.jsonl", "-o", "b.tmx").exit_code == 0
    assert pairs("b.tmx") == [("Привет, мир", "Hello, world")]


def test_a_table_whose_head_names_the_languages(run: Callable[..., Result]) -> None:
    Path("a.tsv").write_bytes("ru\ten-GB\nпривет\thello\n".encode("utf-16"))
    assert run("a.tsv", "-o", "b.tmx").exit_code == 0
    assert 'xml:lang="en-GB"' in Path("b.tmx").read_text(encoding="utf-8")


def test_languages_are_told_from_the_texts(run: Callable[..., Result]) -> None:
    rows = "Мы встретились вчера вечером.\tWe met yesterday evening.\nПогода была хорошая.\tThe weather was fine.\n"
    Path("a.tsv").write_text(rows, encoding="utf-8")
    assert run("a.tsv", "-o", "b.tmx").exit_code == 0
    assert re.findall(r'xml:lang="(\w+)"', Path("b.tmx").read_text(encoding="utf-8")) == ["ru", "en"] * 2


def test_languages_that_cannot_be_told_are_one_line(run: Callable[..., Result]) -> None:
    Path("a.tsv").write_text("1\t2\n", encoding="utf-8")
    result = run("a.tsv", "-o", "b.tmx")
    assert (result.exit_code, Path("b.tmx").exists()) == (1, False)
    assert result.stderr == "error: a.tsv: cannot tell the language of the source; give it with -s\n"


def test_of_three_languages_two_are_chosen(run: Callable[..., Result]) -> None:
    Path("a.tmx").write_text(memory(1, three(1)), encoding="utf-8")
    result = run("a.tmx", "-o", "b.tsv", "-s", "ru", "-t", "fr")
    assert result.stderr == "warning: b.tsv: 2 units without ru or fr left out\n"
    assert Path("b.tsv").read_text(encoding="utf-8").splitlines()[1].split("\t")[:2] == ["Строка 1 часть 3.", "Ligne"]


def test_xliff_of_other_tools(run: Callable[..., Result]) -> None:
    Path("a.xlf").write_text(
        '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file '
        'source-language="ru-RU" target-language="en-US" original="a" datatype="x"><body><trans-unit id="1"><source>'
        'Раз <g id="1">два</g><x id="2"/></source><seg-source>Раз</seg-source><target>One <g id="1">two</g>'
        '<bpt id="3">&lt;b&gt;</bpt></target><alt-trans><target>No</target></alt-trans></trans-unit>'
        '<trans-unit id="2"><source>Три</source></trans-unit></body></file></xliff>',
        encoding="utf-8",
    )
    assert run("a.xlf", "-o", "b.tmx").exit_code == 0
    assert pairs("b.tmx") == [("Раз два", "One two")]
    assert 'srclang="ru-RU"' in Path("b.tmx").read_text(encoding="utf-8")


def test_fuzzy_messages_are_lost_and_empty_ones_are_none(run: Callable[..., Result]) -> None:
    Path("a.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n\n#, fuzzy\nmsgid "a"\nmsgstr "б"\n\nmsgid "Good "\n"day"\n'
        'msgstr "Добрый\\tдень"\n\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "д"\n',
        encoding="utf-8",
    )
    result = run("a.po", "-o", "b.tmx", "-s", "en")
    assert result.exit_code == 0
    assert pairs("b.tmx") == [("Good day", "Добрый\tдень")]
    assert result.stderr == "warning: a.po:6: left out: a unit with one language only: a\n"


class TestBadInput:
    @pytest.mark.parametrize(
        ("name", "data", "reason"),
        [
            ("a.jsonl", b'{"ru": 1}\n', r"a\.jsonl:1: no pair in it"),
            ("a.jsonl", b'{"ru": "a", "en": "b"}\n{\n', r"a\.jsonl:2: not JSON"),
            ("a.jsonl", b"[1]\n", r"a\.jsonl:1: not a JSON object"),
            ("a.csv", b'a,"b\n', r"a\.csv:1: no row of a CSV table"),
            ("a.tsv", b"one cell\n", r"a\.tsv:1: a row of one cell"),
            ("a.xlf", b"<xliff><file>", r"a\.xlf:1: broken XML"),
            ("a.xlf", b"<html/>", r"a\.xlf:1: no XLIFF"),
            ("a.xlf", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', r"a\.xlf:1: it declares entities"),
            ("a.xlsx", b"no archive", r"a\.xlsx: no workbook"),
            ("a.docx", b"no archive", r"a\.docx: no Word document"),
            ("a.parquet", b"no table", r"a\.parquet: no Parquet file"),
            ("a.html", b"<p>no table</p>", r"a\.html: there is no table of pairs"),
            ("a.po", b"msgid no quotes\n", r"a\.po:1: no line of a PO file"),
        ],
    )
    def test_what_is_no_such_file_is_one_line(
        self, run: Callable[..., Result], name: str, data: bytes, reason: str
    ) -> None:
        Path(name).write_bytes(data)
        result = run(name, "-o", "out.tmx", "-s", "ru", "-t", "en")
        assert (result.exit_code, Path("out.tmx").exists()) == (1, False)
        assert re.fullmatch(rf"error: {reason}[^\n]*\n", result.stderr), result.stderr

    def test_an_archive_that_lies_about_itself_is_one_line(self, run: Callable[..., Result]) -> None:
        with zipfile.ZipFile("a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/worksheets/sheet1.xml", "<worksheet><row><c t='s'><v>7</v></c>")
        result = run("a.xlsx", "-o", "out.tmx", "-s", "ru", "-t", "en")
        assert result.exit_code == 1
        assert re.fullmatch(r"error: a\.xlsx:1: broken XML[^\n]*\n", result.stderr)

    def test_lines_that_do_not_belong_together_are_one_line(self, run: Callable[..., Result]) -> None:
        Path("a.ru").write_text("раз\nдва\n", encoding="utf-8")
        Path("a.en").write_text("one\n", encoding="utf-8")
        result = run("a.ru", "a.en", "-o", "out.tmx")
        assert result.exit_code == 1
        assert result.stderr == "error: a.en: 1 lines, and a.ru has more; they do not belong together\n"
        assert not Path("out.tmx").exists()

    def test_wrong_usage(self, run: Callable[..., Result]) -> None:
        assert run("a", "b", "c", "-o", "d.tmx").exit_code == 2
        assert run("a.tmx", "-o", "b.tsv", "-t", "en").exit_code == 2
        assert "unknown format 'x'" in run("a.tmx", "--from", "x", "-o", "b.tmx").stderr
        assert "tsv goes to a file" in run("a.tmx", "--to", "tsv").stderr
