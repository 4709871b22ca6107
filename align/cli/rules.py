"""The options about segmentation rules (SRX), and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from align.splitter.srx import Srx

srx_option: Final = click.option(
    "--srx",
    type=click.Path(),
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
