"""Which document is whose translation, and the manifest that says so.

`match` looks through directories and proposes pairs, `render_manifest` writes them down for people and for
``align batch``, `read_manifest` reads them again.
"""

from __future__ import annotations

from align.matching.collecting import Skipped
from align.matching.manifest import Row, explain, read_manifest, render_manifest
from align.matching.matching import Match, Matching, Single, match

__all__ = [
    "Match",
    "Matching",
    "Row",
    "Single",
    "Skipped",
    "explain",
    "match",
    "read_manifest",
    "render_manifest",
]
