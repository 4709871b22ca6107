"""The options about segmentation rules (SRX), and what they do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from align.cli.console import emit, tell

if TYPE_CHECKING:
    from align.splitter.srx import Srx

STDOUT: Final = "-"
_OMEGAT_FILES: Final = ("segmentation.srx", "segmentation.conf")
"""What OmegaT looks for in a project's folder, from 6.1 and before."""

srx_option: Final = click.option(
    "--srx",
    type=click.Path(readable=False),
    metavar="FILE",
    help="Cut by these rules (SRX 2.0, or OmegaT's segmentation.conf); omegat: as OmegaT does by default.",
)


def read_rules(path: str) -> Srx:
    """Read the rules that ``--srx`` names.

    Raises:
        ReadError: the file cannot be read.
        FormatError: it holds no rules; names ``path:line``.
    """
    from align.splitter.srx import read_srx

    return read_srx(path)


def export_rules(path: str, langs: tuple[str, ...], srx: str | None) -> None:
    """Write rules to a file, to standard output (``-``), or both of OmegaT's files into a folder.

    Args:
        path: where to.
        langs: codes of the languages to write; all that have rules when empty.
        srx: rules to write instead of ours, as ``--srx`` names them.

    Raises:
        UnknownLanguageError: a code is unknown, or the language has no rules of ours.
        WriteError: a file cannot be written.
    """
    from align.exporters import replacing
    from align.splitter.srx import export, render

    rules = export(langs) if srx is None else read_rules(srx)
    if path == STDOUT:
        emit(render(rules, path))
        return
    places = [Path(path) / name for name in _OMEGAT_FILES] if Path(path).is_dir() else [Path(path)]
    for place in places:
        with replacing(place) as stream:
            stream.write(render(rules, str(place)).encode("utf-8"))
        tell(f"wrote {place}: rules for {', '.join(rules.rules)}")
