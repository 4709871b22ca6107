"""Translation memories of any make and in any state: read, check, fix, merge, sift, part, convert, compare.

Everything streams: a memory may be larger than the machine's memory.
"""

from __future__ import annotations

from align.memory.checking import Report, check
from align.memory.comparing import Difference, compare, differing
from align.memory.doubles import CHOICES, Doubles, find_doubles, without
from align.memory.entries import SCORE, Code, Entry, MemoryHeader, Property, Variant
from align.memory.fixing import FixReport, fix
from align.memory.formats import open_units
from align.memory.memories import Memory, first_header, open_memory, reusable
from align.memory.parting import Part, part_by_languages, part_by_size
from align.memory.portrait import Portrait, describe
from align.memory.rules import RULES, Finding, Findings, Rule
from align.memory.saving import Saved, check_format, save, save_to_stream
from align.memory.sifting import Sieve, Wanted
from align.memory.writing import closing, opening, serialize, write_memory

__all__ = [
    "CHOICES",
    "RULES",
    "SCORE",
    "Code",
    "Difference",
    "Doubles",
    "Entry",
    "Finding",
    "Findings",
    "FixReport",
    "Memory",
    "MemoryHeader",
    "Part",
    "Portrait",
    "Property",
    "Report",
    "Rule",
    "Saved",
    "Sieve",
    "Variant",
    "Wanted",
    "check",
    "check_format",
    "closing",
    "compare",
    "describe",
    "differing",
    "find_doubles",
    "first_header",
    "fix",
    "open_memory",
    "open_units",
    "opening",
    "part_by_languages",
    "part_by_size",
    "reusable",
    "save",
    "save_to_stream",
    "serialize",
    "without",
    "write_memory",
]
