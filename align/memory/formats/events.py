"""XML of other formats, event by event: no DOCTYPE is read, nothing expanded, memory bounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from xml.parsers import expat

from align.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Event = tuple[str, str, Mapping[str, str], int]
"""``start``, ``end`` or ``text``; the name without prefix, or the text; attributes; line."""

_CHUNK: Final = 1 << 16
_NONE: Final[Mapping[str, str]] = {}


class _Trap(Exception):  # noqa: N818  # never seen outside
    """The file declares entities."""


def events(stream: BinaryIO, name: str, progress: Callable[[int], None] | None = None) -> Iterator[Event]:
    """The elements and texts of an XML file.

    Raises:
        FormatError: it is no well-formed XML, or declares entities; names ``path:line``.
    """
    ready: list[Event] = []
    parser = _parser(ready)
    done = 0
    while True:
        data = stream.read(_CHUNK)
        done += len(data)
        try:
            parser.Parse(data, not data)
        except expat.ExpatError as error:
            reason = str(error).partition(":")[0]
            raise FormatError(f"{name}:{error.lineno}: broken XML ({reason}); save it anew in the program") from None
        except _Trap:
            raise FormatError(
                f"{name}:{parser.CurrentLineNumber}: it declares entities; such files are not read"
            ) from None
        except (ValueError, LookupError) as error:
            raise FormatError(f"{name}: cannot be decoded ({error}); save it as UTF-8") from None
        yield from ready
        ready.clear()
        if progress:
            progress(done)
        if not data:
            return


def _parser(ready: list[Event]) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        ready.append(("start", tag.rpartition(":")[2], attributes, parser.CurrentLineNumber))

    def end(tag: str) -> None:
        ready.append(("end", tag.rpartition(":")[2], _NONE, parser.CurrentLineNumber))

    def text(data: str) -> None:
        ready.append(("text", data, _NONE, parser.CurrentLineNumber))

    def declare(*_: object) -> None:
        raise _Trap

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.EntityDeclHandler = declare
    return parser
