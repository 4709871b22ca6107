"""An installed wheel is whole: it holds the model and the data, and works where nothing can be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("align", "corpora", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built of a copy, so that nothing is left behind in the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    copy = place / "source"
    copy.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(place),
        str(copy),
    ]
    subprocess.run(pip, check=True, timeout=300)
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel is unpacked; a pure wheel needs no more than that to work."""
    place = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def python(place: Path, *arguments: str, cwd: Path) -> str:
    """Run Python with the installed packages before all others, and not the checkout's."""
    env = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def tracked(*under: str) -> set[str]:
    """Files of the checkout that belong in a wheel: everything but what Python leaves behind."""
    return {
        path.relative_to(ROOT).as_posix()
        for top in under
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert tracked("align", "corpora") - names == set()
    assert {"align/py.typed", "corpora/py.typed"} <= names
    assert any(name.startswith("align/model/") and name.endswith(".safetensors") for name in names)
    assert any(name.startswith("corpora/statements/") for name in names)


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"align", "corpora"}


def test_the_installed_package_aligns_and_writes_only_where_it_is_told(installed: Path, tmp_path: Path) -> None:
    before = snapshot(installed)
    sample = min((installed / "corpora" / "statements").glob("*.ru.txt"))
    pair = [str(sample), str(sample).replace(".ru.", ".en.")]
    python(installed, "-m", "align.cli", "pair", *pair, "-o", "out.tmx", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["out.tmx"]
    assert snapshot(installed) == before


def test_the_installed_package_is_the_one_that_ran(installed: Path, tmp_path: Path) -> None:
    where = python(installed, "-c", "import align, corpora; print(align.__file__, corpora.__file__)", cwd=tmp_path)
    assert all(path.startswith(str(installed)) for path in where.split())


def test_the_script_is_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "align = align.cli:main" in archive.read(entry).decode()


def snapshot(place: Path) -> dict[str, tuple[int, int]]:
    """Every path below `place` with size and time of change."""
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in place.rglob("*") if path.is_file()}
