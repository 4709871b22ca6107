"""Human alignments with the texts they are about."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from align.errors import FormatError
from align.types import Bead, Document, Paragraph, Segmented, Sentence


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document pair with human beads.

    Attributes:
        id: names the pair.
        source: the source side, cut as the gold has it.
        target: the target side.
        beads: what belongs together.
        coarse: whether the beads are groups that may hold several alignable pairs.
    """

    id: str
    source: Segmented
    target: Segmented
    beads: tuple[Bead, ...]
    coarse: bool = False


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Documents of a ``NAME.jsonl.gz``: ``{"id", "source": {"lang", "sentences", "text"}, …, "beads", "grain"}``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            sides = [_side(record[name], f"{record['id']}:{name}") for name in ("source", "target")]
            beads = tuple(Bead(tuple(source), tuple(target)) for source, target in record["beads"])
            yield GoldDocument(record["id"], sides[0], sides[1], beads, record["grain"] == "group")


def _side(record: dict[str, object], name: str) -> Segmented:
    sentences, lang = list(map(str, record["sentences"])), str(record["lang"])  # type: ignore[call-overload]
    text = str(record["text"] or "") or "\n\n".join(sentences)
    paragraphs = tuple(Paragraph(found.start(), found.end()) for found in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text))
    return locate(Document(name, lang, text, paragraphs), sentences)


def locate(document: Document, sentences: list[str]) -> Segmented:
    """Find sentences in a document, in order; white space may differ.

    Raises:
        FormatError: a sentence is not where it should be.
    """
    found: list[Sentence] = []
    at = paragraph = 0
    for sentence in sentences:
        pattern = re.compile(
            r"\s*(" + r"\s+".join(map(re.escape, sentence.split())) + ")" if sentence.strip() else r"()"
        )
        match = pattern.match(document.text, at)
        if match is None:
            raise FormatError(f"{document.id}: gold sentence not found after offset {at}: {sentence[:60]!r}")
        start, at = match.span(1)
        while paragraph + 1 < len(document.paragraphs) and document.paragraphs[paragraph + 1].start <= start:
            paragraph += 1
        found.append(Sentence(start, at, paragraph, document.text[start:at]))
    return Segmented(document, tuple(found))
