"""Documents that are damaged, protected, traps or not what they say: one clear line, soon, in little memory."""

from __future__ import annotations

import io
import socket
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import document_samples as make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_formats import FIRST, SECOND, WHOLE, needs

from corpora import EmptyDocumentError, ReadError, ToolkitError, read_document
from corpora.readers import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

    from corpora import Document

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha ha ha ha ha '>"
    + "".join(f"<!ENTITY {name} '{f'&{before};' * 12}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
CONTAINER = "META-INF/container.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    """Enough of a compound file to tell what it is."""
    return OLE + stream.encode("utf-16-le") + bytes(1024)


def bomb() -> bytes:
    """A Word document of 200 KB that unfolds to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(200):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def nested(depth: int) -> bytes:
    return make.docx("<w:p>" * depth + "</w:p>" * depth)


def encrypted_zip() -> bytes:
    """A Word document whose parts say that they are encrypted."""
    data = bytearray(WHOLE["docx"][1])
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def directory_bomb() -> bytes:
    """An archive that says that its list of parts takes four gigabytes."""
    data = bytearray(WHOLE["docx"][1])
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 0xFFFFFF00)
    return bytes(data)


def protected_odt() -> bytes:
    manifest = "<m:manifest xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    return make.packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": b"\x00\x01",
        },
        stored=["mimetype"],
    )


def protected_epub() -> bytes:
    rights = (
        "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
        "</EncryptedData></encryption>"
    )
    return make.epub(["<p>x</p>"], **{"META-INF/encryption.xml": rights})


CASES: dict[str, tuple[str, bytes, str]] = {
    "zip bomb": ("a.docx", bomb(), "unfolds to far more"),
    "list of parts": ("a.docx", directory_bomb(), "far too many parts"),
    "encrypted parts": ("a.docx", encrypted_zip(), "password-protected"),
    "protected docx": ("a.docx", ole("EncryptedPackage"), "password-protected"),
    "protected odt": ("a.odt", protected_odt(), "password-protected"),
    "protected epub": ("a.epub", protected_epub(), r"DRM"),
    "doc": ("a.doc", ole("WordDocument"), r"old Word document \(.doc\); it is not read; save it as .docx"),
    "doc named docx": ("a.docx", ole("WordDocument"), r"old Word document"),
    "xls": ("a.xls", ole("Workbook"), r"old Excel workbook"),
    "laughs in docx": ("a.docx", make.packed({"word/document.xml": f"{LAUGHS}<x>&i;</x>"}), "entities"),
    "laughs in an attribute": ("a.tmx", f"{LAUGHS}<tmx a='&i;'></tmx>".replace(" x ", " tmx ").encode(), "entities"),
    "laughs in tmx": ("a.tmx", make.tmx([{"ru": "&i;", "en": "x"}], doctype=LAUGHS), "entities|not a trans"),
    "file in tmx": ("a.tmx", make.tmx([{"ru": "&a;", "en": "x"}], doctype=OUTSIDE), "entities|not a trans"),
    "file in epub": ("a.epub", make.packed({CONTAINER: f"{OUTSIDE}<x>&a;</x>", "a.opf": ""}), "entities"),
    "text named docx": ("a.docx", FIRST.encode(), "not a Word document .* though its name says so"),
    "text named pdf": ("a.pdf", FIRST.encode(), "not a PDF document"),
    "text named epub": ("a.epub", FIRST.encode(), "not an EPUB book"),
    "text named srt": ("a.srt", FIRST.encode(), "not subtitles"),
    "text named tmx": ("a.tmx", FIRST.encode(), "not a translation memory"),
    "prose named csv": ("a.csv", f"{FIRST}\n{SECOND}\n".encode(), "no two columns"),
    "prose named tsv": ("a.tsv", f"{FIRST}\n{SECOND}\n".encode(), "no two columns"),
    "open quote": ("a.csv", b'ru;en\n"' + b"x;y\n" * 5_000_000, "quotation mark|two columns"),
    "one language": ("a.tmx", make.tmx([{"en": "x"}]), "two languages"),
    "no parts": ("a.docx", make.packed({"word/x.xml": "<x/>"}), "damaged"),
    "no chapter": ("a.epub", make.packed({CONTAINER: "<x/>", "x.opf": "<package><spine/></package>"}), "no text"),
    "two books": ("a.fb2.zip", make.packed({"a.fb2": "x", "b.fb2": "y"}), "2 books"),
    "some archive": ("a.zip", make.packed({"readme": "x"}), "ZIP archive; unpack it"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n", "OCR"),
    "presentation": ("a.pptx", make.packed({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
    "empty docx": ("a.docx", make.docx(""), "no text"),
    "empty page": ("a.html", b"<html><body><nav>Home</nav></body></html>", "no text"),
    "mixed": ("a.txt", FIRST.encode() + "Погода хорошая. ".encode() * 9 + "Погода".encode("cp1251"), "--encoding"),
    "mixed page": ("a.html", b"<html><p>" + "Погода была. ".encode() * 9 + "Погода".encode("cp1251"), "--encoding"),
    "deep": ("a.docx", nested(100_000), "damaged"),
}  # fmt: skip


def read(folder: Path, data: bytes, name: str) -> None:
    path = folder / name
    path.write_bytes(data)
    read_document(path, lang="en")


@pytest.mark.parametrize("case", CASES)
def test_bad_documents_are_one_clear_line(tmp_path: Path, case: str) -> None:
    name, data, message = CASES[case]
    with pytest.raises(ReadError, match=message) as caught:
        read(tmp_path, data, name)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", [form for form in WHOLE if registry.FORMATS[form].is_told])
def test_a_document_that_is_cut_off_is_told(tmp_path: Path, form: str) -> None:
    needs(form)
    name, data = WHOLE[form]
    if form == "subtitles":
        return  # what is left of them is subtitles
    with pytest.raises(ReadError, match="damaged"):
        read(tmp_path, data[: len(data) * 2 // 3], name)


class TestPdf:
    def test_pictures_of_pages_are_told(self, tmp_path: Path) -> None:
        needs("pdf")
        with pytest.raises(ReadError, match="OCR"):
            read(tmp_path, make.pdf([[], [], []], picture=True), "a.pdf")

    def test_a_password_is_told_and_an_empty_one_is_no_obstacle(self, tmp_path: Path) -> None:
        needs("pdf")
        pypdf = pytest.importorskip("pypdf", reason="nothing makes PDF with passwords")

        for password, algorithm in (("secret", "RC4-128"), ("", "RC4-128"), ("secret", "AES-256"), ("", "AES-256")):
            writer = pypdf.PdfWriter(io.BytesIO(WHOLE["pdf"][1]))
            writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)  # noqa: S106
            out = io.BytesIO()
            writer.write(out)
            if password:
                with pytest.raises(ReadError, match="password-protected"):
                    read(tmp_path, out.getvalue(), "a.pdf")
            else:
                read(tmp_path, out.getvalue(), "a.pdf")


def test_a_file_of_two_gigabytes_is_told_at_once_and_not_read(
    tmp_path: Path, align_command: Callable[..., Ran]
) -> None:
    for name in ("a.txt", "a.docx", "a.pdf"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2 * 1024**3)
        result = align_command("split", tmp_path / name, timeout=20)
        assert (result.status, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1
        assert "larger than 512 MiB" in result.stderr


@pytest.mark.parametrize("case", ["zip bomb", "laughs in docx", "laughs in an attribute", "list of parts", "deep"])
def test_traps_take_little_memory(tmp_path: Path, case: str) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells the memory of a process this way")
    name, data, _ = CASES[case]
    (tmp_path / name).write_bytes(data)
    code = (
        "import sys\n"
        "from corpora import read_document, ReadError\n"
        "try: read_document(sys.argv[1], lang='en')\n"
        "except ReadError: pass\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / name)],
        capture_output=True, text=True, check=True, timeout=30, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert int(done.stdout) < 200 * 1024  # kibibytes


@pytest.mark.parametrize("form", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_anywhere_is_read_or_is_an_error_of_ours(tmp_path: Path, form: str, data: st.DataObject) -> None:
    needs(form)
    name, whole = WHOLE[form]
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(damaged) - 1))
    kept = bytes(damaged[:start] if data.draw(st.booleans()) else damaged)
    kept += data.draw(st.binary(max_size=20))
    (tmp_path / name).write_bytes(kept)
    lang = data.draw(st.sampled_from([None, "en"]))
    document = document_or_line(tmp_path / name, lang)
    if document is None:
        return
    for paragraph in document.paragraphs:
        assert document.text[paragraph.start : paragraph.stop].strip()
    document.text.encode("utf-8")


def document_or_line(path: Path, lang: str | None) -> Document | None:
    """Read a document; None when it cannot be read and one line says so."""
    try:
        return read_document(path, lang=lang)
    except ToolkitError as error:
        message = str(error)
    assert "\n" not in message
    return None


PARTS = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "epub": "OEBPS/book.opf",
    "xlsx": "xl/worksheets/sheet2.xml",
}


@pytest.mark.parametrize("form", PARTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_inside_an_archive_is_read_or_is_an_error_of_ours(
    tmp_path: Path, form: str, data: st.DataObject
) -> None:
    name, whole = WHOLE[form]
    (tmp_path / name).write_bytes(whole)
    with zipfile.ZipFile(tmp_path / name) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    inside = bytearray(parts[PARTS[form]])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(inside) - 1))
        inside[at : at + data.draw(st.integers(1, 30))] = data.draw(st.binary(max_size=10))
    parts[PARTS[form]] = bytes(inside)
    (tmp_path / name).write_bytes(make.packed(parts, stored=["mimetype"]))
    document_or_line(tmp_path / name, "en")


def test_an_empty_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        read(tmp_path, b"<html></html>", "a.html")


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        place = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        doctype = f'<!DOCTYPE tmx SYSTEM "{place}.dtd">'
        page = f'<html><head><link rel=stylesheet href="{place}"></head><body><img src="{place}"><p>{FIRST}</p>'
        for name, data in (
            ("a.tmx", make.tmx([{"ru": "Озеро", "en": FIRST}], doctype=doctype)),
            ("a.html", page.encode()),
            ("a.fb2", WHOLE["fb2"][1].replace(b"?>", f'?><!DOCTYPE FictionBook SYSTEM "{place}">'.encode(), 1)),
            ("a.md", f"![x]({place}) {FIRST}".encode()),
        ):
            read(tmp_path, data, name)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("suffix", sorted({suffix for form in registry.FORMATS.values() for suffix in form.suffixes}))
def test_junk_is_told_whatever_its_suffix(tmp_path: Path, suffix: str) -> None:
    for junk in (bytes(range(256)) * 16, b"\x00" * 5000, b"\xff\xfe" * 3000, b"PK\x03\x04" + bytes(range(256)) * 9):
        with pytest.raises(ReadError) as caught:
            read(tmp_path, junk, f"a{suffix}")
        assert str(caught.value).startswith(f"{tmp_path}/a{suffix}: ")
        assert "\n" not in str(caught.value)
