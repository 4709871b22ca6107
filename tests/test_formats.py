"""Every format that is read: what comes of it, what is a title or a footnote, and what is left out."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import TYPE_CHECKING

import document_samples as make
import pytest
from click.testing import CliRunner

from align.cli import main
from corpora import MissingExtraError, ReadError, read_document, read_lines
from corpora.readers.registry import FORMATS

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from corpora import Document

FIRST = "The ministers met in the harbour town on Tuesday."
SECOND = "They agreed on “free passage” & safe ships, as before."
BODY = f"<p>{FIRST}</p><p>They agreed on “free passage” &amp; safe ships, as before.</p>"
SRT = (
    f"1\n00:00:01,000 --> 00:00:02,500\nTalks at the lake\n\n2\n00:00:03,000 --> 00:00:05,000\n{FIRST}\n\n"
    f"3\n00:01:00,000 --> 00:01:02,000\n{SECOND}\n"
)
WHOLE = {
    "text": ("a.txt", f"Talks at the lake\n\n{FIRST}\n\n{SECOND}\n".encode()),
    "markdown": ("a.md", f"# Talks at the lake\n\n{FIRST}\n\n{SECOND}\n".encode()),
    "html": ("a.html", f"<!DOCTYPE html><meta charset=utf-8><h1>Talks at the lake</h1>{BODY}".encode()),
    "docx": (
        "a.docx",
        make.docx(
            make.docx_paragraph("Talks at the lake", "H1") + make.docx_paragraph(FIRST) + make.docx_paragraph(SECOND)
        ),
    ),
    "odt": ("a.odt", make.odt(f"<h>Talks at the lake</h>{BODY}".replace("<", "<text:").replace("<text:/", "</text:"))),
    "rtf": (
        "a.rtf",
        make.rtf(
            rf"\pard\s1 Talks at the lake\par\pard {FIRST}\par They agreed on \ldblquote free passage\rdblquote "
            r" & safe ships, as before.\par"
        ),
    ),
    "pdf": ("a.pdf", make.pdf([make.column(["Talks at the lake", "", FIRST, "", SECOND])])),
    "epub": ("a.epub", make.epub([f"<h1>Talks at the lake</h1>{BODY}"])),
    "fb2": ("a.fb2", make.fb2(f"<section><title><p>Talks at the lake</p></title>{BODY}</section>")),
    "subtitles": ("a.srt", SRT.encode()),
    "xlsx": ("a.xlsx", make.xlsx([("Озеро", "Talks at the lake"), ("Встреча была.", FIRST), ("Да, это так.", SECOND)])),
    "table": ("a.tsv", f"Озеро\tTalks at the lake\nВстреча была.\t{FIRST}\nДа, это так.\t{SECOND}\n".encode()),
    "tmx": (
        "a.tmx",
        make.tmx({"ru": "Озеро", "en": text.replace("&", "&amp;")} for text in ("Talks at the lake", FIRST, SECOND)),
    ),
    "xliff": (
        "a.xlf",
        make.xliff1(("Озеро", text.replace("&", "&amp;")) for text in ("Talks at the lake", FIRST, SECOND)),
    ),
}


def read(folder: Path, data: bytes, name: str, lang: str | None = "en") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read_document(path, lang=lang)


def texts(document: Document, *kinds: str) -> list[str]:
    return [document.text[p.start : p.stop] for p in document.paragraphs if not kinds or p.kind in kinds]


def needs(name: str) -> None:
    if name == "pdf":
        pytest.importorskip("pypdfium2", reason="the extra pdf is not installed")


def test_every_format_has_a_sample() -> None:
    assert set(WHOLE) == set(FORMATS)


@pytest.mark.parametrize("form", WHOLE)
class TestEveryFormat:
    def test_paragraphs_come_in_order_with_offsets_into_the_text(self, tmp_path: Path, form: str) -> None:
        needs(form)
        name, data = WHOLE[form]
        document = read(tmp_path, data, name)
        assert texts(document) == ["Talks at the lake", FIRST, SECOND]
        rest = list(document.text)
        for paragraph in document.paragraphs:
            rest[paragraph.start : paragraph.stop] = " " * (paragraph.stop - paragraph.start)
        assert "".join(rest).isspace() or not rest
        if form != "text":
            assert document.metadata["format"]

    def test_the_bytes_tell_the_format_whatever_the_suffix(self, tmp_path: Path, form: str) -> None:
        needs(form)
        name, data = WHOLE[form]
        if form in {"text", "markdown", "table"}:
            return  # told by its suffix only
        assert texts(read(tmp_path, data, "a.bin")) == texts(read(tmp_path, data, name))

    def test_standard_input_is_read_too(self, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
        needs(form)
        if form == "markdown":
            return  # told by its suffix only
        stream = io.BytesIO(WHOLE[form][1])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        assert texts(read_document("-", lang="en")) == ["Talks at the lake", FIRST, SECOND]

    def test_lists_of_sentences_can_be_in_it(self, tmp_path: Path, form: str) -> None:
        needs(form)
        if form in {"text", "markdown"}:
            return
        name, data = WHOLE[form]
        (tmp_path / name).write_bytes(data)
        assert texts(read_lines(tmp_path / name, lang="en")) == ["Talks at the lake", FIRST, SECOND]

    def test_the_command_line_cuts_it(self, tmp_path: Path, form: str) -> None:
        needs(form)
        name, data = WHOLE[form]
        (tmp_path / name).write_bytes(data)
        result = CliRunner().invoke(main, ["split", str(tmp_path / name), "-l", "en"])
        assert result.exit_code == 0, result.output
        assert result.stdout == f"Talks at the lake\n{FIRST}\n{SECOND}\n"


class TestWord:
    def test_tables_boxes_and_notes_are_read_and_what_is_not_shown_is_not(self, tmp_path: Path) -> None:
        body = (
            make.docx_paragraph("Contents\t1", "T1")
            + make.docx_paragraph("A heading", "Own")
            + "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:noBreakHyphen/>"
            "<w:t>x</w:t></w:r>"
            "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t> inserted</w:t></w:r></w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>right</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            '<w:p><w:r><w:t>around</w:t><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>'
            + make.docx_paragraph("in the box")
            + "</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
            + make.docx_paragraph("in the box")
            + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
        notes = (
            f'<w:footnotes {make.W}><w:footnote w:type="separator" w:id="0">{make.docx_paragraph("----")}</w:footnote>'
            f'<w:footnote w:id="2">{make.docx_paragraph("A note.")}</w:footnote></w:footnotes>'
        )
        document = read(tmp_path, make.docx(body, footnotes=notes, comments="<x/>"), "a.docx")
        assert texts(document) == [
            "Contents\t1", "A heading", "one\ttwo\nthree\u2011x inserted", "left", "right", "around", "in the box",
            "A note.",
        ]  # fmt: skip
        assert texts(document, "furniture") == ["Contents\t1"]
        assert "A heading" in texts(document, "title")
        assert texts(document, "footnote") == ["A note."]


class TestOpenDocument:
    BODY = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content>"
        "<text:h>A <text:span>heading</text:span></text:h>"
        "<text:p>one<text:s text:c='2'/>two<text:tab/>\n   three<text:line-break/>four"
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note.</text:p></text:note-body></text:note> five<office:annotation><text:p>a comment</text:p>"
        "</office:annotation></text:p>"
        "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
        "<text:p>around<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame></text:p>"
    )

    def test_white_space_notes_and_boxes(self, tmp_path: Path) -> None:
        document = read(tmp_path, make.odt(self.BODY), "a.odt")
        assert texts(document) == [
            "Contents", "A heading", "one  two\t three\nfour five", "item", "around", "in the box", "A note.",
        ]  # fmt: skip
        assert texts(document, "furniture") == ["Contents"]
        assert texts(document, "footnote") == ["A note."]

    def test_a_flat_one_is_the_same(self, tmp_path: Path) -> None:
        body = f"<office:body><office:text>{self.BODY}</office:text></office:body>"
        flat = f"<office:document {make.ODF}>{body}</office:document>"
        document = read(tmp_path, flat.encode(), "a.fodt")
        assert texts(document) == texts(read(tmp_path, make.odt(self.BODY), "a.odt"))

    def test_an_archive_that_does_not_begin_with_its_type_is_told_by_its_parts(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(make.odt(self.BODY))) as archive:
            parts: dict[str, str | bytes] = {
                "content.xml": archive.read("content.xml"),
                "META-INF/manifest.xml": "<x/>",
            }
        document = read(tmp_path, make.packed(parts), "a.odt")
        assert texts(document)[1] == "A heading"


class TestRichText:
    def test_code_pages_unicode_and_destinations(self, tmp_path: Path) -> None:
        russian = "".join(f"\\'{byte:02x}" for byte in "Озеро тихое".encode("cp1251"))
        body = (
            rf"{{\header Running head}}\pard\s1 {russian}\par"
            r"\pard\uc1 \u1055?\u1088?\u1080?\u1074?\u1077?\u1090?, \u-10179?\u-8704? \emdash\~x\line y{\v hidden}\par"
            r"{\*\generator Something;}{\field{\*\fldinst HYPERLINK x}{\fldrslt a link}} here"
            r"{\footnote A note.} and on\par}"
        )[:-1]
        document = read(tmp_path, make.rtf(body), "a.rtf", "ru")
        assert texts(document) == ["Озеро тихое", "Привет, 😀 —\xa0x\ny", "a link here and on", "A note."]
        assert texts(document, "title")[0] == "Озеро тихое"
        assert texts(document, "footnote") == ["A note."]
        assert document.metadata["title"] == "The Lake"


class TestBooks:
    def test_chapters_come_in_the_order_of_the_spine_and_notes_are_told(self, tmp_path: Path) -> None:
        chapters = [
            "<h2>One</h2><p>First<sup><a href='#n'>1</a></sup> chapter&#160;here.</p>",
            "<p>Second chapter.</p><aside epub:type='footnote'><p><a href='#r'>1</a> The note.</p></aside>",
        ]
        document = read(tmp_path, make.epub(chapters, title="The Lake"), "a.epub")
        assert texts(document) == ["One", "First chapter\xa0here.", "Second chapter.", "The note."]
        assert texts(document, "footnote") == ["The note."]
        assert document.metadata["title"] == "The Lake"

    def test_a_chapter_with_entities_of_html_is_read_as_a_browser_would(self, tmp_path: Path) -> None:
        document = read(tmp_path, make.epub(["<p>Tea&nbsp;time &mdash; at last.</p>"]), "a.epub")
        assert texts(document) == ["Tea\xa0time — at last."]

    def test_fictionbook_notes_and_titles(self, tmp_path: Path) -> None:
        sections = (
            "<title><p>The Lake</p></title><section><title><p>One</p></title><p>It <emphasis>was</emphasis> so"
            "<a l:href='#n1' type='note'>[1]</a>.</p><subtitle>* * *</subtitle><poem><v>A verse</v></poem>"
            "</section>"
        )
        notes = "<section id='n1'><title><p>1</p></title><p>A note.</p></section>"
        data = make.fb2(sections, notes=notes)
        document = read(tmp_path, data, "a.fb2")
        assert texts(document) == ["The Lake", "One", "It was so.", "* * *", "A verse", "A note."]
        assert texts(document, "footnote") == ["A note."]
        packed = read(tmp_path, make.packed({"book.fb2": data}), "a.fb2.zip")
        assert packed.text == document.text

    def test_a_fictionbook_says_its_encoding(self, tmp_path: Path) -> None:
        data = make.fb2("<section><p>Озеро было тихим и светлым.</p></section>", encoding="windows-1251")
        document = read(tmp_path, data, "a.fb2", None)
        assert (document.lang, document.metadata["encoding"]) == ("ru", "windows-1251")


class TestSubtitles:
    def test_times_are_kept_a_line_for_each_paragraph(self, tmp_path: Path) -> None:
        document = read(tmp_path, SRT.encode(), "a.srt")
        assert document.metadata["timing"].splitlines() == [
            "00:00:01.000 --> 00:00:02.500", "00:00:03.000 --> 00:00:05.000", "00:01:00.000 --> 00:01:02.000",
        ]  # fmt: skip

    def test_formatting_numbers_and_empty_cues_are_left_out(self, tmp_path: Path) -> None:
        data = (
            "\ufeff1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n{\\an8}<i>- Print?</i>\r\n- In 1945.\r\n\r\n"
            "2\r\n00:00:02,000 --> 00:00:03,000\r\n\r\n3\r\n00:00:03,000 --> 00:00:04,000\r\n1941\r\n4\r\n"
            "00:00:05,000 --> 00:00:06,000\r\nlast\r\n"
        ).encode()
        document = read(tmp_path, data, "a.srt")
        assert texts(document) == ["- Print?\n- In 1945.", "1941", "last"]
        assert {p.kind for p in document.paragraphs} == {"body"}
        assert len(document.metadata["timing"].splitlines()) == len(document.paragraphs)

    def test_web_captions_have_names_notes_and_styles(self, tmp_path: Path) -> None:
        data = (
            b"WEBVTT - a film\n\nNOTE\nnot said\n\nSTYLE\n::cue {}\n\nfirst\n00:01.000 --> 00:02.000 line:0\n"
            b"<v Nina>Tea &amp; milk?</v>\n\n01:00:00.000 --> 01:00:01.000\n<00:01.000><c>No.</c>\n\nNOTE the end\n"
        )
        document = read(tmp_path, data, "a.vtt")
        assert texts(document) == ["Tea & milk?", "No."]
        assert document.metadata["timing"].startswith("00:00:01.000 --> 00:00:02.000\n")


class TestMarkdown:
    def test_markup_goes_and_its_text_stays(self, tmp_path: Path) -> None:
        data = (
            b'---\ntitle: "A page"\nlang: en\n---\n\n# A *heading* {#id}\n\nA [link](http://x) and **bold** `code`,\n'
            b"wrapped here.[^1]\nHard  \nbreak\n\n- item one\n- item two\n\n| a | b |\n|---|---|\n| c | d |\n\n"
            b"```python\nprint(1)\n```\n\n<div>In <b>HTML</b></div>\n\n<!-- a comment -->\n\n[^1]: A note.\n"
        )
        document = read(tmp_path, data, "a.md")
        assert texts(document) == [
            "A heading", "A link and bold code, wrapped here. Hard", "break", "item one", "item two",
            "a", "b", "c", "d", "print(1)", "In HTML", "A note.",
        ]  # fmt: skip
        assert texts(document, "furniture") == ["print(1)"]
        assert texts(document, "footnote") == ["A note."]
        assert document.metadata["title"] == "A page"


RUSSIAN = "Министры обсудили положение на озере."
ENGLISH = "The ministers discussed the situation on the lake."


class TestSides:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            (
                "a.csv",
                f'id,ru,en\n1,"{RUSSIAN}","{ENGLISH}"\n2,"Он: ""да"".","He: ""yes.""\nTwice."\n'.encode(),
            ),
            ("a.csv", f"1;{RUSSIAN};{ENGLISH}\n2;Погода была хорошая.;The weather was fine.\n".encode("windows-1251")),
            ("a.tsv", f"{RUSSIAN}\t{ENGLISH}\nПогода была хорошая.\tThe weather was fine.\n".encode("utf-16")),
            ("a.xlsx", make.xlsx([("No", "Russian", "English"), ("1", RUSSIAN, ENGLISH), ("2", "Да.", "")])),
            ("a.xlsx", make.xlsx([(RUSSIAN, ENGLISH), ("Погода была хорошая.", "The weather was fine.")], inline=True)),
            ("a.tmx", make.tmx([{"en-US": ENGLISH, "ru-RU": RUSSIAN}], source="ru-RU")),
            ("a.xlf", make.xliff1([(RUSSIAN, ENGLISH)])),
            ("a.xlf", make.xliff2([(RUSSIAN, ENGLISH)])),
        ],
    )
    def test_the_language_chooses_the_side(self, tmp_path: Path, name: str, data: bytes) -> None:
        assert texts(read(tmp_path, data, name, "ru"))[0] == RUSSIAN
        assert texts(read(tmp_path, data, name, "en"))[0] == ENGLISH
        first = read(tmp_path, data, name, None)
        assert (first.lang.split("-")[0], texts(first)[0]) == ("ru", RUSSIAN)
        other = read_document(tmp_path / name, other="ru")
        assert (other.lang.split("-")[0], texts(other)[0]) == ("en", ENGLISH)
        with pytest.raises(ReadError, match="and nothing else; give one of them"):
            read_document(tmp_path / name, lang="fr")

    def test_quoted_cells_keep_their_line_breaks(self, tmp_path: Path) -> None:
        data = f'{RUSSIAN};{ENGLISH}\n"Да;\nнет.";"Yes;\nno."\n'.encode()
        assert texts(read(tmp_path, data, "a.csv")) == [ENGLISH, "Yes;\nno."]

    def test_codes_inside_segments_are_no_text(self, tmp_path: Path) -> None:
        text = "Open <bpt i='1'>&lt;b&gt;</bpt>the<ept i='1'>&lt;/b&gt;</ept> <hi>door</hi>.<ph>{0}</ph>"
        assert texts(read(tmp_path, make.tmx([{"ru": "Дверь", "en": text}]), "a.tmx")) == ["Open the door."]
        text = "Open <g id='1'>the</g> <x id='2'/>door<mrk mtype='x'>!</mrk>"
        assert texts(read(tmp_path, make.xliff1([("Дверь", text)]), "a.xlf")) == ["Open the door!"]
        text = "Open <pc id='1'>the</pc> <ph id='2'/>door"
        assert texts(read(tmp_path, make.xliff2([("Дверь", text)]), "a.xlf")) == ["Open the door"]

    def test_rows_of_lists_are_in_step(self, tmp_path: Path) -> None:
        (tmp_path / "a.tsv").write_text(f"{RUSSIAN}\t{ENGLISH}\nДа.\t\nНет, никогда.\tNo, never.\n", "utf-8")
        source, target = (read_lines(tmp_path / "a.tsv", lang=lang) for lang in ("ru", "en"))
        assert texts(source) == [RUSSIAN, "Да.", "Нет, никогда."]
        assert texts(target) == [ENGLISH, "", "No, never."]

    @pytest.mark.parametrize("langs", [[], ["-s", "ru"], ["-t", "en"], ["-s", "ru", "-t", "en"]])
    def test_one_file_may_be_both_sides(self, tmp_path: Path, langs: list[str]) -> None:
        path = tmp_path / "a.tsv"
        path.write_text(f"{RUSSIAN}\t{ENGLISH}\nПогода была хорошая.\tThe weather was fine.\n", "utf-8")
        result = CliRunner().invoke(main, ["pair", str(path), str(path), "--to", "beads", *langs])
        assert (result.exit_code, result.stderr) == (0, "")
        assert [line.split("\t")[:2] for line in result.stdout.splitlines()] == [["0", "0"], ["1", "1"]]


class TestPdf:
    HEAD = "Harbour Office Yearbook"

    FIRST = (
        "The ministers of the two shores met on Tuesday to speak of navi-",
        "gation on the lake, and they agreed that the well-known rules are to",
        "be kept until the end of the year. The captain was glad, and said so",
        "twice.",
        "",
        "Another paragraph begins here and goes on to the next page without",
        "any full stop, for the page is at an end while the sentence, it must be",
    )
    SECOND = ("said, is not. Naviga-", "tion goes on.")

    def pages(self) -> list[list[tuple[float, float, float, str]]]:
        head = make.column([self.HEAD], top=810, size=9)
        title = make.column(["Talks at the lake"], top=785, size=18)
        third = make.column(["A third one, on the second page, is short."], top=700)
        note = make.column(["1 A note about navigation."], top=60, size=8)
        return [
            [*head, *title, *make.column(self.FIRST, top=750), (300, 30, 9, "1")],
            [*head, *make.column(self.SECOND, top=750), *third, *note, (300, 30, 9, "2")],
        ]

    def test_lines_are_joined_and_what_belongs_to_the_page_goes(self, tmp_path: Path) -> None:
        needs("pdf")
        document = read(tmp_path, make.pdf(self.pages()), "a.pdf")
        assert texts(document) == [
            "Talks at the lake",
            " ".join(self.FIRST[:4]).replace("navi- gation", "navigation"),
            " ".join([*self.FIRST[5:], *self.SECOND]).replace("Naviga- tion", "Navigation"),
            "A third one, on the second page, is short.",
            "A note about navigation.",
        ]
        assert texts(document, "title") == ["Talks at the lake"]
        assert texts(document, "footnote") == ["A note about navigation."]
        assert document.metadata["left_out"].startswith("4 lines")

    def test_a_raised_number_breaks_no_line_and_goes_when_it_is_a_footnote(self, tmp_path: Path) -> None:
        needs("pdf")
        lines = [
            *make.column(["The ministers of the two shores met on Tuesday to speak of the navigation", "of ships"]),
            (110, 752, 6, "1"), (114, 746, 11, ", and they agreed that the rules are kept."),
            (70, 60, 8, "1 And of boats."),
        ]  # fmt: skip
        document = read(tmp_path, make.pdf([lines]), "a.pdf")
        assert texts(document)[0].endswith("of the navigation of ships, and they agreed that the rules are kept.")
        assert texts(document, "footnote") == ["And of boats."]

    def test_contents_are_furniture_and_bullets_are_no_text(self, tmp_path: Path) -> None:
        needs("pdf")
        lines = [
            (70, 700, 11, "The Lake and Its Ships ....................................... 3"),
            (70, 686, 11, "The Harbour Office ........................................... 12"),
            (70, 650, 11, "• The first item is so long that it goes on in the next line of the page,"),
            (80, 636, 11, "which is indented, as it should be."),
            (70, 622, 11, "• The second one is short."),
        ]
        document = read(tmp_path, make.pdf([lines]), "a.pdf")
        assert texts(document, "furniture") == [line[-1] for line in lines[:2]]
        item = f"{lines[2][-1].removeprefix('• ')} {lines[3][-1]}"
        assert texts(document, "body", "title") == [item, "The second one is short."]

    def test_each_column_has_its_own_width(self, tmp_path: Path) -> None:
        needs("pdf")
        left = [
            "The ministers of the two shores met on",
            "Tuesday, and they spoke of the ships",
            "that cross the lake.",
        ]
        right = ["On Friday they will meet again, it was", "said, if the weather is as it should be", "in September."]
        columns = [(50, 700 - 14 * i, 11, line) for i, line in enumerate(left)]
        columns += [(320, 700 - 14 * i, 11, line) for i, line in enumerate(right)]
        assert texts(read(tmp_path, make.pdf([columns]), "a.pdf")) == [" ".join(left), " ".join(right)]

    def test_without_the_extra_the_error_says_what_to_install(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pypdfium2", None)
        with pytest.raises(MissingExtraError, match=r'pip install "translation-align\[pdf\]"'):
            read(tmp_path, make.pdf([make.column([FIRST])]), "a.pdf")


def test_a_text_that_speaks_of_formats_is_a_text(tmp_path: Path) -> None:
    text = "“A PDF begins with %PDF-1.7, a page with <html>, and a Word document with PK.”"
    assert texts(read(tmp_path, text.encode(), "a.txt")) == [text]


def test_modules_that_readers_need_are_imported_by_name() -> None:
    for form in FORMATS.values():
        module: ModuleType = sys.modules[form.reader().__module__]
        assert module.__doc__
