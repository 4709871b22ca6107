"""The everyday encoder: a static model run by NumPy and tokenizers alone."""

from __future__ import annotations

import os
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from align.encoder.layout import StaticLayout, first_line, read_layout
from align.encoder.table import Ids, TokenTable
from align.encoder.texts import all_readable, are_odd, batches, well_formed
from align.encoder.vectors import normalise
from align.encoder.words import WordTokens, is_word_by_word
from align.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tokenizers import Encoding

    from align.encoder.protocol import Flags, Vectors
    from align.encoder.wordpiece import WordPieces

_MAX_WORKERS: Final = 4
"""More would only wait for Python's global lock."""

_SAMPLE: Final = 2048
"""Rows of a table that tell its principal axes."""

_OFF: Final = frozenset({"", "off", "false", "f", "no", "n", "0"})
"""What tokenizers takes for "no" in ``TOKENIZERS_PARALLELISM``."""


class StaticEncoder:
    """A static model: the vector of a text is the mean of its tokens' vectors, made unit length.

    Gives what ``SentenceTransformer(path).encode(texts, normalize_embeddings=True)`` gives (a text is
    never cut, though, whatever its tokenizer says, and Cyrillic in a wrong encoding is set right, see
    `align.encoder.texts.readable`). Tokenising runs on all cores, unless the
    environment variable ``TOKENIZERS_PARALLELISM`` is ``false``; a process forked after that
    tokenises on one core, which tokenizers does by itself to avoid a deadlock.

    Implements `align.encoder.protocol.PieceEncoder`.
    """

    def __init__(self, layout: StaticLayout, table: TokenTable | None = None) -> None:
        """Map the weights of a model whose other files have been read.

        Args:
            layout: those files.
            table: vectors to take in place of the model's own.

        Raises:
            ModelError: the weights are broken or do not fit the tokenizer.
        """
        self._layout = layout
        self._table = TokenTable.open(layout.weights) if table is None else table
        self._words = WordTokens(self._ids) if is_word_by_word(layout.tokenizer) else None
        vocabulary = layout.tokenizer.get_vocab_size(with_added_tokens=True)
        if vocabulary > len(self._table):
            raise ModelError(
                f"{layout.path}: the tokenizer knows {vocabulary} tokens, the table {len(self._table)}; "
                "they are not of the same model"
            )

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> StaticEncoder:
        """Open the model in a directory.

        Raises:
            ModelError: the directory is not a whole static model; the message says what is wrong.
        """
        return cls(read_layout(Path(path)))

    def exchanged(self, change: Callable[[TokenTable], TokenTable]) -> StaticEncoder:
        """The same model with other vectors; it cannot be pickled."""
        return StaticEncoder(self._layout, change(self._table))

    @cached_property
    def name(self) -> str:
        """The model's name and the first eight hexadecimal digits of its weights' SHA-256."""
        return f"{self._layout.model_name}@{self._table.digest()[:8]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._table.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`.

        Returns:
            An array of shape ``(len(texts), dimension)`` of float32; rows have unit length, and are
            all zero for a text without a known token. Always finite.

        Raises:
            ModelError: the tokenizer fails, or finds a token that the table lacks.
        """
        sums = self.encode_sums(texts)
        return normalise(sums, out=sums)

    def encode_sums(self, texts: Sequence[str]) -> Vectors:
        """Add up the token vectors of each text; see `align.encoder.protocol.SpanEncoder`.

        Raises:
            ModelError: as for `encode`.
        """
        return self.encode_tokens(texts)[0]

    def encode_tokens(self, texts: Sequence[str]) -> tuple[Vectors, Ids, Ids]:
        """The same and the tokens; see `align.encoder.protocol.TokenEncoder`.

        Raises:
            ModelError: as for `encode`.
        """
        sums = np.zeros((len(texts), self.dimension), np.float32)
        found: dict[int, tuple[Ids, Ids]] = {-1: (np.zeros(0, np.intp), np.zeros(0, np.intp))}

        def fill(batch: slice) -> None:
            found[batch.start] = self._tokenise(all_readable(texts[batch]))
            sums[batch] = self._table.sums(*found[batch.start])

        _for_each(fill, list(batches(texts)))
        ids, lengths = (np.concatenate([found[at][part] for at in sorted(found)]) for part in (0, 1))
        return sums, ids, lengths

    @property
    def cuts_at_spaces(self) -> bool:
        """Whether the tokens of a text are those of what stands between its spaces."""
        return self._words is not None

    def piece_tokens(self, pieces: Sequence[str]) -> tuple[Ids, Ids]:
        """The tokens of texts without spaces in a row, and how many each has.

        Raises:
            ModelError: as for `encode`.
        """
        return self._checked(*self._in_a_row(list(pieces)))

    @cached_property
    def word_pieces(self) -> WordPieces | None:
        """What is known of the tokenizer, where it is of a kind whose work can be done elsewhere."""
        from align.encoder.wordpiece import WordPieces, is_word_pieces  # for long documents only

        tokenizer = self._layout.tokenizer
        return WordPieces(tokenizer) if self.cuts_at_spaces and is_word_pieces(tokenizer) else None

    @property
    def small_rows(self) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]] | None:
        """A row of small numbers for each token, and what it is multiplied by, where the table is made of such."""
        table = self._table
        is_plain = table.rows.dtype == np.int8 and table.rows.flags.c_contiguous and table.mapping is None
        return (table.rows, table.scales) if is_plain else None

    def are_odd(self, pieces: Sequence[str]) -> Flags:
        """Whether a text with such a piece must be set right as a whole."""
        return np.array(are_odd(pieces), dtype=np.bool_)

    def add_up(self, tokens: Ids, lengths: Ids) -> Vectors:
        """Add up the vectors of the tokens of each text, shape ``(len(lengths), dimension)``."""
        return self._table.sums(tokens, lengths)

    def token_vectors(self, tokens: Ids) -> Vectors:
        """The vectors of some tokens, shape ``(len(tokens), dimension)``."""
        return self._table.vectors(tokens)

    @cached_property
    def main_axes(self) -> Vectors:
        """The principal axes of the table, not centred, from rows evenly spread over it."""
        sample = self._table.vectors(np.arange(0, len(self._table), max(1, len(self._table) // _SAMPLE)))
        axes: Vectors = np.linalg.eigh(sample.T @ sample)[1][:, ::-1]
        return axes

    def _tokenise(self, texts: list[str]) -> tuple[Ids, Ids]:
        """Token ids of all texts in a row, and how many each text has."""
        return self._checked(*(self._in_a_row(texts) if self._words is None else self._words.ids(texts)))

    def _checked(self, ids: Ids, lengths: Ids) -> tuple[Ids, Ids]:
        if ids.size and ids.max() >= len(self._table):
            raise ModelError(f"{self._layout.path}: the table lacks token {ids.max()} of the tokenizer")
        return ids, lengths

    def _in_a_row(self, texts: list[str]) -> tuple[Ids, Ids]:
        found = self._ids(texts)
        lengths = np.fromiter(map(len, found), np.intp, len(found))
        return np.fromiter(chain.from_iterable(found), np.intp, int(lengths.sum())), lengths

    def _ids(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._encodings(texts)]

    def _encodings(self, texts: list[str]) -> list[Encoding]:
        try:
            return self._layout.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        except TypeError:  # what tokenizers makes of a surrogate
            joined = [well_formed(text) for text in texts]
            if joined == texts:
                raise
        except Exception as error:  # tokenizers raises the bare class
            raise ModelError(f"{self._layout.path}: its tokenizer fails ({first_line(error)})") from error
        return self._encodings(joined)

    def __reduce__(self) -> tuple[Callable[[Path], StaticEncoder], tuple[Path]]:
        """Pickle as the path: another process maps the same file instead of copying it."""
        return StaticEncoder.load, (self._layout.path.resolve(),)


def _for_each(work: Callable[[slice], None], batches: list[slice]) -> None:
    """Do `work` on several batches at once, so that one is summed while another is being tokenised."""
    workers = min(len(batches), _MAX_WORKERS, os.cpu_count() or 1)
    if workers <= 1 or os.environ.get("TOKENIZERS_PARALLELISM", "true").lower() in _OFF:
        for batch in batches:
            work(batch)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(work, batches):
            pass  # only to hear of errors
