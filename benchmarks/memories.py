"""Time and memory of the work on large translation memories, against parsers that only read.

    python benchmarks/memories.py [UNITS]

Makes a memory of UNITS units (a million by default), and runs each piece of work in a process of its own.
Printed: seconds of processor time, as a ratio to lxml's iterparse over the same file in the same run, and the most
memory held.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

MEASURE = """
import resource, sys, time
began = time.process_time()
exec(sys.argv[1])
print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
LXML = """
from lxml import etree
for _, unit in etree.iterparse({path!r}, tag="tu"):
    unit.clear()
    while unit.getprevious() is not None:
        del unit.getparent()[0]
"""
EXPAT = """
from xml.parsers import expat
parser = expat.ParserCreate()
parser.CharacterDataHandler = parser.StartElementHandler = lambda *_: None
parser.ParseFile(open({path!r}, "rb"))
"""
COMMAND = "from align.cli import main; main({arguments!r}, standalone_mode=False)"


def make(path: Path, units: int) -> None:
    """A memory without doubles, as `align pair` writes them."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  <header creationtool="align" '
            'creationtoolversion="1" segtype="sentence" o-tmf="align" adminlang="en" srclang="ru" '
            'datatype="plaintext"/>\n  <body>\n'
        )
        for number in range(units):
            file.write(
                '    <tu>\n      <prop type="x-confidence">0.981</prop>\n'
                f'      <tuv xml:lang="ru"><seg>Строка номер {number} рассказывает о погоде в горах.</seg></tuv>\n'
                f'      <tuv xml:lang="en"><seg>Line number {number} tells of weather in the mountains.</seg></tuv>\n'
                "    </tu>\n"
            )
        file.write("  </body>\n</tmx>\n")


def measure(code: str) -> tuple[float, float]:
    """Processor seconds and mebibytes of a piece of work."""
    done = subprocess.run([sys.executable, "-c", MEASURE, code], capture_output=True, text=True, check=False)
    seconds, most = done.stdout.split()[-2:]
    return float(seconds), float(most)


def main() -> None:
    """Print a line a piece of work."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "a.tmx", Path(folder) / "b.tmx"
        make(path, units)
        print(f"{units:,} units, {path.stat().st_size / 1e6:.0f} MB")
        work = {
            "lxml iterparse": LXML.format(path=str(path)),
            "expat": EXPAT.format(path=str(path)),
            **{
                " ".join(arguments[:1]): COMMAND.format(arguments=["memory", *arguments])
                for arguments in (
                    ["check", str(path)],
                    ["info", str(path)],
                    ["dedupe", str(path), "-o", str(out)],
                    ["filter", str(path), "-o", str(out), "--numbers", "--untranslated"],
                    ["convert", str(path), "-o", str(out.with_suffix(".tsv"))],
                )
            },
        }
        floor = 0.0
        for name, code in work.items():
            seconds, most = measure(code)
            floor = floor or seconds
            print(f"{name:16} {seconds:7.1f} s  {seconds / floor:5.1f} times lxml  {most:6.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
