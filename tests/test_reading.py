"""From bytes to documents: encodings, paragraphs, and one clear line for what cannot be read."""

from __future__ import annotations

import io
import os
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import (
    EmptyDocumentError,
    ReadError,
    ToolkitError,
    UnknownLanguageError,
    parse_lines,
    parse_text,
    read_document,
    read_lines,
)
from corpora.readers import plain
from corpora.readers.decoding import decode

if TYPE_CHECKING:
    from pathlib import Path

RU = (
    "Министры обсудили положение дел в регионе.\r\n\r\nОни договорились продолжить консультации "
    "в следующем году, чтобы подписать «соглашение».\n"
)
EN = "The ministers discussed the situation in the region.\n\nThey agreed to meet again next year.\n"
FR = "Les ministres ont examiné la situation dans la région et sont convenus de se revoir l’année prochaine.\n"
PL = "Ministrowie omówili sytuację w regionie i uzgodnili, że w przyszłym roku będą kontynuować rozmowy.\n"
UK = "Міністри обговорили становище в регіоні й домовилися наступного року продовжити переговори.\n"
TR = "Bakanlar bölgedeki durumu ele aldılar ve gelecek yıl görüşmeleri sürdürmek için anlaştılar.\n"


def _write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _spans(text: str) -> list[str]:
    return [text[p.start : p.stop] for p in plain.paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RU, "utf-8"),
        (RU, "utf-8-sig"),
        (RU, "utf-16"),
        (RU, "utf-16-le"),
        (RU, "utf-16-be"),
        (RU, "utf-32"),
        (RU, "windows-1251"),
        (RU.replace("«", '"').replace("»", '"'), "koi8-r"),
        (RU.replace("«", '"').replace("»", '"'), "iso-8859-5"),
        (RU.replace("«", '"').replace("»", '"'), "cp866"),
        (EN, "utf-16-le"),
        (FR, "windows-1252"),
        (FR.replace("’", "'"), "iso-8859-1"),
        (PL, "windows-1250"),
        (PL, "iso-8859-2"),
        (TR, "windows-1254"),
        (EN.replace("They", "“They”"), "windows-1252"),
        (UK, "koi8-u"),
        (UK, "windows-1251"),
        (f"1;{RU.strip()};{EN}{EN}{EN}", "windows-1251"),
        ("касается Южного коридора, то правовую основу его работы", "koi8-r"),
        ("Łódź była w porcie.", "windows-1250"),
        ("اجتمع الوزراء أمس وناقشوا الوضع في المنطقة.", "windows-1256"),
        ("اجتمع الوزراء أمس وناقشوا الوضع في المنطقة.", "iso-8859-6"),
        ("部长们昨天讨论了湖上的局势，他们同意明年再次会面。", "gb18030"),
        ("部長們昨天討論了湖上的局勢，他們同意明年再次會面。", "big5"),
        ("大臣たちは昨日、湖の情勢について話し合い、来年また会うことで合意した。", "shift_jis"),
        ("大臣たちは昨日、湖の情勢について話し合い、来年また会うことで合意した。", "euc-jp"),
        ("장관들은 어제 호수의 상황을 논의하고 내년에 다시 만나기로 했다.", "euc-kr"),
    ],
)
def test_a_file_is_decoded_whatever_its_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    document = read_document(_write(tmp_path, text.encode(encoding)))
    assert document.text == text


@pytest.mark.parametrize("size", [1, 3, 400])
@pytest.mark.parametrize("first", ["utf-8", "windows-1251", "koi8-r"])
@pytest.mark.parametrize("second", ["utf-8", "windows-1251", "koi8-r"])
def test_two_encodings_in_one_file_are_an_error(tmp_path: Path, first: str, second: str, size: int) -> None:
    text = RU.replace("«", '"').replace("»", '"') * size
    path = _write(tmp_path, text.encode(first) + text.encode(second))
    if first == second:
        assert read_document(path).text == text + text
        return
    with pytest.raises(ReadError, match="--encoding"):
        read_document(path)


def test_line_ends_stay_and_the_byte_order_mark_goes(tmp_path: Path) -> None:
    document = read_document(_write(tmp_path, b"\xef\xbb\xbf" + RU.encode()))
    assert document.text == RU
    assert [document.text[p.start : p.stop] for p in document.paragraphs] == RU.strip().split("\r\n\r\n")
    assert document.lang == "ru"
    assert document.metadata["encoding"] == "utf-8"


def test_a_person_can_name_the_encoding(tmp_path: Path) -> None:
    path = _write(tmp_path, "Привет".encode("koi8-r"))
    assert read_document(path, encoding="KOI8-R", lang="ru").text == "Привет"
    assert read_document(_write(tmp_path, b"\xef\xbb\xbfYes", "b.txt"), encoding="utf-8", lang="en").text == "Yes"
    with pytest.raises(ReadError, match="not utf-8 at byte 0"):
        read_document(path, encoding="utf-8")
    for wrong in ("klingon", "zip", "rot13", "hex", "\0", ""):
        with pytest.raises(ReadError, match="encoding"):
            read_document(path, encoding=wrong)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....word/document.xml", "Word document"),
        (b"PK\x03\x04....mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\x03\x04....", "ZIP archive"),
        (b"{\\rtf1 a", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "old Microsoft Office"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"text\x00with\x00zeros\x00!", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"caf\xe9", "--encoding"),
        (b"abc \xff\xfe\xfd\xfc def", "not UTF-8 at byte 4"),
        ("Хорошо, что это UTF-8, но дальше обрыв".encode()[:-1] + b" !", "not UTF-8 at byte"),
        (b"\xff\xfea", "not utf-16-le"),
    ],
)
def test_what_is_no_text_is_one_clear_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = _write(tmp_path, data)
    with pytest.raises(ReadError, match=message) as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_random_bytes_are_an_error_and_no_cyrillic(tmp_path: Path) -> None:
    data = bytes((i * 7919 + i * i * 31) % 223 + 33 for i in range(5000))
    with pytest.raises(ReadError, match=r"--encoding|binary"):
        read_document(_write(tmp_path, data))


def test_a_missing_file_a_directory_and_a_closed_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="is a directory"):
        read_document(tmp_path)
    with pytest.raises(ReadError, match="cannot be read"):
        read_document("a\0b")
    closed = _write(tmp_path, b"Yes.")
    closed.chmod(0)
    if not os.access(closed, os.R_OK):
        with pytest.raises(ReadError, match="no permission"):
            read_document(closed)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EN.encode())))
    document = read_document("-")
    assert (document.id, document.text, document.lang) == ("-", EN, "en")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(EmptyDocumentError, match="standard input"):
        read_document("-")


def test_an_unknown_language_is_told_before_the_file_is_read() -> None:
    with pytest.raises(UnknownLanguageError, match="did you mean ru"):
        read_document("none.txt", lang="russian")


def test_a_text_without_letters_names_the_document() -> None:
    with pytest.raises(UnknownLanguageError, match=r"^notes: cannot tell"):
        parse_text("123\n456", id="notes")


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_string_is_an_empty_document(text: str) -> None:
    with pytest.raises(EmptyDocumentError):
        parse_text(text, lang="en")
    with pytest.raises(EmptyDocumentError):
        parse_lines(text, lang="en")


def test_half_a_character_in_a_string_does_no_harm() -> None:
    assert parse_text("Yes, \ud800 the ministers agreed to meet.").lang == "en"


def test_lines_count_as_other_programs_count_them(tmp_path: Path) -> None:
    text = "One.\n\nThree\u2028three.\r\n  Four. \nFive"
    document = read_lines(_write(tmp_path, text.encode()), lang="en")
    lines = [text[p.start : p.stop] for p in document.paragraphs]
    assert lines == ["One.", "", "Three\u2028three.", "Four.", "Five"]
    assert {p.kind for p in document.paragraphs} == {"body"}
    assert len(parse_lines("a\rb\rc", lang="en").paragraphs) == 3


WRAPPED = """\
Opening remarks by Deputy Foreign Minister Nina Sedova at the International
Conference on Lakes, Veligorsk, June 11, 2020

902-11-06-2020

Mr Chairman,

On behalf of the Government, I am delighted to welcome you to Veligorsk.
Present in this hall today are delegates from 34 states and nine international
organisations. Only a year ago, many claimed that disagreements made such a
meeting impossible.

– a single register of monuments has been compiled, listing many more sites
than before;
– two schools have opened;

[1] Charter on the Preservation of Lakes and Their Heritage, signed in
Elsborg on 21 May 2015.

Print version
Intervallo di date non valido
"""


def test_hard_wrapped_lines_are_joined_and_others_are_not() -> None:
    assert [part.replace("\n", " ") for part in _spans(WRAPPED)] == [
        (
            "Opening remarks by Deputy Foreign Minister Nina Sedova at the International "
            "Conference on Lakes, Veligorsk, June 11, 2020"
        ),
        "902-11-06-2020",
        "Mr Chairman,",
        (
            "On behalf of the Government, I am delighted to welcome you to Veligorsk. Present in this hall "
            "today are delegates from 34 states and nine international organisations. Only a year ago, many "
            "claimed that disagreements made such a meeting impossible."
        ),
        "– a single register of monuments has been compiled, listing many more sites than before;",
        "– two schools have opened;",
        "[1] Charter on the Preservation of Lakes and Their Heritage, signed in Elsborg on 21 May 2015.",
        "Print version",
        "Intervallo di date non valido",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Question: Why?\nAnswer: Because.\nQuestion: When?\nAnswer: Now.",
        "One sentence here.\nAnother one there, a good deal longer than the first.\nA third.",
        "milk\neggs\nbread\nflour and butter",
        "13:45\nA title of the statement\n1865-04-10-2017\nThe first paragraph of it.",
        (
            "составлен единый реестр памятников, куда вошли многие объекты нашего края;\n"
            "отреставрированы маяки на мысе Рогатом и на острове Чаячьем;\nоткрыты школы."
        ),
    ],
)
def test_one_paragraph_a_line_stays_so(text: str) -> None:
    assert _spans(text) == text.split("\n")


@pytest.mark.parametrize(
    "title",
    [
        "Briefing by Foreign Ministry Spokeswoman Yelena Vetrova, Veligorsk,\nNovember 22, 2018",
        "Briefing by Foreign Ministry Spokeswoman Yelena Vetrova, Veligorsk, 22\nNovember 2018",
        "The treaty will be signed, as the minister told the reporters, before\nDecember 15.",
        "The envoys agreed that the second round will begin in the old hall at\n18:30",
    ],
)
def test_a_date_that_ends_a_wrapped_paragraph_belongs_to_it(title: str) -> None:
    body = textwrap.fill(
        "The situation on the lake is a source of growing alarm, and we have said so more than once. Our partners "
        "know it all too well, but they prefer to look the other way as long as they can.",
        72,
    )
    found = parse_text(f"18:47\n\n{title}\n\n{body}\n\n{body}\n", lang="en")
    assert title in [found.text[p.start : p.stop] for p in found.paragraphs]


def test_a_turn_in_a_wrapped_text_begins_a_paragraph() -> None:
    text = (
        "Question: The talks went on for almost seven hours instead of the planned\n"
        "three. Does this mean that the sides spent more time arguing than agreeing\n"
        "on the documents?\n"
        "Sergey Orlov: No. It means that we had a lot to talk about, because we had\n"
        "not met for more than a year."
    )
    assert [part[:12] for part in _spans(text)] == ["Question: Th", "Sergey Orlov"]


_TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aB я.\n\r\t \x0b\x0c\x1c\x85\u2028\u2029*-1:"), st.characters()),
    max_size=120,
)


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_paragraphs_cover_all_but_white_space_once_and_in_order(text: str) -> None:
    stop = 0
    for p in plain.paragraphs(text):
        assert stop <= p.start < p.stop
        assert not text[stop : p.start].strip()
        assert text[p.start : p.stop] == text[p.start : p.stop].strip()
        stop = p.stop
    assert not text[stop:].strip()


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_lines_are_as_many_as_line_feeds_say(text: str) -> None:
    found = plain.lines(text)
    if "\n" in text:
        assert len(found) == text.count("\n") + (not text.endswith("\n"))
    assert " ".join(text[p.start : p.stop] for p in found).split() == text.split()


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda t: t.encode("utf-16", "replace"))))
def test_any_bytes_are_a_text_or_an_error_of_ours(data: bytes) -> None:
    try:
        text, encoding = decode(data, "a.txt")
    except ToolkitError as error:
        assert "\n" not in str(error)  # noqa: PT017 - any error must be one line
    else:
        assert text.strip()
        assert encoding
        parse_text(text, lang="en")
