"""Continuous integration cannot be green because tests were skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING = """
import pytest

def test_of_a_missing_program(require_program):
    require_program("no-such-program")

def test_of_a_missing_module(require_module):
    require_module("no_such_module")

def test_of_missing_data(shared_dir):
    pass

@pytest.mark.xfail(strict=True)
def test_that_is_known_to_fail():
    assert False
"""
SKIPPED_AS_A_WHOLE = "import pytest\npytest.importorskip('no_such_module')\n"


@pytest.mark.parametrize(
    ("required", "summary"),
    [("", "4 skipped, 1 xfailed"), ("1", "2 failed, 1 xfailed, 2 errors")],
)
def test_skips_fail_where_everything_is_required(tmp_path: Path, required: str, summary: str) -> None:
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    (tmp_path / "test_skipping.py").write_text(SKIPPING)
    (tmp_path / "test_whole.py").write_text(SKIPPED_AS_A_WHOLE)
    env = {**os.environ, "ALIGN_REQUIRE_ALL": required, "ALIGN_SHARED": str(tmp_path / "none")}
    pytest_of_its_own = [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors"]
    done = subprocess.run(
        [*pytest_of_its_own, "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert summary in done.stdout.splitlines()[-1], done.stdout
