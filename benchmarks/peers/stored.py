"""Vectors that were made before, for aligners that run in an interpreter of their own. Imports nothing of ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def table(folder: Path) -> dict[str, np.ndarray]:
    """The texts of both sides and their vectors, as ``drivers.py vectors`` wrote them."""
    known: dict[str, np.ndarray] = {}
    for side in ("src", "tgt"):
        texts = (folder / f"{side}.overlaps").read_text("utf-8").split("\n")[:-1]
        rows = np.fromfile(folder / f"{side}.vectors", dtype=np.float32).reshape(len(texts), -1)
        known.update(zip(texts, rows, strict=True))
    return known
