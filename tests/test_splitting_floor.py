"""Splitting quality does not fall below the floors of ``floors.toml`` (shared gold needed)."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from align.splitter import sentence_spans, signature

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "floors.toml"


def floors() -> dict[str, dict[str, Any]]:
    """The section ``splitting`` of the floors: set to F1 and signature."""
    if not FLOORS.is_file():
        return {}
    found: dict[str, dict[str, Any]] = tomllib.loads(FLOORS.read_text("utf-8")).get("splitting", {})
    return found


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The benchmark script as a module."""
    spec = importlib.util.spec_from_file_location("splitting_benchmark", ROOT / "benchmarks" / "splitting.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(floors()))
def test_boundary_f1_does_not_fall_below_its_floor(name: str, benchmark: ModuleType, shared_dir: Path) -> None:
    path = shared_dir / "gold" / "sbd" / f"{name}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no gold {path.name}")
    records = benchmark.read_set(path)
    result = benchmark.measure(records, lambda text: sentence_spans(text, records[0].lang))
    floor = floors()[name]
    assert result.f1 >= floor["f1"], f"{signature(records[0].lang)} against {floor['signature']}"
