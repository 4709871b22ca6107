"""From two files or two texts to an `Alignment`, in one call.

The only place that knows the whole way: read, cut, embed, align. Writing is the exporters' work.
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.encoder import load_encoder, load_encoder_ahead
from align.errors import ReadError, SameLanguageError
from align.splitter import split, split_lines
from corpora import parse_text, read_document, read_lines
from corpora.codes import primary_language, same_language
from corpora.errors import ToolkitWarning
from corpora.language import detect_or_none, normalize, script_of, scripts_of
from corpora.readers.registry import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.aligner.moves import Move
    from align.encoder.protocol import Encoder
    from align.splitter.srx import Srx
    from align.types import Alignment, Bead, Document, Segmented

UNDETERMINED = "und"
"""BCP 47 for a language that nobody told us and nothing tells; only lists of lines may have it."""


def align_files(
    source: str | Path,
    target: str | Path,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    encoder: Encoder | str | Path | None = None,
    sentences: bool = False,
    encoding: str | None = None,
    srx: Srx | str | Path | None = None,
    pins: Sequence[Bead] = (),
    allow_moves: bool = False,
) -> Alignment:
    """Align two files that translate each other.

    Args:
        source: path of the source text; ``-`` is standard input. A file that holds several languages (a
            table, a memory) may be given for both.
        target: path of its translation.
        source_lang: BCP 47 code of the source; detected when None.
        target_lang: BCP 47 code of the target; detected when None.
        encoder: what embeds the sentences; a name or path is loaded, None is the shipped model.
        sentences: the files are cut already, one sentence a line; a blank line is a sentence too, so
            that sentence ``i`` is line ``i + 1``.
        encoding: of both files; detected when None.
        srx: segmentation rules to cut both files by instead of ours: an SRX file, or ``omegat``.
        pins: beads that a person says are right; they hold exactly, and the rest is aligned around them.
        allow_moves: pair blocks that stand elsewhere in the translation, and flag their beads; without it a
            warning tells of them.

    Returns:
        Every sentence of both files in exactly one bead, in order but for beads that are `moved`.

    Raises:
        ReadError: a file cannot be read.
        EmptyDocumentError: a file holds no text.
        UnknownLanguageError: a code is unknown, or a language cannot be detected.
        SameLanguageError: both files are in one language.
        ModelError: the encoder cannot be loaded or used.
        PinError: the pins cannot all hold.
        FormatError: the SRX file holds no rules, or some that cannot be used; names ``path:line``.
        ValueError: `sentences` and `srx` exclude each other.
    """
    if sentences and srx is not None:
        raise ValueError("sentences that are cut already cannot be cut by srx")
    source_lang, target_lang = _code(source_lang), _code(target_lang)
    cut = split_lines if sentences else splitter_for(srx)
    reader = _read_lines if sentences else read_document

    def read(path: str | Path, lang: str | None, other: str | None) -> Segmented:
        return cut(reader(path, lang=lang, encoding=encoding, other=other))

    with _target_ahead(source, target, lambda: read(target, target_lang, source_lang)) as coming:
        loaded = _loaded(encoder)
        left = read(source, source_lang, target_lang)
        right = coming() if coming else read(target, target_lang, left.document.lang)
    told = bool(source_lang and target_lang)
    _check_languages(left.document, right.document, told=told, sure=told or not sentences)
    _check_scripts((left.document, source_lang), (right.document, target_lang))
    return _align(left, right, loaded, pins, allow_moves=allow_moves)


def align_texts(
    source: str,
    target: str,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    encoder: Encoder | str | Path | None = None,
    srx: Srx | str | Path | None = None,
) -> Alignment:
    """Align two texts that translate each other; as `align_files`, from strings.

    As there, words that a printed page parted at the ends of lines are made whole, and what belongs to its pages is
    left out; where there is such, offsets point into the text of the result's documents, which is not that of the
    string. Parse the strings yourself (`parse_text`) and give them to an `Aligner` where that may not be.

    Raises:
        EmptyDocumentError: a text is empty.
        UnknownLanguageError: a code is unknown, or a language cannot be detected.
        SameLanguageError: both texts are in one language.
        ModelError: the encoder cannot be loaded or used.
        FormatError: the SRX file holds no rules, or some that cannot be used; names ``path:line``.
    """
    source_lang, target_lang = _code(source_lang), _code(target_lang)
    cut = splitter_for(srx)
    loaded = _loaded(encoder)
    left = parse_text(source, id="source", lang=source_lang, printed=True)
    right = parse_text(target, id="target", lang=target_lang, printed=True)
    _check_languages(left, right, told=bool(source_lang and target_lang), sure=True)
    _check_scripts((left, source_lang), (right, target_lang))
    return _align(cut(left), cut(right), loaded)


_HEAD: Final = 1 << 16
"""Bytes by which a format is told."""
_LARGE: Final = 1_000_000
"""Bytes of a file from which reading it in a process of its own is worth starting one."""


@contextmanager
def _target_ahead(
    source: str | Path, target: str | Path, read: Callable[[], Segmented]
) -> Iterator[Callable[[], Segmented] | None]:
    """Read the target in another process while the source is read in this one, where both are large; None elsewhere."""
    if not (_is_large(source) and _is_large(target)):
        yield None
        return
    from align.splitter.packing import pack, unpack
    from align.workers import ahead, available

    if available() == 1:
        yield None
        return
    with ahead(lambda: pack(read())) as made:
        yield lambda: unpack(made())


def _is_large(path: str | Path) -> bool:
    """Whether a file is a large plain text: it holds one language, whatever the other file is in."""
    try:
        if not Path(path).is_file() or Path(path).stat().st_size < _LARGE:
            return False
        with Path(path).open("rb") as stream:
            return format_of(path, stream.read(_HEAD)).name == "text"
    except (OSError, ValueError, ReadError):
        return False  # reading it says what is wrong


def _code(lang: str | None) -> str | None:
    """The canonical form of a code that a person gave."""
    return None if lang is None else normalize(lang)


def _read_lines(path: str | Path, *, lang: str | None, encoding: str | None, other: str | None) -> Document:
    """Read a list of sentences in any language: a few short lines may be too little to detect one."""
    document = read_lines(path, lang=lang or UNDETERMINED, encoding=encoding, other=other)
    if document.lang != UNDETERMINED:
        return document
    if (detected := detect_or_none(document.text)) is not None:
        return replace(document, lang=detected)
    _warn(f"{path}: cannot tell the language; give it with -s or -t")
    return document


def _check_languages(source: Document, target: Document, *, told: bool, sure: bool) -> None:
    """Refuse two sides in one language; only warn when they are one and the same text.

    Args:
        source: the source document, its language known.
        target: the target document.
        told: both languages were given by a person, who may well mean ``pt`` against ``pt-BR``.
        sure: there is enough text to trust a detected language.

    Raises:
        SameLanguageError: both sides are in one language.
    """
    if source.text == target.text:
        # A table of both languages inside a page is a natural thing to give twice, and read as one text.
        hint = "; pairs in a table of it are read by align memory convert" if source.id == target.id else ""
        _warn(f"{source.id} and {target.id} are the same text; every sentence will match itself{hint}")
    elif _same_language(source.lang, target.lang, told=told):
        message = f"{source.id} and {target.id} are both in {target.lang!r}"
        if sure:
            raise SameLanguageError(f"{message}; if not, give the languages of source (-s) and target (-t)")
        _warn(f"{message}, it seems; if not, give the languages of source (-s) and target (-t)")


_SEEN: Final = 10_000
"""Characters that tell in which letters a document is."""

_LETTERS: Final = {"Cyrl": "Cyrillic", "Latn": "Latin", "Arab": "Arabic", "Hani": "Chinese", "Jpan": "Japanese"}


_SEVERAL: Final = frozenset({"az", "kk", "ky", "mn", "sr", "tg"})
"""Languages that are written in other letters too."""


def _check_scripts(*documents: tuple[Document, str | None]) -> None:
    """Warn where a document is in letters that the language which a person named is not written in: -s for -t."""
    for document, lang in documents:
        # A code such as ru-Latn names its script itself.
        if lang is None or primary_language(lang) in _SEVERAL or re.search("-[A-Z][a-z]{3}(-|$)", lang):
            continue
        known, script = scripts_of(primary_language(lang)), script_of(document.text[:_SEEN])
        if known and script and script not in known:
            letters = _LETTERS.get(script, script)
            _warn(f"{document.id}: in {letters} letters, and {lang!r} is not usually written so; is it the right one?")


def _warn(message: str) -> None:
    warnings.warn(message, ToolkitWarning, stacklevel=4)  # at the call of the public function


def _same_language(source: str, target: str, *, told: bool) -> bool:
    """Whether two codes name one language; regions count only where both codes were given."""
    if source == UNDETERMINED:
        return False
    return source == target or (not told and same_language(source, target))


def _loaded(encoder: Encoder | str | Path | None) -> Callable[[], Encoder]:
    """What gives the encoder when it is needed.

    The shipped one is read in the background meanwhile. One that a person names is read after the
    documents: it may take long, and a missing document should be told at once.
    """
    if encoder is None:
        return load_encoder_ahead()
    if isinstance(encoder, str | Path):
        return partial(load_encoder, encoder)
    return lambda: encoder


def splitter_for(srx: Srx | str | Path | None) -> Callable[[Document], Segmented]:
    """What cuts a document: our rules, or those of an SRX file, which is read once and at once."""
    if srx is None:
        return split
    from align.splitter.srx import Srx, read_srx

    return partial(split, srx=srx if isinstance(srx, Srx) else read_srx(srx))


def _align(
    source: Segmented,
    target: Segmented,
    loaded: Callable[[], Encoder],
    pins: Sequence[Bead] = (),
    *,
    allow_moves: bool = False,
) -> Alignment:
    """Align two cut documents."""
    from align.aligner import Aligner, with_moves  # NumPy comes with it; until now it could wait

    aligner = Aligner(loaded())
    result = aligner.align(source, target, pins=pins)
    moves = aligner.moves(result)
    if allow_moves:
        result = with_moves(result, moves)
    else:
        _tell_moves(result, moves)
    _check_likeness(result)
    return result


def _tell_moves(result: Alignment, moves: Sequence[Move]) -> None:
    """Say which blocks stand elsewhere in the translation, counted from 1 as people do."""
    for move in moves:
        source, target = (f"{first + 1}–{stop}" for first, stop in (move.source, move.target))
        _warn(
            f"{result.source.document.id}: sentences {source} seem to be sentences {target} of "
            f"{result.target.document.id}, out of order; --allow-moves (allow_moves=True) pairs them"
        )


def _check_likeness(result: Alignment) -> None:
    """Say so when a part has no counterpart, or most of the text: the wrong pair of files, perhaps."""
    from align.aligner.verdict import remarks

    for remark in remarks(result):
        _warn(remark)
