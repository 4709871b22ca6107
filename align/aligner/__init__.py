"""The aligner: cues, search, posteriors; the only place with numerical loops."""

from align.aligner.aligner import Aligner, from_sentences

__all__ = ["Aligner", "from_sentences"]
