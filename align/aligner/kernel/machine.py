"""The kernel's machine code: made once by numba, kept in a file, and loaded by LLVM alone.

To load numba takes 0.6 s of processor time and 80 MB, each time anew; LLVM (`llvmlite`, which numba brings along) takes
0.04 s and 30 MB, most of it pages of a library that all processes share. So numba is asked only where there is no code
yet for these sources and this processor.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from align.aligner import lattice
from align.encoder import wordpiece
from corpora.errors import ToolkitWarning

SUPPORTED: Final = sys.platform == "linux"
"""Where machine code is loaded in this way; elsewhere numba keeps and loads its own, in its own way."""
PROVIDED: Final = {"NRT_MemInfo_call_dtor": "abort"}
"""What the code may ask of others, and the function of the C library that it gets. This one ends the life of arrays
that numba made, and there are none."""
VERSIONS: Final = 3
"""Files that are left in a place: these sources', and what others who share it (another processor) may still use."""
_NAMES: Final = (
    "pair_scores", "posteriors", "best_path", "cover", "relate", "number", "move", "plant", "cut", "add_up", "add_rows",
    "heaviest", "nearest", "norms", "count_grams", "letters",
)  # fmt: skip
_C_TYPES: Final[dict[str, Any]] = {"float64": ctypes.c_double, "int64": ctypes.c_int64, "none": ctypes.c_void_p}


class Form(NamedTuple):
    """How a function is called: what it gives, and type and dimensions of what it takes, 0 for a number."""

    gives: str
    takes: list[tuple[str, int]]


class Function:
    """A function of the kernel. It does not hold the interpreter's lock while it works."""

    def __init__(self, address: int, form: Form) -> None:
        """Make a function that can be called of the place of its code."""
        self._takes = [(np.dtype(name), dimensions) for name, dimensions in form.takes]
        self._gives = _C_TYPES[form.gives]
        words = [
            kind
            for name, dimensions in form.takes
            for kind in ([ctypes.c_int64] * (5 + 2 * dimensions) if dimensions else [_C_TYPES[name]])
        ]
        self._call = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *words)(address)

    def __call__(self, *values: Any) -> Any:
        """Call it with arrays and numbers of the very types that it takes.

        Raises:
            TypeError: an array is of another type.
            RuntimeError: it failed.
        """
        if len(values) != len(self._takes):
            raise TypeError(f"{len(values)} arguments where {len(self._takes)} were expected")
        return self.of(*values)()

    def of(self, *values: Any) -> Callable[..., Any]:
        """The function with its first arguments given; the others are numbers.

        Raises:
            TypeError: an array is of another type.
        """
        words = [word for value, kind in zip(values, self._takes, strict=False) for word in _words(value, *kind)]
        return partial(self._run, values, words)

    def _run(self, _: tuple[Any, ...], words: list[Any], *numbers: Any) -> Any:
        """Call it with what its arguments come to; the arrays that these point into must be there still."""
        result, error = self._gives(), ctypes.c_void_p()
        if self._call(ctypes.byref(result), ctypes.byref(error), *words, *numbers):
            raise RuntimeError("the compiled search failed")
        return result.value


def given(function: Callable[..., Any], *values: Any) -> Callable[..., Any]:
    """A compiled function with its first arguments given; the others are numbers. Called often, it is faster so."""
    return function.of(*values) if isinstance(function, Function) else partial(function, *values)


def _words(value: Any, dtype: np.dtype[Any], dimensions: int) -> Iterator[Any]:
    """What numba takes for a value: owner twice, size, size of an item, place, shape and strides of an array."""
    if not dimensions:
        yield value
        return
    if value.dtype != dtype or value.ndim != dimensions or not value.flags.c_contiguous:
        raise TypeError(f"{value.dtype} of shape {value.shape} where {dtype} of {dimensions} dimensions was expected")
    yield from (0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides)


@dataclass(frozen=True, slots=True)
class Kernel:
    """The functions that are called from outside; see `beads` and `paths`.

    Attributes:
        pair_scores: of `align.aligner.kernel.beads`.
        posteriors: of `align.aligner.kernel.paths`.
        best_path: the same.
        cover: of `align.aligner.kernel.tokens`.
        relate: the same.
        number: of `align.aligner.kernel.pieces`.
        move: the same.
        plant: the same.
        cut: the same.
        add_up: of `align.aligner.kernel.sums`.
        add_rows: the same.
        heaviest: the same.
        nearest: the same.
        norms: the same.
        count_grams: the same.
        letters: the same.
        engine: what holds their code in memory.
    """

    pair_scores: Callable[..., Any]
    posteriors: Callable[..., Any]
    best_path: Callable[..., Any]
    cover: Callable[..., Any]
    relate: Callable[..., Any]
    number: Callable[..., Any]
    move: Callable[..., Any]
    plant: Callable[..., Any]
    cut: Callable[..., Any]
    add_up: Callable[..., Any]
    add_rows: Callable[..., Any]
    heaviest: Callable[..., Any]
    nearest: Callable[..., Any]
    norms: Callable[..., Any]
    count_grams: Callable[..., Any]
    letters: Callable[..., Any]
    engine: Any = None


@lru_cache(maxsize=1)  # one a process
def kernel() -> Kernel:
    """The compiled functions: loaded, or compiled, and then kept where there is a place for them.

    Raises:
        Exception: numba or LLVM are not there, or do not work here; of any kind.
    """
    if not SUPPORTED:
        return Kernel(*_functions())
    found = _kept()
    code, forms = _made() if found is None else found
    if found is None:
        _keep(code, forms)
    engine = _engine(code)
    functions = {name: Function(engine.get_function_address(name), forms[name]) for name in _NAMES}
    return Kernel(**functions, engine=engine)


@lru_cache(maxsize=1)  # what failed once is not tried again for each document
def works() -> bool:
    """Whether the compiled functions can be had; warns where that is not for want of numba or LLVM."""
    try:
        kernel()
    except ModuleNotFoundError:
        return False
    except Exception as error:  # noqa: BLE001  # whatever it is, NumPy does the same
        message = f"the compiled search does not work here ({error}): NumPy is used, and long documents take longer"
        warnings.warn(" ".join(message.split()), ToolkitWarning, stacklevel=2)
        return False
    return True


def is_kept() -> bool:
    """Whether there is machine code from an earlier run, for these sources and this processor."""
    if kernel.cache_info().currsize:
        return True
    # A place that may not even be looked into, as another's home, is no error here.
    return SUPPORTED and any(os.access(place / _name(), os.R_OK) for place in _places())


def can_be_kept() -> bool:
    """Whether machine code can be kept for the next run."""
    if SUPPORTED:
        return any(map(_is_writable, _places()))
    import numba

    try:
        numba.njit(cache=True)(can_be_kept)
    except RuntimeError:
        return False
    return True


Made = tuple[bytes, dict[str, Form]]
"""Object code, and how its functions are called."""


def _made() -> Made:
    from align.aligner.kernel.compiling import object_code

    return object_code(dict(zip(_NAMES, _functions(), strict=True)))


def _functions() -> tuple[Callable[..., Any], ...]:
    """What numba compiles, in the order of their names."""
    from align.aligner.kernel import beads, paths, pieces, sums, tokens

    rooms = (beads, paths, pieces, sums, tokens)
    found = {name: getattr(room, name) for name in _NAMES for room in rooms if hasattr(room, name)}
    return tuple(found[name] for name in _NAMES)


def _places() -> Iterator[Path]:
    """Where code may be kept: beside the source, and in the user's cache directory."""
    yield Path(__file__).parent / "__pycache__"
    from align.encoder.cache import directory  # it brings SQLite, which is not needed where the first place does

    if (place := directory()) is not None:
        yield place


def _is_writable(place: Path) -> bool:
    """Whether files can be made in a directory, or it itself."""
    while not os.access(place, os.F_OK) and place != place.parent:
        place = place.parent
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


@lru_cache(maxsize=1)
def _name() -> str:
    """The file's name, another for other sources, another LLVM or another processor."""
    import llvmlite

    seen = hashlib.sha256(f"{llvmlite.__version__} {_processor()}".encode())
    for source in (*sorted(Path(__file__).parent.glob("*.py")), Path(lattice.__file__), Path(wordpiece.__file__)):
        seen.update(source.read_bytes())
    return f"kernel-{seen.hexdigest()[:24]}.o"


def _kept() -> Made | None:
    """What an earlier run kept; None where there is nothing, or something broken."""
    for place in _places():
        with contextlib.suppress(OSError):
            digest, _, rest = (place / _name()).read_bytes().partition(b"\n")
            if digest == hashlib.sha256(rest).hexdigest().encode():
                head, _, code = rest.partition(b"\n")
                return code, {name: Form(*form) for name, form in json.loads(head).items()}
    return None


def _keep(code: bytes, forms: dict[str, Form]) -> None:
    """Keep code for the next run, in the first place that takes it."""
    rest = json.dumps(forms).encode() + b"\n" + code
    for place in _places():
        temporary = place / f".{os.urandom(6).hex()}.tmp"
        try:
            place.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
            temporary.replace(place / _name())
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        else:
            _tidy(place)
            return


def _tidy(place: Path) -> None:
    """Remove all but the newest files of a place.

    Other processes may be at the same: one that has loaded a file no longer needs it, and one that comes too late for
    it compiles anew.
    """
    found = []
    for path in place.glob(f"kernel-{'[0-9a-f]' * 24}.o"):
        with contextlib.suppress(OSError):
            found.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(found, reverse=True)[VERSIONS:]:
        with contextlib.suppress(OSError):
            path.unlink()


def _processor() -> str:
    """What the processor is, as LLVM names it, and what it can do."""
    import llvmlite.binding as llvm

    return f"{llvm.get_process_triple()} {llvm.get_host_cpu_name()} {_features()}"


def _features() -> str:
    import llvmlite.binding as llvm

    try:
        return str(llvm.get_host_cpu_features().flatten())
    except RuntimeError:  # LLVM does not know for this processor
        return ""


def target() -> Any:
    """What makes code for this processor."""
    import llvmlite.binding as llvm

    with contextlib.suppress(RuntimeError):  # newer ones begin by themselves, and say so
        llvm.initialize()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=_features(), opt=3, codemodel="jitdefault", jit=True
    )


def _engine(code: bytes) -> Any:
    """Object code in memory, ready to run.

    Raises:
        RuntimeError: the system or LLVM refuses.
    """
    import llvmlite.binding as llvm

    machine = target()
    llvm.check_jit_execution()
    for name, function in PROVIDED.items():
        address = ctypes.cast(getattr(ctypes.CDLL(None), function), ctypes.c_void_p).value
        llvm.add_symbol(name, address)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine
