r"""Regular expressions of Java and ICU, written anew for the `regex` package (its version 1 behaviour).

What the two share with `regex` goes through; what they write otherwise is translated: ``\p{javaLowerCase}``,
``\p{InCyrillic}``, ``\h``, ``\R``, ``\Q…\E``, ``\x{…}``, ``\uXXXX``, sets within sets, the ``x`` flag. What
cannot be said there is an error that says so. Nothing is guessed: a construct that is not known is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from align.splitter.srx.escapes import SyntaxProblemError, literal
from align.splitter.srx.model import Dialect
from align.splitter.srx.sets import SetScanner

LARGEST: Final = 200_000
"""How many characters an expression may have with ``{n}`` written out: the `regex` package does write it out."""

_LONGEST_REPEAT: Final = 50_000
_ANCHORS: Final = {"A": r"\A", "b": r"\b", "B": r"\B", "z": r"\Z", "Z": r"(?=\n?\Z)", "X": r"\X"}
_LINE_BREAK: Final = r"(?:\r\n|[\n\x0b\f\r\x85\u2028\u2029])"
_GROUPS: Final = ("?:", "?=", "?!", "?>", "?<=", "?<!")
_NAMED_GROUP: Final = re.compile(r"\?<([A-Za-z]\w*)>")
_FLAGS: Final = re.compile(r"\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])")
_REPEAT: Final = re.compile(r"\{(\d+)(,?)(\d*)\}")
_REFERENCE: Final = re.compile(r"k<([A-Za-z]\w*)>|([1-9])")
_KNOWN_FLAGS: Final = frozenset("imsxduUw")
_PASSED_FLAGS: Final = "ims"


@dataclass(frozen=True, slots=True)
class Translated:
    """An expression for the `regex` package.

    Attributes:
        pattern: its text, for compilation with ``V1`` and ``DOTALL``; its flags do not reach beyond it.
        captures: whether it refers back to a group; its groups then must stay the pattern's first ones.
    """

    pattern: str
    captures: bool = False


def translate(pattern: str, dialect: Dialect) -> Translated:
    """Translate a whole expression.

    Raises:
        SyntaxProblemError: it is no valid expression, or says what `regex` cannot.
    """
    first = _Translator(pattern, dialect)
    written = first.run()
    if not first.refers_back:
        return Translated(written)
    return Translated(_Translator(pattern, dialect, capturing=True).run(), captures=True)


@dataclass(slots=True)
class _Translator(SetScanner):
    """One pass over an expression.

    Attributes:
        capturing: whether groups are kept as such; else all are written ``(?:…)``.
        refers_back: whether a reference to a group was met.
    """

    capturing: bool = False
    refers_back: bool = field(default=False, init=False)

    def run(self) -> str:
        """The whole expression, translated."""
        written, _ = self._alternatives()
        if self.at < len(self.text):
            raise SyntaxProblemError("a ) without its (")
        return written

    def _alternatives(self) -> tuple[str, int]:
        """Everything up to the end of the group, and its size with repeats written out."""
        self.enter()
        comments, dialect = self.comments, self.dialect
        parts: list[str] = []
        size = 0
        while self.at < len(self.text) and self.peek() != ")":
            part, cost = self._item()
            parts.append(part)
            size += cost
            if size > LARGEST:
                raise SyntaxProblemError(f"more than {LARGEST} characters when its repeats are written out")
        self.comments, self.dialect = comments, dialect  # flags set within a group end with it
        self.depth -= 1
        return "".join(parts), size

    def _item(self) -> tuple[str, int]:
        """One atom with its quantifier, or what stands between atoms."""
        if self.take("|"):
            return "|", 1
        if self.comments and self._skip_comment():
            return "", 0
        atom, size, repeatable = self._atom()
        return self._quantified(atom, size) if repeatable else (atom, size)

    def _skip_comment(self) -> bool:
        if self.peek().isspace():
            self.at += 1
            return True
        if self.peek() != "#":
            return False
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end
        return True

    def _atom(self) -> tuple[str, int, bool]:
        """What stands here, its size, and whether a quantifier may follow."""
        character = self.peek()
        if character == "(":
            return self._group()
        self.at += 1
        match character:
            case "[":
                return self.posix() or self.set(), 1, True
            case "\\":
                return self._escape()
            case "." | "^" | "$":
                return character, 1, True
            case "*" | "+" | "?":
                raise SyntaxProblemError(f"nothing for {character} to repeat")
            case "{":
                raise SyntaxProblemError(r"a { that begins no number of repeats; write \{")
        return literal(character), 1, True

    def _quantified(self, atom: str, size: int) -> tuple[str, int]:
        while self.comments and self._skip_comment():
            pass
        repeat = self._repeat()
        if not repeat:
            return atom, size
        count, times = repeat
        kind = self.peek() if self.peek() in {"?", "+"} else ""
        self.at += len(kind)
        return f"{atom}{count}{kind}", size * times

    def _repeat(self) -> tuple[str, int] | None:
        """A quantifier and how often it writes its atom out; None where none stands."""
        if self.peek() and self.peek() in "*+?":
            self.at += 1
            return self.text[self.at - 1], 1
        if self.peek() != "{":
            return None
        found = _REPEAT.match(self.text, self.at)
        if found is None:
            raise SyntaxProblemError(r"a { that begins no number of repeats; write \{")
        self.at = found.end()
        least, most = int(found[1][:9]), int(found[3][:9] or found[1][:9])
        if max(least, most) > _LONGEST_REPEAT or most < least:
            raise SyntaxProblemError(f"repeats {found[0]} are out of order or over {_LONGEST_REPEAT}")
        return f"{{{least}{found[2]}{most if found[3] else ''}}}", max(1, most)

    def _group(self) -> tuple[str, int, bool]:
        self.at += 1
        if self.peek() != "?":
            return self._body("(" if self.capturing else "(?:")
        if self.take("?#"):
            return self._comment_group()
        for opening in sorted(_GROUPS, key=len, reverse=True):
            if self.take(opening):
                return self._body(f"({opening}")
        if name := _NAMED_GROUP.match(self.text, self.at):
            self.at = name.end()
            return self._body(f"(?P<{name[1]}>" if self.capturing else "(?:")
        return self._flags()

    def _body(self, opening: str) -> tuple[str, int, bool]:
        inside, size = self._alternatives()
        if not self.take(")"):
            raise SyntaxProblemError("a ( without its )")
        return f"{opening}{inside})", size + 1, True

    def _comment_group(self) -> tuple[str, int, bool]:
        end = self.text.find(")", self.at)
        if end < 0:
            raise SyntaxProblemError("a comment (?# without its )")
        self.at = end + 1
        return "", 0, False

    def _flags(self) -> tuple[str, int, bool]:
        """``(?i)``, ``(?i-m:…)``: flags of `regex` go through, the others are for us."""
        found = _FLAGS.match(self.text, self.at)
        if found is None or not set(found[1] + (found[2] or "")) <= _KNOWN_FLAGS:
            raise SyntaxProblemError(f"({self.peek(3)}… is no group that can be translated")
        self.at = found.end()
        on, off = found[1], found[2] or ""
        before = self.comments, self.dialect
        self.comments = ("x" in on or self.comments) and "x" not in off
        self.dialect = "icu" if "U" in on else self.dialect
        passed = "".join(flag for flag in _PASSED_FLAGS if flag in on)
        dropped = "".join(flag for flag in _PASSED_FLAGS if flag in off)
        switch = f"?{passed}{'-' if dropped else ''}{dropped}"
        if found[3] == ")":
            return (f"({switch})" if len(switch) > 1 else ""), 1, False
        body = self._body(f"({switch}:")
        self.comments, self.dialect = before
        return body

    def _escape(self) -> tuple[str, int, bool]:
        """What follows a backslash, outside a set."""
        letter = self.peek()
        if letter in _ANCHORS and not (letter == "b" and self.peek(2) == "b{"):
            self.at += 1
            return _ANCHORS[letter], 1, True
        if letter == "R":
            self.at += 1
            return _LINE_BREAK, 2, True
        if letter == "Q":
            quoted = self.quoted()
            # A quantifier takes hold of the last character alone, as in Java.
            return "".join(map(literal, quoted)), len(quoted), bool(quoted)
        if letter == "k" or (letter.isdigit() and letter != "0"):
            return self._reference(), 1, True
        return self.character_escape(), 1, True

    def _reference(self) -> str:
        self.refers_back = True
        found = _REFERENCE.match(self.text, self.at)
        if found is None:
            raise SyntaxProblemError(r"\k without the <name> of a group")
        self.at = found.end()
        return f"(?P={found[1]})" if found[1] else f"(?:\\{found[2]})"
