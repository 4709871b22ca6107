"""F1 and seconds of ``align match`` on shuffled documents without usable names, easy ones and hard ones.

    python benchmarks/matching.py GOLD_DIRECTORY BITEXT_DIRECTORY [SET ...]

Documents are cut from gold alignments (neighbouring pieces of one text are the hardest rivals) and from bitext
(consecutive lines of one file: same genre, other content), written to files with meaningless names, and paired by
`align.matching.match`. Hard: of a fifth of the pairs one side is missing, a fifth is cut short on one side, one
in thirty has a copy on one side, and there are documents in a third language. ``--fit`` learns the weights of
the content anew from every other set and prints them.
"""

from __future__ import annotations

import argparse
import lzma
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.encoder import load_encoder
from align.matching import match
from align.matching.content import compare
from align.matching.evidence import features
from align.matching.vectors import Text, both_sides, letter_count
from align.training.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.matching.content import Likeness


Pair = tuple[list[str], list[str]]
GOLD = (
    "mixed wmt21 bible-dev bilinguator-dev mac-dev textberg-dev hunalign-hu-en "
    "ntrex-omit:de ntrex-omit:fr ntrex-omit:es ntrex-omit:zh ntrex-omit:ar ntrex-omit:uk ntrex-omit:kk"
)
BITEXT = (
    "ru-en.tatoeba ru-en.gnomehelp ru-en.debian-news ru-en.bible-rst-web ru-en.php uk-en.tatoeba de-en.php "
    "fr-en.tatoeba es-en.tatoeba pt-en.tatoeba zh-en.tatoeba ar-en.tatoeba"
)
MIXED = ("wmt21", "bible-dev", "bilinguator-dev")
MOST = 500
FIFTH = 0.2
ROUNDS = 60
COPIED = 30
STRANGERS = ["Iste liber de rebus antiquis narrat.", "Populus enim in foro convenit.", "Nihil novi sub sole est."]


@dataclass(frozen=True)
class Shuffled:
    """Documents of two languages in no order, and which of them belong together."""

    source: list[list[str]]
    target: list[list[str]]
    gold: set[tuple[int, int]]


def pieces(path: Path, lang: str, size: tuple[int, int], seed: int) -> Iterator[Pair]:
    """Cut gold documents into pieces of so many beads that follow each other."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for document in read_gold(path):
        if lang and document.source.document.lang != lang:
            continue
        at, beads = 0, document.beads
        while len(beads) - at >= size[0]:
            count = chance.randint(*size)
            cut, at = beads[at : at + count], at + count
            source = [document.source.sentences[index].text for bead in cut for index in bead.source]
            target = [document.target.sentences[index].text for bead in cut for index in bead.target]
            if source and target:
                yield source, target


def lines(path: Path, size: tuple[int, int], seed: int) -> Iterator[Pair]:
    """Cut bitext into documents of so many lines that follow each other."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    at = 0
    while len(rows) - at >= size[0]:
        count = chance.randint(*size)
        cut, at = rows[at : at + count], at + count
        yield [row[0] for row in cut], [row[1] for row in cut]


def load(name: str, gold: Path, bitext: Path, size: tuple[int, int], seed: int) -> list[Pair]:
    """The document pairs of a set; ``ntrex-omit:fr`` is one language of a gold set, ``mixed`` all Russian gold."""
    if name == "mixed":
        pairs = [pair for each in MIXED for pair in load(each, gold, bitext, size, seed)]
        random.Random(seed).shuffle(pairs)  # noqa: S311 - no secret
        return pairs[:MOST]
    if "." in name:
        found = lines(bitext / f"{name}.tsv.xz", size, seed)
    else:
        found = pieces(gold / f"{name.partition(':')[0]}.jsonl.gz", name.partition(":")[2], size, seed)
    return [pair for _, pair in zip(range(MOST), found, strict=False)]


def shuffle(pairs: list[Pair], *, hard: bool, seed: int) -> Shuffled:
    """Take the order from documents, and if `hard` also what makes them easy."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    sides: tuple[list[tuple[int, list[str]]], list[tuple[int, list[str]]]] = ([], [])
    for name, pair in enumerate(pairs):
        kept = [0, 1]
        if hard and chance.random() < FIFTH:
            kept = [chance.randrange(2)]
        short = chance.randrange(2) if hard and chance.random() < FIFTH else -1
        for at in kept:
            text = pair[at]
            if at == short:
                text = text[: max(2, int(len(text) * chance.uniform(0.35, 0.85)))]
            sides[at].append((name, text))
    for side in sides:
        chance.shuffle(side)
    places = [{name: at for at, (name, _) in enumerate(side)} for side in sides]
    gold = {(places[0][name], places[1][name]) for name in places[0] if name in places[1]}
    return Shuffled([text for _, text in sides[0]], [text for _, text in sides[1]], gold)


def measure(
    documents: Shuffled, *, hard: bool, langs: tuple[str, str]
) -> tuple[float, float, float, list[tuple[float, bool]]]:
    """Precision, recall and seconds of matching the documents as files; and how sure and right each pair is."""
    with tempfile.TemporaryDirectory() as folder:
        names: list[dict[Path, int]] = [{}, {}]
        numbers = list(range(2 * (len(documents.source) + len(documents.target))))
        random.Random(0).shuffle(numbers)  # noqa: S311 - no secret
        for at, side in enumerate((documents.source, documents.target)):
            for index, text in enumerate(side):
                for _ in range(2 if hard and index % COPIED == 0 and at else 1):
                    path = Path(folder, f"x{numbers.pop()}z.txt")
                    path.write_text("\n".join(text), "utf-8")
                    names[at][path] = index
        if hard:
            Path(folder, "stranger.txt").write_text("\n".join(STRANGERS * 5), "utf-8")
        began = time.perf_counter()
        found = match([folder], source_lang=langs[0], target_lang=langs[1])
        seconds = time.perf_counter() - began
    told = [
        (pair.confidence, (names[0].get(pair.source, -1), names[1].get(pair.target, -1)) in documents.gold)
        for pair in found.pairs
    ]
    right = sum(good for _, good in told)
    return right / max(len(told), 1), right / max(len(documents.gold), 1), seconds, told


def likeness(documents: Shuffled) -> Likeness:
    """The likeness of the documents' pairs, without writing files."""
    sides = [
        [Text(tuple(text[:120]), sum(map(letter_count, text))) for text in side]
        for side in (documents.source, documents.target)
    ]
    return compare(*both_sides(sides[0], sides[1], load_encoder()))


def fit(samples: list[Shuffled], penalty: float = 1e-3) -> npt.NDArray[np.float64]:
    """Weights of `features` by logistic regression (Newton's method); each set counts by the root of its size."""
    rows, right, weights = [], [], []
    for sample in samples:
        found = likeness(sample)
        good = [pair in sample.gold for pair in zip(found.source.tolist(), found.target.tolist(), strict=True)]
        rows.append(features(found))
        right.append(np.array(good, float))
        weights.append(np.full(len(good), max(len(sample.gold), 1) ** -0.5))
    x, y, w = np.vstack(rows), np.concatenate(right), np.concatenate(weights)
    beta = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (w * (chance - y)) + penalty * beta
        curve = (x * (w * chance * (1 - chance))[:, np.newaxis]).T @ x + penalty * np.eye(len(beta))
        beta -= np.linalg.solve(curve, slope)
    return beta


def calibration(told: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins (Naeini et al. 2015)."""
    bins = [[each for each in told if min(int(each[0] * 10), 9) == at] for at in range(10)]
    gaps = (abs(sum(sure - good for sure, good in found)) for found in bins if found)
    return sum(gaps) / max(len(told), 1)


def langs_of(name: str) -> tuple[str, str]:
    """The languages of a set."""
    if ":" in name or "." in name:
        return name.partition(":")[2] or name[:2], "en"
    return {"mac-dev": ("zh", "en"), "textberg-dev": ("de", "fr"), "hunalign-hu-en": ("hu", "en")}.get(
        name, ("ru", "en")
    )


def main() -> None:
    """Print a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("bitext", type=Path)
    parser.add_argument("sets", nargs="*", default=[*GOLD.split(), *BITEXT.split()])
    parser.add_argument("--size", type=int, nargs=2, default=(8, 40), metavar=("LEAST", "MOST"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    size = tuple(options.size)
    if options.fit:
        names = [name for name in options.sets if name != "mixed"][::2]
        samples = [
            shuffle(load(name, options.gold, options.bitext, cut, 7), hard=True, seed=7)
            for name in names
            for cut in (size, (3, 10))
        ]
        print(", ".join(f"{weight:.2f}" for weight in fit(samples)), "| learnt from", " ".join(names))
        return
    everything: list[tuple[float, bool]] = []
    for name in options.sets:
        pairs = load(name, options.gold, options.bitext, size, options.seed)
        for hard in (False, True):
            documents = shuffle(pairs, hard=hard, seed=options.seed)
            precision, recall, seconds, told = measure(documents, hard=hard, langs=langs_of(name))
            everything += told
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            kind = "hard" if hard else "plain"
            print(
                f"{name:20} {kind:5} {len(documents.gold):4} pairs of {len(documents.source)}+{len(documents.target)}  "
                f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  {seconds:.1f} s"
            )
    print(f"expected calibration error {calibration(everything):.4f} over {len(everything)} pairs")


if __name__ == "__main__":
    main()
