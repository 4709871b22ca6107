"""Threads of the linear algebra under NumPy, for commands that align."""

from __future__ import annotations

import os


def keep_to_one_thread() -> None:
    """Let OpenBLAS work in one thread, unless a person says otherwise; to be called before NumPy is loaded.

    Our products of matrices are small. A thread of OpenBLAS that has nothing to do waits by spinning, which on a busy
    machine costs more than all the rest: 20,000 lines took 24 s of processor time with two threads and 9 s with one.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
