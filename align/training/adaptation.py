"""Adapts a table to pairs of one's own: it learns on from where it is, and not too far.

A held-out part decides when to stop, and another one, used once, says what was gained. How much of the
genre that the table knew already is lost depends on how far it moves: the words of every text are held,
and of the way to what was learnt it goes a part (Wortsman et al. 2022, Robust fine-tuning).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from align.errors import ModelError
from align.training import contrast
from align.training.measure import Beads
from align.training.pooling import Embedder, tokenise
from align.training.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tokenizers import Tokenizer

    from align.training.measure import Embed
    from align.training.memories import Pair
    from align.training.pooling import Rows
    from align.training.ragged import Numbers

FEWEST: Final = 200
"""Pairs below which there is too little to learn from and to measure with."""

RUN: Final = 25
"""Pairs that follow each other in the memory are held out together: neighbours in a document are alike."""

MOST_HELD_OUT: Final = 2000
"""Pairs of each of the two held-out parts, at most."""

_ONE_IN: Final = 10
"""One run in so many is held out for each part, as long as that is not too many."""

_SEEN: Final = 2_000_000
"""Pairs to learn from, all passes together: a large memory needs fewer passes."""

_EVERYWHERE: Final = 0.1
"""Share of the texts of a side from which on a piece belongs to the language, not to the field."""

_JUDGING: Final = 20.0
"""Inverse temperature at which the held-out part is judged: stricter than in training."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to adapt.

    Attributes:
        strength: how far to go towards what was learnt, above 0 and up to 1.
        epochs: passes over the pairs at most.
        patience: passes without a gain on the held-out part before it stops.
        batch: pairs in a step at most; every other pair of the step is a negative.
        rate: step size at first, falling linearly to zero, for rows of unit length.
        scale: what cosines are multiplied with before the softmax (an inverse temperature).
        dropout: share of pieces left out of a text.
        seed: of everything random.
    """

    strength: float = 0.5
    epochs: int = 12
    patience: int = 3
    batch: int = 1024
    rate: float = 0.02
    scale: float = 12.0
    dropout: float = 0.1
    seed: int = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """A memory in three parts that share no text.

    Attributes:
        train: what is learnt from.
        choose: what decides when to stop.
        judge: what the result is measured on, once.
    """

    train: Sequence[Pair]
    choose: Beads
    judge: Beads


@dataclass(frozen=True, slots=True)
class Progress:
    """Where training is.

    Attributes:
        epoch: the pass that has ended; 0 before the first.
        epochs: how many there are at most.
        likelihood: of the held-out part, see `likelihood`.
    """

    epoch: int
    epochs: int
    likelihood: float


def divide(pairs: Sequence[Pair]) -> Parts:
    """Hold out two parts of `pairs`, run by run; no text that they hold is trained on.

    Raises:
        ModelError: there are fewer than `FEWEST` pairs.
    """
    if len(pairs) < FEWEST:
        raise ModelError(f"only {len(pairs)} pairs to learn from; give {FEWEST} or more")
    every = max(_ONE_IN, -(-len(pairs) // MOST_HELD_OUT))
    size = min(RUN, max(1, len(pairs) // (4 * every)))
    runs = [pairs[at : at + size] for at in range(0, len(pairs), size)]
    choose, judge = _beads(runs[every // 3 :: every]), _beads(runs[2 * every // 3 :: every])
    held = {_fold(text) for beads in (choose, judge) for text in (*beads.source, *beads.target)}
    train = [pair for pair in pairs if held.isdisjoint((_fold(pair.source), _fold(pair.target)))]
    known = {_fold(text) for text in (*choose.source, *choose.target)}
    return Parts(train, choose, _without(judge, known))


def _beads(runs: Sequence[Sequence[Pair]]) -> Beads:
    """The pairs of `runs`, each text once: two of a kind could not be told apart."""
    beads, seen = Beads([], [], []), set[str]()
    for number, run in enumerate(runs):
        for pair in run:
            keys = {f"s{_fold(pair.source)}", f"t{_fold(pair.target)}"}
            if seen.isdisjoint(keys):
                seen |= keys
                beads.source.append(pair.source)
                beads.target.append(pair.target)
                beads.document.append(number)
    return beads


def _without(beads: Beads, known: set[str]) -> Beads:
    """`beads` without the texts that are known already."""
    rows = zip(beads.source, beads.target, beads.document, strict=True)
    kept = [row for row in rows if known.isdisjoint((_fold(row[0]), _fold(row[1])))]
    return Beads([row[0] for row in kept], [row[1] for row in kept], [row[2] for row in kept])


def _fold(text: str) -> str:
    """Letters and digits of a text, case folded: what makes two texts the same."""
    return "".join(filter(str.isalnum, text)).casefold() or text.strip()


def adapt(
    tokenizer: Tokenizer,
    table: Rows,
    parts: Parts,
    settings: Settings | None = None,
    report: Callable[[Progress], None] = lambda _progress: None,
) -> tuple[Rows, int]:
    """Learn on from `table`.

    Args:
        tokenizer: of the model.
        table: its rows, shape ``(pieces, dimension)``; not changed.
        parts: the memory, divided.
        settings: how; None for the defaults.
        report: called before the first pass and after each.

    Returns:
        A table of the same shape, and the pass after which it was best on the held-out part: 0 for the
        table as it was, because nothing was gained.
    """
    settings = settings or Settings()
    # Steps are to mean the same for every model: rows of about unit length, whatever they were.
    unit = np.float32(np.linalg.norm(table, axis=1).mean() or 1.0)
    start: Rows = table / unit
    learnt, best = _learn(tokenizer, start, parts, settings, report)
    moved: Rows = start + np.float32(settings.strength) * (learnt - start)
    if not best or _judged(tokenizer, moved, parts.choose) <= _judged(tokenizer, start, parts.choose):
        return table, 0
    return moved * unit, best


def _learn(
    tokenizer: Tokenizer, start: Rows, parts: Parts, settings: Settings, report: Callable[[Progress], None]
) -> tuple[Rows, int]:
    """Pass after pass until nothing is gained for a while; the best table, and its pass."""
    random = np.random.default_rng(settings.seed)
    trainer = contrast.Trainer(start.copy(), scale=settings.scale)
    memory = _Memory(parts.train, tokenizer, start)
    trainer.hold(memory.everywhere())
    epochs = min(settings.epochs, max(1, _SEEN // len(parts.train)))
    best, kept, top = start, 0, _judged(tokenizer, start, parts.choose)
    report(Progress(0, epochs, top))
    for epoch in range(1, epochs + 1):
        batches = memory.batches(settings, random)
        for number, pairs in enumerate(batches):
            done = (epoch - 1 + number / len(batches)) / epochs
            trainer.step(*memory.sides(pairs, settings, random), memory.repeated(pairs), settings.rate * (1 - done))
        found = _judged(tokenizer, trainer.table, parts.choose)
        report(Progress(epoch, epochs, found))
        if found > top:
            best, kept, top = trainer.table.copy(), epoch, found
        elif epoch - kept >= settings.patience:
            break
    return best, kept


def _judged(tokenizer: Tokenizer, table: Rows, beads: Beads) -> float:
    return likelihood(beads, Embedder(tokenizer, table))


def likelihood(beads: Beads, embed: Embed) -> float:
    """Mean log-probability of the right partner among all others, in nats, both directions averaged.

    It tells better tables from worse ones on a few hundred pairs, where shares of right ones are all noise.
    """
    left, right = embed(beads.source), embed(beads.target)
    logits = (left @ right.T) * np.float32(_JUDGING)
    top = logits.max()
    share = np.exp(logits - top)
    chance = (np.log(share.sum(axis=0)) + np.log(share.sum(axis=1))) / 2
    return float((logits.diagonal() - top - chance).mean())


class _Memory:
    """Tokenised pairs, and what a step of training asks of them."""

    def __init__(self, pairs: Sequence[Pair], tokenizer: Tokenizer, table: Rows) -> None:
        texts = [pair.source for pair in pairs], [pair.target for pair in pairs]
        self._pieces = len(table)
        self._known = np.linalg.norm(table, axis=1) > 0  # the unknown piece stays without a vector
        self._sides = tuple(tokenise(side, tokenizer) for side in texts)
        self._marks = tuple(_marks(side) for side in texts)

    def everywhere(self) -> Numbers:
        """The pieces that a good part of the texts of a side has."""
        return np.flatnonzero(sum(self._share(side) >= _EVERYWHERE for side in self._sides))

    def _share(self, side: Ragged) -> Rows:
        text = np.repeat(np.arange(len(side)), np.diff(side.starts))
        once = np.unique(text * self._pieces + side.values) % self._pieces
        return np.asarray(np.bincount(once, minlength=self._pieces) / np.float32(len(side)), np.float32)

    def batches(self, settings: Settings, random: np.random.Generator) -> list[Numbers]:
        """All pairs in random order, cut into batches of about one size."""
        count = len(self._marks[0])
        return list(np.array_split(random.permutation(count), -(-count // settings.batch)))

    def repeated(self, pairs: Numbers) -> tuple[Numbers, Numbers]:
        """See `align.training.contrast.repeated`."""
        return contrast.repeated(self._marks[0][pairs], self._marks[1][pairs])

    def sides(self, pairs: Numbers, settings: Settings, random: np.random.Generator) -> tuple[Ragged, Ragged]:
        """Both sides of `pairs`, some of their pieces left out."""
        left, right = (self._dropped(side, pairs, settings.dropout, random) for side in self._sides)
        return left, right

    def _dropped(self, side: Ragged, pairs: Numbers, share: float, random: np.random.Generator) -> Ragged:
        position, pieces = side.rows(pairs)
        keep = (random.random(len(pieces)) >= share) & self._known[pieces]
        starts = np.zeros(len(pairs) + 1, np.int64)
        np.cumsum(np.bincount(position[keep], minlength=len(pairs)), out=starts[1:])
        return Ragged(pieces[keep], starts)


def _marks(texts: Sequence[str]) -> Numbers:
    """The same number for the same text."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(_fold(text), len(known)) for text in texts], np.int64)
