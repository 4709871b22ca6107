"""The table of token vectors: mapped from disk, checked, and summed up text by text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from align.encoder.layout import first_line
from align.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.encoder.protocol import Vectors

Ids = npt.NDArray[np.intp]
Rows = npt.NDArray[Any]

_DTYPES: Final = {"I8": "<i1", "F16": "<f2", "F32": "<f4", "F64": "<f8", "I32": "<i4", "I64": "<i8"}
_ROW_DTYPES: Final = frozenset({"I8", "F16", "F32", "F64"})
_SCALE_DTYPES: Final = frozenset({"F16", "F32", "F64"})
_MAPPING_DTYPES: Final = frozenset({"I32", "I64"})

_LARGEST: Final = 1e9
"""Beyond this, the squared length of a long text's vector would leave float32; sane tables stay below 100."""

_BLOCK: Final = 2048
"""Tokens summed at a time: 2 MiB of float32 at 256 dimensions. Half or twice as many take longer."""


@dataclass(frozen=True, eq=False, slots=True)
class TokenTable:
    """One vector a token, in as few bytes as the file has.

    Token ``t`` stands for ``rows[mapping[t]] * scales[t]``. Nothing but the rows that a text
    needs is ever read from disk or turned into float32.

    Attributes:
        rows: shape ``(r, dimension)``, int8 or float, mapped from the file.
        scales: shape ``(tokens,)``, float32.
        mapping: shape ``(tokens,)``, from token id to row; None when they are the same.
    """

    rows: Rows
    scales: npt.NDArray[np.float32]
    mapping: Ids | None
    _file: npt.NDArray[np.uint8] = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> TokenTable:
        """Map a safetensors file in the layout of sentence-transformers or of model2vec.

        The former has one tensor, ``embedding.weight``; the latter ``embeddings`` and, optionally,
        ``weights`` (a scale a token) and ``mapping`` (a row a token).

        Raises:
            ModelError: the file is broken, its tensors have other names, types or shapes, do not fit
                each other, or hold a NaN, an infinity or an absurdly large number.
        """
        file, tensors = _map_tensors(path)
        if "embedding.weight" in tensors:
            tensors = {"embeddings": tensors["embedding.weight"]}
        rows = _tensor(path, tensors, "embeddings", 2, _ROW_DTYPES)
        if rows is None or not rows.size:
            raise ModelError(f"{path}: no table of embeddings in it; this is not a static model")
        mapping = _tensor(path, tensors, "mapping", 1, _MAPPING_DTYPES)
        scales = _tensor(path, tensors, "weights", 1, _SCALE_DTYPES)
        _check(path, rows, scales, mapping)
        tokens = len(rows) if mapping is None else len(mapping)
        return cls(
            rows,
            np.ones(tokens, np.float32) if scales is None else scales.astype(np.float32),
            None if mapping is None else mapping.astype(np.intp),
            file,
        )

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.rows.shape[1])

    def __len__(self) -> int:
        """How many token ids have a vector."""
        return len(self.scales)

    def digest(self) -> str:
        """SHA-256 of the very bytes that are mapped, in hexadecimal; reads the whole file."""
        return hashlib.sha256(self._file.data).hexdigest()

    def vectors(self, ids: Ids) -> Vectors:
        """The vector of each token, shape ``(len(ids), dimension)``."""
        rows = self.rows[ids if self.mapping is None else self.mapping[ids]].astype(np.float32)
        rows *= self.scales[ids, np.newaxis]
        return rows

    def sums(self, ids: Ids, lengths: Ids) -> Vectors:
        """Add up the token vectors of each text.

        Texts of the same length are summed together: in NumPy that is five times as fast as
        `numpy.add.reduceat` over texts in their own order.

        Args:
            ids: the token ids of all texts, one text after the other; each below ``len(self)``.
            lengths: how many of them each text has.

        Returns:
            Shape ``(len(lengths), dimension)``; zero for a text without tokens.
        """
        starts = np.cumsum(lengths) - lengths
        order = np.argsort(lengths, kind="stable")
        result = np.zeros((len(lengths), self.dimension), np.float32)
        # Used again for each block: fresh memory would cost as much as the sums themselves.
        taken = np.empty((_BLOCK, self.dimension), self.rows.dtype)
        widened = np.empty((_BLOCK, self.dimension), np.float32)
        for block, length in _blocks(lengths[order]):
            texts = order[block]
            tokens = ids[starts[texts, np.newaxis] + np.arange(length)]
            for start in range(0, length, _BLOCK):
                result[texts] += self._sum(tokens[:, start : start + _BLOCK], taken, widened)
        return result

    def _sum(self, tokens: Ids, taken: Rows, widened: Vectors) -> Vectors:
        """Sum over the second axis of ``(texts, length)`` token ids, with two buffers to work in."""
        indices = tokens if self.mapping is None else self.mapping[tokens]
        # Indices are known to be good, and "clip" spares them a second look and a buffer.
        self.rows.take(indices.ravel(), axis=0, out=taken[: tokens.size], mode="clip")
        widened[: tokens.size] = taken[: tokens.size]
        vectors = widened[: tokens.size].reshape(*tokens.shape, self.dimension)
        # einsum, not matmul: no slower, no threads of its own, the same bits on every machine's BLAS.
        summed: Vectors = np.einsum("nl,nld->nd", self.scales[tokens], vectors)
        return summed


def _blocks(lengths: Ids) -> Iterator[tuple[slice, int]]:
    """Cut ascending `lengths` into runs of one length and at most `_BLOCK` tokens; skip zeros."""
    start = int(np.searchsorted(lengths, 0, side="right"))
    while start < len(lengths):
        length = int(lengths[start])
        same = int(np.searchsorted(lengths, length, side="right"))
        stop = min(same, start + max(1, _BLOCK // length))
        yield slice(start, stop), length
        start = stop


def _map_tensors(path: Path) -> tuple[npt.NDArray[np.uint8], dict[str, Rows]]:
    """Map the file and find its tensors, each a view of it."""
    try:
        with safe_open(path, framework="numpy"):
            pass  # safetensors' own check of header, offsets and file size
        file = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path}: not a whole safetensors file ({first_line(error)}); copy the model again") from error
    start = 8 + int.from_bytes(file[:8].tobytes(), "little")
    header = json.loads(file[8:start].tobytes())
    header.pop("__metadata__", None)
    return file, {name: _view(file[start:], entry) for name, entry in header.items()}


def _view(data: npt.NDArray[np.uint8], entry: dict[str, Any]) -> Rows:
    first, last = entry["data_offsets"]
    # A tensor of a type that we do not know stays raw bytes, which `_tensor` refuses if we need it.
    dtype = _DTYPES.get(entry["dtype"], "V1")
    view = data[first:last].view(dtype)
    return view.reshape(entry["shape"]) if dtype != "V1" else view


def _tensor(path: Path, tensors: dict[str, Rows], name: str, dimensions: int, dtypes: frozenset[str]) -> Rows | None:
    """Get a tensor of the right type and number of dimensions; None when the file has none of the name."""
    tensor = tensors.get(name)
    if tensor is None:
        return None
    if tensor.ndim != dimensions or tensor.dtype not in [np.dtype(_DTYPES[dtype]) for dtype in dtypes]:
        raise ModelError(
            f"{path}: {name} is {tensor.ndim}-dimensional {tensor.dtype}, but should be "
            f"{dimensions}-dimensional {' or '.join(sorted(dtypes))}; save the model again"
        )
    return tensor


def _check(path: Path, rows: Rows, scales: Rows | None, mapping: Rows | None) -> None:
    tokens = len(rows) if mapping is None else len(mapping)
    if mapping is not None and not (mapping.size and mapping.min() >= 0 and mapping.max() < len(rows)):
        raise ModelError(f"{path}: mapping points outside the {len(rows)} embeddings; save the model again")
    if scales is not None and len(scales) != tokens:
        raise ModelError(f"{path}: {len(scales)} weights for {tokens} tokens; save the model again")
    largest = _magnitude(rows) * (1.0 if scales is None else _magnitude(scales))
    if not largest < _LARGEST:  # written so that a NaN is refused as well
        raise ModelError(f"{path}: a weight is NaN, infinite or absurdly large; train or copy the model again")


def _magnitude(values: Rows) -> float:
    """Find the largest absolute value; infinite or NaN if there is such a one.

    Without their sign bit, IEEE numbers have the order of their bits read as integers, infinity and
    NaN on top. That is several times as fast as asking floats, half precision above all.
    """
    if values.dtype.kind == "i":
        return 128.0
    bits = np.dtype(f"<u{values.itemsize}")
    unsigned = bits.type(np.iinfo(bits).max >> 1)
    step = max(1, _BLOCK * 256 // max(1, values[:1].size))
    blocks = (values[start : start + step] for start in range(0, len(values), step))
    top = max((int((block.view(bits) & unsigned).max()) for block in blocks), default=0)
    return float(np.array([top], bits).view(values.dtype)[0])
