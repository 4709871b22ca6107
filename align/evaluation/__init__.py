"""How well an alignment agrees with human gold, never without saying what was compared."""

from align.evaluation.comparison import Evaluation, Reliability, evaluate
from align.evaluation.counting import Counts, lax, links, merged, strict
from align.evaluation.documents import Annotated
from align.evaluation.formats import FORMATS, read_annotated
from align.evaluation.gold import GoldDocument, locate, read_gold
from align.evaluation.page import error_page
from align.evaluation.resampling import Difference, Interval

__all__ = [
    "FORMATS",
    "Annotated",
    "Counts",
    "Difference",
    "Evaluation",
    "GoldDocument",
    "Interval",
    "Reliability",
    "error_page",
    "evaluate",
    "lax",
    "links",
    "locate",
    "merged",
    "read_annotated",
    "read_gold",
    "strict",
]
