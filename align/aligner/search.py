"""The search: from two cut documents to the path through their lattice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from align.aligner.decoding import Path
from align.aligner.habits import Habits
from align.aligner.local import SIDE_BY_SIDE, Looks, look, way_for
from align.aligner.parts import Part, join, parts
from align.aligner.scoring import Weights
from align.aligner.sides import both_sides
from align.encoder.protocol import Encoder
from align.types import Segmented


def search(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights) -> Path:
    """Align two documents.

    Raises:
        ModelError: the encoder cannot embed.
    """
    wanted = parts(source, target, encoder)
    look_over = way_for(len(wanted), weights)

    def see(some: Sequence[Part]) -> Looks:
        return look_over([both_sides(*part.sides(source, target), encoder) for part in some], weights)

    sample = _sample(wanted)
    seen = see(sample)
    known = seen.habits()

    def align(some: Sequence[Part]) -> list[Path]:
        batches = [some[at : at + SIDE_BY_SIDE] for at in range(0, len(some), SIDE_BY_SIDE)]
        return _placed(some, [path for looks in _ahead(see, batches) for path in looks.paths(known)])

    if len(sample) == len(wanted):
        return join(wanted, _placed(wanted, seen.paths(known)), align)
    del seen  # its scores take memory
    return join(wanted, align(wanted), align)


def habits_of(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights) -> Habits:
    """The habits of a document, as `search` finds them.

    Raises:
        ModelError: the encoder cannot embed.
    """
    sample = _sample(parts(source, target, encoder))
    return look([both_sides(*part.sides(source, target), encoder) for part in sample], weights).habits()


def _sample(wanted: Sequence[Part]) -> Sequence[Part]:
    """All parts of a document that has few, else some that are evenly spread."""
    if len(wanted) <= SIDE_BY_SIDE:
        return wanted
    return [wanted[at] for at in np.linspace(0, len(wanted) - 1, SIDE_BY_SIDE).astype(int)]


def _placed(wanted: Sequence[Part], paths: Sequence[Path]) -> list[Path]:
    """Paths of parts in cells of the whole lattice."""
    return [path.moved(*part.start) for part, path in zip(wanted, paths, strict=True)]


Given = TypeVar("Given")
Made = TypeVar("Made")


def _ahead(make: Callable[[Given], Made], wanted: Sequence[Given]) -> Iterator[Made]:
    """What `make` gives for each, the next being made in another thread while the last is used."""
    if len(wanted) <= 1:
        yield from map(make, wanted)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(make, wanted[0])
        for each in wanted[1:]:
            found, coming = coming.result(), pool.submit(make, each)
            yield found
        yield coming.result()
