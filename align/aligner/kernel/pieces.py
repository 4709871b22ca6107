"""Numbering pieces of text by their hashes, and cutting them into tokens: the loops of `numbering` and `cutting`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, inner
from align.encoder.wordpiece import DIGIT, PUNCTUATION

_SPACE: Final = np.uint32(32)
_SEED, _FIRST, _SECOND = (np.uint64(value) for value in (0x243F6A8885A308D3, 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93))
_INSIDE: Final = np.uint64(0x13198A2E03707344)
"""What the hash of a token begins with that goes on with a word."""
_HALF: Final = np.uint64(32)
_ONE, _TWO = np.uint64(1), np.uint64(2)
_NONE: Final = np.uint64(0)
_PUNCTUATION: Final = PUNCTUATION
_DIGIT: Final = DIGIT


@inner
def _added(hashed: Any, point: Any) -> Any:
    """The hash of a word with one more character."""
    hashed = (hashed ^ np.uint64(point)) * _FIRST
    return hashed ^ (hashed >> _HALF)


@inner
def _mixed(hashed: Any) -> Any:
    """All bits of a number in all bits of another; never 0."""
    hashed = (hashed ^ (hashed >> _HALF)) * _SECOND
    return max(hashed ^ (hashed >> _HALF), _ONE)


@inner
def _place(key: Any, table: Any) -> Any:
    """Where a key is in a table, or where it belongs: places hold a key and a number, in turn."""
    mask = np.uint64(len(table) // 2 - 1)
    at = key & mask
    while table[_TWO * at] != _NONE and table[_TWO * at] != key:
        at = (at + _ONE) & mask
    return _TWO * at


@compiled("i8(u4[::1], i8[::1], i8[::1], i8, u8[::1], i4[::1], i8[::1], i8[:,::1])")
def number(
    points: Any, starts: Any, stops: Any, known: int, table: Any, numbers: Any, edges: Any, fresh: Any
) -> int:  # fmt: skip
    """Number the pieces between spaces of some texts.

    Two pieces with one hash of 64 bits would be taken for the same: of a million, with a probability of one in
    forty million.

    Args:
        points: the characters.
        starts: where each text begins in them.
        stops: where it ends.
        known: how many pieces have numbers.
        table: hashes and numbers of those; a third of the places at least must stay empty. New ones are put in.
        numbers: filled in with the number of each piece.
        edges: filled in with where the pieces of each text begin, and where the last end.
        fresh: filled in with start and stop of each piece that is new.

    Returns:
        How many pieces are new.
    """
    done = new = 0
    for text in range(len(starts)):
        edges[text] = done
        begin, hashed = starts[text], _SEED
        for at in range(starts[text], stops[text] + 1):
            if at < stops[text] and points[at] != _SPACE:
                hashed = _added(hashed, points[at])
                continue
            key = _mixed(hashed)
            place = _place(key, table)
            if table[place] == _NONE:
                table[place], table[place + _ONE] = key, np.uint64(known + new)
                fresh[new, 0], fresh[new, 1] = begin, at
                new += 1
            numbers[done] = np.int32(table[place + _ONE])
            done += 1
            begin, hashed = at + 1, _SEED
    edges[len(starts)] = done
    return new


@compiled("void(u8[::1], u8[::1])")
def move(table: Any, larger: Any) -> None:
    """Put what a table holds into a larger one that is empty."""
    for at in range(len(table) // 2):
        key = table[2 * at]
        if key != _NONE:
            place = _place(key, larger)
            larger[place], larger[place + _ONE] = key, table[2 * at + 1]


@compiled("void(u4[::1], i8[::1], i8[::1], i4[::1], b1[::1], u8[::1])")
def plant(points: Any, starts: Any, stops: Any, tokens: Any, inside: Any, table: Any) -> None:
    """Put the tokens of a vocabulary into a table.

    Args:
        points: their characters.
        starts: where each begins in them.
        stops: where it ends.
        tokens: their numbers.
        inside: whether each goes on with a word, or begins one.
        table: hashes and numbers, none at first; half of the places at least stay empty.
    """
    for token in range(len(starts)):
        hashed = _INSIDE if inside[token] else _SEED
        for at in range(starts[token], stops[token]):
            hashed = _added(hashed, points[at])
        key = _mixed(hashed)
        place = _place(key, table)
        table[place], table[place + _ONE] = key, np.uint64(tokens[token])


@inner
def _longest(
    first: Any, begin: Any, end: Any, points: Any, into: Any, table: Any, hashes: Any
) -> tuple[Any, Any]:  # fmt: skip
    """The longest token that a word, or what is left of it, begins with: where it ends, and its number; or -1."""
    hashed = _SEED if begin == first else _INSIDE
    last = min(end, begin + len(hashes))
    for at in range(begin, last):
        hashed = _added(hashed, into[points[at]])
        hashes[at - begin] = _mixed(hashed)
    for at in range(last - 1, begin - 1, -1):
        place = _place(hashes[at - begin], table)
        if table[place] != _NONE:
            return at + 1, np.int64(table[place + _ONE])
    return begin, -1


@inner
def _is_plain(begin: Any, end: Any, points: Any, kinds: Any) -> Any:
    """Whether all characters are of the kinds that are known."""
    plain = True
    for at in range(begin, end):
        plain &= points[at] < len(kinds) and kinds[points[at]] <= _DIGIT
    return plain


@compiled("i8(u4[::1], i8[::1], i8[::1], i4[::1], i1[::1], u8[::1], u8[::1], i8, i8, i4[::1], i8[::1])")
def cut(
    points: Any, starts: Any, stops: Any, into: Any, kinds: Any, table: Any, hashes: Any, longest: int, unknown: int,
    tokens: Any, counts: Any,
) -> int:  # fmt: skip
    """Cut pieces of text into the tokens of a vocabulary (`align.encoder.wordpiece.WordPieces`).

    Args:
        points: the characters.
        starts: where each piece begins in them.
        stops: where it ends.
        into: what each character becomes.
        kinds: its kind.
        table: of the vocabulary, as `plant` leaves it.
        hashes: room for as many as the longest token has characters.
        longest: characters that a word may have.
        unknown: token of a word that has more, or cannot be made of others.
        tokens: filled in with the tokens of all pieces in a row; room for as many as there are characters.
        counts: filled in with how many each has; -1 where that must be asked of the tokenizer.

    Returns:
        How many tokens there are.
    """
    done = 0
    for piece in range(len(starts)):
        begin, stop, before = starts[piece], stops[piece], done
        if not _is_plain(begin, stop, points, kinds):
            counts[piece] = -1
            continue
        while begin < stop:
            kind, end, first = kinds[points[begin]], begin + 1, done
            while kind != _PUNCTUATION and end < stop and kinds[points[end]] == kind:
                end += 1
            at = begin if end - begin <= longest else end
            while at < end:
                after, token = _longest(begin, at, end, points, into, table, hashes)
                if token < 0:
                    done = first
                    break
                tokens[done] = token
                done += 1
                at = after
            if done == first:
                tokens[done] = unknown
                done += 1
            begin = end
        counts[piece] = done - before
    return done
