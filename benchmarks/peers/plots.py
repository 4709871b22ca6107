"""Accuracy against time and against noise, where matplotlib is installed."""

from __future__ import annotations

from pathlib import Path

from jobs import Outcome


def draw(rows: list[Outcome], noisy: list[Outcome], folder: Path) -> None:
    """Write ``time.svg`` and, if there was noise, ``noise.svg``."""
    try:
        import matplotlib as mpl
    except ImportError:
        return
    mpl.use("svg")
    from matplotlib import pyplot as plt

    plt.figure(figsize=(8, 5))
    for system in dict.fromkeys(row.system for row in rows):
        own = [row for row in rows if row.system == system and not row.failed]
        plt.scatter([row.seconds for row in own], [best(row) for row in own], label=system, s=28)
    plt.xscale("log")
    finish("processor seconds for a set, from sentences to beads", folder / "time.svg")
    if noisy:
        plt.figure(figsize=(8, 5))
        for system in dict.fromkeys(row.system for row in noisy):
            own = [row for row in noisy if row.system == system and not row.failed]
            plt.plot([int(row.set.split("+")[1]) for row in own], [best(row) for row in own], "o-", label=system)
        finish("unrelated sentences in front of one side", folder / "noise.svg")


def best(row: Outcome) -> float:
    """The figure that a set is judged by: merged where gold is coarse, else strict."""
    return row.scores.get("merged", row.scores["strict"]).f1


def finish(label: str, path: Path) -> None:
    """Label the axes and save."""
    from matplotlib import pyplot as plt

    plt.xlabel(label)
    plt.ylabel("F1 (strict; merged on coarse gold)")
    plt.grid(alpha=0.3)
    plt.legend(fontsize=8)
    plt.tight_layout()
    plt.savefig(path)
    plt.close()
