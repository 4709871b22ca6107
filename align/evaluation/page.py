"""The errors of a system side by side with the gold, as one HTML page that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from align.evaluation.comparison import Evaluation, kind_of, pairs_of
from align.evaluation.documents import Annotated
from align.types import Bead

MOST: Final = 500
"""Places shown; a longer page is of no use to anybody."""

_STYLE: Final = """
:root { color-scheme: light dark; font: 1rem/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #8888; padding: .35rem .6rem; text-align: start; vertical-align: top; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
section { margin-top: 2rem; break-inside: avoid; }
h2 { font-size: 1rem; margin: 0 0 .4rem; }
.wrong td { background: #d33a2c22; } .missed td { background: #c98a0022; } .same td { opacity: .7; }
.mark { white-space: nowrap; font-weight: 600; }
p.note { opacity: .75; }
"""

_MARKS: Final = {"wrong": "✗ ours, wrong", "missed": "○ gold, missed", "same": "✓ both"}


@dataclass(frozen=True, slots=True)
class Place:
    """Neighbouring beads in which the system and the gold differ.

    Attributes:
        document: id of the document.
        rows: beads in document order, each ``wrong`` (only ours), ``missed`` (only the gold's) or ``same``.
    """

    document: str
    rows: tuple[tuple[str, Bead], ...]


def error_page(result: Evaluation, gold: list[Annotated], system: list[Annotated], *, most: int = MOST) -> str:
    """A page that shows the scores and every place where system and gold differ.

    Args:
        result: what `evaluate` gave.
        gold: the gold documents.
        system: the system's answers.
        most: places shown at most; the page says how many there are.
    """
    found = [(place, left) for left, right in pairs_of(gold, system) for place in places(left, right)]
    shown = "\n".join(_section(number, place, left) for number, (place, left) in enumerate(found[:most], start=1))
    rest = f"<p class=note>{len(found) - most} further places are not shown.</p>" if len(found) > most else ""
    title = "1 place differs from the gold" if len(found) == 1 else f"{len(found)} places differ from the gold"
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>\n<body>\n<main>\n'
        f"<h1>{title}</h1>\n{_scores(result)}\n{shown}\n{rest}<p class=note>{html.escape(result.signature)}</p>\n"
        f"</main>\n</body>\n</html>\n"
    )


def places(gold: Annotated, system: Annotated) -> Iterator[Place]:
    """Where a system and the gold differ: beads that share a sentence, or lie side by side, stand together."""
    theirs, ours = _located(gold.beads), _located(system.beads)
    # A null that both have stands where the gold has it.
    at = ours | theirs
    rows: list[tuple[str, Bead]] = []
    for bead in sorted(at, key=at.__getitem__):
        row = "same" if bead in theirs and bead in ours else "missed" if bead in theirs else "wrong"
        if row == "same" and any(kind != "same" for kind, _ in rows):
            yield Place(gold.id, (*rows, (row, bead)))
            rows = []
        rows = [(row, bead)] if row == "same" else [*rows, (row, bead)]
    if any(kind != "same" for kind, _ in rows):
        yield Place(gold.id, tuple(rows))


def _keys(beads: Sequence[Bead]) -> Iterator[Bead]:
    """Beads without their confidence; runs of nulls sentence by sentence, however they were written."""
    for bead in beads:
        if not bead.is_null:
            yield Bead(bead.source, bead.target)
        yield from (Bead((at,), ()) for at in bead.source if bead.is_null)
        yield from (Bead((), (at,)) for at in bead.target if bead.is_null)


def _located(beads: Sequence[Bead]) -> dict[Bead, tuple[float, float, int]]:
    """The keys of beads, and by what they are sorted: their place on the diagonal, on the source side, their size.

    A null stands, on the side that it lacks, right behind what its alignment has before it.
    """
    keys = dict.fromkeys(_keys(beads))
    behind: dict[Bead, float] = {}
    for one, other in (("source", "target"), ("target", "source")):
        last = -0.5
        for bead in sorted((bead for bead in keys if getattr(bead, one)), key=lambda bead: getattr(bead, one)):
            if found := getattr(bead, other):
                last = found[-1] + 0.5
            else:
                behind[bead] = last
    found_at = {}
    for bead in keys:
        source = bead.source[0] if bead.source else behind[bead]
        target = bead.target[0] if bead.target else behind[bead]
        found_at[bead] = (source + target) / 2, source, len(bead.source) + len(bead.target)
    return found_at


def _scores(result: Evaluation) -> str:
    rows = "".join(
        f"<tr><th scope=row>{name}</th>"
        + "".join(f"<td class=number>{value:.4f}</td>" for value in (score.precision, score.recall, score.f1))
        + "</tr>"
        for name, score in {**result.measures, **result.kinds}.items()
    )
    return (
        "<table><caption>Two-sided beads; by kind: exactly right</caption><thead><tr><th scope=col>measure</th>"
        "<th scope=col>precision</th><th scope=col>recall</th><th scope=col>F1</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _section(number: int, place: Place, gold: Annotated) -> str:
    rows = "".join(_row(kind, bead, gold) for kind, bead in place.rows)
    name = f", {html.escape(place.document)}" if place.document else ""
    return (
        f"<section><h2>{number}{name}</h2><table><thead><tr><th scope=col>bead</th><th scope=col>kind</th>"
        f"<th scope=col>source</th><th scope=col>target</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _row(kind: str, bead: Bead, gold: Annotated) -> str:
    source, target = _text(bead.source, gold.source), _text(bead.target, gold.target)
    return (
        f'<tr class={kind}><td class=mark>{_MARKS[kind]}</td><td>{kind_of(bead)}</td><td dir="auto">{source}</td>'
        f'<td dir="auto">{target}</td></tr>'
    )


def _text(indices: tuple[int, ...], sentences: tuple[str, ...]) -> str:
    """Numbers and texts of sentences; a unit that is no run of sentences has none."""
    known = [at for at in indices if at >= 0]
    if len(known) < len(indices):
        return "<em>no run of the gold’s sentences</em>"
    return "<br>".join(
        f"<small>{at}</small> {html.escape(sentences[at])}" if at < len(sentences) else str(at) for at in known
    )
