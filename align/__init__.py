"""Align translated documents sentence by sentence, offline, and write translation memories.

The public names, and nothing else. Each is imported from its room when it is first asked for, so that
``import align`` costs next to nothing and never loads a model's machinery::

    import align

    result = align.align_files("speech.ru.txt", "speech.en.txt")
    align.write(result, "speech.tmx")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.aligner import Aligner
    from align.encoder import load_encoder
    from align.encoder.protocol import Encoder
    from align.errors import (
        EmptyDocumentError,
        FormatError,
        MissingExtraError,
        ModelError,
        PinError,
        ReadError,
        SameLanguageError,
        ToolkitError,
        UnknownLanguageError,
        WriteError,
    )
    from align.exporters import read_result, render, units, write
    from align.exporters.nltk import to_nltk
    from align.multilingual import align_many, write_multilingual
    from align.pipeline import align_files, align_texts
    from align.splitter import SentenceTokenizer, split, split_lines
    from align.types import (
        Alignment,
        Bead,
        Document,
        Omission,
        Paragraph,
        Score,
        Segmented,
        Sentence,
        TranslationUnit,
    )
    from corpora import parse_text, read_document
    from corpora.errors import ToolkitWarning

    __version__: str

__all__ = [
    "Aligner",
    "Alignment",
    "Bead",
    "Document",
    "EmptyDocumentError",
    "Encoder",
    "FormatError",
    "MissingExtraError",
    "ModelError",
    "Omission",
    "Paragraph",
    "PinError",
    "ReadError",
    "SameLanguageError",
    "Score",
    "Segmented",
    "Sentence",
    "SentenceTokenizer",
    "ToolkitError",
    "ToolkitWarning",
    "TranslationUnit",
    "UnknownLanguageError",
    "WriteError",
    "__version__",
    "align_files",
    "align_many",
    "align_texts",
    "load_encoder",
    "parse_text",
    "read_document",
    "read_result",
    "render",
    "split",
    "split_lines",
    "to_nltk",
    "units",
    "write",
    "write_multilingual",
]

_ROOMS = {
    "align.aligner": "Aligner",
    "align.encoder": "load_encoder",
    "align.encoder.protocol": "Encoder",
    "align.errors": (
        "EmptyDocumentError FormatError MissingExtraError ModelError PinError ReadError SameLanguageError "
        "ToolkitError UnknownLanguageError WriteError"
    ),
    "align.exporters": "read_result render units write",
    "align.exporters.nltk": "to_nltk",
    "align.multilingual": "align_many write_multilingual",
    "align.pipeline": "align_files align_texts",
    "align.splitter": "SentenceTokenizer split split_lines",
    "align.types": ("Alignment Bead Document Omission Paragraph Score Segmented Sentence TranslationUnit"),
    "corpora": "parse_text read_document",
    "corpora.errors": "ToolkitWarning",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}

# Hidden from type checkers: with it in sight, every misspelt name would pass.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for (PEP 562)."""
        if name == "__version__":
            value = import_module("align.version").version()
        elif name in _HOMES:
            value = getattr(import_module(_HOMES[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """The public names, whether imported yet or not."""
    return sorted({*globals(), *__all__})
