"""The house keeps its arrows: what a room may import, and what the everyday path may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

# From the ground up. A room may import itself and what stands on a lower floor, nothing beside it or above.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("corpora",),
    ("align.errors", "align.version"),
    ("align.types", "align.workers"),
    ("align.encoder", "align.splitter"),
    ("align.aligner",),
    ("align.pipeline", "align.exporters", "align.matching"),
    ("align.evaluation", "align.multilingual", "align.memory", "align.batch", "align.review"),
    ("align.training",),
    ("align.cli",),
    ("align",),  # the front door: its names come from everywhere, so nobody inside goes through it
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
HEAVY = {
    "torch",
    "sentence_transformers",
    "transformers",
    "nltk",
    "numba",
    "scipy",
    "dask",
    "flask",
    "markdown_it",
    "pypdfium2",
    "starlette",
}


def modules() -> list[tuple[str, Path]]:
    """Every module of the project: its dotted name and its file."""
    paths = sorted(path for top in ("align", "corpora") for path in (ROOT / top).rglob("*.py"))
    return [(dotted(path.relative_to(ROOT)), path) for path in paths]


def dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str | None:
    """The room that a module belongs to; None for what is not ours."""
    top, *rest = module.split(".")
    if top == "corpora":
        return "corpora"
    return None if top != "align" else ".".join([top, *rest[:1]])


def imports(module: str, path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a file imports, inside functions too."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                base = ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])])
            yield from ((node.lineno, target(base, alias.name)) for alias in node.names)


def target(base: str, name: str) -> str:
    """What ``from base import name`` imports: a module of that name if there is one, else `base`."""
    as_path = ROOT.joinpath(*base.split("."), name)
    return f"{base}.{name}" if as_path.is_dir() or as_path.with_suffix(".py").exists() else base


def arrows() -> Iterator[tuple[str, str, str]]:
    """Every import from one room of ours into another: where, from, to."""
    for module, path in modules():
        source = room_of(module)
        for line, name in imports(module, path):
            room = room_of(name)
            if source and room and room != source:
                yield f"{path.relative_to(ROOT)}:{line}", source, room


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(module) for module, _ in modules()}
    assert rooms <= set(FLOOR_OF)


def test_imports_only_go_down() -> None:
    # The command line may ask the front door for the version; nobody else inside may go through it.
    allowed = {("align.cli", "align")}
    wrong = [
        f"{where}: {source} imports {room}"
        for where, source, room in arrows()
        if (source, room) not in allowed and FLOOR_OF[room] >= FLOOR_OF[source]
    ]
    assert wrong == []


def test_the_reader_of_imports_sees_those_inside_functions_and_relative_ones(tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text("from . import tmx\nfrom ..types import Bead\ndef f():\n    import align.cli.pair\n")
    found = {name for _, name in imports("align.exporters.example", path)}
    assert found == {"align.exporters.tmx", "align.types", "align.cli.pair"}


@pytest.mark.parametrize(
    "code",
    [
        "import align",
        "from align import Alignment, align_files, write",
        "from align.cli import main; main(['--help'], standalone_mode=False)",
        "from align.cli import main; main(['pair', '--help'], standalone_mode=False)",
        "from align.cli import main; main(['split', '--help'], standalone_mode=False)",
    ],
)
def test_the_everyday_path_loads_nothing_heavy(code: str) -> None:
    assert HEAVY.isdisjoint(loaded_by(code))


@pytest.mark.parametrize(
    "code", ["import align", "from align.cli import main; main(['--help'], standalone_mode=False)"]
)
def test_help_and_import_load_not_even_numpy(code: str) -> None:
    assert {"numpy", "tokenizers", "lxml"}.isdisjoint(loaded_by(code))


def test_aligning_a_statement_loads_nothing_heavy(tmp_path: Path) -> None:
    sample = min((ROOT / "corpora" / "statements").glob("*.ru.txt"))
    pair = [str(sample), str(sample).replace(".ru.", ".en."), "-o", str(tmp_path / "out.tmx")]
    loaded = loaded_by(f"from align.cli import main; main({['pair', *pair]!r}, standalone_mode=False)")
    assert HEAVY.isdisjoint(loaded)


def loaded_by(code: str) -> set[str]:
    """Names in `sys.modules` after `code` ran in an interpreter of its own."""
    program = f"import sys\n{code}\nsys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True, timeout=120
    )
    return set(done.stderr.split("\n"))
