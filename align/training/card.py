"""Writes the model card: what the model is, what it was made of and how, and how good it is."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from align.training.bitext import DICTIONARY
from align.training.measure import NEIGHBOURS, Figure
from align.training.static import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from align.training.bitext import Source

NAME = "MODEL_CARD.md"

_HEAD = """\
---
license: apache-2.0
language: [ru, en, uk, de, fr, es, pt, zh, ar]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [static-embedding, sentence-alignment, bitext]
---

# {name}

A static sentence embedding for aligning translations. A text is cut into pieces, each piece has one
row in a table, and the text's vector is the mean of its rows at unit length. Sentences that translate
each other have similar vectors. Russian and English are its strongest languages; Ukrainian, German,
French, Spanish, Portuguese, Chinese and Arabic were trained along with them, each against English.

The directory is a SentenceTransformer (`SentenceTransformer("align/model")` loads it). The table is
stored as int8 (`embeddings`) with a float32 factor a row (`weights`); a number is their product. The
mean of several sentences' pieces is what their joined text gives, so that any run of sentences can be
embedded from sums.

## Use

```python
from align.encoder import load_encoder

vectors = load_encoder().encode(["Спасибо за внимание.", "Thank you for your attention."])
```

## Limits

- It knows words, not word order: «dog bites man» is «man bites dog». Negation weighs little.
- It was made for telling which sentence of a document translates which, not for search or clustering.
- Words that are rare in technical documentation, the Bible, conversation and Debian's news are known
  from dictionaries, if at all, or by their spelling only. Prose of newspapers and of diplomacy is thin in the data.
- Languages other than those named (Kazakh and Hungarian below) are not embedded well: their pieces mean
  something else in the languages that were trained. There, lengths, numbers and names must do.
- Of the trained languages Arabic and Chinese are the weakest: little data, no shared spelling, and for
  Chinese next to no novels (the `mac-dev` set). `benchmarks/retrieval.py` prints a baseline of spelling alone.
- Rounding to int8 turns a vector by a cosine of less than 4e-5 in 99 % of wmt21, and of 5e-5 at most in all news and
  novels measured.
- Chinese is seen in both scripts, without conversion between them.
"""

_PROCEDURE = """\
## How it was made

{maker}

    {command}

1. Sources under a copyleft licence for software or documentation (GPL, GFDL) are left out; so is every
   pair with a sentence marked as held out for judging, and one pair in a hundred for development.
2. The vocabulary of {pieces:,} pieces is two fifths learnt by merging frequent pairs (WordPiece); then come
   Chinese words of the dictionaries that the sentences have five times, both at the start of a run of characters and
   within it, and Arabic words behind an article; the rest are whole words, the most frequent first (Russian and
   Ukrainian ones count twice, Arabic ones three times). Texts are brought to NFKC and
   lower case; ё is е; stress marks, Arabic vowel signs and invisible characters go. It is kept with the
   model and taken over when the table is trained anew (`--tokeniser`); without that option a new one
   is learnt, which differs in some pieces.
3. The table is trained with InfoNCE over the other pairs of the batch, in both directions. While
   training, a piece's row is the sum of a row of its own and of rows for the character n-grams of its
   romanised spelling, which inflected forms and names in two alphabets share; they are folded into one
   table at the end. In the first epochs (`mixed`) any pairs make a batch; after that, pairs of one
   language whose English sides are alike (a random projection tree, drawn anew in each epoch, over the table so far).
   The last ones (`polish`) go on with the folded table alone.
   Entries of dictionaries are joined, two to five at random, into something like a sentence.
4. Each row is rounded to int8.

| setting | value |
| --- | --- |
{settings}
"""


_MAKER = "`make model`, which runs"
_MORE = """\
`make model EXTRA=EXTRA`, where the directory EXTRA holds the second table of sources below. `make model` alone
does without them; how good the model is then, stands in `docs/model.md`. What runs is"""


def write(
    path: Path,
    *,
    name: str,
    settings: Settings,
    command: str,
    pieces: int,
    sources: Sequence[tuple[Source, int]],
    figures: Mapping[str, Figure],
    extra: Sequence[tuple[Source, int]] = (),
) -> None:
    """Write the card.

    Args:
        path: the file.
        name: of the model.
        settings: it was trained with.
        command: the command line that makes it.
        pieces: size of its vocabulary.
        sources: each source with the number of pairs trained on.
        figures: what was measured, by set; may be empty.
        extra: the same for sources beside those that `make model` trains on.
    """
    rows = "\n".join(f"| {field.name} | {getattr(settings, field.name)} |" for field in fields(settings))
    parts = [
        _HEAD.format(name=name),
        _figures(figures),
        _PROCEDURE.format(maker=_MORE if extra else _MAKER, command=command, pieces=pieces, settings=rows),
        _sources(sources, extra),
    ]
    path.write_text("\n".join(part for part in parts if part), encoding="utf-8")


def command(settings: Settings, pieces: int, *, reused: bool, extra: int = 0) -> str:
    """The command line that trains with `settings`, on a vocabulary of its own or a `reused` one.

    `extra` is the number of directories of pairs beside the first.
    """
    usual = Settings()
    changed = [
        f"--{field.name.replace('_', '-')} {getattr(settings, field.name)}"
        for field in fields(settings)
        if getattr(settings, field.name) != getattr(usual, field.name)
    ]
    vocabulary = "--tokeniser align/model/tokenizer.json" if reused else f"--pieces {pieces}"
    more = " --extra EXTRA" * extra
    paths = f"--bitext BITEXT{more} --held-out GOLD/held-out.sha256.gz --gold GOLD"
    return " ".join(["python -m align.training", paths, vocabulary, *changed, "--out align/model"])


def _figures(figures: Mapping[str, Figure]) -> str:
    if not figures:
        return ""
    rows = "\n".join(
        f"| {name} | {found.candidates} | {found.first:.3f} | {found.neighbours:.4f} | {found.by_margin:.4f} |"
        for name, found in figures.items()
    )
    return f"""\
## How good it is

P@1 is the share of sentences whose best partner by ratio margin (k = {NEIGHBOURS}) among all candidates of
the set is their translation, both directions averaged. *Neighbours* is the share told apart, by cosine,
from the ten sentences around the right one (for single pairs without a document it says nothing);
*by margin*, the same by ratio margin, as P@1. Only 1-1 beads of the development sets are used, at most
2,002; none was trained on. Texts are embedded as the toolkit does it: Cyrillic that was read in a wrong encoding
(one document of wmt21) is set right first. `SentenceTransformer` does not.

| set | candidates | P@1 | neighbours | by margin |
| --- | ---: | ---: | ---: | ---: |
{rows}
"""


def _sources(sources: Sequence[tuple[Source, int]], extra: Sequence[tuple[Source, int]]) -> str:
    entries = sum(pairs for source, pairs in [*sources, *extra] if source.tier == DICTIONARY)
    sentences = sum(pairs for _, pairs in [*sources, *extra]) - entries
    more = f"\nBeside these (`--extra`):\n\n{_table(extra)}\n" if extra else ""
    return f"""\
## What it was trained on

{sentences:,} sentence pairs{f" and {entries:,} entries of dictionaries" if entries else ""}, each foreign language with
English. Thanks to all who wrote and translated them. Licences are as stated by each source; CC BY and CC BY-SA
sources ask for this attribution.

{_table(sources)}
{more}"""


def _table(sources: Sequence[tuple[Source, int]]) -> str:
    rows = (
        f"| {s.file.removesuffix('.tsv.xz')} | {pairs} | {s.genre} | {s.origin} | {s.licence} |" for s, pairs in sources
    )
    return "\n".join(["| file | pairs | genre | from | licence |", "| --- | ---: | --- | --- | --- |", *rows])
