"""How the kernel's functions are made machine code; `align.aligner.kernel.machine` keeps and loads it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import llvmlite.binding as llvm
import numba

from align.aligner.kernel.machine import PROVIDED, SUPPORTED, Form, target

_jit: Any = numba.njit
_OPTIONS: Final = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Threads may run side by side, and a division by zero is no exception."""

Function = Callable[..., Any]


def inner(function: Function) -> Function:
    """Let a function be compiled for those that call it; by itself it is neither kept nor called from outside."""
    made: Function = _jit(no_cpython_wrapper=True, **_OPTIONS)(function)
    return made


def loose(function: Function) -> Function:
    """The same for sums and extremes of numbers, none of them NaN, in any order: so they go into vector registers."""
    made: Function = _jit(no_cpython_wrapper=True, fastmath={"nnan", "nsz", "reassoc"}, **_OPTIONS)(function)
    return made


def glue(function: Function) -> Function:
    """Put a function's lines where it is called, once: compiling it by itself would take as long again."""
    made: Function = _jit(no_cpython_wrapper=True, inline="always", **_OPTIONS)(function)
    return made


def compiled(signature: str) -> Callable[[Function], Function]:
    """Compile a function when it is defined.

    Where `align.aligner.kernel.machine` cannot keep machine code, numba does, beside the source or in its own cache
    directory. It looks at no other file than the function's to see whether anything has changed: there, after a change
    of another, remove ``__pycache__/*.nb?`` here.

    Args:
        signature: types of the arguments, in numba's words. No function may make an array: what it needs is given.
    """

    def compile_or_load(function: Function) -> Function:
        if SUPPORTED:
            return _plain(signature, function)
        try:
            made: Function = _jit(signature, cache=True, **_OPTIONS)(function)
        except (RuntimeError, OSError):  # no place for a cache, or one that is full
            made = _plain(signature, function)
        return made

    return compile_or_load


def _plain(signature: str, function: Function) -> Function:
    made: Function = _jit(signature, no_cpython_wrapper=SUPPORTED, **_OPTIONS)(function)
    return made


def object_code(functions: Mapping[str, Any]) -> tuple[bytes, dict[str, Form]]:
    """The machine code of compiled functions, each under its name, and how they are called.

    Raises:
        RuntimeError: numba compiles in another way than we know.
    """
    whole, forms = llvm.parse_assembly(""), {}
    for name, function in functions.items():
        module = llvm.parse_assembly(function.inspect_llvm(function.signatures[0]))
        form = _form(function)
        _entry(module, form, list(inspect.signature(function.py_func).parameters)).name = name
        whole.link_in(module)
        forms[name] = form
    needed = {each.name for each in whole.functions if each.is_declaration and not each.name.startswith("llvm.")}
    if not needed <= PROVIDED.keys():
        raise RuntimeError(f"the compiled functions need {sorted(needed - PROVIDED.keys())}")
    code: bytes = target().emit_object(whole)
    return code, forms


def _form(function: Any) -> Form:
    """What a compiled function takes and gives."""
    takes = [(str(getattr(each, "dtype", each)), getattr(each, "ndim", 0)) for each in function.signatures[0]]
    return Form(str(function.overloads[function.signatures[0]].signature.return_type), takes)


def _entry(module: Any, form: Form, parameters: list[str]) -> Any:
    """The function of a module that is called from outside, if it takes what we expect in the order that we expect."""
    expected = ["retptr", "excinfo", *_words(form, parameters)]
    for each in module.functions:
        if each.linkage == llvm.Linkage.external and [given.name for given in each.arguments] == expected:
            return each
    raise RuntimeError(f"no function takes {expected}")


def _words(form: Form, parameters: list[str]) -> Iterator[str]:
    """Names of the numbers that make up the arguments, as numba gives them (`machine.Function` fills them in)."""
    for name, (_, dimensions) in zip(parameters, form.takes, strict=True):
        if not dimensions:
            yield f"arg.{name}"
            continue
        yield from (f"arg.{name}.{at}" for at in range(5))
        yield from (f"arg.{name}.{at}.{axis}" for at in (5, 6) for axis in range(dimensions))
