"""What each paragraph of a statement is: prose, heading, turn, or something about the page.

`label` looks at every paragraph by itself, then at the document as a whole: where the text begins and
ends, what language it is in, which lines stand in a row. Every label but plain body carries a reason.
"""

from __future__ import annotations

from corpora.structure.labelling import label

__all__ = ["label"]
