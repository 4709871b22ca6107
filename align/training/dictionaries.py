"""Turns free dictionaries into sentence pairs for training: a word, and what it means in English.

``python -m align.training.dictionaries KIND FILE... --out XX-en.NAME.tsv.xz`` reads files of a KIND:

- ``cedict``: CC-CEDICT, ``Traditional Simplified [pin1 yin1] /gloss/gloss/``, plain or gzipped;
- ``wordnet``: tables of the Open Multilingual Wordnet, ``12345678-n TAB lemma TAB word``, with the folder of
  Princeton WordNet 3.0 (``--english``) that says what a number means in English;
- ``openrussian``: tables of OpenRussian with a heading, whose inflected forms are paired as well.

What is written is like the files of the bitext, see :mod:`align.training.bitext`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import logging
import lzma
import re
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from align.exporters.files import replacing
from align.training.bitext import is_held_out, read_held_out
from corpora.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Pairs = Iterator[tuple[str, str]]

log = logging.getLogger("align.training")

LONGEST = 400
"""Characters of a side, as in the bitext."""

_ENTRY = re.compile(r"(\S+) (\S+) \[[^]]*\] /(.+)/\s*$")
_HAN = re.compile(r"[⺀-⿟㐀-鿿豈-﫿\U00020000-\U0003ffff〇·，]+(\|[^\s[]+)?(\[[^]]*\])?")
_POINTER = re.compile(
    r"CL:|\b(variant|abbr|euphemis\w*|equivalent|contraction|short|erhua|form|pun) (of|for|on)\b|\babbr\.|"
    r"^(see|used in|also|cf\.?|classifier|Taiwan pr|old pr|pr\.|same as)\b|pinyin|radical",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(lit|fig|esp|orig|i\.e|e\.g)\.,? |^(surname|name of|stands for) ")
_ASIDE = re.compile(r"\([^()]*\)|\[[^]]*\]")
_SHORT = {"sb": "somebody", "sth": "something", "sb's": "somebody's", "sth's": "something's"}
_SHORTENED = re.compile(r"\b(?:sb|sth)(?:'s)?\b")
_STRESS = {0x300: None, 0x301: None, ord("'"): None}
_FORM = re.compile(r"(sg|pl|decl|short|presfut|past|imperative|participle)_|comparative$|superlative$")
_MEANINGS = 3
_SYNONYMS = 4
_OUTSIDE = ' \t,;:.!?"/-–—*'


def read_cedict(path: Path) -> Pairs:
    """Read CC-CEDICT: each sense of a word, for its traditional and its simplified spelling.

    Senses that only point at another word, and words that are explained by their pronunciation alone, are left out.

    Raises:
        ReadError: the file cannot be read, or holds no entry.
    """
    found = False
    for entry in filter(None, map(_ENTRY.match, _lines(path))):
        found = True
        for english in filter(None, map(gloss, entry[3].split("/"))):
            yield from ((word, english) for word in dict.fromkeys((entry[2], entry[1])))
    if not found:
        raise ReadError(f"{path}: no entries of CC-CEDICT (Traditional Simplified [pinyin] /gloss/)")


def gloss(sense: str) -> str:
    """One sense of CC-CEDICT without asides, pointers and Chinese; empty when nothing is left."""
    parts = []
    for part in _ASIDE.sub(" ", _HAN.sub("\0", sense)).split(";"):
        text = _LABEL.sub("", part.strip())
        if text and "\0" not in text and not _POINTER.search(text):
            text = _SHORTENED.sub(lambda match: _SHORT[match[0]], text)
            parts.append(re.sub(r"^to (?=\w)|(?<=, )to (?=\w)", "", text))
    return "; ".join(parts)


def read_wordnet(path: Path, english: Mapping[str, Sequence[str]]) -> Pairs:
    """Read a table of the Open Multilingual Wordnet: each word with the English words of its meaning.

    Args:
        path: lines of ``12345678-n TAB lemma TAB word``; the middle may also be ``LANG:lemma``. Others do not count.
        english: see :func:`read_princeton`.

    Raises:
        ReadError: the file cannot be read.
    """
    for line in _lines(path):
        row = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(row) < 3 or "lemma" not in row[1]:  # noqa: PLR2004 - as above
            continue
        words = english.get(row[0])
        if words:
            yield row[-1].replace("_", " ").replace("+", ""), ", ".join(words[:_SYNONYMS])


def read_princeton(directory: Path) -> dict[str, list[str]]:
    """Read ``data.noun`` and its like of Princeton WordNet: the words of each set of synonyms, by offset and kind.

    Raises:
        ReadError: one of the four files is missing, or is none of those.
    """
    found = {}
    for kind, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in _lines(directory / f"data.{kind}"):
            if line.startswith("  "):
                continue  # the licence
            fields = line.split(" ")
            try:
                words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            except (IndexError, ValueError) as error:
                raise ReadError(f"{directory}/data.{kind}: not a data file of Princeton WordNet 3.0") from error
            found[f"{fields[0]}-{letter}"] = [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in words]
    return found


def read_openrussian(path: Path) -> Pairs:
    """Read a table of OpenRussian: a word and, where the table has them, its forms, each with the first meanings.

    Args:
        path: TAB-separated, with a heading that names ``bare`` and ``translations_en``; columns that look like forms
            (``sg_gen``, ``presfut_sg1``, ``decl_f_inst``, ``past_m`` and so on) are paired as well.

    Raises:
        ReadError: the file cannot be read, or those two columns are missing.
    """
    rows = csv.DictReader(_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = rows.fieldnames or []
    if not {"bare", "translations_en"} <= set(columns):
        raise ReadError(f"{path}: no columns 'bare' and 'translations_en', is it a table of OpenRussian?")
    forms = [name for name in columns if _FORM.match(name)]
    for row in rows:
        meanings = [text for text in map(_plain, (row["translations_en"] or "").split(";")) if text]
        words = dict.fromkeys([row["bare"], *(form for name in forms for form in re.split(r"[,;/]", row[name] or ""))])
        plain = dict.fromkeys(word.translate(_STRESS).strip(_OUTSIDE) for word in words if word)
        yield from ((word, meaning) for word in plain if word for meaning in meanings[:_MEANINGS])


def clean(pairs: Iterable[tuple[str, str]], held_out: Collection[str]) -> Pairs:
    """Normalise, and leave out what is empty, too long, the same on both sides, repeated, or held out."""
    seen = set()
    for foreign, english in pairs:
        pair = _plain(foreign), _plain(english)
        if not all(pair) or pair[0] == pair[1] or pair in seen or max(map(len, pair)) > LONGEST:
            continue
        seen.add(pair)
        if not any(is_held_out(side, held_out) for side in pair):
            yield pair


def write(pairs: Iterable[tuple[str, str]], path: Path) -> int:
    """Write `pairs` as a file of bitext, and give their number."""
    number = 0
    with replacing(path) as beside, lzma.open(beside, "wb") as lines:
        for number, (foreign, english) in enumerate(pairs, start=1):  # noqa: B007
            lines.write(f"{foreign}\t{english}\n".encode())
    return number


def _plain(text: str) -> str:
    """`text` in NFC without asides in brackets, what hangs on its ends, and runs of white space."""
    return " ".join(unicodedata.normalize("NFC", _ASIDE.sub(" ", text)).split()).strip(_OUTSIDE)


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file, unzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            yield from lines
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise ReadError(f"{path}: cannot be read ({error})") from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, clean and write; the number of pairs goes to stderr."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    options = parser().parse_args(arguments)
    if options.kind == "wordnet" and not options.english:
        parser().error("wordnet needs --english, the folder of Princeton WordNet 3.0")
    held_out = read_held_out(options.held_out) if options.held_out else frozenset[str]()
    number = write(clean(_read(options), held_out), options.out)
    log.info("%s: %d pairs", options.out, number)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="python -m align.training.dictionaries", description=(__doc__ or "").split("\n")[0]
    )
    found.add_argument("kind", choices=["cedict", "wordnet", "openrussian"])
    found.add_argument("files", type=Path, nargs="+", metavar="FILE")
    found.add_argument("--english", type=Path, help="folder of Princeton WordNet 3.0, for wordnet")
    found.add_argument("--held-out", type=Path, help="marks of sentences not to train on, gzipped")
    found.add_argument("--out", type=Path, required=True, help="such as zh-en.cedict.tsv.xz")
    return found


def _read(options: argparse.Namespace) -> Pairs:
    english = read_princeton(options.english) if options.kind == "wordnet" else {}
    for path in options.files:
        if options.kind == "cedict":
            yield from read_cedict(path)
        elif options.kind == "openrussian":
            yield from read_openrussian(path)
        else:
            yield from read_wordnet(path, english)


if __name__ == "__main__":
    main()
