"""From a directory of sentence pairs to a model directory."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from align.training import bitext as texts
from align.training import bundles, card, features, measure, pooling, saving, static, vocabulary
from align.training.ragged import Numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from align.training.bitext import Pair

log = logging.getLogger("align.training")

BUCKETS = 200_000
"""Rows for hashed n-grams of spelling."""

EMPHASIS = {"ru": 2, "uk": 2, "ar": 3}
"""How many times heavier words of a language weigh when the vocabulary is chosen: these inflect most, and of
Arabic there is least."""

WEIGHTS = {
    ("ru", "A"): 2.0, ("ru", "B"): 0.8, ("ru", "C"): 0.5,
    ("uk", "A"): 2.0, ("uk", "C"): 0.5,
    ("ar", "A"): 1.5,
    ("zh", "A"): 1.5,
}  # fmt: skip
"""How often a pair is seen in an epoch, by language and tier, where that is not once."""

TOGETHER = (2, 5)
"""Fewest and most dictionary entries that are put together, see `align.training.bundles`."""

_REPORT_EVERY = 100
_TECHNICAL = 2000


def build(
    directories: Sequence[Path],
    out: Path,
    settings: static.Settings,
    *,
    pieces: int,
    held_out: Path | None = None,
    gold: Path | None = None,
    tokeniser: Path | None = None,
    device: str = "cpu",
) -> None:
    """Train on the free sources of `directories` and write the model, its card included, to `out`.

    Args:
        directories: sentence pairs, and a ``SOURCES.tsv`` in each.
        out: the model directory.
        settings: how to train.
        pieces: size of the vocabulary to learn.
        held_out: marks of sentences that must not be trained on.
        gold: gold sets to measure on for the card.
        tokeniser: a ``tokenizer.json`` to use instead of learning a vocabulary.
        device: where torch computes.

    Raises:
        ReadError: the pairs cannot be read.
    """
    marks = texts.read_held_out(held_out) if held_out else frozenset()
    first, sources, pairs = read(directories, marks)
    train = [pair for pair in pairs if not pair.is_dev]
    kept = len(pairs) - len(train)
    log.info("%d sources, %d pairs, %d of them kept for development", len(sources), len(pairs), kept)
    tokenizer = Tokenizer.from_file(str(tokeniser)) if tokeniser else learn(train, pieces)
    log.info("%d pieces", tokenizer.get_vocab_size())
    table = _train(pairs, tokenizer, settings, device)
    saving.save(out, tokenizer, table)
    numbers, factor = saving.quantise(table)
    embed = pooling.Embedder(tokenizer, numbers * factor[:, None])
    figures = measure.measure(gold, embed) if gold else {}
    counts = Counter(pair.source for pair in train)
    size, extra = tokenizer.get_vocab_size(), len(directories) - 1
    card.write(
        out / card.NAME,
        name=saving.model_name(table),
        settings=settings,
        command=card.command(settings, size, reused=tokeniser is not None, extra=extra),
        pieces=size,
        sources=[(source, counts[source]) for source in sources[:first]],
        figures=figures | technical(pairs, embed),
        extra=[(source, counts[source]) for source in sources[first:]],
    )
    log.info("wrote %s", out)


def _train(pairs: Sequence[Pair], tokenizer: Tokenizer, settings: static.Settings, device: str) -> pooling.Rows:
    """The table of vectors, a row for each piece."""
    bundled = list(bundles.bundle(pairs, TOGETHER))
    log.info("cutting %d pairs and bundles into pieces, which takes minutes", len(bundled))
    bitext = tokenise(bundled, tokenizer)
    table: pooling.Rows = static.train(bitext, spelt(tokenizer), settings, device=device, report=_report).numpy()
    return table


def read(directories: Sequence[Path], marks: Collection[str]) -> tuple[int, list[texts.Source], list[Pair]]:
    """Read the free sources of `directories` and their pairs, without those that are held out by `marks`.

    Returns:
        How many sources the first directory has, all sources, and all pairs.

    Raises:
        ReadError: a list of sources or a file of pairs cannot be read.
    """
    free = [[source for source in texts.read_sources(place) if source.is_free] for place in directories]
    pairs = [
        pair for place, found in zip(directories, free, strict=True) for pair in texts.read_pairs(place, found, marks)
    ]
    return len(free[0]), [source for found in free for source in found], pairs


def learn(pairs: Sequence[Pair], pieces: int) -> Tokenizer:
    """Learn a tokeniser from both sides of `pairs`; some languages' words weigh more, see `EMPHASIS`.

    Merges are learnt from sentences alone, Chinese words are those of dictionaries.
    """
    words = vocabulary.count({pair.english for pair in pairs})
    certain: list[str] = []
    for lang in sorted({pair.source.lang for pair in pairs}):
        own = [pair for pair in pairs if pair.source.lang == lang]
        found = vocabulary.count(pair.foreign for pair in own)
        certain += vocabulary.arabic(found) if lang == "ar" else []
        if lang == "zh":
            lexicon = {pair.foreign for pair in own if pair.is_entry}
            certain += vocabulary.chinese((pair.foreign for pair in own if not pair.is_entry), lexicon)
        emphasis = EMPHASIS.get(lang, 1)
        for word, number in found.items():
            words[word] = max(words[word], number * emphasis)
    sentences = distinct(pair for pair in pairs if not pair.is_entry)
    return vocabulary.learn(sentences, words, pieces, certain)


def distinct(pairs: Iterable[Pair]) -> Iterator[str]:
    """Both sides of all pairs, each English text once, though it may be translated into eight languages."""
    seen: set[str] = set()
    for pair in pairs:
        yield pair.foreign
        if pair.english not in seen:
            seen.add(pair.english)
            yield pair.english


def tokenise(pairs: Sequence[Pair], tokenizer: Tokenizer) -> static.Bitext:
    """Cut `pairs` into pieces for training."""
    foreign, english = [pair.foreign for pair in pairs], [pair.english for pair in pairs]
    return static.Bitext(
        foreign=pooling.tokenise(foreign, tokenizer),
        english=pooling.tokenise(english, tokenizer),
        same_foreign=_numbers(foreign),
        same_english=_numbers(english),
        language=_numbers([pair.source.lang for pair in pairs]),
        weight=np.array([_weight(pair) for pair in pairs]),
    )


def _weight(pair: Pair) -> float:
    """How often `pair` is seen in an epoch; never, when it is kept for development."""
    if pair.is_dev:
        return 0.0
    if pair.is_entry:
        return 1 / bundles.ROUNDS
    return WEIGHTS.get((pair.source.lang, pair.source.tier), 1.0)


def spelt(tokenizer: Tokenizer) -> features.Features:
    """The spelling of each piece of `tokenizer`, in order of their numbers."""
    found = tokenizer.get_vocab()
    return features.spell(sorted(found, key=found.__getitem__), BUCKETS)


def technical(pairs: Iterable[Pair], embed: measure.Embed) -> dict[str, measure.Figure]:
    """Measure on Russian technical pairs that were kept out of training."""
    chosen = [p for p in pairs if p.is_dev and p.source.lang == "ru" and p.source.tier == "B"][:_TECHNICAL]
    if not chosen:
        return {}
    beads = measure.Beads([p.foreign for p in chosen], [p.english for p in chosen], list(range(len(chosen))))
    return {"technical, kept out of training ru-en": measure.figure(beads, embed)}


def _numbers(values: Sequence[str]) -> Numbers:
    """A number for each value, the same for equal ones, in order of appearance."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


def _report(step: int, steps: int, loss: float) -> None:
    if step % _REPORT_EVERY == 0 or step == steps:
        log.info("step %d of %d: loss %.3f", step, steps, loss)
