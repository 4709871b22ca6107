"""What commands that align ask of their own process."""

from __future__ import annotations

import gc
import os
from typing import Final

_SELDOM: Final = (200_000, 50, 1_000)
"""Objects between two looks for garbage, and looks of one generation for one of the next."""


def make_ready() -> None:
    """Keep OpenBLAS to one thread and look for garbage seldom; to be called before NumPy is loaded.

    Our products of matrices are small. A thread of OpenBLAS that has nothing to do waits by spinning, which on a busy
    machine costs more than all the rest: 20,000 lines took 24 s of processor time with two threads and 9 s with one.
    A person may say otherwise (``OPENBLAS_NUM_THREADS``). A long document is millions of objects and none of them is
    garbage: looking for it as often as Python does took 6 % of the time of 200,000 lines.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(*_SELDOM)
