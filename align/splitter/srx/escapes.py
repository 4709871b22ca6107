r"""Escapes of Java and ICU that mean a character or a class of characters, in a set or outside."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import Final

from align.splitter.srx import properties
from align.splitter.srx.model import Dialect

DEEPEST: Final = 40
"""How many groups and sets may lie in each other: the `regex` package compiles them recursively."""

_HEX: Final = {"x": 2, "u": 4, "U": 8}
_SIMPLE: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}
_HIGH_SURROGATES: Final = range(0xD800, 0xDC00)
_LOW_SURROGATE: Final = re.compile(r"\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_HEX_DIGITS: Final = re.compile(r"[0-9A-Fa-f]{1,8}")
_OCTAL: Final = re.compile(r"[0-3]?[0-7]{1,2}")


class SyntaxProblemError(ValueError):
    """An expression cannot be translated; the message says why, without a file's name."""


def literal(character: str) -> str:
    """A character that stands for itself, in a set or outside, as the `regex` package takes it."""
    if character < " " or character == "\x7f":
        return f"\\x{ord(character):02x}"
    return f"\\{character}" if character.isascii() and not character.isalnum() else character


@dataclass(slots=True)
class Scanner:
    """Goes over an expression from left to right.

    Attributes:
        text: the expression.
        dialect: whose it is; ``(?U)`` changes it for the rest of a group.
        at: what comes next.
        depth: how deep in groups and sets we are.
        comments: whether white space and comments are skipped (``(?x)``).
    """

    text: str
    dialect: Dialect
    at: int = 0
    depth: int = 0
    comments: bool = False

    def enter(self) -> None:
        """Count a group or set that opens.

        Raises:
            SyntaxProblemError: that is one too many.
        """
        self.depth += 1
        if self.depth > DEEPEST:
            raise SyntaxProblemError(f"groups lie more than {DEEPEST} deep in each other")

    def peek(self, length: int = 1) -> str:
        """What comes next, without stepping over it."""
        return self.text[self.at : self.at + length]

    def take(self, what: str) -> bool:
        """Step over `what` if it stands here."""
        found = self.text.startswith(what, self.at)
        self.at += len(what) * found
        return found

    def quoted(self) -> str:
        r"""What stands up to ``\E``; we are at the Q of ``\Q``."""
        self.at += 1
        end = self.text.find(r"\E", self.at)
        stop = len(self.text) if end < 0 else end
        quoted = self.text[self.at : stop]
        self.at = stop if end < 0 else end + 2
        return quoted

    def character_escape(self) -> str:
        """An escape that means one character or a class of them, in a set or outside."""
        letter = self.peek()
        self.at += 1
        if letter in {"p", "P"}:
            return self._property(negated=letter == "P")
        found = properties.shorthand(letter, self.dialect) if letter.isalpha() else None
        return found or literal(self._character(letter))

    def _character(self, letter: str) -> str:
        """The one character that an escape means; its first letter is behind us."""
        if letter in _HEX:
            return self._hexadecimal(letter)
        match letter:
            case "":
                raise SyntaxProblemError("a backslash at the end")
            case "0":
                return self._octal()
            case "c":
                self.at += 1
                return chr(ord(self.text[self.at - 1 : self.at] or "@") & 0x1F)
            case "N":
                return self._by_name()
        if letter not in _SIMPLE and letter.isalnum() and letter.isascii():
            raise SyntaxProblemError(f"\\{letter} cannot be translated")
        return _SIMPLE.get(letter, letter)

    def _property(self, *, negated: bool) -> str:
        name = self._braced() if self.peek() == "{" else self.peek()
        self.at += self.text[self.at : self.at + 1] == name and len(name) == 1
        found = properties.named(name, self.dialect, negated=negated)
        if found is None:
            raise SyntaxProblemError(f"unknown property {name!r}")
        return found

    def _braced(self) -> str:
        """What stands in the braces that open here."""
        end = self.text.find("}", self.at)
        if self.peek() != "{" or end < 0:
            raise SyntaxProblemError("a { is missing its }, or missing itself")
        inside = self.text[self.at + 1 : end]
        self.at = end + 1
        return inside

    def _hexadecimal(self, letter: str) -> str:
        if letter == "x" and self.peek() == "{":
            digits = self._braced()
        else:
            digits = self.peek(_HEX[letter]).rjust(_HEX[letter])
            self.at += len(digits)
        code = int(digits, 16) if _HEX_DIGITS.fullmatch(digits) else -1
        if not 0 <= code <= sys.maxunicode:
            raise SyntaxProblemError(f"\\{letter}{digits} is no character")
        return self._low_surrogate(code) or chr(code)

    def _low_surrogate(self, high: int) -> str | None:
        r"""The character of a pair such as ``\ud83d\ude00``, which Java may write for what lies beyond U+FFFF."""
        found = _LOW_SURROGATE.match(self.text, self.at)
        if found is None or high not in _HIGH_SURROGATES:
            return None
        self.at = found.end()
        return chr(0x10000 + ((high - _HIGH_SURROGATES.start) << 10) + int(found[1], 16) - _HIGH_SURROGATES.stop)

    def _octal(self) -> str:
        found = _OCTAL.match(self.text, self.at)
        if found is None:
            raise SyntaxProblemError(r"\0 without octal digits")
        self.at = found.end()
        return chr(int(found[0], 8))

    def _by_name(self) -> str:
        name = self._braced()
        try:
            return unicodedata.lookup(name)
        except KeyError:
            raise SyntaxProblemError(f"no character is called {name!r}") from None
