"""How fast and in how much memory units are written, against limits and against lxml in the same run.

    python benchmarks/exporting.py [--units N] [--formats tmx,xlsx,…]

Each format writes the same made-up units, as a stream, in an interpreter of its own; units of 3 to 25
words a side, drawn from the sample statements. Seconds are of processor time, so that a busy machine is
no slower. For a memory of a million units the limits are 20 seconds and 300 MB; for other numbers the
time is scaled, the memory is not. The peer is the same memory written element by element with lxml's
incremental writer.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from align.exporters import FORMATS, Header, write_units
from align.types import TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
STATEMENTS = ROOT / "corpora" / "statements"
HEADER = Header("ru", "en", signature="benchmark")
SECONDS, MEGABYTES = 20.0, 300.0
PEER = "lxml"
SHEET = 1_000_000
"""A spreadsheet takes about this many rows."""


def units(count: int) -> Iterator[TranslationUnit]:
    """Made-up units, the same each time, made as they are asked for."""
    draw = random.Random(1)  # noqa: S311  # no secrets here
    words = {
        lang: " ".join(path.read_text(encoding="utf-8") for path in sorted(STATEMENTS.glob(f"*.{lang}.txt"))).split()
        for lang in ("ru", "en")
    }
    # Drawn once and cut at random places: drawing a million sentences word by word takes longer than writing them.
    texts = {
        lang: [" ".join(draw.choices(each, k=draw.randint(3, 25))) for _ in range(5000)] for lang, each in words.items()
    }
    for number in range(1, count + 1):
        variants = {lang: f"{draw.choice(each)} {number}" for lang, each in texts.items()}
        yield TranslationUnit(str(number), variants, draw.random())


def write_with_lxml(path: Path, count: int) -> None:
    """The same memory by a general XML writer."""
    from lxml import etree

    with path.open("wb") as stream, etree.xmlfile(stream, encoding="utf-8") as out, out.element("tmx", version="1.4"):
        out.write(etree.Element("header", srclang="ru"))
        with out.element("body"):
            for unit in units(count):
                element = etree.Element("tu")
                etree.SubElement(element, "prop", type="x-confidence").text = f"{unit.confidence:.3f}"
                for lang, text in unit.variants.items():
                    variant = etree.SubElement(element, "tuv")
                    variant.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
                    etree.SubElement(variant, "seg").text = text
                out.write(element)


def measure(name: str, count: int) -> None:
    """Write once and print seconds, seconds for making the units alone, and peak memory in MB, as JSON."""
    start = time.process_time()
    for _ in units(count):
        pass
    alone = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        path, start = Path(folder, "out"), time.process_time()
        if name == PEER:
            write_with_lxml(path, count)
        else:
            write_units(units(count), path, HEADER, format=name)
        seconds = time.process_time() - start
        size = sum(each.stat().st_size for each in Path(folder).iterdir()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds - alone, "alone": alone, "peak": peak, "size": size}))


def measured(name: str, count: int) -> dict[str, float]:
    """`measure` in an interpreter of its own."""
    command = [sys.executable, __file__, "--measure", name, "--units", str(count)]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return dict(json.loads(found.stdout))


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=1_000_000, help="how many to write")
    parser.add_argument("--formats", default="", help="comma-separated; all that take a stream by default")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.units)
        return
    streamed = [name for name, each in FORMATS.items() if each.write_units is not None]
    names = options.formats.split(",") if options.formats else streamed
    limit = SECONDS * options.units / 1_000_000
    peer = measured(PEER, options.units)
    print(f"{options.units:,} units; limits {limit:.1f} s and {MEGABYTES:.0f} MB; making the units is taken off")
    print(f"{PEER:8} {peer['seconds']:7.1f} s, {peer['peak']:5.0f} MB at most")
    for name in names:
        count = min(options.units, SHEET) if name == "xlsx" else options.units
        found = measured(name, count)
        print(
            f"{name:8} {found['seconds']:7.1f} s, {found['peak']:5.0f} MB at most, {found['size']:6.0f} MB written; "
            f"time / limit {found['seconds'] / limit:.2f}, memory / limit {found['peak'] / MEGABYTES:.2f}, "
            f"time / {PEER} {found['seconds'] / peer['seconds']:.2f}"
        )


if __name__ == "__main__":
    main()
