"""Translation memories of any make and in any state: read, check, fix.

Everything streams: a memory may be larger than the machine's memory.
"""

from __future__ import annotations

from align.memory.checking import Report, check
from align.memory.entries import Code, Entry, MemoryHeader, Property, Variant
from align.memory.fixing import FixReport, fix
from align.memory.rules import RULES, Finding, Findings, Rule

__all__ = [
    "RULES",
    "Code",
    "Entry",
    "Finding",
    "Findings",
    "FixReport",
    "MemoryHeader",
    "Property",
    "Report",
    "Rule",
    "Variant",
    "check",
    "fix",
]
