"""Making rows unit length, the one way for every encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from align.encoder.protocol import Vectors

_NOTHING: Final = 1e-12
"""A row shorter than this has nothing to say; sentence-transformers draws the line there, too."""


def normalise(vectors: Vectors, out: Vectors | None = None) -> Vectors:
    """Scale each row to unit length.

    Args:
        vectors: shape ``(n, dimension)``, finite.
        out: where to put the result, perhaps `vectors` itself; None for a new array.

    Returns:
        An array of the same shape; rows without length become all zero.
    """
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    factors = np.zeros_like(lengths)
    np.divide(1.0, lengths, out=factors, where=lengths > _NOTHING)
    unit: Vectors = np.multiply(vectors, factors[:, np.newaxis], out=out)
    return unit
