"""The nouns of the toolkit: a handful of frozen dataclasses that carry everything.

They hold data and answer simple questions about it. The work is done by functions and by `Aligner`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpora.codes import primary_language
from corpora.document import METADATA_KINDS, Document, Kind, Paragraph

__all__ = [
    "METADATA_KINDS",
    "Alignment",
    "Bead",
    "Document",
    "Kind",
    "Omission",
    "OmissionCode",
    "Paragraph",
    "Score",
    "Segmented",
    "Segtype",
    "Sentence",
    "TranslationUnit",
]

OmissionCode = Literal[
    "untranslated",
    "time",
    "number",
    "separator",
    "furniture",
    "confidence",
    "empty",
    "double",
    "conflict",
    "language",
    "identical",
    "long",
]
"""Why a bead is kept out of a memory: no counterpart, one of `METADATA_KINDS`, too low a confidence,
no text, the same pair again, the same source with another target, both sides in one language, the same
text on both sides, or too long a text."""

Segtype = Literal["sentence", "paragraph", "block"]
"""TMX's word for how a unit is cut: one sentence on both sides, one whole paragraph on both sides, or
anything else that is longer than a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as offsets into its document: ``text[start:stop] == sentence.text``, always.

    Attributes:
        start: offset of the first character in `Document.text`, in code points.
        stop: offset after the last character.
        paragraph: index into `Document.paragraphs`.
        text: the document's own characters, untouched.
    """

    start: int
    stop: int
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document and its cut into sentences.

    Attributes:
        document: the document.
        sentences: in order of the text.
        splitter: what cut it, for signatures; empty for the splitter's own rules of the language.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    splitter: str = field(default="", compare=False)

    def kind(self, index: int) -> Kind:
        """The kind of the paragraph that sentence `index` stands in."""
        return self.document.paragraphs[self.sentences[index].paragraph].kind

    def span(self, indices: tuple[int, ...]) -> str:
        """The text of neighbouring sentences, joined as a translator would write them.

        Sentences are joined by one space, or by nothing between two of a script that writes without
        spaces (Chinese, Japanese): the white space between them in the document may be a line break.
        """
        if len(indices) == 1:
            return self.sentences[indices[0]].text
        glue = "" if primary_language(self.document.lang) in {"zh", "ja"} else " "
        return glue.join(self.sentences[index].text for index in indices)


@dataclass(frozen=True, slots=True)
class Bead:
    """One aligned group: the sentences on each side that translate each other.

    Attributes:
        source: indices of source sentences, ascending; empty for a null.
        target: indices of target sentences, ascending; empty for a null.
        confidence: probability in [0, 1] that exactly this bead is right; 1 only where a person says so.
        moved: whether it belongs to a block that stands elsewhere in the translation, so that it breaks the order.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float = 1.0
    moved: bool = False

    @property
    def is_null(self) -> bool:
        """Whether one side is empty, that is, left untranslated."""
        return not self.source or not self.target


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two segmented documents and the beads between them.

    Ours is a partition in order: every sentence of both sides is in exactly one bead, and only beads that are
    `moved` break the order. Human gold, which is held in the same type, need not be.

    Attributes:
        source: the source document and its cut.
        target: the target document and its cut.
        beads: in document order.
        signature: one line that says what made this alignment.
        learnt: what the aligner found out about these documents, for `Aligner.realign`; it is not stored with the rest.
    """

    source: Segmented
    target: Segmented
    beads: tuple[Bead, ...]
    signature: str = ""
    learnt: object = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """What a translation memory holds: one text in each of two or more languages.

    Attributes:
        id: names the unit within its file, such as ``12``.
        variants: BCP 47 code to text, source language first.
        confidence: probability in [0, 1] that the texts translate each other.
        note: a remark for people, or empty.
        segtype: how the unit is cut.
        shape: the number of sentences on each side, such as ``2-1``, or empty where nobody counted.
    """

    id: str
    variants: Mapping[str, str]
    confidence: float = 1.0
    note: str = ""
    segtype: Segtype = "sentence"
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Omission:
    """A bead that was kept out of a memory, and why.

    Attributes:
        bead: the bead.
        reason: a short phrase for people, such as ``confidence 0.31 below 0.50``.
        code: the kind of reason, to group by.
    """

    bead: Bead
    reason: str
    code: OmissionCode


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 with the signature of what was measured; never a bare float."""

    precision: float
    recall: float
    f1: float
    signature: str
