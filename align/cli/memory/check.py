"""``align memory check``: whether every tool would take a memory, and ``--fix`` so that it will."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.cli.console import emit
from align.cli.memory.progress import progress
from align.errors import ToolkitError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory.checking import Report
    from align.memory.fixing import FixReport
    from align.memory.rules import Findings


@click.command(name="check", short_help="Whether every tool would take a memory; --fix repairs it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False), metavar="FILE...")
@click.option("--fix", "wanted", is_flag=True, help="Write FILE anew such that every tool takes it.")
@click.option("-o", "--output", "out", metavar="OUT", type=click.Path(readable=False), help="Where --fix writes to.")
@click.option(
    "-l",
    "--lang",
    "project",
    metavar="LANG",
    multiple=True,
    help="A language of the project to be filled; may be repeated.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Lines shown of each kind of finding; 0 for all.",
)
@click.option("--quiet", is_flag=True, help="Show errors only, no warnings and no progress.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    wanted: bool,
    out: str | None,
    project: tuple[str, ...],
    limit: int,
    quiet: bool,
) -> None:
    """Judge each FILE by the DTD of TMX 1.4 and by what CAT tools make of it.

    A line for each finding: file, line, severity, what is wrong, who stumbles over it, rule. Exit
    status 0 when every tool would take each memory and fill from it as it is, 1 when one would not.

    \b
    align memory check old.tmx
    align memory check --fix old.tmx -o new.tmx
    """  # noqa: D301  # \b is how click is told to keep lines
    if wanted != (out is not None) or (wanted and len(files) > 1):
        raise click.UsageError("--fix takes one FILE and -o OUT")
    if out is not None:
        ok = _fix(files[0], out, limit=limit, quiet=quiet)
    else:
        verdicts = [_check(each, project, limit=limit, quiet=quiet) for each in files]
        ok = all(verdicts)
    ctx.exit(0 if ok else 1)


def _check(path: str, project: tuple[str, ...], *, limit: int, quiet: bool) -> bool:
    from align.memory import check

    try:
        with progress(path, quiet=quiet) as tell:
            report = check(path, project=project, limit=limit, progress=tell)
    except ToolkitError as error:
        click.echo(f"error: {error}", err=True)
        return False
    emit("".join(f"{line}\n" for line in page(report, quiet=quiet)))
    return report.ok


def page(report: Report, *, quiet: bool = False) -> Iterator[str]:
    """What is shown of a report, line by line."""
    from align.memory import RULES

    for each in report.findings.sorted():
        if not quiet or each.severity == "error":
            where = f"{report.name}:{each.line}" if each.line else report.name
            yield f"{where}: {each.severity}: {each.text} ({RULES[each.code].who}) [{each.code}]"
    yield from _more(report, quiet=quiet)
    yield f"{report.name}: {report.units:,} units, {_verdict(report)}"


def _more(report: Report, *, quiet: bool) -> Iterator[str]:
    from align.memory import RULES

    shown = {code: sum(each.code == code for each in report.findings.kept) for code in report.findings.counts}
    for code, count in report.findings.counts.items():
        if count > shown[code] and (not quiet or RULES[code].severity == "error"):
            yield f"{report.name}: … {count - shown[code]:,} more [{code}]"


def _verdict(report: Report) -> str:
    errors, warnings = report.findings.total("error"), report.findings.total("warning")
    counted = f"{errors:,} {'error' if errors == 1 else 'errors'}, {warnings:,} {_plural(warnings)}"
    return f"{counted}: {'every tool takes it' if report.ok else 'not every tool takes it and fills from it'}"


def _plural(count: int) -> str:
    return "warning" if count == 1 else "warnings"


def _fix(path: str, out: str, *, limit: int, quiet: bool) -> bool:
    from align.memory import fix

    if Path(path).exists() and Path(out).exists() and Path(path).samefile(out):
        raise WriteError(f"{out}: cannot write: it is an input; choose another name")
    with progress(path, quiet=quiet) as tell:
        report = fix(path, out, limit=limit, progress=tell)
    # The memory itself may go to standard output; the report then must not.
    click.echo("\n".join(_fixed(report, out)), err=out == "/dev/stdout")
    return report.after.ok


def _fixed(report: FixReport, out: str) -> Iterator[str]:
    from align.memory import RULES

    name = report.before.name
    for code, count in report.before.findings.counts.items():
        yield f"{name}: {count:,} × {RULES[code].text}: {RULES[code].repair}"
    yield from _lost(name, report.lost)
    yield f"{out}: {report.units:,} units, {_verdict(report.after)}"
    if not report.after.ok:
        yield from (line for line in page(report.after, quiet=True) if ": error: " in line)


def _lost(name: str, lost: Findings) -> Iterator[str]:
    for each in lost.sorted():
        yield f"{name}:{each.line}: left out: {each.text}"
    more = sum(lost.counts.values()) - len(lost.kept)
    if more:
        yield f"{name}: … {more:,} more left out"
