"""Files appear whole or not at all, where and as the user wanted them."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from exporter_samples import pairs, statement

from align.errors import FormatError, WriteError
from align.exporters import check_writable, render, write
from align.exporters.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def _umask() -> Iterator[None]:
    old = os.umask(0o027)
    yield
    os.umask(old)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("_umask")
def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    write(statement(), tmp_path / "new.tsv")
    assert _mode(tmp_path / "new.tsv") == 0o640


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old.tsv"
    path.touch()
    path.chmod(0o604)
    write(statement(), path)
    assert _mode(path) == 0o604
    assert path.read_text() == render(statement(), "tsv")


def test_a_symbolic_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "far" / "real.tsv", tmp_path / "link.tsv"
    real.parent.mkdir()
    real.write_text("old")
    link.symlink_to("far/real.tsv")
    write(statement(), link)
    assert link.is_symlink()
    assert real.read_text() == render(statement(), "tsv")


def test_a_dangling_link_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link.tsv"
    link.symlink_to("real.tsv")
    write(statement(), link)
    assert (tmp_path / "real.tsv").is_file()


def test_a_relative_name_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check_writable("here.tsv")
    assert write(statement(), "here.tsv").path == Path("here.tsv")
    assert [entry.name for entry in tmp_path.iterdir()] == ["here.tsv"]


def test_a_pipe_gets_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.tsv"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write(statement(), pipe)
    reader.join(10)
    assert got == [render(statement(), "tsv")]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_written_straight() -> None:
    assert write(statement(), "/dev/null", format="tmx", min_confidence=0.3).units == 5
    check_writable("/dev/null")


def test_a_full_disk_is_said_in_one_line() -> None:
    with pytest.raises(WriteError, match="/dev/full: cannot write: no space left on device"):
        write(statement(), "/dev/full", format="tmx")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "is a directory"),
        ("absent/x.tsv", "no directory"),
        ("file/x.tsv", "not a directory"),
        ("\0.tsv", "not a file name"),
        ("x" * 300 + ".tsv", "file name too long"),
    ],
)
def test_a_place_that_takes_no_file_is_said_before_the_work_and_after(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = f"{tmp_path}/{name}"
    for attempt in (lambda: check_writable(path), lambda: write(statement(), path, format="tsv")):
        with pytest.raises(WriteError, match=f"cannot write: .*{message}") as caught:
            attempt()
        assert "\n" not in str(caught.value)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_an_empty_name_is_no_file() -> None:
    with pytest.raises(WriteError, match="not a file name"):
        check_writable("")


@pytest.fixture
def _forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user without rights; the tests may run as root, who may write everywhere."""
    monkeypatch.setattr("os.access", lambda *_: False)


@pytest.mark.usefixtures("_forbidden")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("old")
    with pytest.raises(WriteError, match="the file is protected"):
        write(statement(), tmp_path / "x.tsv")
    assert (tmp_path / "x.tsv").read_text() == "old"


@pytest.mark.usefixtures("_forbidden")
def test_a_protected_directory_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="no permission in"):
        check_writable(tmp_path / "x.tsv")


def test_checking_creates_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "x.tsv")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_seen_before_the_end_and_nothing_stays_after_an_interrupt(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("old")

    def interrupted() -> None:
        with replacing(path) as stream:
            stream.write(b"half")
            stream.flush()
            assert path.read_text() == "old"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_format_that_cannot_hold_the_alignment_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        write(pairs(("Да.", "Yes."), langs=("ru", "und")), tmp_path / "x.tmx")
    assert list(tmp_path.iterdir()) == []
