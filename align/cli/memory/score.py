"""``align memory score``: which units of a memory are likely wrong."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from align.cli.console import emit, tell
from align.cli.memory.inputs import STDOUT, check_output, deliver, refuse_input, said_options, warn_of
from align.cli.memory.progress import progress
from align.cli.memory.rejects import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from align.memory import Entry
    from align.memory.scoring import Scored


@click.command(name="score", short_help="Which units are likely mistranslated or misaligned.")
@click.argument("file", type=click.Path(readable=False))
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    metavar="S",
    help="Show units whose score is below S; by default those that are wrong in 19 of 20 cases.",
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write the units that are not shown, with their score.")
@click.option(
    "--rejected", metavar="FILE", type=click.Path(readable=False), help="Write those that are shown to FILE (TMX)."
)
@click.option("--model", metavar="NAME_OR_PATH", help="A static model to use instead of the shipped one.")
@said_options
def command(
    *,
    file: str,
    below: float | None,
    out: str | None,
    rejected: str | None,
    model: str | None,
    report: bool,
    quiet: bool,
) -> None:
    """Judge each unit of FILE, a TMX memory, and print those that are likely wrong.

    A line a unit: score from 0 (wrong) to 1 (right), line, what speaks against it, and the texts, parted
    by tabs. Each unit is compared with its neighbours in the file and with the others around it.

    \b
    align memory score memory.tmx
    align memory score memory.tmx -o good.tmx --rejected look.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    if out == STDOUT:
        raise click.UsageError("-o names a file: standard output is for the units that are likely wrong")
    from align.memory import open_memory
    from align.memory.scoring import score

    if out is not None:
        check_output(out, (file,))
    if rejected is not None:
        refuse_input(rejected, (file,))
    counts: Counter[Any] = Counter()
    with ExitStack() as stack:
        told = stack.enter_context(progress(file, quiet=quiet))
        memory = stack.enter_context(open_memory(file, progress=told))
        reject = writer(rejected, memory.header, stack) if rejected is not None else None
        scored = score(memory.entries, memory.header.srclang, encoder=_encoder(model))
        kept = _sifted(scored, below, reject, counts)
        if out is not None:
            deliver(out, memory.header, kept)
        else:
            # All that matters is what is printed on the way.
            deque(kept, maxlen=0)
    warn_of(memory)
    tell(f"{counts['all']:,} units, {counts['bad']:,} likely wrong", quiet=quiet, always=report)


def _encoder(model: str | None) -> Any:
    from align.encoder import load_encoder

    return None if model is None else load_encoder(model)


def _sifted(
    scored: Iterable[Scored], below: float | None, reject: Callable[[Entry], None] | None, counts: Counter[Any]
) -> Iterator[Entry]:
    """The units that are not shown; the others are printed."""
    for each in scored:
        counts["all"] += 1
        bad = each.judgement.bad if below is None else each.judgement.score < below
        if not bad:
            yield _with_score(each)
            continue
        counts["bad"] += 1
        emit(_line(each))
        if reject:
            reject(_with_score(each))


def _with_score(each: Scored) -> Entry:
    from align.memory import SCORE, Property

    own = tuple(old for old in each.entry.properties if old.type != SCORE)
    return replace(each.entry, properties=(*own, Property(f"{each.judgement.score:.3f}", SCORE)))


def _line(each: Scored) -> str:
    from align.exporters.text import clean_cell

    texts = "\t".join(clean_cell(variant.text) for variant in each.entry.variants)
    return f"{each.judgement.score:.3f}\t{each.entry.line}\t{each.judgement.reason}\t{texts}\n"
