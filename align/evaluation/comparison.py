"""A system against gold: all measures, by kind of bead, with calibration and intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.evaluation import resampling
from align.evaluation.counting import Counts, Link, joined, lax, links, merged, strict, touching
from align.evaluation.documents import Annotated, pair_up
from align.evaluation.placing import placed
from align.evaluation.resampling import Difference, Interval
from align.types import Bead, Score
from align.version import version

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

KINDS: Final = ("1-1", "1-n", "n-m", "null")
"""Kinds of bead: one for one, one for several (either way), several for several, one side empty."""
SAMPLES: Final = 1000
_BINS: Final = 10
_BLOCK: Final = 20
"""Gold beads in a block of the bootstrap."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether confidences come true (Naeini, Cooper & Hauskrecht 2015).

    Attributes:
        error: expected calibration error: the mean distance of confidence and share of right beads, over
            ten bins of equal width, weighted by their beads.
        beads: two-sided beads looked at.
        bins: mean confidence, share that is right and number of beads, for each bin that has any.
    """

    error: float
    beads: int
    bins: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out of comparing a system with gold.

    Attributes:
        measures: ``strict``, ``lax`` and, for gold that is coarser than sentences, ``merged``.
        kinds: strict scores by kind of bead, of kinds that occur; ``null`` counts sentences left alone.
        counts: the counts behind `measures`.
        intervals: bootstrap intervals of the F1 of `measures`.
        reliability: calibration, or None where the system claims no confidences.
        difference: against a second system, by measure; empty without one.
        documents: gold documents compared.
        unanswered: ids of those that the system has nothing for.
        signature: one line that says what was compared and how.
    """

    measures: dict[str, Score]
    kinds: dict[str, Score]
    counts: dict[str, Counts]
    intervals: dict[str, Interval]
    reliability: Reliability | None
    difference: dict[str, Difference]
    documents: int
    unanswered: tuple[str, ...]
    signature: str


Pairs = list[tuple[Annotated, Annotated]]
Counter = Callable[[Iterable[Bead], Iterable[Bead]], Counts]


def evaluate(
    gold: list[Annotated],
    system: list[Annotated],
    *,
    against: list[Annotated] | None = None,
    samples: int = SAMPLES,
) -> Evaluation:
    """Compare a system with gold.

    Args:
        gold: documents with human beads.
        system: the system's answers; see `align.evaluation.documents.pair_up`.
        against: answers of a second system, to compare with.
        samples: resamples for intervals and significance.

    Raises:
        FormatError: the two do not speak of the same documents, or texts cannot be placed.
    """
    pairs = pairs_of(gold, system)
    others = pairs_of(gold, against) if against is not None else []
    wanted = _measures(gold)
    signature = _signature(gold, system, pairs)
    counts = {name: _total(pairs, count) for name, count in wanted.items()}
    kinds = {kind: _total(pairs, _kind_counter(kind)) for kind in KINDS}
    blocks = {name: _blocks(pairs, name) for name in wanted}
    return Evaluation(
        measures={name: count.score(signature) for name, count in counts.items()},
        kinds={kind: count.score(signature) for kind, count in kinds.items() if count.ours or count.gold},
        counts=counts,
        intervals={name: resampling.interval(rows, samples) for name, rows in blocks.items()},
        reliability=reliability(pairs),
        difference={
            name: resampling.difference(rows, _blocks(others, name), samples) for name, rows in blocks.items() if others
        },
        documents=len(pairs),
        unanswered=tuple(left.id for left, right in pairs if not right.beads),
        signature=signature,
    )


def pairs_of(gold: list[Annotated], system: list[Annotated]) -> Pairs:
    """Gold documents with the system's answers, all as beads over the gold's sentences."""
    return [(left, placed(right, left)) for left, right in pair_up(gold, system)]


def _measures(gold: list[Annotated]) -> dict[str, Counter]:
    wanted: dict[str, Counter] = {"strict": strict, "lax": lax}
    if any(document.coarse for document in gold):
        wanted["merged"] = merged
    return wanted


def _total(pairs: Pairs, count: Counter) -> Counts:
    return sum((count(gold.beads, system.beads) for gold, system in pairs), Counts())


def kind_of(bead: Bead) -> str:
    """The kind of a bead, one of `KINDS`."""
    a, b = len(bead.source), len(bead.target)
    if not a or not b:
        return "null"
    if a == b == 1:
        return "1-1"
    return "1-n" if min(a, b) == 1 else "n-m"


def _kind_counter(kind: str) -> Counter:
    def count(gold: Iterable[Bead], ours: Iterable[Bead]) -> Counts:
        first, second = (_of_kind(beads, kind) for beads in (gold, ours))
        same = len(first & second)
        return Counts(same, len(second), same, len(first))

    return count


def _of_kind(beads: Iterable[Bead], kind: str) -> set[tuple[frozenset[int], frozenset[int]]]:
    chosen = [bead for bead in beads if kind_of(bead) == kind]
    if kind != "null":
        return {(frozenset(bead.source), frozenset(bead.target)) for bead in chosen}
    # A run of three nulls is the same as three nulls of one sentence each.
    alone = [(frozenset((at,)), frozenset[int]()) for bead in chosen for at in bead.source]
    return {*alone, *((frozenset[int](), frozenset((at,))) for bead in chosen for at in bead.target)}


def reliability(pairs: Pairs) -> Reliability | None:
    """Calibration over all two-sided beads of documents whose gold is as fine as sentences."""
    sure = [
        (bead.confidence, (frozenset(bead.source), frozenset(bead.target)) in known)
        for gold, system in pairs
        if system.sure and not gold.coarse
        for known in [set(links(gold.beads))]
        for bead in system.beads
        if not bead.is_null
    ]
    if not sure:
        return None
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in sure:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    rows = tuple(_bin(each) for each in bins if each)
    error = sum(abs(confidence - right) * count for confidence, right, count in rows) / len(sure)
    return Reliability(error, len(sure), rows)


def _bin(members: Sequence[tuple[float, bool]]) -> tuple[float, float, int]:
    count = len(members)
    return sum(confidence for confidence, _ in members) / count, sum(right for _, right in members) / count, count


def _blocks(pairs: Pairs, measure: str) -> npt.NDArray[np.float64]:
    """Right, ours, found and gold of each block of neighbouring gold beads, shape ``(blocks, 4)``."""
    import numpy as np

    rows: list[npt.NDArray[np.float64]] = []
    for gold, system in pairs:
        first, second = links(gold.beads), links(system.beads)
        if measure == "merged":
            second = joined(first, second)
        starts = sorted(min(source) for source, _ in first)[::_BLOCK] or [0]
        table = np.zeros((len(starts), 4))
        lists = [(first, second, 3, 2), (second, first, 1, 0)]
        judged = touching if measure == "lax" else _same
        for mine, others, total, hits in lists:
            for link, right in zip(mine, judged(mine, others), strict=True):
                block = max(int(np.searchsorted(starts, min(link[0]), side="right")) - 1, 0)
                table[block, total] += 1
                table[block, hits] += right
        rows.append(table)
    return np.concatenate(rows)


def _same(mine: list[Link], others: list[Link]) -> list[bool]:
    known = set(others)
    return [link in known for link in mine]


def _signature(gold: list[Annotated], system: list[Annotated], pairs: Pairs) -> str:
    beads = sum(len(links(document.beads)) for document, _ in pairs)
    return (
        f"align {version()} eval | gold {gold[0].name}: {len(gold)} documents, {beads} two-sided beads"
        f" | system {system[0].name}"
    )
