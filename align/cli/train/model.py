"""``align train model``: adapt the model to translation memories of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from align.cli.console import emit, tell, warn

if TYPE_CHECKING:
    from align.training.adaptation import Progress
    from align.training.model import Adapted

LOSS = 0.02
"""Share of the sample statements that may be found less often before a person is told."""


@click.command(name="model", short_help="Adapt the model to translation memories of your own.")
@click.argument("memories", nargs=-1, required=True, type=click.Path(readable=False), metavar="MEMORY...")
@click.option(
    "-o", "--output", required=True, type=click.Path(readable=False), metavar="DIR", help="Where the model goes."
)
@click.option(
    "--model", metavar="DIR", type=click.Path(readable=False), help="A static model to begin with, not the shipped one."
)
@click.option(
    "--strength",
    type=click.FloatRange(min=0, max=1, min_open=True),
    default=0.5,
    show_default=True,
    metavar="S",
    help="How far to follow the memories: less keeps more of what the model knew.",
)
@click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors.")
def command(*, memories: tuple[str, ...], output: str, model: str | None, strength: float, quiet: bool) -> None:
    """Adapt the shipped model to translation memories: TMX files, or tables (.tsv) of source TAB target.

    One part of the pairs is held out to stop in time, another one to measure. Prints how often translations are
    found before and after: on that part, and on statements of another genre.

    \b
    align train model contracts.tmx manuals.tmx -o my-model/
    align pair --model my-model/ a.txt b.txt -o ab.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.training.adaptation import Settings
    from align.training.model import train_model

    def report(progress: Progress) -> None:
        tell(
            f"pass {progress.epoch} of at most {progress.epochs}: held-out log-likelihood {progress.likelihood:.4f}",
            quiet=quiet,
        )

    adapted = train_model(memories, output, model=model, settings=Settings(strength=strength), report=report)
    emit(adapted.table())
    tell(f"{adapted.path}: {adapted.name}, from {adapted.pairs} pairs, {adapted.epochs} passes", quiet=quiet)
    _warn_of_loss(adapted)


def _warn_of_loss(adapted: Adapted) -> None:
    for found in adapted.compared:
        lost = found.before.first - found.after.first
        if lost > LOSS:
            warn(f"{found.name}: {lost:.1%} fewer are found than before; try a lower --strength, or more pairs")
