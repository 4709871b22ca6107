"""The comparison with other aligners, with small ones of ours in the place of theirs."""

from __future__ import annotations

import gzip
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
COMPARISON = ROOT / "benchmarks" / "peers"
PARIS = ["Paris is the capital of France.", "It has 2 million inhabitants.", "The Louvre is a museum."]
PARIS_FR = ["Paris est la capitale de la France.", "Elle a 2 millions d'habitants.", "Le Louvre est un musée."]
OSLO = ["Oslo is the capital of Norway.", "The National Museum opened in 2022."]
OSLO_FR = ["Oslo est la capitale de la Norvège.", "Le Musée national a ouvert en 2022."]

PAIRS = """
import sys
folder, names = sys.argv[0], open(sys.argv[-1]).read().splitlines()
for source, target, out in (name.split("\\t") for name in names):
    count = len(open(source).readlines())
    open(out, "w").write("".join(f"{n}\\t{n}\\t0.5\\n" for n in range(count + 1)))
"""

MOORE = """
foreach $path (glob("$ARGV[0]/*_src.snt")) {
    ($number) = $path =~ /(\\d+)_src/;
    open(IN, $path); $count = 0; while (<IN>) { $count++ } close(IN);
    open(OUT, ">$ARGV[0]/ORDER.backtrace" =~ s/NUMBER/$number/gr);
    foreach $line (0..$count-1) { printf OUT "%6d %6d match    0.90000000\\n", $line, $line }
    close(OUT);
}
"""

SENTALIGN = """
import argparse, pathlib, torch
from transformers import BertModel, BertTokenizerFast
parser = argparse.ArgumentParser()
for name in ("-dir", "-sl", "-tl", "-device", "-proc", "-concats", "-cutoff"):
    parser.add_argument(name)
args = parser.parse_args()
tokenizer, model = BertTokenizerFast.from_pretrained("LaBSE"), BertModel.from_pretrained("LaBSE").eval()
model.to(args.device)

def embed(side, name):
    lines = (pathlib.Path(args.dir) / side / name).read_text().splitlines()
    with torch.no_grad():
        return model(**tokenizer(lines, return_tensors="pt").to(args.device)).pooler_output

place = pathlib.Path(args.dir)
(place / "output").mkdir(exist_ok=True)
if __name__ == "__main__":
    begun = (place / "filesdone.txt").read_text().split()
    for name in (place / "files2align.txt").read_text().split():
        if name not in begun:
            with (place / "filesdone.txt").open("a") as done:
                done.write(name + "\\n")
            if "FAILS" in (place / "src" / name).read_text():
                raise RuntimeError("as on a long document")
            likeness, best = (embed(args.sl, name) @ embed(args.tl, name).T).max(1)
            pairs = enumerate(zip(likeness.tolist(), best.tolist()))
            rows = [f"[{i}]:[{j}]:{like}\\n" for i, (like, j) in pairs if like > float(args.cutoff)]
            (place / "output" / f"{name}.path").write_text("".join(rows) + "[]:[]:0\\n")
"""

LINGTRAIN = {
    "__init__": "",
    "aligner": """
import json
from lingtrain_aligner import store
def fill_db(path, lang_from, lang_to, splitted_from, splitted_to):
    store.lines[path] = splitted_from, splitted_to
def align_db(path, model_name, batch_size, window, model):
    source, target = (model.encode(each, batch_size=10, normalize_embeddings=True) for each in store.lines[path])
    best = (source @ target.T).argmax(1)
    store.rows[path] = [(0, json.dumps([i + 1]), 0, json.dumps([int(j) + 1])) for i, j in enumerate(best)]
""",
    "resolver": """
def get_all_conflicts(path, min_chain_length, max_conflicts_len, handle_start, handle_finish):
    return [], []
def resolve_all_conflicts(path, conflicts, model_name, model):
    assert conflicts == []
""",
    "helper": """
from lingtrain_aligner import store
def get_clear_flatten_doc_index(path):
    return store.rows[path]
""",
    "store": "lines, rows = {}, {}",
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A set ``small`` of two documents in which each sentence belongs to the one beside it."""
    write_gold(tmp_path / "small.jsonl.gz", [(PARIS, PARIS_FR), (OSLO, OSLO_FR)])
    return tmp_path


def write_gold(path: Path, documents: list[tuple[list[str], list[str]]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        for number, (source, target) in enumerate(documents):
            sides = {"source": {"lang": "en", "sentences": source}, "target": {"lang": "fr", "sentences": target}}
            beads = [[[line], [line]] for line in range(len(source))]
            stream.write(json.dumps({"id": str(number), **sides, "beads": beads}) + "\n")


def compared(gold: Path, *options: str | Path) -> dict[str, list[str]]:
    """The lines of the table by the name of the system, without the set."""
    command = [sys.executable, COMPARISON, gold, "--sets", "small", "-o", gold / "out", *options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")[2:-1]] for line in done.stdout.splitlines()[2:]]
    assert (gold / "out" / "table.md").read_text(encoding="utf-8") == done.stdout
    return {name: figures for name, *figures in rows}


def written(path: Path, text: str, *, program: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}" if program else text)
    path.chmod(0o755)
    return path


def moore(place: Path, order: str = "NUMBER_src.snt.NUMBER_tgt.snt") -> Path:
    return written(place / "moore" / "align-sents-all-multi-file.pl", MOORE.replace("ORDER", order)).parent


def sentalign(place: Path) -> str:
    return f"{sys.executable}:{written(place / 'SentAlign' / 'sentAlign.py', SENTALIGN).parent}"


def lingtrain(place: Path) -> Path:
    for name, text in LINGTRAIN.items():
        written(place / "site" / "lingtrain_aligner" / f"{name}.py", text)
    script = f'#!/bin/sh\nPYTHONPATH="{place / "site"}:$PYTHONPATH" exec "{sys.executable}" "$@"\n'
    return written(place / "python", script)


def test_those_that_are_named_take_part_and_the_others_do_not(
    gold: Path, require_module: Callable[[str], ModuleType], require_program: Callable[[str], str]
) -> None:
    require_module("torch")
    require_program("perl")
    hunalign = written(gold / "hunalign", PAIRS, program=True)
    cutoffs = ("--sentalign-cutoffs", "0.1", "9")
    peers = ("--hunalign", hunalign, "--moore", moore(gold), "--sentalign", sentalign(gold), *cutoffs, "--lingtrain")
    figures = compared(gold, *peers, lingtrain(gold), "--skip", "gale")
    assert list(figures) == [
        "align",
        "hunalign, no dictionary",
        "Moore",
        "SentAlign from 0.1 on, our vectors",
        "SentAlign from 9.0 on, our vectors",
        "Lingtrain, our vectors",
    ]
    assert figures.pop("SentAlign from 9.0 on, our vectors")[:2] == ["0.000", "0.000"]
    assert {tuple(figure[:2]) for figure in figures.values()} == {("1.000", "1.000")}
    assert compared(gold, "--skip", "gale", "align") == {}


def test_a_document_that_a_system_fails_on_is_counted_as_not_found(
    gold: Path, require_module: Callable[[str], ModuleType]
) -> None:
    require_module("torch")
    write_gold(gold / "small.jsonl.gz", [(PARIS, PARIS_FR), (["FAILS.", *OSLO], ["ÉCHEC.", *OSLO_FR]), (OSLO, OSLO_FR)])
    figures = compared(gold, "--sentalign", sentalign(gold), "--sentalign-cutoffs", "0.4", "--skip", "gale", "align")
    assert list(figures) == ["SentAlign, our vectors (1 of 3 documents failed)"]
    # Five of eight beads, all right.
    assert figures.popitem()[1][0] == f"{2 * 5 / (5 + 8):.3f}"


def test_a_system_that_takes_too_long_is_ended_and_said_to_have_failed(
    gold: Path, require_program: Callable[[str], str]
) -> None:
    require_program("perl")
    slow = written(gold / "slow" / "align-sents-all-multi-file.pl", "sleep 100;").parent
    assert compared(gold, "--moore", slow, "--limit", "1", "--skip", "gale", "align")["Moore"][0] == "failed: over 1 s"


def test_moores_order_of_the_sides_does_not_matter(gold: Path, require_program: Callable[[str], str]) -> None:
    require_program("perl")
    programs = moore(gold, "NUMBER_tgt.snt.NUMBER_src.snt")
    assert compared(gold, "--moore", programs, "--skip", "gale", "align")["Moore"][:2] == ["1.000", "1.000"]


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Import a module of the comparison."""
    monkeypatch.syspath_prepend(COMPARISON)
    return importlib.import_module


def test_lines_without_words_are_not_counted_by_moores_programs(
    tmp_path: Path, driver: Callable[[str], ModuleType]
) -> None:
    (tmp_path / "0.src").write_text("Word.\n-\n(\n0\nЕщё (слово)\n0 1\n", encoding="utf-8")
    assert list(driver("moore_driver").lines(tmp_path / "0.src")) == [0, 4, 5]


def test_moores_beads_are_read_with_their_sizes(tmp_path: Path, driver: Callable[[str], ModuleType]) -> None:
    for side, text in (("src", "a\n-\nb\nc\nd\n"), ("tgt", "e\nf\ng\nh\n")):
        (tmp_path / f"0.{side}").write_text(text)
    rows = "0 0 contract 0.9\n2 1 expand 0.8\n3 3 delete 0.7\n4 3 insert 0.6\n"
    (tmp_path / "0_src.snt.0_tgt.snt.backtrace").write_text(rows)
    found = list(driver("moore_driver").beads(tmp_path, tmp_path, 0))
    assert found == [([0, 2], [0], "0.9"), ([3], [1, 2], "0.8"), ([4], [], "0.7"), ([], [3], "0.6")]


def test_texts_are_looked_up_as_sentalign_changes_them(driver: Callable[[str], ModuleType]) -> None:
    key = driver("sentalign_driver").key
    assert key("a ___ b ") == "a _ b"
    assert len(key("x" * 20_000)) == 10_000
