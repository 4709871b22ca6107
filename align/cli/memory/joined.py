"""Memories on end, read twice: once for what comes again, once to be written."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.cli.memory.inputs import check_output, deliver, warn_of
from align.cli.memory.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from align.memory import Doubles, Entry, Memory


@dataclass(slots=True)
class Joining:
    """Some memories that become one.

    Attributes:
        files: the memories, in order.
        out: where the result goes.
        quiet: show no progress.
        units: how many were written.
        gone: what is left out.
    """

    files: tuple[str, ...]
    out: str
    quiet: bool = False
    units: int = 0
    gone: Doubles | None = None
    _stack: ExitStack = field(default_factory=ExitStack)
    _kept: dict[str, Path] = field(default_factory=dict)

    def check(self) -> None:
        """Find out before the work what would fail after it."""
        check_output(self.out, self.files)

    def find(self, choice: Any) -> Doubles:
        """What comes again, over all files."""
        from align.memory import find_doubles, first_header, reusable

        self._kept = self._stack.enter_context(reusable(self.files))
        header = first_header(self._kept[self.files[0]])
        self.gone = find_doubles(self._entries(warn=False), header.srclang, choice)
        return self.gone

    def write(self, gone: Doubles | None) -> None:
        """Write what stays."""
        from align.memory import first_header, reusable, without

        with self._stack:
            if not self._kept:
                self._kept = self._stack.enter_context(reusable(self.files))
            header = first_header(self._kept[self.files[0]])
            entries = self._entries(warn=True)
            self.units = deliver(self.out, header, without(entries, gone) if gone else entries)

    def _entries(self, *, warn: bool) -> Iterator[Entry]:
        from align.memory import open_memory

        for name in self.files:
            path = str(self._kept[name])
            with progress(path, quiet=self.quiet) as told, open_memory(path, progress=told) as memory:
                memory.name = name
                yield from memory.entries
                if warn:
                    self._warn(memory)

    @staticmethod
    def _warn(memory: Memory) -> None:
        warn_of(memory)

    def page(self) -> Iterator[str]:
        """What was done, line by line."""
        gone = self.gone
        counts = Counter({"double": gone.doubles, "conflict": gone.conflicts} if gone else {})
        tail = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        left = f", {sum(counts.values()):,} left out ({tail})" if tail else ""
        yield f"wrote {'standard output' if self.out == '-' else self.out}: {self.units:,} units{left}"
        for each in gone.shown if gone and len(self.files) == 1 else ():
            yield f"  line {each.line}: {each.text}"
