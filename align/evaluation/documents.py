"""What evaluation compares: the beads of a document as somebody wrote them down."""

from __future__ import annotations

from dataclasses import dataclass, replace

from align.errors import FormatError
from align.types import Bead

UnitTexts = tuple[str, str, float]
"""Source text, target text and confidence of a unit that names no sentences."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The beads of one document, by a person or by an aligner.

    Attributes:
        id: names the document, or is empty where the file holds just one.
        beads: groups of sentence indices, from 0.
        coarse: whether the beads are groups that may hold several alignable pairs.
        source: the source sentences, or empty where the file does not hold them.
        target: the target sentences likewise.
        units: texts instead of beads, from a file that knows no sentences (TMX); see `align.evaluation.placing`.
        sure: whether the confidences of the beads are probabilities that somebody claims.
        name: what made or annotated it, one line, for signatures.
    """

    id: str
    beads: tuple[Bead, ...] = ()
    coarse: bool = False
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    units: tuple[UnitTexts, ...] | None = None
    sure: bool = False
    name: str = ""


def pair_up(gold: list[Annotated], system: list[Annotated]) -> list[tuple[Annotated, Annotated]]:
    """Each gold document with the system's answer to it.

    Documents go by id; where each file holds just one, the ids do not matter. A gold document without an
    answer is paired with an empty one, so that it counts against the system.

    Raises:
        FormatError: no id of the system is one of the gold, or the system answers a document twice.
    """
    if len(gold) == len(system) == 1:
        return [(gold[0], system[0])]
    answers = {document.id: document for document in system}
    if len(answers) < len(system):
        raise FormatError("the system file answers a document twice; ids must differ")
    if not answers.keys() & {document.id for document in gold}:
        theirs = ", ".join(map(repr, sorted(answers)[:3]))
        raise FormatError(f"the system file has no document of the gold ({gold[0].id!r}, …); its ids are {theirs}")
    return [(document, answers.get(document.id, replace(document, beads=(), units=None))) for document in gold]
