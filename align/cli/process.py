"""What commands that align ask of their own process."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
from typing import Final

_SELDOM: Final = (200_000, 50, 1_000)
"""Objects between two looks for garbage, and looks of one generation for one of the next."""
_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of the GNU C library's ``mallopt``."""


def make_ready() -> None:
    """Keep OpenBLAS and the C library to one of each, and look for garbage seldom; to be called before NumPy is loaded.

    Our products of matrices are small. A thread of OpenBLAS that has nothing to do waits by spinning, which on a busy
    machine costs more than all the rest: 20,000 lines took 24 s of processor time with two threads and 9 s with one.
    A person may say otherwise (``OPENBLAS_NUM_THREADS``). A long document is millions of objects and none of them is
    garbage: looking for it as often as Python does took 6 % of the time of 200,000 lines.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _keep_to_one_arena()
    gc.set_threshold(*_SELDOM)


def _keep_to_one_arena() -> None:
    """Let all threads share one heap, where the GNU C library would give each its own.

    What is free in one heap is of no use to the threads of another: 20,000 lines took 290 MB with theirs and 250 MB
    with one, in the same time. A person may say otherwise (``MALLOC_ARENA_MAX``).
    """
    if sys.platform == "linux" and "MALLOC_ARENA_MAX" not in os.environ:
        with contextlib.suppress(OSError, AttributeError):  # another C library has no such thing
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
