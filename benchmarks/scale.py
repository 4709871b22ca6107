"""Time and memory of ``align pair``, from two text files to TMX, over decades of length.

    python benchmarks/scale.py BITEXT_DIRECTORY --sizes 100 1000 10000 100000

Long documents are made of the Russian-English lines of ``ru-en.*.tsv.xz`` in a directory, in order, a paragraph
each; of 100 lines about 3 are lost on each side. A size is the number of pairs of lines; milliseconds a line are of
processor time. Peak memory is that of all processes together, sampled, with shared pages counted once
(proportional set size, where the system tells it).
"""

from __future__ import annotations

import argparse
import lzma
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

EVERY = 0.2
"""Seconds between two samples of memory."""
LOST = 0.03


def lines(directory: Path) -> Iterator[tuple[str, str]]:
    """Pairs of all Russian-English files, in order."""
    for path in sorted(directory.glob("ru-en.*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                fields = line.rstrip("\n").split("\t")
                if len(fields) > 1 and fields[0].strip() and fields[1].strip():
                    yield fields[0], fields[1]


def write_documents(directory: Path, pairs: list[tuple[str, str]], size: int) -> tuple[Path, Path]:
    """Two texts of about `size` lines, from the beginning again where there are too few."""
    dice = random.Random(size)  # noqa: S311  # no secret
    paths = directory / f"{size}.ru.txt", directory / f"{size}.en.txt"
    with paths[0].open("w", encoding="utf-8") as first, paths[1].open("w", encoding="utf-8") as second:
        for source, target in islice(cycle(pairs), size):
            lost = dice.random()
            if lost >= LOST:
                first.write(source + "\n")
            if not LOST <= lost < 2 * LOST:
                second.write(target + "\n")
    return paths


def memory(process: int) -> int:
    """Bytes of a process and its children, shared ones once."""
    total = 0
    for each in [process, *children(process)]:
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(line.split()[1]) << 10 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def children(process: int) -> list[int]:
    """Numbers of the child processes, as Linux tells them."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in found] + [grandchild for child in found for grandchild in children(int(child))]


def processor_seconds() -> float:
    """What all processes that were waited for have used of all cores."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(source: Path, target: Path, out: Path) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and peak bytes of aligning two files."""
    command = [sys.executable, "-m", "align.cli", "pair", str(source), str(target), "-s", "ru", "-t", "en"]
    began, used, peak = time.perf_counter(), processor_seconds(), 0
    with subprocess.Popen([*command, "-o", str(out), "--quiet"], stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(min(EVERY, 0.01 + (time.perf_counter() - began) / 50))
    if process.returncode:
        raise SystemExit(f"{source}: exit status {process.returncode}")
    return time.perf_counter() - began, processor_seconds() - used, peak


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bitext", type=Path, help="directory of ru-en.*.tsv.xz")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    arguments = parser.parse_args()
    pairs = list(lines(arguments.bitext))
    print(f"{'lines':>9} {'seconds':>9} {'processor':>10} {'ms a line':>10} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as scratch:
        for size in arguments.sizes:
            paths = write_documents(Path(scratch), pairs, size)
            seconds, used, peak = run(*paths, Path(scratch) / "out.tmx")
            print(f"{size:9,} {seconds:9.2f} {used:10.2f} {1000 * used / size:10.3f} {peak / 1e6:8.0f}", flush=True)


if __name__ == "__main__":
    main()
