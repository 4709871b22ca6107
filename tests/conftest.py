"""What all tests share: the sample statements, and what to do where something is not there.

A test that needs a program, a module or data that a machine may lack is skipped there, with a line
that says so. With ``ALIGN_REQUIRE_ALL=1`` (continuous integration) any skip is a failure.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from align.encoder.static import StaticEncoder

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = ROOT / "corpora" / "statements"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sample statement: a text and its translation, with sentence-level gold."""

    name: str
    source: Path
    target: Path


@pytest.fixture(scope="session")
def statements() -> list[Statement]:
    """All sample statements, Russian to English."""
    found = [
        Statement(path.name.removesuffix(".ru.txt"), path, path.with_name(path.name.replace(".ru.", ".en.")))
        for path in sorted(STATEMENTS.glob("*.ru.txt"))
    ]
    assert len(found) >= 6
    return found


@pytest.fixture(scope="session")
def statement(statements: list[Statement]) -> Statement:
    """The shortest of the sample statements."""
    return min(statements, key=lambda each: each.source.stat().st_size)


@pytest.fixture(scope="session")
def shipped() -> StaticEncoder:
    """The embedded model."""
    from align.encoder import load_encoder
    from align.encoder.static import StaticEncoder

    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    return encoder


@pytest.fixture(scope="session")
def require_module() -> Callable[[str], ModuleType]:
    """Import a module, or skip the test where it is not installed."""

    def require(name: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ImportError:
            pytest.skip(f"Python module {name} is not installed")

    return require


@pytest.fixture(scope="session")
def require_program() -> Callable[[str], str]:
    """Find a program, or skip the test where there is none."""

    def require(name: str) -> str:
        return shutil.which(name) or pytest.skip(f"program {name} is not installed")

    return require


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Data that lies beside the checkout (or at ``ALIGN_SHARED``) and is not part of the project."""
    path = Path(os.environ.get("ALIGN_SHARED") or ROOT.parent / "shared")
    return path if path.is_dir() else pytest.skip("no shared data: set ALIGN_SHARED")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def align_command() -> Callable[..., Ran]:
    """Run ``align …`` as a program of its own, from bytes in to bytes out."""

    def run(
        *arguments: str | Path,
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        timeout: float = 120,
    ) -> Ran:
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
        done = subprocess.run(
            [sys.executable, "-m", "align.cli", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": path, **(env or {})},
            cwd=cwd,
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run


def _require_all() -> bool:
    return os.environ.get("ALIGN_REQUIRE_ALL", "") not in {"", "0"}


def _skip_becomes_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and _require_all():
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.longrepr = f"{report.nodeid}: {reason} (ALIGN_REQUIRE_ALL is set)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Fail tests that would be skipped, where everything is required."""
    report = yield
    _skip_becomes_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """Fail modules that would be skipped as a whole, where everything is required."""
    report = yield
    _skip_becomes_failure(report)
    return report
