"""docs/memory.md says what is so."""

from __future__ import annotations

from pathlib import Path

from align.memory import RULES

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "memory.md").read_text(encoding="utf-8")


def test_every_rule_is_listed_as_it_is() -> None:
    listed = [line for line in PAGE.splitlines() if line.startswith("| `")]
    for rule in RULES.values():
        row = f"| `{rule.code}` | {rule.severity} | {rule.text} | {rule.who} | {rule.repair} |".replace("<", "&lt;")
        assert row in listed
