"""TMX 1.4 written entry by entry, with all that an entry has; the reasons for each choice are in docs/tmx.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from align.memory.entries import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from align.memory.entries import Entry, MemoryHeader, Property, Variant

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'


def write_memory(stream: BinaryIO, header: MemoryHeader, entries: Iterable[Entry]) -> int:
    """Write a memory into an open stream, entry by entry.

    Args:
        stream: takes UTF-8 bytes.
        header: with all attributes that TMX asks for.
        entries: clean ones, as `align.memory.cleaning` makes them; their texts are written as they are.

    Returns:
        The number of entries written.
    """
    stream.write(opening(header))
    count = 0
    for entry in entries:
        stream.write(serialize(entry).encode())
        count += 1
    stream.write(closing())
    return count


def opening(header: MemoryHeader) -> bytes:
    """What stands before the units."""
    return (_HEAD + _header(header)).encode()


def closing() -> bytes:
    """What stands behind the units."""
    return b"  </body>\n</tmx>\n"


def _header(header: MemoryHeader) -> str:
    properties = "".join(f"    {_property(each)}\n" for each in header.properties)
    inside = f">\n{properties}  </header>" if properties else "/>"
    return f"  <header{_attributes(header.attributes)}{inside}\n  <body>\n"


def serialize(entry: Entry) -> str:
    """A ``<tu>`` with its variants, a line each."""
    properties = "".join(f"      {_property(each)}\n" for each in entry.properties)
    variants = "".join(map(_variant, entry.variants))
    return f"    <tu{_attributes(entry.attributes)}>\n{properties}{variants}    </tu>\n"


def _variant(variant: Variant) -> str:
    properties = "".join(map(_property, variant.properties))
    text = escape(variant.marked)
    if variant.codes:
        text = _with_codes(text, variant)
    attributes = _attributes(variant.attributes) if variant.attributes else ""
    return f'      <tuv xml:lang="{quote(variant.lang)}"{attributes}>{properties}<seg>{text}</seg></tuv>\n'


def _with_codes(text: str, variant: Variant) -> str:
    first, *rest = text.split(MARK)
    pieces = [first]
    for code, following in zip(variant.codes, rest, strict=True):
        inside = f">{escape(code.text)}</{code.name}>" if code.text else "/>"
        pieces += [f"<{code.name}{_attributes(code.attributes)}{inside}", following]
    return "".join(pieces)


def _property(each: Property) -> str:
    kind = f' type="{quote(each.type)}"' if each.name == "prop" else ""
    return f"<{each.name}{kind}{_attributes(each.attributes)}>{escape(each.text)}</{each.name}>"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{quote(value)}"' for name, value in attributes.items())


def escape(text: str) -> str:
    """Escape for text; ``>`` too, because of ``]]>``."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote(text: str) -> str:
    """Escape for an attribute in double quotes, where a bare tab would be read as a space."""
    return escape(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
