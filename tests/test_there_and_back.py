"""A memory that goes through a format which knows no doubt, or no direction, comes back whole all the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from exporter_samples import aligned

from align.cli import main
from align.exporters import render, write
from align.types import Alignment, Bead


def graded() -> Alignment:
    beads = [Bead((number,), (number,), sure) for number, sure in enumerate((0.95, 0.7, 0.4))]
    return aligned(["Да.", "Нет, никогда.", "Быть может."], ["Yes.", "No, never.", "Perhaps."], beads)


def units_of(text: str) -> list[tuple[str, str]]:
    """Each unit's confidence, and its variants as written."""
    return [(unit[0], unit[1]) for unit in re.findall(r'x-confidence">([\d.]+)</prop>(.*?)</tu>', text, re.DOTALL)]


@pytest.mark.parametrize("suffix", ["po", "parquet"])
def test_unsure_units_and_the_direction_come_back(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(graded(), f"a.{suffix}", min_confidence=0.5)
    result = CliRunner().invoke(main, ["memory", "convert", f"a.{suffix}", "-o", "b.tmx", "--quiet"])
    assert (result.exit_code, result.output) == (0, "")
    back = Path("b.tmx").read_text(encoding="utf-8")
    assert units_of(back) == units_of(render(graded(), "tmx", min_confidence=0.5))
    assert 'srclang="ru"' in back
