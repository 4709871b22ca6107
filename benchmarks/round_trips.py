"""Random alignments written in every format and read back: how many come back changed (none may).

    python benchmarks/round_trips.py [--total N]

The alignments are those of the tests (any Unicode, controls, metadata, nulls, doubles), and so are the
readers, which are other people's wherever there are some; see tests/exporter_readers.py. What is counted
is a format written and read back once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from exporter_readers import CONTRACT
from exporter_samples import alignments
from hypothesis import HealthCheck, Phase, given, settings

from align.exporters import FORMATS, write
from align.types import Alignment


def comes_back(alignment: Alignment, name: str, folder: str) -> bool:
    """Whether one format gives back what was written."""
    read, expected = CONTRACT[name]
    path = Path(folder, f"x{FORMATS[name].suffixes[0]}")
    write(alignment, path, format=name)
    return bool(read(path) == expected(alignment))


def main() -> None:
    """Parse the command line, run, print; exits 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--total", type=int, default=1_000, help="round trips in all")
    total = parser.parse_args().total
    done, lost, first = Counter[str](), Counter[str](), dict[str, Alignment]()

    with tempfile.TemporaryDirectory() as folder:

        @settings(
            max_examples=-(-total // len(FORMATS)),
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(alignment=alignments())
        def all_formats(alignment: Alignment) -> None:
            for name in FORMATS:
                done[name] += 1
                if not comes_back(alignment, name, folder):
                    lost[name] += 1
                    first.setdefault(name, alignment)

        start = time.perf_counter()
        all_formats()
    print(f"{sum(done.values()):,} round trips in {len(FORMATS)} formats, {time.perf_counter() - start:.0f} s")
    for name in FORMATS:
        print(f"  {name:8} {done[name]:7,} written and read back, {lost[name]} changed")
    for name, alignment in first.items():
        print(f"first lost in {name}: {alignment!r}")
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
