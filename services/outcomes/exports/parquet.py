"""Parquet: typed columns, each with its meaning in the file's own metadata."""

import io
import json
from typing import Any

import pyarrow
from pyarrow import parquet as arrow

from services.outcomes.exports.table import Kind, Table

MEDIA_TYPE = "application/vnd.apache.parquet"
TYPES: dict[Kind, Any] = {
    "text": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "day": pyarrow.date32(),
    "boolean": pyarrow.bool_(),
}


def parquet(table: Table) -> bytes:
    """The file, compressed with zstd."""
    fields = [
        pyarrow.field(
            column.name,
            TYPES[column.kind],
            metadata={"description": f"{column.title}. {column.meaning}", "codes": json.dumps(dict(column.codes))},
        )
        for column in table.columns
    ]
    columns = [pyarrow.array([row[place] for row in table.rows], type=field.type) for place, field in enumerate(fields)]
    file = io.BytesIO()
    arrow.write_table(pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields)), file, compression="zstd")
    return file.getvalue()
