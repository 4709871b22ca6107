"""Token ids word by word: each word is tokenised once, and then looked up.

A text of any length has few different words, and where a tokenizer never looks across a space, the tokens of a text
are those of its words. That is several times as fast as tokenising the text, and gives the same ids.
"""

from __future__ import annotations

import json
from array import array
from itertools import chain, repeat
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    from tokenizers import Tokenizer

_MOST: Final = 1 << 19
"""Words that are remembered; when there are more, all are forgotten."""
_LONGEST: Final = 40
"""Characters of a word that is worth remembering: longer ones seldom come back (texts without spaces, addresses)."""

_LOCAL_NORMALIZERS: Final = frozenset({"NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"})
_LOCAL_PRE_TOKENIZERS: Final = frozenset({"BertPreTokenizer", "Digits", "Whitespace", "WhitespaceSplit", "Punctuation"})
_PARTING: Final = frozenset({"BertPreTokenizer", "Whitespace", "WhitespaceSplit"})
"""Pre-tokenizers that part at every space and drop it."""


def is_word_by_word(tokenizer: Tokenizer) -> bool:
    """Whether the tokens of any text are those of what stands between its spaces, one after the other.

    Only what is known for sure counts: parts that look at characters one by one, or at nothing beyond a space.
    """
    if any(" " in token.content or token.lstrip or token.rstrip for token in _added(tokenizer)):
        return False
    cutters = _parts(tokenizer.pre_tokenizer, "pretokenizers")
    names = {part.get("type") for part in cutters}
    if not names <= _LOCAL_PRE_TOKENIZERS or not names & _PARTING:
        return False
    return all(map(_is_local, _parts(tokenizer.normalizer, "normalizers")))


def _added(tokenizer: Tokenizer) -> list[Any]:
    return list(tokenizer.get_added_tokens_decoder().values())


def _parts(of: Any, inside: str) -> list[dict[str, Any]]:
    """What a normalizer or pre-tokenizer is made of, as tokenizers writes it into a file."""
    if of is None:
        return []
    try:
        state = json.loads(of.__getstate__())
    except (TypeError, ValueError):  # one that a program made and no file can hold
        return [{"type": "Custom"}]
    return list(state.get(inside, [])) if state.get("type") == "Sequence" else [state]


def _is_local(normalizer: dict[str, Any]) -> bool:
    """Whether what a normalizer does to a character depends on nothing beyond a space, and makes or takes none."""
    if normalizer.get("type") != "Replace":
        return normalizer.get("type") in _LOCAL_NORMALIZERS
    pattern, content = normalizer.get("pattern", {}), normalizer.get("content", " ")
    if " " in content:
        return False
    if (text := pattern.get("String")) is not None:
        return bool(text) and " " not in text
    # A single set of characters, written out; \s and the like are left alone.
    kind = pattern.get("Regex") or " "
    inside = kind[1:-1]
    return kind[0] == "[" and kind[-1] == "]" and not set(inside) & set(" []\\^&")


class Ragged:
    """A growing list of runs of small numbers, in two flat arrays."""

    def __init__(self) -> None:
        """Begin with none."""
        self._values, self._stops = array("i"), array("q", [0])

    def extend(self, values: npt.NDArray[np.intc], lengths: npt.NDArray[np.int64]) -> None:
        """Add runs: all their values in a row, and how long each is."""
        stops = np.cumsum(lengths, dtype=np.int64) + self._stops[-1]
        self._values.frombytes(values.astype(np.intc, copy=False).tobytes())
        self._stops.frombytes(stops.tobytes())

    def keep(self, count: int) -> None:
        """Forget all runs after the first `count`."""
        del self._stops[count + 1 :]
        del self._values[self._stops[-1] :]

    def taken(self, places: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intc], npt.NDArray[np.int64]]:
        """The values of some runs in a row, and the length of each."""
        stops = np.frombuffer(self._stops, np.int64)
        starts = stops[places]
        lengths = stops[places + 1] - starts
        ends = np.cumsum(lengths)
        at = np.repeat(starts - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
        values: npt.NDArray[np.intc] = np.frombuffer(self._values, np.intc)[at]
        return values, lengths


class Columns(Protocol):
    """What is known of words, in the order in which they came."""

    def extend(self, words: list[str]) -> None:
        """Find it out for more words."""

    def keep(self, count: int) -> None:
        """Forget all words after the first `count`."""


Known = TypeVar("Known", bound=Columns)
Result = TypeVar("Result")


class WordMemory(Generic[Known]):
    """What is known of the words that were met, found out once a word. May be used by several threads."""

    def __init__(self, make: Callable[[], Known]) -> None:
        """Begin with what `make` gives, which knows no word."""
        self._make = make
        self._lock = Lock()
        self._columns = make()
        self._places: dict[str, int] = {}

    def use(self, words: list[str], work: Callable[[Known, npt.NDArray[np.intp]], Result]) -> Result:
        """What `work` makes of the columns and of the place of each word in them."""
        with self._lock:
            if len(self._places) > _MOST:
                self._places, self._columns = {}, self._make()
            places = np.fromiter(map(self._places.get, words, repeat(-1)), np.intp, len(words))
            missing = np.flatnonzero(places < 0).tolist()
            strange = self._learn({words[at] for at in missing})
            try:
                places[missing] = [self._places[words[at]] for at in missing]
                return work(self._columns, places)
            finally:
                self._unlearn(strange)

    def _learn(self, new: set[str]) -> list[str]:
        """Find out about new words; long ones come last, and are returned, to be forgotten again."""
        known = self._places
        strange = [word for word in new if len(word) > _LONGEST]
        words = [*new.difference(strange), *strange]
        if words:
            try:
                self._columns.extend(words)
            except BaseException:
                self._columns.keep(len(known))
                raise
            known.update(zip(words, range(len(known), len(known) + len(words)), strict=True))
        return strange

    def _unlearn(self, words: list[str]) -> None:
        if words:
            for word in words:
                del self._places[word]
            self._columns.keep(len(self._places))


class _Tokens:
    """Token ids of words."""

    def __init__(self, tokenise: Callable[[list[str]], list[list[int]]]) -> None:
        self._tokenise = tokenise
        self.ids = Ragged()

    def extend(self, words: list[str]) -> None:
        found = self._tokenise(words)
        lengths = np.fromiter(map(len, found), np.int64, len(found))
        self.ids.extend(np.fromiter(chain.from_iterable(found), np.intc, int(lengths.sum())), lengths)

    def keep(self, count: int) -> None:
        self.ids.keep(count)


class WordTokens:
    """The token ids of texts, for a tokenizer that `is_word_by_word`."""

    def __init__(self, tokenise: Callable[[list[str]], list[list[int]]]) -> None:
        """Remember what `tokenise` gives for a list of words."""
        self._memory = WordMemory(lambda: _Tokens(tokenise))

    def ids(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Token ids of all texts in a row, and how many each text has."""
        if not texts:
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        counts = np.fromiter(map(str.count, texts, repeat(" ")), np.intp, len(texts)) + 1
        found, lengths = self._memory.use(" ".join(texts).split(" "), lambda tokens, places: tokens.ids.taken(places))
        return found.astype(np.intp), np.add.reduceat(lengths, np.cumsum(counts) - counts).astype(np.intp)


__all__ = ["Ragged", "WordMemory", "WordTokens", "is_word_by_word"]
