"""A real OmegaT takes our memory and fills from it what it should, and nothing else.

OmegaT runs without a window, as its manual documents: ``console-translate`` leaves the pairs that it
holds in ``PROJECT-omegat.tmx``, ``console-createpseudotranslatetmx`` lists every segment that it sees.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest
from exporter_samples import aligned
from lxml import etree

import align
from align.exporters import render, units
from align.splitter import srx
from align.types import Alignment, Bead
from corpora import statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OMEGAT = shutil.which("omegat")
REQUIRED = os.environ.get("ALIGN_REQUIRE_ALL") == "1"

pytestmark = pytest.mark.skipif(
    OMEGAT is None and not REQUIRED,
    reason="omegat is not installed: apt-get install --no-install-recommends omegat",
)

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
{folders}
<source_lang>ru</source_lang><target_lang>en</target_lang><sentence_seg>{by_sentence}</sentence_seg>
</project></omegat>
"""
FOLDERS = ("source", "target", "tm", "glossary", "dictionary")


@dataclass(frozen=True)
class Run:
    """What OmegaT made of a project.

    Attributes:
        segments: every different segment of the source files, in order.
        filled: the segments that have a translation.
    """

    segments: tuple[str, ...]
    filled: Mapping[str, str]


def run_omegat(
    folder: Path,
    sources: Mapping[str, str],
    memories: Mapping[str, str],
    *,
    by_sentence: bool = True,
    rules: str | None = None,
    listed: bool = True,
) -> Run:
    """Let OmegaT translate `sources` from `memories` alone.

    Args:
        folder: for the project and the settings.
        sources: files to translate.
        memories: files that it may take translations from.
        by_sentence: whether it cuts paragraphs into sentences.
        rules: the text of a ``segmentation.conf``; OmegaT's default rules when None.
        listed: whether the segments are listed, which takes another start of OmegaT.
    """
    assert OMEGAT is not None, "ALIGN_REQUIRE_ALL=1, but omegat is not installed"
    project = folder / "project"
    for name in (*FOLDERS, "tm/auto", "omegat"):
        (project / name).mkdir(parents=True)
    folders = "".join(f"<{name}_dir>__DEFAULT__</{name}_dir>" for name in FOLDERS)
    settings = PROJECT.format(folders=folders, by_sentence=str(by_sentence).lower())
    (project / "omegat.project").write_text(settings, encoding="utf-8")
    for name, text in sources.items():
        (project / "source" / name).write_bytes(text.encode("utf-8"))
    for name, text in memories.items():
        (project / "tm" / "auto" / name).write_bytes(text.encode("utf-8"))
    if rules is not None:
        (project / "omegat" / "segmentation.conf").write_text(rules, encoding="utf-8")
    everything = folder / "segments.tmx"
    if listed:
        _omegat(project, "console-createpseudotranslatetmx", f"--pseudotranslatetmx={everything}")
    _omegat(project, "console-translate")
    pairs = dict(_pairs(project / "project-omegat.tmx"))
    return Run(tuple(source for source, _ in _pairs(everything)) if listed else (), pairs)


def _omegat(project: Path, mode: str, *options: str) -> None:
    command = [
        str(OMEGAT),
        str(project),
        f"--mode={mode}",
        f"--config-dir={project.parent / 'config'}",
        *options,
    ]
    # A short life: no time for the second compiler, no threads for a parallel collector.
    quick = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
    done = subprocess.run(
        [*command, "--disable-project-locking", "--no-team"],
        env=quick,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    log = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, log
    # OmegaT exits 0 also when it threw a memory away.
    assert "TMXR_ERROR" not in log, log
    assert "TF_TM_LOAD_ERROR" not in log, log
    assert "TMXR_WARNING" not in log, log


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    for unit in etree.parse(path, parser).iter("tu"):
        source, target = (tuv.findtext("seg") or "" for tuv in unit.iterfind("tuv"))
        yield source, target


def _known(alignment: Alignment) -> dict[str, str]:
    """The units as OmegaT looks them up: it composes letters, in the document and in the memory alike."""
    composed = partial(unicodedata.normalize, "NFC")
    return {composed(unit.variants["ru"]): composed(unit.variants["en"]) for unit in units(alignment)[0]}


@cache
def _statement(name: str) -> Alignment:
    """A sample statement as the toolkit reads, cuts and aligns it."""
    sample = statements.load(name)
    return align.align_files(sample.source_path, sample.target_path)


def _small() -> Alignment:
    source = [
        "Он сказал: «Да\xa0— и\xa0нет» & <b>ушёл</b> 👋.",
        "Она осталась.",
        "Потом ушла.",
        "Этого нет в переводе.",
        "Спасибо ]]> всем!",
        "Латинская a и кириллическая а.",
        "Министр С.В.Лавров прибыл?",
        "Отпуск, т.к. лето.",
        "Елка и\u0306од.",
        "Две  части.",
    ]
    target = [
        'He said, "Yes\xa0– and no" & <b>left</b> 👋.',
        "She stayed, then left.",
        "Thank you ]]> all!",
        "A Latin a and a Cyrillic а.",
        "Has Minister Lavrov arrived? Yes.",
        "Leave.",
        "Because it is summer.",
        "Tree.",
        "Two  parts.",
    ]
    beads = [
        Bead((0,), (0,), 0.9),
        Bead((1, 2), (1,), 0.9),
        Bead((3,), (), 0.9),
        Bead((4,), (2,), 0.9),
        Bead((5,), (3,), 0.9),
        Bead((6,), (4,), 0.9),
        Bead((7,), (5, 6), 0.9),
        Bead((8,), (7,), 0.9),
        Bead((9,), (8,), 0.9),
    ]
    return aligned(source, target, beads)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One project with the small document, every Russian sample page, and a memory for each."""
    sources = {"small.txt": _small().source.document.text}
    memories = {"small.tmx": render(_small(), "tmx")}
    for name in statements.names():
        sources[f"{name}.txt"] = statements.load(name).source_path.read_text(encoding="utf-8")
        memories[f"{name}.tmx"] = render(_statement(name), "tmx")
    return run_omegat(tmp_path_factory.mktemp("omegat"), sources, memories)


def test_every_segment_that_is_a_unit_is_filled(run: Run) -> None:
    known = _known(_small())
    # OmegaT sees two segments there; see the next test.
    known.pop("Она осталась. Потом ушла.")
    assert {source: run.filled.get(source) for source in known} == known
    for segment in ("Она осталась.", "Потом ушла.", "Этого нет в переводе."):
        assert segment in run.segments
        assert segment not in run.filled


def test_a_unit_of_two_sentences_fills_where_a_project_is_cut_by_paragraph(tmp_path: Path) -> None:
    text = "Она осталась. Потом ушла."
    run = run_omegat(tmp_path, {"a.txt": text}, {"a.tmx": render(_small(), "tmx")}, by_sentence=False)
    assert run.segments == (text,)
    assert run.filled == {text: "She stayed, then left."}


def test_the_sample_statements_are_filled_where_omegat_cuts_as_we_do(run: Run) -> None:
    """And nowhere else; from the raw pages to the filled project.

    Two statements may translate the same sentence differently.
    """
    known: dict[str, set[str]] = {}
    for alignment in (_small(), *map(_statement, statements.names())):
        for source, target in _known(alignment).items():
            known.setdefault(source, set()).add(target)
    assert set(run.filled) == {segment for segment in run.segments if segment in known}
    assert all(target in known[source] for source, target in run.filled.items())
    # The rest is cut elsewhere by OmegaT's own rules (docs/tmx.md counts how); this only guards the floor.
    assert len(run.filled) > 0.65 * len(known)


def _paragraphs(alignment: Alignment) -> str:
    """The Russian text with a blank line between paragraphs, where OmegaT ends one."""
    document = alignment.source.document
    return "\n\n".join(" ".join(document.text[each.start : each.stop].split("\n")) for each in document.paragraphs)


def _single(alignment: Alignment) -> set[str]:
    """Sources of the units that have one Russian sentence."""
    alone = {alignment.source.sentences[bead.source[0]].text for bead in alignment.beads if len(bead.source) == 1}
    return {source for source in _known(alignment) if source in {unicodedata.normalize("NFC", each) for each in alone}}


@cache
def _as_omegat_cuts(name: str) -> Alignment:
    sample = statements.load(name)
    return align.align_files(sample.source_path, sample.target_path, srx="omegat")


@pytest.fixture(scope="module")
def default_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """OmegaT with its default rules, and memories that were cut by ``--srx omegat``."""
    made = {name: _as_omegat_cuts(name) for name in statements.names()}
    sources = {f"{name}.txt": _paragraphs(each) for name, each in made.items()}
    memories = {f"{name}.tmx": render(each, "tmx") for name, each in made.items()}
    return run_omegat(tmp_path_factory.mktemp("default"), sources, memories)


def test_a_memory_cut_as_omegat_cuts_is_filled_by_omegats_default_rules(default_run: Run) -> None:
    for name in statements.names():
        assert _single(_as_omegat_cuts(name)) - set(default_run.filled) == set()


def test_with_our_rules_in_the_project_every_unit_of_one_sentence_is_filled(default_run: Run, tmp_path: Path) -> None:
    made = {name: _statement(name) for name in statements.names()}
    sources = {f"{name}.txt": _paragraphs(each) for name, each in made.items()}
    memories = {f"{name}.tmx": render(each, "tmx") for name, each in made.items()}
    rules = srx.render(srx.export(), "segmentation.conf")
    ours = run_omegat(tmp_path, sources, memories, rules=rules, listed=False)
    expected = set().union(*map(_single, made.values()))
    assert expected - set(ours.filled) == set()
    # OmegaT's own rules make other segments of some of them.
    assert len(expected & set(default_run.segments)) < 0.95 * len(expected)
