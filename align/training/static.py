"""Trains the static sentence embedding: one row a piece, the mean of rows, unit length.

While training, a piece's row is the sum of a row of its own and of rows for the character n-grams of
its romanised spelling (Bojanowski et al. 2017, but over pieces and across scripts): inflected forms
share what they learn, rare pieces start from something, and a name finds its spelling in another
alphabet. The sums are folded into one plain table at the end, so that nothing of this is left when
the model is used.

The loss is InfoNCE over the batch in both directions (van den Oord et al. 2018). No gradient of the
whole table is ever made: a step gathers the rows that its batch touches and writes them back, with
row-wise Adagrad, which is what makes training on two CPU cores possible.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from align.training import batches
from align.training.contrast import repeated
from align.training.features import Features
from align.training.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; the defaults are those of the shipped model.

    Attributes:
        dimension: length of a vector.
        batch: pairs in a step; every other pair of the step is a negative.
        epochs: passes over the (weighted) pairs.
        rate: first step size of Adagrad, falling linearly to zero.
        scale: what cosines are multiplied with before the softmax (an inverse temperature).
        dropout: share of pieces left out of a sentence.
        joined: extra pairs, as a share of the batch, that are joined on to others, so that the mean
            of two or three sentences is like that of their translations. Measured: single sentences
            lose by it, and sums of rows are like their translations' anyway.
        spelling: weight of the n-gram rows beside a piece's own row.
        mixed: epochs in which any pairs make a batch; in those after them, pairs that are alike, see
            `align.training.batches`.
        polish: passes over the pairs after that, with the folded table: pieces of the same spelling part company.
        polish_rate: first step size in these.
        polish_batch: pairs in a step of these. Half as many are as good, and take a quarter less time.
        seed: of everything random.
    """

    dimension: int = 256
    batch: int = 2048
    epochs: float = 3.0
    rate: float = 0.1
    scale: float = 12.0
    dropout: float = 0.1
    joined: float = 0.0
    spelling: float = 1.0
    mixed: int = 1
    polish: float = 8.0
    polish_rate: float = 0.1
    polish_batch: int = 1024
    seed: int = 5


@dataclass(frozen=True, slots=True)
class Bitext:
    """Tokenised pairs.

    Attributes:
        foreign: piece numbers of the foreign sides.
        english: piece numbers of the English sides, row by row.
        same_foreign: equal numbers mark equal texts, shape ``(pairs,)``.
        same_english: the same for the English side.
        language: equal numbers mark pairs of one foreign language, shape ``(pairs,)``.
        weight: how often a pair is seen in an epoch, on average.
    """

    foreign: Ragged
    english: Ragged
    same_foreign: Indices
    same_english: Indices
    language: Indices
    weight: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Mixing:
    """A sparse matrix, row by row: what each row of a product is the weighted sum of."""

    column: Tensor
    start: Tensor
    value: Tensor

    def __call__(self, rows: Tensor) -> Tensor:
        """Multiply; an embedding bag is faster than torch's product of sparse matrices."""
        return functional.embedding_bag(
            self.column, rows, self.start, mode="sum", per_sample_weights=self.value, include_last_offset=True
        )


class _Sparse:
    """A sparse matrix and its transpose, to mix rows with and to bring gradients back."""

    def __init__(
        self,
        row: Indices,
        column: Indices,
        value: npt.NDArray[np.float32],
        shape: tuple[int, int],
        device: torch.device,
    ) -> None:
        """Put `value` at each `row` and `column`."""
        self.forward = _mixing(row, column, value, shape[0], device)
        self.backward = _mixing(column, row, value, shape[1], device)


def _mixing(row: Indices, column: Indices, value: npt.NDArray[np.float32], rows: int, device: torch.device) -> _Mixing:
    order = np.argsort(row, kind="stable")
    start = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=rows), out=start[1:])
    return _Mixing(*(torch.from_numpy(part).to(device) for part in (column[order], start, value[order])))


class Trainer:
    """Holds the rows and their Adagrad state; one call of `step` a batch."""

    def __init__(self, features: Features, settings: Settings, device: str = "cpu") -> None:
        """Start from random rows: small ones for pieces, larger ones for their spelling."""
        self.settings = settings
        self.device = torch.device(device)
        self._features = features
        generator = torch.Generator().manual_seed(settings.seed)
        rows = torch.randn(features.count, settings.dimension, generator=generator)
        rows[: features.pieces] *= 0.3
        self.rows = (rows / settings.dimension**0.5).to(self.device)
        self._squares = torch.full((features.count,), 1e-8, device=self.device)

    def table(self) -> Tensor:
        """The rows folded into one table, shape ``(pieces, dimension)``; row 0 (unknown) is zero."""
        table = torch.zeros(self._features.pieces, self.settings.dimension, device=self.device)
        for start in range(0, self._features.pieces, 8192):
            pieces = np.arange(start, min(start + 8192, self._features.pieces))
            part, feature, value = self._features.of(pieces, self.settings.spelling)
            values = self.rows[self._put(feature)] * self._put(value)[:, None]
            table[start : start + len(pieces)].index_add_(0, self._put(part), values)
        table[0] = 0
        return table

    def fold(self) -> None:
        """Go on with the table itself: from now on each piece is learnt for itself, which takes a third of the time."""
        count = self._features.pieces
        self.rows = self.table()
        self._squares = torch.full((count,), 1e-8, device=self.device)
        nothing = Ragged(np.zeros(0, np.int32), np.zeros(count + 1, np.int64))
        self._features = Features(count, count, np.arange(count), nothing)

    def step(self, bags: tuple[Indices, Indices], same: tuple[Indices, Indices], rate: float) -> float:
        """Learn from one batch.

        Args:
            bags: piece numbers and the row of the batch each belongs to; rows ``0 … n-1`` are the
                foreign sides, ``n … 2n-1`` the English ones.
            same: marks of equal texts on either side, shape ``(n,)`` each.
            rate: step size.

        Returns:
            The loss, in nats.
        """
        piece, bag = bags
        used, local = self._compact(piece, self._features.pieces)
        part, feature, value = self._features.of(used, self.settings.spelling)
        touched, feature = self._compact(feature, self._features.count)
        size = 2 * len(same[0])
        mean = (1 / np.maximum(np.bincount(bag, minlength=size), 1)).astype(np.float32)[bag]
        spelt = _Sparse(part, feature, value, (len(used), len(touched)), self.device)
        pooled = _Sparse(bag, local, mean, (size, len(used)), self.device)
        where = self._put(touched)
        sums = pooled.forward(spelt.forward(self.rows[where]))
        loss, gradient = self._loss(sums, same)
        self._update(where, spelt.backward(pooled.backward(gradient)), rate)
        return loss

    def _loss(self, sums: Tensor, same: tuple[Indices, Indices]) -> tuple[float, Tensor]:
        """InfoNCE in both directions and its gradient, by hand: one exponential instead of four."""
        length = sums.norm(dim=1, keepdim=True).clamp_min(1e-9)
        vectors = sums / length
        half = len(vectors) // 2
        foreign, english = vectors[:half], vectors[half:]
        scale = self.settings.scale
        logits = (foreign @ english.T).mul_(scale)
        truth = logits.diagonal().clone()
        row, column = (self._put(found) for found in repeated(*same))
        logits[row, column] = -torch.inf
        top = float(logits.max())
        share = logits.sub_(top).exp_()
        rows, columns = share.sum(dim=1), share.sum(dim=0)
        loss = ((rows.log() + columns.log()) / 2 + top - truth).mean()
        share *= (0.5 / rows)[:, None] + (0.5 / columns)[None, :]
        share.diagonal().sub_(1)
        share *= scale / half
        slope = torch.cat([share @ english, share.T @ foreign])
        slope -= vectors * (slope * vectors).sum(dim=1, keepdim=True)
        return float(loss), slope / length

    def _update(self, where: Tensor, gradient: Tensor, rate: float) -> None:
        squares = self._squares[where] + gradient.square().mean(dim=1)
        self._squares[where] = squares
        gradient *= squares.rsqrt()[:, None]
        self.rows.index_add_(0, where, gradient, alpha=-rate)

    def _compact(self, numbers: Indices, count: int) -> tuple[Indices, Indices]:
        """The different `numbers`, ascending, and each one's place among them, without sorting."""
        seen = np.zeros(count, dtype=bool)
        seen[numbers] = True
        different = np.flatnonzero(seen)
        place = np.empty(count, dtype=np.int64)
        place[different] = np.arange(len(different))
        return different, place[numbers]

    def _put(self, array: npt.NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(array).to(self.device)


def train(
    bitext: Bitext,
    features: Features,
    settings: Settings,
    *,
    device: str = "cpu",
    report: Callable[[int, int, float], None] = lambda _step, _steps, _loss: None,
) -> Tensor:
    """Train a table on `bitext`.

    Args:
        bitext: tokenised pairs.
        features: what each piece's row is made of.
        settings: how to train.
        device: where torch computes.
        report: called after each step with its number, the number of steps, and the loss.

    Returns:
        The table, shape ``(pieces, dimension)``, float32, on the CPU.
    """
    trainer = Trainer(features, settings, device)
    pairs = float(bitext.weight.sum())
    first = _Course(settings.mixed, settings.batch, settings.rate, settings.seed)
    polish = _Course(0, settings.polish_batch, settings.polish_rate, settings.seed + 1)
    before = max(1, first.steps(settings.epochs * pairs, settings))
    after = before + polish.steps(settings.polish * pairs, settings)

    def tell(step: int, loss: float) -> None:
        report(step, after, loss)

    _run(trainer, bitext, range(before), first, tell)
    if after > before:
        trainer.fold()
        _run(trainer, bitext, range(before, after), polish, tell)
    return trainer.table().cpu()


@dataclass(frozen=True, slots=True)
class _Course:
    """Epochs in which any pairs make a batch, pairs in a batch, the first step size, and the seed of what is random."""

    mixed: int
    batch: int
    rate: float
    seed: int

    def size(self, settings: Settings) -> int:
        """Pairs that a step takes, those that are joined on to others among them."""
        return self.batch + int(settings.joined * self.batch)

    def steps(self, pairs: float, settings: Settings) -> int:
        """Steps that see so many pairs."""
        return int(pairs / self.size(settings))


def _run(trainer: Trainer, bitext: Bitext, steps: range, course: _Course, report: Callable[[int, float], None]) -> None:
    """Take some steps, at a rate that falls to zero."""
    settings = trainer.settings
    random = np.random.default_rng(course.seed)
    taken = _batches(bitext, trainer, course, random)
    for number, step in enumerate(steps):
        pairs = next(taken)
        same = pairs[: course.batch]
        bags = _bags(bitext, pairs, course.batch, settings.dropout, random)
        rate = course.rate * (1 - number / len(steps))
        loss = trainer.step(bags, (bitext.same_foreign[same], bitext.same_english[same]), rate)
        report(step + 1, loss)


def _batches(bitext: Bitext, trainer: Trainer, course: _Course, random: np.random.Generator) -> Iterator[Indices]:
    """Batches of pair numbers for ever, epoch by epoch: any pairs at first, then pairs that are alike."""
    size = course.size(trainer.settings)
    for number in itertools.count():
        pairs = batches.epoch(bitext.weight, random)
        if number >= course.mixed:
            table = trainer.table().cpu().numpy()
            where = batches.directions(bitext.english, table, random)
            pairs = batches.alike(pairs, bitext.language[pairs], where[pairs], size)
        for part in random.permutation(max(1, len(pairs) // size)):
            yield random.permutation(pairs[part * size : (part + 1) * size])


def _bags(
    bitext: Bitext, pairs: Indices, batch: int, dropout: float, random: np.random.Generator
) -> tuple[Indices, Indices]:
    """Pieces of both sides with their rows; pairs beyond the batch are joined on to random rows."""
    batch = min(batch, len(pairs))
    rows = np.concatenate([np.arange(batch), random.integers(0, batch, len(pairs) - batch)])
    pieces, bags = [], []
    for side, first in ((bitext.foreign, 0), (bitext.english, batch)):
        position, piece = side.rows(pairs)
        pieces.append(piece)
        bags.append(rows[position] + first)
    piece, bag = np.concatenate(pieces).astype(np.int64), np.concatenate(bags)
    keep = (random.random(len(piece)) >= dropout) & (piece != 0)
    return piece[keep], bag[keep]
