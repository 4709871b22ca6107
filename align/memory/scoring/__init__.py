"""How likely it is that the texts of a unit translate each other: the aligner's cues, for units of any memory."""

from __future__ import annotations

from align.memory.scoring.judging import Judge, Judgement, Scored, score

__all__ = ["Judge", "Judgement", "Scored", "score"]
