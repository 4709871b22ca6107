"""``align memory info``: what a memory holds, in figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from align.cli.console import emit
from align.cli.memory.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory import Portrait


@click.command(name="info", short_help="What a memory holds, in figures.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print an object a file, for programs.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(*, files: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Count what each FILE, a TMX memory, holds: languages, units, words, doubles, dates.

    \b
    align memory info memory.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    from align.memory import describe

    for path in files:
        with progress(path, quiet=quiet) as tell:
            portrait = describe(path, progress=tell)
        if as_json:
            emit(json.dumps(portrait.as_json(), ensure_ascii=False) + "\n")
        else:
            emit("".join(f"{line}\n" for line in page(portrait)))


def page(portrait: Portrait) -> Iterator[str]:
    """The figures, a line each."""
    given = portrait.header.attributes
    yield f"{portrait.name}"
    if given.get("creationtool"):
        yield f"  made by      {given['creationtool']} {given.get('creationtoolversion', '')}".rstrip()
    segtype = f"segtype {given['segtype']}" if given.get("segtype") else ""
    yield f"  source       {', '.join(filter(None, (given.get('srclang'), segtype, portrait.encoding)))}"
    yield f"  units        {portrait.units:,}"
    for code, each in portrait.languages.items():
        mean = each.characters / each.units if each.units else 0
        yield (
            f"  {code:<12} {each.units:,} texts, {each.words:,} words, {each.characters:,} characters, "
            f"{mean:.0f} a text, longest {each.longest:,}"
        )
    if portrait.confident[0]:
        count, total = portrait.confident
        yield f"  confidence   {total / count:.3f} on average, of {count:,} units"
    if portrait.dates[0]:
        yield f"  dates        {portrait.dates[0]} to {portrait.dates[1]}"
    for name, count in (
        ("doubles", portrait.doubles.doubles),
        ("conflicts", portrait.doubles.conflicts),
        ("untranslated", portrait.untranslated),
        ("with codes", portrait.coded),
        ("lost", portrait.lost),
    ):
        if count:
            yield f"  {name:<12} {count:,}"
    if portrait.properties:
        yield "  properties   " + ", ".join(f"{name} {count:,}" for name, count in portrait.properties.most_common(12))
    if portrait.broken:
        yield "  broken       yes: align memory check tells where"
