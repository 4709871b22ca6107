"""Which languages a text reads like, by the trigrams of its words.

One table a script, learnt by `learn` and shipped under ``data/trigrams.SCRIPT.tsv``: a line a trigram,
with one character a language that says how unlikely the trigram is in it. Only these statistics are
shipped, nothing of the texts. Cavnar and Trenkle, "N-gram-based text categorization", SDAIR 1994, with
log-probabilities in place of their ranks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STEP: Final = 0.25
"""Size of one step of a stored surprisal, in nats."""

_RAREST: Final = 200_000
"""A trigram counts as no rarer than one in so many."""

_ZERO: Final = ord("#")
"""The character of step 0; the steps run up from it within printable ASCII."""

_EDGE: Final = "_"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Table:
    """Surprisals of trigrams in a number of languages.

    Attributes:
        languages: BCP 47 codes, in the order of the values.
        steps: trigram to its surprisal in each language, a `bytes` of one step count a language.
    """

    languages: tuple[str, ...]
    steps: Mapping[str, bytes]

    def surprisal(self, grams: Mapping[str, int]) -> dict[str, float]:
        """Mean surprisal of `grams` in each language, in nats a trigram; lower is likelier.

        The sums of all languages are kept in one integer of a 32-bit lane a language, which is ten times
        as fast as a loop over them.

        Args:
            grams: trigram to how often it occurs; one that the table lacks is as rare as can be in all.

        Returns:
            Code to nats; empty when `grams` is.
        """
        counted = sum(grams.values())
        if not counted:
            return {}
        total = missing = 0
        for gram, count in grams.items():
            row = self.steps.get(gram)
            if row is None:
                missing += count
            else:
                total += count * _lanes(row)
        sums = memoryview(total.to_bytes(4 * len(self.languages), "little")).cast("I")
        rare = missing * math.log(_RAREST)
        return {lang: (steps * _STEP + rare) / counted for lang, steps in zip(self.languages, sums, strict=True)}


def _lanes(row: bytes) -> int:
    """A number with one value of `row` in each 32 bits."""
    spread = bytearray(4 * len(row))
    spread[::4] = row
    return int.from_bytes(spread, "little")


def trigrams(text: str) -> Counter[str]:
    """Count the trigrams of the words of `text`, lower case, with the edges of words marked."""
    grams: Counter[str] = Counter()
    for word, count in Counter(_WORD.findall(text.lower())).items():
        padded = f"{_EDGE}{word}{_EDGE}"
        for index in range(len(padded) - 2):
            grams[padded[index : index + 3]] += count
    return grams


@cache
def load(script: str) -> Table:
    """Load the shipped table of a script (ISO 15924: ``Latn``, ``Cyrl``, ``Arab``)."""
    text = (Path(__file__).parent / "data" / f"trigrams.{script}.tsv").read_text("utf-8")
    header, *rows = text.splitlines()
    shift = bytes(max(0, code - _ZERO) for code in range(256))
    steps = {row[:3]: row[4:].encode("ascii").translate(shift) for row in rows}
    return Table(tuple(header.split("\t")[1].split(" ")), steps)


def learn(counts: Mapping[str, Counter[str]], *, keep: int) -> Table:
    """Make a table of the trigram counts of each language.

    Args:
        counts: BCP 47 code to the counts of `trigrams` over texts of the language.
        keep: how many of the commonest trigrams of each language the table holds.

    Returns:
        The table. No trigram is rarer than one in `_RAREST` in any language, so that one learnt from few
        texts is neither favoured nor punished for what it has not seen.
    """
    languages = tuple(sorted(counts))
    kept = sorted({gram for lang in languages for gram, _ in counts[lang].most_common(keep)})
    totals = {lang: counts[lang].total() for lang in languages}
    steps = {gram: bytes(_step(counts[lang][gram] / totals[lang]) for lang in languages) for gram in kept}
    return Table(languages, steps)


def dump(table: Table) -> Iterable[str]:
    """The lines of the file that `load` reads."""
    yield "trigram\t" + " ".join(table.languages)
    for gram, row in table.steps.items():
        yield gram + "\t" + "".join(chr(_ZERO + step) for step in row)


def _step(probability: float) -> int:
    """The stored form of a probability."""
    return round(-math.log(max(probability, 1 / _RAREST)) / _STEP)
