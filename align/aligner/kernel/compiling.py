"""How the kernel's functions are made machine code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numba

_jit: Any = numba.njit
_OPTIONS: Final = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Threads may run side by side, and a division by zero is no exception."""

Function = Callable[..., Any]


def inner(function: Function) -> Function:
    """Let a function be compiled for those that call it; by itself it is neither kept nor called from outside."""
    made: Function = _jit(no_cpython_wrapper=True, **_OPTIONS)(function)
    return made


def glue(function: Function) -> Function:
    """Put a function's lines where it is called, once: compiling it by itself would take as long again."""
    made: Function = _jit(no_cpython_wrapper=True, inline="always", **_OPTIONS)(function)
    return made


def is_kept() -> bool:
    """Whether what is compiled can be kept for the next run."""
    try:
        _jit(cache=True)(is_kept)
    except RuntimeError:
        return False
    return True


def compiled(signature: str) -> Callable[[Function], Function]:
    """Compile a function when it is defined, or load what was compiled by an earlier run.

    Numba keeps machine code beside the source or, where that may not be written, in the user's cache directory. Where
    neither can be, every run compiles anew.

    Args:
        signature: types of the arguments, in numba's words. What the function calls must be in the same file, and what
            may change is given as an argument, for numba looks at no other file to see whether anything has changed:
            after a change of `align.aligner.lattice` remove ``__pycache__/*.nb?`` here.
    """

    def compile_or_load(function: Function) -> Function:
        try:
            made: Function = _jit(signature, cache=True, **_OPTIONS)(function)
        except (RuntimeError, OSError):  # no place for a cache, or one that is full
            made = _jit(signature, **_OPTIONS)(function)
        return made

    return compile_or_load
