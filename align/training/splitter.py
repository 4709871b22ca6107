"""Learning Punkt parameters for the sentence splitter from raw text: ``align train splitter``.

The result holds no sentence of the text: only abbreviations, pairs of words that a full stop does not
part, frequent sentence starters, and for frequent words the flags that say in which case and position
they were seen (``PunktParameters.ortho_context``). Beside them it says what it was learnt from.

Kiss and Strunk, "Unsupervised multilingual sentence boundary detection", Computational Linguistics
32 (2006).
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
from collections import Counter
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.exporters.files import replacing
from corpora.readers.decoding import decode
from corpora.readers.source import load_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS: Final = 3000
"""How many of the most frequent words keep their orthographic flags."""

ENOUGH: Final = 100_000
"""Words of text below which too few abbreviations are seen often enough to be learnt."""

_MIN_WORD: Final = 2
_STDIN: Final = "standard input"

_ABBREVIATION: Final = re.compile(r"[^\W\d_]{1,6}(?:\.[^\W\d_]{1,3})*")
"""What a learnt abbreviation may look like: file names and version numbers are none."""

_SEEN_SMALL: Final = 1 << 4 | 1 << 5 | 1 << 6
"""Orthographic flags of Punkt for "seen in lower case": a starter that never was is a name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was learnt from: its file name, size in characters and words, and hash of its bytes."""

    name: str
    characters: int
    words: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """Parameters, and where they come from.

    Attributes:
        parameters: ``abbreviations``, ``collocations``, ``starters`` and ``orthography``, sorted.
        language: BCP 47 code of the text, or empty if nobody said.
        kept: how many frequent words may keep their flags.
        sources: the texts, in the order in which they were read.
    """

    parameters: dict[str, Any]
    language: str
    kept: int
    sources: tuple[Source, ...]

    @property
    def words(self) -> int:
        """How many words were read."""
        return sum(source.words for source in self.sources)


def train(
    paths: Sequence[str | Path], *, language: str = "", words: int = WORDS, encoding: str | None = None
) -> Learnt:
    """Learn from plain text files, one sentence or paragraph a line.

    Args:
        paths: the files; ``-`` is standard input.
        language: BCP 47 code, for the card.
        words: how many frequent words keep their orthographic flags.
        encoding: of all files; detected when None.

    Raises:
        ReadError: a file cannot be read or decoded.
        EmptyDocumentError: a file is empty.
    """
    sources, lines = [], []
    for path in paths:
        data = load_bytes(path)
        text, _ = decode(data, str(path), encoding)
        lines += text.splitlines()
        name = _STDIN if str(path) == "-" else Path(path).name
        sources.append(Source(name, len(text), len(text.split()), hashlib.sha256(data).hexdigest()))
    return Learnt(learn(lines, words=words), language, words, tuple(sources))


def learn(lines: Iterable[str], *, words: int = WORDS) -> dict[str, Any]:
    """Learn Punkt parameters.

    Args:
        lines: raw text, in lines.
        words: how many frequent words keep their orthographic flags.

    Returns:
        ``abbreviations``, ``collocations``, ``starters`` and ``orthography``, sorted, ready for JSON.
        The same lines give the same result.
    """
    from nltk.tokenize.punkt import PunktTrainer

    text = "\n".join(line.strip() for line in lines)
    trainer = PunktTrainer()
    trainer.train(text, finalize=True)
    learnt = trainer.get_params()
    frequent = _frequent_words(text, words)
    return {
        "abbreviations": sorted(word for word in learnt.abbrev_types if _ABBREVIATION.fullmatch(word)),
        "collocations": sorted(list(pair) for pair in learnt.collocations),
        "starters": sorted(word for word in learnt.sent_starters if learnt.ortho_context[word] & _SEEN_SMALL),
        "orthography": {word: flags for word, flags in learnt.ortho_context.items() if word in frequent},
    }


def _frequent_words(text: str, count: int) -> frozenset[str]:
    """The `count` most frequent words in lower case; ties are broken by the alphabet."""
    counts = Counter(word.strip(".,;:!?\"'()«»“”") for word in text.lower().split())
    words = [word for word in counts if len(word) >= _MIN_WORD and word.isalpha()]
    return frozenset(sorted(words, key=lambda word: (-counts[word], word))[:count])


def card_path(path: str | Path) -> Path:
    """Where the card of a data file lies: ``pt.json`` has ``pt.card.md`` beside it."""
    return Path(path).with_suffix(".card.md")


def write(learnt: Learnt, path: str | Path) -> None:
    """Write the data as JSON with sorted keys, so that a diff can be read, and its card; both or none.

    Raises:
        WriteError: one of them cannot be written.
    """
    about = {
        "language": learnt.language,
        "trainer": f"nltk.tokenize.punkt.PunktTrainer {version('nltk')}",
        "words": learnt.kept,
        "sources": [asdict(source) for source in learnt.sources],
    }
    data = json.dumps({"about": about, **learnt.parameters}, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    with replacing(path) as stream, replacing(card_path(path)) as card:
        stream.write(data.encode("utf-8", "surrogatepass"))
        card.write(describe(learnt, Path(path).name, data).encode("utf-8", "surrogatepass"))


def describe(learnt: Learnt, name: str, data: str) -> str:
    """The data card as Markdown: what was learnt, from what, with which options.

    Args:
        learnt: what was learnt.
        name: name of the data file.
        data: its text.
    """
    held = ", ".join(f"{len(learnt.parameters[key])} {noun}" for key, noun in _HELD.items())
    rows = "".join(
        f"| {_cell(source.name)} | {source.characters} | {source.words} | `{source.sha256}` |\n"
        for source in learnt.sources
    )
    return _CARD.format(
        name=name,
        language=learnt.language or "not given",
        digest=hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest(),
        nltk=version("nltk"),
        kept=learnt.kept,
        command=shlex.join(_command(learnt, name)),
        rows=rows,
        words=learnt.words,
        held=held,
    )


def _command(learnt: Learnt, name: str) -> list[str]:
    """The command line that learns the same again."""
    language = ["-l", learnt.language] if learnt.language else []
    files = ["-" if source.name == _STDIN else source.name for source in learnt.sources]
    return ["align", "train", "splitter", *files, *language, "--words", str(learnt.kept), "-o", name]


def _cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return text.replace("|", "\\|")


_HELD: Final = {
    "abbreviations": "abbreviations",
    "collocations": "collocations",
    "starters": "sentence starters",
    "orthography": "words with orthographic flags",
}

_CARD: Final = """\
# Splitter data: {name}

Parameters for NLTK's Punkt sentence tokeniser (Kiss and Strunk 2006), learnt from raw text. They hold no
sentence of it. Use them with `align split --punkt {name} FILE`.

| | |
|---|---|
| language | {language} |
| sha256 of the data | `{digest}` |
| trainer | `nltk.tokenize.punkt.PunktTrainer`, NLTK {nltk}, default thresholds |
| frequent words kept | at most {kept} |
| words read | {words} |
| holds | {held} |

The same files in the same order, with the same options and NLTK, give the same data, byte for byte:

    {command}

## Text

| file | characters | words | sha256 |
|---|---:|---:|---|
{rows}
Abbreviations have 1 to 6 letters, with more after stops inside; file names and version numbers are left
out. Starters never seen in lower case are taken for names and left out. How well the data cuts is not
known from this card: measure it on text with known sentences.
"""
