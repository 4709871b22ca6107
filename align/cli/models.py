"""Which encoder: the options ``--model``, ``--device`` and ``--no-cache``, the same for every command."""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.encoder.protocol import Encoder


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What a person asked for on the command line.

    Attributes:
        name: of the model, or its directory; None for the shipped one.
        device: where it computes, if it is not a static one; None for the best there is.
        cache: whether vectors may be kept on disk.
    """

    name: str | None = None
    device: str | None = None
    cache: bool = True

    def load(self, *, quiet: bool = False) -> Encoder | None:
        """Open the model; None for the shipped one, which is opened where it is used.

        A slow one is opened only when it is needed: what is wrong with the documents is told before.
        """
        if self.name is None:
            return None
        from align.encoder import load_encoder

        watched = sys.stderr is not None and sys.stderr.isatty()
        return load_encoder(self.name, device=self.device, cache=self.cache, progress=watched and not quiet)


def model_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which model; it gets them as one `ModelChoice`."""

    @functools.wraps(command)
    def with_model(*, model: str | None, device: str | None, no_cache: bool, **rest: Any) -> None:
        if device is not None and model is None:
            raise click.UsageError("--device says where another model runs: name that one with --model")
        command(model=ModelChoice(model, device, not no_cache), **rest)

    for option in reversed(_OPTIONS):
        with_model = option(with_model)
    return with_model


_OPTIONS: Final = (
    click.option("--model", metavar="NAME_OR_PATH", help="A SentenceTransformer to use instead of the shipped model."),
    click.option("--device", metavar="NAME", help="Where that model runs, such as cpu or cuda:1; the best by default."),
    click.option("--no-cache", is_flag=True, help="Keep no vectors of that model on disk, and take none from there."),
)
