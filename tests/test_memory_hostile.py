"""Files made to hurt: bounded memory, a clear line, and the rest kept."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest
from memory_samples import DECLARATION, HEADER, bomb, many_languages, memory, source, target, tu

from align.memory import check, fix, open_memory
from align.memory.checking import check_stream

ROOT = Path(__file__).resolve().parent.parent
MEASURE = """
import re, sys
from align.memory import fix
fix(sys.argv[1], sys.argv[2])
# Not getrusage: what that tells a child begins with what its parent held.
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def peak(path: Path, out: Path) -> int:
    """The most memory, in MiB, that a process of its own holds while it repairs a file."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), str(out)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    return int(done.stdout)


def test_an_xml_bomb_is_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(bomb(1), encoding="utf-8")
    assert peak(path, tmp_path / "b.tmx") < 150
    assert "A&amp;l9;B" in (tmp_path / "b.tmx").read_text(encoding="utf-8")


def test_a_compressed_bomb_is_unpacked_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx.gz"
    with gzip.open(path, "wb", compresslevel=6) as file:
        file.write(f'{DECLARATION}<tmx version="1.4">{HEADER}<body>'.encode())
        for _ in range(25):
            file.write(b"\n" * 1_000_000)
        file.write(f"{tu(source(1, 1), target(1, 1))}</body></tmx>".encode())
    assert peak(path, tmp_path / "b.tmx") < 150
    assert check(tmp_path / "b.tmx").units == 1


def test_a_text_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    with path.open("wb") as file:
        file.write(memory(1).replace("</body>\n</tmx>\n", '<tu><tuv xml:lang="ru"><seg>').encode())
        for _ in range(75):
            file.write(b"word " * 200_000)
        file.write(b"</seg></tuv></tu></body></tmx>")
    assert peak(path, tmp_path / "b.tmx") < 600
    assert check(tmp_path / "b.tmx").units == 2


@pytest.mark.parametrize("opening", ["<!--", "<![CDATA[", "<!DOCTYPE tmx [", '<tu tuid="', "<?x"])
def test_what_is_opened_and_never_closed_hides_no_units(opening: str, tmp_path: Path) -> None:
    path, out = tmp_path / "a.tmx", tmp_path / "b.tmx"
    path.write_text(memory(1, opening), encoding="utf-8")
    assert not check(path).ok
    report = fix(path, out)
    assert report.after.ok
    assert report.units == 2


def test_tags_without_number_in_a_segment_take_linear_time() -> None:
    """One of these twenty times as long would never end if time grew with the square."""
    pieces = ("<", "<b", "&\n", "\0\n", "<!--", "<![CDATA[", "<?", "<!DOCTYPE [", "</x>", "<b a=", "<b>", "<hi>", "&#")
    for piece in pieces:
        text = memory(1, tu("Раз", piece * 20_000))
        assert not check_stream(io.BytesIO(text.encode()), "a.tmx").ok


def test_deep_nesting_is_flattened(tmp_path: Path) -> None:
    path, out = tmp_path / "a.tmx", tmp_path / "b.tmx"
    path.write_text(memory(1, tu("Раз", "<hi>" * 5_000 + "Once" + "</hi>" * 5_000)), encoding="utf-8")
    assert check(path).findings.counts["nesting"]
    assert fix(path, out).units == 3
    assert "<seg>Once</seg>" in out.read_text(encoding="utf-8")


def test_notes_without_end_do_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.memory.reader._LARGEST", 1_000_000)
    path = tmp_path / "a.tmx"
    path.write_text(memory(1, f"<tu>{'<note/>' * 20_000}{tu('Раз', 'Once')[4:]}"), encoding="utf-8")
    report = fix(path, tmp_path / "b.tmx")
    # The notes are given up; the texts behind them are a unit.
    assert report.units == 3
    assert report.lost.counts["too-long"]


def test_thousands_of_languages_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(memory(1, many_languages(1) * 5), encoding="utf-8")
    report = check(path)
    assert report.ok
    assert report.findings.counts["more-languages"] == report.findings.counts["missing-language"] == 1


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", encoding="utf-8")
    path = tmp_path / "a.tmx"
    declaration = f'{DECLARATION}<!DOCTYPE tmx [<!ENTITY x SYSTEM "{secret}">]>\n'
    path.write_text(memory(1, tu("Раз", "A &x; B"), declaration=declaration), encoding="utf-8")
    with open_memory(path) as opened:
        texts = [variant.text for entry in opened.entries for variant in entry.variants]
    assert "A &x; B" in texts
    assert not any("hidden" in text for text in texts)


def test_a_file_cut_at_any_byte_keeps_the_units_before_the_cut(tmp_path: Path) -> None:
    data = memory(1, tu("Раз & два", "One")).encode()
    whole = [data[:stop].count(b"</tu>") for stop in range(len(data))]
    path, out = tmp_path / "a.tmx", tmp_path / "b.tmx"
    for stop in range(150, len(data), 7):
        path.write_bytes(data[:stop])
        report = fix(path, out)
        assert whole[stop] <= report.units <= whole[stop] + 1
        assert report.after.ok or not report.units
