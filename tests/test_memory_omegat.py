"""The real OmegaT takes every sample that `check` lets pass, and every one that `fix` repaired, and fills from it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from memory_samples import SAMPLES, Sample
from translate.storage.tmx import tmxfile

from align.memory import fix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OMEGAT = shutil.which("omegat")
REQUIRED = os.environ.get("ALIGN_REQUIRE_ALL") == "1"
needs_omegat = pytest.mark.skipif(
    OMEGAT is None and not REQUIRED,
    reason="omegat is not installed: apt-get install --no-install-recommends omegat",
)

FOLDERS = ("source", "target", "tm", "glossary", "dictionary")
PROJECT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<omegat><project version="1.0">'
    + "".join(f"<{name}_dir>__DEFAULT__</{name}_dir>" for name in FOLDERS)
    + "<source_lang>ru</source_lang><target_lang>en</target_lang><sentence_seg>true</sentence_seg>"
    "</project></omegat>\n"
)


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every sample after `fix`, by its name."""
    folder = tmp_path_factory.mktemp("fixed")
    made = {}
    for number, sample in enumerate(SAMPLES):
        path, out = folder / f"{number}.tmx", folder / f"{number}.fixed.tmx"
        path.write_bytes(sample.data)
        fix(path, out)
        made[sample.name] = out.read_bytes()
    return made


def fill(folder: Path, memories: Mapping[str, bytes]) -> tuple[dict[str, str], str]:
    """What one OmegaT fills from all of the memories at once, and its log."""
    assert OMEGAT is not None, "ALIGN_REQUIRE_ALL=1, but omegat is not installed"
    project = folder / "project"
    for name in (*FOLDERS, "tm/auto", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, encoding="utf-8")
    texts = dict.fromkeys(source for sample in SAMPLES for source in sample.pairs)
    (project / "source" / "source.txt").write_text("\n\n".join(texts), encoding="utf-8")
    for name, data in memories.items():
        (project / "tm" / "auto" / f"{name}.tmx").write_bytes(data)
    command = [OMEGAT, str(project), "--mode=console-translate", f"--config-dir={folder / 'config'}"]
    quick = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*command, "--disable-project-locking", "--no-team"],
        env=quick,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    log = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, log
    root = etree.parse(project / "project-omegat.tmx", etree.XMLParser(no_network=True, huge_tree=True))
    pairs = ([tuv.findtext("seg") or "" for tuv in unit.iterfind("tuv")] for unit in root.iter("tu"))
    return dict(pairs), log


def numbered(memories: Mapping[str, bytes]) -> dict[str, bytes]:
    """The memories under names that every file system takes."""
    return {f"m{number}": data for number, data in enumerate(memories.values())}


def expected(sample: Sample) -> dict[str, str]:
    """What is to be filled, composed as OmegaT does."""
    return {source: unicodedata.normalize("NFC", target) for source, target in sample.pairs.items()}


@needs_omegat
def test_omegat_takes_and_fills_every_memory_that_was_fixed(fixed: dict[str, bytes], tmp_path: Path) -> None:
    held = {sample.name for sample in SAMPLES if sample.saved}
    filled, log = fill(tmp_path, numbered({name: data for name, data in fixed.items() if name in held}))
    for word in ("TMXR_ERROR", "TF_TM_LOAD_ERROR", "Exception"):
        assert word not in log
    for sample in SAMPLES:
        assert {source: filled.get(source) for source in sample.pairs} == expected(sample), sample.name


@needs_omegat
def test_omegat_takes_and_fills_every_memory_that_check_lets_pass(tmp_path: Path) -> None:
    good = {sample.name: sample for sample in SAMPLES if sample.ok}
    filled, log = fill(tmp_path, numbered({name: sample.data for name, sample in good.items()}))
    assert "TMXR_ERROR" not in log
    assert "TF_TM_LOAD_ERROR" not in log
    for name, sample in good.items():
        assert {source: filled.get(source) for source in sample.pairs} == expected(sample), name


def languages(data: bytes) -> tuple[str, str]:
    """Codes of the first unit: translate-toolkit finds only exact ones."""
    unit = etree.fromstring(data, etree.XMLParser(huge_tree=True)).find("body/tu")
    codes = [tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in unit.iterfind("tuv")]
    return codes[0], codes[1]


def test_translate_toolkit_reads_the_same_from_every_memory_that_was_fixed(fixed: dict[str, bytes]) -> None:
    for sample in (each for each in SAMPLES if each.saved):
        data = fixed[sample.name]
        units = tmxfile(io.BytesIO(data), *languages(data)).units
        read = {unit.source: unicodedata.normalize("NFC", unit.target or "") for unit in units}
        # It shows inline codes as text.
        if "inline-code" not in sample.codes:
            assert {source: read.get(source) for source in sample.pairs} == expected(sample), sample.name
        assert len(units) == sample.saved, sample.name
