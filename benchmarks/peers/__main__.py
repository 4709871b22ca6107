r"""Us beside the field's aligners, in one run, with the same vectors where they take vectors.

    python benchmarks/peers GOLD_DIRECTORY -o FOLDER --hunalign BINARY --vecalign PYTHON --bertalign PYTHON:FOLDER \
        --sentalign PYTHON:FOLDER --lingtrain PYTHON --moore FOLDER

Every peer is optional: name where it is installed, and it takes part. PYTHON is the interpreter that can import what
the peer needs (vecalign; lingtrain_aligner with tokenizers; for checkouts NumPy, numba and faiss with bertalign, or
NumPy, PyTorch and Cython before 3 with SentAlign), FOLDER its checkout or programs. Gale-Church is NLTK's. Each system
runs over all documents of a set as programs of its own. Seconds are of processor time, from sentences to beads; the
vectors that vecalign, bertalign, SentAlign and Lingtrain take are ours, made inside that time.

Writes ``table.md``, with --each ``documents.md`` (the merged F1 of every document), and with matplotlib ``time.svg``
(accuracy against time) and ``noise.svg`` (accuracy with unrelated sentences in front of one side).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from jobs import Job, Outcome, score, with_noise
from plots import draw
from systems import Places, System, installed

from align.evaluation import read_annotated

if TYPE_CHECKING:
    from collections.abc import Iterator

SETS = ("wmt21-omit", "bible-dev-omit", "ntrex-omit", "textberg-dev", "mac-dev", "hunalign-hu-en", "bilinguator-dev")
NOISE = (0, 50, 100, 200, 400)
NOISY = "wmt21-omit"


def main() -> None:
    """Run all systems over all sets, and print and write what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="directory of NAME.jsonl.gz")
    parser.add_argument("--hunalign", type=Path, metavar="BINARY")
    parser.add_argument("--vecalign", type=Path, metavar="PYTHON")
    parser.add_argument("--bertalign", metavar="PYTHON:FOLDER")
    parser.add_argument("--sentalign", metavar="PYTHON:FOLDER")
    cutoffs = {"dest": "cutoffs", "nargs": "*", "type": float, "default": Places().cutoffs}
    parser.add_argument("--sentalign-cutoffs", **cutoffs, help="likeness that it wants of a bead; it runs with each")
    parser.add_argument("--lingtrain", type=Path, metavar="PYTHON")
    parser.add_argument("--moore", type=Path, metavar="FOLDER")
    parser.add_argument("--sets", nargs="*", default=SETS)
    parser.add_argument("--longest", type=int, default=3000, help="leave out documents of more sentences a side")
    parser.add_argument("--limit", type=float, default=3600, help="most seconds of a system for a set, on the wall")
    parser.add_argument("--skip", nargs="*", default=(), metavar="NAME", help="systems that take no part")
    parser.add_argument("--each", action="store_true", help="also compare document by document")
    parser.add_argument("--noise", action="store_true", help="also put unrelated sentences in front of one side")
    parser.add_argument("-o", "--out", type=Path, default=Path("build/peers"))
    arguments = parser.parse_args()
    found = installed(Places(**{each.name: getattr(arguments, each.name) for each in fields(Places)}))
    systems = [each for each in found if not any(each.name.lower().startswith(name.lower()) for name in arguments.skip)]
    arguments.out.mkdir(parents=True, exist_ok=True)
    rows = [
        outcome
        for name in arguments.sets
        for outcome in compare(name, documents(arguments.gold, name, arguments.longest), systems, arguments.limit)
    ]
    noisy = []
    if arguments.noise:
        clean = documents(arguments.gold, NOISY, arguments.longest)
        for count in NOISE:
            noisy += compare(f"{NOISY} +{count}", with_noise(clean, count), systems, arguments.limit)
    table = "\n".join([HEAD, *(row(outcome) for outcome in (*rows, *noisy))]) + "\n"
    (arguments.out / "table.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)
    if arguments.each:
        lines = "".join(f"{line}\n" for name in arguments.sets for line in by_document(name, rows))
        (arguments.out / "documents.md").write_text(lines, encoding="utf-8")
        sys.stdout.write(lines)
    draw(rows, noisy, arguments.out)


def by_document(name: str, outcomes: list[Outcome]) -> Iterator[str]:
    """The merged F1 of each document of a set, a row a document and a column a system; the first is ours."""
    ran = [each for each in outcomes if each.set == name and not each.failed]
    if not ran:
        return
    yield f"| {name} | {' | '.join(each.system for each in ran)} | first |"
    yield "|---" * (len(ran) + 2) + "|"
    for document in ran[0].documents:
        figures = [each.documents[document] for each in ran]
        best = [each.system for each, f1 in zip(ran, figures, strict=True) if f1 >= max(figures) - 1e-9]
        yield f"| {document} | {' | '.join(f'{f1:.3f}' for f1 in figures)} | {', '.join(best)} |"


HEAD = "| set | system | strict | lax | merged | seconds | MiB |\n|---|---|---:|---:|---:|---:|---:|"


def documents(gold: Path, name: str, longest: int) -> list[Job]:
    """The documents of a set as jobs."""
    found = read_annotated(gold / f"{name}.jsonl.gz")
    return [Job(each) for each in found if max(len(each.source), len(each.target)) <= longest]


def compare(name: str, jobs: list[Job], systems: list[System], limit: float) -> list[Outcome]:
    """Run every system over the documents of one set."""
    outcomes = []
    for system in systems:
        with tempfile.TemporaryDirectory() as folder:
            outcome = score(name, system, jobs, Path(folder), limit)
        sys.stderr.write(row(outcome) + "\n")
        outcomes.append(outcome)
    return outcomes


def row(outcome: Outcome) -> str:
    """A line of the table."""
    if outcome.failed:
        return f"| {outcome.set} | {outcome.system} | failed: {outcome.failed} | | | {outcome.seconds:.1f} | |"
    name = outcome.system + (
        f" ({outcome.missing} of {len(outcome.documents)} documents failed)" * bool(outcome.missing)
    )
    merged = f"{outcome.scores['merged'].f1:.3f}" if "merged" in outcome.scores else ""
    return (
        f"| {outcome.set} | {name} | {outcome.scores['strict'].f1:.3f} | {outcome.scores['lax'].f1:.3f} "
        f"| {merged} | {outcome.seconds:.1f} | {outcome.mebibytes:.0f} |"
    )


if __name__ == "__main__":
    main()
