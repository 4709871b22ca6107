"""Parquet as Hugging Face data sets have translations, read group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from align.errors import FormatError, MissingExtraError
from align.memory.formats.base import Row, probability, seekable_copy
from align.memory.languages import judge_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.memory.formats.base import Rows

_BATCH = 1_000


def read(rows: Rows) -> Iterator[Row]:
    """Pairs of a column ``translation``, of ``source`` and ``target``, or of two language codes.

    Raises:
        FormatError: the file is no Parquet, or holds no pairs.
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'translation-align[parquet]'") from error
    with seekable_copy(rows.stream) as stream:
        try:
            file = parquet.ParquetFile(stream)
            # Data sets have languages in order of the alphabet; a file of ours says which is the source.
            first = (file.schema_arrow.metadata or {}).get(b"source_language", b"").decode("utf-8", "replace")
            for batch in file.iter_batches(batch_size=_BATCH):
                for record in batch.to_pylist():
                    yield _row(record, rows.name, first)
        except pa.ArrowException as error:
            reason = " ".join(str(error).split())
            raise FormatError(f"{rows.name}: no Parquet file, or a damaged one ({reason})") from None


def _row(record: dict[str, Any], name: str, source_lang: str) -> Row:
    pair = record.get("translation") if isinstance(record.get("translation"), dict) else record
    confidence = probability(record.get("confidence"))
    if isinstance(pair, dict) and isinstance(pair.get("source"), str) and isinstance(pair.get("target"), str):
        return Row(pair["source"], pair["target"], confidence)
    texts = [
        (key, value)
        for key, value in (pair or {}).items()
        if isinstance(value, str) and key not in {"id", "note"} and judge_language(key) != "bad"
    ]
    if len(texts) < 2:  # noqa: PLR2004
        raise FormatError(f'{name}: no pairs in it; there must be a column "translation", or "source" and "target"')
    (first, source), (second, target) = sorted(texts[:2], key=lambda text: text[0] != source_lang)
    return Row(source, target, confidence, languages=(first, second))
