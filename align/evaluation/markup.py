"""Alignments in XML: translation memories, and the links of parallel corpora (XCES)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from align.errors import FormatError
from align.evaluation.documents import Annotated, UnitTexts
from align.types import Bead

if TYPE_CHECKING:
    from collections.abc import Iterable

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def from_tmx(text: str, name: str) -> list[Annotated]:
    """A translation memory: units of two texts, in order; the first variant of a unit is its source.

    Raises:
        FormatError: it is no well-formed TMX; ``path:line``.
    """
    root = _parsed(text, name)
    units = tuple(filter(None, map(_unit, root.iter("{*}tu"))))
    header = root.find("{*}header")
    made = "" if header is None else "".join(header.xpath("string(*[@type='x-signature'])"))
    sure = any(True for _ in root.iter("{*}prop") if _.get("type") == "x-confidence")
    return [Annotated("", units=units, sure=sure, name=made)]


def _unit(unit: Any) -> UnitTexts | None:
    texts = ["".join(variant.itertext("{*}seg", "{*}hi")) for variant in unit.iter("{*}tuv")]
    if len(texts) < 2:  # noqa: PLR2004  # a unit of one language pairs nothing
        return None
    confidence = next((prop.text for prop in unit.iter("{*}prop") if prop.get("type") == "x-confidence"), None)
    try:
        return texts[0], texts[1], min(max(float(confidence or 1.0), 0.0), 1.0)
    except ValueError:
        return texts[0], texts[1], 1.0


def from_xces(text: str, name: str) -> list[Annotated]:
    """Links of parallel corpora: ``<link xtargets="s1;s1 s2"/>``, a ``linkGrp`` a document.

    Sentence ids are put in their natural order; every sentence must be in a link, or the order has holes.

    Raises:
        FormatError: it is no well-formed XCES; ``path:line``.
    """
    root = _parsed(text, name)
    groups = list(root.iter("{*}linkGrp")) or [root]
    return [_linked(group, name) for group in groups]


def _linked(group: Any, name: str) -> Annotated:
    links = []
    for link in group.iter("{*}link"):
        sides = link.get("xtargets", "").split(";")
        if len(sides) != 2:  # noqa: PLR2004  # source and target
            raise FormatError(f"{name}:{link.sourceline}: xtargets must hold source and target ids, parted by ;")
        links.append((sides[0].split(), sides[1].split()))
    places = [_places(id_ for link in links for id_ in link[side]) for side in (0, 1)]
    found = ([tuple(sorted({places[side][id_] for id_ in link[side]})) for side in (0, 1)] for link in links)
    beads = (Bead(source, target) for source, target in found)
    return Annotated(f"{group.get('fromDoc', '')};{group.get('toDoc', '')}".strip(";"), tuple(beads))


def _places(ids: Iterable[str]) -> dict[str, int]:
    """Index of each id in natural order: ``s9`` before ``s10``."""
    ordered = sorted(
        set(ids), key=lambda id_: [(not part.isdigit(), part.zfill(12)) for part in re.findall(r"\d+|\D+", id_)]
    )
    return {id_: place for place, id_ in enumerate(ordered)}


def _parsed(text: str, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        # Decoded already: what the declaration says of the encoding no longer holds.
        return etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"{name}:{error.lineno}: not well-formed XML: {error.msg}") from None
