"""A Parquet file as Hugging Face `datasets` reads translations: ``{"translation": {"en": …, "ru": …}, …}``.

The schema carries the features as `datasets` itself would write them, so that ``load_dataset("parquet", …)``
gives a `Translation` feature and not just a dictionary.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from align.exporters.base import DEFAULT_MIN_CONFIDENCE, Exporter, Header, Options
from align.exporters.extras import load
from align.exporters.memory import writer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.types import TranslationUnit

NEEDS: Final = ("pyarrow", "parquet")

_GROUP: Final = 50_000
"""Units in a row group: what is held in memory at a time."""


def write_units(stream: BinaryIO, units: Iterable[TranslationUnit], header: Header, _options: Options) -> int:
    """Write the units, group by group; returns how many.

    Raises:
        FormatError: a unit has no text in one of the languages.
        MissingExtraError: pyarrow is not installed.
    """
    arrow, parquet = load("parquet", *NEEDS), load("parquet", "pyarrow.parquet", NEEDS[1])
    schema = _schema(arrow, header)
    waiting, count = iter(units), 0
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(waiting, _GROUP)):
            writer.write_table(arrow.Table.from_pylist([_record(unit, header) for unit in group], schema=schema))
            count += len(group)
    return count


def _record(unit: TranslationUnit, header: Header) -> dict[str, object]:
    source, target = header.pair(unit)
    return {
        "id": unit.id,
        "translation": {header.source_lang: source, header.target_lang: target},
        "confidence": unit.confidence,
        "alignment": unit.shape,
    }


def _schema(arrow: Any, header: Header) -> Any:
    """Columns, and what `datasets` calls them; it wants the languages of a translation in order of the alphabet."""
    languages = sorted({header.source_lang, header.target_lang})
    features = {
        "id": {"dtype": "string", "_type": "Value"},
        "translation": {"languages": languages, "_type": "Translation"},
        "confidence": {"dtype": "float64", "_type": "Value"},
        "alignment": {"dtype": "string", "_type": "Value"},
    }
    fields = [
        arrow.field("id", arrow.string()),
        arrow.field("translation", arrow.struct([(lang, arrow.string()) for lang in languages])),
        arrow.field("confidence", arrow.float64()),
        arrow.field("alignment", arrow.string()),
    ]
    about = {
        "huggingface": json.dumps({"info": {"features": features}}),
        "signature": header.signature,
        "source_language": header.source_lang,
    }
    return arrow.schema(fields, metadata={name: text.encode("utf-8", "replace") for name, text in about.items()})


EXPORTER = Exporter(
    name="parquet",
    suffixes=(".parquet",),
    description="a table for training, as Hugging Face datasets reads translations",
    write=writer_of(write_units),
    binary=True,
    write_units=write_units,
    what="units",
    needs=NEEDS,
    min_confidence=DEFAULT_MIN_CONFIDENCE,
)
