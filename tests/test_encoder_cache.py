"""Vectors of slow models are kept; and whatever happens to what is kept, nothing worse than work comes of it."""

from __future__ import annotations

import sqlite3
import stat
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from encoder_samples import LINES, TEXTS, write_bert

from align.encoder import cache, load_encoder
from align.encoder.cache import Known, VectorCache
from align.encoder.cached import CachedEncoder, identity
from align.encoder.protocol import Encoder, SpanEncoder
from align.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import ModuleType

    from conftest import Ran


class Slow:
    """An encoder that counts what it is asked for."""

    name = "slow@12345678"
    dimension = 4

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        vectors = np.array([[len(text), text.count("o"), 1, 0] for text in texts], np.float32).reshape(-1, 4)
        vectors[[not text for text in texts]] = 0
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class Opened:
    """Opens a `Slow`, and counts how often."""

    def __init__(self) -> None:
        self.slow = Slow()
        self.times = 0

    def __call__(self) -> Slow:
        self.times += 1
        return self.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(cache.OFF, raising=False)
    return tmp_path / "cache" / "translation-align"


@pytest.fixture
def model(tmp_path: Path) -> str:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_bytes(b"weights")
    return str(tmp_path / "model")


def file_of(home: Path) -> Path:
    (found,) = home.glob("vectors*.sqlite3")
    return found


def test_a_second_encoder_needs_no_model_for_texts_that_were_met(home: Path, model: str) -> None:
    first, second = Opened(), Opened()
    texts = ["one", "two", "one", "", "\ud800 lone"]
    vectors = CachedEncoder(model, first).encode(texts)
    np.testing.assert_array_equal(vectors, Slow().encode(texts))
    assert first.slow.asked == ["one", "two", "", "\ud800 lone"]
    encoder = CachedEncoder(model, second)
    np.testing.assert_array_equal(encoder.encode(texts), vectors)
    assert (encoder.name, encoder.dimension, second.times) == ("slow@12345678", 4, 0)
    assert encoder.encode([]).shape == (0, 4)
    encoder.encode(["one", "three"])
    assert second.slow.asked == ["three"]
    assert isinstance(encoder, Encoder)
    assert not isinstance(encoder, SpanEncoder)
    if sys.platform != "win32":
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert b"three" not in file_of(home).read_bytes()


@pytest.mark.usefixtures("home")
def test_a_model_that_changed_is_another_model(model: str, tmp_path: Path) -> None:
    CachedEncoder(model, Opened()).encode(["one"])
    (tmp_path / "model" / "weights").write_bytes(b"other weights")
    opened = Opened()
    CachedEncoder(model, opened).encode(["one"])
    assert opened.slow.asked == ["one"]


def test_switched_off_nothing_is_kept(home: Path, model: str) -> None:
    opened = Opened()
    encoder = CachedEncoder(model, opened, cache=False)
    encoder.encode(["one"])
    encoder.encode(["one"])
    assert opened.slow.asked == ["one", "one"]
    assert opened.times == 1
    assert not home.exists()


@pytest.mark.parametrize("damage", ["text", "empty", "cut", "zeros", "directory", "schema", "vectors"])
def test_damage_costs_work_and_nothing_else(damage: str, home: Path, model: str) -> None:
    texts = [f"text {number}" for number in range(300)]
    expected = CachedEncoder(model, Opened()).encode(texts)
    file = file_of(home)
    whole = file.read_bytes()
    if damage == "directory":
        file.unlink()
        file.mkdir()
    elif damage in {"schema", "vectors"}:
        change = {
            "schema": "ALTER TABLE vectors RENAME COLUMN vector TO other",
            "vectors": "UPDATE vectors SET vector = randomblob(20)",
        }
        with sqlite3.connect(file) as database:
            database.execute(change[damage])
        database.close()
    else:
        file.write_bytes(
            {"text": b"not a database " * 999, "empty": b"", "cut": whole[: len(whole) // 2]}.get(damage)
            or whole[:4096] + bytes(len(whole) - 4096)
        )
    for _ in range(2):
        np.testing.assert_array_equal(CachedEncoder(model, Opened()).encode(texts), expected)


def test_the_file_stays_within_its_bounds_and_keeps_the_latest(tmp_path: Path) -> None:
    kept = VectorCache("model", place=tmp_path, largest=400_000)
    kept.remember(Known("name", 256))
    vector = np.full(256, 1 / 16, np.float32)
    for number in range(40):
        kept.put({f"{number} {other}": vector for other in range(20)})
    assert file_of(tmp_path).stat().st_size <= 400_000
    found = kept.get([f"39 {other}" for other in range(20)], 256)
    assert len(found) == 20
    assert kept.known() == Known("name", 256)


@pytest.mark.parametrize("place", ["/dev/null/cache", "/proc/none"])
def test_a_place_that_cannot_be_written_does_not_matter(
    place: str, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    opened = Opened()
    assert CachedEncoder(model, opened).encode(["one"]).shape == (1, 4)
    assert opened.slow.asked == ["one"]


def test_a_file_that_can_only_be_read_is_read(home: Path, model: str) -> None:
    CachedEncoder(model, Opened()).encode(["one"])
    file_of(home).chmod(0o444)
    home.chmod(0o555)
    try:
        opened = Opened()
        CachedEncoder(model, opened).encode(["one", "two"])
        assert opened.slow.asked in (["two"], ["one", "two"])
    finally:
        home.chmod(0o755)


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/caches", "HOME": "/home/me"}, "/caches/translation-align"),
        ("linux", {"XDG_CACHE_HOME": "relative", "HOME": "/home/me"}, "/home/me/.cache/translation-align"),
        ("darwin", {"HOME": "/Users/me"}, "/Users/me/Library/Caches/translation-align"),
        ("linux", {}, None),
        ("win32", {}, None),
    ],
)
def test_the_place_follows_the_platform(
    platform: str, variables: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert (None if (found := cache.directory()) is None else found.as_posix()) == expected
    if expected is None:
        assert VectorCache("model").get(["one"], 4) == {}


def test_a_model_of_the_hub_is_known_by_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.delenv("HUGGINGFACE_HUB_CACHE", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert identity("sentence-transformers/LaBSE") is None
    refs = tmp_path / "hub" / "models--sentence-transformers--LaBSE" / "refs"
    refs.mkdir(parents=True)
    (refs / "main").write_text("0123abcd")
    assert identity("sentence-transformers/LaBSE") == identity("LaBSE") == "sentence-transformers/LaBSE 0123abcd"


@pytest.mark.usefixtures("home")
def test_what_is_wrong_with_a_model_is_told_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{}")
    encoder = load_encoder(tmp_path / "broken", cache=True)
    with pytest.raises(ModelError) as raised:
        encoder.encode(["one"])
    assert "\n" not in str(raised.value)


def test_aligning_again_opens_no_model(
    require_module: Callable[[str], ModuleType], align_command: Callable[..., Ran], tmp_path: Path
) -> None:
    require_module("sentence_transformers")
    write_bert(tmp_path / "bert")
    texts = tmp_path / "a.txt", tmp_path / "b.txt"
    for path, lines in zip(texts, (LINES[1::2], LINES[::2]), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pair = ("pair", "--sentences", "--model", tmp_path / "bert", "--device", "cpu", *texts, "--to", "jsonl")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = align_command(*pair, env=env)
    assert first.status == 0
    # Without PyTorch nothing but the cache can answer.
    (tmp_path / "block").mkdir()
    (tmp_path / "block" / "torch.py").write_text("raise ImportError")
    blocked = {**env, "PYTHONPATH": str(tmp_path / "block")}
    assert align_command(*pair, env=blocked) == first
    refused = align_command(*pair, "--no-cache", env=blocked)
    assert refused.status == 1
    assert refused.stderr.count("\n") == 1


def test_an_unknown_device_is_one_line(
    require_module: Callable[[str], ModuleType], align_command: Callable[..., Ran], tmp_path: Path
) -> None:
    require_module("sentence_transformers")
    write_bert(tmp_path / "bert")
    (tmp_path / "a.txt").write_text(f"{LINES[0]}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{LINES[1]}\n", encoding="utf-8")
    files = (tmp_path / "a.txt", tmp_path / "b.txt")
    ran = align_command("pair", *files, "--model", tmp_path / "bert", "--device", "abacus", "--no-cache")
    assert ran.status == 1
    assert ran.stderr.startswith("error: ")
    assert ran.stderr.count("\n") == 1


def test_vectors_of_the_samples_survive_the_cache(
    require_module: Callable[[str], ModuleType], home: Path, tmp_path: Path
) -> None:
    require_module("sentence_transformers")
    write_bert(tmp_path / "bert")
    assert home.parent == tmp_path / "cache"
    once = load_encoder(tmp_path / "bert", cache=True, device="cpu").encode(TEXTS)
    again = load_encoder(tmp_path / "bert", cache=True, device="cpu").encode(TEXTS)
    np.testing.assert_array_equal(once, again)
    assert list(home.iterdir())
