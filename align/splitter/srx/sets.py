"""Sets of characters (``[…]``) of Java and ICU: unions, sets within sets, intersections and differences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from align.splitter.srx import properties
from align.splitter.srx.escapes import Scanner, SyntaxProblemError, literal

_POSIX: Final = re.compile(r":(\^?)([^:\[\]]+):\]")
_ONE: Final = re.compile(r"\\([^\w])|(.)|\\x([0-9a-f]{2})", re.DOTALL)
_NO_MEMBER: Final = frozenset("bBAzZRXkG")


@dataclass(slots=True)
class SetScanner(Scanner):
    """A `Scanner` that knows sets."""

    def posix(self) -> str | None:
        """ICU's ``[:name:]``, where it stands here; the ``[`` is behind us."""
        found = _POSIX.match(self.text, self.at)
        if found is None or self.dialect == "java":
            return None
        self.at = found.end()
        written = properties.named(found[2], self.dialect, negated=bool(found[1]))
        if written is None:
            raise SyntaxProblemError(f"unknown property {found[2]!r}")
        return written

    def set(self) -> str:
        """A set; its ``[`` is behind us. Intersections and differences are taken from left to right."""
        self.enter()
        negation = "^" if self.take("^") else ""
        whole = self._union(first=True)
        while not self.take("]"):
            operator = self._operator()
            whole = f"[{whole}]{operator}[{self._union(first=False)}]"
        self.depth -= 1
        return f"[{negation}{whole}]"

    def _operator(self) -> str:
        for written, operator in (("&&", "&&"), ("--", "--"), ("&", "&&"), ("-", "--")):
            if self.take(written):
                return operator
        raise SyntaxProblemError("a [ without its ]")

    def _ends_union(self) -> bool:
        if self.at >= len(self.text) or self.peek(2) == "&&":
            return True
        return self.dialect == "icu" and self.peek(2) in {"--", "-[", "&["}

    def _union(self, *, first: bool) -> str:
        parts: list[str] = []
        while not self._ends_union():
            if self.peek() == "]" and (parts or not first):
                break
            parts.append(self._member())
        if not any(parts):
            raise SyntaxProblemError("an empty set, or a [ without its ]")
        return "".join(parts)

    def _member(self) -> str:
        """One character, range, class or set within a set."""
        if self.comments and self.peek().isspace():
            self.at += 1
            return ""
        if self.take("["):
            return self.posix() or self.set()
        if self.take(r"\Q"):
            self.at -= 1
            return "".join(map(literal, self.quoted()))
        left = self._single()
        if self.peek() != "-" or self.peek(2) in {"-]", "-[", "--", "-&", "-"} or len(left) != 1:
            return left if len(left) > 1 else literal(left)
        self.at += 1
        right = self._single()
        if len(right) > 1:
            return f"{literal(left)}\\-{right}"
        if ord(right) < ord(left):
            raise SyntaxProblemError(f"the range {left}-{right} is empty")
        return f"{literal(left)}-{literal(right)}"

    def _single(self) -> str:
        """One character as it is, or a class as `regex` writes it (longer than one character)."""
        if not self.take("\\"):
            self.at += 1
            return self.text[self.at - 1]
        if self.peek() in _NO_MEMBER:
            raise SyntaxProblemError(f"\\{self.peek()} in a set cannot be translated")
        written = self.character_escape()
        plain = _ONE.fullmatch(written)
        if plain is None:
            return written
        return chr(int(plain[3], 16)) if plain[3] else plain[1] or plain[2]
