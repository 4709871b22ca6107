"""The text of a unit: the document's own characters on one line."""

from __future__ import annotations

import re
from typing import Final

# What XML 1.0 (section 2.2, Char) does not allow, not even escaped: one such character loses the file.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END: Final = re.compile("[\n\r\v\f]")
_BLANKS: Final = re.compile("[ \t\n\r\v\f]+")
# Everything that str.splitlines or a table reader takes for the end of a row or of a field.
_ROW_OR_FIELD_END: Final = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def clean(text: str) -> str:
    r"""Put `text` on one line, as a translation memory wants it.

    A line end with the blanks around it becomes one space, as a CAT tool reads hard-wrapped text; white
    space at both ends goes; characters that XML 1.0 forbids go. All else stays as the document has it.

    >>> clean("  Он\n  приехал\x07 в\xa0г. Орёл. ")
    'Он приехал в\xa0г. Орёл.'
    """
    if text.isprintable():  # nothing below can be in it, and it is soon seen
        return text.strip()
    if _LINE_END.search(text):
        text = _BLANKS.sub(_one_space_for_a_line_end, text)
    return _FORBIDDEN.sub("", text).strip()


def clean_cell(text: str) -> str:
    """`clean`, for a table: tabs and the rarer line ends of Unicode become a space too."""
    return _ROW_OR_FIELD_END.sub(" ", clean(text))


def _one_space_for_a_line_end(blanks: re.Match[str]) -> str:
    return " " if _LINE_END.search(blanks[0]) else blanks[0]
