"""The search: from two cut documents to the path through their lattice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeVar

from align.aligner.acuity import dimness
from align.aligner.cues import LEXICAL
from align.aligner.decoding import Path
from align.aligner.heard import Heard
from align.aligner.lexicon import Lexicon
from align.aligner.local import SIDE_BY_SIDE, Known, Looks, Sides, look, loops_for, way_for
from align.aligner.parts import PART, Part, join, parts
from align.aligner.scoring import Weights
from align.aligner.sentences import Sentences, evenly
from align.aligner.sides import sides_of
from align.aligner.vocabulary import Numbered, Vocabulary, vocabulary_for
from align.encoder.protocol import Encoder
from align.types import Segmented
from align.workers import available, spread

_SENTENCES: Final = SIDE_BY_SIDE * PART
"""Sentences of one side that are looked over at once, about: as arrays they take memory."""
_FEW: Final = 2
"""Parts that are looked at together where that is no faster."""
_FORKING: Final = 6
"""Batches of parts for a process, at least: for fewer it is not worth the memory of another."""
HEARINGS: Final = 2
"""How often habits and words are counted before the alignment itself, each time with what was counted before."""
_RUNS: Final = 12
"""Runs of batches for each process, about: who is done with one takes the next, so that none is done long before the
others."""


def search(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights, *, cells: int = 0) -> Path:
    """Align two documents; long ones in several processes, where `workers.available` has them.

    Args:
        source: one side.
        target: the other.
        encoder: what embeds the sentences.
        weights: what counts.
        cells: of all parts of a longer document that these are stretches of: its search has loaded the kernel.

    Raises:
        ModelError: the encoder cannot embed.
        ToolkitError: a process died.
    """
    texts = Sentences.of(source), Sentences.of(target)
    vocabulary = vocabulary_for(encoder, loops_for(max(cells, PART * max(map(len, texts)))))
    wanted = parts(*texts, encoder, _processes(max(map(len, texts)) // PART, encoder), vocabulary)
    look_over = way_for(max(cells, sum(part.rows * part.columns for part in wanted)), weights)

    def see(some: Sequence[Part]) -> tuple[Sequence[Part], Looks]:
        return some, look_over(_sides(some, texts, vocabulary, encoder), weights)

    sample = evenly(wanted, SIDE_BY_SIDE)
    given = _sides(sample, texts, vocabulary, encoder)
    seen = look_over(given, weights)
    known = _known(sample, given, seen, weights)
    found = dict(zip(sample, _paths(sample, seen, known), strict=True))
    del seen, given  # its scores take memory

    # The kernel takes one part at a time, so that more would only wait in memory.
    most = SIDE_BY_SIDE if look_over is look else _FEW

    def align(some: Sequence[Part]) -> list[Path]:
        return [path for batch, looks in _ahead(see, _batches(some, most)) for path in _paths(batch, looks, known)]

    def align_run(some: Sequence[Part]) -> list[Path]:
        return [path for batch in _batches(some, most) for path in _paths(*see(batch), known)]

    left = [part for part in wanted if part not in found]
    count = _processes(len(wanted), encoder)
    paths = chain.from_iterable(spread(align_run, _runs(left, count), count)) if count > 1 else align(left)
    found |= zip(left, paths, strict=True)
    return join(wanted, [found[part] for part in wanted], align)


def cells_about(source: Segmented, target: Segmented) -> int:
    """Cells in the rectangles of all parts of two documents, about."""
    return PART * max(len(source.sentences), len(target.sentences))


def _batches(some: Sequence[Part], most: int) -> list[Sequence[Part]]:
    """Which parts to look over at once: up to `most` that follow each other, fewer where they are long."""
    found, start, size = [], 0, 0
    for at, part in enumerate(some):
        size += max(part.rows, part.columns)
        if at + 1 - start == most or size >= _SENTENCES or at + 1 == len(some):
            found.append(some[start : at + 1])
            start, size = at + 1, 0
    return found


def _processes(count: int, encoder: Encoder) -> int:
    """How many processes are to search so many parts: only the static encoder is known to survive a fork."""
    from align.encoder.static import StaticEncoder

    most = count // (SIDE_BY_SIDE * _FORKING)
    return min(most, available()) if most > 1 and isinstance(encoder, StaticEncoder) else 1


def _runs(wanted: Sequence[Part], count: int) -> list[Sequence[Part]]:
    """Contiguous runs of parts, as many for each process; batches are the same however many there are."""
    batches = -(-len(wanted) // SIDE_BY_SIDE)
    step = SIDE_BY_SIDE * max(1, -(-batches // (count * _RUNS)))
    return [wanted[at : at + step] for at in range(0, len(wanted), step)]


def known_of(source: Segmented, target: Segmented, encoder: Encoder, weights: Weights) -> Known:
    """What the first pass tells of a document, as `search` finds it.

    Raises:
        ModelError: the encoder cannot embed.
    """
    texts = Sentences.of(source), Sentences.of(target)
    sample = evenly(parts(*texts, encoder), SIDE_BY_SIDE)
    sides = _sides(sample, texts, vocabulary_for(encoder), encoder)
    return _known(sample, sides, look(sides, weights), None)


def _sides(
    some: Sequence[Part], texts: tuple[Sentences, Sentences], vocabulary: Vocabulary, encoder: Encoder
) -> list[Sides]:
    first, second = (_read(some, side, text, vocabulary) for side, text in enumerate(texts))
    return [sides_of(left, right, encoder) for left, right in zip(first, second, strict=True)]


def _read(some: Sequence[Part], side: int, text: Sentences, vocabulary: Vocabulary) -> list[Numbered]:
    """One side of some parts, read as a whole where they lie next to each other, for they overlap."""
    ends = [(part.start[side], part.stop[side]) for part in some]
    first, last = min(start for start, _ in ends), max(stop for _, stop in ends)
    if last - first > sum(stop - start for start, stop in ends):
        return [vocabulary.read(text.part(*each)) for each in ends]
    whole = vocabulary.read(text.part(first, last))
    return [whole.part(start - first, stop - first) for start, stop in ends]


def _known(some: Sequence[Part], sides: Sequence[Sides], seen: Looks, weights: Weights | None) -> Known:
    """What the first passes tell; no lexicon where it has no weight."""
    wants_words = weights is None or any(weights.pairs.get(name) for name in LEXICAL)
    stems = [(first.stems, second.stems) for first, second in sides]
    known, starts = Known(), [part.start for part in some]
    for _ in range(HEARINGS):
        habits, beads = seen.hear(known, starts)
        lexicon = Lexicon.of(list(map(Heard, stems, starts, beads))) if wants_words else None
        known = Known(habits, lexicon, dimness(zip(sides, beads, strict=True)))
    return known


def _paths(some: Sequence[Part], seen: Looks, known: Known) -> list[Path]:
    """Paths of parts in cells of the whole lattice."""
    paths = seen.paths(known, [part.start for part in some])
    return [path.moved(*part.start) for part, path in zip(some, paths, strict=True)]


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
