"""Numbering pieces of text by their hashes: the loops of `kernel.numbering`."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.aligner.kernel.compiling import compiled, inner

_SPACE: Final = np.uint32(32)
_SEED, _FIRST, _SECOND = (np.uint64(value) for value in (0x243F6A8885A308D3, 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93))
_HALF: Final = np.uint64(32)
_ONE, _TWO = np.uint64(1), np.uint64(2)
_NONE: Final = np.uint64(0)


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
                hashed = (hashed ^ np.uint64(points[at])) * _FIRST
                hashed ^= hashed >> _HALF
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
