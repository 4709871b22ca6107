"""A real OmegaT takes memories of every flavour, cut and direction, and marks down what stands in penalty folders.

A script inside OmegaT (its manual, "Scripts in console mode") writes down, for every segment, what it was
filled with and the fuzzy matches that a translator would be shown, each with its score.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from exporter_samples import pairs
from test_keeping import prose

import align
from align.exporters import Flavour, units, write
from align.types import Alignment, Bead
from corpora import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
{folders}
<source_lang>{source}</source_lang><target_lang>{target}</target_lang><sentence_seg>{by_sentence}</sentence_seg>
</project></omegat>
"""
FOLDERS = ("source", "target", "tm", "glossary", "dictionary")
SCRIPT = """
if (eventType.name() == "LOAD") {
  def found = project.allEntries.collect { entry ->
    def info = project.getTranslationInfo(entry)
    def finder = new org.omegat.core.statistics.FindMatches(project.sourceTokenizer, 5, true, false)
    def never = { false } as org.omegat.core.events.IStopped
    def near = finder.search(project, entry.srcText, true, false, never)
    [entry.srcText, info.isTranslated() ? info.translation : null,
     near.collect { [it.translation, it.scores[0].score, it.projs[0]] }]
  }
  new File(project.projectProperties.projectRoot, "found.json").write(groovy.json.JsonOutput.toJson(found), "UTF-8")
}
"""


@dataclass(frozen=True)
class Found:
    """What OmegaT makes of a project.

    Attributes:
        filled: each segment with its translation, or None.
        matches: each segment with the matches that are shown: translation, score, memory.
    """

    filled: Mapping[str, str | None]
    matches: Mapping[str, list[tuple[str, int, str]]]


@dataclass(frozen=True)
class Project:
    """A folder that OmegaT opens as a project."""

    folder: Path
    omegat: str

    @property
    def memories(self) -> Path:
        """Where memories go."""
        return self.folder / "tm" / "auto"

    def prepare(self, source: str, target: str, sources: Mapping[str, str], *, by_sentence: bool = True) -> None:
        """Make the folders, the settings and the files to be translated."""
        for name in (*FOLDERS, "tm/auto", "omegat"):
            (self.folder / name).mkdir(parents=True)
        folders = "".join(f"<{name}_dir>__DEFAULT__</{name}_dir>" for name in FOLDERS)
        settings = PROJECT.format(folders=folders, source=source, target=target, by_sentence=str(by_sentence).lower())
        (self.folder / "omegat.project").write_text(settings, encoding="utf-8")
        for name, text in sources.items():
            (self.folder / "source" / name).write_text(text, encoding="utf-8")

    def translate(self) -> Found:
        """Let OmegaT fill the project; a memory that it throws away fails the test."""
        script = self.folder.parent / "found.groovy"
        script.write_text(SCRIPT, encoding="utf-8")
        command = [self.omegat, str(self.folder), "--mode=console-translate", f"--script={script}"]
        quick = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [*command, f"--config-dir={self.folder.parent / 'config'}", "--disable-project-locking", "--no-team"],
            env=quick,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=180,
            check=False,
        )
        log = done.stdout.decode("utf-8", "replace")
        assert done.returncode == 0, log
        for trouble in ("TMXR_ERROR", "TF_TM_LOAD_ERROR", "Exception"):
            assert trouble not in log, log
        found = json.loads((self.folder / "found.json").read_text(encoding="utf-8"))
        return Found(
            {source: filled for source, filled, _ in found},
            {
                source: [(text, score, Path(memory or "").as_posix()) for text, score, memory in near]
                for source, _, near in found
            },
        )


@pytest.fixture
def project(tmp_path: Path, require_program: Callable[[str], str]) -> Project:
    return Project(tmp_path / "project", require_program("omegat"))


def test_it_takes_every_flavour_and_regional_codes_and_marks_down_penalties(project: Project) -> None:
    flavours = {
        flavour: pairs((f"Дом {number}, «кот» & <пёс>.", f"House {number}, “cat” & <dog>."), ("Да.", "Yes."))
        for number, flavour in enumerate(get_args(Flavour))
    }
    regional = pairs(("Региональный код.", "A regional code."), langs=("ru-RU", "en-GB"))
    odd = pairs(("Ещё раз: т.к.\xa0ИТБ!", "Again: as FTFs!"), ("Число 10 < 20.", "The number 10 < 20."))
    graded = Alignment(
        prose("ru", ["Верное предложение."], ["Вероятное предложение."], ["Сомнительное предложение."]),
        prose("en", ["A sure sentence."], ["A likely sentence."], ["A doubtful sentence."]),
        (Bead((0,), (0,), 0.95), Bead((1,), (1,), 0.7), Bead((2,), (2,), 0.4)),
    )
    texts = [*flavours.values(), regional, odd, graded]
    project.prepare("ru", "en", {f"{number}.txt": each.source.document.text for number, each in enumerate(texts)})
    for flavour, alignment in flavours.items():
        write(alignment, project.memories / f"{flavour}.tmx", flavour=flavour)
    write(regional, project.memories / "regional.tmx", flavour="trados")
    write(odd, project.memories / "odd.tmx")
    write(graded, project.memories / "graded.tmx", penalties=True, min_confidence=0.3)

    found = project.translate()
    for alignment in (*flavours.values(), odd):
        for unit in units(alignment)[0]:
            assert found.filled[unit.variants["ru"]] == unit.variants["en"]
    assert found.filled["Региональный код."] == "A regional code."
    # Only the sure sentence fills by itself; the others are shown, and cost their points.
    assert found.filled["Верное предложение."] == "A sure sentence."
    for text, target, points in (
        ("Вероятное предложение.", "A likely sentence.", 10),
        ("Сомнительное предложение.", "A doubtful sentence.", 30),
    ):
        assert found.filled[text] is None
        shown = {translation: (score, memory) for translation, score, memory in found.matches[text]}
        score, memory = shown[target]
        assert score == 100 - points
        assert f"penalty-{points}/graded.tmx" in memory


def test_english_is_a_source_like_any_other(project: Project) -> None:
    sample = statements.load(statements.names()[0])
    alignment = align.align_files(sample.target_path, sample.source_path)
    project.prepare("en", "ru", {"page.txt": sample.target_path.read_text(encoding="utf-8")})
    write(alignment, project.memories / "m.tmx")
    known = {unit.variants["en"]: unit.variants["ru"] for unit in units(alignment)[0]}
    filled = {source: target for source, target in project.translate().filled.items() if target is not None}
    assert filled == {source: known[source] for source in filled}
    assert len(filled) > 0.6 * len(known)


@pytest.mark.parametrize(("segtype", "by_sentence"), [("paragraph", False), ("block", False), ("paragraph", True)])
def test_paragraphs_fill_paragraphs_and_are_cut_up_for_a_project_by_sentence(
    project: Project, segtype: str, *, by_sentence: bool
) -> None:
    source = prose("ru", ["Она осталась.", "Потом ушла.", "Было поздно."], ["Дождь шёл весь день."], ["Да.", "Нет."])
    target = prose("en", ["She stayed.", "Then she left.", "It was late."], ["It rained all day."], ["Yes.", "No."])
    alignment = Alignment(source, target, tuple(Bead((number,), (number,), 0.9) for number in range(6)))
    project.prepare("ru", "en", {"a.txt": source.document.text}, by_sentence=by_sentence)
    write(alignment, project.memories / "m.tmx", segtype=segtype)
    whole = {unit.variants["ru"]: unit.variants["en"] for unit in units(alignment, segtype="paragraph")[0]}
    single = {unit.variants["ru"]: unit.variants["en"] for unit in units(alignment)[0]}
    assert project.translate().filled == (single if by_sentence else whole)
