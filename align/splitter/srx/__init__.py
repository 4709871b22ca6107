"""SRX: cutting by anyone's segmentation rules, and ours as a file that other tools take."""

from __future__ import annotations

from align.splitter.srx.engine import Clock, Cutter, cutter
from align.splitter.srx.exporting import export
from align.splitter.srx.model import LanguageMap, Srx, SrxRule
from align.splitter.srx.reading import OMEGAT, parse_srx, read_srx
from align.splitter.srx.writing import render

__all__ = [
    "OMEGAT",
    "Clock",
    "Cutter",
    "LanguageMap",
    "Srx",
    "SrxRule",
    "cutter",
    "export",
    "parse_srx",
    "read_srx",
    "render",
]
