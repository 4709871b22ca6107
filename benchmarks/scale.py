r"""Time and memory of ``align pair``, from two text files to TMX, over decades of length, and of others beside it.

    python benchmarks/scale.py BITEXT_DIRECTORY --sizes 100 1000 10000 100000 1000000 --plot scale.svg \
        --bertalign PYTHON:CHECKOUT --vecalign PYTHON --peers-up-to 20000

Long documents are made of the Russian-English lines of ``ru-en.*.tsv.xz`` in a directory, in order, a paragraph
each; of 100 lines about 3 are lost on each side. A size is the number of pairs of lines; milliseconds a line are of
processor time. Peak memory is that of all processes together, sampled, with shared pages counted once
(proportional set size, where the system tells it).

The others get the same lines as sentences, and the vectors of our model. Their own time is from sentences and vectors
that are there to beads; what our encoder takes to embed the runs of sentences that they compare (a program of its own
that writes the vectors into a file) is the column ``vectors``. Ours is from text to TMX, with reading, cutting and
embedding, so that of the two ratios the second is the fairer; even that leaves them reading and cutting. How they are
run is in ``peers``.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "peers"))

from jobs import environment
from systems import Places, System, installed

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


@dataclass(frozen=True)
class Cost:
    """What aligning one document took.

    Attributes:
        system: what aligned it.
        size: pairs of lines.
        seconds: on the wall.
        processor: seconds of all cores.
        peak: bytes of all its processes.
        vectors: seconds of all cores for the vectors that it is given.
    """

    system: str
    size: int
    seconds: float
    processor: float
    peak: int
    vectors: float = 0.0


def measured(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and peak bytes of a program."""
    began, used, peak = time.perf_counter(), processor_seconds(), 0
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment) as process,
    ):
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(min(EVERY, 0.01 + (time.perf_counter() - began) / 50))
    if process.returncode:
        sys.stderr.write((folder / "log").read_text("utf-8", "replace")[-600:])
        raise SystemExit(f"{command}: exit status {process.returncode}")
    return time.perf_counter() - began, processor_seconds() - used, peak


def run(source: Path, target: Path, out: Path) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and peak bytes of aligning two files."""
    command = [sys.executable, "-m", "align.cli", "pair", str(source), str(target), "-s", "ru", "-t", "en"]
    root = str(Path(__file__).resolve().parents[1])
    return measured([*command, "-o", str(out), "--quiet"], out.parent, {**os.environ, "PYTHONPATH": root})


def run_peer(system: System, source: Path, target: Path, folder: Path) -> tuple[float, float, int, float]:
    """The same for another aligner, and the processor seconds of making vectors for it."""
    for path, name in ((source, "0.src"), (target, "0.tgt")):
        (folder / name).write_bytes(path.read_bytes())
    *before, command = system.commands(folder, 1)
    vectors = sum(measured(each, folder, environment())[1] for each in before)
    return (*measured(command, folder, environment()), vectors)


def report(costs: list[Cost]) -> None:
    """Print the last line of the table, and by how much ours is faster."""
    cost = costs[-1]
    ours = next(each for each in costs if each.size == cost.size)
    ratio = "" if cost is ours else f"  {_times(cost, ours)}"
    figures = f"{cost.size:9,} {cost.seconds:9.2f} {cost.processor:10.2f} {1000 * cost.processor / cost.size:10.3f}"
    print(f"{cost.system:24} {figures} {cost.peak / 1e6:8.0f} {cost.vectors:8.2f}{ratio}", flush=True)


def _times(cost: Cost, ours: Cost) -> str:
    """How many times ours another takes: alone, and with its vectors."""
    alone, whole = (seconds / ours.processor for seconds in (cost.processor, cost.processor + cost.vectors))
    return f"{alone:.1f} times ours, {whole:.1f} with vectors, {cost.seconds / ours.seconds:.1f} on the wall without"


def draw(costs: list[Cost], path: Path) -> None:
    """Plot time and memory against length, on logarithmic scales; says so where matplotlib is missing."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("no plot: pip install matplotlib")
        return
    mpl.use("svg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for system in dict.fromkeys(cost.system for cost in costs):
        own = [cost for cost in costs if cost.system == system]
        sizes = [cost.size for cost in own]
        left.plot(sizes, [cost.processor for cost in own], "o-", label=system)
        right.plot(sizes, [cost.peak / 1e6 for cost in own], "o-", label=system)
    for axes, label in ((left, "processor seconds"), (right, "peak MB")):
        axes.set(xscale="log", yscale="log", xlabel="pairs of lines", ylabel=label)
        axes.grid(visible=True, which="major", alpha=0.3)
    left.legend()
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    """Print a line a size and system."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bitext", type=Path, help="directory of ru-en.*.tsv.xz")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--plot", type=Path, help="where to put a plot (.svg)")
    parser.add_argument("--bertalign", metavar="PYTHON:CHECKOUT", help="run bertalign beside ours")
    parser.add_argument("--vecalign", type=Path, metavar="PYTHON", help="run vecalign beside ours")
    parser.add_argument("--peers-up-to", type=int, default=20_000, metavar="N", help="largest size for the others")
    arguments = parser.parse_args()
    wanted = installed(Places(vecalign=arguments.vecalign, bertalign=arguments.bertalign))
    peers = [system for system in wanted if system.name.startswith(("vecalign", "bertalign"))]
    pairs = list(lines(arguments.bitext))
    costs: list[Cost] = []
    print(
        f"{'system':24} {'lines':>9} {'seconds':>9} {'processor':>10} {'ms a line':>10} {'peak MB':>8} {'vectors':>8}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for size in arguments.sizes:
            paths = write_documents(folder, pairs, size)
            costs.append(Cost("align", size, *run(*paths, folder / "out.tmx")))
            report(costs)
            for system in peers if size <= arguments.peers_up_to else ():
                costs.append(Cost(system.name, size, *run_peer(system, *paths, folder)))
                report(costs)
    if arguments.plot:
        draw(costs, arguments.plot)


if __name__ == "__main__":
    main()
