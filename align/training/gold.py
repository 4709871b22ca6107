"""Human alignments for fitting: the project's own samples, beside the gold sets kept outside it."""

from __future__ import annotations

from align.evaluation.gold import GoldDocument, locate, read_gold
from align.types import Bead
from corpora import parse_text
from corpora.statements import Statement

__all__ = ["GoldDocument", "locate", "read_gold", "statement_gold"]


def statement_gold(statement: Statement) -> GoldDocument:
    """A sample statement with its gold beads."""
    sides = []
    for path, lang, texts in (
        (statement.source_path, "ru", [bead.source for bead in statement.beads]),
        (statement.target_path, "en", [bead.target for bead in statement.beads]),
    ):
        document = parse_text(path.read_bytes().decode("utf-8-sig"), id=path.name, lang=lang)
        sides.append(locate(document, [sentence for bead in texts for sentence in bead]))
    beads, i, j = [], 0, 0
    for bead in statement.beads:
        source = tuple(range(i, i + len(bead.source)))
        target = tuple(range(j, j + len(bead.target)))
        beads.append(Bead(source, target))
        i, j = i + len(source), j + len(target)
    return GoldDocument(statement.name, sides[0], sides[1], tuple(beads))
