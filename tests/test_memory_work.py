"""Work on memories: info, merge, dedupe, filter, split, diff, as a library and on the command line."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from memory_samples import memory, source, target, three, tu, variant

from align.cli import main
from align.memory import compare, find_doubles, open_memory
from align.memory.bits import Bits
from align.memory.entries import Entry, Variant
from align.memory.ledger import Ledger
from align.memory.sifting import numbers_differ, reads_wrong

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``align memory …`` inside this process, in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(main, ["memory", *map(str, arguments)], input=stdin)

    return invoke


def write(name: str, *units: str, number: int = 1) -> Path:
    path = Path(name)
    path.write_text(memory(number, "".join(units)), encoding="utf-8")
    return path


def pairs(path: str | Path) -> list[tuple[str, ...]]:
    with open_memory(path) as opened:
        return [tuple(each.text for each in entry.variants) for entry in opened.entries]


GOOD = [(source(1, 1), target(1, 1)), (source(1, 2), target(1, 2))]


class TestInfo:
    def test_it_counts(self, run: Callable[..., Result]) -> None:
        write("a.tmx", three(1), tu(source(1, 1), target(1, 1), ' creationdate="20260102T000000Z"'), tu("OK", "OK"))
        result = run("info", "a.tmx", "--json")
        found = json.loads(result.stdout)
        assert (result.exit_code, result.stderr) == (0, "")
        assert (found["units"], found["doubles"], found["untranslated"], found["broken"]) == (5, 1, 1, False)
        assert {code: each["units"] for code, each in found["languages"].items()} == {"ru": 5, "en": 5, "fr": 1}
        assert found["languages"]["fr"] == {"units": 1, "characters": 5, "words": 1, "longest": 5}
        assert found["first_date"] == "20260102T000000Z"

    def test_it_is_readable(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        shown = run("info", "a.tmx").stdout
        assert shown.startswith("a.tmx\n  made by      t 1\n  source       ru, segtype sentence, utf-8\n")
        assert "  units        2\n" in shown

    def test_it_puts_no_words_into_the_mouth_of_a_header(self, run: Callable[..., Result]) -> None:
        Path("a.tmx").write_text(f"<tmx version='1.4'><body>{tu('Раз', 'Once')}</body></tmx>", encoding="utf-8")
        assert run("info", "a.tmx").stdout.startswith("a.tmx\n  source       utf-8\n  units        1\n")

    def test_a_missing_file_is_one_line(self, run: Callable[..., Result]) -> None:
        result = run("info", "none.tmx")
        assert (result.exit_code, result.stderr) == (
            1,
            "error: none.tmx: cannot read: no such file or directory\n",
        )


class TestMergeAndDedupe:
    def test_merging_keeps_the_order_and_doubles_once(self, run: Callable[..., Result]) -> None:
        write("a.tmx", tu("Раз", "Once"))
        write("b.tmx", tu("Раз", "One time"), tu("Раз", "Once"), tu("Два", "Twice"))
        result = run("merge", "a.tmx", "b.tmx", "-o", "c.tmx", "--report")
        assert result.exit_code == 0
        assert result.stderr == "wrote c.tmx: 5 units, 3 left out (3 double)\n"
        assert pairs("c.tmx") == [
            GOOD[0],
            ("Раз", "Once"),
            GOOD[1],
            ("Раз", "One time"),
            ("Два", "Twice"),
        ]

    def test_merging_goes_to_standard_output(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        result = run("merge", "a.tmx")
        Path("b.tmx").write_bytes(result.stdout_bytes)
        assert pairs("b.tmx") == GOOD

    def test_standard_input_may_be_one_of_them(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        result = run("merge", "a.tmx", "-", "-o", "b.tmx", stdin=memory(2).encode())
        assert (result.exit_code, len(pairs("b.tmx"))) == (0, 4)

    @pytest.mark.parametrize(
        ("keep", "expected"),
        [
            ("commonest", "Once"),
            ("first", "One time"),
            ("last", "A time"),
            ("surest", "Sure"),
            ("newest", "New"),
        ],
    )
    def test_one_target_of_each_source_stays(self, run: Callable[..., Result], keep: str, expected: str) -> None:
        unsure = '<prop type="x-confidence">0.500</prop>'
        write(
            "a.tmx",
            tu("Раз", "One time", "", unsure),
            tu("Раз", "Once", "", unsure),
            tu("Раз", "Once", "", unsure),
            tu("Раз", "Sure", "", '<prop type="x-confidence">0.900</prop>'),
            tu("Раз", "New", ' changedate="20260101T000000Z"', unsure),
            tu("Раз", "A time", ' changedate="20250101T000000Z"', unsure),
        )
        result = run("dedupe", "a.tmx", "-o", "b.tmx", "--keep", keep, "--report")
        assert dict(pairs("b.tmx"))["Раз"] == expected
        assert "wrote b.tmx: 3 units, 5 left out" in result.stderr

    def test_what_differs_only_in_how_letters_are_composed_is_a_double(self, run: Callable[..., Result]) -> None:
        write("a.tmx", tu("ёж", "hedgehog"), tu("е\u0308ж", "hedgehog"))
        run("dedupe", "a.tmx", "-o", "b.tmx")
        assert len(pairs("b.tmx")) == 3

    def test_the_output_may_not_be_an_input(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        for arguments in (("merge", "a.tmx"), ("dedupe", "a.tmx"), ("filter", "a.tmx"), ("convert", "a.tmx")):
            result = run(*arguments, "-o", "a.tmx")
            assert (result.exit_code, "it is an input" in result.stderr) == (1, True)

    def test_a_format_that_holds_no_units_is_refused_before_the_work(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        result = run("merge", "a.tmx", "-o", "b.beads")
        assert result.exit_code == 1
        assert "beads holds an alignment of two documents" in result.stderr


class TestFilter:
    def sift(self, run: Callable[..., Result], unit: str, *options: str) -> bool:
        """Whether a unit stays."""
        write("a.tmx", unit)
        result = run("filter", "a.tmx", "-o", "b.tmx", "--rejected", "c.tmx", *options)
        assert result.exit_code == 0, result.stderr
        assert len(pairs("b.tmx")) + len(pairs("c.tmx")) == 3
        return len(pairs("b.tmx")) == 3

    @pytest.mark.parametrize(
        ("unit", "options", "stays"),
        [
            (tu("Раз", "Once", "", '<prop type="x-confidence">0.4</prop>'), ["--min-confidence", "0.5"], False),
            (tu("Раз", "Once", "", '<prop type="x-confidence">0.6</prop>'), ["--min-confidence", "0.5"], True),
            (tu("Раз", "Once"), ["--min-confidence", "0.5"], True),
            (tu("Раз", "Once " * 30), ["--max-ratio", "3"], False),
            (tu("Раз", "Once again"), ["--max-ratio", "3"], True),
            (tu("А" * 200, "Once"), ["--max-length", "100"], False),
            (tu("А", "Once"), ["--min-length", "2"], False),
            (tu("Их 25.", "There are 52."), ["--numbers"], False),
            (tu("Их двадцать пять.", "There are 25."), ["--numbers"], True),
            (tu("В XVI веке.", "In the 16th century."), ["--numbers"], True),
            (tu("2,5 млн рублей", "2.5 million roubles"), ["--numbers"], True),
            (tu("Один из них", "One of the two"), ["--numbers"], True),
            (tu("Да, OK", "да,  ok"), ["--untranslated"], False),
            (tu("2026", "2026"), ["--untranslated"], True),
            (tu("Это не перевод.", "Это тоже по-русски написано."), ["--wrong-language"], False),
            (tu("Это текст.", "Das hier ist ein Satz in der deutschen Sprache."), ["--wrong-language"], False),
            (tu("Это текст.", "This is a sentence in the English language."), ["--wrong-language"], True),
            (tu("Windows Server", "Windows Server"), ["--wrong-language"], True),
        ],
    )
    def test_what_stays(self, run: Callable[..., Result], unit: str, options: list[str], *, stays: bool) -> None:
        assert self.sift(run, unit, *options) is stays

    def test_languages_are_chosen(self, run: Callable[..., Result]) -> None:
        write("a.tmx", three(1))
        run("filter", "a.tmx", "-o", "b.tmx", "-l", "ru", "-l", "fr")
        assert pairs("b.tmx") == [(source(1, 3), "Ligne")]

    def test_it_says_how_many_were_left_out_and_why(self, run: Callable[..., Result]) -> None:
        write("a.tmx", tu("A", "A"), tu("Их 25", "52"))
        result = run("filter", "a.tmx", "-o", "b.tmx", "--numbers", "--untranslated", "--report")
        assert result.stderr == "wrote b.tmx: 2 units, 2 left out (1 untranslated, 1 numbers)\n"

    def test_an_unknown_language_is_one_line(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        result = run("filter", "a.tmx", "-l", "klingon")
        assert (result.exit_code, result.stderr.startswith("error: unknown language 'klingon'")) == (1, True)


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("1 234,5 руб.", "1,234.5 roubles", False),
        ("12.04.2026", "12.04.2026", False),
        ("три дня", "3 days", False),
        ("№ 7", "No. 8", True),
        ("пункт 3", "the item", True),
    ],
)
def test_numbers_are_compared_by_value(first: str, second: str, *, differ: bool) -> None:
    assert numbers_differ(first, second) is differ


def test_a_few_words_or_names_are_no_evidence_of_another_language() -> None:
    for text, lang in (("OK", "ru"), ("Visual Studio Code", "ru"), ("e-mail: a@b.example", "ru"), ("№ 5", "en")):
        assert not reads_wrong(text, lang)
    assert reads_wrong("please write to us again", "ru")
    assert not reads_wrong("Ein ganz anderer Satz, nicht wahr?", "xx")


class TestSplit:
    def test_by_units(self, run: Callable[..., Result]) -> None:
        write("a.tmx", *(tu(f"Раз {n}", f"Once {n}") for n in range(5)))
        result = run("split", "a.tmx", "--units", "3", "-d", "parts")
        assert result.stdout == "".join(f"parts/a-00{n}.tmx: {count} units\n" for n, count in ((1, 3), (2, 3), (3, 1)))
        together = [pair for n in (1, 2, 3) for pair in pairs(f"parts/a-00{n}.tmx")]
        assert together == pairs("a.tmx")

    def test_by_size(self, run: Callable[..., Result]) -> None:
        write("a.tmx", *(tu(f"Раз {n}", f"Once {n} " + "x" * 300) for n in range(50)))
        result = run("split", "a.tmx", "--size", "5k")
        paths = [line.split(":")[0] for line in result.stdout.splitlines()]
        assert len(paths) > 3
        assert all(Path(path).stat().st_size <= 5_000 for path in paths)
        assert [pair for path in paths for pair in pairs(path)] == pairs("a.tmx")
        assert all(run("check", path).exit_code == 0 for path in paths)

    def test_by_languages(self, run: Callable[..., Result]) -> None:
        write("a.tmx", three(1), f"<tu>\n{variant('fr', 'Un')}{variant('ru', 'Раз')}</tu>\n")
        assert run("split", "a.tmx", "--languages").stdout == "a.ru.en.tmx: 3 units\na.ru.fr.tmx: 2 units\n"
        assert pairs("a.ru.fr.tmx") == [(source(1, 3), "Ligne"), ("Раз", "Un")]

    def test_too_many_languages_are_one_line(self, run: Callable[..., Result]) -> None:
        from memory_samples import many_languages

        write("a.tmx", many_languages(1))
        result = run("split", "a.tmx", "--languages")
        assert result.exit_code == 1
        assert result.stderr.startswith("error: more than 200 pairs of languages")
        assert list(Path().iterdir()) == [Path("a.tmx")]

    @pytest.mark.parametrize("options", [[], ["--size", "much"], ["--units", "2", "--languages"]])
    def test_wrong_usage_is_status_2(self, run: Callable[..., Result], options: list[str]) -> None:
        write("a.tmx")
        assert run("split", "a.tmx", *options).exit_code == 2


class TestDiff:
    def test_equal_units_in_any_order_are_no_difference(self, run: Callable[..., Result]) -> None:
        write("a.tmx", tu("Раз", "Once"), tu("Два", "Twice", ' creationid="me"'))
        write("b.tmx", tu("Два", "Twice"), tu("Раз", "Once"))
        result = run("diff", "a.tmx", "b.tmx")
        assert (result.exit_code, result.output) == (0, "")

    def test_what_is_gone_new_and_changed_is_printed(self, run: Callable[..., Result]) -> None:
        write("a.tmx", tu("Раз", "Once"), tu("Два", "Twice"))
        write("b.tmx", tu("Раз", "One time"), tu("Три", "Three times"))
        result = run("diff", "a.tmx", "b.tmx")
        assert result.exit_code == 1
        assert result.stdout == ("- 9\tРаз\tOnce\n+ 9\tРаз\tOne time\n- 13\tДва\tTwice\n+ 13\tТри\tThree times\n")
        brief = run("diff", "a.tmx", "b.tmx", "--brief").stdout
        assert brief == "2 units in both, 1 only in the first, 1 only in the second, 1 with another target\n"

    def test_a_unit_more_often_is_a_difference(self, tmp_path: Path) -> None:
        first, second = tmp_path / "a.tmx", tmp_path / "b.tmx"
        first.write_text(memory(1, tu("Раз", "Once") * 2), encoding="utf-8")
        second.write_text(memory(1, tu("Раз", "Once")), encoding="utf-8")
        found = compare(first, second)
        assert (found.same, len(found.removed), len(found.added)) == (3, 1, 0)


class TestBadInput:
    @pytest.mark.parametrize("name", ["info", "merge", "dedupe", "filter", "convert"])
    def test_a_broken_file_is_used_as_far_as_it_goes_with_a_warning(
        self, run: Callable[..., Result], name: str
    ) -> None:
        Path("a.tmx").write_text(memory(1, tu("R & D", "R & D!") * 3)[:-150], encoding="utf-8")
        output = [] if name == "info" else ["-o", "b.tmx"]
        result = run(name, "a.tmx", *output)
        assert result.exit_code == 0
        if name != "info":
            assert ("R & D", "R & D!") in pairs("b.tmx")
            assert "warning: a.tmx:9: broken: a bare & in the text" in result.stderr

    @pytest.mark.parametrize("name", ["info", "merge", "dedupe", "filter", "score"])
    @pytest.mark.parametrize("content", [b"", b'{"format": "align-result"}\n', b"\x00\x9f\x92\xff" * 300])
    def test_a_file_that_is_no_memory_is_one_line_and_leaves_no_file(
        self, run: Callable[..., Result], name: str, content: bytes
    ) -> None:
        Path("a.tmx").write_bytes(content)
        output = [] if name == "info" else ["-o", "b.tmx"]
        result = run(name, "a.tmx", *output)
        assert (result.exit_code, result.stdout) == (1, "")
        assert re.fullmatch(r"error: a\.tmx: no translation memory [^\n]+\n", result.stderr)
        assert not Path("b.tmx").exists()

    def test_an_empty_memory_and_units_without_a_root_are_memories(self, run: Callable[..., Result]) -> None:
        Path("a.tmx").write_text('<tmx version="1.4"><header srclang="ru"/><body/></tmx>', encoding="utf-8")
        Path("b.tmx").write_text(tu("Раз", "Once"), encoding="utf-8")
        assert run("filter", "a.tmx", "-o", "c.tmx").exit_code == 0
        assert run("filter", "b.tmx", "-o", "d.tmx").exit_code == 0
        assert pairs("d.tmx") == [("Раз", "Once")]

    def test_a_memory_that_holds_nothing_is_told(self, run: Callable[..., Result]) -> None:
        write("a.tmx")
        result = run("filter", "a.tmx", "-l", "ru", "-o", "b.tmx")
        assert (result.exit_code, result.stderr) == (0, "warning: b.tmx holds nothing: no unit was left to write\n")

    def test_what_is_lost_is_named_with_its_line(self, run: Callable[..., Result]) -> None:
        write("a.tmx", tu("Раз", ""))
        result = run("filter", "a.tmx", "-o", "b.tmx")
        assert result.stderr == "warning: a.tmx:9: left out: a unit with one language only: Раз\n"


@given(rows=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3))))
def test_the_ledger_groups_as_a_dictionary_would(rows: list[tuple[int, int]]) -> None:
    expected: dict[int, list[list[int]]] = {}
    with Ledger() as ledger:
        for number, (key, value) in enumerate(rows):
            ledger.add(key, value, number)
            expected.setdefault(key, []).append([key, value, number])
            if random.Random(number).random() < 0.3:  # noqa: S311  # any moment will do
                ledger._spill()
        found = [group.tolist() for group in ledger.groups()]
        assert sorted(found) == sorted(group for group in expected.values() if len(group) > 1)


@given(numbers=st.sets(st.integers(0, 300)))
def test_bits_are_a_set(numbers: set[int]) -> None:
    bits = Bits()
    for number in [*numbers, *numbers]:
        bits.add(number)
    assert len(bits) == len(numbers)
    assert {number for number in range(400) if number in bits} == numbers


@given(targets=st.lists(st.sampled_from("abc"), max_size=12), choice=st.sampled_from(["commonest", "first", "last"]))
def test_after_leaving_doubles_out_each_source_is_there_once(targets: list[str], choice: str) -> None:
    entries = [Entry((Variant("ru", "Раз"), Variant("en", text))) for text in targets]
    found = find_doubles(entries, "ru", choice)  # type: ignore[arg-type]
    assert len(found.gone) == max(0, len(targets) - 1)
    assert found.doubles + found.conflicts == len(found.gone)
