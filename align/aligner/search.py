"""The search: from two cut documents to the path through their lattice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, TypeVar

from align.aligner.acuity import dimness
from align.aligner.attunement import Attunement
from align.aligner.decoding import Cell, Path
from align.aligner.heard import Heard
from align.aligner.lexicon import Lexicon
from align.aligner.local import SIDE_BY_SIDE, Known, Look, Looks, Sides, look, loops_for, way_for
from align.aligner.loops import PLAIN, Loops
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


@dataclass(frozen=True, slots=True)
class _Way:
    """How to go through the parts of two documents.

    Attributes:
        texts: both sides.
        encoder: what embeds their sentences.
        weights: what counts.
        origin: where both begin in the documents that they are stretches of.
        loops: how to go through their words.
        vocabulary: the words.
        wanted: the parts.
        look_over: how to look over them.
    """

    texts: tuple[Sentences, Sentences]
    encoder: Encoder
    weights: Weights
    origin: Cell
    loops: Loops
    vocabulary: Vocabulary
    wanted: Sequence[Part]
    look_over: Look

    @classmethod
    def of(
        cls,
        texts: tuple[Sentences, Sentences],
        encoder: Encoder,
        weights: Weights,
        cells: int = 0,
        origin: Cell = (0, 0),
        *,
        compiled: bool = True,
    ) -> _Way:
        longest = max(map(len, texts))
        loops = loops_for(max(cells, PART * longest)) if compiled else PLAIN
        vocabulary = vocabulary_for(encoder, loops)
        wanted = parts(*texts, encoder, _processes(longest // PART, encoder), vocabulary)
        look_over = way_for(max(cells, sum(part.rows * part.columns for part in wanted)), weights) if compiled else look
        return cls(texts, encoder, weights, origin, loops, vocabulary, wanted, look_over)

    def hear(self) -> tuple[Sequence[Part], Known, Looks]:
        """What the first passes tell, over which parts they go, and what was seen of these in the last."""
        some = evenly(self.wanted, SIDE_BY_SIDE)
        sides, starts = self.sides(some), self._starts(some)
        stems = [(first.stems, second.stems) for first, second in sides]
        known, attuned, seen = Known(), sides, self.look_over(sides, self.weights)
        for _ in range(HEARINGS):
            habits, beads = seen.hear(known, starts)
            known = Known()  # the lexicon before takes as much memory as the next
            heard = list(map(Heard, stems, starts, beads))
            lexicon = Lexicon.of(heard)
            attunement = Attunement.of(heard, sides, lexicon, self.loops) if lexicon else None
            known = Known(habits, lexicon, attunement=attunement)
            if attuned is not sides or attunement:
                del seen  # its scores take memory
                attuned = self.attuned(some, sides, known)
                seen = self.look_over(attuned, self.weights)
            known = replace(known, dimness=dimness(zip(attuned, beads, strict=True)))
        return some, known, seen

    def sides(self, some: Sequence[Part]) -> list[Sides]:
        """The sides of some parts, with the encoder's vectors."""
        first, second = (_read(some, side, text, self.vocabulary) for side, text in enumerate(self.texts))
        return [sides_of(left, right, self.encoder) for left, right in zip(first, second, strict=True)]

    def attuned(self, some: Sequence[Part], sides: Sequence[Sides], known: Known) -> list[Sides]:
        """The same with vectors that are attuned to their document."""
        return [known.attuned(each, start, self.loops) for start, each in zip(self._starts(some), sides, strict=True)]

    def see(self, some: Sequence[Part], known: Known) -> Looks:
        """Look over some parts."""
        return self.look_over(self.attuned(some, self.sides(some), known), self.weights)

    def paths(self, some: Sequence[Part], seen: Looks, known: Known) -> list[Path]:
        """Paths of parts in cells of the whole lattice."""
        paths = seen.paths(known, self._starts(some))
        return [path.moved(*part.start) for part, path in zip(some, paths, strict=True)]

    def _starts(self, some: Sequence[Part]) -> list[Cell]:
        down, right = self.origin
        return [(part.start[0] + down, part.start[1] + right) for part in some]


def search(
    source: Segmented,
    target: Segmented,
    encoder: Encoder,
    weights: Weights,
    *,
    cells: int = 0,
    known: Known | None = None,
    origin: Cell = (0, 0),
) -> tuple[Path, Known]:
    """Align two documents; long ones in several processes, where `workers.available` has them.

    Args:
        source: one side.
        target: the other.
        encoder: what embeds the sentences.
        weights: what counts.
        cells: of all parts of a longer document that these are stretches of: its search has loaded the kernel.
        known: of the documents that these are stretches of (`known_of`); without, it is found out first.
        origin: where these begin in those.

    Returns:
        The alignment, and what is known of the documents.

    Raises:
        ModelError: the encoder cannot embed.
        ToolkitError: a process died.
    """
    way = _Way.of((Sentences.of(source), Sentences.of(target)), encoder, weights, cells, origin)
    found: dict[Part, Path] = {}
    if known is None:
        sample, known, seen = way.hear()
        found |= zip(sample, way.paths(sample, seen, known), strict=True)
        del seen  # its scores take memory
    of_all = known

    def see(some: Sequence[Part]) -> tuple[Sequence[Part], Looks]:
        return some, way.see(some, of_all)

    # The kernel takes one part at a time, so that more would only wait in memory.
    most = SIDE_BY_SIDE if way.look_over is look else _FEW

    def align(some: Sequence[Part]) -> list[Path]:
        return [path for batch, looks in _ahead(see, _batches(some, most)) for path in way.paths(batch, looks, of_all)]

    def align_run(some: Sequence[Part]) -> list[Path]:
        return [path for batch in _batches(some, most) for path in way.paths(*see(batch), of_all)]

    left = [part for part in way.wanted if part not in found]
    count = _processes(len(way.wanted), encoder)
    paths = chain.from_iterable(spread(align_run, _runs(left, count), count)) if count > 1 else align(left)
    found |= zip(left, paths, strict=True)
    return join(way.wanted, [found[part] for part in way.wanted], align), known


def known_of(
    source: Segmented, target: Segmented, encoder: Encoder, weights: Weights, *, compiled: bool = True
) -> Known:
    """What the first passes tell of a document, as `search` finds it.

    Args:
        source: one side.
        target: the other.
        encoder: what embeds the sentences.
        weights: what counts.
        compiled: whether the kernel may do that; without, the result does not depend on whether there is one.

    Raises:
        ModelError: the encoder cannot embed.
    """
    texts = Sentences.of(source), Sentences.of(target)
    return _Way.of(texts, encoder, weights, compiled=compiled).hear()[1]


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


def _read(some: Sequence[Part], side: int, text: Sentences, vocabulary: Vocabulary) -> list[Numbered]:
    """One side of some parts, read as a whole where they lie next to each other, for they overlap."""
    ends = [(part.start[side], part.stop[side]) for part in some]
    first, last = min(start for start, _ in ends), max(stop for _, stop in ends)
    if last - first > sum(stop - start for start, stop in ends):
        return [vocabulary.read(text.part(*each)) for each in ends]
    whole = vocabulary.read(text.part(first, last))
    return [whole.part(start - first, stop - first) for start, stop in ends]


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
