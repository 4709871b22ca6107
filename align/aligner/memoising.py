"""Objects that keep what their methods gave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Remembering(Protocol):
    """Has a place for what its methods gave, by their names and arguments."""

    memory: dict[tuple[str, tuple[object, ...]], Any]


Owner = TypeVar("Owner", bound=Remembering)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def memoised(
    method: Callable[Concatenate[Owner, Arguments], Result],
) -> Callable[Concatenate[Owner, Arguments], Result]:
    """Let an object keep what a method gave: several cues ask a block for the same."""

    def remembering(owner: Owner, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        key = (method.__name__, arguments)
        if key not in owner.memory:
            owner.memory[key] = method(owner, *arguments, **named)
        found: Result = owner.memory[key]
        return found

    remembering.__doc__ = method.__doc__
    return remembering
