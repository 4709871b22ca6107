"""Where a result goes: the options that say so, the checks before the work, the writing after it."""

from __future__ import annotations

import functools
import math
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from align.cli.columns import clip, terminal_width
from align.cli.console import emit, tell, warn
from align.errors import FormatError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.exporters import Exporter, Flavour, Wanted, WriteReport
    from align.types import Alignment, Omission, OmissionCode, Segtype

STDOUT: Final = "-"
_TO_STDOUT: Final = "tsv"

# Written out, for the exporters are not imported to show a help text; a test compares.
_METADATA: Final[tuple[OmissionCode, ...]] = ("time", "number", "separator", "furniture")
_SINGLE: Final[tuple[OmissionCode, ...]] = ("identical", "long", "double", "conflict", "confidence")
_KEPT: Final[dict[str, tuple[OmissionCode, ...]]] = {
    "metadata": _METADATA,
    "all": _METADATA + _SINGLE,
    **{code: (code,) for code in _METADATA + _SINGLE},
}
_NEVER_KEPT: Final = {
    "untranslated": "a sentence without a counterpart cannot go into a memory; tsv, xlsx, html and jsonl show it",
    "empty": "a text without its translation cannot go into a memory; tsv, xlsx, html and jsonl show it",
    "language": "a memory of one language cannot be looked up; name both languages (-s, -t)",
}


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a person asked for on the command line.

    Attributes:
        paths: files to write, as given; empty for standard output.
        format: overrides the suffixes, and is what goes to standard output.
        min_confidence: beads below are kept out of a memory; None leaves it to each format.
        report: say what was left out even where stderr is no terminal.
        quiet: say nothing but warnings and errors.
        keep: kinds of pairs to put into a memory that would leave them out.
        flavour: the CAT tool that a memory is made for.
        segtype: how long the units of a memory are to be.
        penalties: write less sure units into OmegaT's penalty folders.
    """

    paths: tuple[str, ...] = ()
    format: str | None = None
    min_confidence: float | None = None
    report: bool = False
    quiet: bool = False
    keep: tuple[str, ...] = ()
    flavour: str = "plain"
    segtype: str = "sentence"
    penalties: bool = False

    def check(self, *, inputs: tuple[str, ...]) -> None:
        """Find out before the work what would fail after it.

        Raises:
            FormatError: a format is unknown, cannot be told from a suffix, or cannot go to standard output.
            MissingExtraError: a format needs a package that is not installed.
            WriteError: a file cannot be written, or is one of `inputs`.
            click.UsageError: a file is named twice, or an option has nothing to act on.
        """
        from align.exporters import check_extra, check_penalty_places, exporter

        if len({os.path.realpath(path) for path in self.paths}) < len(self.paths):
            raise click.UsageError("the same output is named twice")
        if self.penalties and not any(exporter(self._format(path)).penalties for path in self.paths):
            raise click.UsageError("--penalties needs a memory in a file: -o memory.tmx")
        for path in self._places():
            chosen = exporter(self._format(path))
            check_extra(chosen)
            if self.penalties and chosen.penalties and path != STDOUT:
                check_penalty_places(path)
            if path == STDOUT:
                _check_text(chosen)
            else:
                _check_place(path, chosen, inputs)

    def deliver(self, alignment: Alignment) -> None:
        """Write `alignment` everywhere it was asked for, and report on stderr.

        Raises:
            FormatError: the alignment cannot be put in a format.
            WriteError: a file cannot be written.
        """
        from align.exporters import render, write_all

        files = [(path, self._format(path)) for path in self._places() if path != STDOUT]
        for written in write_all(alignment, files, **self.wanted()):
            told = _report(written, alignment, by_default=self.min_confidence is None)
            tell(told, quiet=self.quiet, always=self.report)
            if not written.units and written.format != "omitted":  # an empty report is good news
                warn(f"{written.path} holds nothing: {_commonest(written) or 'nothing to write'}")
        if len(files) < len(self._places()):
            emit(render(alignment, self._format(STDOUT), **self.wanted()))

    def wanted(self) -> Wanted:
        """What the exporters are asked for."""
        return {
            "min_confidence": self.min_confidence,
            "keep": kept_codes(self.keep),
            "flavour": cast("Flavour", self.flavour),
            "segtype": cast("Segtype", self.segtype),
            "penalties": self.penalties,
        }

    def _places(self) -> tuple[str, ...]:
        return self.paths or (STDOUT,)

    def _format(self, path: str) -> str:
        from align.exporters import format_of

        if self.format is not None:
            return self.format
        return _TO_STDOUT if path == STDOUT else format_of(path)


def output_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say where a result goes; it gets them as one `Outputs`."""

    @functools.wraps(command)
    def with_outputs(*, paths: tuple[str, ...], to: str | None, **rest: Any) -> None:
        names = ("min_confidence", "report", "quiet", "keep", "flavour", "segtype", "penalties")
        if rest.pop("keep_furniture"):
            rest["keep"] = (*rest["keep"], "metadata")
        outputs = Outputs(paths, to, **{name: rest.pop(name) for name in names})
        command(outputs=outputs, **rest)

    for option in reversed(_OPTIONS):
        with_outputs = option(with_outputs)
    return with_outputs


def not_nan(_ctx: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Refuse "nan", which is in every range."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("not a number")
    return value


def _keepable(_ctx: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a kind that is none, and one that no memory can hold.

    Raises:
        click.BadParameter: the kind cannot be kept.
    """
    for kind in value:
        if kind in _NEVER_KEPT:
            raise click.BadParameter(f"{kind}: {_NEVER_KEPT[kind]}")
        if kind not in _KEPT:
            raise click.BadParameter(f"{kind!r} is none of {', '.join(_KEPT)}")
    return value


def kept_codes(kinds: tuple[str, ...]) -> frozenset[OmissionCode]:
    """The codes that the words after ``--keep`` stand for."""
    return frozenset(code for kind in kinds for code in _KEPT[kind])


def _min_confidence(default: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    # The default is the format's own, so that there is none here; a test compares the words with it.
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="P",
        callback=not_nan,
        help=f"Keep pairs that are less sure than P, from 0 to 1, out of a memory.  [default: {default}]",
    )


min_confidence_option: Final = _min_confidence("0.7 in tmx, moses and parquet, 0.5 in formats for review")
memory_confidence_option: Final = _min_confidence("0.7")

keep_option: Final = click.option(
    "--keep",
    metavar="KIND",
    multiple=True,
    callback=_keepable,
    help="Put into a memory what it would leave out: "
    "metadata, identical, long, double, conflict, confidence, all. May be repeated.",
)

_OPTIONS: Final = (
    click.option(
        "-o",
        "--output",
        "paths",
        metavar="FILE",
        multiple=True,
        help="Write to FILE, format by its ending: .tmx, .tsv, .csv, .xlsx, .docx, .html, .xlf, .xlf2, .po, .moses, "
        ".parquet, .omitted.tsv, .jsonl. May be repeated.",
    ),
    click.option(
        "--to",
        "to",
        metavar="FORMAT",
        help="Format, whatever the ending: tmx, tsv, csv, xlsx, docx, html, xliff, xliff2, po, moses, parquet, "
        "omitted, jsonl, beads.  [default on stdout: tsv]",
    ),
    min_confidence_option,
    keep_option,
    click.option(
        "--keep-furniture",
        is_flag=True,
        help="Put page furniture and time, number and separator lines into a memory: as --keep metadata.",
    ),
    click.option(
        "--segtype",
        type=click.Choice(["sentence", "paragraph", "block"]),
        metavar="HOW",
        default="sentence",
        help="Cut units by sentence (as aligned), paragraph (joined where both sides have one), "
        "or block (joined to the next end of a paragraph on both sides).  [default: sentence]",
    ),
    click.option(
        "--flavour",
        type=click.Choice(["plain", "omegat", "trados", "memoq"]),
        metavar="TOOL",
        default="plain",
        help="Make a TMX for omegat, trados or memoq; or plain, for all.  [default: plain]",
    ),
    click.option(
        "--penalties",
        is_flag=True,
        help="Put the less sure units of a TMX into folders penalty-10 and penalty-30, for OmegaT.",
    ),
    click.option("--report", is_flag=True, help="Say what was left out, also where stderr is no terminal."),
    click.option("--quiet", is_flag=True, help="Say nothing but warnings and errors."),
)


def _check_text(chosen: Exporter) -> None:
    """Refuse what standard output cannot take.

    Raises:
        FormatError: the format is no text, or more than one file.
    """
    if chosen.binary or chosen.write_sides is not None:
        what = "no text" if chosen.binary else "two files"
        raise FormatError(f"{chosen.name} is {what} and cannot go to standard output; name a file with -o")


def _check_place(path: str, chosen: Exporter, inputs: tuple[str, ...]) -> None:
    """Find out whether a file could be written after the work, and is none of `inputs`."""
    from align.exporters import check_writable, is_side_of

    if chosen.write_sides is None:
        check_writable(path)
        check_not_input(path, inputs)
        return
    # The languages in the names are not known yet; the folder is.
    check_writable(f"{path}.part")
    for name in inputs:
        if is_side_of(path, chosen, name):
            raise WriteError(f"{path}: cannot write: {name} is an input and would be written over; choose another name")


def check_not_input(path: str, inputs: tuple[str, ...]) -> None:
    """Refuse to write over what is being read."""
    for name in inputs:
        if name != STDOUT and Path(path).exists() and Path(name).exists() and Path(path).samefile(name):
            raise WriteError(f"{path}: cannot write: it is an input; choose another name")


def _commonest(written: WriteReport) -> str:
    """The commonest reason for what a file leaves out."""
    reasons = Counter(omission.reason for omission in written.omissions)
    return reasons.most_common(1)[0][0] if reasons else ""


def _report(written: WriteReport, alignment: Alignment, *, by_default: bool) -> str:
    """What a file holds, how many beads it leaves out by kind of reason, and each of them on a line.

    Args:
        written: what became of the file.
        alignment: what was written.
        by_default: nobody said how sure a pair must be.
    """
    from align.exporters import exporter

    files = ", ".join(map(str, written.files or (written.path,)))
    head = f"wrote {files}: {number_of(written.units, exporter(written.format).what)}"
    if not written.omissions:
        return head
    counts = Counter(omission.code for omission in written.omissions)
    kinds = ", ".join(f"{count} {code}" for code, count in counts.most_common())
    lines = (_omission(omission, alignment) for omission in written.omissions)
    hint = [_hint(written, files)] if counts["confidence"] and by_default else []
    return "\n".join([f"{head}, {len(written.omissions)} left out ({kinds})", *hint, *lines])


def _hint(written: WriteReport, files: str) -> str:
    from align.exporters import REVIEW_MIN_CONFIDENCE

    unsure = [each.bead.confidence for each in written.omissions if each.code == "confidence"]
    back = sum(confidence >= REVIEW_MIN_CONFIDENCE for confidence in unsure)
    return "  " + unsure_hint((len(unsure), back), written.min_confidence, files)


def number_of(count: int, what: str) -> str:
    """``12 units``, ``1 unit``."""
    return f"{count} {what.removesuffix('s') if count == 1 else what}"


def unsure_hint(unsure: tuple[int, int], least: float, where: str, *, what: str = "pair") -> str:
    """One line: how much was too unsure, and which option keeps it.

    Args:
        unsure: how many were left out for it, and how many of them a review would show.
        least: what they are below.
        where: the file or files that do without them.
        what: a pair or a text.
    """
    from align.exporters import REVIEW_MIN_CONFIDENCE

    count, back = unsure
    many = number_of(count, f"{what}s")
    which = f"{back} of them" if 0 < back < count else "it" if count == 1 else "them"
    keeps = (
        f"--min-confidence {REVIEW_MIN_CONFIDENCE:g} keeps {which}" if back else "a lower --min-confidence keeps more"
    )
    return f"{many} below {least:g} left out of {where}; {keeps}"


def _omission(omission: Omission, alignment: Alignment) -> str:
    """One left-out bead on one line: the reason, then the text of both sides."""
    sides = ((alignment.source, omission.bead.source), (alignment.target, omission.bead.target))
    texts = " | ".join(" ".join(side.span(indices).split()) for side, indices in sides if indices)
    return clip(f"  {omission.reason}: {texts}", terminal_width())
