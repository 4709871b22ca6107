"""`check` judges every sample right, and `fix` makes of each a memory that every tool takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory_samples import SAMPLES, Sample

from align.memory import check, fix


@pytest.fixture(params=SAMPLES, ids=lambda each: each.name)
def sample(request: pytest.FixtureRequest) -> Sample:
    return request.param


def test_there_are_enough_samples() -> None:
    assert len(SAMPLES) >= 120
    assert len({each.name for each in SAMPLES}) == len(SAMPLES)


def test_the_verdict_is_right(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "sample.tmx"
    path.write_bytes(sample.data)
    report = check(path)
    found = set(report.findings.counts)
    assert report.ok == sample.ok, found
    assert sample.codes <= found
    if sample.ok:
        assert found - sample.codes <= {"one-line", "missing-language"}


def test_a_fixed_memory_has_all_that_can_be_saved_and_nothing_wrong(sample: Sample, tmp_path: Path) -> None:
    path, out = tmp_path / "sample.tmx", tmp_path / "fixed.tmx"
    path.write_bytes(sample.data)
    report = fix(path, out)
    assert report.after.ok == sample.clean, report.after.findings.kept
    assert report.units == sample.saved, report.lost.kept
