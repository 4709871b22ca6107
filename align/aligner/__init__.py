"""The aligner: cues, search, posteriors; the only place with numerical loops."""

from align.aligner.aligner import Aligner, from_sentences
from align.aligner.moves import Move, with_moves

__all__ = ["Aligner", "Move", "from_sentences", "with_moves"]
