"""Learn the weights of the aligner's cues from human alignments.

The lattice with its scores is a conditional random field over alignments (Lafferty, McCallum & Pereira 2001):
the weights are those under which the human alignments are most probable, found by L-BFGS from
forward-backward over all alignments and over those that agree with the gold. Gold that is coarser than
sentences stays latent inside its groups. Afterwards the posteriors of held-out documents are calibrated
(Platt 1999).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import Final

import numpy as np
import numpy.typing as npt

from align.aligner.block import Block
from align.aligner.cover import reach_of
from align.aligner.cues import CUES
from align.aligner.habits import NULL_HABITS, PAIR_HABITS, Habits
from align.aligner.lattice import IMPOSSIBLE, LONGEST, SHAPES, Floats, Floats32, Ints
from align.aligner.local import MARGIN, Known, with_cover
from align.aligner.pair import Pair
from align.aligner.parts import PART
from align.aligner.scoring import Weights, null_cues
from align.aligner.survey import corridor
from align.training.gold import GoldDocument
from align.training.lattice import posteriors
from align.types import Bead, Segmented

PIECE: Final = 32
"""Sentences of the source in one piece of a document; pieces are cut where the gold has a boundary."""

PAIR_NAMES: Final = (*CUES, *PAIR_HABITS)
_NULL_CUES: Final = ("null", "null_best", "null_unusual", "null_size")
NULL_NAMES: Final = (*_NULL_CUES, *NULL_HABITS, "null_run")
_WIDEST_PIECE: Final = 150
_UNREACHABLE: Final = 1e5
"""Loss of a piece whose gold has no path, for example a bead across a separator."""
_FIRST: Final = Weights({"meaning": 4.0}, {"null": -2.0})
"""Where learning begins, if nothing was learnt before."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document with the values of all cues.

    Attributes:
        pairs: values of the cues of beads, shape ``(cues, rows, shapes, columns)``.
        possible: which beads may be, shape ``(rows, shapes, columns)``.
        gold: which beads agree with the gold, the same shape.
        nulls: values of the cues of source and target nulls, each ``(cues, sentences)``.
        gold_nulls: which sentences the gold leaves alone, by side.
        weight: how much the piece counts.
        dimness: how little the vectors tell in the document (`align.aligner.acuity`).
    """

    pairs: Floats32
    possible: npt.NDArray[np.bool_]
    gold: npt.NDArray[np.bool_]
    nulls: tuple[Floats, Floats]
    gold_nulls: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
    weight: float
    dimness: float = 0.0


def pieces(
    document: GoldDocument, surveyed: tuple[Pair, Ints], known: Known, limit: int, weight: float
) -> Iterable[Piece]:
    """Cut a document into pieces for learning, at most `limit` of them, evenly spread.

    Args:
        document: human beads.
        surveyed: its pair and anchors, as `survey` gives them.
        known: its habits and how little the vectors tell.
        limit: most pieces.
        weight: how much each counts.
    """
    pair, anchors = surveyed
    cuts = list(_cuts(document))
    for at in np.unique(np.linspace(0, len(cuts) - 1, min(limit, len(cuts))).astype(int)) if cuts else ():
        seen = _covered(pair, anchors, *cuts[at])
        piece = _piece(document, seen, known.habits, *cuts[at])
        yield replace(piece, weight=weight, dimness=known.dimness)


def _covered(pair: Pair, anchors: Ints, source: tuple[int, int], target: tuple[int, int]) -> Pair:
    """A pair with what covers what where the search would look, and in a piece."""
    reach = reach_of(corridor(pair, anchors, MARGIN))
    rows = slice(max(source[0] - LONGEST, 0), source[1] + LONGEST)
    reach[0, rows] = np.minimum(reach[0, rows], max(target[0] - LONGEST, 0))
    reach[1, rows] = np.maximum(reach[1, rows], min(target[1] + LONGEST, len(pair.target)))
    return with_cover(pair, reach, anchors)


def chapters(document: GoldDocument, longest: int = PART) -> Iterable[GoldDocument]:
    """A document in parts of about `longest` sentences, cut where the gold has a boundary, as the search cuts it."""
    begun: tuple[int, int] = (0, 0)
    beads: list[Bead] = []
    for bead in document.beads:
        beads.append(bead)
        stop = tuple(max((at + 1 for bead in beads for at in side(bead)), default=0) for side in _SIDES)
        stop = (max(stop[0], begun[0]), max(stop[1], begun[1]))
        if max(stop[0] - begun[0], stop[1] - begun[1]) >= longest:
            yield _chapter(document, beads, begun, stop)
            begun, beads = stop, []
    if beads:
        yield _chapter(document, beads, begun, (len(document.source.sentences), len(document.target.sentences)))


_SIDES: Final = (attrgetter("source"), attrgetter("target"))


def _chapter(document: GoldDocument, beads: list[Bead], start: tuple[int, int], stop: tuple[int, int]) -> GoldDocument:
    moved = (
        Bead(tuple(at - start[0] for at in bead.source), tuple(at - start[1] for at in bead.target)) for bead in beads
    )
    first = Segmented(document.source.document, document.source.sentences[start[0] : stop[0]])
    second = Segmented(document.target.document, document.target.sentences[start[1] : stop[1]])
    return replace(document, source=first, target=second, beads=tuple(moved))


def _cuts(document: GoldDocument) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Source and target ranges between gold boundaries."""
    i = j = first = second = 0
    for bead in document.beads:
        i, j = max(i, *(at + 1 for at in bead.source), i), max(j, *(at + 1 for at in bead.target), j)
        if i - first >= PIECE or j - second >= PIECE * 1.5:
            if max(i - first, j - second) <= _WIDEST_PIECE:
                yield (first, i), (second, j)
            first, second = i, j
    if i > first and j > second and max(i - first, j - second) <= _WIDEST_PIECE:
        yield (first, i), (second, j)


def _piece(
    document: GoldDocument, pair: Pair, known: Habits, source: tuple[int, int], target: tuple[int, int]
) -> Piece:
    rows, columns = (source[0], source[1] + 1), (target[0], target[1] + 1)
    block = Block.rectangle(pair, rows, columns)
    shape = (rows[1] - rows[0], len(SHAPES), columns[1] - columns[0])
    values = np.empty((len(PAIR_NAMES), *shape), dtype=np.float32)
    possible = np.empty(shape, dtype=bool)
    for k, (a, b) in enumerate(SHAPES):
        possible[:, k] = block.possible(a, b).reshape(shape[0], shape[2])
        for at, cue in enumerate(CUES.values()):
            value = cue(block, a, b)
            values[at, :, k] = value if isinstance(value, float) else value.reshape(shape[0], shape[2])
        for at, says in enumerate(PAIR_HABITS.values(), start=len(CUES)):
            values[at, :, k] = says(known, a, b)
    agreed, nulls = _agreement(document, source, target, possible)
    sides = tuple(
        np.stack(
            [cues[name][slice(*span)] for name in _NULL_CUES]
            + [cues["null"][slice(*span)] * says(known, 1, 0) for says in NULL_HABITS.values()]
        )
        for cues, span in ((null_cues(pair, 0), source), (null_cues(pair, 1), target))
    )
    values[:, ~possible] = 0.0
    return Piece(values, possible, agreed, sides, nulls, 1.0)  # type: ignore[arg-type]


def _agreement(
    document: GoldDocument, source: tuple[int, int], target: tuple[int, int], possible: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]:
    agreed = np.zeros_like(possible)
    alone = np.zeros(source[1] - source[0], dtype=bool), np.zeros(target[1] - target[0], dtype=bool)
    for bead in document.beads:
        if not any(source[0] <= at < source[1] for at in bead.source) and not any(
            target[0] <= at < target[1] for at in bead.target
        ):
            continue
        left = [at - source[0] for at in bead.source]
        right = [at - target[0] for at in bead.target]
        size = (len(left), len(right))
        whole = size in SHAPES and not document.coarse
        if whole and left[-1] - left[0] + 1 == size[0] and right[-1] - right[0] + 1 == size[1]:
            k = SHAPES.index(size)
            agreed[left[-1] + 1, k, right[-1] + 1] = possible[left[-1] + 1, k, right[-1] + 1]
            if agreed[left[-1] + 1, k, right[-1] + 1]:
                continue
        if left and right:
            for k, (a, b) in enumerate(SHAPES):
                if a <= size[0] and b <= size[1]:
                    agreed[left[0] + a : left[-1] + 2, k, right[0] + b : right[-1] + 2] = True
        if not (left and right) or not document.coarse or max(size) > 6 * min(size):
            alone[0][left], alone[1][right] = True, True
    return agreed & possible, alone


def fit(
    parts: Sequence[Piece],
    *,
    start: Weights | None = None,
    penalty: float = 1.0,
    rounds: int = 80,
    without: AbstractSet[str] = frozenset(),
) -> tuple[Weights, float]:
    """Find the weights under which the gold is most probable.

    Args:
        parts: what to learn from.
        start: where to begin.
        penalty: strength of the pull towards zero (L2).
        rounds: most iterations of L-BFGS.
        without: names of cues that must do without a weight.

    Returns:
        The weights and the mean loss a piece, in nats.
    """
    from scipy.optimize import minimize

    names = [*PAIR_NAMES, *NULL_NAMES]
    unit = np.tile(_spreads(parts), 2)
    kept = np.tile([name not in without for name in names], 2)
    begin = _vector(start or _FIRST) * kept

    with ThreadPoolExecutor(os.cpu_count()) as pool:

        def loss(scaled: Floats) -> tuple[float, Floats]:
            weights = scaled / unit
            total, slope = 0.5 * penalty * float(weights @ weights), penalty * weights
            for part, (value, gradient) in zip(parts, pool.map(partial(_loss, weights), parts), strict=True):
                total += part.weight * value
                slope = slope + part.weight * gradient
            return total, slope * kept / unit

        found = minimize(loss, begin * unit, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    learnt = [dict(zip(names, map(float, half), strict=True)) for half in np.split(found.x / unit, 2)]
    pairs, dim_pairs = (_some(each, PAIR_NAMES) for each in learnt)
    nulls, dim_nulls = (_some(each, NULL_NAMES) for each in learnt)
    weights = Weights(pairs, nulls, dim_pairs=dim_pairs, dim_nulls=dim_nulls)
    return weights, float(found.fun) / max(sum(part.weight for part in parts), 1e-9)


def _some(values: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    return {name: values[name] for name in names}


def _vector(weights: Weights) -> Floats:
    """Weights in the order of `PAIR_NAMES` and `NULL_NAMES`, and after them those of dimness."""
    halves = ((weights.pairs, weights.nulls), (weights.dim_pairs, weights.dim_nulls))
    return np.array(
        [
            each.get(name, 0.0)
            for half in halves
            for each, names in zip(half, (PAIR_NAMES, NULL_NAMES), strict=True)
            for name in names
        ]
    )


def nats(parts: Sequence[Piece], weights: Weights) -> float:
    """Mean loss of a piece under some weights: minus the log-probability of the gold."""
    values = _vector(weights)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        losses = [value for value, _ in pool.map(partial(_loss, values), parts)]
    total = sum(part.weight for part in parts)
    return sum(part.weight * loss for part, loss in zip(parts, losses, strict=True)) / max(total, 1e-9)


def _spreads(parts: Sequence[Piece]) -> Floats:
    """Root mean square of each cue over the beads that may be right; in these units the search is well conditioned."""
    squares = np.zeros(len(PAIR_NAMES) + len(NULL_NAMES))
    count = nulls = 0
    for part in parts:
        squares[: len(PAIR_NAMES)] += np.square(part.pairs[:, part.gold], dtype=np.float64).sum(axis=1)
        squares[len(PAIR_NAMES) : -1] += sum(np.square(side).sum(axis=1) for side in part.nulls)
        count += int(part.gold.sum())
        nulls += sum(side.shape[1] for side in part.nulls)
    squares[: len(PAIR_NAMES)] /= max(count, 1)
    squares[len(PAIR_NAMES) : -1] /= max(nulls, 1)
    squares[-1] = 1.0
    spreads: Floats = np.sqrt(np.maximum(squares, 1e-2))
    return spreads


def _loss(weights: Floats, part: Piece) -> tuple[float, Floats]:
    """Minus the log-probability of the gold, and its gradient, under weights of both kinds (`_vector`)."""
    usual, dim = np.split(weights, 2)
    loss, gradient = _loss_under(usual + part.dimness * dim, part)
    return loss, np.concatenate([gradient, part.dimness * gradient])


def _loss_under(weights: Floats, part: Piece) -> tuple[float, Floats]:
    """The same under the weights for its document."""
    count = len(PAIR_NAMES)
    pairs = np.tensordot(weights[:count].astype(np.float32), part.pairs, axes=1).astype(np.float64)
    nulls = [weights[count:-1] @ side for side in part.nulls]
    agreed = [np.where(alone, null, IMPOSSIBLE) for alone, null in zip(part.gold_nulls, nulls, strict=True)]
    free = posteriors(np.where(part.possible, pairs, IMPOSSIBLE), nulls[0], nulls[1], 0.0, weights[-1])
    held = posteriors(np.where(part.gold, pairs, IMPOSSIBLE), agreed[0], agreed[1], 0.0, weights[-1])
    loss = float(free[-1] - held[-1])
    if loss > _UNREACHABLE:
        return 0.0, np.zeros_like(weights)
    gradient = np.empty_like(weights)
    change = (free[0] - held[0]).astype(np.float32)
    gradient[:count] = part.pairs.reshape(count, -1) @ change.reshape(-1)
    more = [one - other for one, other in zip(free[1:3], held[1:3], strict=True)]
    gradient[count:-1] = sum(side @ change for side, change in zip(part.nulls, more, strict=True))
    gradient[-1] = sum(change.sum() for change in more) - (free[3] - held[3])
    return loss, gradient


def calibrate(probabilities: Floats, right: Floats) -> tuple[float, float]:
    """Slope and offset that make posteriors frequencies (Platt 1999).

    Args:
        probabilities: posteriors of beads, in (0, 1).
        right: 1 where the bead is right, else 0.
    """
    from scipy.optimize import minimize

    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    logits = np.log(clipped / (1 - clipped))

    def loss(line: Floats) -> float:
        z = line[0] * logits + line[1]
        return float(np.mean(np.logaddexp(0.0, -z) * right + np.logaddexp(0.0, z) * (1 - right)))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(found.x[0]), float(found.x[1])
