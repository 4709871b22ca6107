"""Many pairs: one result each, done once, and one that fails does not stop the rest."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from srx_samples import language, rule, srx

from align.batch import Task, merge, plan, run, running
from align.batch.ledger import record_place
from align.errors import FormatError, WriteError
from align.matching import Row, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran, Statement

    from align.batch import Outcome

RUSSIAN = "Озеро замёрзло раньше обычного. Рыбаки вышли на лёд с сетями. К вечеру поднялся ветер номер {}."
ENGLISH = "The lake froze earlier than usual. The fishermen went out on the ice. Towards evening wind number {} rose."


def texts(folder: Path, count: int) -> Path:
    """A manifest of so many pairs, and their files."""
    rows = ["source\ttarget"]
    for at in range(count):
        (folder / f"{at}.ru.txt").write_text(RUSSIAN.format(at), "utf-8")
        (folder / f"{at}.en.txt").write_text(ENGLISH.format(at), "utf-8")
        rows.append(f"{at}.ru.txt\t{at}.en.txt")
    manifest = folder / "pairs.tsv"
    manifest.write_text("\n".join(rows), "utf-8")
    return manifest


def done(folder: Path, manifest: Path, **wanted: int | bool) -> dict[str, Outcome]:
    jobs = plan(read_manifest(manifest))
    return {outcome.job.name: outcome for outcome in run(jobs, Task(folder / "out"), **wanted)}  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_each_pair_becomes_a_result_and_is_not_done_again(tmp_path: Path) -> None:
    manifest = texts(tmp_path, 2)
    first = done(tmp_path, manifest)
    assert set(first) == {"0.ru", "1.ru"}
    assert all(not outcome.error and not outcome.kept and outcome.units == 3 for outcome in first.values())
    before = files(tmp_path / "out")
    assert set(before) == {"0.ru.jsonl", "1.ru.jsonl"}
    assert all(outcome.kept and outcome.units == 3 for outcome in done(tmp_path, manifest).values())
    assert files(tmp_path / "out") == before


@pytest.mark.parametrize("change", ["text", "result", "no-result", "record", "broken-record", "format", "again"])
def test_what_has_changed_is_done_again_and_nothing_else(change: str, tmp_path: Path) -> None:
    manifest = texts(tmp_path, 2)
    jobs, task = plan(read_manifest(manifest)), Task(tmp_path / "out")
    list(run(jobs, task))
    before = files(tmp_path / "out")
    if change == "text":
        (tmp_path / "1.en.txt").write_text(ENGLISH.format(1) + " It was cold.", "utf-8")
    elif change == "result":
        (tmp_path / "out" / "1.ru.jsonl").write_bytes(b"half of it")
    elif change == "no-result":
        (tmp_path / "out" / "1.ru.jsonl").unlink()
    elif change == "record":
        record_place(task, jobs[1]).unlink()
    elif change == "broken-record":
        record_place(task, jobs[1]).write_text('{"files": [1]}', "utf-8")
    elif change == "format":
        task = Task(tmp_path / "out", ("tsv",))
    outcomes = {outcome.job.name: outcome for outcome in run(jobs, task, again=change == "again")}
    assert not outcomes["1.ru"].kept
    assert outcomes["0.ru"].kept == (change not in {"format", "again"})
    if change not in {"text", "format"}:
        assert files(tmp_path / "out") == before


def test_a_bad_pair_does_not_stop_the_others(tmp_path: Path) -> None:
    manifest = texts(tmp_path, 3)
    (tmp_path / "0.ru.txt").unlink()
    (tmp_path / "1.en.txt").write_text(RUSSIAN.format(7), "utf-8")
    outcomes = done(tmp_path, manifest)
    assert "no such file" in outcomes["0.ru"].error
    assert "both in 'ru'" in outcomes["1.ru"].error
    assert not outcomes["2.ru"].error
    assert set(files(tmp_path / "out")) == {"2.ru.jsonl"}


def test_a_document_beyond_the_limit_fails_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.batch.ledger.MAX_BYTES", 250)
    manifest = texts(tmp_path, 1)
    (tmp_path / "0.ru.txt").write_text(RUSSIAN.format(0) * 3, "utf-8")
    assert "larger than" in done(tmp_path, manifest)["0.ru"].error


def test_several_processes_write_the_same_files_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    jobs = plan(read_manifest(texts(tmp_path, 4)))
    one, two = Task(tmp_path / "one", ("tmx",)), Task(tmp_path / "two", ("tmx",))
    assert not any(outcome.error for outcome in run(jobs, one))
    assert sorted(outcome.job.line for outcome in run(jobs, two, workers=2)) == [2, 3, 4, 5]
    assert files(one.folder) == files(two.folder)
    merge(jobs, one, tmp_path / "one.tmx")
    merge(jobs, two, tmp_path / "two.tmx")
    assert (tmp_path / "one.tmx").read_bytes() == (tmp_path / "two.tmx").read_bytes()


def _die(job: object, *_: object) -> Outcome:
    """A worker that is killed by one of the jobs."""
    if job.name == "1.ru":  # type: ignore[attr-defined]
        os.kill(os.getpid(), signal.SIGKILL)
    return running.Outcome(job)  # type: ignore[arg-type]


def test_a_worker_that_dies_costs_one_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_do", _die)
    manifest = texts(tmp_path, 6)
    outcomes = done(tmp_path, manifest, workers=2)
    assert len(outcomes) == 6
    assert [name for name, outcome in outcomes.items() if outcome.error] == ["1.ru"]
    assert "ended without a word" in outcomes["1.ru"].error


def test_a_merged_memory_holds_each_pair_once_and_the_commonest_translation(tmp_path: Path) -> None:
    manifest = texts(tmp_path, 3)
    (tmp_path / "1.en.txt").write_text(
        ENGLISH.format(1).replace("earlier than usual", "sooner than it usually does"), "utf-8"
    )
    jobs, task = plan(read_manifest(manifest)), Task(tmp_path / "out")
    list(run(jobs, task))
    merged = merge(jobs, task, tmp_path / "all.tmx")
    assert (merged.units, merged.doubles) == (5, 4)
    text = (tmp_path / "all.tmx").read_text("utf-8")
    assert text.count("earlier than usual") == 1
    assert "sooner" not in text


def test_only_one_pair_of_languages_is_merged(tmp_path: Path) -> None:
    manifest = texts(tmp_path, 1)
    (tmp_path / "de.txt").write_text("Der See fror früher zu als sonst. Die Fischer gingen auf das Eis.", "utf-8")
    with manifest.open("a", encoding="utf-8") as file:
        file.write("\nde.txt\t0.en.txt\n")
    jobs, task = plan(read_manifest(manifest)), Task(tmp_path / "out")
    assert not any(outcome.error for outcome in run(jobs, task))
    with pytest.raises(FormatError, match="de-en, ru-en"):
        merge(jobs, task, tmp_path / "all.tmx")
    assert not (tmp_path / "all.tmx").exists()


def test_results_of_the_same_name_are_called_after_their_directories(tmp_path: Path) -> None:
    paths = ["a/ru.txt", "b/ru.txt", "c/x.txt", "c/x.md"]
    rows = [Row(at, tmp_path / path, tmp_path / f"t{at}") for at, path in enumerate(paths)]
    names = [job.name for job in plan(rows)]
    assert names[:2] == ["a-ru", "b-ru"]
    assert names[2].endswith("c-x")
    assert names[3] == f"{names[2]}-2"


def test_a_pair_that_is_listed_twice_is_done_once_and_one_sided_rows_never(tmp_path: Path) -> None:
    pair = Row(1, tmp_path / "a", tmp_path / "b")
    rows = [
        pair,
        Row(2, tmp_path / "." / "a", tmp_path / "b"),
        Row(3, tmp_path / "c", None),
        Row(4, None, tmp_path / "d"),
    ]
    assert [job.line for job in plan(rows)] == [1]


@given(st.lists(st.tuples(st.sampled_from("aAbB"), st.sampled_from(["x.ru", "X.ru", "y", "é" * 150])), max_size=12))
def test_names_of_results_are_unique_whatever_the_case(parts: list[tuple[str, str]]) -> None:
    rows = [Row(at, Path("/", folder, name, "s.txt"), Path("/t", str(at))) for at, (folder, name) in enumerate(parts)]
    names = [job.name.lower() for job in plan(rows)]
    assert len(set(names)) == len(names) == len(rows)
    assert all(len(name.encode()) <= 250 for name in names)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    jobs = plan(read_manifest(texts(tmp_path, 1)))
    with pytest.raises(WriteError, match="cannot write"):
        list(run(jobs, Task(tmp_path / "pairs.tsv" / "out")))
    with pytest.raises(FormatError, match="unknown format"):
        list(run(jobs, Task(tmp_path / "out", ("doc",))))


def test_the_command_goes_the_whole_way(
    statements: list[Statement], tmp_path: Path, align_command: Callable[..., Ran]
) -> None:
    folder = statements[0].source.parent
    assert align_command("match", folder, "-o", tmp_path / "pairs.tsv").status == 0
    arguments = [
        "batch",
        tmp_path / "pairs.tsv",
        "-o",
        tmp_path / "out",
        "--to",
        "tmx",
        "--merge",
        tmp_path / "all.tmx",
    ]
    ran = align_command(*arguments, "--jobs", "2", "--report")
    assert (ran.status, ran.stdout) == (0, "")
    assert f"[{len(statements)}/{len(statements)}]" in ran.stderr
    assert len(list((tmp_path / "out").glob("*.tmx"))) == len(statements)
    assert (tmp_path / "all.tmx").stat().st_size > 10_000
    again = align_command(*arguments, "--jobs", "1", "--report")
    assert f"({len(statements)} were before)" in again.stderr


def test_the_command_names_what_failed_at_the_end_and_exits_1(
    tmp_path: Path, align_command: Callable[..., Ran]
) -> None:
    manifest = texts(tmp_path, 2)
    (tmp_path / "1.en.txt").unlink()
    ran = align_command("batch", manifest, "-o", tmp_path / "out", "--jobs", "1", "--merge", tmp_path / "m.tmx")
    assert ran.status == 1
    assert ran.stderr.splitlines()[-1].startswith(f"failed: {manifest}:3: ")
    assert (tmp_path / "out" / "0.ru.jsonl").exists()
    assert (tmp_path / "m.tmx").exists()


def test_the_rules_of_an_srx_file_cut_and_other_rules_are_another_result(
    tmp_path: Path, align_command: Callable[..., Ran]
) -> None:
    manifest, rules = texts(tmp_path, 1), tmp_path / "never.srx"
    rules.write_text(srx([language("All", rule("never", " cut"))], [(".*", "All")]), "utf-8")
    arguments = ["batch", manifest, "-o", tmp_path / "out", "--jobs", "1", "--report"]
    assert "3 units" in align_command(*arguments).stderr
    ruled = align_command(*arguments, "--srx", rules).stderr
    assert "1 unit," in ruled
    assert "done before" not in ruled
    assert "done before" in align_command(*arguments, "--srx", rules).stderr
    rules.write_text("no rules", "utf-8")
    assert align_command(*arguments, "--srx", rules).status == 1


@pytest.mark.parametrize(
    ("more", "status", "message"),
    [
        (["--merge", "0.ru.txt"], 1, "no format"),
        (["--merge", "all.jsonl"], 1, "no format for a merged memory"),
        (["--to", "doc"], 1, "unknown format"),
        (["--jobs", "0"], 2, "--jobs"),
        (["--device", "cpu"], 2, "--model"),
        (["--keep", "untranslated"], 2, "without a counterpart"),
    ],
)
def test_wrong_wishes_are_told_before_the_work(
    more: list[str], status: int, message: str, tmp_path: Path, align_command: Callable[..., Ran]
) -> None:
    texts(tmp_path, 1)
    ran = align_command("batch", "pairs.tsv", "-o", "out", *more, cwd=tmp_path)
    assert ran.status == status
    assert message in ran.stderr
    assert not (tmp_path / "out").exists()


def test_no_result_takes_the_place_of_an_input(tmp_path: Path, align_command: Callable[..., Ran]) -> None:
    manifest = texts(tmp_path, 1)
    (tmp_path / "a.tsv").write_text(RUSSIAN.format(1), "utf-8")
    manifest.write_text("a.tsv\t0.en.txt\n", "utf-8")
    before = (tmp_path / "a.tsv").read_bytes()
    ran = align_command("batch", manifest, "-o", tmp_path, "--to", "tsv")
    assert ran.status == 1
    assert "it is an input" in ran.stderr
    assert (tmp_path / "a.tsv").read_bytes() == before
